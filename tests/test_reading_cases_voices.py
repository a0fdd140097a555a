"""Kinds of fault found by reading events: who "he" and "she" are, and who speaks."""

import pandas as pd
import pytest
from attribution_articles import sentence_rows
from test_actors import actor, mentions_in
from test_heard import made_corpus, silences, who

from analysis_utils.annotation.attribution import find_quotes
from analysis_utils.annotation.cleaning import clean_page
from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.annotation.turns import with_turns
from analysis_utils.schemas import Quotes
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


TRANSCRIPT = """HARBOUR NIGHT

Ferry on the Reef; Interview With Harbour Commissioner Rita Moss

Aired March 14, 2023 - 20:00 ET

ALAN HILL, HN ANCHOR: Good evening. We begin tonight with the ferry that ran aground.

[20:01:12]

(BEGIN VIDEO CLIP)

UNIDENTIFIED FEMALE: We found the life jackets ourselves and nobody told us anything.

(END VIDEO CLIP)

HILL: Did you warn the company about its training before the accident, Commissioner?

RITA MOSS, HARBOUR COMMISSIONER: We did, twice. They ignored us (INAUDIBLE) and people are hurt.

HILL (on camera): We will have to leave it there for tonight. Thank you, Commissioner Moss.

MOSS: Thank you. The owner should read his own mail before he speaks of us again.

(END)
"""


@pytest.fixture(scope="module")
def transcript(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "night.txt"
    path.write_text(TRANSCRIPT, encoding="utf-8")
    return clean_page(path, "a")


def test_stage_directions_labels_and_times_are_no_text(transcript):
    text = " ".join(transcript.loc[transcript["kept"], "clean"])
    for gone in ("VIDEO", "INAUDIBLE", "20:01", "HILL", "MOSS:", "END"):
        assert gone not in text
    assert "We found the life jackets" in text and "Thank you, Commissioner Moss." in text


def test_turns_are_the_words_of_their_speakers_and_an_anchors_the_outlets(transcript):
    body = transcript[transcript["kept"] & (transcript["kind"] == "body")]
    sentences = pd.DataFrame(
        {
            "sentence_id": [f"a:s{n:02d}" for n in range(len(body))],
            "article_id": "a",
            "part": "body",
            "line_no": body["line_no"],
            "text": body["clean"],
            "n_words": body["clean"].str.split().str.len(),
        }
    )
    moss = actor("Rita Moss", "person", ["Moss"])
    found = with_turns(Quotes.checked([]), transcript, sentences, [moss])
    assert list(found["speaker"]) == ["", "moss", "moss"]
    assert list(found["source"]) == ["Unidentified Female", "Rita Moss", "Rita Moss"]


def test_an_article_with_a_colon_is_no_transcript(tmp_path):
    path = tmp_path / "news.txt"
    told = "The mayor said on Monday that the old bridge over the river would be closed for good."
    path.write_text("\n\n".join(["Bridge closed", "Our view: a pity.", *[told] * 3]), "utf-8")
    kept = clean_page(path, "a")
    assert not kept["reason"].str.contains("transcript").any()
