"""Articles in the rows of a table, CSV or JSON lines, each as a page of its own."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis_utils.annotation.cleaning.html import visible_text
from analysis_utils.annotation.cleaning.lines import LONGEST_PARAGRAPH, tidy
from analysis_utils.annotation.cleaning.pages import PageError, read_page
from analysis_utils.files.csv_tables import (
    SEPARATORS,
    CsvFault,
    CsvRow,
    declared_separator,
    first_row,
    read_csv,
)
from analysis_utils.files.normal_text import normal_text
from analysis_utils.own_study.page import (
    Page,
    PageFault,
    Reading,
    Taken,
    as_page,
    paragraphs_of,
)

#: What columns are called, the best name first; small letters, without spaces and signs.
COLUMNS = {
    "outlet": "outlet source publication medium media newspaper publisher site sourcename domain",
    "date": "date published pubdate publisheddate publicationdate publishedat publishdate datetime"
    " timestamp day time created",
    "headline": "headline title heading hed articletitle",
    "text": "text body content articletext fulltext article articlebody maintext bodytext story",
    "address": "url address link webaddress articleurl weburl href",
}

#: What the names of tables end in, and kinds of files that are tables by their content.
TABLE_SUFFIXES = (".csv", ".jsonl")
TABLE_KINDS = ("xlsx", "xls", "ods")

#: Bytes of the largest table: some ten thousand articles, more than anybody codes.
LARGEST_TABLE = 200_000_000

#: What two columns of one meaning would both tell.
_TOLD = ("outlet", "date", "headline", "text")

#: Keys under which exports put a text that they wrap in an object: WordPress's, news services'.
_WRAPPED_IN = ("rendered", "name")


class _Row(NamedTuple):
    """One article of a table; the number of its row or line counts from 1."""

    number: int
    outlet: str
    date: str
    headline: str
    text: str
    address: str


def read_articles(
    path: Path, outlet: str, faults: list[str], columns: Mapping[str, str] | None = None
) -> Reading:
    """The articles of a table, and what is to be said about them; faulty rows go to ``faults``.

    Parameters
    ----------
    path
        A CSV file with commas, semicolons, tabs or upright strokes, or that its first line
        ``sep=`` tells; or JSON, an object on each line or one list of objects; in UTF-8.
    outlet
        Whose all articles are; empty if a column tells.
    faults
        A list that faults of rows are added to.
    columns
        Headings by what their columns hold, where the user says it: ``{"text": "Story"}``.

    Raises
    ------
    PageError
        If the file cannot be read, is too large or is in another encoding.
    PageFault
        If a column is missing or there twice, tells the outlet though ``outlet``
        does too, or if a quotation mark makes it unsure where the rows end.
    """
    text = read_page(path, LARGEST_TABLE)
    is_csv = path.suffix.lower() == ".csv"
    is_list = not is_csv and text.lstrip().startswith("[")
    read = _csv_records if is_csv else _list_records if is_list else _line_records
    told = len(faults)
    headings, records = read(text, path, faults)
    if not headings and len(faults) > told:
        return Reading(
            [], [], [], "a table", {}
        )  # it has no columns since nothing in it is an article
    names = _columns(path, headings, outlet, columns or {})
    where = "row" if is_csv else "no." if is_list else "line"
    pages: list[Page] = []
    undated = []
    for number, record in records:
        source = f"{path.name}, {where} {number}"
        try:
            row = _row(number, record, names, outlet)
            if fault := _strange_value(record, names) or _fault(row):
                raise PageFault(fault)
            page = as_page(_taken(row, source))
        except (PageFault, PageError) as fault:
            faults.append(f"{path}, {where} {number}: {fault}")
            continue
        pages.append(page)
        if row.date and not page.published:
            undated.append(f"{where} {number}, {row.date!r}")
    if not pages and not faults:
        raise PageFault(f"{path}: the table has no article. Add rows below the column names.")
    notes = [*_one_of_several(path, headings, names), *_undated(path, undated)]
    return Reading(pages, notes, [], "a table", names)


def _csv_records(
    text: str, path: Path, faults: list[str]
) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The headings and rows of a CSV, by the separator it tells or that finds most columns."""
    separator = declared_separator(text) or max(
        SEPARATORS, key=lambda each: len(_known(first_row(text, each)))
    )
    try:
        heading, *rows = read_csv(text, separator, spaced=True)
    except CsvFault as fault:
        raise PageFault(f"{path}, {fault}") from fault
    records = []
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if wrong := _wrong_length(row, heading.cells):
            faults.append(f"{path}, row {row.number} (line {row.line} of the file): {wrong}")
        else:
            records.append((row.number, dict(zip(heading.cells, row.cells, strict=False))))
    return heading.cells, records


