"""Figures of coverage: nothing overlaps, everybody is shown, titles say what is drawn."""

from itertools import combinations

import matplotlib
import pandas as pd
import pytest

from analysis_utils.themes.coverage.figures import plot_fifths, plot_places, plot_shares
from analysis_utils.themes.coverage.places import MOST_ARTICLES, count_fifths, lines_between
from analysis_utils.themes.coverage.tables import TOLD, count_tellings
from analysis_utils.themes.coverage.words import (
    places_caption,
    places_headline,
    places_shown,
    shares_caption,
    shares_headline,
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
        links = lines_between(told, pairs, outlets).drop_duplicates("line")["link"].tolist()
        assert links == ["same"] * 3 * (n_outlets - 1) + ["possible"] * broken
        assert len(fig.axes[0].lines) == len(links)
        assert ("Broken lines" in places_caption(told, outlets)) == bool(broken)
        matplotlib.pyplot.close(fig)


def test_a_statement_is_one_line_from_each_outlet_to_the_next():
    told, outlets = made(3, 5)
    told["statement"] = 0  # fifteen sentences, all the same
    fig = plot_places(told, NO_PAIRS, outlets)
    lines = [line for line in fig.axes[0].lines if len(line.get_xdata()) == 2]
    assert [list(line.get_xdata()) for line in lines] == [[0, 1], [1, 2]]
    assert all(list(line.get_ydata()) == [0, 0] for line in lines)  # from the first sentences
    assert "the first is joined" in places_caption(told, outlets)
    assert "the first is joined" not in places_caption(*made(3, 5))
    matplotlib.pyplot.close(fig)


def many_articles(n_outlets, n_articles, n_sentences=10):
    """Each article as :func:`made` makes it."""
    one, outlets = made(n_outlets, n_sentences)
    copies = [
        one.assign(sentence_id=one["sentence_id"].str.replace(":", f"-{number}:"))
        for number in range(n_articles)
    ]
    return pd.concat(copies, ignore_index=True), outlets


def test_fifths_by_hand():
    told, _ = many_articles(2, 7)
    counts = count_fifths(told).set_index(["outlet", "fifth", "told"])["n"].unstack()[list(TOLD)]
    # Places 0, 1/9, ... 1 in turns all, some, possibly, one: two sentences a fifth.
    assert counts.loc[("o0", 0)].tolist() == [7, 7, 0, 0]
    assert counts.loc[("o1", 1)].tolist() == [0, 0, 7, 7]
    assert counts.loc[("o0", 4)].tolist() == [7, 7, 0, 0]
    assert counts.to_numpy().sum() == len(told)
    assert count_fifths(told).groupby(["outlet", "fifth"])["share"].sum().eq(1).all()


@pytest.mark.parametrize("n_outlets", [2, 6])
def test_many_articles_are_summed_up_and_the_caption_says_so(n_outlets):
    few, outlets = many_articles(n_outlets, MOST_ARTICLES // n_outlets)
    told, _ = many_articles(n_outlets, 50)
    assert "lines join" in places_caption(few, outlets)
    assert f"With {50 * n_outlets} articles" in places_caption(told, outlets)
    assert "Bars" in places_shown(told) and "lines" in places_shown(few)
    title = places_headline(told, outlets)
    assert title == (
        "Told by others too: 100% of the first fifth of the articles, 100% of the last"
    )
    fig = plot_fifths(count_fifths(told), outlets, title)
    assert len(fig.axes) == n_outlets
    assert [axis.get_title() for axis in fig.axes] == [
        name.replace("of Place", "\nof Place").replace(" \n", "\n") for name in outlets.values()
    ]
    assert sum(len(axis.lines) + len(axis.patches) for axis in fig.axes) <= 20 * n_outlets
    no_overlap(fig, [*fig.axes[0].get_yticklabels(), *(axis.title for axis in fig.axes)])
    fig.canvas.draw()
    ends = [[t for t in axis.get_xticklabels() if t.get_text()] for axis in fig.axes]
    no_overlap(fig, [label for labels in ends for label in labels])
    matplotlib.pyplot.close(fig)


@pytest.mark.parametrize("n_outlets", [2, 6])
def test_shares_show_every_number(n_outlets):
    told, outlets = made(n_outlets, 10)
    counts = count_tellings(told, outlets)
    fig = plot_shares(counts, outlets, shares_headline(counts, outlets))
    axis = fig.axes[0]
    assert sum(int(text.get_text()) for text in axis.texts) == len(told)
    names = [label.get_text() for label in axis.get_yticklabels()]
    assert names == list(outlets.values())
    no_overlap(fig, [*axis.texts, *axis.get_yticklabels()])
    assert f"{len(told)} in all" in shares_caption(counts)
    matplotlib.pyplot.close(fig)


def test_titles_are_the_numbers_drawn():
    told, outlets = made(2, 8)
    assert "2 of 8 sentences" in shares_headline(count_tellings(told, outlets), outlets)
    assert (
        places_headline(told, outlets)
        == "3 statements surely found in both bodies, in the same order"
    )
    told.loc[told["sentence_id"] == "o0:s01", "statement"] = 1
    told.loc[told["sentence_id"] == "o0:s02", "statement"] = 0
    assert "in another order" in places_headline(told, outlets)
    told.loc[told["sentence_id"] == "o0:s01", "place"] = told["place"][1]  # both at one place
    assert "in the same order" in places_headline(told, outlets)
    told, outlets = many_articles(2, 2)
    assert places_headline(told, outlets) == "3 statements surely found in both outlets"
    told, outlets = made(3, 8)
    assert "3 of them by all" in places_headline(told, outlets)
    alone, outlets = made(2, 3)
    alone["statement"] = range(len(alone))
    assert "No statement" in places_headline(alone, outlets)


def test_an_empty_study_gives_a_figure():
    told, outlets = made(2, 1)
    none = told.iloc[:0]
    counts = count_tellings(none, outlets)
    for fig in (plot_places(none, NO_PAIRS, outlets), plot_shares(counts, outlets)):
        assert fig.axes
        matplotlib.pyplot.close(fig)
