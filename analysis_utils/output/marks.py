"""Parts that figures share: places in a row, the legend, and what an empty figure says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.style import FAINT

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Letters of 8 points side by side on an inch, and letters that a legend's sign takes the room of.
_LETTERS_AN_INCH, _SIGN = 16, 7

#: How far from the middle of its row a mark may stand; rows are 1 high.
REACH = 0.36


def empty_figure(reason: str, width: float) -> Figure:
    """A figure that says why there is nothing to see.

    Parameters
    ----------
    reason
        What to say.
    width
        Of the figure, in inches.
    """
    import matplotlib.pyplot as plt

    fig = plt.figure(figsize=(width, 0.6), layout="none")
    fig.text(0.02, 0.5, textwrap.fill(reason, int(12 * width)), color=FAINT, va="center")
    return fig


def row_offsets(outlets: Iterable[str], reach: float = REACH) -> dict[str, float]:
    """Where each outlet's mark stands within a row of height 1, around its middle."""
    outlets = list(outlets)
    step = 2 * reach / max(len(outlets), 1)
    return {outlet: (place + 0.5) * step - reach for place, outlet in enumerate(outlets)}


def rule_between_rows(axis: Axes, rows: int) -> None:
    """Faint lines between the rows of a panel."""
    axis.grid(visible=False, axis="y")
    for line in range(1, rows):
        axis.axhline(line - 0.5, color="#E4E4E4", linewidth=0.8)


def too_few_handle(unit: str = "sentences") -> Artist:
    """The entry of the legend for hollow marks: too few units for an interval."""
    from matplotlib.lines import Line2D

    handle = Line2D([], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="")
    handle.set_label(f"fewer than {FEW} {unit}: no interval")
    return handle


def legend_above(fig: Figure, handles: list[Artist]) -> None:
    """Put the legend at the head of a figure with constrained layout, which makes room for it.

    Parameters
    ----------
    fig
        The figure.
    handles
        Entries of the legend; as many stand side by side as there is room for.
    """
    longest = max((len(str(handle.get_label())) for handle in handles), default=1)
    room = int(fig.get_figwidth() * _LETTERS_AN_INCH / (longest + _SIGN))
    columns = max(min(room, len(handles)), 1)
    fig.legend(handles=handles, loc="outside upper left", ncols=columns)
