"""Dates and numbers on which aligned sentences disagree.

A date counts as the day it means: "Thursday" in a page dated 14 June is the
Thursday on or before that day, "last year" the year before.  Two dates are
compared only if they say when the same thing happened: the verbs they hang on
were matched (:mod:`analysis_utils.themes.coverage.differing_words`), or both are verbs of
saying with the same actor as their subject.  Two numbers are compared if they
count the same noun.  A flag is a reason to read, not a finding: one outlet may
date the statement and the other the report of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from analysis_utils.themes.coverage.differing_words import SentenceWords, match_words
from analysis_utils.words import derived, speech, times

_SHIFTS = {"last year": -1, "this year": 0, "next year": 1}

#: So far from the day of writing, a date of the same year would have its year beside it.
FAR = timedelta(days=270)

#: Articles further apart than this, in days, tell of different deeds: nothing there conflicts.
NEAR = 3

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


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


def find_conflicts(
    pairs: pd.DataFrame, readings: Mapping[str, SentenceWords], articles: pd.DataFrame
) -> pd.DataFrame:
    """Dates and numbers that differ between aligned sentences.

    Parameters
    ----------
    pairs
        Pairs of aligned sentences, as ``align`` gives them.
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.
    articles
        Table of the corpus, for the day each article was written on.

    Returns
    -------
    One row a conflict, of articles at most ``NEAR`` days apart: ``what`` (``date`` or
    ``number``), ``sentence_id``, ``words``, ``means`` (a day, a year or a number with its noun),
    ``other_id``, ``other_words``, ``other_means``.
    """
    spoken = {
        row.article_id: reference_day(row.published, row.dateline) for row in articles.itertuples()
    }
    rows = []
    for pair in pairs.itertuples():
        one, two = readings[pair.sentence_id], readings[pair.other_id]
        if _days_apart(one, two, spoken) > NEAR:
            continue
        for what, first, second in [
            *_date_conflicts(one, two, spoken),
            *_number_conflicts(one, two),
        ]:
            rows.append((what, pair.sentence_id, *first, pair.other_id, *second))
    columns = ["what", "sentence_id", "words", "means", "other_id", "other_words", "other_means"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def _days_apart(one: SentenceWords, two: SentenceWords, spoken: Mapping[str, date | None]) -> int:
    """How many days lie between two articles; 0 where one has no date."""
    first, second = (spoken.get(reading.sentence.article_id) for reading in (one, two))
    return abs((first - second).days) if first and second else 0


def _date_conflicts(
    one: SentenceWords, two: SentenceWords, spoken: Mapping[str, date | None]
) -> Iterator:
    dates = [
        list(find_dates(reading.sentence.text, spoken.get(reading.sentence.article_id)))
        for reading in (one, two)
    ]
    if not all(dates):
        return
    matches = {(match.one, match.two) for match in match_words(one, two)}
    for first in dates[0]:
        for second in dates[1]:
            if _agree(first.means, second.means):
                continue
            if _same_deed(one, first, two, second, matches):
                yield "date", (first.text, first.means), (second.text, second.means)


def _agree(one: str, two: str) -> bool:
    """Whether two dates can be the same: a year agrees with all of its days."""
    return one.startswith(two) or two.startswith(one)


def _same_deed(
    one: SentenceWords, first: Dated, two: SentenceWords, second: Dated, matches: set
) -> bool:
    """Whether two dates say when the same thing was done or said."""
    verbs = _verb_above(one, first), _verb_above(two, second)
    if None in verbs:
        return False
    numbers = tuple(
        next((n for n, word in enumerate(r.words) if word.start <= verb.start < word.end), -1)
        for r, verb in zip((one, two), verbs, strict=True)
    )
    if numbers in matches:
        return True
    speakers = {_subject_actor(r, verb) for r, verb in zip((one, two), verbs, strict=True)}
    both_say = all(verb.lemma in speech.REPORTING for verb in verbs)
    return both_say and len(speakers) == 1 and None not in speakers


def _verb_above(reading: SentenceWords, dated: Dated):
    """The nearest verb above the first token of a date."""
    sentence = reading.sentence
    token = next((t for t in sentence.tokens if t.end > dated.start), None)
    if token is not None and token.dep == "nummod" and dated.text == token.text:
        return None  # "2020 Democrats" are no deed of 2020
    while token is not None and token.pos not in ("VERB", "AUX"):
        if token.head == token.token:
            return None
        token = sentence.head(token)
    return token


def _subject_actor(reading: SentenceWords, verb) -> str | None:
    subject = reading.sentence.subject(verb)
    mention = reading.sentence.actor_at(subject) if subject is not None else None
    return mention.actor if mention else None


def _number_conflicts(one: SentenceWords, two: SentenceWords) -> Iterator:
    counts = [dict(_counts(reading)) for reading in (one, two)]
    for noun in (noun for noun in counts[0] if noun in counts[1]):
        first, second = counts[0][noun], counts[1][noun]
        if first[1] != second[1]:
            yield (
                "number",
                (first[0], f"{_written(first[1])} {noun}"),
                (second[0], f"{_written(second[1])} {noun}"),
            )


def _written(value: float) -> str:
    """A number in full: 400,000,000 or 2.5."""
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"


def _counts(reading: SentenceWords) -> Iterator[tuple[str, tuple[str, float]]]:
    """Nouns that a sentence counts once, with the words and the value of the number."""
    sentence = reading.sentence
    found: dict[str, list[tuple[str, float]]] = {}
    for noun in (token for token in sentence.tokens if token.pos == "NOUN" or token.text == "%"):
        numbers = [t for t in sentence.children(noun) if t.dep == "nummod" and t.pos == "NUM"]
        if len(numbers) != 1:
            continue
        head = numbers[0]
        parts = sorted([*sentence.children(head), head], key=lambda token: token.token)
        words = sentence.text[parts[0].start : head.end]
        value = number_value([token.text for token in parts])
        if value is not None:
            found.setdefault(noun.lemma.lower(), []).append((f"{words} {noun.text}", value))
    yield from ((noun, values[0]) for noun, values in found.items() if len(values) == 1)


def number_value(words: list[str]) -> float | None:
    """The value of a number in figures or words, None for one that is not known.

    >>> number_value(["400", "million"]), number_value(["28,500"]), number_value(["five"])
    (400000000.0, 28500.0, 5.0)
    """
    value, scale, known = 1.0, 1.0, False
    for word in (word.lower() for word in words):
        if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
            value, known = float(word.replace(",", "")), True
        elif word in _ONES:
            value, known = float(_ONES.index(word)), True
        elif word in _SCALES:
            scale, known = scale * _SCALES[word], True
        elif word not in (
            "about",
            "around",
            "some",
            "nearly",
            "almost",
            "over",
            "$",
            "€",
            "£",
            "a",
        ):
            return None
    return round(value * scale, 6) if known else None  # 1.1 million is 1,100,000
