"""The figures of portrayal: who does what to whom, and who acts or is acted upon."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

from analysis_utils.output.english import alt_text
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
    dots_with_intervals,
    empty_figure,
    legend_above,
    outlet_handles,
    row_offsets,
    too_few_handle,
)
from analysis_utils.themes.portrayal import words
from analysis_utils.themes.portrayal.schemas import ROLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Agents that are no actor of the study, as they are shown.
OTHERS = {"other": "somebody else", "left out": "(left out)"}

#: More pairs than this in all are no longer read; each outlet has its share of them.
MOST_PAIRS = 40

#: Characters in a line of names, and of verbs.
_NAME_WIDTH = 24
_VERB_WIDTH = 54
_LINE = 0.175  # inches a line of text
_WIDTH = 8.6
_BARS = 0.72  # of a row's height: twice the reach of the dots around its middle


def acts(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Who does what to whom; see :func:`plot_pairs`."""
    actors, outlets = corpus.names["actor"], corpus.outlets
    title = words.pairs_headline(tables.triples, outlets, actors)
    shown = shown_pairs(tables.pairs, outlets)
    return Figure(
        name="portrayal_acts",
        picture=plot_pairs(tables.pairs, outlets, actors, title),
        data=tables.pairs,
        title=title,
        caption=words.pairs_caption(tables.pairs, shown, tables.triples),
        alt=alt_text("Arrows from agents over verbs to patients, by outlet.", title),
    )


