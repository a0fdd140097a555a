"""The figure of frames: the share of sentences with each frame by outlet, voices apart."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import PercentFormatter

from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.output.figures import INK, house_style, outlet_colours, outlet_markers
from analysis_utils.output.marks import (
    empty_figure,
    legend_above,
    outlet_handles,
    row_offsets,
    rule_between_rows,
    too_few_handle,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The panels: whose words the terms stand in.
PANELS = {"own": "In the outlet's own words", "others": "In words it reports or quotes"}

#: From this many sentences on an interval is about as wide as it should be
#: (see :mod:`analysis_utils.measures.intervals`); with fewer, intervals apart are no finding.
ENOUGH = 15

#: A title names a frame that leads in an outlet if so many sentences have it, and no more than
#: so many frames lead alike.
LEAST, MOST = 3, 2

LEGEND_COLUMNS = 3

#: Letters in a line: of a frame's name, and of the title.
_NAME_WIDTH, _TITLE_WIDTH = 26, 92

#: Room in inches: for an outlet's mark, between frames, and above and below all of them.
_MARK, _GAP, _MARGIN, _LEGEND_ROW = 0.16, 0.14, 1.0, 0.2


def plot_frames(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    title: str = "",
    agreement: Mapping[str, float] | None = None,
) -> Figure:
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
    rows = [frame for frame in names if frame in set(shared["frame"])]
    if not rows:
        return empty_figure(title or "no sentence was looked at")
    legend_rows = -(-(len(outlets) + 1) // LEGEND_COLUMNS)
    height = _MARGIN + legend_rows * _LEGEND_ROW + len(rows) * (_MARK * len(outlets) + _GAP)
    fig, axes = plt.subplots(1, len(PANELS), figsize=(8.6, height), sharex=True, sharey=True)
    for axis, (value, heading) in zip(axes, PANELS.items(), strict=True):
        _draw_panel(axis, shared[shared["value"] == value], outlets, rows)
        axis.set_title(heading, fontsize=10)
    labels = [textwrap.fill(names[frame], _NAME_WIDTH) for frame in rows]
    axes[0].set_yticks(range(len(rows)), labels)
    axes[0].set_ylim(len(rows) - 0.5, -0.5)
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
        whole_counts = re.sub(r"(\(\d+) of (\d+\))", "\\1\u00a0of\u00a0\\2", title)
        wrapped = textwrap.fill(whole_counts, _TITLE_WIDTH)
        fig.suptitle(wrapped, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    return fig


def headline(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """Each outlet's most frequent frame, as the title of the figure.

    Where the agreement with coders is known, only frames with an alpha of ``TENTATIVE`` or
    more are looked at.  A frame that fewer than ``LEAST`` sentences have leads nowhere, nor do
    more than ``MOST`` alike.
    """
    leading = _leading(_trusted(shared, agreement))
    if not leading:
        which = "whose terms fit the coders " if agreement else ""
        return f"No frame {which}leads in any outlet with {LEAST} sentences or more"
    which = (
        "Most frequent, of frames whose terms fit the coders"
        if agreement
        else "Most frequent by terms"
    )
    few = len(leading) < 4
    counts = {outlet: f"{count} of {n}" if few else "" for outlet, (_, count, n) in leading.items()}
    by_frames: dict[str, list[str]] = {}
    for outlet, (frames, _, _) in leading.items():
        count = f" ({counts[outlet]})" if counts[outlet] else ""
        by_frames.setdefault(_together(frames, names), []).append(f"{outlets[outlet]}{count}")
    parts = [f"{frames} in {listed(tellers)}" for frames, tellers in by_frames.items()]
    return f"{which}: {'; '.join(parts)}"


def caption(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """The caption of the figure: what, how many, which interval."""
    sizes = shared.groupby("outlet")["n"].max()
    counts = listed([f"{outlets[o]} {sizes[o]}" for o in outlets if o in sizes])
    text = (
        f"Share of the sentences of the body ({counts}) in which a term of the frame stands, in"
        " the outlet's own words and in words that it reports or quotes; a sentence may have"
        " several frames, and one in both panels. Intervals are nominal 95% bootstrap intervals"
        f" over sentences, not drawn below {FEW} sentences; with fewer than {ENOUGH} they are too"
        " narrow, and where no or every sentence has the frame none can be drawn."
    )
    if agreement:
        text += (
            " Alpha: agreement of the terms with the hand codes beyond chance, at most 1; frames"
            f" with {TENTATIVE} or more count as fitting, on these articles and no others."
        )
    return text


def alt(title: str) -> str:
    """The figure in words, for readers who cannot see it."""
    return (
        "Dots with intervals: share of each outlet's sentences that have each frame, in its own"
        f" words and in others'. {title}. All shares, counts and intervals are in the CSV file."
    )


def finding(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """What the figure shows, as paragraphs: where the outlets differ, and in whose words.

    See :func:`headline` for ``agreement``.
    """
    which = "Of the frames whose terms fit the coders" if agreement else "By their terms"
    difference = _difference(_trusted(shared, agreement), outlets, names, which)
    return f"{difference}\n\n{_whose_words(shared, outlets)}"


def _trusted(shared: pd.DataFrame, agreement: Mapping[str, float] | None) -> pd.DataFrame:
    """The rows of frames whose terms agree with coders; all rows if that is not known."""
    if not agreement:
        return shared
    return shared[shared["frame"].map(agreement).fillna(0) >= TENTATIVE]


def _difference(
    shared: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], which: str
) -> str:
    """The frame in which the outlets are widest apart, and what that is worth."""
    present = shared[shared["value"] == "present"]
    wide = present.pivot(index="frame", columns="outlet", values="mean")
    if len(wide.columns) < 2:
        return f"{which}, none can be compared."
    spread = (wide.max(axis=1) - wide.min(axis=1)).reindex(list(dict.fromkeys(present["frame"])))
    if spread.max() == 0:
        return f"{which}, all have the same share of each outlet's sentences."
    widest = wide.loc[spread.idxmax()]
    high, low = widest.idxmax(), widest.idxmin()
    text = (
        f"{which}, {names[widest.name]} sets the outlets furthest apart: {widest[high]:.0%} of"
        f" {outlets[high]}'s sentences have it and {widest[low]:.0%} of {outlets[low]}'s."
    )
    if (present.groupby("outlet")["n"].max() >= ENOUGH).sum() < 2:
        return f"{text} With so few sentences such a gap is no finding about the outlets."
    return f"{text} {_intervals_apart(present, names)}"


def _intervals_apart(present: pd.DataFrame, names: Mapping[str, str]) -> str:
    enough = present[(present["n"] >= ENOUGH) & (present["low"] < present["high"])]
    apart = [
        names[frame]
        for frame, rows in enough.groupby("frame", sort=False)
        if len(rows) > 1 and rows["low"].max() > rows["high"].min()
    ]
    if not apart:
        return (
            "Where two outlets have an interval, the two overlap in every frame; an outlet without"
            " a sentence has none."
        )
    return (
        f"Two outlets' intervals are apart in {listed(apart)}; of"
        f" {counted(present['frame'].nunique(), 'frame')} compared, some may be so by chance."
    )


def _whose_words(shared: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much of an outlet's framing others do: pairs of sentence and frame by voice."""
    sums = shared.pivot_table(index="outlet", columns="value", values="count", aggfunc="sum")
    parts = [
        f"{row['others']} of {row['present']} in {outlets[outlet]}"
        for outlet, row in sums.reindex([o for o in outlets if o in sums.index]).iterrows()
        if row["present"]
    ]
    if not parts:
        return "No sentence of the body holds a term of any frame."
    return (
        "Of the cases in which a sentence has a frame, a term stands in words that the outlet"
        f" reports or quotes in {listed(parts)}: there the outlet chose whom to let"
        " speak; the words are the speaker's own only where they are quoted."
    )


