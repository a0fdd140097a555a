"""The figure of coverage: what it draws, and that it can be read at both widths."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from print_figures import print_faults

from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.figures import FIGURES
from analysis_utils.themes.coverage.statements import HOW

LABEL = "the minister has promised to look into the matter at once"


def made(n_outlets, n_statements):
    """A figure of some statements, of which every second is left out by somebody."""
    outlets = {f"o{n}": f"The {n}th Evening Post" for n in range(n_outlets)}
    ways = list(HOW)
    rows = [
        (row, "omission" if row < n_statements / 2 else "shared", LABEL, outlet, ways[way], "")
        for row in range(n_statements)
        for way, outlet in zip([0, 4, 1, 2, 3] * n_outlets, outlets, strict=False)
    ]
    columns = ["statement", "kind", "label", "outlet", "how", "sentence_id"]
    omissions = pd.DataFrame({"text": [LABEL]})
    tables = SimpleNamespace(statements=pd.DataFrame(rows, columns=columns), omissions=omissions)
    return FIGURES["statements"](tables, SimpleNamespace(outlets=outlets))


@pytest.mark.parametrize(("n_outlets", "n_statements"), [(2, 20), (5, 20), (30, 20), (3, 1)])
def test_it_prints_at_both_widths(n_outlets, n_statements):
    assert print_faults(made(n_outlets, n_statements)) == []


def test_cells_say_how_each_outlet_tells_a_statement():
    picture = made(2, 4).picture()
    (ax,) = picture.axes
    assert {text.get_text() for text in ax.texts} == {"lead", "–"}
    first = next(iter(ax.get_xticklabels()))
    assert first.get_text() == "The 0th Evening Post"
    plt.close(picture)


def test_the_default_study_prints_with_what_is_left_out_on_top(corpus):
    tables = theme_tables(coverage, corpus)
    kinds = tables.statements.drop_duplicates("statement")["kind"].tolist()
    assert kinds == sorted(kinds)  # omissions, then what is shared
    assert print_faults(FIGURES["statements"](tables, corpus)) == []


def test_nothing_told_gives_a_figure_that_says_so():
    figure = made(2, 0)
    assert "No statement" in figure.picture().texts[0].get_text()
