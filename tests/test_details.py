"""Details: phrases that the others do not have, by hand and against the hand codes."""

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.details import find_details, unshared_details
from analysis_utils.themes.coverage.differing_words import NEARLY_ALIKE, read_words, spelled_alike

NO_PAIRS = pd.DataFrame(columns=["sentence_id", "other_id"])
PAIR = pd.DataFrame({"sentence_id": ["a:s01"], "other_id": ["b:s01"]})


def details(one, two, pairs=PAIR):
    return find_details(read_words(*tables(("a", "body", one), ("b", "body", two))), pairs)


def test_a_phrase_that_the_other_lacks_is_a_detail():
    found = details(
        "The council closed the bridge after engineers found deep cracks.",
        "The council closed the bridge.",
    )
    assert found[["sentence_id", "text"]].values.tolist() == [
        ["a:s01", "after engineers found deep cracks"]
    ]


def test_words_found_anywhere_in_the_other_text_are_no_detail():
    made = tables(
        ("a", "body", "The council closed the bridge after engineers found deep cracks."),
        ("b", "body", "The council closed the bridge."),
        ("b", "body", "Deep cracks had been found by an engineer."),
    )
    assert find_details(read_words(*made), PAIR).empty


def test_other_words_in_the_same_place_are_no_detail():
    one = "It shows obvious contempt for the workers."
    two = "It shows a complete disregard for the workers."
    assert details(one, two).empty
    assert not details(one, two, NO_PAIRS).empty


def test_a_number_alone_is_a_detail_with_its_noun():
    found = details("The plant has 900 workers.", "The plant has many workers.")
    assert found["text"].tolist() == ["900 workers"]


def test_a_number_is_lonely_though_another_is_spelled_nearly_alike():
    assert spelled_alike("15,000", "25,000") > NEARLY_ALIKE
    found = details(
        "The plant has 15,000 workers.", "The plant has workers and 25,000 trees.", NO_PAIRS
    )
    assert found.loc[found["sentence_id"] == "a:s01", "text"].tolist() == ["15,000 workers"]


def test_one_outlet_or_nothing_is_no_fault():
    made = tables(("a", "body", "Twelve ships sank."), ("b", "body", "…"))
    assert find_details(read_words(*made), NO_PAIRS)["text"].tolist() == ["Twelve ships"]
    assert find_details(read_words(*tables(("a", "body", "…"))), NO_PAIRS).empty


CLOSED = "The council closed the bridge"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (f"{CLOSED} with deep cracks.", f"{CLOSED}.", ["with deep cracks"]),
        (f"{CLOSED} with cracks.", f"{CLOSED}.", []),  # one word is not
        (  # three of five content words are lonely: enough
            f"{CLOSED} after engineers found two deep cracks.",
            f"{CLOSED}. Engineers found it.",
            ["after engineers found two deep cracks"],
        ),
        (  # two of four are not, but two of two are
            f"{CLOSED} after engineers found deep cracks.",
            f"{CLOSED}. Engineers found it.",
            ["deep cracks"],
        ),
        ("The plant has 900 skilled workers.", "The plant has skilled workers.", ["900"]),
    ],
)
def test_how_much_must_be_lonely(one, two, expected):
    found = details(one, two, NO_PAIRS)
    assert found.loc[found["sentence_id"] == "a:s01", "text"].tolist() == expected


def test_words_that_are_lonely_are_named_in_reading_order():
    found = details(
        f"{CLOSED} after engineers found two deep cracks.", f"{CLOSED}. Engineers found it."
    )
    assert found["lonely"].tolist() == ["two, deep, cracks"]


def test_details_in_sentences_told_alone_are_left_out():
    made = tables(
        ("a", "body", f"{CLOSED} with deep cracks."),
        ("a", "body", "Angry farmers sold their thin cows."),
        ("b", "body", f"{CLOSED}."),
        ("b", "body", "It rained."),
    )
    pairs = pd.DataFrame(
        [("a:s01", "b:s01", "possible"), ("a:s01", "b:s02", ""), ("a:s02", "b:s02", "")],
        columns=["sentence_id", "other_id", "link"],
    )
    told = pd.DataFrame({"sentence_id": ["a:s01", "a:s02"], "told": ["possibly", "one"]})
    found = unshared_details(read_words(*made), pairs, told)
    assert found[["sentence_id", "text", "nearest"]].values.tolist() == [
        ["a:s01", "with deep cracks", "b:s01"]
    ]


@pytest.fixture(scope="module")
def found(corpus):
    return theme_tables(coverage, corpus).details


def test_spans_are_true(found, corpus):
    texts = corpus.sentences.set_index("sentence_id")["text"]
    for row in found.itertuples():
        assert texts[row.sentence_id][row.start : row.end] == row.text


def test_what_the_text_demands_is_told_by_one_only(found):
    """TASS reports that a text was passed and never what it says of Kaspersky Lab."""
    row = found[found["sentence_id"] == "rferl:s04"]
    assert row["text"].item().startswith("a report demanding a ban on programs")
    assert row["nearest"].item() == "tass:s02"


def test_reworded_claims_are_no_details(found):
    text = " ".join(found["text"])
    assert "disrespect" not in text and "partner" not in text and "friend" not in text
