"""Live blogs saved as text: entries with a time each, under one headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.exports.parts import date_in, shown
from analysis_utils.own_study.page import Taken

_TIME = re.compile(
    r"(?:(?:updated|posted|published)?:? ?(?:at )?)\d{1,2}[.:h]\d\d ?(?:[ap]\.?m\.?)? ?"
    r"(?:[A-Z]{2,4}|[A-Z][a-z]+ time)?(?: ?\(.*\))?",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"(?:last )?updated (?:at )?.{0,40}\d.*", re.IGNORECASE)
_BUTTONS = re.compile(
    r"share|share this post|copy link|facebook|twitter|tweet|email|whatsapp", re.IGNORECASE
)
#: What live blogs call themselves in their headlines.
_NAMED = re.compile(
    r"as it happened|\blive ?blog\b|\blive:|\blive updates\b|[–—|-] live\b|\bliveticker\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 40
#: Fewer times than this stand in other articles, too.
_FEWEST_ENTRIES = 3


def is_live(lines: Sequence[str]) -> bool:
    """Whether a text is a live blog: times of entries that stand alone on their lines."""
    plain = shown(lines)
    times = [i for i, line in enumerate(plain) if _is_stamp(line)]
    spread = [i for i, before in zip(times, [-9, *times], strict=False) if i - before > 1]
    is_named = times and any(map(_NAMED.search, plain[: times[0]]))
    return bool(is_named) and len(spread) >= _FEWEST_ENTRIES and _n_words(plain) >= _FEWEST_WORDS


def _is_stamp(line: str) -> bool:
    return bool(_TIME.fullmatch(line)) and not _UPDATED.fullmatch(line)


def _n_words(plain: Sequence[str]) -> int:
    return sum(len(line.split()) for line in plain if line.endswith((".", "”", '"', "?", "!")))


def live_blog(lines: Sequence[str], source: str) -> Taken:
    """The live blog as one article: its entries in the order of the page."""
    plain = shown(lines)
    start = next(i for i, line in enumerate(plain) if _NAMED.search(line))
    plain = plain[start:]
    first = next(i for i, line in enumerate(plain) if _is_stamp(line))
    head = plain[1:first]
    dates = [line for line in head if re.search(r"\d{4}", line) and len(line.split()) <= 8]
    others = [line for line in head if line not in dates]
    byline = others[0] if others and len(others[0].split()) <= 6 else ""
    text = [line for line in [*others[bool(byline) :], *plain[first:]] if not _is_furniture(line)]
    return Taken(
        "", source, "\n".join(text), plain[0], byline, date=tidy(dates[0]) if dates else ""
    )


def _is_furniture(line: str) -> bool:
    return bool(
        _TIME.fullmatch(line)
        or _UPDATED.fullmatch(line)
        or _BUTTONS.fullmatch(line)
        or date_in(line)
    )
