"""The figures of actor sentiment: in which light each actor stands, and how methods differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.style import FAINT, outlet_colours
from analysis_utils.themes.actor_sentiment import words
from analysis_utils.themes.actor_sentiment.methods import METHOD_NAMES, name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Who judges, from the middle of a bar outwards: shades that stand for no outlet.
JUDGES = {
    "own": ("the outlet, in its own words", "#2B2B2B"),
    "others": ("others, whom it lets judge", "#9A9A9A"),
    "itself": ("the actor itself", "#DADADA"),
}

#: Labels of the methods.
LABELS = {-1: ("bad light", "#A6611A"), 0: ("neither", "#E3E3E3"), 1: ("good light", "#35978F")}

#: What an outlet can be toward an actor, beside another.
_SIDES = ("kinder", "harsher")

#: Rows that fit on a page, one of them the actor's name above its outlets.
MOST_ROWS = 40

#: A row, and what stands above and below all rows, in inches.
_ROW, _FRAME = 0.16, 1.2


def light(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """The sentences that put each actor in a bad or a good light; see :func:`plot_light`."""
    actors = shown_actors(tables.balance, len(corpus.outlets))
    title = words.headline(tables, corpus)
    names = {actor: corpus.names["actor"][actor] for actor in actors}
    return Figure(
        name="actor_sentiment",
        draw=partial(
            plot_light, tables.balance, tables.judgements, tables.compared, names, corpus.outlets
        ),
        data=tables.balance,
        title=title,
        caption=words.caption(tables, len(actors)),
        alt=alt_text("Bars to either side of zero, a row an actor and outlet.", title),
    )


def methods(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """How many pairs of sentence and actor each method labels how; see :func:`plot_methods`."""
    title = words.methods_headline(tables.labels)
    return Figure(
        name="actor_sentiment_methods",
        draw=partial(plot_methods, tables.labels),
        data=tables.labels,
        title=title,
        caption=words.methods_caption(tables.labels),
        alt=alt_text("A bar a method, in three parts.", title),
    )


#: The theme's figures by name.
FIGURES = {"light": light, "methods": methods}


def shown_actors(balance: pd.DataFrame, n_outlets: int) -> list[str]:
    """The most judged actors, as many as a page has room for."""
    judged = balance[balance["negative"] + balance["positive"] > 0]["actor"].unique()
    return list(judged[: max(1, MOST_ROWS // (n_outlets + 1))])


def plot_light(
    balance: pd.DataFrame,
    judgements: pd.DataFrame,
    compared: pd.DataFrame,
    actors: Mapping[str, str],
    outlets: Mapping[str, str],
    *,
    width: float,
) -> Picture:
    """A row an outlet below the name of an actor: sentences in a bad light to the left of zero,
    in a good one to the right, shaded by who judges.

    Parameters
    ----------
    balance, judgements, compared
        See the theme's tables.
    actors, outlets
        Names by id, in the order of the rows.
    width
        In inches.
    """
    import matplotlib.pyplot as plt
    from matplotlib.patches import Patch

    rows = _rows(balance, actors, outlets)
    fig, ax = plt.subplots(figsize=(width, _FRAME + _ROW * max(len(rows), 3)))
    for place, (actor, outlet, _) in enumerate(rows):
        if outlet:
            of_row = (judgements["actor"] == actor) & (judgements["outlet"] == outlet)
            _draw_bar(ax, place, judgements[of_row])
    ax.axvline(0, color=FAINT, linewidth=0.8)
    _name_rows(ax, rows, outlets, longest=int(8 + 4 * width))
    _write_counts(ax, rows, balance.set_index(["actor", "outlet"]), _sides(compared))
    reach = max(3, int(balance[["negative", "positive"]].max().max())) if len(balance) else 3
    ax.set(xlim=(-reach - 0.5, reach + 0.5), xlabel="bad light ←  sentences  → good light")
    ax.xaxis.set_major_locator(plt.MaxNLocator(nbins=6, integer=True))
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    ax.grid(visible=False, axis="y")
    handles = [
        Patch(facecolor=colour, edgecolor=FAINT, label=name) for name, colour in JUDGES.values()
    ]
    fig.legend(handles=handles, loc="outside lower left", ncols=3 if width > 5 else 1, fontsize=7)
    return fig


def _rows(
    balance: pd.DataFrame, actors: Mapping[str, str], outlets: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Actor, outlet and label of each row; an actor's own row has no outlet."""
    told = set(zip(balance["actor"], balance["outlet"], strict=True))
    rows = []
    for actor, name in actors.items():
        rows.append((actor, "", name))
        rows += [(actor, outlet, outlets[outlet]) for outlet in outlets if (actor, outlet) in told]
    return rows


