"""The rows of a table, whichever program wrote it; what it is, is told by its content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis_utils.annotation.cleaning.pages import PageError, check_size, read_page
from analysis_utils.files.budget import READING_SECONDS, OverBudget, within
from analysis_utils.files.csv_tables import (
    SEPARATORS,
    CsvFault,
    CsvRow,
    declared_separator,
    first_row,
    read_csv,
)
from analysis_utils.files.xlsx_tables import unescape_xml
from analysis_utils.own_study.page import PageFault
from analysis_utils.own_study.tables.columns import known_columns
from analysis_utils.own_study.tables.json_objects import read_json

#: What the names of tables end in, and kinds of files that are tables by their content.
TABLE_SUFFIXES = (
    *(".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xlsb", ".xls"),
    *(".ods", ".parquet"),
)
TABLE_KINDS = ("xlsx", "xls", "ods")

#: Bytes of the largest table: some ten thousand articles, more than anybody codes.
LARGEST_TABLE = 200_000_000

#: Bytes in which the headings of a table end.
_HEAD = 4096
#: The headings stand in one of so many first rows of a sheet: above them, some have a title.
_HEADING_REACH = 10
_JSON = re.compile(r'\s*(?:\[\s*[\[{]|\{\s*")')
_HTML = re.compile(r"\s*(?:<\?xml.*?\?>\s*)?<(?:!doctype html|html|table|meta|head)\b", re.I | re.S)
_SAVE_AS_UTF8 = (
    "In Excel choose File, Save as, and the type 'CSV UTF-8 (Comma delimited)'; in other programs"
    " the encoding UTF-8."
)
_EMPTY = "{}: the table is empty. Save it again with its rows."
_SAVE_AGAIN = "Open it in the program that it was made with, and save it again, without a password."


class Record(NamedTuple):
    """An article's row: where it stands in its file, and its cells by heading."""

    place: str
    cells: dict[str, Any]


class Table(NamedTuple):
    """The headings and rows of a file, and what it is in words."""

    headings: list[str]
    records: list[Record]
    kind: str


def read_table(path: Path, faults: list[str]) -> Table:
    """The rows of a file; those that cannot be read for sure go to ``faults``.

    Raises
    ------
    PageError
        If the file cannot be read, is too large or is in another encoding.
    PageFault
        If it is damaged, or a quotation mark makes it unsure where its rows end.
    """
    check_size(path, LARGEST_TABLE)
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _from_sheets(path, _apart(_sheets, path), faults)
    if head.startswith(b"PAR1"):
        records = enumerate(_apart(_parquet, path), start=1)
        return _of_records([Record(f"row {n}", cells) for n, cells in records], "a Parquet table")
    text = read_page(path, LARGEST_TABLE, _SAVE_AS_UTF8)
    if _HTML.match(text):
        return _from_sheets(path, [("", _html_rows(text))], faults)
    is_named = path.suffix.lower() in (".json", ".jsonl", ".ndjson")
    if is_named or _JSON.match(text):
        called, numbered = read_json(text, path, faults)
        return _of_records([Record(f"{called} {n}", each) for n, each in numbered], "a JSON table")
    return _csv(text, path, faults)


