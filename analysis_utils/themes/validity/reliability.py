"""How far the target model's probabilities can be taken at their word: figure and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd

from analysis_utils.measures.target_sentiment.evaluation import calibration_error
from analysis_utils.output.english import counted
from analysis_utils.output.figures import COLOURS, FAINT, INK, house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_NAMES = {-1: "negative", 0: "neutral", 1: "positive"}
_MARKERS = {-1: "v", 0: "o", 1: "^"}

#: Not the first ones: these stand for outlets.
_COLOURS = COLOURS[2:5]

#: A bin of fewer pairs than this has a hollow mark: its share hangs on a few of them.
FEW_PAIRS = 20


def plot_reliability(table: pd.DataFrame, title: str = "") -> Figure:
    """How often people gave a label, by how probable the model called it (a reliability diagram).

    Parameters
    ----------
    table
        As :func:`~analysis_utils.measures.target_sentiment.evaluation.reliability` gives it.
    title
        The finding, in a few words.
    """
    house_style()
    fig, ax = plt.subplots(figsize=(5.6, 5.0), layout="constrained")
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1, zorder=1, label="as often as it says")
    for (value, name), colour in zip(_NAMES.items(), _COLOURS, strict=True):
        rows = table[table["label"] == value]
        ax.plot(rows["probability"], rows["share"], color=colour, linewidth=1, zorder=2)
        enough = rows["n"] >= FEW_PAIRS
        for marked, face in ((rows[enough], colour), (rows[~enough], "white")):
            ax.scatter(
                marked["probability"],
                marked["share"],
                marker=_MARKERS[value],
                s=40,
                edgecolors=colour,
                facecolors=face,
                zorder=3,
                label=name if face != "white" else None,
            )
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    ax.set_xlabel("probability that the model gives a label")
    ax.set_ylabel("share of these pairs to which people gave it")
    hollow = ax.scatter([], [], facecolors="white", edgecolors=INK, s=40)
    handles, names = ax.get_legend_handles_labels()
    few = f"fewer than {FEW_PAIRS} pairs"
    ax.legend([*handles, hollow], [*names, few], loc="upper left", fontsize=8)
    if title:
        fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return fig


def headline(table: pd.DataFrame) -> str:
    """How far probabilities are off, as the title of the figure."""
    return f"Probabilities are off by {100 * calibration_error(table):.0f} points on average"


def finding(table: pd.DataFrame) -> str:
    """What :func:`plot_reliability` shows, in words."""
    sure = table[table["from"] >= 0.8]
    said = (sure["probability"] * sure["n"]).sum() / sure["n"].sum()
    right = (sure["share"] * sure["n"]).sum() / sure["n"].sum()
    pairs = int(table.loc[table["label"] == 0, "n"].sum())
    open_ones = table[(table["from"] >= 0.1) & (table["to"] <= 0.8)]
    return (
        f"On {counted(pairs, 'pair')} of public data, answers that the model holds to be at"
        f" least 80% probable ({counted(int(sure['n'].sum()), 'answer')}, {said:.0%} on"
        f" average) are right in {right:.0%}. Probabilities between 10% and 80% are off by"
        f" {100 * calibration_error(open_ones):.0f} points on average: means of these are worth"
        " less."
    )


def caption(table: pd.DataFrame) -> str:
    """The caption of the figure."""
    pairs = int(table.loc[table["label"] == 0, "n"].sum())
    return (
        f"Reliability of the target model on {counted(pairs, 'pair')} of sentence and target"
        " (NewsMTSC, development parts), in ten bins of probability for each label; its one"
        " temperature was chosen on the same pairs. On the line, labels are right as often as"
        f" the model says. Hollow marks: fewer than {FEW_PAIRS} pairs."
    )


def alt(title: str) -> str:
    """The figure in words, for readers who cannot see it."""
    return (
        "A reliability diagram: for each of the labels negative, neutral and positive, the share"
        " of pairs that people gave it against the probability that the model gave it, beside"
        f" the diagonal. {title}. All numbers are in the CSV file."
    )
