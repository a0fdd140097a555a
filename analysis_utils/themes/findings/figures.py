"""The figure of the overview: how much of each outlet's text stands in quotation marks."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import FAINT, Figure, house_style, outlet_colours
from analysis_utils.output.marks import panel
from analysis_utils.themes.findings import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Stands for words inside quotation marks.
_HATCH = "////"


def text_sizes(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Each outlet's words, inside and outside quotation marks; see :func:`plot_text_sizes`."""
    title = words.text_sizes_headline(tables.sizes, corpus.outlets)
    finding = words.text_sizes_finding(tables.sizes, corpus.outlets)
    return Figure(
        name="text_sizes",
        picture=plot_text_sizes(tables.sizes, corpus.outlets, title),
        data=tables.sizes,
        title=title,
        caption=words.text_sizes_caption(),
        alt=alt_text("Bars: each outlet's words.", finding.rstrip(".")),
    )


#: The theme's figures by name.
FIGURES = {"text_sizes": text_sizes}


def plot_text_sizes(
    sizes: pd.DataFrame, outlets: Mapping[str, str], title: str = "", ax: Axes | None = None
) -> Picture:
    """Bars of each outlet's words: solid outside quotation marks, hatched inside.

    Parameters
    ----------
    sizes
        As :func:`~analysis_utils.themes.findings.tables.text_sizes` gives them.
    outlets
        Names by id; decides order and colour.
    title
        What the figure shows, as a finding.
    ax
        What to draw on; a figure of its own by default.
    """
    house_style()
    fig, ax = panel(ax, (7, 1.1 + 0.5 * len(sizes)))
    # All words hatched, and over them those outside the marks: what stays hatched is inside.
    bars = {
        "data": sizes, "y": "outlet", "hue": "outlet", "palette": outlet_colours(outlets),
        "width": 0.6, "ax": ax,
    }  # fmt: skip
    sns.barplot(x="words", fill=False, hatch=_HATCH, linewidth=1, **bars)
    sns.barplot(x="own", saturation=1, linewidth=0, **bars)
    for row, size in enumerate(sizes.itertuples()):
        share = f"{size.words} words, {size.share_quoted:.0%} in quotation marks"
        ax.annotate(share, (size.words, row), (5, 0), textcoords="offset points", va="center")
    ax.set(title=title, xlabel="words of the body", ylabel="")
    ax.set_yticks(range(len(sizes)), [outlets[outlet] for outlet in sizes["outlet"]])
    ax.set_xlim(0, max(sizes["words"].max(), 1) * 1.6)
    ax.grid(axis="y", visible=False)
    kinds = [
        Patch(facecolor=FAINT, label="outside quotation marks"),
        Patch(facecolor="white", edgecolor=FAINT, hatch=_HATCH, label="inside"),
    ]
    fig.legend(handles=kinds, loc="outside lower right", ncols=2)
    return fig
