"""Labelled sentences are read with their faults told; agreement and calibration by hand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from analysis_utils.measures.target_sentiment.evaluation import (
    agreement,
    calibration_error,
    reliability,
)
from analysis_utils.measures.target_sentiment.newsmtsc import DataError, Example, read_examples

GOOD = {
    "sentence": "Acme left, and it won.",
    "start": 0,
    "end": 4,
    "mention": "Acme",
    "label": 1,
    "further": [[15, 17]],
}


def written(folder, *rows):
    path = folder / "part.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_example_has_all_mentions(tmp_path):
    found = read_examples(written(tmp_path, GOOD, "", GOOD | {"further": []}))
    assert found[0] == Example("Acme left, and it won.", ((0, 4), (15, 17)), 1)
    assert found[1].target == ((0, 4),)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{", "line 2: is no JSON"),
        ({"sentence": "x"}, "line 2: has no 'label'"),
        ("[1]", "line 2: is no object with a sentence"),
        (GOOD | {"sentence": None}, "line 2: is no object with a sentence"),
        (GOOD | {"sentence": ["a"]}, "line 2: is no object with a sentence"),
        (GOOD | {"start": "0"}, "line 2: is no object with a sentence"),
        (GOOD | {"further": [[15]]}, "line 2: is no object with a sentence"),
        (GOOD | {"label": 2}, "line 2: the label is 2. It should be -1, 0 or 1, as a whole"),
        (GOOD | {"label": 1.0}, "line 2: the label is 1.0. It should be -1, 0 or 1"),
        (GOOD | {"label": True}, "line 2: the label is True. It should be -1, 0 or 1"),
        (GOOD | {"start": 1}, "line 2: the mention is 'Acme', but the characters from 1 to 4"),
        (GOOD | {"further": [[15, 99]]}, "line 2: a mention from 15 to 99 is not in the sentence"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, row, fault):
    path = written(tmp_path, GOOD, row)
    with pytest.raises(DataError) as error:
        read_examples(path)
    assert str(error.value).startswith(f"{path}, {fault}")


def test_missing_empty_and_misencoded_files_are_told(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl")
    with pytest.raises(DataError, match="is empty"):
        read_examples(written(tmp_path))
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="is not UTF-8"):
        read_examples(tmp_path / "latin.jsonl")


def test_agreement_by_hand():
    found = agreement([1, -1, 0, 0, 0], [1, 1, 0, 0, 0])
    # F1: negative 0, neutral 1, positive 2/3.
    assert found["macro_f1"] == pytest.approx((0 + 1 + 2 / 3) / 3)
    assert (found["n"], found["accuracy"], found["opposite"]) == (5, 4 / 5, 1)
    assert found["low"] <= found["macro_f1"] <= found["high"]
    few = agreement([1, -1, 0, 0, 0], [1, 1, 0, 0, 0], groups=[1, 1, 2, 3, 4])
    assert np.isnan([few["low"], few["high"]]).all() and few["macro_f1"] == found["macro_f1"]


@given(st.lists(st.tuples(*[st.sampled_from([-1, 0, 1])] * 2), min_size=1, max_size=60))
def test_macro_f1_is_scikit_learns(pairs):
    truth, guesses = zip(*pairs, strict=True)
    expected = f1_score(truth, guesses, labels=[-1, 0, 1], average="macro", zero_division=0)
    assert agreement(truth, guesses, draws=2)["macro_f1"] == pytest.approx(expected)


def test_pairs_of_one_group_are_drawn_together():
    truth, guesses = [1, 0] * 20, [1, 1] * 20
    apart = agreement(truth, guesses)
    # Twenty groups that are all alike: every draw has the same score.
    together = agreement(truth, guesses, groups=np.repeat(range(20), 2))
    assert together["low"] == together["high"] == together["macro_f1"]
    assert apart["low"] < apart["high"]


def test_two_thousand_draws_from_seed_zero_if_nothing_else_is_said():
    draw = np.random.default_rng(0)
    pairs = draw.integers(-1, 2, (2, 60))
    assert agreement(*pairs) == agreement(*pairs, draws=2000, seed=0)
    assert agreement(*pairs) != agreement(*pairs, seed=1)


def test_reliability_by_hand():
    probabilities = np.array([[0.95, 0.05, 0.0], [0.91, 0.09, 0.0], [0.0, 0.0, 1.0]])
    table = reliability([-1, 0, 1], probabilities)
    sure = table[(table["label"] == -1) & (table["from"] == 0.9)].iloc[0]
    assert (sure["n"], sure["probability"], sure["share"]) == (2, pytest.approx(0.93), 0.5)
    assert table.groupby("label")["n"].sum().tolist() == [3, 3, 3]
    assert table.loc[table["label"] == 1, "to"].max() == 1.0


def test_a_model_that_is_as_often_right_as_it_says_has_no_calibration_error():
    probabilities = np.tile([0.25, 0.25, 0.5], (4, 1))
    assert calibration_error(reliability([-1, 0, 1, 1], probabilities)) == pytest.approx(0)
    assert calibration_error(reliability([-1, -1, -1, -1], probabilities)) == pytest.approx(0.5)