def roles(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Who acts, and who is acted upon; see :func:`plot_roles`."""
    actors, outlets = corpus.names["actor"], corpus.outlets
    title = words.roles_headline(tables.role_shares, outlets, actors)
    shows = "Bars of the share of acting and of being acted upon, by actor and outlet."
    return Figure(
        name="portrayal_roles",
        picture=plot_roles(tables.role_shares, outlets, actors, title),
        data=tables.role_shares,
        title=title,
        caption=words.roles_caption(tables.role_shares),
        alt=alt_text(shows, title),
    )


#: The theme's figures by name.
FIGURES = {"acts": acts, "roles": roles}


def shown_pairs(pairs: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The pairs that a figure has room for: of each outlet those with the most acts.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.portrayal.tables.actor_pairs` gives them.
    outlets
        Names by id.
    """
    return pairs.groupby("outlet", sort=False).head(max(MOST_PAIRS // max(len(outlets), 1), 4))


def plot_pairs(
    pairs: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], title: str = ""
) -> Picture:
    """Who does what to whom: agent on the left, verbs on the arrow, patient on the right.

    One block an outlet, one line a pair, agents with the most acts first.  The line is
    thicker the more acts it stands for.  Pairs beyond :func:`shown_pairs` are not drawn.
    Seaborn has no arrows and no words on them, so they are drawn here.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.portrayal.tables.actor_pairs` gives them.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    """
    house_style()
    if pairs.empty:
        return empty_figure(title or "no act upon an actor of the study was found")
    shown = shown_pairs(pairs, outlets)
    blocks = {outlet: _lines(shown[shown["outlet"] == outlet], actors) for outlet in outlets}
    heights = [max(0.45 + sum(map(_height, lines)), 0.8) for lines in blocks.values()]
    fig, axes = plt.subplots(
        len(blocks), 1, figsize=(_WIDTH, sum(heights)), height_ratios=heights, squeeze=False
    )
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for axis, outlet, height in zip(axes[:, 0], outlets, heights, strict=True):
        _draw_block(axis, blocks[outlet], height, colours[outlet])
        axis.plot(0.008, height - 0.18, marker=markers[outlet], color=colours[outlet], markersize=6)
        axis.text(0.022, height - 0.18, outlets[outlet], va="center", fontweight="bold")
    fig.subplots_adjust(left=0.01, right=0.99, top=1, bottom=0, hspace=0)
    _title(fig, title)
    return fig


def _lines(pairs: pd.DataFrame, actors: Mapping[str, str]) -> list[dict]:
    """The pairs of one outlet as wrapped texts, those of one agent together."""
    totals = pairs.groupby("agent")["n"].sum()
    known = ~pairs["agent"].isin(list(OTHERS))
    told = pairs.assign(known=known, total=pairs["agent"].map(totals))
    told = told.sort_values(
        ["known", "total", "agent", "n"], ascending=[False, False, True, False], kind="stable"
    )
    names = {**actors, **OTHERS}
    return [
        {
            "agent": textwrap.fill(names[pair.agent], _NAME_WIDTH) if first else "",
            "verbs": textwrap.fill(pair.verbs, _VERB_WIDTH),
            "patient": textwrap.fill(names[pair.patient], _NAME_WIDTH),
            "n": pair.n,
            "first": first,
        }
        for pair, first in zip(told.itertuples(), ~told["agent"].duplicated(), strict=True)
    ]


def _height(line: Mapping) -> float:
    """Of a line, in inches."""
    most = max(line[part].count("\n") + 1 for part in ("agent", "verbs", "patient"))
    return _LINE * (most + 0.45)


def _draw_block(axis: Axes, lines: list[dict], height: float, colour: str) -> None:
    axis.set(xlim=(0, 1), ylim=(0, height))
    axis.set_axis_off()
    if not lines:
        axis.text(0.28, height - 0.45, "no act upon an actor of the study", color=FAINT)
    top = height - 0.4
    for line in lines:
        if line["first"]:
            axis.plot([0, 1], [top, top], color="#E4E4E4", linewidth=0.8)
        _draw_pair(axis, line, top - _height(line) / 2, colour)
        top -= _height(line)


def _draw_pair(axis: Axes, line: Mapping, place: float, colour: str) -> None:
    arrow = {"arrowstyle": "-|>", "color": colour, "shrinkA": 0, "shrinkB": 0}
    arrow["linewidth"] = 0.8 + 0.5 * min(line["n"], 6)
    axis.annotate("", (0.77, place), (0.26, place), arrowprops=arrow)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    axis.text(0.245, place, line["agent"], ha="right", va="center", fontsize=9)
    axis.text(0.505, place, line["verbs"], ha="center", va="center", fontsize=9, bbox=ground)
    axis.text(0.785, place, line["patient"], ha="left", va="center", fontsize=9)


def plot_roles(
    shares: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str],
    title: str = "",
    ax: Axes | None = None,
) -> Picture:
    """Each actor's share of the acting (right) and of being acted upon (left), by outlet.

    The number of acts stands at the end of a bar.  A line shows the interval; a hollow dot has
    none, as there are too few sentences.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.portrayal.tables.role_shares` gives them.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    ax
        What to draw on; by default a figure of its own, with a legend.
    """
    house_style()
    told = _mirrored(shares[shares["n_all"] > 0])
    if told.empty and ax is None:
        return empty_figure(title or "no act of an actor of the study was found")
    rows = {actor: textwrap.fill(actors[actor], _NAME_WIDTH) for actor in told["actor"]}
    if ax is not None:
        _draw_roles(ax, told, rows, outlets)
        ax.set_title(title)
        return cast("Picture", ax.figure)
    height = 1.1 + len(rows) * (0.19 * len(outlets) + 0.12)
    fig, axis = plt.subplots(figsize=(_WIDTH, height))
    _draw_roles(axis, told, rows, outlets)
    handles = outlet_handles(outlets, linestyle="")
    handles += [too_few_handle()] if told["low"].isna().any() else []
    legend_above(fig, handles)
    legend_rows = -(-len(handles) // LEGEND_COLUMNS)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.22 * legend_rows / height))
    _title(fig, title)
    return fig


def _mirrored(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares with the place of the dot and of its interval: those of patients to the left."""
    acting = shares["role"] == "agent"
    return shares.assign(
        signed=shares["share"].where(acting, -shares["share"]),
        left=shares["low"].where(acting, -shares["high"]),
        right=shares["high"].where(acting, -shares["low"]),
        end=shares[["share", "high"]].max(axis=1) * np.where(acting, 1, -1),
    )


def _draw_roles(
    axis: Axes, told: pd.DataFrame, rows: Mapping[str, str], outlets: Mapping[str, str]
) -> None:
    for role in ROLES:
        sns.barplot(
            told[told["role"] == role], x="signed", y="actor", hue="outlet",
            order=list(rows), hue_order=list(outlets), palette=outlet_colours(outlets),
            errorbar=None, orient="h", width=_BARS, gap=0.2, saturation=1, alpha=0.35,
            legend=False, ax=axis,
        )  # fmt: skip
    dots_with_intervals(
        axis, told, "signed", "actor", rows, outlets,
        bounds=("left", "right"), hollow=told["low"].isna(), size=5,
    )  # fmt: skip
    _number_bars(axis, told, rows, outlets)
    reach = max(told["end"].abs().max() * 1.18, 0.2)
    axis.axvline(0, color=INK, linewidth=0.8)
    axis.set(xlim=(-reach, reach), xlabel="← share of being acted upon | share of the acting →")
    axis.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0%}")


def _number_bars(
    axis: Axes, told: pd.DataFrame, rows: Mapping[str, str], outlets: Mapping[str, str]
) -> None:
    """The number of acts at the end of each bar, behind its interval."""
    offsets, places = row_offsets(outlets, _BARS / 2), list(rows)
    for row in told.itertuples():
        side = 1 if row.role == "agent" else -1
        axis.annotate(
            str(row.n),
            (row.end, places.index(row.actor) + offsets[row.outlet]),
            (side * 7, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=7,
            color=INK if row.n else FAINT,
        )


def _title(fig: Picture, title: str) -> None:
    if title:
        unbroken = re.sub(r"(?<=\d) (to|of) (?=\d)", "\u00a0\\1\u00a0", title)
        text = textwrap.fill(unbroken, 88)
        fig.suptitle(text, x=0.01, y=1, ha="left", va="bottom", fontweight="bold", fontsize=11)
