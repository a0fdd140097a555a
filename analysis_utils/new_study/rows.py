"""Articles in the rows of a table, CSV or JSON lines, each as a page of its own."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis_utils.cleaning import label_lines
from analysis_utils.cleaning.html import visible_text
from analysis_utils.cleaning.lines import tidy
from analysis_utils.cleaning.metadata import find_date
from analysis_utils.cleaning.pages import read_page
from analysis_utils.new_study.page import Page, PageFault
from analysis_utils.study_parts import PagePattern

#: What columns are called, the best name first; small letters, without spaces and signs.
COLUMNS = {
    "outlet": "outlet source publication medium media newspaper publisher site sourcename domain",
    "date": "date published pubdate publisheddate publicationdate publishedat publishdate datetime"
    " timestamp day time created",
    "headline": "headline title heading hed articletitle",
    "text": "text body content articletext fulltext article articlebody maintext bodytext story",
    "address": "url address link webaddress articleurl weburl href",
}

#: Keys under which exports put a text that they wrap in an object: WordPress's, news services'.
_WRAPPED_IN = ("rendered", "name")

#: Kinds that a paragraph of a table may be; repeats are left out of any article on purpose.
_PARAGRAPHS = ("body", "standfirst", "duplicate", "summary")
#: A pattern knows a line by so many of its first characters.
_PATTERN_LENGTH = 80


class _Row(NamedTuple):
    """One article of a table; the number of its row or line counts from 1."""

    number: int
    outlet: str
    date: str
    headline: str
    text: str
    address: str


def read_articles(path: Path, outlet: str, faults: list[str]) -> tuple[list[Page], list[str]]:
    """The articles of a table, and what is to be said about them; faulty rows go to ``faults``.

    Parameters
    ----------
    path
        A CSV file with commas, semicolons or tabs, or JSON lines; in UTF-8.
    outlet
        Whose all articles are; empty if a column tells.
    faults
        A list that faults of rows are added to.

    Raises
    ------
    PageError
        If the file cannot be read or is in another encoding.
    PageFault
        If a column is missing, or tells the outlet though ``outlet`` does too.
    """
    text = read_page(path)
    is_csv = path.suffix.lower() == ".csv"
    records = list(_csv_records(text, path) if is_csv else _json_records(text, path, faults))
    names = _columns(path, list(dict.fromkeys(key for _, each in records for key in each)), outlet)
    where = "row" if is_csv else "line"
    pages, undated = [], []
    for number, record in records:
        row = _row(number, record, names, outlet)
        if fault := _strange_value(record, names) or _fault(row):
            faults.append(f"{path}, {where} {number}: {fault}")
            continue
        page = _as_page(row, f"{path.name}, {where} {number}")
        pages.append(page)
        if row.date and not page.published:
            undated.append(f"{where} {number}, {row.date!r}")
    if not pages and not faults:
        raise PageFault(f"{path}: the table has no article. Add rows below the column names.")
    return pages, _undated(path, undated)


def _csv_records(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV, numbered as a spreadsheet does, by the separator that finds most columns."""
    # An article is longer than csv allows for; the limit holds for all readers, so it only grows.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        tables = [list(csv.reader(io.StringIO(text, newline=""), delimiter=d)) for d in ",;\t"]
    except csv.Error as error:
        raise PageFault(f"{path}: this is no valid CSV ({error}). Save it again.") from error
    rows = max(tables, key=lambda rows: len(_known(rows[0])))
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, dict(zip(rows[0], row, strict=False))


def _json_records(text: str, path: Path, faults: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            problem = f"this is no JSON ({getattr(error, 'msg', 'nested too deep')})."
            faults.append(
                f"{path}, line {number}: {problem} Write one object {{...}} on each line."
            )
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            faults.append(
                f"{path}, line {number}: this is no object. Write keys and values in braces, as in"
                ' {"outlet": "...", "text": "..."}.'
            )


def _known(names: Sequence[str]) -> dict[str, str]:
    """Columns by what they hold, whatever the spelling of their names."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(re.sub(r"[\W_]", "", name.casefold()), name)
    known = {
        meaning: next((plain[name] for name in spellings.split() if name in plain), None)
        for meaning, spellings in COLUMNS.items()
    }
    return {meaning: name for meaning, name in known.items() if name is not None}


def _columns(path: Path, names: list[str], outlet: str) -> dict[str, str]:
    known = _known(names)
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
    if not row.text.strip():
        return "the text of the article is empty. Write it, or delete the row."
    return None


def _as_page(row: _Row, source: str) -> Page:
    """A text page that cleaning keeps whole: headline, blank line, paragraphs."""
    paragraphs = [tidy(line) for line in re.split(r"[\r\n\u2028\u2029]+", row.text)]
    shown = [line for line in (row.headline, *paragraphs) if line]
    if row.headline and shown[1:2] == [row.headline]:
        del shown[1]  # some tables repeat the headline in the text
    page = "\n\n".join(shown) + "\n"
    lines, patterns = _labelled(page, row.headline)
    found = find_date(row.date) if row.date else None
    address = row.address if re.fullmatch(r"https?://\S+", row.address) else ""
    published = found.iso if found else ""
    content = page.encode("utf-8")
    return Page(row.outlet, source, ".txt", content, lines, published, address, patterns)


def _labelled(page: str, headline: str) -> tuple[pd.DataFrame, tuple[PagePattern, ...]]:
    """The labelled lines, with patterns for those that cleaning would not take as they are."""
    patterns: list[PagePattern] = []
    while True:
        lines = label_lines(page, "page", patterns)
        shown = lines[lines["kind"] != "blank"]
        fitting = [("headline",) if headline else _PARAGRAPHS, *[_PARAGRAPHS] * (len(shown) - 1)]
        wrong = [
            _pattern(text, kinds[0])
            for text, kind, kinds in zip(shown["text"], shown["kind"], fitting, strict=True)
            if kind not in kinds
        ]
        new = [each for each in dict.fromkeys(wrong) if each not in patterns]
        if not new:
            return lines, tuple(patterns)
        patterns += new


def _pattern(line: str, kind: str) -> PagePattern:
    start = re.escape(line[:_PATTERN_LENGTH]).replace(r"\ ", " ")
    end = "$" if len(line) <= _PATTERN_LENGTH else ""
    reason = "stands in the table as part of the article"
    return PagePattern(kind=kind, pattern=f"^{start}{end}", reason=reason)


def _undated(path: Path, undated: Sequence[str]) -> list[str]:
    if not undated:
        return []
    return [
        f"{path}: {len(undated)} dates cannot be read for sure (the first: {undated[0]})."
        " Write them as year-month-day, or add `published:` in study.yml."
    ]
