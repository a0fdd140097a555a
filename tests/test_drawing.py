"""The parts that figures share: rows, legends and empty figures."""

from itertools import pairwise

import matplotlib
import matplotlib.pyplot as plt
import pytest

from analysis_utils.output import marks
from analysis_utils.output.figures import outlet_colours, outlet_markers

matplotlib.use("Agg")

OUTLETS = {"n": "Northern Post", "s": "Southern Mail", "w": "Western Star"}


@pytest.mark.parametrize("number", [1, 2, 6])
def test_offsets_spread_evenly_around_the_middle_of_a_row(number):
    offsets = list(marks.row_offsets(map(str, range(number))).values())
    assert sum(offsets) == pytest.approx(0)
    assert all(-0.36 < offset < 0.36 for offset in offsets)
    gaps = {round(later - earlier, 9) for earlier, later in pairwise(offsets)}
    assert len(gaps) <= 1 and all(gap > 0 for gap in gaps)


def test_each_outlet_has_its_colour_marker_and_name_in_the_legend():
    handles = marks.outlet_handles(OUTLETS)
    assert [handle.get_label() for handle in handles] == list(OUTLETS.values())
    assert [handle.get_color() for handle in handles] == list(outlet_colours(OUTLETS).values())
    assert [handle.get_marker() for handle in handles] == list(outlet_markers(OUTLETS).values())
    counted = marks.outlet_handles(OUTLETS, label=lambda outlet: f"{outlet}: 3", linestyle="")
    assert counted[0].get_label() == "n: 3" and counted[0].get_linestyle() == "None"


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
