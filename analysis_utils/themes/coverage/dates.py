"""The dates in a sentence, as the days or the years that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from analysis_utils.words import derived, times

_SHIFTS = {"last year": -1, "this year": 0, "next year": 1}

#: So far from the day of writing, a date of the same year would have its year beside it.
FAR = timedelta(days=270)


@derived
def _date() -> re.Pattern:
    month, weekday = times.either("months"), times.either("weekdays")
    return re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{month})(?:,?\s+(?P<year>\d{{4}}))?"
        rf"|(?P<month2>{month})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>\d{{4}}))?"
        rf"|(?P<weekday>{weekday})"
        r"|(?P<relative>last year|this year|next year)"
        r"|(?<![\d,.$€£])(?P<alone>(?:19|20)\d{2})(?![\d,.%]\d|s)"
    )


@derived
def _dateline() -> re.Pattern:
    month = times.either("months")
    return re.compile(
        rf"(?P<month>{month})\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{month})"
    )


class Dated(NamedTuple):
    """A date in a sentence: where it stands and the day or the year it means."""

    start: int
    end: int
    text: str
    means: str  # 2018-06-14, or 2017 for a year


def reference_day(published: str, dateline: str = "") -> date | None:
    """The day an article speaks from: its dateline's, else the day it was published.

    >>> reference_day("2018-06-14T11:06+03:00", "MOSCOW, June 13. /TASS/.")
    datetime.date(2018, 6, 13)
    """
    if not published:
        return None
    day = date.fromisoformat(published[:10])
    found = _dateline().search(dateline)
    if not found:
        return day
    parts = _parts(found)
    return _near(day, parts["month"], parts["day"]) or day


def find_dates(text: str, spoken: date | None) -> Iterator[Dated]:
    """The dates in a text, as the days or years they mean; none that cannot be resolved.

    Parameters
    ----------
    text
        A sentence.
    spoken
        The day it was written on, for weekdays and dates without a year.
    """
    for found in _date().finditer(text):
        if means := _meaning(_parts(found), text[: found.start()], spoken):
            yield Dated(found.start(), found.end(), found[0], means)


def _parts(found: re.Match[str]) -> dict[str, str]:
    """The parts of a date that are there, in whatever order they stand."""
    return {name.rstrip("2"): part for name, part in found.groupdict().items() if part}


def _meaning(parts: Mapping[str, str], before: str, spoken: date | None) -> str:
    if "alone" in parts:
        return parts["alone"]
    if "relative" in parts:
        return str(spoken.year + _SHIFTS[parts["relative"]]) if spoken else ""
    if "weekday" in parts:
        day = _weekday(times.listed("weekdays").index(parts["weekday"]), before, spoken)
    elif "year" in parts:
        day = _day(int(parts["year"]), parts["month"], parts["day"])
    else:
        day = _near(spoken, parts["month"], parts["day"])
    return day.isoformat() if day else ""


def _weekday(wanted: int, before: str, spoken: date | None) -> date | None:
    """The weekday on or before the day of writing; "next" and "last" are a week off."""
    if spoken is None or re.search(r"\b(?:next|coming|every|each)\s+$", before, re.IGNORECASE):
        return None
    back = (spoken.weekday() - wanted) % 7
    if re.search(r"\blast\s+$", before, re.IGNORECASE) and back == 0:
        back = 7
    return spoken - timedelta(days=back)


def _near(spoken: date | None, month: str, number: str) -> date | None:
    """A day without a year: of the year of writing, or around New Year of a neighbouring one, if
    that is more than ``FAR`` from the writing and the neighbour's is not."""
    if spoken is None:
        return None
    days = [_day(spoken.year + shift, month, number) for shift in (0, -1, 1)]
    return next((day for day in days if day and abs(day - spoken) <= FAR), days[0])


def _day(year: int, month: str, number: str) -> date | None:
    try:
        return date(year, times.listed("months").index(month) + 1, int(number))
    except ValueError:
        return None
