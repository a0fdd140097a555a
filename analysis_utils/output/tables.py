"""Short tables for a write-up: the same cells in LaTeX, Markdown and Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output import cells
from analysis_utils.output.snippets import latex_text

if TYPE_CHECKING:
    from docx.document import Document

#: What stands for a missing value.
MISSING = "–"

#: Letters up to which a column of texts is no wider than its words.
_NARROW = 20

#: Letters that a column of a Word table is given at least and at most room for, and centimetres
#: of the page that all share.
_ROOM = (6, 60)
_PAGE = 16.5


def as_read(table: pd.DataFrame) -> pd.DataFrame:
    """The table as texts: numbers that are not whole with two decimals, a dash for none."""
    return table.astype(object).map(_cell).rename(columns=lambda name: cells.visible(str(name)))


def _cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return MISSING
    if isinstance(value, float):
        return f"{round(value, 2) + 0:.2f}"  # adding 0 leaves no minus zero
    return cells.visible(str(value))


def latex_table(table: pd.DataFrame, name: str, caption: str) -> str:
    """A table for a page or a column of LaTeX, which needs ``booktabs`` and ``tabularx``.

    Parameters
    ----------
    table
        What to show, as it is to be read: names rather than ids.
    name
        What the label says after ``tab:``.
    caption
        What is shown, n, the method, the interval.
    """
    read = as_read(table)
    lines = [read.columns, *read.itertuples(index=False)]
    head, *body = [" & ".join(map(latex_text, line)) + r" \\" for line in lines]
    columns = "".join(_latex_column(table[column], read[column]) for column in table)
    return "\n".join(
        [
            r"% \usepackage{booktabs,tabularx}",
            r"\begin{table}[t]",
            rf"  \caption{{{latex_text(caption)}}}",
            rf"  \label{{tab:{name}}}",
            r"  \footnotesize",
            rf"  \begin{{tabularx}}{{\linewidth}}{{@{{}}{columns}@{{}}}}",
            *(f"    {line}" for line in (r"\toprule", head, r"\midrule", *body, r"\bottomrule")),
            r"  \end{tabularx}",
            r"\end{table}",
            "",
        ]
    )


def _latex_column(values: pd.Series, read: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(values):
        return "r"
    return "l" if _longest(read) <= _NARROW else r">{\raggedright\arraybackslash}X"


def _longest(read: pd.Series) -> int:
    """Letters of the longest cell or heading."""
    return max(len(str(read.name)), int(read.str.len().max()) if len(read) else 0)


def add_table(document: Document, table: pd.DataFrame) -> None:
    """Add a table to a Word document; its heading comes again on every page.

    Parameters
    ----------
    document
        Of python-docx.
    table
        What to show, as it is to be read: names rather than ids.
    """
    from docx.shared import Cm

    read = as_read(table)
    grid = document.add_table(rows=0, cols=len(read.columns), style="Table Grid")
    letters = [min(max(_longest(read[column]), _ROOM[0]), _ROOM[1]) for column in read]
    for values in (read.columns, *read.itertuples(index=False)):
        row = grid.add_row()
        _set_property(row, "w:cantSplit")
        for cell, value, room in zip(row.cells, values, letters, strict=True):
            cell.text = value
            cell.width = Cm(_PAGE * room / sum(letters))
    _set_property(grid.rows[0], "w:tblHeader")
    for cell in grid.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _set_property(row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
