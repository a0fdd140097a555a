"""The figures of portrayal: who does what to whom, and who acts or is acted upon."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import Patch

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.output.figures import FAINT, INK, house_style, outlet_colours, outlet_markers
from analysis_utils.output.marks import LEGEND_COLUMNS, empty_figure, legend_above, outlet_handles
from analysis_utils.themes.portrayal.words import MARKS, SPEECH
from analysis_utils.words import speech

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Agents that are no actor of the study, as they are shown.
OTHERS = {"other": "somebody else", "left out": "(left out)"}

#: More pairs than this in all are no longer read; each outlet has its share of them.
MOST_PAIRS = 40

#: With more pairs of actor and outlet than this a title says in how many outlets, not in which.
MOST_PLACES = 6

#: Characters in a line of names, and of verbs.
_NAME_WIDTH = 24
_VERB_WIDTH = 54
_LINE = 0.175  # inches a line of text
_WIDTH = 8.6


def shown_pairs(pairs: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The pairs that a figure has room for: of each outlet those with the most acts.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.portrayal.tables.actor_pairs` gives them.
    outlets
        Names by id.
    """
    return pairs.groupby("outlet", sort=False).head(max(MOST_PAIRS // max(len(outlets), 1), 4))


def plot_pairs(
    pairs: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    title: str = "",
) -> Figure:
    """Who does what to whom: agent on the left, verbs on the arrow, patient on the right.

    One block an outlet, one line a pair, agents with the most acts first.  The line is
    thicker the more acts it stands for.  Pairs beyond :func:`shown_pairs` are not drawn.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.portrayal.tables.actor_pairs` gives them.
    outlets
        Names of the outlets by id, in the order of the study.
    actors
        Names of the actors by id; by default their ids.
    title
        What the figure shows, as a finding.
    """
    house_style()
    if pairs.empty:
        return empty_figure(title or "no act upon an actor of the study was found")
    shown = shown_pairs(pairs, outlets)
    rows = [(outlet, _lines(shown, outlet, actors or {})) for outlet in outlets]
    heights = [0.45 + _LINE * sum(line["lines"] + 0.45 for line in lines) for _, lines in rows]
    heights = [max(height, 0.8) for height in heights]
    fig, axes = plt.subplots(
        len(rows), 1, figsize=(_WIDTH, sum(heights)), height_ratios=heights, squeeze=False
    )
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for axis, (outlet, lines), height in zip(axes[:, 0], rows, heights, strict=True):
        _draw_pairs(axis, lines, height, colours[outlet])
        axis.plot(0.008, height - 0.18, marker=markers[outlet], color=colours[outlet], markersize=6)
        axis.text(0.022, height - 0.18, outlets[outlet], va="center", fontweight="bold")
    fig.subplots_adjust(left=0.01, right=0.99, top=1, bottom=0, hspace=0)
    _title(fig, title)
    return fig


def _lines(pairs: pd.DataFrame, outlet: str, actors: Mapping[str, str]) -> list[dict]:
    """The pairs of one outlet as wrapped texts, those of one agent together."""
    told = pairs[pairs["outlet"] == outlet]
    totals = told.groupby("agent")["n"].sum()
    known = ~told["agent"].isin(list(OTHERS))
    told = told.assign(known=known, total=told["agent"].map(totals))
    told = told.sort_values(
        ["known", "total", "agent", "n"], ascending=[False, False, True, False], kind="stable"
    )
    lines, last = [], None
    for pair in told.itertuples():
        agent = OTHERS.get(pair.agent, actors.get(pair.agent, pair.agent))
        texts = {
            "agent": textwrap.fill(agent, _NAME_WIDTH) if pair.agent != last else "",
            "verbs": textwrap.fill(pair.verbs, _VERB_WIDTH),
            "patient": textwrap.fill(actors.get(pair.patient, pair.patient), _NAME_WIDTH),
        }
        most = max(text.count("\n") + 1 for text in texts.values())
        lines.append(texts | {"n": pair.n, "lines": most, "first": pair.agent != last})
        last = pair.agent
    return lines


def _draw_pairs(axis: Axes, lines: list[dict], height: float, colour: str) -> None:
    axis.set(xlim=(0, 1), ylim=(0, height))
    axis.set_axis_off()
    if not lines:
        axis.text(0.28, height - 0.45, "no act upon an actor of the study", color=FAINT)
    top = height - 0.4
    for line in lines:
        size = _LINE * (line["lines"] + 0.45)
        place = top - size / 2
        if line["first"]:
            axis.plot([0, 1], [top, top], color="#E4E4E4", linewidth=0.8)
        axis.text(0.245, place, line["agent"], ha="right", va="center", fontsize=9)
        axis.annotate(
            "",
            (0.77, place),
            (0.26, place),
            arrowprops={
                "arrowstyle": "-|>",
                "color": colour,
                "linewidth": 0.8 + 0.5 * min(line["n"], 6),
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
        axis.text(
            0.505,
            place,
            line["verbs"],
            ha="center",
            va="center",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )
        axis.text(0.785, place, line["patient"], ha="left", va="center", fontsize=9)
        top -= size


def plot_roles(
    shares: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    title: str = "",
) -> Figure:
    """Each actor's share of the acting (right) and of being acted upon (left), by outlet.

    Bars to the right are solid, those to the left hatched; the number of acts stands at the
    end.  A line shows the interval where there are ``FEW`` sentences or more.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.portrayal.tables.role_shares` gives them.
    outlets
        Names of the outlets by id, in the order of the study.
    actors
        Names of the actors by id; by default their ids.
    title
        What the figure shows, as a finding.
    """
    house_style()
    shares = shares[shares["n_all"] > 0]
    if shares.empty:
        return empty_figure(title or "no act of an actor of the study was found")
    told = list(dict.fromkeys(shares["actor"]))
    step = 0.8 / len(outlets)
    height = 1.1 + len(told) * (0.19 * len(outlets) + 0.12)
    fig, axis = plt.subplots(figsize=(_WIDTH, height))
    for row in shares.itertuples():
        number = list(outlets).index(row.outlet)
        place = told.index(row.actor) + (number - (len(outlets) - 1) / 2) * step
        _draw_share(axis, row, place, step, outlets)
    axis.axvline(0, color=INK, linewidth=0.8)
    for line in range(1, len(told)):
        axis.axhline(line - 0.5, color="#E4E4E4", linewidth=0.8)
    names = [textwrap.fill((actors or {}).get(actor, actor), _NAME_WIDTH) for actor in told]
    axis.set_yticks(range(len(told)), names)
    reach = max(shares[["share", "high"]].max(axis=None) * 1.18, 0.2)
    axis.set(ylim=(len(told) - 0.5, -0.5), xlim=(-reach, reach))
    axis.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0%}")
    axis.set_xlabel("← share of being acted upon | share of the acting →")
    axis.grid(visible=False, axis="y")
    handles = _role_handles(outlets)
    legend_above(fig, handles)
    legend_rows = -(-len(handles) // LEGEND_COLUMNS)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.22 * legend_rows / height))
    _title(fig, title)
    return fig


def _draw_share(axis: Axes, row, place: float, step: float, outlets: Mapping[str, str]) -> None:
    colour = outlet_colours(outlets)[row.outlet]
    side = 1 if row.role == "agent" else -1
    solid = row.role == "agent"
    axis.barh(
        place,
        side * row.share,
        height=step * 0.8,
        facecolor=colour if solid else "white",
        edgecolor=colour,
        hatch="" if solid else "////",
        linewidth=1,
    )
    end = row.share
    if row.n and pd.notna(row.low):
        end = max(row.high, row.share)
        bounds = [side * row.low, side * row.high]
        axis.plot(bounds, [place, place], color=INK, linewidth=1, zorder=3)
    axis.plot(
        side * row.share,
        place,
        marker=outlet_markers(outlets)[row.outlet],
        markersize=4.5,
        color=colour,
        markeredgecolor="white",
        markeredgewidth=0.6,
        zorder=4,
    )
    axis.annotate(
        str(row.n),
        (side * end, place),
        (side * 7, 0),
        textcoords="offset points",
        ha="left" if solid else "right",
        va="center",
        fontsize=7,
        color=INK if row.n else FAINT,
    )


def _role_handles(outlets: Mapping[str, str]) -> list:
    """The legend's entries: the outlets, and what full and hatched bars stand for."""
    return [
        *outlet_handles(outlets, linewidth=5),
        Patch(facecolor=FAINT, edgecolor=FAINT, label="acts"),
        Patch(facecolor="white", edgecolor=FAINT, hatch="////", label="is acted upon"),
    ]


def _title(fig: Figure, title: str) -> None:
    if title:
        unbroken = re.sub(r"(?<=\d) (to|of) (?=\d)", "\u00a0\\1\u00a0", title)
        text = textwrap.fill(unbroken, 88)
        fig.suptitle(text, x=0.01, y=1, ha="left", va="bottom", fontweight="bold", fontsize=11)


def pairs_headline(
    triples: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Upon whom each outlet tells most acts, as the title of a figure."""
    touching = triples[triples["patient"] != ""]
    acts = touching.drop_duplicates(["sentence_id", "verb_start", "patient"])
    if acts.empty:
        return "No act upon an actor of the study was found"
    told: dict[str, list[str]] = {}
    for outlet, name in outlets.items():
        counts = acts.loc[acts["outlet"] == outlet, "patient"].value_counts(sort=False)
        for actor in actors:
            if counts.get(actor, 0) == max(counts.max(), 2) and len(counts):
                told.setdefault(actors[actor], []).append(f"{name} {counts[actor]}")
    if not told:
        return "No outlet tells two acts upon the same actor"
    most = [f"{actor} ({', '.join(where)})" for actor, where in told.items()]
    return f"Acted upon most: {listed(most)}"


def pairs_caption(pairs: pd.DataFrame, triples: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """What the figure of pairs shows, how much is drawn, and how the title counts it."""
    shown = shown_pairs(pairs, outlets)
    arrows, verbs = (
        counted(len(shown), "arrow"),
        counted(int(shown["n"].sum()), "verb"),
    )
    drawn = f"Drawn are {arrows} with {verbs} on them, a number behind a verb counted as often"
    if len(shown) < len(pairs):
        more, rest = len(pairs) - len(shown), int(pairs["n"].sum() - shown["n"].sum())
        drawn += f"; not drawn are {counted(more, 'arrow')} with {counted(rest, 'verb')}"
    return (
        "Acts upon an actor of the study, from the parse of headlines and bodies: who, what, to"
        f" whom. Thicker arrows stand for more verbs. {MARKS[0].upper()}{MARKS[1:]}. {drawn}."
        f" {_shared_acts(triples)} Verbs that merely give speech"
        f" ({', '.join(sorted(speech.SAYING))}) count here too."
    )


def _shared_acts(triples: pd.DataFrame) -> str:
    """How acts with two agents are drawn and how the title counts them."""
    touching = triples[triples["patient"] != ""]
    repeats = touching[touching.duplicated(["sentence_id", "verb_start", "patient"])]
    acts = len(touching) - len(repeats)
    shared = f" (“{'”, “'.join(repeats['verb'].unique())}”)" if len(repeats) else ""
    return (
        f"An act with two agents has its verb on two arrows{shared}; the title counts it once for"
        f" each actor acted upon: {counted(len(touching), 'verb')} in all, but"
        f" {counted(acts, 'act')}."
    )


def roles_headline(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """All actors more often acted upon than acting, and where, as the title of a figure."""
    if not shares["n"].sum():
        return "No act of an actor of the study was found"
    counts = shares.set_index(["actor", "outlet", "role"])["n"]
    told: dict[str, list[str]] = {}
    for actor in dict.fromkeys(shares["actor"]):
        for outlet, name in outlets.items():
            acts, suffers = (int(counts[actor, outlet, role]) for role in ("agent", "patient"))
            if suffers > acts:
                told.setdefault(actors[actor], []).append(f"{name} {suffers} to {acts}")
    if not told:
        return "No actor is acted upon more often than it acts"
    if sum(map(len, told.values())) > MOST_PLACES:
        most = [
            f"{actor} ({len(where)} of {len(outlets)} outlets)" for actor, where in told.items()
        ]
    else:
        most = [f"{actor} ({', '.join(where)})" for actor, where in told.items()]
    return f"More often acted upon than acting: {listed(most)}"


def roles_caption(shares: pd.DataFrame) -> str:
    """What the figure of roles shows: what, how many, which interval."""
    totals = shares.drop_duplicates(["outlet", "role"]).groupby("role")["n_all"].sum()
    return (
        "Share of each actor in the acts of all actors (right) and in all acts upon actors (left),"
        f" by outlet; numbers are acts ({totals.get('agent', 0)} with an agent,"
        f" {totals.get('patient', 0)} with a patient). The title compares these numbers, not the"
        f" lengths of the bars, which are shares of two different totals. {SPEECH}. Lines are"
        " nominal 95% bootstrap intervals over sentences, not drawn below"
        f" {FEW} sentences; with so few sentences they are too narrow."
    )


def alt(what: str, title: str) -> str:
    """A figure in words, for readers who cannot see it."""
    return f"{what}. {title}. All rows with their sentences are in the CSV file."
