"""The figures of voices: whose words each outlet gives, and who is talked about but not heard."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from analysis_utils.output.english import alt_text, counted
from analysis_utils.output.figures import (
    FAINT,
    INK,
    Figure,
    house_style,
    outlet_colours,
    outlet_markers,
)
from analysis_utils.output.marks import (
    LEGEND_COLUMNS,
    empty_figure,
    legend_above,
    outlet_handles,
    rule_between_rows,
)
from analysis_utils.themes.voices import words
from analysis_utils.themes.voices.sources import OWN_VOICE, UNNAMED, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.typing import FillStyleType

    from analysis_utils.annotation.corpus import Corpus

#: More speakers than this are drawn as one row.
MOST_SPEAKERS = 9

#: Height in inches of a bar, and of the gap between two speakers.
_BAR, _GAP = 0.17, 0.16


#: Ways of being heard that fill a marker by half.
_HALF = ("in reported speech", "with others", "through others")


def shares(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Whose words each outlet gives, and in what way; see :func:`plot_shares`."""
    names, outlets = corpus.names["actor"], corpus.outlets
    title = words.shares_headline(tables.shares, outlets, names)
    return Figure(
        name="voices_shares",
        picture=plot_shares(tables.shares, outlets, names, title),
        data=tables.shares,
        title=title,
        caption=words.shares_caption(tables.shares, outlets),
        alt=alt_text("Bars: share of each outlet's words by speaker, quoted and reported.", title),
    )


