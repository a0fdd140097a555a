"""The dates of a column, in year-month-day where that is sure.

"03/04/2023" is a day in March or in April.  The other dates of its column tell which: where one
of them has a day past the twelfth first, all have the day first, since one program wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_PARTS = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)(?!\d)"
    r"(?P<rest>.*)"
)
_COMPACT = re.compile(
    r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)(?:[0-5]\d)?(Z?))?(?:\.0)?"
)
_SLASHED = re.compile(r"((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})(?!\d)(.*)")
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d.*")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|\d{10}(?:\.\d+)?|\d{13}")
_TWITTER = re.compile(r"\w{3} (\w{3}) (\d\d) (\S+) (\+\d{4}) (\d{4})")
#: Day 0 of spreadsheets.
_DAY_0 = date(1899, 12, 30)


def read_days(cells: Sequence[str]) -> list[str]:
    """The cells of a column, those that are dates in numbers as year-month-day.

    What cannot be told stays as it is.

    >>> read_days(["14/03/2023", "03/04/2023", "March 5, 2023"])
    ['2023-03-14', '2023-04-03', 'March 5, 2023']
    """
    day_first = _is_day_first(cells)
    return [_read(cell.strip(), day_first) for cell in cells]


def _is_day_first(cells: Sequence[str]) -> bool | None:
    """Whether days stand before months in a column; None where its dates do not tell."""
    found = [parts for cell in cells if (parts := _PARTS.fullmatch(cell.strip()))]
    first = any(int(parts["first"]) > 12 for parts in found)
    second = any(int(parts["second"]) > 12 for parts in found)
    return None if first == second else first


def _read(cell: str, day_first: bool | None) -> str:
    if parts := _PARTS.fullmatch(cell):
        return _in_order(parts, day_first) or cell
    if whole := _COMPACT.fullmatch(cell):
        day = _iso(*whole.groups()[:3])
        return day + _time(*whole.groups()[3:]) if day else cell
    if slashed := _SLASHED.fullmatch(cell):
        day = _iso(*slashed.groups()[:3])
        return day + slashed[4] if day else cell
    if _NUMBER.fullmatch(cell):
        return _of_number(float(cell))
    if _ISO.fullmatch(cell):
        return cell.replace(" ", "T", 1)
    if found := _TWITTER.fullmatch(cell):
        month, day, time, zone, year = found.groups()
        return parsedate_to_datetime(f"{day} {month} {year} {time} {zone}").isoformat()
    return cell


def _in_order(parts: re.Match, day_first: bool | None) -> str:
    """A date in numbers as year-month-day; empty if its order is not known."""
    first, second, year = int(parts["first"]), int(parts["second"]), parts["year"]
    if len(year) == 2 and (day_first is None or parts["sign"] == "-"):
        return ""  # 16-03-23 may begin with its year
    if first <= 12 and second <= 12 and first != second and day_first is None:
        return ""
    leads = first > 12 if first > 12 or second > 12 else bool(day_first)
    day, month = (first, second) if leads else (second, first)
    told = _iso(year if len(year) == 4 else f"20{year}", str(month), str(day))
    return told + parts["rest"] if told else ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _time(hour: str | None, minute: str | None, zone: str | None) -> str:
    return f"T{hour}:{minute}{zone or ''}" if hour else ""


def _of_number(number: float) -> str:
    """The day that a spreadsheet (44999) or a computer's clock (1678788000) counts."""
    if number < 100_000:
        return (_DAY_0 + timedelta(days=int(number))).isoformat()
    seconds = number / 1000 if number >= 1e12 else number
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="minutes")
