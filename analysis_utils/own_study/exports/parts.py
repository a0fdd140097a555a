"""What the readers of exports share: dates, fields, and the paragraphs of a stretch of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.words import derived, times

#: Lines that are cut at a width are no longer than this.
_WIDEST = 120
_STOP = re.compile(r"[.!?…:;][\"'”’)\]]*$")
WORDS = re.compile(r"(?:Length|LENGTH)?:?\s*([\d,.]+)\s+words?", re.IGNORECASE)


@derived
def _date_line() -> re.Pattern:
    month = times.either("months", "months_short")
    day = times.either("weekdays", "weekdays_short")
    year = r"(?:19|20)\d\d"
    date = (
        rf"(?:{month}\.? \d{{1,2}},? {year}|\d{{1,2}}\.? {month}\.?,? {year}"
        rf"|{year}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]{year}|{month}\.? {year})"
    )
    return re.compile(
        rf"(?:{day},? )?(?P<date>{date})(?:,? {day})?(?P<rest>.{{0,40}})", re.IGNORECASE
    )


def date_in(line: str) -> str:
    """The date of a line that is nothing else, perhaps with a day of the week and a time."""
    found = _date_line().fullmatch(tidy(line))
    if found is None or re.search(r"[a-z]{4,}", found["rest"]):
        return ""
    return found["date"]


def outlet_and_date(line: str) -> tuple[str, str]:
    """A line such as "The Herald, 14 March 2023" as its two parts; empty if it is no such line."""
    found = re.fullmatch(
        r"(?P<outlet>[^.!?]{2,60}?)\s*[,|;·•–—-]+\s*(?P<date>[^,|;]*,?[^,|;]*)", tidy(line)
    )
    if found and (date := date_in(found["date"])):
        return found["outlet"], date
    return "", ""


def n_words_in(line: str) -> int | None:
    """The length that a line such as "Length: 186 words" or "1,204 words" gives."""
    found = WORDS.fullmatch(tidy(line))
    return int(re.sub(r"\D", "", found[1])) if found else None


def shown(lines: Sequence[str]) -> list[str]:
    """The lines with something on them, tidied."""
    return [line for line in map(tidy, lines) if line]


def paragraphs(lines: Sequence[str]) -> str:
    """The paragraphs of a stretch of lines, one a line; those cut at a width are joined."""
    blocks = [
        shown(list(group))
        for blank, group in groupby(lines, lambda line: not line.strip())
        if not blank
    ]
    if _is_wrapped(blocks):
        return "\n".join(" ".join(block) for block in blocks)
    return "\n".join(line for block in blocks for line in block)


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether lines end where a width ends, not where a paragraph does."""
    followed = [line for block in blocks for line in block[:-1]]
    open_ended = [line for line in followed if not _STOP.search(line)]
    longest = max((len(line) for block in blocks for line in block), default=0)
    return longest <= _WIDEST and len(open_ended) > len(followed) / 2


def runs(lines: Sequence[str], ends: re.Pattern) -> Iterator[list[str]]:
    """Stretches of lines, each up to a line that closes one; what is left over comes last."""
    run: list[str] = []
    for line in lines:
        run.append(line)
        if ends.fullmatch(tidy(line)):
            yield run
            run = []
    yield run
