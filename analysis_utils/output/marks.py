"""Parts that the figures share: rows of marks, their legend, and what an empty figure says."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.figures import FAINT, outlet_colours, outlet_markers

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Entries of a legend side by side.
LEGEND_COLUMNS = 4


def empty_figure(title: str) -> Figure:
    """A figure that says why there is nothing to see."""
    fig, ax = plt.subplots(figsize=(7, 1))
    ax.set_axis_off()
    ax.text(0, 0.5, textwrap.fill(title, 80), fontsize=11, fontweight="bold")
    return fig


def row_offsets(outlets: Iterable[str], reach: float = 0.36) -> dict[str, float]:
    """Where each outlet's mark stands within a row of height 1, around its middle."""
    outlets = list(outlets)
    places = np.linspace(-reach, reach, 2 * len(outlets) + 1)[1::2]
    return dict(zip(outlets, places.tolist(), strict=True))


def rule_between_rows(axis: Axes, rows: int) -> None:
    """Faint lines between the rows of a panel."""
    axis.grid(visible=False, axis="y")
    for line in range(1, rows):
        axis.axhline(line - 0.5, color="#E4E4E4", linewidth=0.8)


def outlet_handles(
    outlets: Mapping[str, str], label: Callable[[str], str] | None = None, **style
) -> list[Artist]:
    """An entry of the legend for each outlet, in its colour and with its marker.

    Parameters
    ----------
    outlets
        Names by id.
    label
        What to write for an outlet's id, if not its name.
    style
        Of the line, as matplotlib's ``Line2D`` takes it.
    """
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    return [
        Line2D(
            [], [], color=colours[outlet], marker=markers[outlet],
            label=label(outlet) if label else name, **style,
        )
        for outlet, name in outlets.items()
    ]  # fmt: skip


def too_few_handle(unit: str = "sentences") -> Artist:
    """The entry of the legend for hollow marks: too few units for an interval."""
    handle = Line2D([], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="")
    handle.set_label(f"fewer than {FEW} {unit}: no interval")
    return handle


def legend_above(fig: Figure, handles: list[Artist], columns: int = LEGEND_COLUMNS) -> None:
    """Put the legend at the head of a figure."""
    fig.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        fontsize=8,
    )
