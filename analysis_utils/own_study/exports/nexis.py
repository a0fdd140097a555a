"""Exports of Nexis, Nexis Uni, Lexis+ and the older LexisNexis Academic.

The newer ones close each article with "End of Document" and open its text with "Body"; the
older ones number them ("1 of 50 DOCUMENTS") and have fields in capitals.  Cover pages, search
terms and lists of the documents stand before the first article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.exports.parts import date_in, n_words_in, paragraphs, runs, shown
from analysis_utils.own_study.page import Taken

_END = re.compile(r"End of Document", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:Document )?\d+ of \d+(?: DOCUMENTS?)?", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright|\(c\)|©)\W.*", re.IGNORECASE)
_RIGHTS = re.compile(r"All Rights Reserved\W*", re.IGNORECASE)
_HEAD_FIELD = re.compile(
    r"(?P<name>Section|Length|Byline|Highlight|Dateline|Headline|Series|Show|Anchors?|Guests?"
    r"|Distribution|Column|Correction-Date|Edition|Notes):\s*(?P<value>.*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:Classification|Load-Date:.*|Language:.*|Publication-Type:.*|Document-Type:.*"
    r"|Journal-Code:.*|Subject:.*\(\d+%\).*|Copyright \d{4}.*|URL:.*|UPDATE:.*|TYPE:.*"
    r"|End of Document)",
    re.IGNORECASE,
)
#: Headings of what may stand between the text and the classification.
_AFTER_TEXT = re.compile(
    r"Graphic:?(?: .*)?|Notes|Correction|Correction-Date:.*|Link to (?:Image|PDF).*", re.IGNORECASE
)
_BODY = re.compile(r"Body:?", re.IGNORECASE)
_PAGE = re.compile(r"Page \d+ of \d+.*", re.IGNORECASE)
_LOADED = re.compile(r"Load-Date:.*", re.IGNORECASE)


def is_nexis(lines: Sequence[str]) -> bool:
    """Whether the lines of a file are those of an export of Nexis."""
    plain = shown(lines)
    ended = any(_END.fullmatch(line) or _LOADED.fullmatch(line) for line in plain)
    numbered = any(_NUMBERED.fullmatch(line) and "DOCUMENT" in line.upper() for line in plain)
    sized = any(line.upper().startswith("LENGTH:") and n_words_in(line) for line in plain)
    return (ended or numbered) and (sized or any(map(_BODY.fullmatch, plain)))


def is_nexis_list(lines: Sequence[str]) -> bool:
    """Whether a file lists what was found, without any article."""
    plain = shown(lines)[:60]
    told = {line.partition(":")[0] for line in plain}
    listed = any(re.fullmatch(r"(?:Documents|Results) \(\d+\)", line) for line in plain)
    return listed and bool(told & {"Search Terms", "Search Type", "Client/Matter"})


def nexis_articles(lines: Sequence[str], source: str) -> Iterator[Taken]:
    """The articles of an export, each with the fields that the export gives."""
    lines = [line for line in lines if not _PAGE.fullmatch(tidy(line))]
    for number, unit in enumerate(_units(lines), start=1):
        yield _article(unit, f"{source}, no. {number}")


def _units(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each article; a cover page stands above the first one."""
    starts = [i for i, line in enumerate(lines) if _is_number(line)]
    if starts:
        bounds = pairwise([*starts, len(lines)])
        units = [list(lines[start + 1 : stop]) for start, stop in bounds]
    else:
        ended = any(_END.fullmatch(tidy(line)) for line in lines)
        units = list(runs(lines, _END if ended else _LOADED))
    yield from (unit for unit in units if any(map(_is_head_field, unit)))


def _is_number(line: str) -> bool:
    plain = tidy(line)
    return bool(_NUMBERED.fullmatch(plain)) and "DOCUMENT" in plain.upper()


def _is_head_field(line: str) -> bool:
    plain = tidy(line)
    return bool(_BODY.fullmatch(plain)) or plain.upper().startswith("LENGTH:")


