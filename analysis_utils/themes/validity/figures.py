"""The figures of validity: every score beside the trivial one, and how sure the model may be."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import seaborn.objects as so
from matplotlib.lines import Line2D

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import COLOURS, FAINT, INK, Figure, house_style
from analysis_utils.output.marks import dots_above_lines, empty_figure, panel
from analysis_utils.themes.validity import words
from analysis_utils.themes.validity.words import FEW_PAIRS, HAND_CODES, measure_label, scored

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Characters before a label at the left, and a note at the right, wraps.
_LABEL, _NOTE = 46, 24

#: Markers of the scores, and of the trivial method's.
_SIGNS = {"against hand codes": "o", "against public data": "s"}
_RIVAL = "the trivial method"

#: What the target model's labels are called, and the marker and colour of each.  Not the first
#: colours: these stand for outlets.
_LABELS = {-1: "negative", 0: "neutral", 1: "positive"}
_LABEL_MARKERS = ("v", "o", "^")
_LABEL_COLOURS = COLOURS[2:5]


def scores(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Every score beside the trivial method's; see :func:`plot_scores`."""
    title = words.scores_headline(tables.scores)
    return Figure(
        name="validity_scores",
        picture=plot_scores(tables.scores, title),
        data=tables.scores,
        title=title,
        caption=words.scores_caption(tables.scores),
        alt=alt_text(
            "Dots with lines: the score of each method, and a tick for the trivial method's.", title
        ),
    )


def reliability(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """How often the target model is right where it is so sure; see :func:`plot_reliability`."""
    title = words.reliability_headline(tables.reliability)
    return Figure(
        name="validity_reliability",
        picture=plot_reliability(tables.reliability, title),
        data=tables.reliability,
        title=title,
        caption=words.reliability_caption(tables.reliability),
        alt=alt_text(
            "A reliability diagram: for each of the labels negative, neutral and positive, the"
            " share of pairs that people gave it against the probability that the model gave it,"
            " beside the diagonal.",
            title,
        ),
    )


#: The theme's figures by name.
FIGURES = {"scores": scores, "reliability": reliability}


def plot_scores(scores: pd.DataFrame, title: str = "", ax: Axes | None = None) -> Picture:
    """Each score beside the trivial method's, with its name and the number of coded units.

    Parameters
    ----------
    scores
        As :func:`~analysis_utils.themes.validity.tables.scoreboard` gives them; rows without a
        score are left out.
    title
        What the figure shows, as a finding.
    ax
        What to draw on; a figure of its own by default.
    """
    house_style()
    shown = scored(scores)
    if shown.empty:
        return empty_figure(title or "No score of any method")
    labels = [textwrap.fill(measure_label(row), _LABEL) for row in shown.itertuples()]
    notes = [textwrap.fill(f"{row.score}, n={row.n:,}", _NOTE) for row in shown.itertuples()]
    rows_of = (label.count("\n") for label in labels), (note.count("\n") for note in notes)
    tall = np.array([max(rows) + 1.5 for rows in zip(*rows_of, strict=True)])
    places = np.cumsum(tall) - tall / 2
    fig, ax = panel(ax, (8.5, 1.2 + 0.15 * sum(tall)))
    _draw_scores(ax, shown.assign(place=places))
    for place, note in zip(places, notes, strict=True):
        ax.annotate(note, (1.02, place), xycoords=("axes fraction", "data"), va="center", size=7)
    ax.set_yticks(places, labels, fontsize=8)
    ax.set_ylim(sum(tall) + 0.3, -0.3)
    ax.set_xlim(-0.02, 1.02)
    ax.set(xlabel="score (1 is full agreement)", ylabel="")
    ax.grid(visible=False, axis="y")
    signs = _SIGNS | {_RIVAL: "|"}
    handles = [
        Line2D(
            [], [], linestyle="", marker=marker, label=label, markersize=7,
            color=INK if label == _RIVAL else COLOURS[0],
        )
        for label, marker in signs.items()
    ]  # fmt: skip
    fig.legend(handles=handles, loc="outside lower left", ncols=3, fontsize=8)
    return _titled(fig, title)


def _draw_scores(ax: Axes, shown: pd.DataFrame) -> None:
    """A line from the trivial method's tick to the dot of the score."""
    by_hand, public = _SIGNS
    shown = shown.assign(sign=np.where(shown["against"] == HAND_CODES, by_hand, public))
    plot = so.Plot(shown, x="value", y="place", marker="sign")
    compared = shown.dropna(subset=["baseline_value"]).assign(row=lambda rows: rows.index)
    if len(compared):
        ends = {"xmin": "baseline_value", "xmax": "value", "group": "row"}
        plot = plot.add(
            so.Range(color=FAINT, linewidth=1.2), orient="y", data=compared, legend=False, **ends
        )
        tick = so.Dot(marker="|", color=INK, pointsize=9, stroke=1.6, fill=False)
        plot = plot.add(tick, data=compared, x="baseline_value", marker=None, legend=False)
    plot.add(so.Dot(color=COLOURS[0], pointsize=6), legend=False).scale(
        marker=so.Nominal(list(_SIGNS.values()), order=list(_SIGNS))
    ).on(ax).plot()
    dots_above_lines(ax)


def plot_reliability(reliability: pd.DataFrame, title: str = "", ax: Axes | None = None) -> Picture:
    """How often people gave a label, by how probable the model called it (a reliability diagram).

    Parameters
    ----------
    reliability
        As :func:`~analysis_utils.measures.target_sentiment.evaluation.reliability` gives it.
    title
        What the figure shows, as a finding.
    ax
        What to draw on; a figure of its own by default.
    """
    house_style()
    fig, ax = panel(ax, (5.6, 5.0))
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1)
    shown = reliability.assign(
        name=reliability["label"].map(_LABELS), enough=reliability["n"] >= FEW_PAIRS
    )
    names = list(_LABELS.values())
    plot = so.Plot(shown, x="probability", y="share", color="name").add(
        so.Line(linewidth=1), legend=False
    )
    plot = plot.add(so.Dot(color="white", pointsize=6), color=None, marker="name", legend=False)
    plot.add(so.Dot(pointsize=6, edgewidth=1.2), marker="name", fill="enough", legend=False).scale(
        color=so.Nominal(list(_LABEL_COLOURS), order=names),
        marker=so.Nominal(list(_LABEL_MARKERS), order=names),
        fill=so.Boolean({True: True, False: False}),
    ).on(ax).plot()
    dots_above_lines(ax)
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    ax.set_xlabel("probability that the model gives a label")
    ax.set_ylabel("share of these pairs to which people gave it")
    ax.legend(handles=_reliability_handles(), loc="upper left", fontsize=8)
    return _titled(fig, title)


def _reliability_handles() -> list[Line2D]:
    style: dict[str, Any] = {"linestyle": "", "markersize": 6}
    few: dict[str, Any] = {"marker": "o", "markerfacecolor": "white", "markeredgecolor": INK}
    signs = zip(_LABELS.values(), _LABEL_MARKERS, _LABEL_COLOURS, strict=True)
    return [
        Line2D([], [], color=FAINT, linewidth=1, label="as often as it says"),
        *(
            Line2D([], [], marker=marker, color=colour, label=name, **style)
            for name, marker, colour in signs
        ),
        Line2D([], [], label=f"fewer than {FEW_PAIRS} pairs", **few, **style),
    ]


def _titled(fig: Picture, title: str) -> Picture:
    if title:
        fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return fig
