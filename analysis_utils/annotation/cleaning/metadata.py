"""What a page says about its article: date, dateline, section tag, byline.

A regular expression finds the stretch; ``dateparser`` reads the date in it.
The offset from UTC is read here, because "UTC+3" means three hours ahead of
UTC while libraries disagree on its sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from analysis_utils.words import derived, pages, times

_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r" ?(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
#: Abbreviations whose offset is beyond doubt on a news page; "ET" depends on the season.
_ZONES = {
    "UTC": "+00:00", "GMT": "+00:00", "Z": "+00:00", "BST": "+01:00", "CET": "+01:00",
    "CEST": "+02:00", "MSK": "+03:00", "EDT": "-04:00", "EST": "-05:00", "CDT": "-05:00",
    "CST": "-06:00", "MDT": "-06:00", "MST": "-07:00", "PDT": "-07:00", "PST": "-08:00",
}  # fmt: skip
_OFFSET = re.compile(
    r"^\W{0,2}(?:(?:UTC|GMT) ?)?(?P<sign>[+−-])(?P<hours>\d\d?):?(?P<minutes>[0-5]\d)?(?!\d)"
)
_ZONE_NAME = re.compile(rf"^\W{{0,2}}(?P<name>{'|'.join(_ZONES)})\b")
_AGO = re.compile(
    r"\b\d+ ?(?:s|secs?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?) ago\b", re.I
)
#: The time of day stands within so many characters after the date.
_TIME_REACH = 20
#: A line about a date is no longer than this.
DATE_LINE_LENGTH = 120
#: Words a date line may carry beside its date: a place, a name, a menu item.
_OTHER_WORDS = 6

_AGENCY = r"(?:\([A-Z][\w .&/’'-]{0,30}\)|/[A-Z][\w .&-]{0,20}/\.?)"
_PLACE = r"[A-Z][A-Z.’'/-]+(?:[ ,]+[A-Z][A-Z.’'/-]+){0,4}"
_REGION = r"(?:, [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})?"
_DASH = r"(?:--|[—–])"
_DATELINE_LENGTH = 100

_GLUED_TAG = re.compile(r"(?P<tag>[A-Z][\w&’' -]{1,38}?\w)(?=(?P=tag)\b)")

#: The kinds of the fields that stand above an article that is alone in its file.
FIELDS = {
    "Outlet": "source",
    "Length": "source",
    "Headline": "headline",
    "Byline": "byline",
    "Section": "section",
}
FIELD = re.compile(rf"(?P<name>{'|'.join(FIELDS)}): (?P<value>.+)")


@derived
def _month() -> str:
    return rf"{times.either('months', 'months_short')}\b\.?"


@derived
def date_pattern() -> re.Pattern:
    """The ways in which pages write a date."""
    month = _month()
    return re.compile(
        rf"(?<!\d)(?P<iso>{_YEAR}-[01]\d-[0-3]\d)(?!\d)"
        rf"|\b(?P<month_first>{month} {_DAY}\b(?:,? {_YEAR}\b)?)"
        rf"|(?<!\d)(?P<day_first>{_DAY}\.? {month}(?:,? {_YEAR}\b)?)"
        rf"|(?<![\d/.])(?P<numeric>\d\d?[/.]\d\d?[/.]{_YEAR})(?!\d)",
        re.IGNORECASE,
    )


@derived
def _labels() -> re.Pattern:
    days, labels = times.either("weekdays", "weekdays_short"), pages.either("date_labels")
    return re.compile(rf"\b(?:{labels}|{days}|p\.?m|a\.?m|[ECMP][SD]?T|T|hrs?)\b", re.IGNORECASE)


@derived
def _dateline() -> re.Pattern:
    month = _month()
    day = rf"(?i:[,.]? ?{month} {_DAY}(?:,? {_YEAR})?|[,.]? ?{_DAY} {month}(?: {_YEAR})?)?"
    return re.compile(
        # A place in capitals, perhaps region, day and agency, then an agency or a dash;
        rf"(?:{_PLACE}{_REGION}{day}[.,]?"
        rf"(?: ?{_AGENCY}[.:]?(?: ?(?:{_DASH}|-))?| ?{_DASH}| -)"
        # or any place with an agency and a dash.
        rf"|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}{_REGION}{day}"
        rf" ?{_AGENCY} ?(?:{_DASH}|-))"
        r" ?(?=[\"“'‘(\[]?[A-Z0-9])"
    )


@dataclass(frozen=True)
class PageDate:
    """A date found in a line: its value as far as the line gives it, and where it stands."""

    day: str
    time: str
    start: int
    end: int
    has_year: bool

    @property
    def iso(self) -> str:
        """ISO 8601; empty if the year is missing or the date is ambiguous."""
        return self.day + self.time if self.has_year else ""


def find_date(text: str, year: int | None = None) -> PageDate | None:
    """The date of a short line that is about a date, not of a sentence that has one.

    Parameters
    ----------
    text
        A tidied line.
    year
        Completes a date without a year.

    Returns
    -------
    PageDate or None
        With the time of day only where the line gives its zone too.
    """
    found = _search_date(text)
    if found is None:
        return None
    day, has_year = _read_day(found, year)
    time, end = _read_time(text, found)
    return PageDate(day, time if day else "", found.start(), end, has_year and bool(day))


def is_dated(text: str) -> bool:
    """Whether a short line is about a date, or tells how long ago something was published."""
    return _search_date(text) is not None or is_age(text)


def _search_date(text: str) -> re.Match | None:
    found = date_pattern().search(text) if len(text) <= DATE_LINE_LENGTH else None
    return found if found is not None and _is_about_date(text, found) else None


def is_age(text: str) -> bool:
    """Whether a short line tells how long ago something was published."""
    return len(text) <= 60 and bool(_AGO.search(text))


def _is_about_date(text: str, found: re.Match) -> bool:
    rest = text[: found.start()] + " " + text[found.end() :]
    rest = _labels().sub(" ", re.sub(r"[\d:.+]+", " ", rest))
    leads = not re.search(r"\w", _labels().sub(" ", re.sub(r"\d+", " ", text[: found.start()])))
    n_words = len(re.findall(r"\w+", rest))
    return n_words <= (_OTHER_WORDS if leads else 3)


def _read_day(found: re.Match, year: int | None) -> tuple[str, bool]:
    """The day in ISO 8601 and whether it is whole, from what the line or ``year`` gives."""
    written = found.group()
    if found["numeric"]:
        first, second = (int(part) for part in re.split(r"[/.]", written)[:2])
        if first <= 12 and second <= 12 and first != second:
            return "", False  # 3/4/2018: nobody can tell the day from the month
    elif not re.search(_YEAR, written):
        if year is None:
            return "", False
        written = f"{written} {year}"
    day = _parse_day(written)
    return day, bool(day)


@lru_cache(maxsize=4096)
def _parse_day(written: str) -> str:
    import dateparser

    day = dateparser.parse(written, languages=["en"])
    return day.date().isoformat() if day else ""


def _read_time(text: str, found: re.Match) -> tuple[str, int]:
    """Time of day with its offset, as ``T11:06+03:00``, and where date and time end."""
    after = _TIME.search(text, found.end(), found.end() + _TIME_REACH)
    time = after or _TIME.search(text, 0, found.start())
    if time is None:
        return "", found.end()
    offset, length = _read_offset(text[time.end() :])
    end = max(found.end(), time.end() + length)
    return (f"T{_hour(time):02d}:{time['minute']}{offset}" if offset else ""), end


def _hour(time: re.Match) -> int:
    if not time["half"]:
        return int(time["hour"])
    return int(time["hour"]) % 12 + (12 if time["half"][0] in "pP" else 0)


def _read_offset(text: str) -> tuple[str, int]:
    """Offset from UTC at the front of a text, as ``+03:00``, and how long it is written."""
    if number := _OFFSET.match(text):
        sign = "+" if number["sign"] == "+" else "-"
        return f"{sign}{int(number['hours']):02d}:{number['minutes'] or '00'}", number.end()
    if name := _ZONE_NAME.match(text):
        return _ZONES[name["name"]], name.end()
    return "", 0


def cut_dateline(text: str) -> tuple[str, str]:
    """A first paragraph as (dateline, rest): ``("MOSCOW, June 14. /TASS/.", "Russian ...")``."""
    found = _dateline().match(text[:_DATELINE_LENGTH])
    return (text[: found.end()].rstrip(), text[found.end() :]) if found else ("", text)


def cut_tag(headline: str, sections: Collection[str] = ()) -> tuple[str, str]:
    """A headline as (section tag glued to its front, headline without it).

    The tag shows because it is said twice without a space ("SportSport stars
    ...") or is an entry of the page's menu with a capital letter right after it.
    """
    doubled = _GLUED_TAG.match(headline)
    if doubled:
        return doubled["tag"], headline[doubled.end() :]
    for seam in re.finditer(r"(?<=[a-z])(?=[A-Z])", headline[:60]):
        if headline[: seam.end()] in sections:
            return headline[: seam.end()], headline[seam.end() :]
    return "", headline
