"""The figure of cleaning: where on each page the article is."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Patch

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import FAINT, Figure, house_style
from analysis_utils.output.marks import panel
from analysis_utils.themes.page_cleaning import words
from analysis_utils.themes.page_cleaning.tables import MOST_PAGES

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


def page_map(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Each page from its first word to its last; see :func:`plot_page_map`."""
    labels = words.page_labels(corpus.articles, corpus.outlets)
    title = words.page_map_headline(tables.shares)
    finding = words.shares_finding(tables.shares, labels)
    return Figure(
        name="page_map",
        picture=plot_page_map(tables.segments, labels, title),
        data=tables.segments,
        title=title,
        caption=words.page_map_caption(),
        alt=alt_text("One bar a page.", finding.rstrip(".")),
    )


#: The theme's figures by name.
FIGURES = {"page_map": page_map}


def plot_page_map(
    segments: pd.DataFrame, labels: Mapping[str, str], title: str = "", ax: Axes | None = None
) -> Picture:
    """Each page as one bar from its first word to its last; what is not article is pale.

    Parameters
    ----------
    segments
        As :func:`~analysis_utils.themes.page_cleaning.tables.map_segments` gives them.
    labels
        What to call each page, by article id; the first ``MOST_PAGES`` are drawn.
    title
        What the figure shows, as a finding.
    ax
        What to draw on; a figure of its own by default.
    """
    house_style()
    pages = list(labels)[:MOST_PAGES]
    fig, ax = panel(ax, (7, 1.5 + 0.45 * len(pages)))
    for row, page in enumerate(pages):
        _draw_page(ax, row, segments[segments["article_id"] == page])
    ax.set_yticks(range(len(pages)), [labels[page] for page in pages])
    ax.set(title=title, xlabel="words from the top of the page")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    legend = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=FAINT, linewidth=0.4, label=group)
        for group, (colour, hatch) in FILLS.items()
    ]
    fig.legend(handles=legend, loc="outside lower center", ncols=3)
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
