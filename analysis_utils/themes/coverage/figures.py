"""The figure of coverage: what each outlet tells, and where; what one leaves out on top."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.marks import empty_figure
from analysis_utils.output.style import FAINT, INK
from analysis_utils.themes.coverage import words
from analysis_utils.themes.coverage.statements import HOW

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: The colour of each way of ``HOW``: the darker, the more prominent.
_COLOURS = {
    "lead": "#1F4E79",
    "body": "#7FA8CC",
    "voiced": "#CFE0EE",
    "possibly": "#FFFFFF",
    "not": "#FFFFFF",
}

#: With more outlets than these, a column of a page has no room for all.
MOST_OUTLETS = 15

#: What is written into a cell, where there is room.
_WRITTEN = {
    "lead": "lead",
    "body": "body",
    "voiced": "voiced",
    "possibly": "possible",
    "not": "–",
}

#: Widths in inches: of a letter of a label, of a cell that a word fits in, of the narrowest.
_LETTER, _ROOMY, _NARROWEST = 0.062, 0.5, 0.13

#: Letters of a name that stands upright, and inches that rows and names may take.
_LONGEST_NAME, _HIGHEST = 28, 8.7

#: Heights in inches: of a line of a label, of the room around it, of a line of names above.
_LINE, _AROUND, _NAME = 0.115, 0.055, 0.13


def statements(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """How each outlet tells each statement; see :func:`plot_statements`."""
    title = words.title(tables)
    return Figure(
        name="coverage_statements",
        draw=partial(plot_statements, tables.statements, corpus.outlets),
        data=tables.statements,
        title=title,
        caption=words.caption(tables, len(corpus.outlets) > MOST_OUTLETS),
        alt=alt_text("A grid of statements by outlets, darker where told more prominently.", title),
    )


#: The theme's figures by name.
FIGURES = {"statements": statements}


def plot_statements(table: pd.DataFrame, outlets: Mapping[str, str], *, width: float) -> Picture:
    """A row a statement, a column an outlet, darker where it is told more prominently.

    Parameters
    ----------
    table
        As :func:`~analysis_utils.themes.coverage.statements.statement_matrix` gives it.
    outlets
        Names by id, in the order of the study.
    width
        In inches.
    """
    import matplotlib.pyplot as plt
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    if table.empty:
        return empty_figure("No statement was found in two outlets, nor in one alone.", width)
    for_labels = 0.52 if len(outlets) < 6 else 0.4
    outlets = _shown(table, outlets, int(width * (1 - for_labels) / _NARROWEST))
    ways = table.pivot(index="statement", columns="outlet", values="how")[list(outlets)]
    roomy = width * (1 - for_labels) / len(outlets) >= _ROOMY
    names, upright = _names(outlets, width * (1 - for_labels) / len(outlets))
    longest = max(len(line) for name in names for line in name.split("\n"))
    above = _LETTER * longest + 0.7 if upright else 3 * _NAME
    above += 0.5 * (not roomy and not upright)
    labels = _labels(table, int(for_labels * width / _LETTER), _HIGHEST - above)
    row = _LINE * max(label.count("\n") + 1 for label in labels) + _AROUND
    fig, ax = plt.subplots(figsize=(width, row * len(labels) + above))
    sns.heatmap(
        ways.map(list(HOW).index), cmap=ListedColormap(list(_COLOURS.values())), vmin=0,
        vmax=len(HOW) - 1, annot=ways.map(_WRITTEN.get) if roomy else None, fmt="", cbar=False,
        annot_kws={"size": 7}, linewidths=1, linecolor="#E4E4E4", ax=ax,
    )  # fmt: skip
    _hatch(ax, ways)
    ax.axhline((table.drop_duplicates("statement")["kind"] == "omission").sum(), color=INK, lw=1.2)
    ax.set(xlabel="", ylabel="")
    ax.set_yticks([n + 0.5 for n in range(len(labels))], labels, size=7, rotation=0)
    ax.set_xticks([n + 0.5 for n in range(len(names))], names, size=7, rotation=90 * upright)
    ax.xaxis.tick_top()
    if not roomy:
        _add_legend(fig, ways)
    return fig


def _shown(table: pd.DataFrame, outlets: Mapping[str, str], most: int) -> dict[str, str]:
    """As many outlets as there is room for: those that tell most of the statements."""
    told = table[~table["how"].isin(["not", "possibly"])]["outlet"].value_counts()
    kept = sorted(outlets, key=lambda outlet: -told.get(outlet, 0))[:most]
    return {outlet: name for outlet, name in outlets.items() if outlet in kept}


def _labels(table: pd.DataFrame, letters: int, height: float) -> list[str]:
    """The labels in lines, as many as there is room for."""
    shown = table.drop_duplicates("statement")["label"]
    lines = int((height / len(shown) - _AROUND) / _LINE)
    return [
        textwrap.fill(words.quoted(label), letters, max_lines=max(lines, 1), placeholder=" …”")
        for label in shown
    ]


def _names(outlets: Mapping[str, str], cell: float) -> tuple[list[str], bool]:
    """The names above cells of a width, and whether they have to stand upright."""
    letters = int(cell / _LETTER) - 1
    if all(len(word) <= letters for name in outlets.values() for word in name.split()):
        lines = [textwrap.wrap(name, letters) for name in outlets.values()]
        if max(map(len, lines)) <= 2:
            return ["\n".join(line) for line in lines], False
    return [
        textwrap.shorten(name, _LONGEST_NAME, placeholder=" …") for name in outlets.values()
    ], True


def _hatch(ax: Axes, ways: pd.DataFrame) -> None:
    """Possible statements are hatched, beside those that are sure."""
    from matplotlib.patches import Rectangle

    for row, told in enumerate(ways.itertuples(index=False)):
        for column, how in enumerate(told):
            if how == "possibly":
                ax.add_patch(
                    Rectangle(
                        (column, row), 1, 1, fill=False, hatch="////", edgecolor="#C9D6E2",
                        linewidth=0, zorder=1.5,
                    )
                )  # fmt: skip


def _add_legend(fig: Picture, ways: pd.DataFrame) -> None:
    """What the colours mean, where no word fits into a cell."""
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=colour, edgecolor=FAINT, label=HOW[how],
            hatch="////" if how == "possibly" else None, linewidth=0.5,
        )
        for how, colour in _COLOURS.items()
        if (ways == how).any(axis=None)
    ]  # fmt: skip
    columns = 2 if fig.get_figwidth() < 5 else 3
    fig.legend(handles=handles, loc="outside lower left", ncols=columns, fontsize=7)
