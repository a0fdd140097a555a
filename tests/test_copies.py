"""Words of an agency in the articles of two outlets."""

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.measures.copies import shared_texts

WIRE = [
    "A passenger ferry ran aground on rocks outside the port on Tuesday morning.",
    "The ship was carrying 212 people when it struck the reef in calm seas.",
    "All of them were taken off by lifeboat within two hours, the coastguard said.",
    "The company denied that it had ignored the warnings of the harbour office.",
]
OWN = [
    "Families waited on the quay for hours before anybody told them a thing.",
    "This paper asked for the reports of three earlier inspections of the hull.",
    "Fishermen who know the reef say that no chart has ever missed it.",
]
SAID = '"We warned the company about its training in January and again in February," she said.'


def copies(one, two, pages=("", "")):
    sentences, _, _, quotations = tables(
        *(("a", "body", text) for text in one), *(("b", "body", text) for text in two)
    )
    lines = pd.DataFrame(
        {"article_id": ["a", "b"], "kind": "footer" if pages is None else "body", "text": pages}
    )
    return shared_texts(sentences, quotations, lines)


def test_sentences_of_an_agency_are_counted_and_the_agency_is_named():
    found = copies(WIRE, [*WIRE[:3], *OWN], ("PORT (AP) - A ferry", "The Associated Press helped."))
    row = found.iloc[0]
    assert (row["outlet"], row["other_outlet"], row["shared"], row["sentences"]) == ("a", "b", 3, 4)
    assert row["agencies"] == "the Associated Press"
    assert row["sentence_ids"].split() == ["a:s01", "a:s02", "a:s03"]


def test_a_changed_word_at_the_end_does_not_hide_a_copy():
    edited = [text.replace("morning", "evening").replace("seas", "weather") for text in WIRE]
    assert copies(WIRE, edited)["shared"].tolist() == [4]


@pytest.mark.parametrize(
    "two",
    [
        OWN,
        [*OWN, WIRE[0]],  # one sentence is no copy
        [*OWN, SAID, SAID, SAID],  # a speaker's words are the same everywhere
    ],
)
def test_what_is_no_copy(two):
    assert copies([*WIRE, SAID, SAID, SAID], two).empty


def test_an_agency_that_one_alone_names_is_not_named():
    assert copies(WIRE, WIRE, ("(Reuters)", "Our own report"))["agencies"].tolist() == [""]


def test_articles_of_one_outlet_are_not_compared():
    sentences, _, _, quotations = tables(*(("a", "body", text) for text in WIRE))
    twice = pd.concat(
        [
            sentences,
            sentences.assign(article_id="a2", sentence_id=sentences["sentence_id"] + "x"),
        ]
    )
    lines = pd.DataFrame({"article_id": ["a"], "kind": ["body"], "text": ["AP"]})
    assert shared_texts(twice, quotations, lines).empty
