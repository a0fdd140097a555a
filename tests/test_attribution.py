"""Who says what: the hand codes, and made-up stories about a strike and a flood."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis_utils.annotation.actors import find_mentions
from analysis_utils.annotation.attribution import find_quotes
from analysis_utils.annotation.language import count_words, tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.schemas import Quotes
from analysis_utils.study.parts import ACTOR_KINDS


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
    actor("Acme", "organisation", ["Acme Works"], ["the firm"]),
    actor("Norvik", "country", [], ["Norvik's officials"]),
    actor("Transport Union", "organisation", ["Union"]),
)


COLUMNS = ["sentence_id", "article_id", "outlet", "part", "paragraph", "text", "n_words"]


def quotes_in(*paragraphs, actors=ACTORS):
    """Table ``quotes`` of a made-up article; each paragraph is a list of sentences."""
    rows = [
        {
            "sentence_id": f"a:s{number:02d}.{place}",
            "article_id": "a",
            "outlet": "o",
            "part": "body",
            "paragraph": number,
            "text": text,
            "n_words": count_words(text),
        }
        for number, texts in enumerate(paragraphs, start=1)
        for place, text in enumerate([texts] if isinstance(texts, str) else texts)
    ]
    sentences = pd.DataFrame(rows, columns=COLUMNS)
    tokens, quotations = tokenise(sentences), find_quotations(sentences)
    mentions = find_mentions(sentences, tokens, quotations, actors)
    quotes = find_quotes(sentences, tokens, quotations, mentions, actors)
    check_offsets(quotes, sentences)
    return quotes


def check_offsets(quotes, sentences):
    """Every text is what stands at its offsets, and nothing leaves its sentence."""
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    for row in quotes.itertuples():
        assert row.text == texts[row.sentence_id][row.start : row.end] != ""
        assert row.n_words == count_words(row.text)
        if row.source:
            assert row.source == texts[row.source_sentence_id][row.source_start : row.source_end]
        assert (row.cue == "") == (row.cue_sentence_id == "") == (row.cue_start == -1)
        assert row.inside == "" or row.inside in set(quotes["quote_id"]) - {row.quote_id}


def told(*paragraphs, **options):
    """(kind, speaker, cue, text) of every row."""
    rows = quotes_in(*paragraphs, **options)[["kind", "speaker", "cue", "text"]]
    return list(rows.itertuples(index=False, name=None))


# The hand codes.


@pytest.fixture(scope="module")
def quotes(corpus, study):
    tables = corpus.sentences, corpus.tokens, corpus.quotations, corpus.mentions
    return find_quotes(*tables, study.actors)


@pytest.fixture(scope="module")
def coded(codes):
    return codes("quotes")


def matches(code, quotes):
    """Quotes of the same sentence that share at least half of the longer of both."""
    here = quotes[quotes["sentence_id"] == code.sentence_id]
    shared = here["end"].clip(upper=code.end) - here["start"].clip(lower=code.start)
    longer = (here["end"] - here["start"]).clip(lower=code.end - code.start)
    return here[shared * 2 >= longer]


def test_every_direct_and_partial_quote_of_the_hand_codes_has_its_speaker_and_cue(quotes, coded):
    kinds = {"direct": "direct", "direct_partial": "partial"}
    for code in coded[coded["type"].isin(kinds)].itertuples():
        found = quotes.merge(
            pd.DataFrame([code._asdict()])[["sentence_id", "start", "end", "text"]]
        )
        assert len(found) == 1, code.quote_id
        row = found.iloc[0]
        assert (row["kind"], row["speaker"], row["cue"]) == (
            kinds[code.type],
            code.speaker,
            code.cue,
        )


def test_a_quotation_over_two_sentences_is_one_quote(quotes, coded):
    both = quotes.merge(coded, on=["sentence_id", "start", "end"], suffixes=("", "_coded"))
    direct = both[both["type"] == "direct"]
    assert direct.groupby("quote_id_coded")["quote_id"].nunique().eq(1).all()
    assert direct.groupby("quote_id")["quote_id_coded"].nunique().eq(1).all()


def test_reported_speech_of_the_hand_codes_is_found_with_speaker_and_cue(quotes, coded):
    reported = coded[coded["type"].isin(["indirect", "speech_act"])]
    right = [
        code.quote_id
        for code in reported.itertuples()
        if ((found := matches(code, quotes))["speaker"] == code.speaker).any()
        and (found["cue"] == code.cue).any()
    ]
    assert len(reported) == 14
    assert len(right) >= 13, set(reported["quote_id"]) - set(right)


def test_few_quotes_are_found_that_the_hand_codes_do_not_have(quotes, coded):
    covered = set()
    for code in coded.itertuples():
        covered |= set(matches(code, quotes)["quote_id"])
    assert len(set(quotes["quote_id"]) - covered) <= 1


def shares(rows, sentences):
    outlet = rows["sentence_id"].map(sentences.set_index("sentence_id")["outlet"])
    words = rows.assign(outlet=outlet, words=rows["text"].map(count_words))
    words = words.groupby(["outlet", "speaker"])["words"].sum()
    return words / words.groupby("outlet").transform("sum")


def test_shares_of_words_by_speaker_are_within_two_points_of_the_hand_codes(quotes, coded, corpus):
    expected = shares(coded[coded["type"] != "unattributed"], corpus.sentences)
    found = shares(quotes, corpus.sentences)
    assert found.sub(expected, fill_value=0).abs().max() <= 0.02


def test_a_plan_that_nobody_is_said_to_tell_is_the_outlets_own(quotes, coded):
    [code] = coded[coded["type"] == "unattributed"].itertuples()
    assert matches(code, quotes).empty


def test_joint_sources_name_every_actor(quotes):
    found = quotes.set_index("cue")
    assert tuple(found.loc["accuse", ["speaker", "joint"]]) == ("united_states", "europe")
    assert tuple(found.loc["deny", ["speaker", "joint"]]) == ("russia", "kaspersky_lab")


def test_the_table_keeps_its_schema_and_its_bytes(quotes, corpus, study):
    Quotes.validate(quotes)
    again = find_quotes(
        corpus.sentences, corpus.tokens, corpus.quotations, corpus.mentions, study.actors
    )
    pd.testing.assert_frame_equal(quotes, again)


def test_offsets_hold_in_the_study(quotes, corpus):
    check_offsets(quotes, corpus.sentences)


# Made-up sentences.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The line will open on Monday,” Brown said.",
            ("direct", "brown", "say", "The line will open on Monday,"),
        ),
        (
            "“The line will open on Monday,” said Ada Brown.",
            ("direct", "brown", "say", "The line will open on Monday,"),
        ),
        (
            "Brown said that the line would open on Monday.",
            ("reported", "brown", "say", "the line would open on Monday"),
        ),
        (
            "The line will open on Monday, Acme said in a statement.",
            ("reported", "acme", "say", "The line will open on Monday"),
        ),
        (
            "According to Acme, the line will open on Monday.",
            ("reported", "acme", "according to", "the line will open on Monday"),
        ),
        (
            "The line will open on Monday, according to Acme.",
            ("reported", "acme", "according to", "The line will open on Monday"),
        ),
        (
            "The Union accused Acme of hiding the report.",
            ("reported", "union", "accuse", "hiding the report"),
        ),
        (
            "Norvik blamed the flood on poor maintenance.",
            ("reported", "norvik", "blame", "poor maintenance"),
        ),
        (
            "Acme dismissed the claims as a political campaign.",
            ("reported", "acme", "dismiss", "a political campaign"),
        ),
        (
            "Brown called the strike irresponsible.",
            ("reported", "brown", "call", "irresponsible"),
        ),
        (
            "Acme closed the plant in May, citing the cost of energy.",
            ("reported", "acme", "cite", "the cost of energy"),
        ),
    ],
)
def test_one_sentence_gives_one_quote(text, expected):
    assert told(text) == [expected]


def test_a_quotation_cut_by_its_cue_is_one_quote_of_two_rows():
    rows = quotes_in(["“The dam is safe,” Brown said, “and it will stay safe.”"])
    assert rows["text"].tolist() == ["The dam is safe,", "and it will stay safe."]
    assert rows["quote_id"].nunique() == 1
    assert set(rows["speaker"]) == {"brown"}


def test_a_quotation_that_goes_on_after_its_cue_is_one_quote():
    rows = quotes_in(["“The dam is safe,” Brown said.", "“It was checked in May.”"])
    assert rows["text"].tolist() == ["The dam is safe,", "It was checked in May."]
    assert (rows["speaker"] == "brown").all()
    assert (rows["cue"] == "say").all()


def test_a_quotation_over_paragraphs_is_one_quote():
    rows = quotes_in("Brown said: “The dam is safe. It was checked.", "“Nobody has to leave.”")
    assert rows["quote_id"].nunique() == 1
    assert set(rows["speaker"]) == {"brown"}
    assert rows["text"].iloc[-1] == "Nobody has to leave."


def test_a_quotation_that_stands_alone_takes_the_speaker_before_it():
    rows = quotes_in(["The dam was checked in May, Acme said.", "“We found no cracks at all.”"])
    last = rows.iloc[-1]
    assert (last["kind"], last["speaker"], last["cue"]) == ("direct", "acme", "say")
    assert last["cue_sentence_id"] == "a:s01.0" != last["sentence_id"]


def test_a_quotation_between_two_cues_belongs_to_the_nearer_one():
    rows = quotes_in(
        ["“The dam is safe,” Brown said.", "“It is old and full of cracks,” Acme said."]
    )
    assert not rows.duplicated(["sentence_id", "start", "end"]).any()
    assert rows["speaker"].tolist() == ["brown", "acme"]


def test_a_quotation_without_a_source_stays_without_one():
    rows = quotes_in("“We found no cracks at all.”", "The dam is old.")
    assert told("“We found no cracks at all.”") == [
        ("direct", "", "", "We found no cracks at all.")
    ]
    assert rows["source_start"].tolist() == [-1]


def test_titles_and_scare_quotes_are_no_quotes():
    assert told("The orchestra played “Water Music” in the park.") == []


def test_words_in_marks_inside_a_clause_are_partial_and_the_rest_reported():
    found = told("Brown said the strike was “an insult” to passengers.")
    assert ("partial", "brown", "say", "an insult") in found
    assert {kind for kind, *_ in found} == {"partial", "reported"}
    assert " ".join(text for *_, text in found if "insult" not in text).startswith("the strike was")


def test_what_a_quote_tells_of_others_lies_inside_it():
    rows = quotes_in("Brown said that Acme accused the Union of lying.").set_index("cue")
    assert rows.loc["accuse", "inside"] == rows.loc["say", "quote_id"]
    assert rows.loc["say", "inside"] == ""
    assert rows["speaker"].to_dict() == {"say": "brown", "accuse": "acme"}


def test_reported_speakers_on_their_own_hopes_are_not_quoted_twice():
    rows = quotes_in("Brown said she believed that the dam was safe.")
    assert rows["cue"].tolist() == ["say"]


def test_speakers_on_their_own_words_are_not_quoted_twice():
    rows = quotes_in("“We believe that the dam is safe,” Acme said.")
    assert rows["cue"].tolist() == ["say"]


def test_one_subject_of_two_cues_speaks_twice():
    found = told("Norvik blamed the flood on poor maintenance and said it would sue.")
    assert [(speaker, cue) for _, speaker, cue, _ in found] == [
        ("norvik", "blame"),
        ("norvik", "say"),
    ]


def test_a_name_in_apposition_is_the_speaker_and_not_the_firm_it_works_for():
    rows = quotes_in("The firm's director, Ada Brown, said the plant would close.")
    assert rows["speaker"].tolist() == ["brown"]


def test_a_name_that_only_qualifies_the_source_does_not_speak():
    rows = quotes_in("An Acme customer said the plant would close.")
    assert rows["speaker"].tolist() == [""]
    assert rows["source"].tolist() == ["An Acme customer"]


def test_a_pronoun_is_who_spoke_last():
    people = (actor("Ada Brown", "person", ["Brown"], pronouns=("she", "her")),)
    rows = quotes_in(
        ["Brown said the dam was safe.", "Experts had checked it, she added."], actors=people
    )
    assert rows["speaker"].tolist() == ["brown", "brown"]


@pytest.mark.parametrize(
    "text",
    [
        "The river rose by two metres overnight.",
        "Acme decided to close the plant in May.",
        "Brown did not say whether the line would open.",
        "The minister walked to the plant.",
    ],
)
def test_deeds_plans_and_silence_are_no_quotes(text):
    assert told(text) == []


@pytest.mark.parametrize("texts", [(), ("",), ("”",), ("$_$ & <i>",), ("“”",)])
def test_odd_texts_give_a_valid_table(texts):
    Quotes.validate(quotes_in(*texts, actors=()))


def test_studies_without_actors_have_sources_but_no_speakers():
    rows = quotes_in("Brown said that the line would open on Monday.", actors=())
    assert rows[["source", "speaker"]].to_numpy().tolist() == [["Brown", ""]]
