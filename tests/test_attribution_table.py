"""From attributions to quotes: which of two cues stays, who a pronoun is, and how fast."""

import time
from types import SimpleNamespace

import pandas as pd
import pytest
from attribution_articles import attribution, read, sentence_rows

from analysis_utils.annotation.attribution import find_quotes
from analysis_utils.annotation.attribution.speakers import Actors
from analysis_utils.annotation.attribution.table import find_rows
from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations

BROWN = SimpleNamespace(id="brown", name="Ada Brown", pronouns=("she", "her"))


def rows_of(texts, *attributions):
    """Quotes of some texts in which "Ada Brown" is an actor."""
    rows = sentence_rows(*texts)
    mentions = pd.DataFrame(
        [
            (row.sentence_id, "brown", row.text.index("Ada"), row.text.index("Brown") + 5)
            for row in rows.itertuples()
            if "Ada Brown" in row.text
        ],
        columns=["sentence_id", "actor", "start", "end"],
    )
    article = read(*texts)
    given = [attribution(article, *words, **options) for *words, options in attributions]
    texts_by_id = dict(zip(rows["sentence_id"], rows["text"], strict=True))
    return find_rows(article, given, texts_by_id, Actors(mentions, [BROWN]))


@pytest.mark.parametrize(("first", "second"), [(0.6, 0.9), (0.9, 0.6)])
def test_of_overlapping_cues_the_likelier_stays(first, second):
    text = "Ada Brown tried to explain that the dam leaks."
    whole = ("Ada Brown", "tried to explain", "that the dam leaks", {"probability": first})
    part = ("Ada Brown", "explain", "the dam leaks", {"probability": second})
    [row] = rows_of([text], whole, part)
    found = text[row["cue_start"] : row["cue_end"]]
    assert found == ("tried to explain" if first > second else "explain")


def test_cues_that_only_touch_both_stay():
    text = "Ada Brown said warned the dam leaks and the wall cracks."
    first = ("Ada Brown", "said", "the dam leaks", {})
    second = ("Ada Brown", "warned", "the wall cracks", {})
    assert [row["cue"] for row in rows_of([text], first, second)] == ["say", "warn"]


@pytest.mark.parametrize(
    ("source", "expected"), [("she", "brown"), ("he", ""), ("they", ""), ("divers", "")]
)
def test_who_spoke_before_is_meant_only_by_a_pronoun_that_may_stand_for_it(source, expected):
    texts = ["Ada Brown said the dam leaks.", f"The wall cracks, {source} added."]
    first = ("Ada Brown", "said", "the dam leaks", {})
    second = (source, "added", "The wall cracks", {})
    assert [row["speaker"] for row in rows_of(texts, first, second)] == ["brown", expected]


def test_who_spoke_two_paragraphs_before_is_not_meant():
    texts = ["Ada Brown said the dam leaks.", "It rained.", "The wall cracks, she added."]
    first = ("Ada Brown", "said", "the dam leaks", {})
    second = ("she", "added", "The wall cracks", {})
    assert [row["speaker"] for row in rows_of(texts, first, second)] == ["brown", ""]


def test_a_quote_names_the_smallest_quote_it_is_told_in():
    text = "The mayor said divers warned the union claims the dam leaks."
    rows = rows_of(
        [text],
        ("The mayor", "said", "divers warned the union claims the dam leaks", {}),
        ("divers", "warned", "the union claims the dam leaks", {}),
        ("the union", "claims", "the dam leaks", {}),
    )
    ids = {row["cue"]: row["quote_id"] for row in rows}
    inside = {row["cue"]: row["inside"] for row in rows}
    assert inside == {"say": "", "warn": ids["say"], "claim": ids["warn"]}


PARAGRAPH = (
    "“The dam leaks and the wall cracks,” the mayor said.",
    "Divers warned that the union claims “the wall cracks” in May.",
    "“Nobody has to leave the town.”",
)


def repeated(times):
    """Tables of one article that repeats a paragraph."""
    parts = [sentence_rows(*PARAGRAPH)]
    parts += [tokenise(parts[0]), find_quotations(parts[0])]
    tables = []
    for part in parts:
        copies = []
        for number in range(times):
            copy = part.assign(sentence_id=f"{number}:" + part["sentence_id"])
            if "quotation_id" in copy:
                copy["quotation_id"] = f"{number}:" + copy["quotation_id"]
            if "paragraph" in copy:
                copy["paragraph"] += 10 * number
            copies.append(copy)
        tables.append(pd.concat(copies, ignore_index=True))
    return tables


def seconds_for(times):
    tables = repeated(times)
    before = time.process_time()
    quotes = find_quotes(*tables, pd.DataFrame(), [])
    assert quotes["quote_id"].nunique() >= 3 * times
    return time.process_time() - before


@pytest.mark.slow
def test_four_times_the_sentences_take_about_four_times_as_long():
    seconds_for(10)  # reads the weights
    assert seconds_for(400) < 8 * seconds_for(100)
