"""Tables as CSV and XLSX that are safe to open in a spreadsheet, and reading them back.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so
that a sentence of an article could run something on a coder's machine (formula injection;
the characters are those of OWASP, ASVS 5.0, 1.2.10).  In CSV such a text gets an
apostrophe before it, in XLSX it is stored as text.  Reading restores every text exactly.
Numbers are written as numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis_utils.files.archives import undated
from analysis_utils.files.csv_tables import (
    SEPARATORS,
    CsvFault,
    declared_separator,
    first_row,
    read_csv,
)
from analysis_utils.files.normal_text import normal_text
from analysis_utils.files.writing import write_whole
from analysis_utils.files.xlsx_tables import (
    KEEP_THE_TABLE,
    NumberedRow,
    SheetError,
    escape_xml,
    filled,
    read_xlsx,
)
from analysis_utils.files.xlsx_tables import unescape_xml as unescape_xml  # the way back

if TYPE_CHECKING:
    import pandas as pd

#: Formats that can be written and read.
FORMATS = ("csv", "xlsx")

#: Bytes of the largest sheet: a hundred times what a thousand articles to code take.
LARGEST_SHEET = 100_000_000

#: The most characters that a cell of a spreadsheet holds.
MOST_CHARACTERS = 32_767

#: Where a program that expects another separator might see a cell begin.
_CELL_START = r"(?<![^,;\t\r\n])"

#: What a text needs an apostrophe before: a formula, also after spaces and quotation marks,
#: and an apostrophe of its own, so that one can be taken away again without loss.
_BEFORE_UNSAFE = r"(?=[\s\0\"']*[=+\-@＝＋－＠]|['\0\t\r\n])"
_UNSAFE = re.compile(_CELL_START + _BEFORE_UNSAFE)
_GUARD = re.compile(_CELL_START + "'" + _BEFORE_UNSAFE)

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

_WIDTHS = {"text": 60, "context": 80, "question": 60, "meaning": 60, "remark": 30, "unit_id": 18}
_COLUMN_WIDTH = 14


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whichever separator it cuts cells at.

    >>> guard("=1+1"), guard("Plain words, -5 degrees")
    ("'=1+1", "Plain words,' -5 degrees")
    """
    return _UNSAFE.sub("'", text)


