"""The figure of frames: the share of sentences with each frame by outlet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.marks import empty_figure, legend_above, row_offsets, rule_between_rows
from analysis_utils.output.style import FAINT, outlet_colours, outlet_markers
from analysis_utils.themes.frames import words
from analysis_utils.themes.frames.article_words import (
    articles_caption,
    articles_title,
    articles_told,
    framed,
    tells_articles,
)
from analysis_utils.themes.frames.codebook import frame_names

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.text import Text

    from analysis_utils.annotation.corpus import Corpus

#: More outlets than this have a column of numbers each, no dots.
MOST_DOTS = 5

#: What stands behind the name of a frame that nothing can be built on, and its colour.
UNRELIABLE, GREY = "unreliable", "#8C8C8C"

#: Inches: the highest figure, a mark's room, between two frames, and around all of them.
_HIGHEST, _MARK, _GAP, _AROUND = 8.6, 0.15, 0.15, 1.0

#: Letters of a name on an inch of the figure's width.
_LETTERS = 4

#: Letters of a line of the legend, and of an outlet's name beside its row, on an inch.
_LEGEND_LETTERS, _ROW_LETTERS = 10, 5


def shares(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Which frames each outlet uses; see :func:`plot_frames` and :func:`plot_articles`."""
    names, outlets = frame_names(tables.codebook), corpus.outlets
    if tells_articles(tables):
        return _articles(tables.articles, outlets, names)
    title = words.headline(tables.shares, outlets, names)
    return Figure(
        name="frames",
        draw=partial(plot_frames, tables.shares, dict(outlets), names),
        data=tables.shares,
        title=title,
        caption=words.caption(tables, outlets),
        alt=alt_text(words.told_in_numbers(tables.shares, outlets, names), title),
    )


def _articles(
    articles: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> Figure:
    counts, title = framed(articles), articles_title(articles, outlets, names)
    return Figure(
        name="frames",
        draw=partial(plot_articles, counts, dict(outlets), names),
        data=counts,
        title=title,
        caption=articles_caption(),
        alt=alt_text(articles_told(articles, outlets, names), title),
    )


#: The theme's figures by name.
FIGURES = {"shares": shares}


def plot_frames(
    shared: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], width: float
) -> Picture:
    """Share of each outlet's sentences that have each frame.

    Up to ``MOST_DOTS`` outlets: a row a frame, a dot with its interval an outlet.  More: a row an
    outlet, a column a frame, the share as shade and number.  Frames that cannot be built on are
    grey.  An outlet of fewer than ``FEW`` sentences has no dot and no number.

    Parameters
    ----------
    shared
        As :func:`~analysis_utils.themes.frames.tables.make` gives it.
    outlets, names
        Names of outlets and frames by id, in order.
    width
        Of the figure, in inches.
    """
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    shown = shared[shared["n"] >= FEW]
    order = _in_order(shown, names)
    if not order:
        return empty_figure(words.TOO_FEW, width)
    if len(outlets) > MOST_DOTS:
        return _plot_shades(shown, outlets, {frame: names[frame] for frame in order}, width)
    rows = _labels(shown, {frame: names[frame] for frame in order}, int(_LETTERS * width) + 2)
    height = _AROUND + len(rows) * (_MARK * len(outlets) + _GAP)
    fig, ax = plt.subplots(figsize=(width, min(height, _HIGHEST)))
    places = {frame: place for place, frame in enumerate(order)}
    offsets = row_offsets(outlets)
    shown = shown.assign(place=shown["frame"].map(places) + shown["outlet"].map(offsets))
    _draw_dots(ax, shown[shown["reliable"]], outlets, outlet_colours(outlets))
    _draw_dots(ax, shown[~shown["reliable"]], outlets, dict.fromkeys(outlets, GREY))
    ax.set_yticks(range(len(rows)), list(rows.values()))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    rule_between_rows(ax, len(rows))
    _grey_unreliable(ax.get_yticklabels())
    ax.set(xlabel="share of the outlet's sentences", ylabel="")
    ax.set_xlim(-0.02, min(max(shown["high"].max() * 1.05, 0.2), 1.02))
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    legend_above(fig, _handles(shared, outlets, bool(shown["reliable"].any()), width))
    return fig


