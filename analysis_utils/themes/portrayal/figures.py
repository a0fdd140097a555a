"""The figure of portrayal: what each actor is called, by outlet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import share_interval
from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.marks import empty_figure
from analysis_utils.output.style import INK, outlet_colours, outlet_markers
from analysis_utils.themes.portrayal import words
from analysis_utils.themes.portrayal.called import own_choice
from analysis_utils.themes.portrayal.tables import by_mentions

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Rows at most, labels of one actor at most, and outlets that have a column each.
MOST_ROWS, EACH, MOST_COLUMNS = 20, 6, 8

#: A line of text, what stands above and below all rows, and an outlet's column, in inches.
_LINE, _FRAME, _COLUMN = 0.13, 0.4, 0.36

#: Letters of 7 points side by side on an inch.
_LETTERS_AN_INCH = 15


def called(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """What the actors are called; see :func:`plot_called`."""
    title = words.headline(tables, corpus)
    order = by_mentions(tables.called, corpus)
    names = {actor: corpus.names["actor"][actor] for actor in order}
    rows = label_rows(tables.called, names)
    return Figure(
        name="portrayal_called",
        draw=partial(plot_called, rows, corpus.outlets, names),
        data=rows,
        title=title,
        caption=words.caption(tables.called, len(rows) == len(tables.called)),
        alt=alt_text("A row a label, a mark an outlet that uses it.", title),
    )


#: The theme's figures by name.
FIGURES = {"called": called}


def label_rows(called: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """The labels that have room: those that tell most of the actors in their order.

    Parameters
    ----------
    called
        As :func:`~analysis_utils.themes.portrayal.called.telling_labels` gives it.
    actors
        Names by id, the most mentioned first.

    Returns
    -------
    ``actor``, ``label``, ``outlet``, ``n`` and ``own`` (whether any use is the outlet's own
    choice), at most ``MOST_ROWS`` labels.  Bare titles ("President") are left out of an actor
    that is also called otherwise.
    """
    told = called.assign(own=own_choice(called), folded=called["label"].str.lower())
    table = told.groupby(["actor", "folded", "outlet"], sort=False, as_index=False).agg(
        label=("label", "first"), n=("n", "sum"), own=("own", "any")
    )
    size = table["folded"].str.split().str.len()
    table = table.assign(length=size)
    shown: list[tuple[str, str]] = []
    for actor in actors:
        labels = table[table["actor"] == actor].drop_duplicates("folded")
        longer = labels[labels["length"] > 1]
        ranked = (longer if len(longer) else labels).sort_values(
            ["own", "length"], ascending=False, kind="stable"
        )
        shown += [(actor, folded) for folded in ranked["folded"].head(EACH)]
    shown = shown[:MOST_ROWS]
    place = pd.Series(
        [
            shown.index(pair) if pair in shown else -1
            for pair in zip(table["actor"], table["folded"], strict=True)
        ],
        index=table.index,
        dtype=int,
    )
    kept = table[place >= 0].assign(place=place[place >= 0])
    first = kept.groupby("place")["label"].transform("first")
    kept = kept.assign(label=first).sort_values("place", kind="stable")
    return kept[["actor", "label", "outlet", "n", "own"]].reset_index(drop=True)


def plot_called(
    rows: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], *, width: float
) -> Picture:
    """A row a label, below the name of its actor; a mark for each outlet that uses it.

    A mark is hollow where only somebody whom the outlet quotes uses the label.  Of more than
    ``MOST_COLUMNS`` outlets their share is drawn, with Wilson's interval.

    Parameters
    ----------
    rows
        As :func:`label_rows` gives them.
    outlets, actors
        Names by id.
    width
        In inches.
    """
    import matplotlib.pyplot as plt

    if rows.empty:
        return empty_figure("No title or description of an actor was found", width)
    lines = _lines(rows, actors)
    marks = len(outlets) * _COLUMN if len(outlets) <= MOST_COLUMNS else 0.3 * width
    room = width - marks - 0.15
    names = [
        _wrapped(label or actors[actor], int(_LETTERS_AN_INCH * room)) for actor, label in lines
    ]
    deep = max(name.count("\n") for name in names) + 1
    fig, axis = plt.subplots(figsize=(width, _FRAME + (_LINE * deep + 0.035) * len(lines)))
    place = {line: number for number, line in enumerate(lines)}
    told = rows.assign(
        place=[place[pair] for pair in zip(rows["actor"], rows["label"], strict=True)]
    )
    if len(outlets) > MOST_COLUMNS:
        _draw_shares(axis, told, len(outlets))
    else:
        _draw_marks(axis, told, outlets)
    axis.set_yticks(range(len(lines)), names)
    axis.set_ylim(len(lines) - 0.5, -0.5)
    axis.set(xlabel="", ylabel="")
    axis.tick_params(length=0, labelsize=7)
    for (_, label), text in zip(lines, axis.get_yticklabels(), strict=True):
        text.set(weight="normal" if label else "bold", size=7)
    return fig


def _wrapped(text: str, letters: int) -> str:
    """A text in at most two lines."""
    lines = textwrap.wrap(text, max(letters, 8))
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1][: letters - 1]}…"


def _lines(rows: pd.DataFrame, actors: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rows from top to bottom: an actor without a label, then its labels."""
    lines = []
    for actor in actors:
        labels = list(dict.fromkeys(rows.loc[rows["actor"] == actor, "label"]))
        if labels:
            lines += [(actor, ""), *((actor, label) for label in labels)]
    return lines


def _draw_marks(axis: Axes, told: pd.DataFrame, outlets: Mapping[str, str]) -> None:
    import seaborn as sns

    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for column, outlet in enumerate(outlets):
        for own, uses in told[told["outlet"] == outlet].groupby("own"):
            sns.scatterplot(
                uses.assign(column=column), x="column", y="place", marker=markers[outlet], s=30,
                color=colours[outlet] if own else "white", edgecolor=colours[outlet], linewidth=1,
                legend=False, ax=axis, zorder=3,
            )  # fmt: skip
    short = [textwrap.shorten(name, 12, placeholder="…") for name in outlets.values()]
    axis.set_xticks(range(len(outlets)), short)
    axis.set_xlim(-0.6, len(outlets) - 0.4)
    axis.xaxis.tick_top()


def _draw_shares(axis: Axes, told: pd.DataFrame, n_outlets: int) -> None:
    counts = told.groupby("place")["outlet"].nunique()
    for place, count in counts.items():
        low, high = share_interval(int(count), n_outlets)
        axis.barh(place, count / n_outlets, color="#8C8C8C", height=0.6)
        axis.plot([low, high], [place, place], color=INK, linewidth=0.7)
    axis.set_xlim(0, 1)
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    axis.xaxis.tick_top()
