"""Figures of a term contrast: what differs how much, and the sentences behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis_utils.output.figures import FAINT, INK, house_style, outlet_colours, outlet_markers
from analysis_utils.themes.term_contrast.concordance import ELLIPSIS
from analysis_utils.themes.term_contrast.tables import MIN_SENTENCES, leading_terms

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_AXIS_LABEL = (
    "log-odds difference (natural logarithm; 0 = no difference, 0.7 = twice the odds)\n"
    "filled mark: the interval excludes 0 (uncorrected; a sign of spread over sentences, no test)"
)


def plot_contrast(
    contrast: pd.DataFrame,
    outlets: Mapping[str, str],
    n: int | None = None,
    *,
    title: str = "",
    min_sentences: int = MIN_SENTENCES,
    by: str = "outlet",
) -> Figure:
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
        As for :func:`leading_terms`.
    title
        The finding, in a sentence.

    Raises
    ------
    ValueError
        If an outlet of the contrast has no name.
    """
    if unnamed := sorted(set(contrast[by]) - set(outlets)):
        raise ValueError(f"outlets without a name: {', '.join(map(str, unnamed))}")
    house_style()
    names = {outlet: name for outlet, name in outlets.items() if outlet in set(contrast[by])}
    rows = leading_terms(contrast, n, min_sentences, by)
    sides = {outlet: rows[rows[by] == outlet] for outlet in names}
    marks = _marks(outlets)
    if len(names) == 2:
        return _two_sided(sides, names, marks, title)
    return _panels(sides, names, marks, title)


