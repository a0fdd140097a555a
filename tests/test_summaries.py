"""Summaries: which sentences they keep and what they drop, worked by hand."""

import pandas as pd
import pytest

from analysis_utils.themes.coverage.summaries import summaries


def kept(summary, *texts, kind="summary", part="body"):
    sentences = pd.DataFrame(
        {
            "sentence_id": [f"a:s{number:02d}" for number in range(1, len(texts) + 1)],
            "article_id": "a",
            "outlet": "a",
            "part": part,
            "text": texts,
        }
    )
    lines = pd.DataFrame([{"article_id": "a", "line_no": 2, "kind": kind, "text": summary}])
    found = summaries(lines, sentences)
    return found[["sentence_id", "kept", "dropped"]].values.tolist()


def test_what_a_summary_drops():
    found = kept(
        "The bank accused the minister of fraud. Markets fell.",
        "The bank accused the minister of fraud, which he denies.",
        "A second sentence says quite other things about the bank.",
    )
    assert found == [["a:s01", pytest.approx(7 / 10), "which he denies"]]


def test_half_of_the_words_are_enough_and_less_is_not():
    assert kept("Rain fell.", "Rain fell on Monday.") == [["a:s01", 0.5, "on Monday"]]
    assert kept("Rain fell.", "Rain fell on Monday night.") == []


def test_words_count_in_runs_of_two_or_more():
    assert kept("Rain, then snow.", "Rain and snow") == []
    assert kept("Then rain and mud, then snow.", "Rain and snow and mud") == []
    assert kept("Rain and snow.", "Rain and snow and mud") == [["a:s01", 0.6, "and mud"]]


def test_runs_that_are_dropped_stand_apart_without_marks():
    found = kept("the bank lost money", "On Monday, the bank lost money, it said.")
    assert found == [["a:s01", 0.5, "On Monday … it said"]]
    assert kept("the bank lost money", "Yes, the bank – lost money!")[0][1:] == [0.8, "Yes"]


@pytest.mark.parametrize(("kind", "count"), [("standfirst", 1), ("summary", 1), ("body", 0)])
def test_only_standfirsts_and_summaries_are_laid_against_the_body(kind, count):
    assert len(kept("Rain fell.", "Rain fell.", kind=kind)) == count
    assert kept("Rain fell.", "Rain fell.", kind=kind, part="headline") == []


def test_a_sentence_without_words_is_no_fault():
    assert kept("Rain fell.", "…") == []
