"""Articles in the rows of a table, each as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis_utils.annotation.cleaning.lines import LONGEST_PARAGRAPH, tidy
from analysis_utils.annotation.cleaning.pages import PageError
from analysis_utils.annotation.cleaning.stubs import why_no_article
from analysis_utils.own_study.page import (
    Page,
    PageFault,
    Reading,
    SetAside,
    Taken,
    as_page,
    paragraphs_of,
)
from analysis_utils.own_study.tables.cells import (
    as_text,
    is_unreadable,
    readable,
    unwrapped,
    where_cut,
    without_outlet,
)
from analysis_utils.own_study.tables.columns import choose_columns, host
from analysis_utils.own_study.tables.days import read_days
from analysis_utils.own_study.tables.reading import TABLE_KINDS as TABLE_KINDS
from analysis_utils.own_study.tables.reading import TABLE_SUFFIXES as TABLE_SUFFIXES
from analysis_utils.own_study.tables.reading import Record, read_table
from analysis_utils.own_study.tables.reading import is_table as is_table

#: How many rows that are left out are named where none is left.
_NAMED = 3
#: Letters that fit into a cell of Excel: what is longer is cut without a word.
_EXCEL_CELL = 32_767


def read_articles(
    path: Path, outlet: str, faults: list[str], columns: Mapping[str, str] | None = None
) -> Reading:
    """The articles of a table, what is to be said about them, and which rows are left out.

    Parameters
    ----------
    path
        A table as CSV, TSV, XLSX, XLS, ODS, Parquet or JSON (an object on each line, a list of
        objects, or what a news service answers); text in UTF-8.
    outlet
        Whose all articles are; empty if a column tells.
    faults
        A list that rows are added to that cannot be told apart for sure.
    columns
        Headings by what their columns hold, where the user says it: ``{"text": "Story"}``.

    Raises
    ------
    PageError
        If the file cannot be read, is too large or is in another encoding.
    PageFault
        If there is no column for the texts or the outlets, or no row is an article.
    """
    told = len(faults)
    table = read_table(path, faults)
    if not table.headings and len(faults) > told:
        return Reading([], [], [], table.kind, {})  # it has no columns since nothing is a row
    rows = [each.cells for each in table.records]
    names, notes = choose_columns(path, table.headings, rows, outlet, columns or {})
    days = read_days([tidy(as_text(row.get(names.get("date", "")))) for row in rows])
    pages: list[Page] = []
    set_aside: list[SetAside] = []
    for record, day in zip(table.records, days, strict=True):
        source = f"{path.name}, {record.place}"
        try:
            pages.append(as_page(_taken(record, names, outlet, day, source)))
        except (PageFault, PageError) as reason:
            set_aside.append(SetAside(source, str(reason)))
    if not pages and len(faults) == told:
        raise PageFault(f"{path}: {_none_left(set_aside)}")
    notes += [*_undated(path, pages), *_cut_by_excel(path, table.records, names)]
    return Reading(pages, notes, set_aside, table.kind, names)


def _taken(record: Record, names: Mapping[str, str], outlet: str, day: str, source: str) -> Taken:
    """The article of a row.

    Raises
    ------
    PageFault
        If it is none, with the reason.
    """
    cells = {meaning: record.cells.get(name) for meaning, name in names.items()}
    text, headline = _text(cells["text"], names["text"]), as_text(cells.get("headline"))
    whose = tidy(outlet or host(as_text(cells.get("outlet"))))
    if not whose:
        raise PageFault("the outlet is empty.")
    if whose.count('"') % 2:
        raise PageFault(
            f"the outlet {whose!r} has half of a pair of quotation marks. Close or delete it."
        )
    same = names.get("headline") == names["text"]
    return Taken(
        outlet=whose,
        source=source,
        text=text,
        headline="" if same else tidy(without_outlet(readable(headline), whose)),
        byline=_names_of(cells.get("byline")),
        section=tidy(as_text(cells.get("section")))[:100],
        date=day,
        address=as_text(cells.get("address")),
    )


def _text(cell: Any, heading: str) -> str:
    """The text in a cell.

    Raises
    ------
    PageFault
        If it has none, or only a part of one.
    """
    if is_unreadable(cell):
        raise PageFault(f"{heading!r} is an object or a list. Write a text.")
    text = as_text(cell)
    if mark := where_cut(text):
        raise PageFault(
            f"its text is cut, as {mark!r} at its end tells. Save the page at its address instead."
        )
    text = readable(text)
    if not tidy(text):
        written = tidy(str(unwrapped(cell)))
        shown = f" (it has {written!r})" if written else ""
        raise PageFault(f"the text of the article is empty{shown}.")
    if reason := why_no_article(text):
        raise PageFault(reason)
    if any(len(line) > LONGEST_PARAGRAPH for line in paragraphs_of(text)):
        raise PageFault(
            f"a paragraph of the text has more than {LONGEST_PARAGRAPH:,} characters. Put each"
            " paragraph on a line of its own."
        )
    return text


def _names_of(cell: Any) -> str:
    """Who wrote an article: one name, or a list of them."""
    if isinstance(cell, list):
        named = [each.get("name", "") if isinstance(each, dict) else each for each in cell]
        cell = ", ".join(map(str, filter(None, named)))
    if isinstance(cell, dict) and "name" not in cell:
        return ""
    return tidy(as_text(cell))[:200]


def _none_left(set_aside: Sequence[SetAside]) -> str:
    if not set_aside:
        return "the table has no article. Add rows below the column names."
    reasons = [f"{each.source.partition(', ')[2]}: {each.reason}" for each in set_aside[:_NAMED]]
    more = f" And {len(set_aside) - _NAMED} more." if len(set_aside) > _NAMED else ""
    return f"no row is an article. {' '.join(reasons)}{more}"


def _undated(path: Path, pages: Sequence[Page]) -> list[str]:
    undated = [page for page in pages if page.date and not page.published]
    if not undated:
        return []
    named = [f"{each.source.partition(', ')[2]}, {each.date!r}" for each in undated[:_NAMED]]
    which = "the first: " if len(undated) > 1 else ""
    return [
        f"{path}: {len(undated)} dates cannot be read for sure ({which}{'; '.join(named)})."
        " Write them as year-month-day, or add `published:` in study.yml."
    ]


def _cut_by_excel(path: Path, records: Sequence[Record], names: Mapping[str, str]) -> list[str]:
    column = names["text"]
    cut = [each.place for each in records if len(str(each.cells.get(column))) == _EXCEL_CELL]
    if not cut:
        return []
    return [
        f"{path}: {', '.join(cut[:_NAMED])}: the text has {_EXCEL_CELL:,} characters, as many as a"
        " cell of Excel can hold, so its end is probably lost. Take it from where it came from."
    ]
