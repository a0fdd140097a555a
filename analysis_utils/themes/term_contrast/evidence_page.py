"""The leading terms with the sentences they stand in, as one page to print.

A page of text, lined up by the width of its letters, and drawn letter by letter: seaborn draws
data on axes, and has no function that would fit.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
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

# In points, 72 an inch, because the texts have to fit.
_WIDTH = 760
_MARGIN = 10.0
_COUNTS_AT = 126
_LEFT_AT = 170
_KEYWORD_AT = 415
_RIGHT_UNTIL = 678
_LINE = 16
_TERM_GAP = 5
_HEADING = 30
_TITLE_LINE = 17.0
_SIZE = 9
_SPACE = 3.5
_TEXT: dict[str, Any] = {"size": _SIZE, "color": INK}


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
        As :func:`~analysis_utils.themes.term_contrast.concordance.evidence` gives it for these
        terms, with whole sentences.
    outlets
        Names of the outlets by id, in the order of the study.
    n, min_sentences, by
        As for :func:`~analysis_utils.themes.term_contrast.tables.leading_terms`.
    lines
        Sentences a term, at most.
    title
        The finding, in a sentence.
    """
    house_style()
    leading = leading_terms(contrast, n, min_sentences, by)
    rows = leading.merge(_distinct_lines(evidence, by, lines), on=["term", by])
    blocks = {outlet: block for outlet in outlets if not (block := rows[rows[by] == outlet]).empty}
    heading = textwrap.wrap(title, 95)
    height = 2 * _MARGIN + _TITLE_LINE * len(heading) + sum(map(_block_height, blocks.values()))
    fig, ax = _page(height)
    y = height - _MARGIN
    for line in heading:
        y -= _TITLE_LINE
        _write(ax, _MARGIN, y + 4, line, size=11, weight="bold")
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for outlet, block in blocks.items():
        _draw_block(ax, y, block, outlets[outlet], (colours[outlet], markers[outlet]))
        y -= _block_height(block)
    return fig


def _distinct_lines(evidence: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """One occurrence a term and passage, the first; of a sentence rather than its repetition."""
    repeats = (evidence["sentence_id"] != evidence["passage_id"]).sort_values(kind="stable")
    distinct = evidence.loc[repeats.index].drop_duplicates(["term", "passage_id"]).sort_index()
    return distinct.groupby(["term", by], sort=False).head(most)


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


def _draw_line(ax: Axes, y: float, row: Any, colour: str) -> None:
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


def _write(ax: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """A line of text as it is: a dollar sign begins no formula."""
    return ax.text(x, y, text, va="baseline", **(_TEXT | style))


def _write_after(ax: Axes, before: Text, y: float, text: str, gap: float, **style: Any) -> None:
    """A text that begins where another ends, however wide that is drawn."""
    ax.annotate(
        text, (1, y), xytext=(gap, 0), xycoords=(before, "data"), textcoords="offset points",
        va="baseline", **(_TEXT | style),
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
