"""A table saved for a write-up: :func:`export_table` writes CSV, LaTeX, Word and plain text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.files.archives import undated
from analysis_utils.files.writing import write_whole
from analysis_utils.output import cells
from analysis_utils.output.snippets import latex_text
from analysis_utils.output.spreadsheets import write_csv

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: Kinds of file and what they are called, in the order they are listed.
KINDS = {"csv": "CSV", "tex": "LaTeX", "docx": "Word", "txt": "text"}

#: What stands for a missing value.
_MISSING = "–"


@dataclass(frozen=True)
class ExportedTable:
    """A saved table; as the last line of a notebook cell it shows itself."""

    name: str
    folder: Path
    shown: cells.Shown

    def _repr_html_(self) -> str:
        return self.shown._repr_html_()

    def __repr__(self) -> str:
        return repr(self.shown)


def export_table(
    table: pd.DataFrame, name: str, *, caption: str, text: str, study: Study
) -> ExportedTable:
    """Save a table and the text that goes with it for a write-up.

    Writes ``<name>.csv``, ``.tex`` (a ``longtable`` for the package of that name and
    ``booktabs``), ``.docx`` (a Word document) and ``.txt`` (the text) into
    ``study.tables_folder``.  Two runs on the same data write the same bytes.  In all of them
    numbers that are not whole have two decimals, and a dash stands for a missing value.

    The CSV file can be opened in a spreadsheet: a text of an article that might be taken for a
    formula has an apostrophe before it, which :func:`analysis_utils.output.spreadsheets.read_rows`
    takes away again.

    Parameters
    ----------
    table
        What to save, as it is to be read: names rather than ids.
    name
        File name without ending.
    caption
        What is shown, n, the method, the interval.
    text
        Paragraphs, cut at blank lines.
    study
        Decides the folder.

    Returns
    -------
    An object that shows the table in a notebook.

    Raises
    ------
    ValueError
        If there is no caption.
    """
    if not caption.strip():
        raise ValueError(f"table {name}: give it a caption")
    folder = study.tables_folder
    read = _as_read(table)
    write_csv(folder / f"{name}.csv", read)
    write_whole(folder / f"{name}.tex", _latex(read, name, caption).encode())
    write_whole(folder / f"{name}.docx", _word(read, caption, text))
    write_whole(folder / f"{name}.txt", (cells.visible(text).strip() + "\n").encode())
    return ExportedTable(name, folder, cells.table(table, caption))


def _as_read(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its cells as they are to be read in every format."""
    return table.astype(object).map(_cell)


def _cell(value: object) -> object:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return _MISSING
    # A decimal keeps both places and is still a number; adding 0 leaves no minus zero.
    return Decimal(f"{round(value, 2) + 0:.2f}") if isinstance(value, float) else value


def _latex(table: pd.DataFrame, name: str, caption: str) -> str:
    """The table over as many pages as it needs, columns as wide as the page allows."""
    columns = max(len(table.columns), 1)
    width = f"p{{\\dimexpr {1 / columns:.3f}\\linewidth-2\\tabcolsep}}"
    shown = table.rename(columns=_shown).map(_shown)
    return shown.to_latex(
        index=False,
        escape=True,
        longtable=True,
        caption=latex_text(caption),
        label=f"tab:{name}",
        column_format=width * columns,
    )


def _shown(cell: object) -> object:
    """A cell without characters that act, where they would still be counted as text."""
    return cells.visible(cell) if isinstance(cell, str) else cell


def _word(table: pd.DataFrame, caption: str, text: str) -> bytes:
    """A Word document with the caption, the table and the text, on a page turned sideways."""
    import docx  # heavy: only where a table is exported
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_paragraph(cells.visible(caption), style="Caption")
    if len(table.columns):
        _add_table(document, table)
    for paragraph in filter(None, text.split("\n\n")):
        document.add_paragraph(cells.visible(paragraph))
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def _add_table(document, table: pd.DataFrame) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _fill_row(grid.rows[0], table.columns)
    for row in table.itertuples(index=False):
        _fill_row(grid.add_row(), row)


def _fill_row(row, values) -> None:
    for cell, value in zip(row.cells, values, strict=True):
        cell.text = cells.visible(str(value))
