"""The figure of frames: the share of sentences with each frame by outlet, voices apart."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import PercentFormatter

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import INK, Figure, house_style
from analysis_utils.output.marks import (
    dots_with_intervals,
    empty_figure,
    legend_above,
    outlet_handles,
    too_few_handle,
)
from analysis_utils.themes.frames import words
from analysis_utils.themes.frames.codebook import frame_names
from analysis_utils.themes.frames.coded import alphas

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: The panels: whose words the terms stand in.
PANELS = {"own": "In the outlet's own words", "others": "In words it reports or quotes"}

#: Entries of the legend side by side: they are long.
LEGEND_COLUMNS = 3

#: Letters in a line: of a frame's name, and of the title.
_NAME_WIDTH, _TITLE_WIDTH = 26, 92

#: Room in inches: for an outlet's mark, between frames, and above and below all of them.
_MARK, _GAP, _MARGIN, _LEGEND_ROW = 0.16, 0.14, 1.0, 0.2


def shares(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Which frames each outlet uses, and in whose words; see :func:`plot_frames`."""
    names, outlets = frame_names(tables.codebook), corpus.outlets
    fit = alphas(tables.comparison, tables.codebook)
    title = words.headline(tables.shares, outlets, names, fit)
    return Figure(
        name="frames",
        picture=plot_frames(tables.shares, outlets, names, title, fit),
        data=tables.shares,
        title=title,
        caption=words.caption(tables.shares, outlets, fit),
        alt=alt_text(words.SHOWN, title),
    )


#: The theme's figures by name.
FIGURES = {"shares": shares}


def plot_frames(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    title: str = "",
    agreement: Mapping[str, float] | None = None,
) -> Picture:
    """Share of each outlet's sentences that have each frame, own words beside others'.

    One row a frame, one colour and marker an outlet, a line for the interval.  An outlet of
    fewer than ``FEW`` sentences has hollow marks and no intervals.

    Parameters
    ----------
    shared
        As :func:`~analysis_utils.themes.frames.tables.shares` gives it.
    outlets
        Names of the outlets by id, in the order of the study.
    names
        Names of the frames by id, in the order of the rows.
    title
        What the figure shows, as a finding.
    agreement
        Alpha of the terms with the coders by frame, shown at the right edge; without it
        there is no such column.
    """
    house_style()
    here = set(shared["frame"])
    rows = {
        frame: textwrap.fill(name, _NAME_WIDTH) for frame, name in names.items() if frame in here
    }
    if not rows:
        return empty_figure(title or "no sentence was looked at")
    legend_rows = -(-(len(outlets) + 1) // LEGEND_COLUMNS)
    height = _MARGIN + legend_rows * _LEGEND_ROW + len(rows) * (_MARK * len(outlets) + _GAP)
    fig, axes = plt.subplots(1, len(PANELS), figsize=(8.6, height), sharex=True, sharey=True)
    for axis, (value, heading) in zip(axes, PANELS.items(), strict=True):
        panel = shared[shared["value"] == value]
        few = panel["n"] < FEW
        dots_with_intervals(axis, panel, "mean", "frame", rows, outlets, hollow=few, size=5.5)
        axis.set_title(heading, fontsize=10)
        axis.label_outer()  # the panels share their rows
    reach = shared.loc[shared["value"].isin(PANELS), ["mean", "high"]].max(axis=None)
    axes[0].set_xlim(-0.02, min(max(reach * 1.08, 0.2), 1.02))
    axes[0].xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    fig.supxlabel("Share of all the outlet's sentences that have the frame", fontsize=9)
    if agreement:
        _draw_agreement(axes[-1], rows, agreement)
    # The title stands above the figure's edge, where the layout must not make room for it.
    fig.tight_layout(rect=(0, 0, 1, 1 - legend_rows * _LEGEND_ROW / height))
    legend_above(fig, _handles(shared, outlets), LEGEND_COLUMNS)
    if title:
        fig.suptitle(_wrapped(title), x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    return fig


def _wrapped(title: str) -> str:
    """The title on lines, with no count cut in two."""
    whole_counts = re.sub(r"(\(\d+) of (\d+\))", "\\1\u00a0of\u00a0\\2", title)
    return textwrap.fill(whole_counts, _TITLE_WIDTH)


def _draw_agreement(axis: Axes, rows: Iterable[str], agreement: Mapping[str, float]) -> None:
    """Alpha at the right edge, so that no share is read without it."""
    beside = ("axes fraction", "data")
    for number, frame in enumerate(rows):
        alpha = agreement.get(frame, np.nan)
        told = "–" if np.isnan(alpha) else f"{alpha:.2f}"
        axis.annotate(told, (1.03, number), xycoords=beside, va="center", fontsize=8, color=INK)
    axis.annotate(
        "alpha", (1.03, 1.01), xycoords="axes fraction", va="bottom", fontsize=8, color=INK
    )


def _handles(shared: pd.DataFrame, outlets: Mapping[str, str]) -> list[Artist]:
    """The legend's entries: each outlet with its number of sentences."""
    sizes = shared.groupby("outlet")["n"].max()
    handles = outlet_handles(
        outlets, label=lambda outlet: f"{outlets[outlet]} ({sizes.get(outlet, 0)} sent.)"
    )
    return [*handles, too_few_handle()] if (sizes < FEW).any() else handles