def is_table(path: Path) -> bool:
    """Whether a file of any name is a table: its first line has headings for text and outlet."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    line = head.decode("utf-16" if is_wide else "utf-8-sig", "ignore").partition("\n")[0]
    return any(
        {"text", "outlet"} <= set(known_columns(first_row(line, sign))) for sign in SEPARATORS
    )


def _of_records(records: list[Record], kind: str) -> Table:
    headings = dict.fromkeys(str(key) for each in records for key in each.cells)
    return Table(list(headings), records, kind)


def _apart(function, path: Path):
    """What a reader of packed files returns, within the budget for one file."""
    try:
        return within(READING_SECONDS, function, path.absolute())
    except OverBudget as error:
        raise PageError(f"{path}: {error} to read. Save its table as 'CSV UTF-8'.") from error
    except Exception as error:  # readers raise whatever they trip over
        raise PageError(
            f"{path}: this table is damaged or locked ({type(error).__name__}). {_SAVE_AGAIN}"
        ) from error


def _sheets(path: Path) -> list[tuple[str, list[list[Any]]]]:
    """The sheets of a workbook (XLSX, XLSB, XLS, ODS) and their rows."""
    from python_calamine import CalamineWorkbook

    with path.open("rb") as file:  # by its content: its name may be wrong
        book = CalamineWorkbook.from_filelike(file)
    return [
        (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in book.sheet_names
    ]


def _parquet(path: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    return parquet.read_table(path).to_pylist()


def _html_rows(text: str) -> list[list[str]]:
    """The rows of the largest table of a page, as archives save "Excel" files."""
    from lxml import html

    tables = html.fromstring(text.encode("utf-8")).iter("table")
    rows = [[list(map(_cell_text, row)) for row in table.iter("tr")] for table in tables]
    return max(rows, key=len, default=[])


def _cell_text(cell) -> str:
    for line in cell.iter("br"):
        line.tail = f"\n{line.tail or ''}"
    return cell.text_content().strip()


def _from_sheets(
    path: Path, sheets: Sequence[tuple[str, list[list[Any]]]], faults: list[str]
) -> Table:
    """The rows of all sheets that have a column for a text, or else of the first with any."""
    read = [(name, *_headed(rows)) for name, rows in sheets]
    filled = [each for each in read if each[1]]
    with_text = [each for each in filled if "text" in known_columns(each[1])] or filled[:1]
    if not with_text:
        raise PageFault(_EMPTY.format(path))
    records: list[Record] = []
    for name, headings, rows in with_text:
        place = f"sheet {name}, row" if len(with_text) > 1 else "row"
        for number, row in rows:
            if wrong := _unheaded(row, headings):
                faults.append(f"{path}, {place} {number}: {wrong}")
                continue
            cells = dict(zip(headings, map(_restored, row), strict=False))
            records.append(Record(f"{place} {number}", {**cells, **_sheet(name, with_text)}))
    headings = list(dict.fromkeys(heading for _, own, _ in with_text for heading in own))
    if any("sheet name" in each.cells for each in records):
        headings.append("sheet name")
    return Table(headings, records, "a spreadsheet")


def _sheet(name: str, sheets: Sequence) -> dict[str, str]:
    """The sheet of a row as its outlet, where no column tells it and there are several."""
    told = any("outlet" in known_columns(headings) for _, headings, _ in sheets)
    return {} if told or len(sheets) < 2 else {"sheet name": name}


def _headed(rows: Sequence[Sequence[Any]]) -> tuple[list[str], list[tuple[int, list[Any]]]]:
    """The headings of a sheet, and its rows below them that are not empty."""
    numbered = [(n, list(row)) for n, row in enumerate(rows, start=1) if any(map(_filled, row))]
    if not numbered:
        return [], []
    top = numbered[:_HEADING_REACH]
    best = max(top, key=lambda each: len(known_columns(list(map(str, each[1])))))
    headings = [str(cell).strip() for cell in best[1]]
    return headings, [(n, row) for n, row in numbered if n > best[0]]


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _unheaded(row: Sequence[Any], headings: Sequence[str]) -> str:
    """What is wrong if a cell stands under no heading."""
    # A table that pandas wrote has its numbers under no heading.
    places = range(1 if headings and not headings[0] else 0, len(row))
    unnamed = [i for i in places if i >= len(headings) or not headings[i]]
    if any(_filled(row[i]) for i in unnamed):
        return "a cell stands under no heading. Write a heading above it, or delete the cell."
    return ""


def _restored(cell: Any) -> Any:
    return unescape_xml(cell) if isinstance(cell, str) else cell


def _csv(text: str, path: Path, faults: list[str]) -> Table:
    """The headings and rows of a CSV, by the separator it tells or that finds most columns."""
    separator = declared_separator(text) or max(
        SEPARATORS, key=lambda each: len(known_columns(first_row(text, each)))
    )
    try:
        found = list(read_csv(text, separator, spaced=True))
    except CsvFault as fault:
        raise PageFault(f"{path}, {fault}") from fault
    if not any(cell.strip() for row in found for cell in row.cells):
        raise PageFault(_EMPTY.format(path))
    heading, *rows = found
    records = list(_csv_records(path, heading.cells, rows, faults))
    return Table([cell.strip() for cell in heading.cells], records, "a table")


def _csv_records(
    path: Path, headings: Sequence[str], rows: Sequence[CsvRow], faults: list[str]
) -> Iterator[Record]:
    names = [name.strip() for name in headings]
    index = len(names) > 1 and not names[0]  # the numbers that pandas writes
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        is_numbered = index and row.cells[0].strip().isdecimal()
        cells = ["", *row.cells[1:]] if is_numbered else row.cells
        if wrong := _wrong_length(cells, names):
            faults.append(f"{path}, row {row.number} (line {row.line} of the file): {wrong}")
        else:
            yield Record(f"row {row.number}", dict(zip(names, cells, strict=False)))


def _wrong_length(cells: Sequence[str], headings: Sequence[str]) -> str:
    """What is wrong if cells and headings do not fit; empty cells at the end do no harm."""
    beyond = [cell for cell in cells[len(headings) :] if cell.strip()]
    unnamed = [cell for name, cell in zip(headings, cells, strict=False) if not name]
    if len(cells) < len(headings) or beyond:
        return (
            f"{len(cells)} cells stand under {len(headings)} headings. Put a text that holds a"
            " separator or the end of a line in quotation marks, or add what is left out."
        )
    if any(cell.strip() for cell in unnamed):
        return "a cell stands under no heading. Write a heading above it, or delete the cell."
    return ""
