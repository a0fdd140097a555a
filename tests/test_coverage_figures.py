"""Figures of coverage: nothing overlaps, everybody is shown, titles say what is drawn."""

from itertools import combinations

import matplotlib
import pandas as pd
import pytest

from analysis_utils.coverage import count_tellings
from analysis_utils.coverage.plots import (
    places_caption,
    places_title,
    plot_places,
    plot_shares,
    shares_caption,
    shares_title,
)

matplotlib.use("Agg")

NO_PAIRS = pd.DataFrame(columns=["sentence_id", "other_id", "link"])


def made(n_outlets, n_sentences):
    """Sentence k of every outlet makes statement k; the last ones stand alone."""
    outlets = {
        f"o{number}": f"The Daily Outlet of Place {number} $_$ <i>" for number in range(n_outlets)
    }
    kinds = ["all", "some", "possibly", "one"]
    rows = [
        {
            "sentence_id": f"{outlet}:s{number + 1:02d}",
            "outlet": outlet,
            "part": "body",
            "statement": number if number < 3 else 100 * at + number,
            "place": number / max(n_sentences - 1, 1),
            "told": kinds[number % 4],
            "text": "A sentence.",
        }
        for at, outlet in enumerate(outlets)
        for number in range(n_sentences)
    ]
    return pd.DataFrame(rows), outlets


def no_overlap(fig, texts):
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    assert boxes
    for first, second in combinations(boxes, 2):
        assert not first.overlaps(second)
    return boxes


@pytest.mark.parametrize(("n_outlets", "n_sentences"), [(2, 1), (2, 12), (6, 50)])
def test_places_show_every_sentence_and_no_label_overlaps(n_outlets, n_sentences):
    told, outlets = made(n_outlets, n_sentences)
    fig = plot_places(told, NO_PAIRS, outlets, "A finding")
    axis = fig.axes[0]
    assert len(axis.texts) == len(told)
    no_overlap(fig, [*axis.texts, *axis.get_xticklabels()])
    matplotlib.pyplot.close(fig)


def test_long_names_stay_inside_and_apart():
    told, outlets = made(6, 5)
    fig = plot_places(told, NO_PAIRS, outlets, "")
    no_overlap(fig, fig.axes[0].get_xticklabels())
    matplotlib.pyplot.close(fig)


def test_possible_pairs_are_drawn_between_two_outlets_only():
    pairs = pd.DataFrame({"sentence_id": ["o0:s04"], "other_id": ["o1:s04"], "link": ["possible"]})
    for n_outlets, broken in ((2, 1), (3, 0)):
        told, outlets = made(n_outlets, 5)
        fig = plot_places(told, pairs, outlets)
        assert sum(line.get_linestyle() == "--" for line in fig.axes[0].lines) == broken
        assert ("Broken lines" in places_caption(told, outlets)) == bool(broken)
        matplotlib.pyplot.close(fig)


@pytest.mark.parametrize("n_outlets", [2, 6])
def test_shares_show_every_number(n_outlets):
    told, outlets = made(n_outlets, 10)
    counts = count_tellings(told, outlets)
    fig = plot_shares(counts, outlets, shares_title(counts, outlets))
    axis = fig.axes[0]
    assert sum(int(text.get_text()) for text in axis.texts) == len(told)
    names = [label.get_text() for label in axis.get_yticklabels()]
    assert names == list(outlets.values())
    no_overlap(fig, [*axis.texts, *axis.get_yticklabels()])
    assert f"{len(told)} in all" in shares_caption(counts)
    matplotlib.pyplot.close(fig)


def test_titles_are_the_numbers_drawn():
    told, outlets = made(2, 8)
    assert "2 of 8 sentences" in shares_title(count_tellings(told, outlets), outlets)
    assert (
        places_title(told, outlets) == "3 statements of the body found in both, in the same order"
    )
    told.loc[told["sentence_id"] == "o0:s01", "statement"] = 1
    told.loc[told["sentence_id"] == "o0:s02", "statement"] = 0
    assert "in another order" in places_title(told, outlets)
    told, outlets = made(3, 8)
    assert "3 of them by all" in places_title(told, outlets)
    alone, outlets = made(2, 3)
    alone["statement"] = range(len(alone))
    assert "No statement" in places_title(alone, outlets)


def test_an_empty_study_gives_a_figure():
    told, outlets = made(2, 1)
    none = told.iloc[:0]
    counts = count_tellings(none, outlets)
    for fig in (plot_places(none, NO_PAIRS, outlets), plot_shares(counts, outlets)):
        assert fig.axes
        matplotlib.pyplot.close(fig)
