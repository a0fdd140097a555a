"""The figures of coverage: who tells how much alone, and where shared statements stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
import seaborn.objects as so
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import (
    FAINT,
    INK,
    Figure,
    house_style,
    outlet_colours,
    outlet_markers,
)
from analysis_utils.themes.coverage import words
from analysis_utils.themes.coverage.places import (
    FIFTHS,
    body_of,
    count_articles,
    count_fifths,
    is_summed_up,
    lines_between,
)
from analysis_utils.themes.coverage.tables import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: How full each kind of ``TOLD`` is: the fuller, the more tell it.  All differ.
_FULL = {"all": 1.0, "some": 0.55, "possibly": 0.05, "one": 0.0}

#: What is hatched besides.
_HATCHED = {"possibly": "////"}

#: Longer names of outlets are broken over two lines.
_LONG_NAME = 14

_TITLE = {"x": 0.01, "ha": "left", "fontsize": 11, "fontweight": "bold"}


def shares(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """How many outlets tell each outlet's sentences; see :func:`plot_shares`."""
    title = words.shares_headline(tables.counts, corpus.outlets)
    return Figure(
        name="coverage_shares",
        picture=plot_shares(tables.counts, corpus.outlets, title),
        data=tables.counts,
        title=title,
        caption=words.shares_caption(tables.counts),
        alt=alt_text("Bars of sentences by how many outlets tell them.", title),
    )


