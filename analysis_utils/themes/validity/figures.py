"""The figure of validity: every score beside the trivial method's."""

from __future__ import annotations

import textwrap
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.style import COLOURS, FAINT, INK
from analysis_utils.themes.validity import words
from analysis_utils.themes.validity.tables import OWN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: The signs of a score, and of the trivial method's.
_SCORE, _RIVAL = "o", "|"

#: Inches: of a line of text, and of heading, axis and legend; the highest figure.
_LINE, _AROUND, _HIGHEST = 0.115, 1.1, 8.6

#: From this width on the study's own codes have room too, in inches.
_WIDE = 5

#: Letters of a label on an inch of the figure's width.
_LETTERS = 10


def scores(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Every score beside the trivial method's; see :func:`plot_scores`."""
    own = tables.scores[tables.scores["basis"] == OWN]
    title = words.scores_headline(tables.unseen)
    return Figure(
        name="validity_scores",
        draw=partial(plot_scores, tables.unseen, own),
        data=pd.concat([tables.unseen.assign(basis="unseen texts"), tables.scores]),
        title=title,
        caption=words.scores_caption(tables.unseen, own),
        alt=alt_text(
            "Dots with lines: the score of each method, and a tick for the trivial method's.", title
        ),
    )


#: The theme's figures by name.
FIGURES = {"scores": scores}


def plot_scores(unseen: pd.DataFrame, own: pd.DataFrame, width: float) -> Picture:
    """Each score beside the trivial method's: on unseen texts, and below on the study's own codes.

    Parameters
    ----------
    unseen, own
        Tables ``unseen`` and ``scores`` of the theme, the latter's rows on codes of the study.
        What was scored on several texts has several dots.
    width
        Of the figure, in inches.  Where it is narrow, the study's own codes are left out.
    """
    import matplotlib.pyplot as plt
    from matplotlib.lines import Line2D

    parts = {"On unseen texts": unseen}
    if width > _WIDE and len(own):
        parts["On codes of this study"] = _one_score_each(own)
    rows = {
        title: _placed(part.dropna(subset=["value"]), int(_LETTERS * width))
        for title, part in parts.items()
    }
    tall = [part["bottom"].max() for part in rows.values()]
    height = min(_LINE * sum(tall) + _AROUND * len(rows), _HIGHEST)
    fig, axes = plt.subplots(
        len(rows), 1, figsize=(width, height), height_ratios=tall, sharex=True, squeeze=False
    )
    for ax, (title, part) in zip(axes[:, 0], rows.items(), strict=True):
        _draw(ax, part)
        ax.set_title(title)
    axes[-1, 0].set(xlabel="score (1 is best)", xlim=(-0.02, 1.02))
    handles = [
        Line2D([], [], linestyle="", marker=_SCORE, color=COLOURS[0], label="the method"),
        Line2D([], [], linestyle="", marker=_RIVAL, color=INK, label="trivial or rival method"),
    ]
    fig.legend(handles=handles, loc="outside lower left", ncols=2)
    return fig


def _one_score_each(own: pd.DataFrame) -> pd.DataFrame:
    """Of several scores of one measure the last, which is not the one that is high by chance."""
    return own.drop_duplicates(["theme", "measure", "against"], keep="last")


def _placed(part: pd.DataFrame, letters: int) -> pd.DataFrame:
    """The rows with labels on lines, and the place of each; one row for scores of one name."""
    names = part["measure"] + " (" + part["score"] + ")"
    labels = names.map(lambda name: textwrap.fill(name, letters))
    heights = labels.drop_duplicates().set_axis(labels.drop_duplicates()).str.count("\n") + 1.5
    bottoms = heights.cumsum()
    return part.assign(
        label=labels,
        bottom=labels.map(bottoms),
        place=labels.map(bottoms - heights / 2),
    )


def _draw(ax: Axes, part: pd.DataFrame) -> None:
    """A line from the trivial method's tick to the dot of the score."""
    import seaborn as sns

    compared = part.dropna(subset=["baseline_value"])
    ends = np.sort(compared[["baseline_value", "value"]].to_numpy(dtype=float), axis=1)
    ax.hlines(compared["place"], ends[:, 0], ends[:, 1], colors=FAINT, linewidth=1, zorder=2)
    ax.scatter(compared["baseline_value"], compared["place"], marker=_RIVAL, color=INK, s=50)
    sns.scatterplot(part, x="value", y="place", color=COLOURS[0], s=26, zorder=3, ax=ax)
    ticks = part.drop_duplicates("label")
    ax.set_yticks(ticks["place"], ticks["label"].tolist(), fontsize=7)
    ax.set(ylim=(part["bottom"].max(), 0), ylabel="")
    ax.grid(visible=False, axis="y")