def _in_order(shown: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Frames that can be built on first, the more frequent ones before others."""
    ranked = shown.groupby("frame").agg(reliable=("reliable", "first"), count=("count", "sum"))
    ranked = ranked.reindex([frame for frame in names if frame in ranked.index])
    return ranked.sort_values(["reliable", "count"], ascending=False, kind="stable").index.tolist()


def _draw_dots(
    ax: Axes, shown: pd.DataFrame, outlets: Mapping[str, str], colours: Mapping[str, str]
) -> None:
    import seaborn as sns

    if shown.empty:
        return
    firm = shown.dropna(subset=["low", "high"])
    ax.hlines(
        firm["place"], firm["low"], firm["high"],
        colors=firm["outlet"].map(colours).tolist(), linewidth=1.4, zorder=2,
    )  # fmt: skip
    sns.scatterplot(
        shown, x="share", y="place", hue="outlet", style="outlet", palette=dict(colours),
        markers=outlet_markers(outlets), s=34, legend=False, zorder=3, ax=ax,
    )  # fmt: skip


def _plot_shades(
    shown: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], width: float
) -> Picture:
    import matplotlib.pyplot as plt

    shares = shown["share"] * 100
    shown = shown.assign(share=shares, written=shares.map("{:.0f}".format))
    fig, ax = plt.subplots(figsize=(width, min(2.6 + 0.2 * len(outlets), _HIGHEST)))
    _draw_shades(ax, shown, outlets, names, width)
    ax.set_xlabel("sentences with the frame, of a hundred")
    return fig


def plot_articles(
    counts: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], width: float
) -> Picture:
    """In how many articles of each outlet a frame is found.

    Up to ``MOST_DOTS`` outlets: a row a frame, a column an outlet.  More: the other way round.
    Frames that cannot be told are grey.

    Parameters
    ----------
    counts
        As :func:`~analysis_utils.themes.frames.article_words.framed` gives it.
    outlets, names
        Names of outlets and frames by id, in order.
    width
        Of the figure, in inches.
    """
    import matplotlib.pyplot as plt

    written = [_found(row) for row in counts.itertuples()]
    shares = (100 * counts["found"] / counts["n"]).where(counts["reliable"], 0.0)
    counts = counts.assign(share=shares, written=written)
    order = _in_order(counts.rename(columns={"found": "count"}), names)
    frames = {frame: names[frame] for frame in order}
    upright = len(outlets) > MOST_DOTS
    rows, around = (len(outlets), 1.9) if upright else (2 * len(frames), 0.5)
    fig, ax = plt.subplots(figsize=(width, min(around + 0.22 * rows, _HIGHEST)))
    _draw_shades(ax, counts, outlets, frames, width, upright)
    return fig


def _found(row) -> str:
    if not row.reliable:
        return "–"
    return f"{row.found} of {row.n}" if row.n > 1 else ("yes" if row.found else "no")


def _draw_shades(
    ax: Axes,
    shown: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    width: float,
    upright: bool = True,
) -> None:
    """A row an outlet and a column a frame, or the other way round: ``share`` as shade and
    ``written`` in it, grey where unreliable."""
    import seaborn as sns

    def wide(column: str) -> pd.DataFrame:
        table = shown.pivot(index="outlet", columns="frame", values=column)
        table = table.reindex(index=list(outlets), columns=list(names))
        return table if upright else table.T

    shares, text = wide("share").astype(float), wide("written").fillna("")
    style = {"vmin": 0, "vmax": max(np.nanmax(shares), 1), "fmt": "", "cbar": False}
    reliable = wide("reliable").fillna(True).astype(bool)
    for mask, shades in (
        (~reliable, "Blues"),
        (reliable, sns.light_palette("#BFBFBF", as_cmap=True)),
    ):
        sns.heatmap(
            shares, mask=shares.isna() | mask, annot=text, cmap=shades, ax=ax,
            annot_kws={"size": 7}, linewidths=0.5, **style,
        )  # fmt: skip
    letters = int(_ROW_LETTERS * width)
    tellers = [textwrap.shorten(name, letters, placeholder="…") for name in outlets.values()]
    labels = list(_labels(shown, names, 40 if upright else int(_LETTERS * width) + 2).values())
    if upright:
        tellers_ticks, frame_ticks = ax.set_yticks, ax.set_xticks
        labels = [" ".join(label.split()) for label in labels]
    else:
        tellers_ticks, frame_ticks = ax.set_xticks, ax.set_yticks
        ax.xaxis.tick_top()
    tellers_ticks(np.arange(len(outlets)) + 0.5, tellers, rotation=0, fontsize=7)
    frame_ticks(np.arange(len(names)) + 0.5, labels, rotation=90 if upright else 0)
    ax.set(xlabel="", ylabel="")
    ax.tick_params(length=0)
    _grey_unreliable([*ax.get_xticklabels(), *ax.get_yticklabels()])


def _labels(shown: pd.DataFrame, names: Mapping[str, str], letters: int) -> dict[str, str]:
    """Names of frames on lines; those that cannot be built on say so."""
    reliable = shown.drop_duplicates("frame").set_index("frame")["reliable"]
    return {
        frame: textwrap.fill(name, letters, break_long_words=False)
        + ("" if reliable[frame] else f"\n({UNRELIABLE})")
        for frame, name in names.items()
    }


def _grey_unreliable(labels: Iterable[Text]) -> None:
    for label in labels:
        if label.get_text().endswith(f"({UNRELIABLE})"):
            label.set_color(FAINT)


def _handles(
    shared: pd.DataFrame, outlets: Mapping[str, str], coloured: bool, width: float
) -> list[Artist]:
    """Each outlet with its number of sentences."""
    from matplotlib.lines import Line2D

    sizes = shared.groupby("outlet")["n"].max()
    colours = outlet_colours(outlets) if coloured else dict.fromkeys(outlets, GREY)
    markers = outlet_markers(outlets)
    return [
        Line2D(
            [], [], color=colours[outlet], marker=markers[outlet],
            label=textwrap.fill(
                f"{name} ({_size(int(sizes.get(outlet, 0)))})", int(_LEGEND_LETTERS * width)
            ),
        )
        for outlet, name in outlets.items()
    ]  # fmt: skip


def _size(n: int) -> str:
    return f"{n} sentences" if n >= FEW else f"{n}: too few"