def _marks(outlets: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Colour and marker of each outlet."""
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    return {outlet: (colours[outlet], markers[outlet]) for outlet in outlets}


def _two_sided(
    sides: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    marks: Mapping[str, tuple[str, str]],
    title: str,
) -> Figure:
    """Both outlets against each other: the first to the left of zero."""
    left, right = names
    n_rows = sum(map(len, sides.values())) + 1
    fig, ax = plt.subplots(figsize=(8, 1.6 + 0.26 * n_rows), layout="constrained")
    below = len(sides[left]) + 1
    for outlet, sign, first in ((left, -1, 0), (right, 1, below)):
        rows = sides[outlet]
        places = first + np.arange(len(rows))
        _draw_rows(ax, rows, places, sign, marks[outlet])
        own, rest = rows["count"].astype(str), rows["count_rest"].astype(str)
        counts = own + " : " + rest if sign < 0 else rest + " : " + own
        _draw_counts(ax, counts, places)
    terms = [*sides[left]["term"], "", *sides[right]["term"]]
    _finish_axis(ax, terms)
    reach = 1.04 * max(map(abs, ax.get_xlim()))
    ax.set_xlim(-reach, reach)
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    ax.set_xlabel(_AXIS_LABEL)
    directions = ((left, 0, "left", "← more in {}"), (right, 1, "right", "more in {} →"))
    for outlet, x, align, words in directions:
        text = textwrap.fill(words.format(names[outlet]), 34)
        _label(ax, x, text, ha=align, color=marks[outlet][0], weight="bold")
    heading = f"{names[left]} : {names[right]}"
    _label(ax, 1.02, "count\n" + textwrap.fill(heading, 20), ha="left", color=FAINT, size=8)
    _set_title(fig, title)
    return fig


def _panels(
    sides: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    marks: Mapping[str, tuple[str, str]],
    title: str,
) -> Figure:
    """A panel an outlet, on one scale."""
    n_columns = 2 if len(names) in (4,) else 3
    n_rows = -(-len(names) // n_columns)
    height = 1.2 + 0.24 * max(1, *map(len, sides.values()))
    fig, axes = plt.subplots(
        n_rows,
        n_columns,
        figsize=(3.6 * n_columns, height * n_rows + 0.5),
        layout="constrained",
        sharex=True,
        squeeze=False,
    )
    for ax, outlet in zip(axes.flat, names, strict=False):
        rows = sides[outlet]
        places = np.arange(len(rows))
        _draw_rows(ax, rows, places, 1, marks[outlet])
        _draw_counts(ax, rows["count"].astype(str) + " : " + rows["count_rest"].astype(str), places)
        _finish_axis(ax, rows["term"].tolist())
        ax.tick_params(labelbottom=True)
        text = textwrap.fill(f"more in {names[outlet]} →", 26)
        # From the right edge, so that long names spread over the room of the terms.
        _label(ax, 1, text, ha="right", color=marks[outlet][0], weight="bold")
        _label(ax, 1.03, "count :\nall others", ha="left", color=FAINT, size=7.5)
    for ax in axes.flat[len(names) :]:
        ax.set_axis_off()
    fig.supxlabel(_AXIS_LABEL, size=9)
    _set_title(fig, title)
    return fig


def _draw_rows(
    ax: Axes, rows: pd.DataFrame, places: np.ndarray, sign: int, mark: tuple[str, str]
) -> None:
    """An interval and a mark a term; hollow where the interval reaches zero."""
    colour, marker = mark
    ax.hlines(places, sign * rows["low"], sign * rows["high"], colors=colour, lw=1.8, alpha=0.75)
    for row, place in zip(rows.itertuples(), places, strict=True):
        fill = colour if row.low > 0 else "white"
        ax.plot(sign * row.delta, place, marker, ms=6.5, mec=colour, mfc=fill, mew=1.5)


def _draw_counts(ax: Axes, counts: pd.Series, places: np.ndarray) -> None:
    for text, place in zip(counts, places, strict=True):
        ax.text(1.02, place, text, transform=ax.get_yaxis_transform(), va="center", size=8.5)


def _finish_axis(ax: Axes, terms: list[str]) -> None:
    """Terms from top to bottom, a line at zero, and no lines but the rows' own."""
    ax.set_yticks(range(len(terms)), terms)
    ax.set_ylim(max(len(terms), 1) - 0.4, -0.6)
    ax.axvline(0, color=FAINT, lw=1, zorder=0)
    ax.grid(False, axis="y")
    ax.tick_params(axis="y", length=0)
    if not any(terms):
        ax.text(0.5, 0.5, "no term sets it apart", transform=ax.transAxes, ha="center")


def _label(ax: Axes, x: float, text: str, **style) -> None:
    """Text above the rows, ``x`` being a share of the axis."""
    ax.annotate(
        text, (x, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
        va="bottom", annotation_clip=False, **style,
    )  # fmt: skip


def _set_title(fig: Figure, title: str) -> None:
    """A title over the whole width, from the left edge."""
    if title:
        width = int(fig.get_figwidth() * 11.5)
        fig.suptitle(
            textwrap.fill(title, width), x=0.01, ha="left", size=11, weight="bold", color=INK
        )


# The evidence figure is laid out in points, 72 an inch, because its texts have to fit.
_WIDTH = 760
_MARGIN = 10
_COUNTS_AT = 126
_LEFT_AT = 170
_KEYWORD_AT = 415
_RIGHT_UNTIL = 678
_LINE = 16
_TERM_GAP = 5
_HEADING = 30
_TITLE_LINE = 17
_SIZE = 9
_SPACE = 3.5


def plot_evidence(
    contrast: pd.DataFrame,
    evidence: pd.DataFrame,
    outlets: Mapping[str, str],
    n: int = 5,
    *,
    lines: int = 3,
    title: str = "",
    min_sentences: int = MIN_SENTENCES,
    by: str = "outlet",
) -> Figure:
    """The leading terms of each outlet with the outlet's sentences they stand in.

    One line an occurrence, lined up on the term, which is bold and in the outlet's
    colour; long sentences are cut and marked with an ellipsis.  Of a sentence and a
    standfirst that repeats it, one is shown, and of several occurrences in one
    sentence the first.

    Parameters
    ----------
    contrast
        As :func:`~analysis_utils.themes.term_contrast.tables.contrast_terms` gives it.
    evidence
        As ``evidence`` gives it for these terms,
        with whole sentences.
    outlets
        Names of the outlets by id, in the order of the study.
    n, min_sentences, by
        As for :func:`leading_terms`.
    lines
        Sentences a term, at most.
    title
        The finding, in a sentence.
    """
    house_style()
    leading = leading_terms(contrast, n, min_sentences, by)
    repeats = (evidence["sentence_id"] != evidence["passage_id"]).sort_values(kind="stable")
    distinct = evidence.loc[repeats.index].drop_duplicates(["term", "passage_id"]).sort_index()
    shown = distinct.groupby(["term", "outlet"], sort=False).head(lines)
    blocks = {
        outlet: rows.merge(shown, left_on=["term", by], right_on=["term", "outlet"])
        for outlet in outlets
        if not (rows := leading[leading[by] == outlet]).empty
    }
    heading_lines = textwrap.wrap(title, 95)
    height = 2 * _MARGIN + _TITLE_LINE * len(heading_lines)
    height += sum(_block_height(block) for block in blocks.values())
    fig, ax = _page(height)
    y = height - _MARGIN
    for line in heading_lines:
        y -= _TITLE_LINE
        _write(ax, _MARGIN, y + 4, line, size=11, weight="bold")
    marks = _marks(outlets)
    for outlet, block in blocks.items():
        _draw_block(ax, y, block, outlets[outlet], marks[outlet])
        y -= _block_height(block)
    return fig


def _page(height: float) -> tuple[Figure, Axes]:
    """A figure whose coordinates are points from the lower left corner."""
    fig = plt.figure(figsize=(_WIDTH / 72, height / 72))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, _WIDTH), ylim=(0, height))
    ax.set_axis_off()
    return fig, ax