def _draw_bar(ax: Axes, place: int, found: pd.DataFrame) -> None:
    for sign in (-1, 1):
        left = 0
        for judge, (_, colour) in JUDGES.items():
            n = int(((found["label"] == sign) & (found["judge"] == judge)).sum())
            ax.barh(
                place, sign * n, left=left, height=0.72, color=colour, edgecolor=FAINT,
                linewidth=0.5 if n else 0,
            )  # fmt: skip
            left += sign * n


def _name_rows(
    ax: Axes, rows: Sequence[tuple[str, str, str]], outlets: Mapping[str, str], longest: int
) -> None:
    colours = outlet_colours(outlets)
    ax.set_yticks(range(len(rows)), [_short(label, longest) for *_, label in rows])
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    ax.tick_params(labelsize=7, length=0)
    for (_, outlet, _), text in zip(rows, ax.get_yticklabels(), strict=True):
        text.set(color=colours[outlet]) if outlet else text.set(weight="bold")
    for place, (_, outlet, _) in enumerate(rows):
        if not outlet and place:
            ax.axhline(place - 0.5, color="#CCCCCC", linewidth=0.8)


def _sides(compared: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Of each actor and outlet whether it is told as harsher, or as kinder, than another."""
    told = compared[compared["told"]]
    places = {side: set(zip(told["actor"], told[side], strict=True)) for side in _SIDES}
    once = places["kinder"] ^ places["harsher"]
    return {place: side for side in _SIDES for place in places[side] & once}


def _write_counts(
    ax: Axes,
    rows: Sequence[tuple[str, str, str]],
    balance: pd.DataFrame,
    sides: Mapping[tuple[str, str], str],
) -> None:
    """How many of the sentences that mention an actor judge it, and if the outlet is harsher."""
    for place, (actor, outlet, _) in enumerate(rows):
        if outlet:
            row = balance.loc[(actor, outlet)]
            told = f"{row['negative'] + row['positive']:.0f} of {row['mentioned']:.0f}"
            side = f"  {sides[actor, outlet]}" if (actor, outlet) in sides else ""
            where = ax.get_yaxis_transform()
            ax.text(1.01, place, told + side, transform=where, va="center", size=7)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def plot_methods(labels: pd.DataFrame, *, width: float) -> Picture:
    """A bar a method: how many pairs of sentence and actor it labels how.

    Parameters
    ----------
    labels
        See the theme's tables.
    width
        In inches.
    """
    import matplotlib.pyplot as plt
    import seaborn as sns
    from matplotlib.patches import Patch

    order = {name_of(method): place for place, method in enumerate(METHOD_NAMES)}
    called = [name_of(method) for method in labels["method"]]
    shown = labels.assign(method=called, label=[LABELS[label][0] for label in labels["label"]])
    shown = shown.iloc[shown["method"].map(order).argsort(kind="stable")]
    fig, ax = plt.subplots(figsize=(width, 1.6))
    if len(shown):
        colours = dict(LABELS.values())
        sns.histplot(
            shown, y="method", hue="label", hue_order=list(colours)[::-1], palette=colours,
            multiple="stack", shrink=0.75, alpha=1, edgecolor="white", ax=ax, legend=False,
        )  # fmt: skip
    ax.set(xlabel="pairs of sentence and actor", ylabel="")
    ax.grid(visible=False, axis="y")
    ax.tick_params(labelsize=7, length=0)
    handles = [Patch(facecolor=colour, label=name) for name, colour in LABELS.values()]
    fig.legend(handles=handles, loc="outside lower left", ncols=3, fontsize=7)
    return fig
