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


@pytest.mark.parametrize("similarity", [0.59, 0.6])
def test_the_threshold_itself_counts(similarity):
    found = clusters(["a:1", "b:1"], ("a:1", "b:1", similarity))
    assert len(found) == (1 if similarity >= 0.6 else 2)


def test_identical_sentences_everywhere_are_no_fault():
    names = [f"{outlet}:{number}" for outlet in "abc" for number in range(3)]
    pairs = [(one, two, 1.0000001) for one in names for two in names if one[0] < two[0]]
    assert clusters(names, *pairs) == [names]
