"""Reading the sheets of an XLSX file: only the cells that it has, within a budget.

A small file can unfold to more than the memory holds, or name a cell in the far corner of a
sheet, which has seventeen thousand million.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis_utils.files.budget import READING_SECONDS, OverBudget, within

#: Bytes to which the parts of an XLSX file may unfold, and from which they are read within a
#: limit of time: a small file can unfold to more than the memory holds.
_LARGEST_UNFOLDED, _SUSPICIOUS = 500_000_000, 5_000_000

#: The rows that a spreadsheet has.
_MOST_ROWS = 1_048_576

#: A row or cell of six digits or more: all rows above it are gone through, filled or not.
_FAR_ROW = re.compile(rb"""r=["'][A-Z]*\d{6,}["']""")

#: Characters that XML cannot hold or would change, and texts that look like their stand-ins.
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})")
_STAND_IN = re.compile("_x([0-9A-Fa-f]{4})_")

#: What the parsers of archives and of XML raise over a damaged file, besides their own errors.
#: A SyntaxError is that of the XML, a RuntimeError that of an archive with a password.
_DAMAGED = (
    *(SyntaxError, EOFError, zlib.error, RuntimeError),
    *(AttributeError, LookupError, TypeError, ValueError),
)

#: A row of a sheet that is not empty: its number and its cells.
NumberedRow = tuple[int, list]

KEEP_THE_TABLE = (
    "Copy the table alone, headings and codes, into a new file and save that under this name."
)


class SheetError(ValueError):
    """A sheet that cannot be written or read; the message says all, with the mend."""


def escape_xml(text: str) -> str:
    """Characters that XML cannot hold as OOXML writes them: ``_x0001_``."""
    return _NO_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape_xml(text: str) -> str:
    """The text that :func:`escape_xml` was given."""
    return _STAND_IN.sub(lambda match: chr(int(match[1], 16)), text)


def read_xlsx(path: Path) -> list[list[NumberedRow]]:
    """The rows of each sheet, within a limit of time where they are many."""
    if not _is_suspicious(path):
        return _read_here(path)
    try:
        return within(READING_SECONDS, _read_here, path)
    except OverBudget as error:
        raise SheetError(f"{path}: {error} to read. {KEEP_THE_TABLE}") from error


def _is_suspicious(path: Path) -> bool:
    """Whether an XLSX file may take long: by the bytes that its parts say they unfold to, or
    by the rows that they name."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > _LARGEST_UNFOLDED:
                raise SheetError(f"{path}: the file unfolds to too many bytes. {KEEP_THE_TABLE}")
            return size > _SUSPICIOUS or any(
                _FAR_ROW.search(archive.read(name)) for name in archive.namelist()
            )
    except SheetError:
        raise
    except (BadZipFile, *_DAMAGED) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> SheetError:
    return SheetError(
        f"{path}: this is no valid XLSX file, or it is damaged or locked with a password. Save"
        " it again as XLSX without a password."
    )


def _read_here(path: Path) -> list[list[NumberedRow]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Of a formula that a coder typed, its value; and of a sheet only the cells that it has,
        # as one stray cell in its far corner would make a thousand million.
        book = load_workbook(path, data_only=True, read_only=True)
        try:
            return [_sheet_rows(path, sheet) for sheet in book.worksheets]
        finally:
            book.close()
    except SheetError:
        raise
    except (BadZipFile, InvalidFileException, *_DAMAGED) as error:
        raise _damaged(path) from error


def _sheet_rows(path: Path, sheet) -> list[NumberedRow]:
    """The rows of a sheet that are not empty, without the empty cells at their ends."""
    sheet.reset_dimensions()  # programs write wrong ones
    rows = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _MOST_ROWS:
            raise SheetError(f"{path}: the sheet {sheet.title} has too many rows. {KEEP_THE_TABLE}")
        if row.count(None) == len(row):
            continue  # at once, as a cell far below has a million such rows above it
        cells = [_restored(cell) for cell in row]
        last = max((place for place, each in enumerate(filled(cells)) if each), default=-1)
        if last >= 0:
            rows.append((number, cells[: last + 1]))
    return rows


def _restored(cell: Any) -> Any:
    if cell is None:
        return ""
    return unescape_xml(cell) if isinstance(cell, str) else cell


def filled(row: Sequence) -> list[bool]:
    """For each cell of a row whether there is anything in it."""
    return [cell is not None and str(cell).strip() != "" for cell in row]
