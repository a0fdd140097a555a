"""The figures of voices: whose words each outlet gives, and who is talked about but not heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.output.figures import FAINT, INK, house_style, outlet_colours, outlet_markers
from analysis_utils.output.marks import (
    LEGEND_COLUMNS,
    empty_figure,
    legend_above,
    outlet_handles,
    rule_between_rows,
)
from analysis_utils.themes.voices.sources import OWN_VOICE, UNNAMED, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: More speakers than this are drawn as one row.
MOST_SPEAKERS = 9

#: Height in inches of a bar, and of the gap between two speakers.
_BAR, _GAP = 0.17, 0.16


#: Ways of being heard that fill a marker by half.
_HALF = ("in reported speech", "with others", "through others")


def plot_shares(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], title: str = ""
) -> Figure:
    """Bars of each outlet's words by speaker: hatched in quotation marks, solid reported.

    One row a speaker, the outlet itself first, then those with most words; one bar an outlet.
    From ``MOST_SPEAKERS`` on, the others share one row.  Lines are intervals.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.voices.tables.speaker_shares` gives them.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    """
    house_style()
    rows = _speaker_rows(shares, actors)
    if rows.empty:
        return empty_figure(title or "No words to count")
    speakers = list(dict.fromkeys(rows["name"]))
    height = len(speakers) * (_BAR * len(outlets) + _GAP)
    fig, axis = plt.subplots(figsize=(8.6, 1.3 + height))
    _draw_bars(axis, rows, speakers, outlets)
    reach = rows[["share", "high"]].max(axis=None)
    axis.set_xlim(0, reach * 1.12)
    axis.set_xlabel("Share of the words of the body (%)")
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}")
    axis.set_yticks(range(len(speakers)), speakers)
    axis.set_ylim(len(speakers) - 0.5, -0.5)
    rule_between_rows(axis, len(speakers))
    kinds = [
        Patch(facecolor=FAINT, label="in the outlet's words"),
        Patch(facecolor="white", edgecolor=FAINT, hatch="////", label="in quotation marks"),
    ]
    colours = outlet_colours(outlets)
    tellers = [Patch(facecolor=colours[outlet], label=name) for outlet, name in outlets.items()]
    return _finished(fig, [*tellers, *kinds], title)


def plot_heard(
    told: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], title: str = ""
) -> Figure:
    """Each actor's mentions beside its quotes, by outlet.

    A full marker is an actor heard in quotation marks, a hollow one an actor never heard;
    a half-filled one is heard in reported speech only, or with or through others.

    Parameters
    ----------
    told
        As :func:`~analysis_utils.themes.voices.tables.talked_about` gives it.
    outlets, actors
        Names by id.
    title
        What the figure shows, as a finding.
    """
    house_style()
    told = told[told["actor"].isin(actors)]
    if told.empty:
        return empty_figure(title or "No actor of the study is mentioned")
    ordered = told.groupby("actor", sort=False)["mentions"].sum()
    ids = list(ordered.sort_values(ascending=False, kind="stable").index)
    height = len(ids) * (_BAR * len(outlets) + _GAP)
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 1.3 + height), sharey=True)
    told = told.assign(quotes=told[["quoted", "reported", "shared", "relayed"]].sum(axis=1))
    _draw_dots(axes[0], told, "mentions", ids, outlets)
    _draw_dots(axes[1], told, "quotes", ids, outlets)
    axes[0].set_title("Talked about: mentions", fontsize=10)
    axes[1].set_title("Heard: quotes, and the words in them", fontsize=10)
    axes[0].set_yticks(range(len(ids)), [actors[actor] for actor in ids])
    axes[0].set_ylim(len(ids) - 0.5, -0.5)
    fills = {"full": "heard in quotation marks", "left": "only otherwise", "none": "never heard"}
    handles = [
        *outlet_handles(outlets, linestyle=""),
        *(
            Line2D([], [], color=FAINT, marker="o", fillstyle=fill, linestyle="", label=words)
            for fill, words in fills.items()
        ),
    ]
    return _finished(fig, handles, title)


def shares_headline(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """How much the outlets say themselves, and who has most of the rest, as a title."""
    own = shares[shares["role"] == "own"].set_index("outlet")["share"]
    if len(own) == 2:
        first, second = (f"{own[key]:.0%} of {name}'s" for key, name in outlets.items())
        said = f"The outlet's own: {first} words, {second}"
    else:
        least, most = own.idxmin(), own.idxmax()
        low, high = f"{own[least]:.0%}", f"{own[most]:.0%}"
        spread = f"from {low} ({outlets[least]}) to {high} ({outlets[most]})"
        said = f"The outlet's own words: {spread if low != high else f'{low} in each'}"
    others = named(shares[(shares["role"] != "own") & (shares["words"] > 0)], actors)
    if others.empty:
        return f"{said}; no quotes were found"
    first = others.sort_values("share", ascending=False, kind="stable").drop_duplicates("outlet")
    leaders = set(first["who"])
    if len(leaders) > 1 or UNNAMED in leaders or len(first) < len(outlets):
        return said
    return f"{said};\nof the others, {leaders.pop()} has most words in each"


def heard_headline(
    told: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Whom the outlets talk about most without letting it speak, as a title."""
    silent = told[(told["heard"] == "never") & (told["mentions"] > 0)]
    if told.empty:
        return "No actor of the study is mentioned"
    if silent.empty:
        return "Every actor that is mentioned is also heard"
    ranked = silent.sort_values("mentions", ascending=False, kind="stable")
    who = []
    for actor in ranked["actor"].drop_duplicates().head(2):
        rows = silent[silent["actor"] == actor]
        places = [f"{outlets[row.outlet]} ({row.mentions})" for row in rows.itertuples()]
        who.append(f"{actors[actor]} in {listed(places)}")
    return f"Talked about but not heard, with mentions:\n{'; '.join(who)}"


def shares_caption(shares: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The caption of :func:`plot_shares`."""
    words = shares.groupby("outlet")["words"].sum()
    counts = [f"{words[outlet]:,} of {name}" for outlet, name in outlets.items()]
    return (
        f"Words of the body by whose they are: {listed(counts)}; headlines and standfirsts"
        " are not counted. A quote told inside another counts for the one who tells it, and a quote"
        " of several sources for the first. What introduces a quote (\u201cthe company said\u201d)"
        f" is the outlet's own. {_interval_words(shares)}"
    )


def heard_caption() -> str:
    """The caption of :func:`plot_heard`."""
    return (
        "Mentions of each actor in the body, as the source of a quote among others, and the quotes"
        " that were found of it. Half-filled:"
        " only in reported speech, as one source of several, or inside somebody else's quote. The"
        " words are those of quotes of which it is the first or only source."
    )


def alt(title: str, shows: str) -> str:
    """A figure in words, for readers who cannot see it; ``shows`` says what is drawn."""
    return f"{shows} {' '.join(title.split())}. All numbers are in the CSV file."


def _interval_words(shares: pd.DataFrame) -> str:
    drawn = shares.dropna(subset=["low"])
    if drawn.empty:
        return f"No intervals: fewer than {FEW} sentences."
    units = listed(sorted(set(drawn["unit"])))
    return (
        f"Lines are nominal 95% bootstrap intervals over {units}: how much a share hangs on a few"
        f" {units}, not what other articles would give."
    )


def _speaker_rows(shares: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """One row an outlet and speaker to draw, in order; rare speakers together."""
    told = shares[(shares["words"] > 0) | (shares["role"] == "own")]
    rows = named(told, actors).rename(columns={"who": "name"})
    totals = rows[rows["name"] != OWN_VOICE].groupby("name", sort=False)["share"].sum()
    ranked = list(totals.sort_values(ascending=False, kind="stable").index)
    ranked.sort(key=UNNAMED.__eq__)  # those who have a name first
    rare = ranked[MOST_SPEAKERS:] if len(ranked) > MOST_SPEAKERS + 1 else []
    rare = [name for name in rare if name != UNNAMED]  # keeps a row of its own
    together = rows["name"].isin(rare)
    rows.loc[together, ["low", "high"]] = np.nan  # intervals of parts do not add up
    rows.loc[together, "name"] = f"{len(rare)} other sources together"
    summed = rows.groupby(["outlet", "name"], sort=False, as_index=False).agg(
        words=("words", "sum"),
        quoted=("quoted", "sum"),
        share=("share", "sum"),
        low=("low", "first"),
        high=("high", "first"),
    )
    order = {name: rank for rank, name in enumerate([OWN_VOICE, *ranked])}
    place = summed["name"].map(order).fillna(len(order))
    return summed.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def _offsets(outlets: Mapping[str, str]) -> dict[str, float]:
    """Where each outlet stands within a row of height 1."""
    size = _row_part(outlets)
    places = (np.arange(len(outlets)) - (len(outlets) - 1) / 2) * size
    return dict(zip(outlets, places, strict=True))


def _row_part(outlets: Mapping[str, str]) -> float:
    """The height of a bar as a part of its row."""
    return _BAR / (_BAR * len(outlets) + _GAP)


def _draw_bars(
    axis: Axes, rows: pd.DataFrame, speakers: list[str], outlets: Mapping[str, str]
) -> None:
    colours, offsets, size = outlet_colours(outlets), _offsets(outlets), _row_part(outlets)
    for row in rows.itertuples():
        place = speakers.index(row.name) + offsets[row.outlet]
        colour = colours[row.outlet]
        marked = row.share * row.quoted / max(row.words, 1)
        bar = {"height": 0.86 * size, "edgecolor": colour, "linewidth": 0.8}
        axis.barh(place, marked, facecolor="white", hatch="////", **bar)
        axis.barh(place, row.share - marked, left=marked, facecolor=colour, **bar)
        end = row.share
        if row.low < row.high:
            line = axis.plot([row.low, row.high], [place, place], color=INK, linewidth=0.9)[0]
            line.set_path_effects([withStroke(linewidth=2, foreground="white")])
            end = max(end, row.high)
        axis.annotate(
            f"{row.share:.0%}" if row.share >= 0.005 else "under 1%",
            (end, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )


def _draw_dots(
    axis: Axes, told: pd.DataFrame, column: str, ids: list[str], outlets: Mapping[str, str]
) -> None:
    colours, markers, offsets = outlet_colours(outlets), outlet_markers(outlets), _offsets(outlets)
    for row in told.itertuples():
        place = ids.index(row.actor) + offsets[row.outlet]
        value = getattr(row, column)
        colour = colours[row.outlet]
        axis.plot([0, value], [place, place], color=colour, linewidth=0.9, alpha=0.5)
        axis.plot(
            value,
            place,
            marker=markers[row.outlet],
            markersize=5.5,
            color=colour,
            markerfacecolor="white" if row.heard == "never" else colour,
            markerfacecoloralt="white",
            fillstyle="left" if row.heard in _HALF else "full",
            zorder=4,  # above the axis, where there are no quotes
            clip_on=False,
        )
        words = f", {counted(row.words, 'word')}" if column == "quotes" and row.words else ""
        axis.annotate(
            f"{value}{words}", (value, place), (6, 0), textcoords="offset points",
            va="center", fontsize=7,
        )  # fmt: skip
    axis.set_xlim(0, max(told[column].max(), 1) * (1.5 if column == "quotes" else 1.15))
    axis.xaxis.get_major_locator().set_params(integer=True)
    rule_between_rows(axis, len(ids))


def _finished(fig: Figure, handles: list, title: str) -> Figure:
    """The figure with its title and, under it, its legend."""
    rows = -(-len(handles) // LEGEND_COLUMNS)
    height = fig.get_size_inches()[1]
    legend_above(fig, handles)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.22 * rows / height))
    if title:  # above the figure, so it takes no room from it
        fig.suptitle(title, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    return fig
