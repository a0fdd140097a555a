"""Bootstrap weights and intervals: hand-worked numbers, properties, and edge cases."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils.measures.intervals import (
    FEW,
    bootstrap_weights,
    clustered_share_interval,
    percentile_interval,
    share_interval,
    units,
)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.integers(0, 5))
def test_every_resample_of_a_group_is_as_large_as_the_group(groups, seed):
    weights = bootstrap_weights(groups, draws=20, seed=seed)
    assert weights.shape == (20, len(groups))
    assert (weights >= 0).all()
    for group in set(groups):
        members = [place for place, name in enumerate(groups) if name == group]
        assert (weights[:, members].sum(axis=1) == len(members)).all()


def test_weights_repeat_with_the_seed_and_change_with_it():
    groups = ["a"] * 6 + ["b"] * 4
    assert (bootstrap_weights(groups, 50, seed=1) == bootstrap_weights(groups, 50, seed=1)).all()
    assert (bootstrap_weights(groups, 50, seed=1) != bootstrap_weights(groups, 50, seed=2)).any()


def test_groups_draw_apart_from_each_other():
    small = bootstrap_weights(["a"] * 5 + ["b"] * 5, 50, seed=3)
    large = bootstrap_weights(["a"] * 9 + ["b"] * 5, 50, seed=3)
    assert (small[:, 5:] == large[:, 9:]).all()
    assert (small[:, :5] != small[:, 5:]).any()


def test_units_are_drawn_once_on_average_and_left_out_as_often_as_expected():
    weights = bootstrap_weights(["a"] * 10, draws=20_000, seed=0)
    assert weights.mean(axis=0) == pytest.approx(np.ones(10), abs=0.03)
    # A unit is missing from a resample of n with chance (1 - 1/n)^n = 0.9^10 = 0.3487.
    assert (weights == 0).mean() == pytest.approx(0.3487, abs=0.005)


def test_what_is_drawn_if_nothing_else_is_said():
    weights = bootstrap_weights([*"aaaaaaaa"])
    assert weights.shape == (2000, 8)
    assert (weights == bootstrap_weights([*"aaaaaaaa"], draws=2000, seed=0)).all()
    # Of 0, 1, ..., 1000 the middle 95 % lies between 25 and 975.
    assert percentile_interval(np.arange(1001)) == pytest.approx((25, 975))


def test_percentile_interval_of_known_values():
    # Of 0, 1, ..., 100 the middle 90 % lies between 5 and 95.
    assert percentile_interval(np.arange(101), level=0.9) == pytest.approx((5, 95))


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile_interval(np.arange(10), level)


def test_wilsons_interval_is_that_of_the_formula():
    count, n, z = 3, 12, 1.959963984540054
    middle = (count / n + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(count / n * (1 - count / n) / n + z * z / (4 * n * n))
    assert share_interval(count, n) == pytest.approx((middle - half, middle + half))


def test_a_share_of_none_or_all_is_never_certain():
    low, high = share_interval(0, 10)
    assert low == pytest.approx(0, abs=1e-12) and high > 0.2
    assert share_interval(10, 10)[0] < 0.8
    assert np.isnan(share_interval(0, 0)).all()
    with pytest.raises(ValueError):
        share_interval(3, 2)


def told_by(articles):
    """Two sentences an article, of outlets with so many articles each."""
    rows = [
        (f"{outlet}{number}:s{place:02d}", f"{outlet}{number}", outlet)
        for outlet, count in articles.items()
        for number in range(count)
        for place in (1, 2)
    ]
    return pd.DataFrame(rows, columns=["sentence_id", "article_id", "outlet"])


def test_articles_are_drawn_where_every_outlet_has_five():
    drawn = units(told_by({"a": FEW, "b": 9}))
    assert (drawn.name, drawn["b3:s02"], drawn.nunique()) == ("articles", "b3", FEW + 9)


def test_sentences_are_drawn_where_one_outlet_has_few_articles():
    drawn = units(told_by({"a": FEW - 1, "b": 9}))
    assert (drawn.name, drawn["b3:s02"]) == ("sentences", "b3:s02")
    assert units(told_by({})).empty


def test_a_share_of_words_is_less_sure_the_more_alike_those_of_an_article_are():
    sizes = [100] * 10
    widths = [
        np.subtract(*clustered_share_interval(counts, sizes)[::-1])
        for counts in ([50] * 10, [40, 60] * 5, [20, 80] * 5, [0, 100] * 5)
    ]
    assert widths == sorted(widths) and widths[0] < widths[-1]
    assert widths[0] > np.subtract(*share_interval(500, 1000)[::-1])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=FEW, max_size=30))
def test_words_of_articles_are_never_surer_than_words_alone(units):
    counts, others = np.array(units).T
    low, high = clustered_share_interval(counts, counts + others)
    if np.count_nonzero(counts + others) < FEW:
        assert np.isnan([low, high]).all()
        return
    alone = share_interval(int(counts.sum()), int((counts + others).sum()))
    assert 0 <= low <= counts.sum() / (counts + others).sum() <= high <= 1
    assert high - low > np.subtract(*alone[::-1]) - 1e-9


def test_units_that_hold_one_each_have_nearly_wilsons_interval():
    counts = np.repeat([1, 0], [300, 700])
    assert clustered_share_interval(counts, np.ones(1000)) == pytest.approx(
        share_interval(300, 1000), abs=1e-3
    )


def test_the_interval_of_articles_holds_the_truth_more_often_than_the_bootstrap():
    """Articles of one outlet: a mean share of 0.6 that varies from article to article."""
    random = np.random.default_rng(2)
    held = np.zeros(2)
    for _ in range(300):
        sizes = random.integers(200, 900, FEW)
        counts = random.binomial(sizes, random.beta(3, 2, FEW))
        drawn = bootstrap_weights(["a"] * FEW, 400, seed=int(random.integers(1000)))
        plain = percentile_interval((drawn @ counts) / (drawn @ sizes))
        for place, (low, high) in enumerate((clustered_share_interval(counts, sizes), plain)):
            held[place] += low <= 0.6 <= high
    assert held[0] / 300 > 0.9 > held[1] / 300


def test_few_articles_have_no_interval_of_a_share():
    assert np.isnan(clustered_share_interval([1] * (FEW - 1), [2] * (FEW - 1))).all()


@pytest.mark.parametrize("level", [0, 1, 1.5])
def test_a_share_has_no_interval_at_a_level_that_is_none(level):
    with pytest.raises(ValueError, match="level"):
        share_interval(3, 12, level)


@given(st.integers(1, 400), st.integers(0, 400))
def test_no_bound_of_a_share_lies_beyond_it(n, more):
    """Rounding must not carry the bound of 'all' over 1, nor that of 'none' below 0."""
    assert share_interval(0, n + more)[0] >= 0
    assert share_interval(n + more, n + more)[1] <= 1


def test_the_interval_of_articles_by_hand():
    """Five articles of 100 words: the variance between them, and what five tell of it."""
    counts, sizes = np.array([30, 40, 50, 60, 70]), np.full(5, 100)
    share = 0.5
    between = (400 + 100 + 0 + 100 + 400) * 5 / 4
    design_effect = between / (500 * share * (1 - share))
    z, t = 1.959963984540054, 2.7764451051977987  # normal, and Student with four degrees
    n = 500 / design_effect * (z / t) ** 2
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    assert clustered_share_interval(counts, sizes) == pytest.approx((middle - half, middle + half))
