"""The figure of actor sentiment: each actor by outlet, the outlet's voice beside others'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.output.figures import FAINT, INK, house_style, outlet_colours, outlet_markers
from analysis_utils.output.marks import (
    LEGEND_COLUMNS,
    empty_figure,
    legend_above,
    outlet_handles,
    row_offsets,
    rule_between_rows,
    too_few_handle,
)
from analysis_utils.themes.actor_sentiment.methods import name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Whose words were scored.
VOICES = {"own": "The outlet's own voice", "reported": "Reported speech", "quoted": "Quoted"}

#: The same inside a sentence.
_IN_VOICE = {
    "own": "in its own voice",
    "reported": "in reported speech",
    "quoted": "in quotations",
}

#: From this many sentences on, a bootstrap interval of a mean is about as wide as it should be
#: (see :mod:`analysis_utils.measures.intervals`); with fewer, intervals apart are no finding.
ENOUGH = 15


#: What a method's polarity is a mean of, and what to bear in mind.
_MEASURES = {
    "clause": (
        "of the clauses around each actor",
        "A lexicon does not know of whom a word is said.",
    ),
    "target": (
        "toward each actor where it stands: probability of positive minus that of negative",
        "The model reads whole sentences; the voice is that of the clause around the actor.",
    ),
}


def plot_sentiment(
    summary: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    title: str = "",
) -> Figure:
    """Mean polarity of each actor by outlet, a panel for each voice.

    One row an actor, one colour and marker an outlet, a line for the interval
    and the number of sentences at the right edge.  A mean of fewer than
    ``FEW`` sentences has a hollow marker and no interval: read its sentences instead.

    Parameters
    ----------
    summary
        As ``summarise`` gives it, for one method and one scope.
    outlets
        Names of the outlets by id, in the order of the study.
    actors
        Names of the actors by id, in the order of the rows; by default their
        ids, the most often scored first.
    title
        What the figure shows, as a finding.

    Raises
    ------
    ValueError
        If the summary holds several methods or scopes.
    """
    _check_one_method(summary)
    house_style()
    if summary.empty:
        return empty_figure(title or "no sentence mentions an actor")
    names = dict(actors) if actors else _by_frequency(summary)
    names = {actor: name for actor, name in names.items() if actor in set(summary["actor"])}
    voices = [voice for voice in VOICES if voice in set(summary["voice"])]
    height = 1.5 + len(names) * (0.17 * len(outlets) + 0.14)
    fig, axes = plt.subplots(
        1,
        len(voices),
        figsize=(2.6 + 2.6 * len(voices), height),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for axis, voice in zip(axes[0], voices, strict=True):
        _draw_voice(axis, summary[summary["voice"] == voice], outlets, list(names))
        axis.set_title(VOICES[voice], fontsize=10)
    axes[0][0].set_yticks(range(len(names)), list(names.values()))
    axes[0][0].set_ylim(len(names) - 0.5, -0.5)
    reach = summary[["mean", "low", "high"]].abs().max(axis=None)
    axes[0][0].set_xlim(-max(reach * 1.1, 0.2), max(reach * 1.1, 0.2))
    fig.supxlabel("Mean polarity: negative (left) to positive (right)", fontsize=9)
    handles = [*outlet_handles(outlets), too_few_handle()]
    legend_above(fig, handles)
    if title:
        fig.suptitle(title, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    legend_rows = -(-len(handles) // LEGEND_COLUMNS)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.2 * legend_rows / height))
    return fig


def headline(summary: pd.DataFrame, actors: Mapping[str, str], method: str) -> str:
    """For whom the outlets differ, as the title of the figure of one method.

    Two outlets differ if both have ``ENOUGH`` sentences and their intervals do not overlap,
    in the same voice. Scores that are all alike have no interval.
    """
    _check_one_method(summary)
    name = name_of(method)
    if summary.empty:
        return f"{name}: no sentence mentions an actor of the study"
    firm = summary[(summary["n_units"] >= ENOUGH) & (summary["low"] < summary["high"])]
    groups = [rows for _, rows in firm.groupby(["actor", "voice"], sort=False) if len(rows) > 1]
    if not groups:
        return f"{name}: too few sentences to tell the outlets apart"
    apart = [
        actors[rows["actor"].iloc[0]] for rows in groups if rows["low"].max() > rows["high"].min()
    ]
    if not apart:
        return f"{name}: no difference where two outlets have {ENOUGH} sentences or more"
    return f"{name}: intervals do not overlap for {listed(list(dict.fromkeys(apart)))}"


def voices_finding(
    summary: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """The means whose interval leaves out zero, by actor, outlet and voice, in words.

    Only means of ``FEW`` sentences or more have an interval.
    """
    _check_one_method(summary)
    enough = summary[summary["n"] >= FEW]
    clear = enough[(enough["low"] > 0) | (enough["high"] < 0)]
    if clear.empty:
        few = len(summary) - len(enough)
        return (
            f"No interval leaves out zero; {few} of {counted(len(summary), 'mean')} have none,"
            f" as they rest on fewer than {FEW} sentences."
        )
    said = [
        f"{actors[row.actor]} in {outlets[row.outlet]}, {_IN_VOICE[row.voice]}"
        f" ({row.mean:+.2f}, {row.low:+.2f} to {row.high:+.2f}, n={row.n})"
        for row in clear.itertuples()
    ]
    return f"Intervals that leave out zero, of {FEW} sentences or more: {'; '.join(said)}."


def caption(scores: pd.DataFrame, method: str) -> str:
    """The caption of a figure of one method's scores: what, how many, which interval.

    ``scores`` are of one scope: that of the method, as
    :func:`~analysis_utils.themes.actor_sentiment.tables.nearest` gives them.
    """
    pairs = len(scores.drop_duplicates(["sentence_id", "actor"]))
    measure, warning = _MEASURES["target" if (scores["scope"] == "target").any() else "clause"]
    return (
        f"Mean polarity ({name_of(method)}) {measure}; n is sentences."
        f" {counted(pairs, 'pair')} of sentence and actor, standfirsts left out. A"
        " clause has the voice of its larger part. Intervals are nominal 95% bootstrap"
        f" intervals over sentences, not drawn below {FEW} sentences; with so few they hold the"
        f" truth less often (about 60% at 5, 80% at 8, 90% at 15). {warning}"
    )


def alt(title: str) -> str:
    """The figure in words, for readers who cannot see it."""
    return (
        "Dots with intervals: mean polarity of each actor by outlet, in the outlet's own voice, in"
        f" reported and in quoted speech. {title}. All means, intervals and numbers of sentences"
        " are in the CSV file."
    )


def _check_one_method(summary: pd.DataFrame) -> None:
    for column in ("method", "scope"):
        if column in summary and summary[column].nunique() > 1:
            found = ", ".join(map(str, summary[column].unique()))
            raise ValueError(f"choose one {column} to plot, of {found}")


def _by_frequency(summary: pd.DataFrame) -> dict[str, str]:
    counts = summary.groupby("actor", sort=False)["n"].sum()
    ordered = counts.sort_values(ascending=False, kind="stable").index
    return {actor: actor for actor in ordered}


def _draw_voice(
    axis: Axes, summary: pd.DataFrame, outlets: Mapping[str, str], actors: list[str]
) -> None:
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    offsets = row_offsets(outlets)
    axis.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    rule_between_rows(axis, len(actors))
    for row in summary[summary["actor"].isin(actors)].itertuples():
        place = actors.index(row.actor) + offsets[row.outlet]
        colour = colours[row.outlet]
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
        axis.annotate(
            f"n={row.n}",
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7,
            color=INK,
        )
