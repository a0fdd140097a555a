"""The parts that figures share: rows, legends and empty figures."""

from itertools import pairwise

import matplotlib
import matplotlib.pyplot as plt
import pytest
from matplotlib.lines import Line2D

from analysis_utils.output import marks

matplotlib.use("Agg")


@pytest.mark.parametrize("number", [1, 2, 6])
def test_offsets_spread_evenly_around_the_middle_of_a_row(number):
    offsets = list(marks.row_offsets(map(str, range(number))).values())
    assert sum(offsets) == pytest.approx(0)
    assert all(-0.36 < offset < 0.36 for offset in offsets)
    gaps = {round(later - earlier, 9) for earlier, later in pairwise(offsets)}
    assert len(gaps) <= 1 and all(gap > 0 for gap in gaps)


def test_rows_are_ruled_between_and_not_around():
    fig, axis = plt.subplots()
    marks.rule_between_rows(axis, 4)
    assert [line.get_ydata()[0] for line in axis.lines] == [0.5, 1.5, 2.5]
    plt.close(fig)


def test_an_empty_figure_says_why():
    fig = marks.empty_figure("No sentence mentions an actor", 3)
    assert fig.texts[0].get_text() == "No sentence mentions an actor"
    assert fig.get_figwidth() == 3 and fig.axes == []
    plt.close(fig)


@pytest.mark.parametrize(("width", "columns"), [(6.85, 3), (3.35, 2)])
def test_a_legend_has_as_many_columns_as_there_is_room_for(width, columns):
    fig = plt.figure(figsize=(width, 1))
    marks.legend_above(fig, [Line2D([], [], label="Northern Post") for _ in range(3)])
    (legend,) = fig.legends
    assert legend._ncols == columns
    fig.draw_without_rendering()
    assert legend.get_window_extent().x1 <= fig.bbox.x1
    plt.close(fig)
