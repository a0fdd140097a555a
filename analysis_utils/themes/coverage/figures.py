"""The figures of coverage: who tells how much alone, and where shared statements stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis_utils.output import english
from analysis_utils.output.figures import FAINT, INK, house_style, outlet_colours, outlet_markers
from analysis_utils.schemas import article_of
from analysis_utils.themes.coverage.tables import TOLD

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: How each kind of ``TOLD`` is filled: the fuller, the more tell it.
_FILLS = {
    "all": {"alpha": 1.0, "hatch": ""},
    "some": {"alpha": 0.55, "hatch": ""},
    "possibly": {"alpha": 0.0, "hatch": "////"},
    "one": {"alpha": 0.0, "hatch": ""},
}

#: With more articles in all, sentences and lines hide one another: their places are summed up.
MOST_ARTICLES = 12

#: Parts of an article, of like length, in that summary.
_FIFTHS = ("first fifth", "second", "third", "fourth", "last fifth")

#: Longer names of outlets are broken over two lines.
_LONG_NAME = 14


def plot_shares(counts: pd.DataFrame, outlets: Mapping[str, str], title: str = "") -> Figure:
    """Bars of each outlet's sentences, by how many outlets tell them.

    Parameters
    ----------
    counts
        As :func:`~analysis_utils.themes.coverage.tables.count_tellings` gives it.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    """
    house_style()
    colours = outlet_colours(outlets)
    names = _names(counts, outlets)
    fig, ax = plt.subplots(figsize=(8, 1.3 + 0.5 * len(names)), layout="constrained")
    for place, outlet in enumerate(names):
        left = 0.0
        rows = counts[counts["outlet"] == outlet].set_index("told")
        for told in TOLD:
            share, number = rows.loc[told, "share"], int(rows.loc[told, "n"])
            _bar(ax, place, left, share, colours[outlet], told)
            if number:
                _number(ax, place, left + share / 2, number)
            left += share
    ax.set_yticks(range(len(names)), list(names.values()))
    ax.set(xlim=(0, 1), title=title, xlabel="share of the sentences of the body")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    occurring = [told for told in TOLD if counts.loc[counts["told"] == told, "n"].sum()]
    fig.legend(
        handles=[_patch(FAINT, told) for told in occurring], loc="outside lower left", ncols=4
    )
    return fig


def _names(counts: pd.DataFrame, outlets: Mapping[str, str]) -> dict[str, str]:
    present = set(counts["outlet"])
    return {outlet: name for outlet, name in outlets.items() if outlet in present}


def _bar(ax: Axes, place: int, left: float, share: float, colour: str, told: str) -> None:
    fill = _FILLS[told]
    face = (*plt.matplotlib.colors.to_rgb(colour), fill["alpha"])
    ax.barh(
        place, share, left=left, height=0.62, facecolor=face, edgecolor=colour,
        hatch=fill["hatch"], linewidth=1,
    )  # fmt: skip


def _number(ax: Axes, place: int, middle: float, number: int) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    ax.text(middle, place, number, ha="center", va="center", fontsize=8, color=INK, bbox=box)


def _patch(colour: str, told: str) -> Patch:
    fill = _FILLS[told]
    face = (*plt.matplotlib.colors.to_rgb(colour), fill["alpha"])
    return Patch(facecolor=face, edgecolor=colour, hatch=fill["hatch"], label=TOLD[told])


def shares_title(counts: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """Whose sentences stand alone, as the title of :func:`plot_shares`."""
    alone = counts[counts["told"] == "one"].set_index("outlet")
    total = counts.groupby("outlet")["n"].sum()
    if len(outlets) == 2:
        parts = [
            f"{alone.loc[outlet, 'n']} of {total[outlet]} sentences of {name}"
            for outlet, name in outlets.items()
        ]
        return f"No counterpart found: {parts[0]}, {parts[1].replace(' sentences', '')}"
    percent = (100 * alone["share"]).round().astype(int)
    most = [name for outlet, name in outlets.items() if percent[outlet] == percent.max()]
    if percent.max() == percent.min():
        return f"Each outlet tells {percent.max()}% of its sentences alone"
    verb, whose = ("tells", "its") if len(most) == 1 else ("tell", "their")
    return f"{english.listed(most)} {verb} most alone: {percent.max()}% of {whose} sentences"


def plot_places(
    told: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str], title: str = ""
) -> Figure:
    """Where in each article the shared statements stand: a column an outlet, first on top.

    A mark is a sentence of the body; for each statement a line joins the first
    sentences that make it in two outlets.  With two outlets, possible counterparts
    are joined by broken lines; with more there would be too many to read.  Above
    ``MOST_ARTICLES`` articles a bar for each fifth of the articles stands instead.

    Parameters
    ----------
    told
        As :func:`~analysis_utils.themes.coverage.tables` gives them.
    pairs
        As :func:`~analysis_utils.themes.coverage.tables.align_corpus` gives them.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    """
    house_style()
    body = told[told["part"] == "body"]
    if is_summed_up(told):
        return _plot_fifths(count_fifths(told), outlets, title)
    columns = {outlet: place for place, outlet in enumerate(outlets)}
    longest = int(body.groupby("outlet").size().max()) if len(body) else 0
    height = min(max(2.6, 0.17 * longest), 10.0)
    width = max(6.0, 1.7 * len(outlets))
    fig, ax = plt.subplots(figsize=(width, height + 0.8), layout="constrained")
    for rows in _links(body, pairs, outlets):
        ax.plot(rows["x"], rows["y"], linestyle=rows["style"], color=FAINT, linewidth=1.1, zorder=1)
    _draw_sentences(ax, body, outlets, columns)
    names = [_broken(name) for name in outlets.values()]
    ax.set_xticks(range(len(outlets)), names)
    ax.set_xlim(-0.5, len(outlets) - 0.5)
    ax.set_ylim(1.04, -0.04)
    ax.set_yticks([0, 0.5, 1], ["first\nsentence", "middle", "last"])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    fig.legend(handles=_place_legend(len(outlets)), loc="outside lower left", ncols=3)
    return fig


def is_summed_up(told: pd.DataFrame) -> bool:
    """Whether :func:`plot_places` shows fifths of articles in place of sentences."""
    body = told.loc[told["part"] == "body", "sentence_id"]
    return body.map(article_of).nunique() > MOST_ARTICLES


def count_fifths(told: pd.DataFrame) -> pd.DataFrame:
    """Sentences of the body by fifth of their article and by how many outlets tell them.

    Parameters
    ----------
    told
        As :func:`~analysis_utils.themes.coverage.tables` gives them.

    Returns
    -------
    One row an outlet and fifth that has sentences: ``outlet``, ``fifth`` (0 first to 4
    last) and the number of sentences of each kind of ``TOLD``.
    """
    body = told[told["part"] == "body"]
    fifth = (body["place"] * len(_FIFTHS)).astype(int).clip(upper=len(_FIFTHS) - 1)
    counts = pd.crosstab([body["outlet"], fifth.rename("fifth")], body["told"])
    return counts.reindex(columns=list(TOLD), fill_value=0).reset_index()


def _plot_fifths(counts: pd.DataFrame, outlets: Mapping[str, str], title: str) -> Figure:
    """A panel an outlet, a bar a fifth, by how many outlets tell its sentences."""
    colours = outlet_colours(outlets)
    width = max(6.0, 1.7 * len(outlets))
    fig, axes = plt.subplots(
        1, len(outlets), figsize=(width, 3.4), sharey=True, squeeze=False, layout="constrained"
    )
    for ax, (outlet, name) in zip(axes[0], outlets.items(), strict=True):
        for row in counts[counts["outlet"] == outlet].to_dict("records"):
            total = sum(row[told] for told in TOLD)
            left = 0.0
            for told in TOLD:
                _bar(ax, row["fifth"], left, row[told] / total, colours[outlet], told)
                left += row[told] / total
        ax.set_title(_broken(name), loc="center", fontsize=9)
        ax.set(xlim=(0, 1), xticks=[0, 0.5, 1])
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="y", visible=False)
    axes[0, 0].set_yticks(range(len(_FIFTHS)), _FIFTHS)
    axes[0, 0].set_ylim(len(_FIFTHS) - 0.5, -0.5)
    fig.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    occurring = [told for told in TOLD if counts[told].sum()]
    fig.legend(
        handles=[_patch(FAINT, told) for told in occurring], loc="outside lower left", ncols=4
    )
    return fig


def _links(body: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]) -> list[dict]:
    """Lines to draw: statements through the outlets that tell them, from where each tells it
    first, then possible pairs."""
    columns = {outlet: place for place, outlet in enumerate(outlets)}
    lines = []
    for _, group in body.groupby("statement"):
        first = group["place"].groupby(group["outlet"].map(columns)).min()
        lines += [
            {"x": [one, two], "y": [first[one], first[two]], "style": "-"}
            for one, two in pairwise(first.index)
        ]
    if len(outlets) == 2:
        place = body.set_index("sentence_id")["place"]
        outlet = body.set_index("sentence_id")["outlet"].map(columns)
        for pair in pairs[pairs["link"] == "possible"].itertuples():
            if pair.sentence_id in place and pair.other_id in place:
                ids = [pair.sentence_id, pair.other_id]
                lines.append({"x": list(outlet[ids]), "y": list(place[ids]), "style": "--"})
    return lines


def _draw_sentences(
    ax: Axes, body: pd.DataFrame, outlets: Mapping[str, str], columns: Mapping[str, int]
) -> None:
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    numbered = body["sentence_id"].map(article_of).nunique() <= len(outlets)
    for row in body.itertuples():
        shared = row.told in ("all", "some")
        colour = colours[row.outlet]
        ax.plot(
            columns[row.outlet],
            row.place,
            marker=markers[row.outlet] if row.told != "one" else "_",
            markersize=6.5 if row.told != "one" else 8,
            color=colour,
            markerfacecolor=colour if shared else "white",
            zorder=3,
        )
        if numbered:
            left = columns[row.outlet] == 0
            ax.annotate(
                row.sentence_id.rpartition(":")[2],
                (columns[row.outlet], row.place),
                (-8 if left else 8, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                va="center",
                fontsize=7,
                color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
                zorder=2,
            )


def _place_legend(outlets: int) -> list[Line2D]:
    marks = [
        Line2D([], [], color=FAINT, marker="o", linestyle="", label="has a counterpart"),
        Line2D(
            [], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="",
            label="may have one",
        ),
        Line2D([], [], color=FAINT, marker="_", markersize=8, linestyle="", label="stands alone"),
        Line2D([], [], color=FAINT, label="the same statement"),
    ]  # fmt: skip
    if outlets == 2:
        marks.append(Line2D([], [], color=FAINT, linestyle="--", label="possibly the same"))
    return marks


def _broken(name: str) -> str:
    """A long name over two lines."""
    if len(name) <= _LONG_NAME or " " not in name:
        return name
    middle = len(name) / 2
    space = min(
        (at for at, letter in enumerate(name) if letter == " "), key=lambda at: abs(at - middle)
    )
    return f"{name[:space]}\n{name[space + 1 :]}"


def places_title(told: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many statements are shared, and in which order, as the title of :func:`plot_places`."""
    body = told[told["part"] == "body"]
    tellers = body.groupby("statement")["outlet"].nunique()
    shared = tellers[tellers > 1].index
    if len(shared) == 0:
        return "No statement was found in two outlets"
    if is_summed_up(told):
        return _fifths_title(count_fifths(told))
    counted = english.counted(len(shared), "statement")
    if len(outlets) > 2:
        most = int(tellers.max())
        by_most = int((tellers == most).sum())
        who = "all" if most == len(outlets) else most
        return f"{counted} of the body told by two outlets or more, {by_most} of them by {who}"
    if body["sentence_id"].map(article_of).nunique() > len(outlets):
        return f"{counted} surely found in both outlets"
    if len(shared) == 1:
        return "1 statement was found in both articles"
    order = body[body["statement"].isin(shared)].groupby(["statement", "outlet"])["place"].min()
    # In the order of the first outlet, the second's places never fall if the orders agree.
    second = order.unstack().sort_values(list(outlets))[list(outlets)[1]].to_numpy()
    same = "in the same" if (second[1:] >= second[:-1]).all() else "in another"
    return f"{counted} surely found in both bodies, {same} order"


