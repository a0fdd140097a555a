"""Krippendorff's alpha: his own examples, its definition step by step, and what must hold of it."""

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis_utils.measures.agreement import (
    NO_DISAGREEMENT,
    NO_OVERLAP,
    NO_VARIATION,
    NOT_KNOWN,
    RELIABLE,
    TENTATIVE,
    agreement,
    alpha,
    count_values,
    f1,
    overlap,
    percent_agreement,
)

_ = None

#: The worked examples of Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
TWO_ANSWERS = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
FIVE_KINDS = [list("aabbdcccedda"), list("babbbccceddd")]

#: Four observers, twelve units: there too, and in Krippendorff (2018), section 12.3.4.
TEXTBOOK = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


def tidy(sheet, variable="x"):
    """One row a code of a sheet with a row a coder; None is no code."""
    rows = [
        (f"coder{coder}", f"unit{unit}", variable, str(value))
        for coder, values in enumerate(sheet)
        for unit, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["coder", "unit_id", "variable", "value"], dtype="str")


def only_row(sheet, level="nominal", draws=50):
    (row,) = agreement(tidy(sheet), {"x": level}, draws=draws).itertuples()
    return row


@pytest.mark.parametrize(
    ("sheet", "level", "expected"),
    [
        (TWO_ANSWERS, "nominal", 0.095),
        (FIVE_KINDS, "nominal", 0.692),
        (TEXTBOOK, "nominal", 0.743),
        (TEXTBOOK, "ordinal", 0.815),
    ],
)
def test_krippendorffs_own_examples(sheet, level, expected):
    assert round(only_row(sheet, level).alpha, 3) == expected


def test_a_unit_with_a_single_code_is_not_counted():
    row = only_row(TEXTBOOK)
    assert (row.coders, row.units, row.pairable) == (4, 11, 40)  # one unit has a single code
    assert row.low < row.alpha < row.high


def test_a_nominal_alpha_worked_by_hand():
    # Ten units, two coders, binary: 8 agreements. Coincidences: o00 = 14, o11 = 2, o01 = 2, so
    # n0 = 16, n1 = 4, n = 20. Alpha = 1 - (n - 1) o01 / (n0 n1) = 1 - 19 * 2 / 64.
    sheet = [[0, 0, 0, 0, 0, 0, 0, 1, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]]
    row = only_row(sheet)
    assert row.alpha == pytest.approx(1 - 19 * 2 / 64)
    assert row.percent_agreement == pytest.approx(0.8)


def test_percent_agreement_counts_pairs_of_codes():
    counts = np.array([[3, 0], [2, 1], [0, 1]])  # three agreeing pairs, one of three, none
    assert percent_agreement(counts) == pytest.approx(4 / 6)


def test_an_ordinal_value_is_a_number_and_not_a_word():
    # As words, "10" would stand between "1" and "9".
    sheet = [[1, 9, 10, 1, 9, 10], [1, 10, 9, 1, 9, 10]]
    in_order = [["abc"[[1, 9, 10].index(value)] for value in codes] for codes in sheet]
    assert only_row(sheet, "ordinal").alpha == pytest.approx(slow_alpha(in_order, "ordinal"))


