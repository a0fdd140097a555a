"""The figure of the profile: all of it on one page, a panel for each measure."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.collections import PathCollection
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure, house_style
from analysis_utils.output.marks import dots_with_intervals, outlet_handles
from analysis_utils.themes.frames.codebook import study_frames
from analysis_utils.themes.profile import words
from analysis_utils.themes.profile.tables import MEASURES, TOLD_BY

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Panels above, where a row is an actor, and below, where it is a frame or a kind of telling.
ABOVE = ("mentions", "words", "agent", "patient")
BELOW = ("frames", "told")

#: More actors than this are left to the table.
MOST_ACTORS = 10

#: Height in inches of a row for each outlet in it, and of the gap between two rows.
_MARK, _GAP = 0.13, 0.12


def profile(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """All measures of all outlets; see :func:`plot_profile`."""
    actors = corpus.names["actor"]
    frames = {frame.id: frame.name for frame in study_frames(corpus.study)}
    title = words.headline(tables.measures, corpus.outlets, actors)
    return Figure(
        name="profile",
        picture=plot_profile(tables.measures, corpus.outlets, actors, frames, title),
        data=tables.measures,
        title=title,
        caption=words.caption(tables.measures, corpus.outlets),
        alt=alt_text(
            "Dots by outlet: each actor's share of mentions, words, acts and being acted upon, each"
            " frame's share of sentences, and by how many outlets sentences are told.",
            title,
        ),
    )


#: The theme's figures by name.
FIGURES = {"profile": profile}


def plot_profile(
    measured: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str],
    frames: Mapping[str, str],
    title: str = "",
) -> Picture:
    """Dots by outlet: above, a row an actor and a panel a measure; below, frames and tellings.

    Lines are intervals, where there are any.  The actors mentioned most are shown,
    ``MOST_ACTORS`` at most, in the order of the study.

    Parameters
    ----------
    measured
        As :func:`~analysis_utils.themes.profile.tables.measures` gives them.
    outlets, actors, frames
        Names by id, in the order of the rows.
    title
        What the figure shows, as a finding.
    """
    house_style()
    shown = _most_mentioned(measured, actors)
    told = {kind: name for kind, name in TOLD_BY.items() if kind in set(measured["item"])}
    row = _MARK * len(outlets) + _GAP
    heights = [max(len(rows), 1) * row + 1 for rows in (shown, max(frames, told, key=len))]
    layout = ConstrainedLayoutEngine(w_pad=0.08, h_pad=0.08)
    fig = plt.figure(figsize=(10, sum(heights) + 0.6), layout=layout)
    above, below = fig.subfigures(2, 1, squeeze=False, height_ratios=heights).flat
    axes = above.subplots(1, len(ABOVE), sharey=True)
    for axis, measure in zip(axes, ABOVE, strict=True):
        _draw(axis, measured[measured["measure"] == measure], shown, outlets, measure)
    for axis, measure, rows in zip(
        below.subplots(1, 2, width_ratios=[3, 1]), BELOW, (frames, told), strict=True
    ):
        _draw(axis, measured[measured["measure"] == measure], rows, outlets, measure)
    for axis in axes[1:]:
        axis.tick_params(labelleft=False)  # the first names the rows of all
    fig.legend(handles=outlet_handles(outlets), loc="outside lower left", ncols=6, fontsize=8)
    fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return fig


def _most_mentioned(measured: pd.DataFrame, actors: Mapping[str, str]) -> dict[str, str]:
    mentions = measured[measured["measure"] == "mentions"].groupby("item", sort=False)["n"].sum()
    mentions = mentions[mentions > 0].sort_values(ascending=False, kind="stable")
    most = set(mentions.index[:MOST_ACTORS])
    return {actor: name for actor, name in actors.items() if actor in most}


def _draw(
    axis: Axes,
    rows: pd.DataFrame,
    items: Mapping[str, str],
    outlets: Mapping[str, str],
    measure: str,
) -> None:
    """One panel: a row an item, a dot and perhaps an interval an outlet."""
    dots_with_intervals(axis, rows, "share", "item", items, outlets, size=5)
    for dots in axis.findobj(PathCollection):
        dots.set_clip_on(False)  # whole at 0 too, where the axis begins
    name, of = MEASURES[measure]
    axis.set_title(name, fontsize=10)
    axis.set_xlabel(f"% {_broken(of)}", fontsize=8)
    axis.set_xlim(0, _reach(rows))
    axis.xaxis.set_major_locator(MaxNLocator(4))
    axis.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=""))


def _reach(rows: pd.DataFrame) -> float:
    """How far the axis goes: a little beyond the largest share or bound, never beyond 100 %."""
    if rows.empty:
        return 1.0
    highest = rows[["share", "high"]].max(axis=None)
    return min(max(1.08 * highest, 0.1), 1.0) if pd.notna(highest) else 1.0


def _broken(of: str) -> str:
    """Words under an axis on two lines if they are long."""
    words = of.split()
    if len(of) < 30:
        return of
    half = len(words) // 2 + 1
    return f"{' '.join(words[:half])}\n{' '.join(words[half:])}"