def _block_height(block: pd.DataFrame) -> float:
    return _HEADING + _LINE * len(block) + _TERM_GAP * block["term"].nunique()


def _draw_block(
    ax: Axes, top: float, block: pd.DataFrame, name: str, mark: tuple[str, str]
) -> None:
    """One outlet: its name, then its terms with their counts and lines."""
    colour, marker = mark
    y = top - _HEADING + 8
    ax.plot(_MARGIN + 5, y + 3.5, marker, color=colour, ms=7)
    heading = f"more in {name}"
    label = _write(ax, _MARGIN + 16, y, heading, color=colour, weight="bold", size=10)
    _write_after(ax, label, y, "count here : elsewhere", 8, color=FAINT, size=8)
    y -= 8
    for term, rows in block.groupby("term", sort=False):
        y -= _TERM_GAP
        first = rows.iloc[0]
        _write(ax, _MARGIN, y - _LINE + 4, _fit(term, _COUNTS_AT - _MARGIN - 6), weight="bold")
        _write(ax, _COUNTS_AT, y - _LINE + 4, f"{first['count']} : {first['count_rest']}")
        for row in rows.itertuples():
            y -= _LINE
            _draw_line(ax, y + 4, row, colour)


def _draw_line(ax: Axes, y: float, row, colour: str) -> None:
    """One occurrence: left context, keyword, right context, and where it stands."""
    keyword = _fit(row.keyword, 150, bold=True)
    end = _KEYWORD_AT + _text_width(keyword, bold=True)
    left = _fit(row.left.strip()[::-1], _KEYWORD_AT - _LEFT_AT - _SPACE)[::-1]
    right = _fit(row.right.rstrip(), _RIGHT_UNTIL - end - _SPACE)
    _write(ax, _KEYWORD_AT - _SPACE, y, left, ha="right")
    label = _write(ax, _KEYWORD_AT, y, keyword, color=colour, weight="bold")
    # What follows without a space, such as a comma or a possessive, stays attached.
    _write_after(ax, label, y, right.lstrip(), _SPACE if right.startswith(" ") else 0.5)
    _write(ax, _WIDTH - _MARGIN, y, row.sentence_id, color=FAINT, ha="right", size=7)


def _write(ax: Axes, x: float, y: float, text: str, **style) -> Text:
    """A line of text as it is: a dollar sign begins no formula."""
    style = {"size": _SIZE, "color": INK} | style
    return ax.text(x, y, text, va="baseline", **style)


def _write_after(ax: Axes, before: Text, y: float, text: str, gap: float, **style) -> None:
    """A text that begins where another ends, however wide that is drawn."""
    style = {"size": _SIZE, "color": INK} | style
    ax.annotate(
        text, (1, y), xytext=(gap, 0), xycoords=(before, "data"), textcoords="offset points",
        va="baseline", **style,
    )  # fmt: skip


def _fit(text: str, width: float, bold: bool = False) -> str:
    """As many words of a text as fit, with an ellipsis if not all do."""
    if _text_width(text, bold) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and _text_width(" ".join(words) + ELLIPSIS, bold) > width:
        words.pop()
    fitting = " ".join(words).rstrip(" ,;:")
    while len(fitting) > 1 and _text_width(fitting + ELLIPSIS, bold) > width:
        fitting = fitting[:-1]
    return fitting + ELLIPSIS


def _text_width(text: str, bold: bool = False) -> float:
    """Width of a text in points, as the sum of its letters' (kerning is a hair)."""
    return sum(_letter_width(letter, bold) for letter in text)


@cache
def _letter_width(letter: str, bold: bool) -> float:
    """Width of a letter between two others; alone, a space would have none."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    widths = [
        TextPath((0, 0), text, size=_SIZE, prop=font).get_extents().width
        for text in (f"n{letter}n".replace("$", "S"), "nn")
    ]
    return widths[0] - widths[1]