def unguard(text: str) -> str:
    """The text that :func:`guard` was given; an apostrophe that guards nothing stays.

    >>> unguard("'=1+1"), unguard("'Safe' is the mayor's word")
    ('=1+1', "'Safe' is the mayor's word")
    """
    return _GUARD.sub("", text)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a byte order mark, so that Excel reads its letters.

    Every cell is in quotation marks, texts and headings are guarded, numbers are plain and missing
    values empty.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guard(str(name)) for name in table.columns])
    for row in _rows(table):
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV, see :func:`csv_bytes`."""
    write_whole(path, csv_bytes(table))


def write_xlsx(
    path: Path, sheets: Mapping[str, pd.DataFrame], choices: Mapping[str, str] | None = None
) -> None:
    """Write tables as the sheets of an XLSX file, see :func:`xlsx_bytes`.

    Raises
    ------
    SheetError
        If a text is longer than a cell holds; the error names the file.
    """
    write_whole(path, xlsx_bytes(sheets, choices, str(path)))


def xlsx_bytes(
    sheets: Mapping[str, pd.DataFrame],
    choices: Mapping[str, str] | None = None,
    called: str = "table",
) -> bytes:
    """Tables as the sheets of an XLSX file with fixed headings and wrapped text.

    The same tables give the same bytes.

    Parameters
    ----------
    sheets
        Tables by the name of their sheet.
    choices
        For columns of the first sheet, the range of cells that lists what they may hold, such
        as ``codebook!$C$2:$C$4``.
    called
        What an error calls the file.

    Raises
    ------
    SheetError
        If a text is longer than a cell holds.
    """
    from openpyxl import Workbook  # heavy: only where a sheet is written

    book = Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        _fill(book.create_sheet(name), table, called)
    _offer_choices(book.worksheets[0], next(iter(sheets.values())), choices or {})
    buffer = io.BytesIO()
    book.save(buffer)
    return undated(buffer.getvalue())


def read_rows(path: Path, heading: str) -> tuple[list[str], Iterator[tuple[int, list]]]:
    """The rows of a CSV or XLSX file under its headings, as another program may have saved it.

    Reads UTF-8 and UTF-16 with or without a byte order mark, other encodings as Windows-1252;
    commas, semicolons, tabs and upright strokes, or what a first line ``sep=`` tells; lines above
    the headings; of an XLSX file the first sheet with the heading.

    Parameters
    ----------
    path
        The file.
    heading
        A column that the table has; its row is that of the headings.

    Returns
    -------
    The headings, and the number (as a spreadsheet counts, from 1) and cells of each row below
    that is not empty.  Cells are texts, of XLSX also numbers and truth values; empty is "".

    Raises
    ------
    SheetError
        If the file cannot be read for sure or has no such column.
    """
    try:
        if path.stat().st_size > LARGEST_SHEET:
            raise SheetError(f"{path}: the file is too large for a sheet. {KEEP_THE_TABLE}")
        is_xlsx = path.suffix.lower() == ".xlsx"
        for rows in read_xlsx(path) if is_xlsx else _csv_tables(path, heading):
            for place, (_, cells) in enumerate(rows):
                if heading in map(_plain, cells):
                    names = [_plain(cell) for cell in cells]
                    _check_table(path, names, rows[place + 1 :])
                    return names, (_as_long(row, names) for row in rows[place + 1 :])
    except OSError as error:
        raise SheetError(f"{path}: it cannot be read ({error.strerror}).") from error
    raise SheetError(
        f"{path}: there is no column {heading}. Give a sheet that `framing coding-sheet` wrote,"
        " with its first row."
    )


def _check_table(path: Path, names: Sequence[str], rows: Sequence[NumberedRow]) -> None:
    """A fault if a cell under the headings could be lost: two headings alike, or none above it."""
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise SheetError(
            f"{path}: two columns have the heading {twice}. Rename one, or delete it if it is"
            " empty."
        )
    for number, row in rows:
        bare = [place for place, filled in enumerate(filled(row)) if filled]
        wrong = [place for place in bare if place >= len(names) or not names[place]]
        if wrong:
            raise SheetError(
                f"{path}, row {number}: the cell {_cell_name(number, wrong[0])}"
                f" ({str(row[wrong[0]])[:40]!r}) stands under no heading. Delete it, or put the"
                " texts of the row under their headings."
            )


def _cell_name(number: int, place: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(place + 1)}{number}"


def _as_long(row: NumberedRow, names: Sequence[str]) -> NumberedRow:
    """A row with a cell under each heading: programs leave out those that are empty."""
    number, cells = row
    return number, [*cells[: len(names)], *[""] * (len(names) - len(cells))]


def _rows(table: pd.DataFrame) -> Iterator[list]:
    """The cells of each row as plain Python values; None where a value is missing."""
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False, name=None):
        yield [cell.item() if hasattr(cell, "item") else cell for cell in row]


def _fill(sheet, table: pd.DataFrame, called: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    top = Alignment(vertical="top", wrap_text=True)
    for column, name in enumerate(table.columns, start=1):
        cell = sheet.cell(1, column)
        _set_text(cell, str(name), called)
        cell.font, cell.alignment = Font(bold=True), top
        cell.fill = PatternFill("solid", fgColor="DDDDDD")
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(name, _COLUMN_WIDTH)
    for number, row in enumerate(_rows(table), start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.alignment = top
            if isinstance(value, str):
                _set_text(cell, value, called)
            else:
                cell.value = value
    sheet.freeze_panes = "B2"


def _set_text(cell, text: str, called: str) -> None:
    """A text that stays one, also after somebody has edited the cell."""
    escaped = escape_xml(text)
    if len(escaped) > MOST_CHARACTERS:
        raise SheetError(
            f"{called}, row {cell.row}: the text has {len(escaped):,} characters, and a cell holds"
            f" {MOST_CHARACTERS:,}. Use the format csv."
        )
    cell.value = escaped
    cell.data_type = "s"
    if guard(text) != text:
        cell.quotePrefix = True


def _offer_choices(sheet, table: pd.DataFrame, choices: Mapping[str, str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, cells in choices.items():
        letter = get_column_letter(table.columns.get_loc(column) + 1)
        rule = DataValidation(type="list", formula1=cells, allow_blank=True, showErrorMessage=True)
        rule.errorTitle = column[:32]
        rule.error = "Choose one of the values in the list, or leave the cell empty."
        rule.add(f"{letter}2:{letter}{len(table) + 1}")
        sheet.add_data_validation(rule)


def _plain(cell: Any) -> str:
    """A heading in small letters, without spaces around it."""
    return normal_text(str(cell)).strip().casefold()


def _csv_tables(path: Path, heading: str) -> Iterator[list[NumberedRow]]:
    """The rows by the separator that the line of the headings shows."""
    text = _decoded(path.read_bytes())
    separator = _separator(text, heading)
    if separator is None:
        return
    try:
        rows = [
            (row.number, [unguard(cell) for cell in row.cells]) for row in read_csv(text, separator)
        ]
    except CsvFault as fault:
        raise SheetError(f"{path}, {fault}") from fault
    yield [(number, cells) for number, cells in rows if any(filled(cells))]


def _separator(text: str, heading: str) -> str | None:
    """The separator by which a line has the heading as a cell; None if none does."""
    lines = [line for line in re.split("[\r\n]+", text) if heading in line.casefold()]
    declared = declared_separator(text)
    for separator in [declared] if declared else SEPARATORS:
        if any(heading in map(_plain, first_row(line, separator)) for line in lines):
            return separator
    return None


def _decoded(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # What Excel's plain "CSV" writes in western countries; changed letters show in the text.
        return content.decode("cp1252", "replace")