def places(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Where shared statements stand; see :func:`plot_places` and :func:`plot_fifths`."""
    told, outlets = tables.told, corpus.outlets
    title = words.places_headline(told, outlets)
    if is_summed_up(told):
        picture = plot_fifths(count_fifths(told), outlets, title)
    else:
        picture = plot_places(told, tables.pairs, outlets, title)
    return Figure(
        name="coverage_places",
        picture=picture,
        data=told,
        title=title,
        caption=words.places_caption(told, outlets),
        alt=alt_text(words.places_shown(told), title),
    )


#: The theme's figures by name.
FIGURES = {"shares": shares, "places": places}


def plot_shares(
    counts: pd.DataFrame, outlets: Mapping[str, str], title: str = "", ax: Axes | None = None
) -> Picture:
    """Bars of each outlet's sentences, by how many outlets tell them.

    Parameters
    ----------
    counts
        Table of the theme.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    ax
        What to draw on; a figure of its own if there is none.
    """
    house_style()
    rows = {outlet: place for place, outlet in enumerate(outlets)}
    picture, ax = _panel(ax, (8, 1.3 + 0.5 * len(rows)))
    drawn = counts.assign(row=counts["outlet"].map(rows))
    _stacked(drawn, outlets).on(ax).plot()
    _finish_stacked(ax, list(outlets.values()))
    _write_numbers(ax, drawn)
    ax.set(title=title, xlabel="share of the sentences of the body", ylabel="")
    picture.legend(handles=_fill_handles(counts), loc="outside lower left", ncols=4)
    return picture


def plot_places(
    told: pd.DataFrame,
    pairs: pd.DataFrame,
    outlets: Mapping[str, str],
    title: str = "",
    ax: Axes | None = None,
) -> Picture:
    """Where in each article the shared statements stand: a column an outlet, first on top.

    A mark is a sentence of the body; for each statement a line joins the first
    sentences that make it in two outlets.  With two outlets, possible counterparts
    are joined by broken lines; with more there would be too many to read.

    Parameters
    ----------
    told, pairs
        Tables of the theme.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    ax
        What to draw on; a figure of its own if there is none.
    """
    house_style()
    body, columns = body_of(told), {outlet: place for place, outlet in enumerate(outlets)}
    longest = int(body.groupby("outlet").size().max()) if len(body) else 0
    picture, ax = _panel(
        ax, (max(6.0, 1.7 * len(outlets)), min(max(2.6, 0.17 * longest), 10.0) + 0.8)
    )
    lines = lines_between(told, pairs, outlets)
    _draw_lines(ax, lines.assign(column=lines["outlet"].map(columns)))
    _draw_sentences(ax, body.assign(column=body["outlet"].map(columns)), outlets)
    if count_articles(told) <= len(outlets):
        _number_sentences(ax, body, columns)
    _name_columns(ax, [_broken(name) for name in outlets.values()])
    picture.suptitle(title, **_TITLE)
    picture.legend(handles=_place_handles(len(outlets)), loc="outside lower left", ncols=3)
    return picture


def plot_fifths(fifths: pd.DataFrame, outlets: Mapping[str, str], title: str = "") -> Picture:
    """A panel an outlet, a bar a fifth of its articles, by how many tell its sentences.

    Parameters
    ----------
    fifths
        As :func:`~analysis_utils.themes.coverage.places.count_fifths` gives them.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    """
    house_style()
    picture = plt.figure(figsize=(max(6.0, 1.7 * len(outlets)), 3.4), layout="constrained")
    drawn = fifths.rename(columns={"fifth": "row"})
    _stacked(drawn, outlets).facet("outlet", order=list(outlets)).on(picture).plot()
    for ax, name in zip(picture.axes, outlets.values(), strict=True):
        _finish_stacked(ax, FIFTHS)
        ax.set_title(_broken(name), loc="center", fontsize=9)
        ax.set(xlabel="", ylabel="", xticks=[0, 0.5, 1])
    picture.suptitle(title, **_TITLE)
    picture.legend(handles=_fill_handles(fifths), loc="outside lower left", ncols=4)
    return picture


def _panel(ax: Axes | None, size: tuple[float, float]) -> tuple[Picture, Axes]:
    """What is drawn on, and its figure: the caller's, or one of its own of this size."""
    picture = ax.get_figure(root=True) if ax else None
    if ax is None or picture is None:
        return plt.subplots(figsize=size, layout="constrained")
    return picture, ax


def _stacked(table: pd.DataFrame, outlets: Mapping[str, str]) -> so.Plot:
    """Bars that add up to the whole of each ``row``: by ``outlet``, ``told`` and ``share``."""
    bar = so.Bar(width=0.62, edgewidth=1, edgealpha=1)
    plot = so.Plot(table, x="share", y="row", color="outlet", alpha="told")
    return plot.add(bar, so.Stack(), orient="y", legend=False).scale(
        color=so.Nominal(outlet_colours(outlets)), alpha=so.Nominal(_FULL)
    )


def _finish_stacked(ax: Axes, rows: Iterable[str]) -> None:
    """Hatches, which seaborn does not know, and the names of the rows."""
    rows = list(rows)
    for told, hatch in _HATCHED.items():
        for bar in ax.patches:
            if to_rgba(bar.get_facecolor())[3] == _FULL[told]:
                bar.set_hatch(hatch)
    ax.set_yticks(range(len(rows)), rows)
    ax.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(visible=False, axis="y")


def _write_numbers(ax: Axes, counts: pd.DataFrame) -> None:
    """Sentences in the middle of their bars; seaborn's text has no ground of its own."""
    middle = counts.groupby("row")["share"].cumsum() - counts["share"] / 2
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    for row, place in zip(counts.itertuples(), middle, strict=True):
        if row.n:
            ax.text(
                place, row.row, str(row.n), ha="center", va="center", fontsize=8, color=INK,
                bbox=box,
            )  # fmt: skip


def _fill_handles(counts: pd.DataFrame) -> list[Patch]:
    """The legend of the kinds of ``TOLD`` that occur."""
    return [
        Patch(
            facecolor=to_rgba(FAINT, _FULL[told]),
            edgecolor=FAINT,
            hatch=_HATCHED.get(told),
            label=name,
        )
        for told, name in TOLD.items()
        if counts.loc[counts["told"] == told, "n"].any()
    ]


def _draw_lines(ax: Axes, lines: pd.DataFrame) -> None:
    if lines.empty:
        return
    plot = so.Plot(lines, x="column", y="place", group="line", linestyle="link")
    plot = plot.add(so.Path(color=FAINT, linewidth=1.1), legend=False)
    plot.scale(linestyle=so.Nominal({"same": "-", "possible": "--"})).on(ax).plot()


def _draw_sentences(ax: Axes, body: pd.DataFrame, outlets: Mapping[str, str]) -> None:
    """Full marks for sentences with a counterpart, hollow for possible, dashes for none."""
    if body.empty:
        return
    alone, colours = body["told"] == "one", outlet_colours(outlets)
    body = body.assign(mark=body["outlet"].mask(alone, ""), full=body["told"].isin(["all", "some"]))
    dot = {"pointsize": 6.5, "stroke": 1.2, "edgewidth": 1.2}
    plot = so.Plot(body, x="column", y="place", color="outlet", marker="mark", fill="full")
    ground = so.Dot(color="white", fill=True, **dot)  # no line shines through
    plot = plot.add(ground, data=body[~alone], color=None, fill=None, legend=False)
    plot.add(so.Dot(**dot), legend=False).scale(
        color=so.Nominal(colours),
        marker=so.Nominal(outlet_markers(outlets) | {"": "_"}),
        fill=so.Boolean({True: True, False: False}),
    ).on(ax).plot()
    for drawn in ax.collections:
        drawn.set_zorder(3)


def _number_sentences(ax: Axes, body: pd.DataFrame, columns: Mapping[str, int]) -> None:
    """The number of each sentence beside its mark; seaborn's text has no ground of its own."""
    for row in body.itertuples():
        left = columns[row.outlet] == 0
        ax.annotate(
            row.sentence_id.rpartition(":")[2],
            (columns[row.outlet], row.place),
            (-8 if left else 8, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=7,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            zorder=2,
        )


def _name_columns(ax: Axes, names: list[str]) -> None:
    ax.set_xticks(range(len(names)), names)
    ax.set_yticks([0, 0.5, 1], ["first\nsentence", "middle", "last"])
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(1.04, -0.04), xlabel="", ylabel="")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)


def _place_handles(outlets: int) -> list[Line2D]:
    marks = [
        Line2D([], [], color=FAINT, marker="o", linestyle="", label="has a counterpart"),
        Line2D(
            [], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="",
            label="may have one",
        ),
        Line2D([], [], color=FAINT, marker="_", markersize=8, linestyle="", label="stands alone"),
        Line2D([], [], color=FAINT, label="the same statement"),
    ]  # fmt: skip
    if outlets == 2:
        marks.append(Line2D([], [], color=FAINT, linestyle="--", label="possibly the same"))
    return marks


def _broken(name: str) -> str:
    """A long name over two lines."""
    if len(name) <= _LONG_NAME or " " not in name:
        return name
    middle = len(name) / 2
    space = min(
        (at for at, letter in enumerate(name) if letter == " "), key=lambda at: abs(at - middle)
    )
    return f"{name[:space]}\n{name[space + 1 :]}"
