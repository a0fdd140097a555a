"""Kinds of fault found by reading events: who "he" and "she" are, and who speaks."""

import pandas as pd
import pytest
from attribution_articles import sentence_rows
from test_actors import actor, mentions_in
from test_heard import made_corpus, silences, who

from analysis_utils.annotation.attribution import find_quotes
from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.themes.voices.heard import dead

MARSH = actor("Helen Marsh", "person", ["Marsh"])
OBERN = actor("Tom Obern", "person", ["Obern"])
REED = actor("Anna Reed", "person", ["Reed"])


def meant(*paragraphs):
    """The pronouns that are somebody of the study, with whom."""
    found = mentions_in(*paragraphs, actors=(MARSH, OBERN, REED))
    return [(text, who) for text, who, kind in found if kind == "pronoun"]


def test_somebody_else_is_the_one_who_said_it():
    assert (
        meant(
            [
                "Justice Helen Marsh asked how the pay would be worked out.",
                "Mr. Tobin said the court could use the records, which he said were complete.",
            ]
        )
        == []
    )


@pytest.mark.parametrize(
    "told, expected",
    [
        (["Tom Obern met Anna Reed.", "She left early, and he stayed."], ["reed", "obern"]),
        (["Tom Obern met Paul Stone.", "He left early."], []),
        (["Tom Obern was invited by Paul Stone, without him asking the town."], []),
        (["A clerk called Tom Obern and he answered."], ["obern"]),
        (["Anna Reed and her aides left."], ["reed"]),
        (["Tom Obern praised Paul Stone for his courage."], []),
        (['"Anna Reed is tired and she wants peace," Tom Obern said.'], ["reed"]),
        (["In his letter, Tom Obern asked for help."], ["obern"]),
        (["Paul Stone would not say whether he had met Tom Obern."], []),
        (["He doubted whether Tom Obern would come."], []),
    ],
)  # fmt: skip
def test_he_and_she_where_the_text_decides(told, expected):
    assert [who for _, who in meant(told)] == expected


@pytest.mark.parametrize("source", ["she", "the man", "who"])
def test_no_silence_while_a_quote_has_no_speaker_that_could_be_them(source):
    corpus = made_corpus(
        "Smith met Acme and a clerk.",
        f"It rained and {source} said the bridge is safe.",
        said=[(2, "the bridge is safe", source, "")],
    )
    assert "smith" not in silences(corpus)


def test_a_quote_of_somebody_named_is_nobody_elses():
    corpus = made_corpus(
        "Smith met Unison.",
        "Then Paul Stone said the bridge is safe.",
        said=[(2, "the bridge is safe", "Paul Stone", "")],
    )
    assert "smith" in silences(corpus)


def test_he_said_is_whoever_spoke_last_also_if_no_actor():
    corpus = made_corpus(
        "Smith met Acme.",
        "Later Senator Paul Stone said Smith should think twice.",
        "The bridge is safe, he added.",
        said=[(3, "The bridge is safe", "he", "")],
    )
    assert who(corpus)[0][:2] == ["", "Paul Stone"]


@pytest.mark.parametrize(
    "text",
    ["Smith died on Monday.", "A gunman killed Smith.", "People wept at the funeral of Smith."],
)
def test_the_dead_are_not_called_silent(text):
    assert dead(made_corpus(text)) == {"smith"}


def quotes_in(text, part):
    sentences = sentence_rows(text).assign(part=part)
    quotations = find_quotations(sentences)
    mentions = pd.DataFrame(columns=["sentence_id", "actor", "start", "end"])
    return find_quotes(sentences, tokenise(sentences), quotations, mentions, [])


@pytest.mark.parametrize(
    "text, part, heard",
    [
        ("Court questions claims in suit against Delmar", "headline", False),
        ("Council questions the price of the bridge", "headline", False),
        ("The council questioned the price of the bridge.", "body", False),
        ("Court says claims against Delmar are weak", "headline", True),
        ("The council asked whether the bridge is safe.", "body", True),
    ],
)
def test_who_questions_a_thing_gives_no_words(text, part, heard):
    assert (not quotes_in(text, part).empty) == heard
