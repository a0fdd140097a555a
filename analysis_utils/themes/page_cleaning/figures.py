"""The figure of cleaning: where on each page the article is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import Figure
from analysis_utils.output.style import FAINT
from analysis_utils.themes.page_cleaning import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Colour and hatch of each group of lines, see ``tables.GROUPS``.
FILLS = {
    "the article": ("#333333", ""),
    "about the article": ("#999999", ""),
    "repeats the article": ("#FFFFFF", "\\\\\\\\"),
    "other articles": ("#D8CBE6", "...."),
    "the site": ("#EEEEEE", ""),
}

#: More pages than this are not drawn.
MOST_PAGES = 30

#: Inches: for each page, and for axis and legend.
_PAGE, _AROUND = 0.24, 1.2

#: Letters of a page's name on an inch of the figure's width.
_LETTERS = 5


def page_map(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Each page from its first word to its last; see :func:`plot_page_map`."""
    labels = words.page_labels(corpus)
    title = words.page_map_headline(tables.shares)
    shown = dict(list(labels.items())[:MOST_PAGES])
    return Figure(
        name="page_map",
        draw=partial(plot_page_map, tables.segments, shown),
        data=tables.segments,
        title=title,
        caption=words.page_map_caption(len(shown), len(labels)),
        alt=alt_text("One bar a page.", words.shares_finding(tables.shares, labels).rstrip(".")),
    )


#: The theme's figures by name.
FIGURES = {"page_map": page_map}


def plot_page_map(segments: pd.DataFrame, labels: Mapping[str, str], width: float) -> Picture:
    """Each page as one bar from its first word to its last; what is not article is pale.

    Parameters
    ----------
    segments
        As :func:`~analysis_utils.themes.page_cleaning.tables.map_segments` gives them.
    labels
        What to call each page that is drawn, by article id.
    width
        Of the figure, in inches.
    """
    import matplotlib.pyplot as plt
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    fig, ax = plt.subplots(figsize=(width, _AROUND + _PAGE * len(labels)))
    for row, page in enumerate(labels):
        _draw_page(ax, row, segments[segments["article_id"] == page])
    names = [
        textwrap.shorten(name, int(_LETTERS * width), placeholder="…") for name in labels.values()
    ]
    ax.set_yticks(range(len(labels)), names)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.set(xlabel="words from the top of the page")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    legend = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=FAINT, linewidth=0.4, label=group)
        for group, (colour, hatch) in FILLS.items()
    ]
    fig.legend(handles=legend, loc="outside lower left", ncols=max(int(width) // 2, 2))
    return fig


def _draw_page(ax: Axes, row: int, stretches: pd.DataFrame) -> None:
    """A bar of stretches in their order.  By hand: seaborn stacks groups, each of them once."""
    ends = stretches["words"].cumsum()
    for stretch, end in zip(stretches.itertuples(), ends, strict=True):
        colour, hatch = FILLS[stretch.group]
        ax.barh(
            row, stretch.words, left=end - stretch.words, height=0.62,
            color=colour, hatch=hatch, edgecolor=FAINT, linewidth=0.4,
        )  # fmt: skip