def slow_alpha(sheet, level):
    """One minus seen over expected disagreement, pair by pair as Krippendorff (2018) defines it."""
    units = [[value for value in unit if value is not None] for unit in zip(*sheet, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    codes = [value for unit in units for value in unit]

    def difference(one, other):
        if level == "nominal":
            return float(one != other)
        low, high = sorted([one, other])
        between = sum(low <= value <= high for value in codes)
        return (between - (codes.count(low) + codes.count(high)) / 2) ** 2

    seen = sum(
        difference(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2)
    )
    expected = sum(difference(*pair) for pair in permutations(codes, 2)) / (len(codes) - 1)
    return 1 - seen / expected


sheets = st.integers(2, 4).flatmap(
    lambda coders: st.integers(2, 12).flatmap(
        lambda units: st.lists(
            st.lists(st.sampled_from([-1, 0, 1, None]), min_size=units, max_size=units),
            min_size=coders,
            max_size=coders,
        )
    )
)


def is_defined(sheet):
    units = [[value for value in unit if value is not None] for unit in zip(*sheet, strict=True)]
    return len({value for unit in units if len(unit) > 1 for value in unit}) > 1


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@given(sheet=sheets)
@settings(max_examples=60)
def test_equals_the_definition_on_sheets_with_missing_codes(level, sheet):
    assume(is_defined(sheet))
    assert only_row(sheet, level, draws=2).alpha == pytest.approx(slow_alpha(sheet, level))


@given(sheet=sheets, order=st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_coders_and_units_does_not_matter(sheet, order):
    assume(is_defined(sheet))
    units = list(range(len(sheet[0])))
    order.shuffle(units)
    mixed = [[codes[unit] for unit in units] for codes in sheet]
    order.shuffle(mixed)
    assert only_row(mixed, draws=2).alpha == pytest.approx(only_row(sheet, draws=2).alpha)


@given(sheet=sheets)
@settings(max_examples=30)
def test_names_of_values_do_not_matter_on_the_nominal_level(sheet):
    assume(is_defined(sheet))
    named = [[value if value is None else "cab"[value + 1] for value in codes] for codes in sheet]
    assert only_row(named, draws=2).alpha == pytest.approx(only_row(sheet, draws=2).alpha)


@given(sheet=sheets)
@settings(max_examples=30)
def test_only_the_order_of_values_matters_on_the_ordinal_level(sheet):
    assume(is_defined(sheet))
    wider = [[value if value is None else 10.0**value for value in codes] for codes in sheet]
    found = only_row(wider, "ordinal", draws=2).alpha
    assert found == pytest.approx(only_row(sheet, "ordinal", draws=2).alpha)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@given(sheet=sheets)
@settings(max_examples=30)
def test_a_unit_with_one_code_and_a_value_nobody_gave_change_nothing(level, sheet):
    assume(is_defined(sheet))
    longer = [[*codes, 1 if coder == 0 else None] for coder, codes in enumerate(sheet)]
    found = only_row(sheet, level, draws=2).alpha
    assert only_row(longer, level, draws=2).alpha == pytest.approx(found)
    counts = count_values(tidy(sheet), level).to_numpy()
    assert alpha(np.insert(counts, 1, 0, axis=1), level) == pytest.approx(found)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@given(sheet=sheets)
@settings(max_examples=30)
def test_more_of_the_same_changes_alpha_as_it_must(level, sheet):
    assume(is_defined(sheet))
    counts = count_values(tidy(sheet), level).to_numpy()
    counts = counts[counts.sum(axis=1) > 1]
    once, n = alpha(counts, level), counts.sum()
    # A double of each coder agrees with that coder at least.
    assert alpha(2 * counts, level) >= once - 1e-9
    # Five times the same units: only the correction for a small sample, n - 1, shrinks.
    over_again = alpha(np.tile(counts, (5, 1)), level)
    assert (1 - over_again) * (n - 1) == pytest.approx((1 - once) * (n - 1 / 5))


def test_perfect_agreement_is_one_and_is_not_told_as_certain():
    codes = [0, 1] * 10
    row = only_row([codes, codes])
    assert (row.alpha, row.percent_agreement, row.note) == (1, 1, NO_DISAGREEMENT)
    assert math.isnan(row.low) and math.isnan(row.high)


@pytest.mark.parametrize(
    ("sheet", "note"),
    [
        ([[0, 1, 0, 1, 1]], NOT_KNOWN),
        ([[0, 1, _, _], [_, _, 1, 0]], NO_OVERLAP),
        ([[1, 1, 1], [1, 1, 1]], NO_VARIATION),
        ([[1, 1, 0], [1, 1, _]], NO_VARIATION),  # the only 0 has no partner
    ],
)
def test_where_alpha_is_not_defined_words_stand_instead(sheet, note):
    row = only_row(sheet)
    assert math.isnan(row.alpha) and math.isnan(row.low)
    assert row.note == note


def test_few_units_have_no_interval():
    row = only_row([[0, 1, 1, 0], [0, 1, 0, 0]])
    assert not math.isnan(row.alpha) and math.isnan(row.low)
    assert "Fewer than 5" in row.note


def test_five_units_have_an_interval():
    row = only_row([[0, 1, 1, 0, 1], [0, 1, 0, 0, 1]])
    assert row.note == "" and row.low < row.alpha <= row.high


def test_codes_that_hardly_vary_have_no_interval():
    # One unit in twenty differs: a third of the draws miss it and have one value only.
    row = only_row([[0] * 20, [0] * 19 + [1]], draws=200)
    assert row.alpha == pytest.approx(0) and math.isnan(row.low) and "too few units" in row.note


def test_draws_that_all_vary_are_enough_whatever_share_is_asked(monkeypatch):
    monkeypatch.setattr("analysis_utils.measures.agreement._ENOUGH_DRAWS", 1)
    assert only_row([[0] * 5, [1] * 5]).note == ""  # the coders differ in every unit


def test_the_same_seed_gives_the_same_interval():
    first, second = (agreement(tidy(TEXTBOOK), draws=100, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_two_codes_of_one_coder_for_the_same_are_an_error():
    codes = tidy([[1, 0], [1, 0]])
    with pytest.raises(ValueError, match="coder0, unit0, x"):
        agreement(pd.concat([codes, codes.head(1)]))


def test_an_unknown_level_is_an_error():
    with pytest.raises(ValueError, match="'interval'"):
        agreement(tidy(TEXTBOOK), {"x": "interval"})


def test_precision_recall_and_f1_by_hand():
    # Four found, five coded, two of them both: 2/4, 2/5, and 2 * 2 / (4 + 5).
    shares = overlap({1, 2, 3, 4}, {3, 4, 5, 6, 7})
    assert shares == {"precision": 0.5, "recall": 0.4, "f1": pytest.approx(4 / 9)}


def test_f1_where_a_share_is_not_defined():
    missed, wrong, nothing = overlap(set(), {1}), overlap({1}, set()), overlap(set(), set())
    assert (missed["recall"], missed["f1"]) == (0, 0) and math.isnan(missed["precision"])
    assert (wrong["precision"], wrong["f1"]) == (0, 0) and math.isnan(wrong["recall"])
    assert all(map(math.isnan, nothing.values()))
    assert f1(0, 0) == 0 and f1(1, 1) == 1


def test_alpha_of_nothing_is_not_a_number():
    with np.errstate(all="raise"):  # and nothing is divided by nothing
        assert math.isnan(alpha(np.zeros((0, 2), dtype=int)))
        assert math.isnan(alpha(np.array([[2, 0], [3, 0]])))


def test_the_bounds_are_those_of_the_literature():
    """Krippendorff (2018): 0.8 for conclusions, 0.667 for tentative ones."""
    assert (RELIABLE, TENTATIVE) == (0.8, 0.667)