def _article(unit: list[str], source: str) -> Taken:
    first = _first_field(unit)
    start, fields = _text_start(unit, first)
    date_place, outlet_place = _date_and_outlet(unit, first)
    headline = fields.get("headline") or _headline(unit, outlet_place, date_place, first)
    text = unit[start : _text_end(unit, start)]
    return Taken(
        outlet=tidy(unit[outlet_place]) if outlet_place is not None else "",
        source=source,
        text=paragraphs([line for line in text if tidy(line) != headline]),
        headline=headline,
        byline=fields.get("byline", ""),
        section=re.split(r"[;,] ?(?:Pg|Page|Version|p)\b", fields.get("section", ""))[0],
        date=date_in(unit[date_place]) if date_place is not None else "",
        n_given=n_words_in(f"{fields['length']}") if "length" in fields else None,
    )


def _first_field(unit: Sequence[str]) -> int:
    """Where the fields begin, below headline, outlet and date: at one of them, or the rights."""
    body = next((i for i, line in enumerate(unit) if _is_head_field(line)), len(unit))
    first = body
    for i in range(body - 1, -1, -1):
        plain = tidy(unit[i])
        if _HEAD_FIELD.fullmatch(plain) or _COPYRIGHT.fullmatch(plain) or _RIGHTS.fullmatch(plain):
            first = i
        elif date_in(plain):
            break
    return first


def _text_start(unit: Sequence[str], first: int) -> tuple[int, dict[str, str]]:
    """Where the text begins, and the fields above it by their names in small letters."""
    fields: dict[str, str] = {}
    start, name = first, ""
    for i in range(first, len(unit)):
        plain = tidy(unit[i])
        field = _HEAD_FIELD.fullmatch(plain)
        if _BODY.fullmatch(plain):
            return i + 1, fields
        if field:
            name = field["name"].lower()
            fields.setdefault(name, field["value"])
            start = i + 1
        elif plain and name and i == start:  # a field that goes on in the next line
            fields[name] += f" {plain}"
            start = i + 1
        elif _COPYRIGHT.fullmatch(plain) or _RIGHTS.fullmatch(plain):
            start, name = i + 1, ""
        elif not plain:
            name = ""
        elif "length" in fields and not _has_body(unit, i):
            return i, fields
    return start, fields


def _has_body(unit: Sequence[str], place: int) -> bool:
    """Whether the line that opens the text comes soon."""
    return any(_BODY.fullmatch(tidy(line)) for line in unit[place : place + 12])


def _text_end(unit: Sequence[str], start: int) -> int:
    end = next((i for i in range(start, len(unit)) if _TAIL.fullmatch(tidy(unit[i]))), len(unit))
    places = [i for i in range(start, end) if _AFTER_TEXT.fullmatch(tidy(unit[i]))]
    return next((i for i in places if _stands_apart(unit, i)), end)


def _stands_apart(unit: Sequence[str], place: int) -> bool:
    return place > 0 and not unit[place - 1].strip()


def _date_and_outlet(unit: Sequence[str], first: int) -> tuple[int | None, int | None]:
    """The lines of the date and, above it, of the outlet."""
    dates = [i for i in range(first) if date_in(unit[i])]
    if not dates:
        return None, None
    above = [i for i in range(dates[-1]) if unit[i].strip()]
    return dates[-1], above[-1] if above else None


def _headline(unit: Sequence[str], outlet: int | None, date: int | None, first: int) -> str:
    """The line above the outlet; in older exports those below the date."""
    above = [
        i for i in range(outlet or 0) if unit[i].strip() and not _COPYRIGHT.fullmatch(tidy(unit[i]))
    ]
    if above and not _RIGHTS.fullmatch(tidy(unit[above[-1]])):
        return tidy(unit[above[-1]])
    blocks: list[list[str]] = [[]]
    for line in unit[(date or -1) + 1 : first]:
        if line.strip():
            blocks[-1].append(tidy(line))
        elif blocks[-1]:
            blocks.append([])
    told = [block for block in blocks if block]
    return " ".join(told[-1]) if told else ""
