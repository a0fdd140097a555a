"""Figures of a term contrast: what differs how much, and the sentences behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import FAINT, INK, Figure, house_style, outlet_colours
from analysis_utils.output.marks import dots_with_intervals
from analysis_utils.themes.term_contrast import words
from analysis_utils.themes.term_contrast.evidence_page import plot_evidence
from analysis_utils.themes.term_contrast.tables import MIN_SENTENCES, leading_terms

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

_AXIS_LABEL = (
    "log-odds difference (natural logarithm; 0 = no difference, 0.7 = twice the odds)\n"
    "filled mark: the interval excludes 0 (uncorrected; a sign of spread over sentences, no test)"
)


#: The row between the two sides; no term is empty.
_GAP = ""


def contrast(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """The terms that set the outlets apart; see :func:`plot_contrast`."""
    title = words.headline(tables.leading, corpus.outlets)
    return Figure(
        name="term_contrast",
        picture=plot_contrast(tables.contrast, corpus.outlets, title=title),
        data=tables.contrast,
        title=title,
        caption=words.caption(tables.contrast),
        alt=alt_text("Dots with intervals.", words.answer(tables, corpus).removesuffix(".")),
    )


def evidence(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """The leading terms in their sentences; see
    :func:`~analysis_utils.themes.term_contrast.evidence_page.plot_evidence`."""
    title = words.evidence_headline(tables.leading)
    return Figure(
        name="term_evidence",
        picture=plot_evidence(tables.contrast, tables.lines, corpus.outlets, title=title),
        data=tables.lines,
        title=title,
        caption=words.evidence_caption(),
        alt=alt_text(
            "Sentences lined up on the terms.", words.answer(tables, corpus).removesuffix(".")
        ),
    )


#: The theme's figures by name.
FIGURES = {"contrast": contrast, "evidence": evidence}


def plot_contrast(
    contrast: pd.DataFrame,
    outlets: Mapping[str, str],
    n: int | None = None,
    *,
    title: str = "",
    min_sentences: int = MIN_SENTENCES,
    by: str = "outlet",
    ax: Axes | None = None,
) -> Picture:
    """Dots and intervals of the terms that set the outlets apart.

    Two outlets share one panel, one to the left and one to the right of zero; of
    more, each gets a panel against all others together.  Filled marks have an
    interval on one side of zero, hollow ones reach to zero or beyond.  The counts
    stand at the right edge.

    Parameters
    ----------
    contrast
        As :func:`~analysis_utils.themes.term_contrast.tables.contrast_terms` gives it.
    outlets
        Names of the outlets by id, in the order of the study.
    n, min_sentences, by
        As for :func:`~analysis_utils.themes.term_contrast.tables.leading_terms`.
    title
        The finding, in a sentence.
    ax
        What to draw on, if the contrast is of two outlets; a figure of its own by default.

    Raises
    ------
    ValueError
        If an outlet of the contrast has no name, or axes are given for more than two outlets.
    """
    if unnamed := sorted(set(contrast[by]) - set(outlets)):
        raise ValueError(f"outlets without a name: {', '.join(map(str, unnamed))}")
    rows = leading_terms(contrast, n, min_sentences, by)
    rows = rows.assign(outlet=rows[by], hollow=~(rows["low"] > 0))
    here = [outlet for outlet in outlets if outlet in set(contrast[by])]
    house_style()
    if len(here) == 2:
        fig = _two_sided(rows, here, outlets, ax)
    elif ax is None:
        fig = _panels(rows, here, outlets)
    else:
        raise ValueError("more than two outlets need more than one panel: leave out ax")
    if title:
        _write_title(fig, title)
    return fig


def _two_sided(
    rows: pd.DataFrame, here: list[str], outlets: Mapping[str, str], ax: Axes | None
) -> Picture:
    """Both outlets against each other: the first to the left of zero."""
    sides = [rows.loc[rows["outlet"] == outlet, "term"] for outlet in here]
    labels = [*sides[0], _GAP, *sides[1]]
    if ax is None:
        _, ax = plt.subplots(figsize=(8, 1.6 + 0.26 * len(labels)), layout="constrained")
    on_left = rows["outlet"] == here[0]
    _draw_rows(ax, _mirrored(rows, on_left), labels, outlets)
    first, second = (rows["count"].where(side, rows["count_rest"]) for side in (on_left, ~on_left))
    _draw_counts(ax, rows["term"], first, second, labels)
    reach = 1.04 * max(map(abs, ax.get_xlim()))
    ax.set_xlim(-reach, reach)
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    ax.set_xlabel(_AXIS_LABEL)
    for outlet, side in zip(here, ("left", "right"), strict=True):
        more = f"← more in {outlets[outlet]}" if side == "left" else f"more in {outlets[outlet]} →"
        _name_side(ax, outlet, textwrap.fill(more, 34), outlets, side)
    heading = textwrap.fill(" : ".join(outlets[outlet] for outlet in here), 20)
    _head(ax, 1.02, f"count\n{heading}", ha="left", color=FAINT, size=8)
    return cast("Picture", ax.get_figure(root=True))


def _panels(rows: pd.DataFrame, here: list[str], outlets: Mapping[str, str]) -> Picture:
    """A panel an outlet, on one scale."""
    columns = 2 if len(here) == 4 else 3
    height = 1.2 + 0.24 * rows["outlet"].value_counts().max() if len(rows) else 1.44
    height += 0.5 * columns / len(here)  # for the label under all panels
    grid = sns.FacetGrid(
        rows,
        col="outlet",
        col_order=here,
        col_wrap=columns,
        height=height,
        aspect=3.6 / height,
        sharey=False,
    )
    grid.set_titles("")
    grid.figure.set_layout_engine("constrained")
    for outlet, ax in grid.axes_dict.items():
        own = rows[rows["outlet"] == outlet]
        labels = own["term"].tolist()
        _draw_rows(ax, own, labels, outlets)
        _draw_counts(ax, own["term"], own["count"], own["count_rest"], labels)
        ax.tick_params(labelbottom=True)
        # From the right edge, so that long names spread over the room of the terms.
        _name_side(ax, outlet, textwrap.fill(f"more in {outlets[outlet]} →", 26), outlets, "right")
        _head(ax, 1.03, "count :\nall others", ha="left", color=FAINT, size=7.5)
    grid.figure.supxlabel(_AXIS_LABEL, size=9)
    return grid.figure


def _mirrored(rows: pd.DataFrame, on_left: pd.Series) -> pd.DataFrame:
    """The rows with the sign of some turned."""
    ends = rows[["low", "high"]].mul(1 - 2 * on_left, axis=0)
    delta = rows["delta"].mask(on_left, -rows["delta"])
    return rows.assign(delta=delta, low=ends.min(axis=1), high=ends.max(axis=1))


def _draw_rows(ax: Axes, rows: pd.DataFrame, labels: list[str], outlets: Mapping[str, str]) -> None:
    """A mark and an interval a term, from top to bottom, and a line at zero."""
    names = {label: label for label in labels}
    dots_with_intervals(
        ax, rows, "delta", "term", names, outlets, hollow=rows["hollow"], size=6.5, reach=0
    )
    ax.axvline(0, color=FAINT, lw=1, zorder=0)
    ax.tick_params(axis="y", length=0)
    if rows.empty:
        ax.text(0.5, 0.5, "no term sets it apart", transform=ax.transAxes, ha="center")


def _draw_counts(
    ax: Axes, terms: pd.Series, first: pd.Series, second: pd.Series, labels: list[str]
) -> None:
    """The counts behind each row, at its right edge."""
    for term, one, two in zip(terms, first, second, strict=True):
        place = labels.index(term)
        count = f"{one} : {two}"
        ax.text(1.02, place, count, transform=ax.get_yaxis_transform(), va="center", size=8.5)


def _name_side(ax: Axes, outlet: str, text: str, outlets: Mapping[str, str], side: str) -> None:
    """An outlet's name in its colour, above one end of the rows."""
    colour = outlet_colours(outlets)[outlet]
    _head(ax, float(side == "right"), text, ha=side, color=colour, weight="bold")


def _head(ax: Axes, x: float, text: str, **style: Any) -> None:
    """Text above the rows, ``x`` being a share of the axis."""
    ax.annotate(
        text, (x, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
        va="bottom", annotation_clip=False, **style,
    )  # fmt: skip


def _write_title(fig: Picture, title: str) -> None:
    """A title over the whole width, from the left edge."""
    lines = textwrap.fill(title, int(fig.get_figwidth() * 11.5))
    fig.suptitle(lines, x=0.01, ha="left", size=11, weight="bold", color=INK)
