"""Rows of a CSV file, read strictly: no row swallows another one without a word.

A quotation mark that is never closed makes one text of all that follows up to the next
mark, and most readers of CSV say nothing.  So marks stand around whole cells only, and,
unless they stand around every cell, none holds a line that is itself a whole row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

#: What parts the cells of tables that programs write, the most common first.
SEPARATORS = (",", ";", "\t", "|")

#: The line above the headings by which Excel is told what parts the cells.
_DECLARED = re.compile(r'"?sep=([^\w\s"]|\t)"?[ \t,;|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


class CsvFault(ValueError):
    """A row that cannot be read for sure: its number, its first line, problem and mend."""

    def __init__(self, row: int, line: int, problem: str, mend: str):
        super().__init__(f"row {row} (line {line} of the file): {problem} {mend}")
        self.row, self.line, self.problem, self.mend = row, line, problem, mend


class CsvRow(NamedTuple):
    """The cells of a row, its number as a spreadsheet counts and its first line in the file."""

    number: int
    line: int
    cells: list[str]


def declared_separator(text: str) -> str | None:
    """What the first line ``sep=;`` of a table says that parts its cells; None without it.

    >>> declared_separator("sep=;\\na;b")
    ';'
    """
    declared = _DECLARED.match(text)
    return declared[1] if declared else None


def first_row(text: str, separator: str) -> list[str]:
    """The cells of the first row as far as they can be told; none of an empty text."""
    return next(_reader(without_declared(text), separator, spaced=True), [])


def without_declared(text: str) -> str:
    """A table without a first line ``sep=;``."""
    declared = _DECLARED.match(text)
    return text[declared.end() :] if declared else text


def read_csv(text: str, separator: str = ",", spaced: bool = False) -> Iterator[CsvRow]:
    """All rows of a CSV text, empty ones too; a first line ``sep=;`` is none, as in Excel.

    Parameters
    ----------
    text
        The table.
    separator
        What parts its cells.
    spaced
        Whether spaces may stand between a separator and a cell, and are none of it.

    Raises
    ------
    CsvFault
        At a quotation mark that is not closed or stands inside a text alone, and at
        a cell that holds what looks like further rows.
    """
    skipped = 1 if _DECLARED.match(text) else 0
    text = without_declared(text)
    reader = _reader(text, separator, strict=True, spaced=spaced)
    # Where marks stand around every cell, a row that is swallowed brings some of its own.
    all_marked = text.startswith('"')
    number, line, width = 0, 1 + skipped, 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise CsvFault(number, line, _problem(error), _MEND) from error
        if cells is None:
            return
        width = width or len(cells)
        inner = "" if all_marked else _swallowed(cells, separator, width)
        if inner:
            raise CsvFault(number, line, f"one cell holds the row {inner[:60]!r} too.", _SWALLOWED)
        yield CsvRow(number, line, cells)
        line = reader.line_num + 1 + skipped


_MEND = (
    "Close each text that a quotation mark opens, write marks inside such a text twice, and save"
    " the table again as CSV."
)
_SWALLOWED = (
    "Close the quotation mark that opens the cell. If the line belongs to the text, write spaces"
    " around its separators."
)


def _problem(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "a quotation mark opens a text and is never closed."
    if "expected after" in str(error):
        return "a quotation mark stands inside a text, or one before it is not closed."
    return f"this is no valid CSV ({error})."


def _reader(text: str, separator: str, strict: bool = False, spaced: bool = False):
    # An article is longer than csv allows for; the limit holds for all readers, so it only grows.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=spaced
    )


def _swallowed(cells: list[str], separator: str, width: int) -> str:
    """The first line inside a cell that is a whole row by itself, or empty."""
    inside = (line for cell in cells for line in re.split(r"\r\n|\r|\n", cell)[1:])
    return next((line for line in inside if _is_row(line, separator, width)), "")


def _is_row(line: str, separator: str, width: int) -> bool:
    """Whether a line has as many cells as the table, set without spaces as no prose is.

    Nor is a number's comma a separator ("1,000 people").
    """
    if width < 2 or line.count(separator) < width - 1:
        return False
    cells: list[str] = next(_reader(line, separator), [])
    sign = re.escape(separator)
    tight = not re.search(rf"{sign}\s|\d{sign}\d", line)
    return tight and len(cells) == width and bool(cells[0]) and any(cells[1:])
