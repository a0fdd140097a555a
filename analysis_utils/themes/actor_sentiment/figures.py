"""The figures of actor sentiment: each actor by outlet, the outlet's voice beside others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import seaborn as sns

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import FAINT, INK, Figure, house_style
from analysis_utils.output.marks import (
    LEGEND_COLUMNS,
    dots_with_intervals,
    empty_figure,
    legend_above,
    outlet_handles,
    row_offsets,
    too_few_handle,
)
from analysis_utils.themes.actor_sentiment import words
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL
from analysis_utils.themes.actor_sentiment.scoring import nearest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis_utils.annotation.corpus import Corpus

_SHOWS = (
    "Dots with intervals: mean polarity of each actor by outlet, in the outlet's own voice, in"
    " reported and in quoted speech."
)


def of_method(method: str, name: str) -> Callable[[SimpleNamespace, Corpus], Figure]:
    """What draws the figure of one method from the theme's tables.

    Parameters
    ----------
    method
        Its id.
    name
        Name of the figure's files.
    """

    def figure(tables: SimpleNamespace, corpus: Corpus) -> Figure:
        summary = words.of_method(tables.summary, method)
        title = words.headline(summary, corpus.names["actor"], method)
        return Figure(
            name=name,
            picture=empty_figure(title)
            if summary.empty
            else plot_sentiment(summary, corpus.outlets, corpus.names["actor"], title).figure,
            data=summary,
            title=title,
            caption=words.caption(words.of_method(nearest(tables.scores), method), method),
            alt=alt_text(_SHOWS, title),
        )

    figure.__doc__ = f"Mean polarity by {method}; see :func:`plot_sentiment`."
    return figure


#: Toward each actor where it stands, by the target model.
model = of_method(TARGET_MODEL, "actor_sentiment_model")

#: Of the clauses around the actors, by each lexicon.
vader = of_method("vader", "actor_sentiment_vader")
textblob = of_method("textblob", "actor_sentiment_textblob")

#: The theme's figures by name.
FIGURES = {"model": model, "vader": vader, "textblob": textblob}


def plot_sentiment(
    summary: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    title: str = "",
    by: str = "outlet",
) -> sns.FacetGrid:
    """Mean polarity of each actor by outlet, a panel for each voice.

    One row an actor, one colour and marker an outlet, a line for the interval
    and the number of sentences at the right edge.  A mean of fewer than
    ``FEW`` sentences has a hollow marker and no interval: read its sentences instead.

    Parameters
    ----------
    summary
        As :func:`~analysis_utils.themes.actor_sentiment.summaries.summarise` gives it, for one
        method and one scope.
    outlets
        Names of the outlets by id, in the order of the study.
    actors
        Names of the actors by id, in the order of the rows; by default their
        ids, the most often scored first.
    title
        What the figure shows, as a finding.
    by
        The column that holds the outlets; ``article_id``, with names of articles, compares these.

    Raises
    ------
    ValueError
        If the summary holds several methods or scopes.
    """
    words.check_one_method(summary)
    house_style()
    summary = summary.assign(outlet=summary[by])
    names = dict(actors) if actors else _by_frequency(summary)
    names = {actor: name for actor, name in names.items() if actor in set(summary["actor"])}
    voices = [voice for voice in words.VOICES if voice in set(summary["voice"])]
    height, width = 1.5 + len(names) * (0.17 * len(outlets) + 0.14), 2.6 + 2.6 / len(voices)
    grid = sns.FacetGrid(
        summary, col="voice", col_order=voices, height=height, aspect=width / height
    )
    for voice, axis in grid.axes_dict.items():
        _draw_voice(axis, summary[summary["voice"] == voice], outlets, names)
        axis.set_title(words.VOICES[voice], fontsize=10)
        axis.label_outer()
    reach = max(1.1 * summary[["mean", "low", "high"]].abs().max(axis=None), 0.2)
    grid.set(xlim=(-reach, reach))
    _finish(grid, [*outlet_handles(outlets), too_few_handle()], title)
    return grid


def _by_frequency(summary: pd.DataFrame) -> dict[str, str]:
    counts = summary.groupby("actor", sort=False)["n"].sum()
    ordered = counts.sort_values(ascending=False, kind="stable").index
    return {actor: actor for actor in ordered}


def _draw_voice(
    axis: Axes, summary: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> None:
    axis.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    shown = summary[summary["actor"].isin(actors)]
    few = shown["n"] < FEW
    dots_with_intervals(axis, shown, "mean", "actor", actors, outlets, hollow=few, size=5.5)
    places = {actor: place for place, actor in enumerate(actors)}
    offsets = row_offsets(outlets)
    for row in shown.to_dict("records"):  # beside the panel, where no function of seaborn writes
        axis.annotate(
            f"n={row['n']}",
            (1.01, places[row["actor"]] + offsets[row["outlet"]]),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7,
            color=INK,
        )


def _finish(grid: sns.FacetGrid, handles: list, title: str) -> None:
    fig = grid.figure
    fig.supxlabel("Mean polarity: negative (left) to positive (right)", fontsize=9)
    legend_above(fig, handles)
    if title:  # above the figure, so it takes no room from it
        fig.suptitle(title, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    legend_rows = -(-len(handles) // LEGEND_COLUMNS)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.2 * legend_rows / fig.get_size_inches()[1]))
