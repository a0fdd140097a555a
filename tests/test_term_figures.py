"""The figure of a term contrast: legible at both widths, and true to its table."""

import itertools
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from term_tables import term_table

from analysis_utils.output.figures import WIDTHS
from analysis_utils.themes import term_contrast
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.term_contrast.figures import MOST_OUTLETS, plot_contrast
from analysis_utils.themes.term_contrast.leading import (
    by_chance,
    leading_by_both,
)
from analysis_utils.themes.term_contrast.tables import contrast_terms
from analysis_utils.themes.term_contrast.tfidf import contrast_tfidf

NAMES = [
    "The Metropolitan Herald and Advertiser", "Daily Courier", "Wire", "$5 News", "Post",
]  # fmt: skip


def leading_of(n_outlets):
    """Leading terms in which each outlet has words of its own, and all share some."""
    documents = {
        f"o{outlet}": [
            ["minister", f"word{outlet}x{number}", f"internationalisation{outlet}"]
            for number in range(5)
            for _ in range(3)
        ]
        for outlet in range(n_outlets)
    }
    terms = term_table(documents)
    chance = by_chance(terms, shuffles=5)
    names = {f"o{number}": NAMES[number % 5] for number in range(n_outlets)}
    return leading_by_both(contrast_terms(terms), contrast_tfidf(terms), chance.highest), names


def text_boxes(fig):
    """The visible texts of a figure with the pixels they cover, and their size in points."""
    fig.canvas.draw()
    renderer = fig.canvas.get_renderer()
    beyond = {
        text
        for ax in fig.axes
        for axis, ends in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, sorted(ax.get_ylim())))
        for tick in axis.get_major_ticks()
        for text in (tick.label1, tick.label2)
        if not ends[0] <= tick.get_loc() <= ends[1] or not tick.label1.get_visible()
    }
    return [
        (text.get_text(), text.get_window_extent(renderer), text.get_size())
        for text in fig.findobj(plt.Text)
        if text.get_visible() and text.get_text() and text not in beyond
    ]


def legible(fig, width):
    """Exact width, at most a page high, no text below 7 points or outside the figure."""
    assert fig.get_figwidth() == pytest.approx(WIDTHS[width] / 25.4)
    boxes = text_boxes(fig)
    assert fig.get_figheight() <= 230 / 25.4
    for text, box, size in boxes:
        assert size >= 7, text
        assert box.x0 >= -1 and box.x1 <= fig.bbox.width + 1, text
        assert box.y0 >= -1 and box.y1 <= fig.bbox.height + 1, text
    return boxes


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("n_outlets", [2, 4, 30])
def test_the_figure_is_legible(n_outlets, width, corpus):
    figure = term_contrast.figures.contrast(theme_tables(term_contrast, corpus), corpus)
    leading, names = leading_of(n_outlets)
    draw = figure.draw.func
    with_ours = type(figure.draw)(draw, leading, names)
    boxes = legible(replace(figure, draw=with_ours).picture(width), width)
    for (first, box, _), (second, other, _) in itertools.combinations(boxes, 2):
        across = min(box.x1, other.x1) - max(box.x0, other.x0)
        down = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert across < 1 or down < 2.5, f"{first!r} covers {second!r}"
    shown = {text for text, _, _ in boxes}
    assert len(shown & {name for name in leading["term"]}) > 0


def test_every_dot_stands_where_the_table_says_and_is_filled_by_its_own_measure(corpus):
    tables = theme_tables(term_contrast, corpus)
    fig = plot_contrast(tables.leading, corpus.outlets, width=6.85)
    for ax, value, named in zip(
        fig.axes, ("z", "tfidf_difference"), ("by_log_odds", "by_tfidf"), strict=True
    ):
        dots = [drawn for drawn in ax.collections if isinstance(drawn, PathCollection)]
        places = np.concatenate([drawn.get_offsets() for drawn in dots])
        assert sorted(places[:, 0]) == pytest.approx(sorted(tables.leading[value]))
        hollow = sum(
            len(drawn.get_offsets()) for drawn in dots if (drawn.get_facecolors()[0] == 1).all()
        )
        assert hollow == (~tables.leading[named]).sum()


def test_of_very_many_outlets_those_that_differ_most_are_shown():
    leading, names = leading_of(MOST_OUTLETS + 5)
    fig = plot_contrast(leading, names, width=6.85)
    labels = [text.get_text() for text in fig.axes[0].get_yticklabels()]
    assert sum(label in {*NAMES, NAMES[0][:25] + "…"} for label in labels) == MOST_OUTLETS


def test_an_outlet_without_a_name_is_refused_and_no_term_is_no_fault():
    leading, names = leading_of(2)
    with pytest.raises(ValueError, match="without a name: o1"):
        plot_contrast(leading, {"o0": names["o0"]}, width=6.85)
    assert plot_contrast(leading.iloc[:0], names, width=6.85).get_figwidth() == 6.85
