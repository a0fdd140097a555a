"""Statements: clusters worked by hand."""

import pandas as pd
import pytest

from analysis_utils.themes.coverage import statements
from analysis_utils.themes.coverage.statements import cluster_sentences


def clusters(sentences, *pairs, threshold=0.6):
    told = pd.DataFrame(
        {"sentence_id": sentences, "outlet": [name.split(":")[0] for name in sentences]}
    )
    table = pd.DataFrame(pairs, columns=["sentence_id", "other_id", "similarity"])
    labels = cluster_sentences(told, table, threshold)
    return sorted(sorted(labels.index[labels == label]) for label in labels.unique())


def test_without_pairs_each_sentence_is_a_statement():
    assert clusters(["a:1", "b:1"]) == [["a:1"], ["b:1"]]
    assert cluster_sentences(
        pd.DataFrame({"sentence_id": ["a:1"], "outlet": ["a"]}),
        pd.DataFrame(columns=["sentence_id", "other_id", "similarity"]),
    ).tolist() == [0]


def test_counterparts_are_one_statement():
    found = clusters(
        ["a:1", "b:1", "c:1"], ("a:1", "b:1", 0.9), ("a:1", "c:1", 0.7), ("b:1", "c:1", 0.8)
    )
    assert found == [["a:1", "b:1", "c:1"]]


def test_a_chain_is_no_statement():
    """a-b and c-d are near; b-c links them, but on average the four are far apart."""
    found = clusters(
        ["a:1", "b:1", "c:1", "d:1"],
        ("a:1", "b:1", 0.9),
        ("c:1", "d:1", 0.9),
        ("b:1", "c:1", 0.65),
        ("a:1", "c:1", 0.2),
        ("a:1", "d:1", 0.1),
        ("b:1", "d:1", 0.2),
    )
    assert found == [["a:1", "b:1"], ["c:1", "d:1"]]


def test_who_is_left_behind_goes_to_his_best_counterpart():
    found = clusters(
        ["a:1", "b:1", "c:1"], ("a:1", "b:1", 0.9), ("b:1", "c:1", 0.65), ("a:1", "c:1", 0.1)
    )
    assert found == [["a:1", "b:1", "c:1"]]


def test_sentences_of_one_outlet_do_not_part_a_statement():
    found = clusters(["a:1", "a:2", "b:1"], ("a:1", "b:1", 0.7), ("a:2", "b:1", 0.65))
    assert found == [["a:1", "a:2", "b:1"]]


@pytest.mark.parametrize(
    ("crossed", "expected"),
    [
        # Mean of the four pairs across: (0.6 + 0.6 + 0.62 + 0.1) / 4 < 0.6.  The two sentences
        # of one outlet, were they held to be the same, would bind all four.
        (0.1, [["a:1", "b:1"], ["a:2", "b:2"]]),
        # (0.6 + 0.6 + 0.62 + 0.65) / 4 > 0.6.  Were they held to be strangers, they would part.
        (0.65, [["a:1", "a:2", "b:1", "b:2"]]),
    ],
)
def test_two_sentences_of_one_outlet_neither_bind_nor_part(crossed, expected):
    found = clusters(
        ["a:1", "a:2", "b:1", "b:2"],
        ("a:1", "b:1", 0.9),
        ("a:2", "b:2", 0.9),
        ("a:1", "b:2", 0.62),
        ("a:2", "b:1", crossed),
    )
    assert found == expected


def test_a_group_that_is_too_large_is_cut_at_a_higher_similarity(monkeypatch):
    monkeypatch.setattr(statements, "LARGEST_GROUP", 2)
    sentences = ["a:1", "b:1", "a:2", "b:2"]
    pairs = [("a:1", "b:1", 0.9), ("a:2", "b:2", 0.9), ("a:2", "b:1", 0.62)]
    assert clusters(sentences, *pairs) == [["a:1", "b:1"], ["a:2", "b:2"]]


def test_pairs_that_were_not_compared_count_as_strangers():
    links = [("a:1", "b:1", 0.9), ("c:1", "d:1", 0.9), ("b:1", "c:1", 0.65)]
    assert clusters(["a:1", "b:1", "c:1", "d:1"], *links) == [["a:1", "b:1"], ["c:1", "d:1"]]


def two_pairs(across):
    """Two pairs, and how near they are to each other: on average enough to be one statement."""
    pairs = [("a:1", "b:1", max(0.9, across)), ("c:1", "d:1", max(0.9, across))]
    return pairs + [(one, two, across) for one in ("a:1", "b:1") for two in ("c:1", "d:1")]


def test_a_group_that_is_too_large_is_cut_no_more_than_it_must(monkeypatch):
    """At 0.64 the fifth sentence falls off; the other four are as many as there may be."""
    monkeypatch.setattr(statements, "LARGEST_GROUP", 4)
    names = ["a:1", "b:1", "c:1", "d:1", "e:1"]
    assert clusters(names, *two_pairs(0.7), ("d:1", "e:1", 0.62)) == [names]


def test_a_group_of_equal_sentences_stays_though_it_is_too_large(monkeypatch):
    monkeypatch.setattr(statements, "LARGEST_GROUP", 2)
    names = ["a:1", "b:1", "c:1", "d:1"]
    assert clusters(names, *two_pairs(1.0000001)) == [names]


@pytest.mark.parametrize("similarity", [0.59, 0.6])
def test_the_threshold_itself_counts(similarity):
    found = clusters(["a:1", "b:1"], ("a:1", "b:1", similarity))
    assert len(found) == (1 if similarity >= 0.6 else 2)


def test_identical_sentences_everywhere_are_no_fault():
    names = [f"{outlet}:{number}" for outlet in "abc" for number in range(3)]
    pairs = [(one, two, 1.0000001) for one in names for two in names if one[0] < two[0]]
    assert clusters(names, *pairs) == [names]
