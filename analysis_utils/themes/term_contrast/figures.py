"""The figure of a term contrast: the first terms of each outlet by log-odds and by TF-IDF."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.style import FAINT, outlet_colours, outlet_markers
from analysis_utils.themes.term_contrast import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: The measures side by side, by their column: what stands above them, and which terms they name.
MEASURES = {
    "z": ("log-odds (z)", "by_log_odds"),
    "tfidf_difference": ("TF-IDF", "by_tfidf"),
}

#: More outlets than this do not fit on a page: those with the highest z are shown.
MOST_OUTLETS = 10

#: A row of the figure, and what stands above and below all rows, in inches.
_ROW, _FRAME = 0.155, 0.75


def contrast(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """The terms that set the outlets apart; see :func:`plot_contrast`."""
    title = words.headline(tables.leading, corpus.outlets)
    return Figure(
        name="term_contrast",
        draw=partial(plot_contrast, tables.leading, corpus.outlets),
        data=tables.leading,
        title=title,
        caption=words.caption(tables, len(corpus.outlets) > MOST_OUTLETS),
        alt=alt_text("A dot a term, by two measures.", title),
    )


#: The theme's figures by name.
FIGURES = {"contrast": contrast}


def plot_contrast(
    leading: pd.DataFrame, outlets: Mapping[str, str], *, width: float, by: str = "outlet"
) -> Picture:
    """A row a term, below the name of its outlet; the measures side by side.

    A dot is filled where the measure itself puts the term among the outlet's first, hollow where
    only the other one does.

    Parameters
    ----------
    leading
        As :func:`~analysis_utils.themes.term_contrast.tables.leading_by_both` gives it.
    outlets
        Names of the outlets by id, in the order of the study.
    width
        In inches.
    by
        Column of the outlets.

    Raises
    ------
    ValueError
        If an outlet has no name.
    """
    import matplotlib.pyplot as plt

    if unnamed := sorted(set(leading[by]) - set(outlets)):
        raise ValueError(f"outlets without a name: {', '.join(map(str, unnamed))}")
    highest = leading.groupby(by, sort=False)["z"].max().nlargest(MOST_OUTLETS).index
    shown = leading[leading[by].isin(highest)]
    labels = _rows(shown, outlets, by)
    size = (width, _FRAME + _ROW * max(len(labels), 3))
    fig, panels = plt.subplots(1, 2, figsize=size, sharey=True)
    for ax, measure in zip(panels, MEASURES, strict=True):
        _draw_measure(ax, shown, measure, labels, outlets, by)
    first, colours = panels[0], outlet_colours(outlets)
    first.set_yticks(
        range(len(labels)), [_short(label, int(14 + 1.8 * width)) for _, label in labels]
    )
    first.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    _draw_counts(panels[1], shown, labels)
    for (outlet, _), text in zip(labels, first.get_yticklabels(), strict=True):
        text.set_size(7)
        if outlet in outlets:
            text.set(color=colours[outlet], weight="bold")
    return fig


def _draw_counts(ax: Axes, shown: pd.DataFrame, labels: list[tuple[str, str]]) -> None:
    """The counts behind each row, at its right edge: here, and in all other outlets."""
    counts = shown.set_index("term")
    ax.annotate(
        "here :\nelsewhere", (1.02, 1), xycoords="axes fraction", xytext=(0, 3),
        textcoords="offset points", size=7, color=FAINT, annotation_clip=False,
    )  # fmt: skip
    for place, (outlet, term) in enumerate(labels):
        if not outlet:
            row = counts.loc[term]
            text, where = f"{row['count']} : {row['count_rest']}", ax.get_yaxis_transform()
            ax.text(1.02, place, text, transform=where, va="center", size=7)


def _rows(shown: pd.DataFrame, outlets: Mapping[str, str], by: str) -> list[tuple[str, str]]:
    """The rows from top to bottom: an outlet with its name, then its terms with no outlet."""
    rows = []
    for outlet, name in outlets.items():
        terms = shown.loc[shown[by] == outlet, "term"]
        if len(terms):
            rows += [(outlet, name), *(("", term) for term in terms)]
    return rows


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _draw_measure(
    ax: Axes,
    shown: pd.DataFrame,
    measure: str,
    labels: list[tuple[str, str]],
    outlets: Mapping[str, str],
    by: str,
) -> None:
    """One measure: its dots, from zero on."""
    import seaborn as sns

    title, named = MEASURES[measure]
    places = [place for place, (outlet, _) in enumerate(labels) if not outlet]
    order = {outlet: place for place, outlet in enumerate(outlets)}
    dots = shown.iloc[shown[by].map(order).argsort(kind="stable")].assign(place=places)
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for is_named, rows in dots.groupby(named):
        for outlet, own in rows.groupby(by):
            colour = colours[outlet]
            face = colour if is_named else "white"
            sns.scatterplot(
                own, x=measure, y="place", marker=markers[outlet], color=face, edgecolor=colour,
                linewidth=1, s=22, ax=ax, legend=False, zorder=3,
            )  # fmt: skip
    ax.hlines(dots["place"], 0, dots[measure], color="#D5D5D5", linewidth=1, zorder=1)
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
    ax.set(xlabel="", ylabel="")
    ax.set_title(title, size=8)
    ax.grid(visible=False, axis="y")
    ax.tick_params(labelsize=7, length=0)
    ax.locator_params(axis="x", nbins=4)
    for place, (outlet, _) in enumerate(labels):
        if outlet and place:
            ax.axhline(place - 0.5, color="#BBBBBB", linewidth=0.8)
