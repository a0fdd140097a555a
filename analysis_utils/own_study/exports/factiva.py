"""Exports of Factiva: as they are displayed, or with their fields ("HD", "BY", "WC" ...).

Each article is closed by the line of its number ("Document HARTIM0020230314ej3e00030").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.exports.parts import date_in, n_words_in, paragraphs, runs, shown
from analysis_utils.own_study.page import Taken

_CODES = "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN ART CX"
_CODE = re.compile(
    rf"(?P<code>{'|'.join(_CODES.split())})(?:\s*[|\t]\s*|\s{{2,}}|$)(?P<value>.*?)\|?"
)
_AFTER_TEXT = ["CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CX"]
_NUMBER = re.compile(r"(?:AN\W+)?Document [A-Za-z]{2,}\w*\d\w*\W*")
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright\b).*", re.IGNORECASE)
_LANGUAGES = re.compile(
    r"English|German|French|Spanish|Italian|Portuguese|Russian|Dutch|Chinese.*|Japanese|Korean"
    r"|Arabic|Polish|Turkish|Swedish|Danish|Norwegian|Finnish|Czech"
)
_FOOT = re.compile(
    r"Page \d+ of \d+.*|.*Factiva,? Inc\.? All rights reserved\.?|.*Dow Jones & Company.*"
    r"|Search Summary.*",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"By .+|(?:\S+ ){0,4}(?:staff|reporters?|correspondents?|agencies|editors?|desk)"
    r"|(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+(?:(?:,| and| &)(?: [A-Z][\w.'’-]+){2,4})*"
)
#: The longest name of a section, in words.
_SECTION_WORDS = 4
#: Between the length and the text stand so many lines at most.
_HEAD_LINES = 14


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether the lines of a file are those of an export of Factiva."""
    plain = shown(lines)
    codes = {found["code"] for line in lines if (found := _CODE.fullmatch(line.strip()))}
    numbered = any(map(_NUMBER.fullmatch, plain))
    return numbered and (any(map(n_words_in, plain)) or {"HD", "SN"} <= codes)


def factiva_articles(
    lines: Sequence[str], source: str, strong: Collection[str] = ()
) -> Iterator[Taken]:
    """The articles of an export, each with the fields that the export gives.

    ``strong`` are lines that the file marks as headlines or in bold.
    """
    lines = [line for line in lines if not _FOOT.fullmatch(tidy(line))]
    for number, unit in enumerate(runs(lines, _NUMBER), start=1):
        if not any(_NUMBER.fullmatch(tidy(line)) for line in unit):
            continue  # what comes after the last article
        coded = {found["code"] for line in unit if (found := _CODE.fullmatch(line.strip()))}
        place = f"{source}, no. {number}"
        is_coded = {"HD", "SN"} <= coded
        yield _coded(unit, place) if is_coded else _displayed(unit, place, strong)


def _coded(unit: Sequence[str], source: str) -> Taken:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in unit:
        found = _CODE.fullmatch(line.strip())
        if found and (code not in ("LP", "TD") or found["code"] in ("TD", *_AFTER_TEXT)):
            code = found["code"]
            fields[code] = [found["value"]] if found["value"].strip() else []
        elif code:
            fields[code].append(line.strip().strip("|"))
    value = {name: " ".join(shown(told)) for name, told in fields.items()}
    return Taken(
        outlet=value.get("SN", ""),
        source=source,
        text=paragraphs([*fields.get("LP", []), "", *fields.get("TD", [])]),
        headline=value.get("HD", ""),
        byline=value.get("BY", ""),
        section=value.get("SE", ""),
        date=value.get("PD", ""),
        n_given=n_words_in(value.get("WC", "")),
    )


def _displayed(unit: Sequence[str], source: str, strong: Collection[str]) -> Taken:
    length = next((i for i, line in enumerate(unit) if n_words_in(line)), None)
    if length is None:
        return Taken("", source, "")
    section, headline, byline = _above_length(shown(unit[:length]), strong)
    stop = next(i for i, line in enumerate(unit) if _NUMBER.fullmatch(tidy(line)))
    head = [i for i in range(length + 1, min(length + _HEAD_LINES, stop)) if unit[i].strip()]
    start = _after_head(unit, head)
    date = next((i for i in head if date_in(unit[i])), None)
    outlet = next(
        (tidy(unit[i]) for i in head if date is not None and i > date and not _is_time(unit[i])), ""
    )
    return Taken(
        outlet=outlet,
        source=source,
        text=paragraphs(unit[start:stop]),
        headline=headline,
        byline=byline,
        section=section,
        date=date_in(unit[date]) if date is not None else "",
        n_given=n_words_in(unit[length]),
    )


def _is_time(line: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[:.]\d\d.*", tidy(line)))


def _after_head(unit: Sequence[str], head: Sequence[int]) -> int:
    """Where the text begins: below the line of rights, else below that of the language."""
    for marks in (_RIGHTS, _LANGUAGES):
        for i in head:
            if marks.fullmatch(tidy(unit[i])):
                return i + 1
    return head[0] if head else len(unit)


def _above_length(lines: Sequence[str], strong: Collection[str]) -> tuple[str, str, str]:
    """Section, headline and byline, of the lines above the length."""
    marked = [i for i, line in enumerate(lines) if line in strong]
    if marked:
        first, last = marked[0], marked[-1]
        section = lines[first - 1] if first else ""
        return section, " ".join(lines[first : last + 1]), " ".join(lines[last + 1 : last + 2])
    told = list(lines[-3:])
    byline = told.pop() if len(told) > 1 and _NAMES.fullmatch(told[-1]) else ""
    if len(told) == 3:  # an overline, or a headline in two lines
        told = told[1:]
    is_section = len(told) > 1 and len(told[0].split()) <= _SECTION_WORDS
    section = told.pop(0) if is_section else ""
    return section, " ".join(told), byline