def _leading(shared: pd.DataFrame) -> dict[str, tuple[list[str], int, int]]:
    """Each outlet's most frequent frames with their count and its sentences."""
    present = shared[shared["value"] == "present"]
    leading = {}
    for outlet, rows in present.groupby("outlet", sort=False):
        most = rows["count"].max()
        frames = rows.loc[rows["count"] == most, "frame"].tolist()
        if most >= LEAST and len(frames) <= MOST:
            leading[outlet] = frames, int(most), int(rows["n"].max())
    return leading


def _together(frames: list[str], names: Mapping[str, str]) -> str:
    return listed([names[frame] for frame in frames])


def _draw_panel(
    axis: Axes, shared: pd.DataFrame, outlets: Mapping[str, str], rows: list[str]
) -> None:
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    offsets = row_offsets(outlets, 0.38)
    rule_between_rows(axis, len(rows))
    for row in shared[shared["frame"].isin(rows)].itertuples():
        place, colour = rows.index(row.frame) + offsets[row.outlet], colours[row.outlet]
        if row.n >= FEW:
            axis.plot([row.low, row.high], [place, place], color=colour, linewidth=1.6, zorder=2)
        axis.plot(
            row.mean,
            place,
            marker=markers[row.outlet],
            markersize=5.5,
            color=colour,
            markerfacecolor=colour if row.n >= FEW else "white",
            zorder=3,
            clip_on=False,
        )


def _draw_agreement(axis: Axes, rows: list[str], agreement: Mapping[str, float]) -> None:
    """Alpha at the right edge, so that no share is read without it."""
    place = {"xycoords": ("axes fraction", "data"), "va": "center", "fontsize": 8, "color": INK}
    for number, frame in enumerate(rows):
        alpha = agreement.get(frame, np.nan)
        axis.annotate("–" if np.isnan(alpha) else f"{alpha:.2f}", (1.03, number), **place)
    axis.annotate(
        "alpha", (1.03, 1.01), xycoords="axes fraction", va="bottom", fontsize=8, color=INK
    )


def _handles(shared: pd.DataFrame, outlets: Mapping[str, str]) -> list:
    """The legend's entries: each outlet with its number of sentences."""
    sizes = shared.groupby("outlet")["n"].max()
    handles = outlet_handles(
        outlets, label=lambda outlet: f"{outlets[outlet]} ({sizes.get(outlet, 0)} sent.)"
    )
    return [*handles, too_few_handle()] if (sizes < FEW).any() else handles