def _fifths_title(counts: pd.DataFrame) -> str:
    of_fifth = counts.groupby("fifth")[list(TOLD)].sum()
    shared = 100 * (of_fifth["all"] + of_fifth["some"]) / of_fifth.sum(axis=1)
    return (
        f"Told by others too: {shared.iloc[0]:.0f}% of the first fifth of the articles,"
        f" {shared.iloc[-1]:.0f}% of the last"
    )


def shares_caption(counts: pd.DataFrame) -> str:
    """The caption of :func:`plot_shares`."""
    total = int(counts["n"].sum())
    return (
        f"Sentences of the body by how many outlets tell them; the figures are numbers of"
        f" sentences ({total:,} in all). Solid: a counterpart in all (paler: in some) other"
        " outlets, be it in one statement or in several; hatched: a similar sentence that may be"
        " one and must be read; white: nothing near. Headlines and standfirsts left out. No"
        " intervals: these are the sentences there are, and the errors are those of the"
        " alignment."
    )


def places_caption(told: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The caption of :func:`plot_places`."""
    body = told[told["part"] == "body"]
    if is_summed_up(told):
        articles = body["sentence_id"].map(article_of).nunique()
        return (
            f"{english.counted(len(body), 'sentence')} of the body by the fifth of their article in"
            f" which they stand. With {articles} articles (more than {MOST_ARTICLES}) single"
            " sentences and the lines between them could not be told apart, so shares are shown:"
            " solid, a counterpart in all (paler: in some) other outlets; hatched: one that may"
            " be one; white: nothing near."
        )
    broken = (
        " Broken lines: pairs that may be the same and must be read."
        if len(outlets) == 2
        else " Pairs that may be the same are not joined."
    )
    shared = body[body.groupby("statement")["outlet"].transform("nunique") > 1]
    if shared.duplicated(["statement", "outlet"]).any():
        broken = f" Of several such sentences of one outlet, the first is joined.{broken}"
    return (
        f"Every mark is one of {english.counted(len(body), 'sentence')} of the body, by its place"
        " in its article; lines join sentences that make the same statement, from one column to"
        f" the next that has it.{broken}"
    )


def places_alt(told: pd.DataFrame, title: str) -> str:
    """:func:`plot_places` in words, for readers who cannot see it."""
    what = "Sentences of each article from first to last, shared statements joined by lines."
    if is_summed_up(told):
        what = "Bars of each fifth of the articles by how many outlets tell its sentences."
    return alt(title, what)


def alt(title: str, what: str) -> str:
    """A figure in words, for readers who cannot see it."""
    return f"{what} {title}. All numbers are in the CSV file."
