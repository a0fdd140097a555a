"""Coverage beside hand codes, worked by hand: pairs, sentences alone, facts, and their scores."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis_utils.themes.coverage import coded
from analysis_utils.themes.coverage.alignment import VIEWS
from analysis_utils.themes.coverage.validation import validate

PAIRS = pd.DataFrame(
    [
        ("a:s01", "b:s01", 0.9, "counterpart"),
        ("a:s02", "b:s02", 0.8, "counterpart"),
        ("a:s03", "b:s02", 0.5, "possible"),
        ("a:s03", "b:s01", 0.1, ""),
        ("a:s01", "c:s01", 0.9, "counterpart"),  # nobody coded c
    ],
    columns=["sentence_id", "other_id", "similarity", "link"],
)
PAIRS = PAIRS.assign(**{view: PAIRS["similarity"] for view in VIEWS})
PAIRS["words"] = [0.9, 0.8, 0.1, 0.5, 0.9]  # this view ranks the last two the other way

CODES = pd.DataFrame(
    [
        ("b:s01", "a:s01", "strong"),  # in either order
        ("a:s03", "b:s02", "partial"),
        ("a:s04", "", "none"),
        ("a:s05", "", "none"),
    ],
    columns=["sentence_id", "other_id", "strength"],
)

TOLD = pd.DataFrame(
    {
        "sentence_id": [f"a:s{number:02d}" for number in range(1, 7)],
        "told": ["all", "all", "one", "one", "possibly", "one"],
    }
)

FACTS = pd.DataFrame(
    [
        ("f1", "shared", "a:s01 b:s01"),
        ("f2", "a_only", "a:s03 a:s01"),
        ("f3", "a_only", "a:s05"),
        ("f4", "b_only", "b:s02"),
    ],
    columns=["fact_id", "status", "sentence_ids"],
).assign(fact="It rained.")

OMISSIONS = pd.DataFrame({"sentence_id": ["a:s05", "a:s06"], "text": ["x", "y"]})


@pytest.fixture
def read():
    return coded.coded_pairs(PAIRS, CODES)


def test_pairs_get_what_the_coder_says_in_either_order(read):
    assert read["strength"].tolist() == ["strong", "", "partial", ""]


def test_the_ranks_of_the_coders_pairs(read):
    table = coded.evaluate_similarity(read).set_index("similarity")
    # Right pairs at ranks 1 and 3 of 4: (1/1 + 2/3) / 2; at ranks 1 and 4: (1/1 + 2/4) / 2.
    assert table.loc["mean of the four", "average_precision"] == pytest.approx(5 / 6)
    assert table.loc[VIEWS["words"], "average_precision"] == pytest.approx(3 / 4)
    assert table["right_first"].eq(1).all()
    assert table["n"].eq(4).all() and table["coded"].eq(2).all()


def test_links_are_counted_by_kind(read):
    links = coded.evaluate_links(read).values.tolist()
    assert links == [["counterpart", 2, 1, 0.5], ["possible", 1, 1, 0.5]]


def test_a_sentence_is_alone_for_the_coder_or_the_machine():
    alone = coded.evaluate_alone(TOLD, CODES).values.tolist()
    # Of a:s06 the coder says nothing, so that it is alone is no error.
    assert alone == [["a:s03", True, False], ["a:s04", True, True], ["a:s05", False, True]]


def test_a_fact_is_named_by_what_is_left_out_or_else_by_a_sentence_told_alone():
    facts = coded.evaluate_facts(FACTS, TOLD, OMISSIONS)
    assert facts[["fact_id", "named", "by"]].values.tolist() == [
        ["f2", "sentence", "a:s03"],
        ["f3", "omission", "x"],
        ["f4", "", ""],
    ]


def test_the_scores_are_those_of_the_hand_worked_tables():
    tables = SimpleNamespace(pairs=PAIRS, told=TOLD, omissions=OMISSIONS)
    codes = {"alignment": CODES, "facts": FACTS}
    corpus = SimpleNamespace(study=SimpleNamespace(codes=codes.get))
    _, *rows = validate(tables, corpus)[["score", "value", "n", "baseline_value"]].values.tolist()
    assert rows == [
        ["average precision", pytest.approx(5 / 6), 2, pytest.approx(5 / 6)],
        ["recall", 0.5, 2, 0],
        ["F1", 0.5, 2, pytest.approx(4 / 8)],  # alone are 2 of the 6 sentences with a code
        ["recall", pytest.approx(1 / 3), 3, 0],
    ]
