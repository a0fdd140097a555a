"""The figures of portrayal hold for few and many outlets and actors, and say what they show."""

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from portrayal_tables import made_triples, many_triples

from analysis_utils.measures.intervals import FEW
from analysis_utils.themes.portrayal import figures, tables, words

OUTLETS = {"x": "Outlet X", "y": "Outlet Y"}
ACTORS = {"a": "Acme", "b": "Norvik"}


@pytest.fixture(autouse=True)
def nothing_left_open():
    yield
    plt.close("all")


def overlapping(texts, fig):
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    return [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


@pytest.mark.parametrize(("n_outlets", "n_actors"), [(2, 2), (2, 9), (6, 9)])
def test_no_texts_overlap_in_the_figure_of_pairs(n_outlets, n_actors):
    triples, outlets, actors = many_triples(n_outlets, n_actors)
    pairs = tables.actor_pairs(triples)
    fig = figures.plot_pairs(pairs, outlets, actors, "A finding")
    assert len(fig.axes) == n_outlets
    for axis in fig.axes:
        assert overlapping([*axis.texts], fig) == []
    shown = figures.shown_pairs(pairs, outlets)
    caption = words.pairs_caption(pairs, shown, triples)
    assert f"Drawn are {len(shown)} arrows with {shown['n'].sum()} verbs" in caption
    assert ("not drawn" in caption) == (len(shown) < len(pairs))


@pytest.mark.parametrize(("n_outlets", "n_actors"), [(2, 1), (2, 9), (6, 9)])
def test_no_texts_overlap_in_the_figure_of_roles(n_outlets, n_actors):
    triples, outlets, actors = many_triples(n_outlets, n_actors)
    shares = tables.role_shares(triples, outlets, actors)
    fig = figures.plot_roles(shares, outlets, actors, "A finding")
    axis = fig.axes[0]
    assert overlapping([*axis.texts, *axis.get_yticklabels()], fig) == []
    assert len(axis.texts) == int((shares["n_all"] > 0).sum())


def test_empty_tables_give_figures_that_say_so():
    none = made_triples(("x:s1", "a", "sue", "b")).iloc[:0]
    fig = figures.plot_pairs(tables.actor_pairs(none), OUTLETS, ACTORS)
    assert "no act" in fig.axes[0].texts[0].get_text()
    shares = tables.role_shares(none, OUTLETS, ACTORS)
    fig = figures.plot_roles(shares, OUTLETS, ACTORS)
    assert "no act" in fig.axes[0].texts[0].get_text()
    fig, axis = plt.subplots()
    assert figures.plot_roles(shares, OUTLETS, ACTORS, "No act", ax=axis) is fig
    assert axis.get_title("left") == "No act" and not bars_of(axis)


def shares_of(sentences):
    """Shares where Acme acts in half of the sentences and is acted upon in the others."""
    told = [(f"x:s{n:02d}", *("ab", "ba")[n % 2]) for n in range(sentences)]
    triples = made_triples(*[(place, one, "sue", other) for place, one, other in told])
    return tables.role_shares(triples, OUTLETS, ACTORS)


def bars_of(axis):
    return [bar for bars in axis.containers for bar in bars]


def test_bars_to_the_right_act_and_those_to_the_left_are_acted_upon():
    triples = made_triples(*[(f"x:s{n}", "a", "sue", "b" if n else "") for n in range(4)])
    fig, axis = plt.subplots()
    shares = tables.role_shares(triples, OUTLETS, ACTORS)
    assert figures.plot_roles(shares, OUTLETS, ACTORS, "A finding", ax=axis) is fig
    assert axis.get_title("left") == "A finding"
    ends = {(round(bar.get_y()), bar.get_width()) for bar in bars_of(axis)}
    assert ends == {(0, 1), (0, 0), (1, 0), (1, -1)}
    assert [label.get_text() for label in axis.get_yticklabels()] == ["Acme", "Norvik"]
    assert sorted(text.get_text() for text in axis.texts) == ["0", "0", "3", "4"]
    # The one outlet with acts stands in its own half of each row, above the other's place.
    for row in (0, 1):
        assert all(
            row - 0.5 < bar.get_y() and bar.get_y() + bar.get_height() < row
            for bar in bars_of(axis)
            if round(bar.get_y()) == row
        )


@pytest.mark.parametrize(("sentences", "drawn"), [(FEW, 4), (FEW - 1, 0)])
def test_every_share_has_an_interval_of_its_own_from_enough_sentences_on(sentences, drawn):
    shares = shares_of(sentences)
    axis = figures.plot_roles(shares, OUTLETS, ACTORS).axes[0]
    lines = [each for each in axis.collections if isinstance(each, LineCollection)]
    segments = [segment[:, 0] for line in lines for segment in line.get_segments()]
    assert len(segments) == drawn
    side = np.where(shares["role"] == "agent", 1, -1)
    expected = sorted(sorted(pair) for pair in (shares[["low", "high"]].T * side).T.to_numpy())
    assert np.allclose(sorted(sorted(pair) for pair in segments), expected[:drawn])
    legend = [text.get_text() for text in axis.figure.legends[0].get_texts()]
    assert (f"fewer than {FEW} sentences: no interval" in legend) == (not drawn)


def test_pairs_of_the_busiest_agent_come_first_and_those_of_nobody_last():
    triples = made_triples(
        ("x:s1", "", "fine", "a", {"construction": "agentless passive"}),
        ("x:s2", "b", "sue", "a"),
        ("x:s3", "a", "sue", "b"),
        ("x:s4", "a", "fine", "b"),
        ("x:s5", "", "praise", "a"),
    )
    fig = figures.plot_pairs(tables.actor_pairs(triples), OUTLETS, ACTORS, "A finding")
    texts = [text.get_text() for text in fig.axes[0].texts if text.get_text()]
    assert texts[:-1] == [
        *("Acme", "sue, fine", "Norvik"),
        *("Norvik", "sue", "Acme"),
        *("(left out)", "fine", "Acme"),
        *("somebody else", "praise", "Acme"),
    ]
    assert "no act upon an actor" in fig.axes[1].texts[0].get_text()


def test_each_outlet_has_its_share_of_the_pairs_that_are_drawn():
    triples, outlets, _ = many_triples(6, 9)
    pairs = tables.actor_pairs(triples)
    shown = figures.shown_pairs(pairs, outlets)
    assert set(shown["outlet"].value_counts()) == {figures.MOST_PAIRS // 6}
    left = pairs.drop(shown.index)
    for outlet in outlets:
        least = shown.loc[shown["outlet"] == outlet, "n"].min()
        assert left.loc[left["outlet"] == outlet, "n"].max() <= least
