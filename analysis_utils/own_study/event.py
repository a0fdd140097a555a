"""Title and days of an event, as far as its articles tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from analysis_utils.annotation.cleaning import read_metadata
from analysis_utils.own_study.intake import IntakeError
from analysis_utils.own_study.page import Page
from analysis_utils.study.parts import read_day
from analysis_utils.words import actors

#: So many words that headlines share make a title.
_TITLE_WORDS = 5
_LONGEST_TITLE = 120
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Event(NamedTuple):
    """Title and days, if anything tells them, and what of it was found rather than given."""

    title: str
    start: date | None
    end: date | None
    notes: tuple[str, ...]


def published_on(page: Page) -> str:
    """When an article was published, ISO 8601; empty if neither table nor page says it."""
    return page.published or read_metadata(page.lines)["published"]


def headline_of(page: Page) -> str:
    """The headline of an article; empty if it has none."""
    return read_metadata(page.lines)["headline"]


def find_event(pages: Sequence[Page], title: str = "", start: str = "", end: str = "") -> Event:
    """The event as given, else as the articles let it appear.

    Raises
    ------
    IntakeError
        If a day that was given is none, or the last day comes before the first.
    """
    days = sorted(date.fromisoformat(day[:10]) for page in pages if (day := published_on(page)))
    notes = []
    if not title:
        title = _title(list(filter(None, map(headline_of, pages))))
        notes.append(f"The event's title is a stopgap: {title!r}.")
    if not start and not end:
        notes.append(_told_days(days))
    first, last = _day(start, "--start"), _day(end, "--end")
    if first and last and last < first:
        mend = "Correct --start or --end."
        raise IntakeError([f"--end {last}: the event ends before it starts, on {first}. {mend}"])
    first = first or min([*days[:1], *([last] if last else [])], default=None)
    last = last or max([*days[-1:], *([first] if first else [])], default=None)
    return Event(title, first, last, tuple(notes))


def _day(value: str, option: str) -> date | None:
    try:
        return read_day(value) if value else None
    except ValueError as error:
        raise IntakeError([f"{option}: {error}"]) from error


def _told_days(days: Sequence[date]) -> str:
    if not days:
        return "No page tells a date: the event has no day. Write it in study.yml, if it matters."
    told = str(days[0]) if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return f"The event's days are those on which the articles appeared: {told}."


def _title(headlines: Sequence[str]) -> str:
    """Words that most headlines share, as in the first of them; else the first headline."""
    told = Counter(word for line in headlines for word in {*map(str.casefold, _words(line))})
    first = dict.fromkeys(_words(headlines[0])) if headlines else ()
    shared = [word for word in first if told[word.casefold()] > 1]
    if len(headlines) > 1 and len(shared) > 1:
        return " ".join(shared[:_TITLE_WORDS])
    return headlines[0][:_LONGEST_TITLE] if headlines else "An event"


def _words(headline: str) -> list[str]:
    return [word for word in _WORD.findall(headline) if word.casefold() not in actors.UNTOLD]