def _wrong_length(row: CsvRow, heading: Sequence[str]) -> str | None:
    """What is wrong if cells and headings do not fit; empty cells at the end do no harm."""
    n_cells = len(row.cells)
    beyond = [cell for cell in row.cells[len(heading) :] if cell.strip()]
    unnamed = [cell for name, cell in zip(heading, row.cells, strict=False) if not name.strip()]
    if n_cells < len(heading) or beyond:
        return (
            f"{n_cells} cells stand under {len(heading)} headings. Put a text that holds a"
            " separator or the end of a line in quotation marks, or add what is left out."
        )
    if any(cell.strip() for cell in unnamed):
        return "a cell stands under no heading. Write a heading above it, or delete the cell."
    return None


def _line_records(
    text: str, path: Path, faults: list[str]
) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """The keys and objects of JSON lines; a line that is no object goes to ``faults``."""
    read = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            read.append((number, _json(line)))
        except (ValueError, RecursionError) as error:
            problem = f"this is no JSON ({getattr(error, 'msg', error)})."
            faults.append(
                f"{path}, line {number}: {problem} Write one object {{...}} on each line."
            )
    return _objects(read, f"{path}, line", faults)


def _list_records(
    text: str, path: Path, faults: list[str]
) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """The keys and objects of one JSON list, as many programs save it under any name."""
    try:
        read = _json(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise PageFault(
            f"{path}{line}: this begins as a list [ of JSON and is none"
            f" ({getattr(error, 'msg', error)}). Close the list, or write one object {{...}} on"
            " each line, without brackets and commas around."
        ) from error
    return _objects([*enumerate(read, start=1)], f"{path}, no.", faults)


def _objects(
    read: Sequence[tuple[int, Any]], where: str, faults: list[str]
) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """The keys, and the numbered objects; what is none goes to ``faults``."""
    faults += (
        f"{where} {number}: this is no object. Write keys and values in braces, as in"
        ' {"outlet": "...", "text": "..."}.'
        for number, each in read
        if not isinstance(each, dict)
    )
    records = [(number, each) for number, each in read if isinstance(each, dict)]
    return list(dict.fromkeys(key for _, each in records for key in each)), records


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_without_repeats)


def _without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which the last of two equal keys would win."""
    repeated = [key for key, n in Counter(key for key, _ in pairs).items() if n > 1]
    if repeated:
        raise ValueError(f"the key {repeated[0]!r} stands in it twice")
    return dict(pairs)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _known(names: Sequence[str]) -> dict[str, str]:
    """Columns by what they hold, whatever the spelling of their names."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(re.sub(r"[\W_]", "", normal_text(name).casefold()), name)
    known = {
        meaning: next((plain[name] for name in spellings.split() if name in plain), None)
        for meaning, spellings in COLUMNS.items()
    }
    return {meaning: name for meaning, name in known.items() if name is not None}


def _columns(
    path: Path, names: list[str], outlet: str, columns: Mapping[str, str]
) -> dict[str, str]:
    known = _known(names) | _chosen(path, names, columns)
    _raise_repeated(path, names)
    there = f"The columns are {', '.join(map(repr, names)) or 'none'}."
    if "text" not in known:
        raise PageFault(
            f"{path}: there is no column for the text of the articles. {there} Call it text."
        )
    if not outlet and "outlet" not in known:
        raise PageFault(
            f"{path}: there is no column for the outlet. {there} Call it outlet, or, if"
            f" all rows are of one outlet, write 'The Outlet={path}'."
        )
    if outlet and "outlet" in known:
        raise PageFault(
            f"{path}: all rows should be of {outlet}, but the column {known['outlet']!r} tells the"
            f" outlet too. Write {path} without an outlet before it, or delete the column."
        )
    return known


