"""Mentions of actors: the hand codes, and made-up sentences about other actors."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis_utils.annotation.actors import find_mentions
from analysis_utils.annotation.language import count_words, tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.study.parts import ACTOR_KINDS
from analysis_utils.themes.actor_sentiment.mentioned import agreement_with_codes


def actor(name, kind, aliases=(), descriptions=(), pronouns=None):
    return SimpleNamespace(
        id=name.split()[-1].lower(),
        name=name,
        kind=kind,
        aliases=aliases,
        descriptions=descriptions,
        pronouns=pronouns or ACTOR_KINDS[kind],
    )


ACTORS = (
    actor("Ada Brown", "person", ["Brown"], ["the minister"], ("she", "her")),
    actor("Carl Dale", "person", ["Dale"], pronouns=("he", "him", "his")),
    actor("Acme", "organisation", ["Acme Works"], ["the firm", "the Oslo-based firm"]),
    actor("Norvik", "country", ["NV", "N.V."], ["Norvik's army"]),
    actor("Transport Council", "institution", ["Council"], ["members of the Transport Council"]),
)


def mentions_in(*paragraphs, actors=ACTORS, part="body"):
    """(text, actor, kind) of every mention; each paragraph is a list of sentences."""
    rows = [
        {
            "sentence_id": f"a:s{number:02d}.{place}",
            "article_id": "a",
            "outlet": "o",
            "part": part,
            "paragraph": number,
            "text": text,
            "n_words": count_words(text),
        }
        for number, texts in enumerate(paragraphs, start=1)
        for place, text in enumerate([texts] if isinstance(texts, str) else texts)
    ]
    sentences = pd.DataFrame(rows)
    found = find_mentions(sentences, tokenise(sentences), find_quotations(sentences), actors)
    return list(found[["text", "actor", "kind"]].itertuples(index=False, name=None))


def pronouns_in(*paragraphs, **options):
    found = mentions_in(*paragraphs, **options)
    return [(text, who) for text, who, kind in found if kind == "pronoun"]


@pytest.fixture(scope="module")
def agreement(corpus, codes):
    return agreement_with_codes(corpus.mentions, codes("mentions")).set_index("kind")


def test_agreement_with_the_hand_codes(agreement):
    assert agreement.loc["all", "precision"] >= 0.95
    assert agreement.loc["all", "recall"] >= 0.95
    for kind in ("name", "alias", "description"):
        assert agreement.loc[kind, "recall"] >= 0.95
        assert agreement.loc[kind, "precision"] >= 0.95
    assert agreement.loc["pronoun", "recall"] >= 0.85
    assert agreement.loc["pronoun", "precision"] >= 0.95


def test_no_trap_of_the_hand_codes_is_taken_for_an_actor(corpus, codes):
    traps = codes("mentions").query("kind == 'trap'")
    both = traps.merge(corpus.mentions, on=["sentence_id", "start", "end"])
    assert len(traps) == 10
    assert both.empty


def test_offsets_are_true_and_mentions_never_overlap(corpus):
    texts = corpus.sentences.set_index("sentence_id")["text"]
    assert corpus.mentions["sentence_id"].isin(texts.index).all()
    for sentence_id, rows in corpus.mentions.groupby("sentence_id"):
        end = 0
        for row in rows.itertuples():
            assert texts[sentence_id][row.start : row.end] == row.text
            assert row.start >= end
            end = row.end


def test_agreement_counts_by_hand():
    codes = pd.DataFrame(
        [
            ("a:s01", 0, 8, "The Acme", "acme", "name"),
            ("a:s01", 20, 24, "firm", "acme", "apposition"),
            ("a:s01", 30, 32, "it", "", "trap"),
            ("a:s02", 0, 6, "Norvik", "norvik", "attributive"),
        ],
        columns=["sentence_id", "start", "end", "text", "actor", "kind"],
    )
    mentions = pd.DataFrame(
        [
            ("a:s01", 4, 8, "Acme", "acme", "name"),
            ("a:s01", 30, 32, "it", "acme", "pronoun"),
            ("a:s02", 0, 6, "Norvik", "norvik", "name"),
        ],
        columns=["sentence_id", "start", "end", "text", "actor", "kind"],
    )
    table = agreement_with_codes(mentions, codes).set_index("kind")
    assert table.loc["name", ["n_codes", "found", "exact", "n_mentions"]].tolist() == [1, 1, 1, 2]
    assert table.loc["name", "precision"] == 1
    assert table.loc["description", ["n_codes", "missed"]].tolist() == [1, 1]
    assert table.loc["pronoun", ["n_mentions", "false_alarms"]].tolist() == [1, 1]
    assert table.loc["all", ["n_codes", "found", "n_mentions"]].tolist() == [2, 1, 3]
    assert table.loc["all", "precision"] == pytest.approx(2 / 3)


def test_mentions_in_articles_that_nobody_coded_are_neither_right_nor_wrong():
    columns = ["sentence_id", "start", "end", "text", "actor", "kind"]
    codes = pd.DataFrame([("a:s01", 0, 4, "Acme", "acme", "name")], columns=columns)
    found = pd.concat([codes, codes.assign(sentence_id="b:s01")])
    every = agreement_with_codes(found, codes).set_index("kind").loc["all"]
    assert (every["precision"], every["false_alarms"], every["n_mentions"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Transport Council met.", [("The Transport Council", "council", "name")]),
        ("Norvik’s army left.", [("Norvik’s army", "norvik", "description")]),
        ("Exports to NV fell.", [("NV", "norvik", "alias")]),
        ("Navy and nv ships left.", []),
        ("The N.V.-led group left.", []),
        ("The anti-NV vote, the anti‑NV vote.", []),
        ("The NV–led group left.", []),
        ("NV–Acme talks failed.", [("NV", "norvik", "alias"), ("Acme", "acme", "name")]),
        ("The pro-Norvik group left.", []),
        ("Acmeville grew.", []),
        ("Mail info@Acme.org now.", []),
        ("Former president Ada Brown left.", [("Ada Brown", "brown", "name")]),
        ("Mr. Dale met Minister Brown.", [("Dale", "dale", "alias"), ("Brown", "brown", "alias")]),
        ("Lucy Brown met Tom Dale.", []),
        ("They met at the Brown University campus.", []),
        ("The NV Senate voted.", [("The NV", "norvik", "alias")]),
        ("The Oslo-based firm grew.", [("The Oslo-based firm", "acme", "description")]),
    ],
)
def test_phrases_match_whole_names_only(sentence, expected):
    assert mentions_in([sentence]) == expected


def test_the_longest_phrase_wins():
    found = mentions_in(["Members of the Transport Council saw the Acme Works gate."])
    assert [text for text, _, _ in found] == [
        "Members of the Transport Council",
        "the Acme Works",
    ]


def test_a_description_without_capitals_needs_its_actor_before():
    assert mentions_in(["The firm grew."]) == []
    assert mentions_in("Acme fell.", "The firm grew.")[1] == ("The firm", "acme", "description")


def test_an_adjective_is_no_description():
    assert [text for text, _, _ in mentions_in("Acme rose.", "It was the firm friend of all.")] == [
        "Acme"
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Acme says it will close its shop."], [("it", "acme"), ("its", "acme")]),
        (["Acme said it was a sad day."], []),
        (["Acme said it was clear that prices rose."], []),
        (["Acme said “it shows a lack of respect.”"], []),
        (["Although the plan failed, it shows courage, Acme said."], []),
        (["Acme, which makes ships, grew."], [("which", "acme")]),
        (["Carl Dale, who makes ships, left."], [("who", "dale")]),
        (["The market lost its way."], []),
        (["Acme said the market lost its way."], []),
        (["Acme fell after the Council banned its ships."], []),
        (["Ada Brown said she would sell her boat."], [("she", "brown"), ("her", "brown")]),
        (["Ada Brown said he would come."], []),
        (["Tom Smith said his boat sank near Norvik."], []),
        (
            ["Acme met members of the Transport Council and heard their plans."],
            [("their", "council")],
        ),
        (["Acme sold ships and their owners wept."], []),
    ],
)
def test_pronouns_within_a_sentence(paragraphs, expected):
    assert pronouns_in(paragraphs) == expected


def test_praise_for_a_rival_is_left_open():
    rival = actor("Emil Frank", "person", pronouns=("he", "him", "his"))
    sentence = ["Carl Dale praised Emil Frank for his courage."]
    assert pronouns_in(sentence, actors=(*ACTORS, rival)) == []


def test_we_in_a_quotation_is_its_speaker():
    assert pronouns_in(['"We will sell our ships," Acme said.']) == [
        ("We", "acme"),
        ("our", "acme"),
    ]


def test_we_is_the_organisation_that_the_speaker_is_introduced_with():
    found = pronouns_in(['"We will wait and I agree," Acme director Carl Dale said.'])
    assert found == [("We", "acme"), ("I", "dale")]
    assert pronouns_in(['"We will wait," Carl Dale said.']) == []


def test_we_outside_quotation_marks_or_by_a_stranger_is_left_alone():
    assert pronouns_in("Acme fell.", ["We heard it in town."]) == []
    assert pronouns_in("Acme fell.", ['"We will wait," Tom Smith said.']) == []


def test_a_quotation_without_a_speaker_takes_the_one_of_the_sentence_before():
    found = pronouns_in(["The ships are old, Acme said.", '"We will sell them."'])
    assert found == [("We", "acme")]
    assert pronouns_in(["The ships are old, Acme said."], ['"We will sell them."']) == []


def test_it_said_is_whoever_spoke_last():
    assert pronouns_in(["Prices rose, Acme said."], ['"All is well," it said.']) == [("it", "acme")]
    stranger = ["Prices rose, Acme said."], ["Prices fell, Zeta said."], ['"Well," it said.']
    assert pronouns_in(*stranger) == []


def test_he_who_opens_a_sentence_is_the_subject_before_unless_two_fit():
    assert pronouns_in(["Carl Dale left town.", "He took a boat."]) == [("He", "dale")]
    rival = actor("Emil Frank", "person", pronouns=("he", "him", "his"))
    two = ["Carl Dale met Emil Frank.", "He took a boat."]
    assert pronouns_in(two, actors=(*ACTORS, rival)) == []
    assert pronouns_in(["Tom Smith left town.", "He met Carl Dale."]) == []


def test_an_actor_without_pronouns_gets_none():
    silent = SimpleNamespace(**(vars(ACTORS[2]) | {"pronouns": ()}))
    text = ["Acme, which fell, said it would wait.", '"We wait," Acme said.']
    assert pronouns_in(text, actors=(silent,)) == []


def test_no_actors_no_mentions():
    assert mentions_in(["Acme fell."], actors=()) == []
