"""Parts that the figures share: rows of marks, their legend, and what an empty figure says."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.style import FAINT, outlet_colours, outlet_markers

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Entries of a legend side by side.
LEGEND_COLUMNS = 4

#: Letters of 8 points side by side on an inch, and letters that a legend's sign takes the room of.
_LETTERS_AN_INCH, _SIGN = 16, 7

#: How far from the middle of its row a mark may stand; rows are 1 high.
REACH = 0.36


def empty_figure(reason: str, width: float = 6.85) -> Figure:
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


def panel(ax: Axes | None, size: tuple[float, float]) -> tuple[Figure, Axes]:
    """A panel to draw on, and its figure: the given one, else one of this size in inches."""
    import matplotlib.pyplot as plt

    if ax is not None:
        return cast("Figure", ax.get_figure(root=True)), ax
    return plt.subplots(figsize=size, layout="constrained")


def row_offsets(outlets: Iterable[str], reach: float = REACH) -> dict[str, float]:
    """Where each outlet's mark stands within a row of height 1, around its middle."""
    outlets = list(outlets)
    step = 2 * reach / max(len(outlets), 1)
    return {outlet: (place + 0.5) * step - reach for place, outlet in enumerate(outlets)}


def dots_with_intervals(
    axis: Axes,
    table: pd.DataFrame,
    value: str,
    row: str,
    rows: Mapping[str, str],
    outlets: Mapping[str, str],
    *,
    bounds: tuple[str, str] = ("low", "high"),
    hollow: pd.Series | None = None,
    size: float = 6,
    reach: float = REACH,
) -> None:
    """A row an item, from top to bottom; in it a dot an outlet, with its interval if it has one.

    Parameters
    ----------
    axis
        What is drawn on.  Its ticks name the rows afterwards; everything else is the caller's.
    table
        One row a dot, with a column ``outlet``.  Dots without a value are left out.
    value, row
        Columns: where the dot stands, and which row it stands in.
    rows, outlets
        Names by id, in their order.
    bounds
        Columns of the interval's ends; no line where one of them is missing.
    hollow
        Which dots are hollow, a truth value for each row of ``table``; none by default.
    size
        Of a dot, in points.
    reach
        How far from the middle of its row a dot may stand.  0 where a row has one dot: no lines
        part such rows.
    """
    places = {item: place for place, item in enumerate(rows)}
    shown = table.assign(hollow=False if hollow is None else hollow)
    shown = shown[shown[row].isin(places) & shown[value].notna()]
    offset = shown["outlet"].map(row_offsets(outlets, reach))
    shown = shown.assign(_place=shown[row].map(places) + offset, _dot=range(len(shown)))
    if not shown.empty:
        _draw_dots(axis, shown.reset_index(drop=True), value, bounds, outlets, size)
    axis.set(xlabel="", ylabel="")
    axis.set_yticks(range(len(rows)), list(rows.values()))
    axis.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    rule_between_rows(axis, len(rows) if reach else 0)


def _draw_dots(
    axis: Axes,
    shown: pd.DataFrame,
    value: str,
    bounds: tuple[str, str],
    outlets: Mapping[str, str],
    size: float,
) -> None:
    import seaborn.objects as so  # heavy: only where something is drawn

    low, high = bounds
    firm = shown.dropna(subset=[low, high]) if {low, high} <= set(shown.columns) else shown[:0]
    here = [outlet for outlet in outlets if outlet in set(shown["outlet"])]
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    plot = so.Plot(shown, x=value, y="_place", color="outlet", marker="outlet", fill="hollow")
    if len(firm):
        line = so.Range(linewidth=1.6)
        ends = {"orient": "y", "xmin": low, "xmax": high}
        plot = plot.add(line, data=firm, group="_dot", legend=False, **ends)  # no two joined
    ground = so.Dot(pointsize=size, color="white", fill=True)  # no line shines through
    plot = plot.add(ground, color=None, fill=None, legend=False)
    dots = so.Dot(pointsize=size, edgewidth=1.4)
    plot = plot.add(dots, legend=False).scale(
        color=so.Nominal([colours[outlet] for outlet in here], order=here),
        marker=so.Nominal([markers[outlet] for outlet in here], order=here),
        fill=so.Boolean({True: False, False: True}),
    )
    plot.on(axis).plot()
    dots_above_lines(axis)


def dots_above_lines(axis: Axes) -> None:
    """Put the dots that seaborn has drawn above its lines."""
    from matplotlib.collections import LineCollection

    for drawn in axis.collections:
        drawn.set_zorder(2 if isinstance(drawn, LineCollection) else 3)


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
    from matplotlib.lines import Line2D

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
    from matplotlib.lines import Line2D

    handle = Line2D([], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="")
    handle.set_label(f"fewer than {FEW} {unit}: no interval")
    return handle


def legend_above(fig: Figure, handles: list[Artist], columns: int = 0) -> None:
    """Put the legend at the head of a figure with constrained layout, which makes room for it.

    Parameters
    ----------
    fig
        The figure.
    handles
        Entries of the legend.
    columns
        Entries side by side; by default as many as there is room for.
    """
    longest = max((len(str(handle.get_label())) for handle in handles), default=1)
    room = int(fig.get_figwidth() * _LETTERS_AN_INCH / (longest + _SIGN))
    columns = columns or max(min(room, len(handles)), 1)
    fig.legend(handles=handles, loc="outside upper left", ncols=columns)