def _chosen(path: Path, names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """The columns that the user names."""
    plain = {_plain(name): name for name in names}
    for column in columns.values():
        if _plain(column) not in plain:
            raise PageFault(
                f"{path}: there is no column {column!r}. The columns are"
                f" {', '.join(map(repr, names))}. Correct --columns."
            )
    return {meaning: plain[_plain(column)] for meaning, column in columns.items()}


def _raise_repeated(path: Path, names: Sequence[str]) -> None:
    """A fault if two columns have one heading that is read: either could be meant."""
    read = set(" ".join(COLUMNS.values()).split())
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in names:
        spelled[_plain(name)].append(name)
    for plain, same in spelled.items():
        if plain in read and len(same) > 1:
            raise PageFault(
                f"{path}: {len(same)} columns have the heading {' or '.join(map(repr, same))}, and"
                " only one could be read. Give the others another heading, or delete them."
            )


def _one_of_several(path: Path, names: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    """What is to be said about columns that could be read, and of which another one is."""
    for meaning in _TOLD:
        same = [name for name in names if _plain(name) in COLUMNS[meaning].split()]
        if len(same) > 1:
            yield (
                f"{path}: of the columns {', '.join(map(repr, same))}, {known[meaning]!r} is read"
                f" as the {meaning}. If another one is meant, call that {meaning}."
            )


def _row(number: int, record: Mapping[str, Any], names: Mapping[str, str], outlet: str) -> _Row:
    def cell(meaning: str) -> str:
        text = str(_unwrapped(record.get(names.get(meaning, ""))))
        # A page holds neither zero bytes nor halves of a sign.
        return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()

    return _Row(
        number,
        tidy(outlet or cell("outlet")),
        tidy(cell("date")),
        tidy(_without_markup(cell("headline"))),
        _without_markup(cell("text")),
        cell("address"),
    )


def _unwrapped(value: Any) -> Any:
    """What a cell holds: exports wrap a text in an object, or list the paragraphs of it."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _WRAPPED_IN if key in value), value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    missing = value is None or value != value  # no number, as Python's json writes it
    return "" if missing else value


def _without_markup(text: str) -> str:
    """A text without HTML's tags and signs, if it has any."""
    if re.search(r"</\w+>|<(?:p|br)\b", text):
        return visible_text(text)
    return re.sub(r"&#?\w+;", lambda sign: html.unescape(sign[0]), text)


def _strange_value(record: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    for name in names.values():
        if isinstance(_unwrapped(record.get(name)), Mapping | list):
            return f"{name!r} is an object or a list. Write a text."
    return None


def _fault(row: _Row) -> str | None:
    if not row.outlet:
        return "the outlet is empty. Write whose article it is."
    if row.outlet.count('"') % 2:
        return (
            f"the outlet {row.outlet!r} has half of a pair of quotation marks. Close or delete it."
        )
    if not tidy(row.text):
        return "the text of the article is empty. Write it, or delete the row."
    if any(len(line) > LONGEST_PARAGRAPH for line in paragraphs_of(row.text)):
        return (
            f"a paragraph of the text has more than {LONGEST_PARAGRAPH:,} characters. Put each"
            " paragraph on a line of its own."
        )
    return None


def _taken(row: _Row, source: str) -> Taken:
    return Taken(row.outlet, source, row.text, row.headline, date=row.date, address=row.address)


def _undated(path: Path, undated: Sequence[str]) -> list[str]:
    if not undated:
        return []
    return [
        f"{path}: {len(undated)} dates cannot be read for sure (the first: {undated[0]})."
        " Write them as year-month-day, or add `published:` in study.yml."
    ]
