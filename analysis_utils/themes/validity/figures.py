"""The figure of all scores, each beside the trivial method's, with its words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from analysis_utils.output.english import counted
from analysis_utils.output.figures import COLOURS, FAINT, INK, house_style
from analysis_utils.output.marks import empty_figure
from analysis_utils.themes.validity.scores import HAND_CODES, measure_label, scored, with_rival

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Characters before a label at the left, and a note at the right, wraps.
_LABEL, _NOTE = 46, 24


def plot_scores(table: pd.DataFrame, title: str = "") -> Figure:
    """Each score beside the trivial method's, with its name and the number of coded units.

    Parameters
    ----------
    table
        As ``scoreboard`` gives it; rows without a score are left out.
    title
        The finding, in a few words.
    """
    house_style()
    table = scored(table)
    if table.empty:
        return empty_figure(title or "No score of any method")
    labels = [textwrap.fill(measure_label(row), _LABEL) for row in table.itertuples()]
    notes = [textwrap.fill(f"{row.score}, n={row.n:,}", _NOTE) for row in table.itertuples()]
    rows_of = (label.count("\n") for label in labels), (note.count("\n") for note in notes)
    tall = np.array([max(rows) + 1.5 for rows in zip(*rows_of, strict=True)])
    places = np.cumsum(tall) - tall / 2
    fig, ax = plt.subplots(figsize=(8.5, 1.2 + 0.15 * sum(tall)), layout="constrained")
    for place, note, row in zip(places, notes, table.itertuples(), strict=True):
        _draw_scores(ax, place, row)
        ax.annotate(note, (1.02, place), xycoords=("axes fraction", "data"), va="center", size=7)
    ax.set_yticks(places, labels, fontsize=8)
    ax.set_ylim(sum(tall) + 0.3, -0.3)
    ax.set_xlim(min(0, table[["value", "baseline_value"]].min(axis=None)) - 0.02, 1.02)
    ax.set_xlabel("score (1 is full agreement)")
    ax.grid(visible=False, axis="y")
    _draw_legend(fig)
    if title:
        fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return fig


def headline(table: pd.DataFrame) -> str:
    """How many methods do better than a trivial one, as the title of the figure."""
    compared = with_rival(table)
    if compared.empty:
        return "No method has been compared with a trivial one"
    better = int((compared["value"] > compared["baseline_value"]).sum())
    if better == len(compared):
        these = "The only score is" if better == 1 else f"All {better} scores are"
        return f"{these} above the trivial method's"
    level = int((compared["value"] == compared["baseline_value"]).sum())
    ties = f", {level} level with it" if level else ""
    return f"{better} of {len(compared)} scores are above the trivial method's{ties}"


def caption(table: pd.DataFrame) -> str:
    """The caption of the figure of :func:`plot_scores`."""
    return (
        f"{counted(len(scored(table)), 'score')} of the methods beside those of trivial"
        " methods; n is coded units. Scores of different names do not compare with each other. The"
        " texts of the default study were in view when rules and lists of names were made, so its"
        " scores say that a method works there, not how it does on new texts."
    )


def alt(title: str) -> str:
    """The figure in words, for readers who cannot see it."""
    return (
        "Dots with lines: the score of each method, and a tick for the trivial method's."
        f" {title}. All scores are in the CSV file."
    )


def _draw_scores(ax: Axes, place: float, row) -> None:
    marker = "o" if row.against == HAND_CODES else "s"
    if not np.isnan(row.baseline_value):
        ax.plot([row.baseline_value, row.value], [place, place], color=FAINT, linewidth=1.2)
        ax.plot(row.baseline_value, place, marker="|", color=INK, markersize=9, markeredgewidth=1.6)
    ax.plot(row.value, place, marker=marker, color=COLOURS[0], markersize=6, zorder=3)


def _draw_legend(fig: Figure) -> None:
    signs = {"against hand codes": "o", "against public data": "s", "the trivial method": "|"}
    handles = [
        Line2D(
            [], [], linestyle="", marker=marker, label=label, markersize=7,
            color=INK if marker == "|" else COLOURS[0],
        )
        for label, marker in signs.items()
    ]  # fmt: skip
    fig.legend(handles=handles, loc="outside lower left", ncols=3, fontsize=8)