def heard(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Who is talked about, and who is heard; see :func:`plot_heard`."""
    names, outlets = corpus.names["actor"], corpus.outlets
    title = words.heard_headline(tables.heard, outlets, names)
    return Figure(
        name="voices_heard",
        picture=plot_heard(tables.heard, outlets, names, title),
        data=tables.heard,
        title=title,
        caption=words.heard_caption(),
        alt=alt_text("Dots: each actor's mentions and quotes by outlet.", title),
    )


#: The theme's figures by name.
FIGURES = {"shares": shares, "heard": heard}


def plot_shares(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], title: str = ""
) -> Picture:
    """Bars of each outlet's words by speaker: hatched in quotation marks, solid reported.

    One row a speaker, the outlet itself first, then those with most words; one bar an outlet.
    From ``MOST_SPEAKERS`` on, the others share one row.  Lines are intervals.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.voices.tables.speaker_shares` gives them.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    """
    house_style()
    rows = _speaker_rows(shares, actors)
    if rows.empty:
        return empty_figure(title or "No words to count")
    speakers = list(dict.fromkeys(rows["name"]))
    height = len(speakers) * (_BAR * len(outlets) + _GAP)
    fig, axis = plt.subplots(figsize=(8.6, 1.3 + height))
    _draw_bars(axis, rows, speakers, outlets)
    reach = rows[["share", "high"]].max(axis=None)
    axis.set_xlim(0, reach * 1.12)
    axis.set(xlabel="Share of the words of the body (%)", ylabel="")
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}")
    axis.set_yticks(range(len(speakers)), speakers)
    axis.set_ylim(len(speakers) - 0.5, -0.5)
    rule_between_rows(axis, len(speakers))
    kinds = [
        Patch(facecolor=FAINT, label="in the outlet's words"),
        Patch(facecolor="white", edgecolor=FAINT, hatch="////", label="in quotation marks"),
    ]
    colours = outlet_colours(outlets)
    tellers = [Patch(facecolor=colours[outlet], label=name) for outlet, name in outlets.items()]
    return _finished(fig, [*tellers, *kinds], title)


def plot_heard(
    told: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], title: str = ""
) -> Picture:
    """Each actor's mentions beside its quotes, by outlet.

    A full marker is an actor heard in quotation marks, a hollow one an actor never heard;
    a half-filled one is heard in reported speech only, or with or through others.

    Parameters
    ----------
    told
        As :func:`~analysis_utils.themes.voices.tables.talked_about` gives it.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    """
    house_style()
    told = told[told["actor"].isin(actors)]
    if told.empty:
        return empty_figure(title or "No actor of the study is mentioned")
    ordered = told.groupby("actor", sort=False)["mentions"].sum()
    ids = list(ordered.sort_values(ascending=False, kind="stable").index)
    height = len(ids) * (_BAR * len(outlets) + _GAP)
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 1.3 + height), sharey=True)
    told = told.assign(quotes=told[["quoted", "reported", "shared", "relayed"]].sum(axis=1))
    _draw_dots(axes[0], told, "mentions", ids, outlets)
    _draw_dots(axes[1], told, "quotes", ids, outlets)
    axes[0].set_title("Talked about: mentions", fontsize=10)
    axes[1].set_title("Heard: quotes, and the words in them", fontsize=10)
    axes[0].set_yticks(range(len(ids)), [actors[actor] for actor in ids])
    axes[0].set_ylim(len(ids) - 0.5, -0.5)
    fills: dict[FillStyleType, str] = {
        "full": "heard in quotation marks",
        "left": "only otherwise",
        "none": "never heard",
    }
    handles = [
        *outlet_handles(outlets, linestyle=""),
        *(
            Line2D([], [], color=FAINT, marker="o", fillstyle=fill, linestyle="", label=words)
            for fill, words in fills.items()
        ),
    ]
    return _finished(fig, handles, title)


def _speaker_rows(shares: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """One row an outlet and speaker to draw, in order; rare speakers together."""
    told = shares[(shares["words"] > 0) | (shares["role"] == "own")]
    rows = named(told, actors).rename(columns={"who": "name"})
    totals = rows[rows["name"] != OWN_VOICE].groupby("name", sort=False)["share"].sum()
    ranked = list(totals.sort_values(ascending=False, kind="stable").index)
    ranked.sort(key=UNNAMED.__eq__)  # those who have a name first
    rare = ranked[MOST_SPEAKERS:] if len(ranked) > MOST_SPEAKERS + 1 else []
    rare = [name for name in rare if name != UNNAMED]  # keeps a row of its own
    together = rows["name"].isin(rare)
    rows.loc[together, ["low", "high"]] = np.nan  # intervals of parts do not add up
    rows.loc[together, "name"] = f"{len(rare)} other sources together"
    summed = rows.groupby(["outlet", "name"], sort=False, as_index=False).agg(
        words=("words", "sum"),
        quoted=("quoted", "sum"),
        share=("share", "sum"),
        low=("low", "first"),
        high=("high", "first"),
    )
    order = {name: rank for rank, name in enumerate([OWN_VOICE, *ranked])}
    place = summed["name"].map(order).fillna(len(order))
    return summed.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def _offsets(outlets: Mapping[str, str]) -> dict[str, float]:
    """Where each outlet stands within a row of height 1."""
    size = _row_part(outlets)
    places = (np.arange(len(outlets)) - (len(outlets) - 1) / 2) * size
    return dict(zip(outlets, places, strict=True))


def _row_part(outlets: Mapping[str, str]) -> float:
    """The height of a bar as a part of its row."""
    return _BAR / (_BAR * len(outlets) + _GAP)


def _draw_bars(
    axis: Axes, rows: pd.DataFrame, speakers: list[str], outlets: Mapping[str, str]
) -> None:
    marked = rows.assign(marked=rows["share"] * rows["quoted"] / rows["words"].clip(lower=1))
    _bars(axis, rows, "share", speakers, outlets)
    for bar in _bars(axis, marked, "marked", speakers, outlets):
        bar.set(facecolor="white", hatch="////")
    offsets = _offsets(outlets)
    for row in rows.itertuples():
        place = speakers.index(row.name) + offsets[row.outlet]
        end = row.share
        if row.low < row.high:
            line = axis.plot([row.low, row.high], [place, place], color=INK, linewidth=0.9)[0]
            line.set_path_effects([withStroke(linewidth=2, foreground="white")])
            end = max(end, row.high)
        axis.annotate(
            f"{row.share:.0%}" if row.share >= 0.005 else "under 1%",
            (end, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )


def _bars(
    axis: Axes, rows: pd.DataFrame, column: str, speakers: list[str], outlets: Mapping[str, str]
) -> list[Patch]:
    """The bars of one column, a row a speaker and in it a bar an outlet."""
    before = len(axis.patches)
    colours = outlet_colours(outlets)
    sns.barplot(
        rows, x=column, y="name", order=speakers, hue="outlet", hue_order=list(outlets),
        palette=colours, saturation=1, errorbar=None, gap=0.14, legend=False, ax=axis,
        width=len(outlets) * _row_part(outlets),
    )  # fmt: skip
    bars = axis.patches[before:]
    for bar in bars:
        bar.set(edgecolor=bar.get_facecolor(), linewidth=0.8)
    return bars


# By hand, as seaborn has no markers that are filled by half.
def _draw_dots(
    axis: Axes, told: pd.DataFrame, column: str, ids: list[str], outlets: Mapping[str, str]
) -> None:
    colours, markers, offsets = outlet_colours(outlets), outlet_markers(outlets), _offsets(outlets)
    for row in told.itertuples():
        place = ids.index(row.actor) + offsets[row.outlet]
        value = getattr(row, column)
        colour = colours[row.outlet]
        axis.plot([0, value], [place, place], color=colour, linewidth=0.9, alpha=0.5)
        axis.plot(
            value,
            place,
            marker=markers[row.outlet],
            markersize=5.5,
            color=colour,
            markerfacecolor="white" if row.heard == "never" else colour,
            markerfacecoloralt="white",
            fillstyle="left" if row.heard in _HALF else "full",
            zorder=4,  # above the axis, where there are no quotes
            clip_on=False,
        )
        heard = f", {counted(row.words, 'word')}" if column == "quotes" and row.words else ""
        axis.annotate(
            f"{value}{heard}", (value, place), (6, 0), textcoords="offset points",
            va="center", fontsize=7,
        )  # fmt: skip
    axis.set_xlim(0, max(told[column].max(), 1) * (1.5 if column == "quotes" else 1.15))
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    rule_between_rows(axis, len(ids))


def _finished(fig: Picture, handles: list, title: str) -> Picture:
    """The figure with its title and, under it, its legend."""
    rows = -(-len(handles) // LEGEND_COLUMNS)
    height = fig.get_size_inches()[1]
    legend_above(fig, handles)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.22 * rows / height))
    if title:  # above the figure, so it takes no room from it
        fig.suptitle(title, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    return fig
