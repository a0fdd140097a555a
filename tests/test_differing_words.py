"""Words of two sentences matched: equal, in the same place, spelled nearly alike."""

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.study.parts import Actor
from analysis_utils.themes import coverage
from analysis_utils.themes.coverage.differing_words import (
    match_words,
    phrase,
    read_words,
    spelled_alike,
    word_table,
    words_of,
)
from analysis_utils.themes.coverage.matched_phrases import (
    match_phrases,
    spans_of,
    substitutions,
    voice_shifts,
)
from analysis_utils.themes.coverage.side_by_side import side_by_side

ACME = Actor(
    id="acme", name="Acme", kind="organisation", aliases=["Acme Corp"], descriptions=["the firm"]
)


def readings_of(one, two, actors=(ACME,)):
    return read_words(*tables(("a", "body", one), ("b", "body", two), actors=actors), actors)


def matches_of(one, two):
    readings = readings_of(one, two)
    first, second = readings["a:s01"], readings["b:s01"]
    return {
        (first.words[m.one].text, second.words[m.two].text): m.kind
        for m in match_words(first, second)
    }


PAIR = pd.DataFrame(
    {"sentence_id": ["a:s01"], "other_id": ["b:s01"], "link": "possible", "similarity": 0.5}
)


def test_an_actor_is_one_word_however_it_is_called():
    found = matches_of("Acme closed the plant.", "Acme said the firm had shut the plant.")
    assert found["plant", "plant"] == "same"
    assert found["Acme", "Acme"] == "same"


def test_words_in_the_same_place_stand_for_one_another():
    found = matches_of(
        "Acme will temporarily suspend all deliveries.",
        "Acme will temporarily halt all deliveries.",
    )
    assert found["suspend", "halt"] == "instead"


def test_who_uses_a_thing_does_not_do_what_he_does_who_bans_it():
    found = matches_of("Ministers banned the chemicals.", "Farmers using the chemicals protested.")
    assert ("banned", "using") not in found


def test_words_spelled_nearly_alike_are_the_same():
    found = matches_of("The cooperation ended in May.", "Police forces cooperate.")
    assert found["cooperation", "cooperate"] == "same"
    assert spelled_alike("halt", "suspend") == 0
    assert spelled_alike("word", "word") == pytest.approx(1)


def test_a_pair_is_matched_once_however_often_it_is_asked_for():
    readings = readings_of("Acme closed the plant.", "The firm shut the plant.")
    first, second = readings["a:s01"], readings["b:s01"]
    assert match_words(first, second) is match_words(first, second)
    assert [(m.two, m.one) for m in match_words(second, first)] == sorted(
        (m.one, m.two) for m in match_words(first, second)
    )


def test_sentences_of_another_corpus_with_the_same_ids_are_matched_anew():
    one = readings_of("Acme closed the plant.", "Acme shut the plant.")
    other = readings_of("Rain fell.", "Acme shut the plant.")
    assert match_words(one["a:s01"], one["b:s01"])
    assert not match_words(other["a:s01"], other["b:s01"])


def test_words_come_back_from_their_table():
    readings = readings_of("Acme closed the very old plant.", "Twelve ships sank.")
    found = words_of(word_table(readings), ["b:s01", "a:s01", "a:s01", "c:s01"])
    assert found == {name: reading.words for name, reading in readings.items()} | {"c:s01": ()}


def test_each_word_is_matched_once(corpus):
    readings = coverage.tables.read_corpus(corpus)
    pairs = coverage.tables.align_corpus(corpus)
    for pair in pairs.head(30).itertuples():
        found = match_words(readings[pair.sentence_id], readings[pair.other_id])
        for side in ("one", "two"):
            numbers = [getattr(match, side) for match in found]
            assert len(numbers) == len(set(numbers))


def test_a_phrase_takes_its_modifiers_and_its_of():
    readings = readings_of("It shows a very distinct lack of respect for Acme.", "Yes.")
    reading = readings["a:s01"]
    number = [word.text for word in reading.words].index("lack")
    start, end = phrase(reading, number)
    assert reading.sentence.text[start:end] == "distinct lack of respect"


@pytest.fixture(scope="module")
def matched(corpus):
    pairs = coverage.tables.align_corpus(corpus)
    return match_phrases(pairs[pairs["link"] != ""], coverage.tables.read_corpus(corpus))


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("obvious disrespect", "distinct lack of respect"),
        ("suspend", "halt"),
        ("reliable partner", "firm friend"),
    ],
)
def test_the_wordings_that_a_reader_would_set_side_by_side(matched, words, other):
    found = substitutions(matched)
    assert ((found["words"] == words) & (found["other_words"] == other)).any()


def test_spans_are_true(matched, corpus):
    texts = corpus.sentences.set_index("sentence_id")["text"]
    for row in matched.itertuples():
        assert texts[row.sentence_id][row.start : row.end] == row.words
        assert texts[row.other_id][row.other_start : row.other_end] == row.other_words
    assert len(spans_of(matched)) == 2 * len(matched)


def test_side_by_side_marks_what_differs_and_escapes():
    made = tables(
        ("a", "body", "Acme sold <b>old</b> ships & boats."),
        ("b", "body", "Acme sold new boats."),
        actors=[ACME],
    )
    words = word_table(read_words(*made, [ACME]))
    shown = side_by_side(PAIR, words, made[0], {"a": "A <i>", "b": "B&C"})
    assert "<b>old" not in shown.html and "&lt;b&gt;" in shown.html
    assert "A &lt;i&gt;, a:s01" in shown.html and "B&amp;C, b:s01" in shown.html
    assert "<b><u>new</u></b>" in shown.html and "<b><u>boats</u></b>" not in shown.html
    assert "B&C, b:s01: Acme sold *new* boats." in shown.text


def test_no_pairs_are_said_to_be_none():
    nothing = pd.DataFrame()
    assert "No sentences" in side_by_side(PAIR.iloc[:0], nothing, nothing, {}).text
    assert match_phrases(PAIR.iloc[:0], {}).empty


def shifts(*voices):
    table = pd.DataFrame(
        {
            "sentence_id": ["a:s01"],
            "other_id": ["b:s01"],
            "words": ["ban"],
            "other_words": ["ban"],
            "match": ["same"],
        }
    )
    said = pd.DataFrame(voices, columns=["voice", "speaker", "source"])
    return voice_shifts(table, said)


def test_whose_words_they_are_is_a_shift_and_the_marks_are_not():
    own, claim = ("own", "", ""), ("reported", "acme", "Acme")
    found = shifts(own, claim)
    assert found.loc[0, ["voice", "other_voice", "other_speaker"]].tolist() == [
        "own",
        "reported",
        "acme",
    ]
    assert shifts(claim, ("quoted", "acme", "the firm")).empty
    assert not shifts(claim, ("reported", "", "a minister")).empty
    assert shifts(claim, ("reported", "", "He")).empty  # he may be the same


def test_the_claim_of_one_is_the_outlets_own_in_the_other(matched, corpus):
    """In TASS that the resolution binds nobody is the company's claim, in RFE/RL a statement."""

    spoken = voice_of_spans(spans_of(matched), corpus.quotes, corpus.sentences)
    found = voice_shifts(matched, spoken)
    row = found[(found["sentence_id"] == "tass:s05") & (found["words"] == "non-binding")]
    assert row[["voice", "speaker", "other_voice", "other_words"]].values.tolist() == [
        ["reported", "kaspersky_lab", "own", "binding"]
    ]
