"""Dates and numbers on which aligned sentences disagree.

Two dates or two numbers are compared only where both sentences surely tell of one deed: the
verbs that they hang on are the same word, equally done, planned or denied, and the sentences
share who or what takes part.  Sayings are compared only if one actor says the same in both.
Two numbers must count the same noun in the same part, narrowed in the same way, and what they
leave open ("more than 40", "about 40") must not meet.  Everything else is left untold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis_utils.themes.coverage.amounts import Amount, find_amounts
from analysis_utils.themes.coverage.dates import Dated, find_dates, reference_day
from analysis_utils.themes.coverage.differing_words import SentenceWords, match_words
from analysis_utils.words import speech, times

#: Articles further apart than this, in days, tell of different deeds: nothing there conflicts.
NEAR = 3

#: How many others must take part in both, in sentences surely aligned and in others.
_SHARED_SURE, _SHARED_POSSIBLE = 1, 2

#: Verbs that help others and say nothing of whether something is done.
_PLAIN_HELPERS = ("be", "have", "do")

#: Kinds of words that can take part.
_TAKING_PART = ("actor", "noun")


class _Pair(NamedTuple):
    """Two readings, their equal words, and how many shared words make them tell of one deed."""

    one: SentenceWords
    two: SentenceWords
    equal: list[tuple[int, int]]
    needed: int


def find_conflicts(
    pairs: pd.DataFrame, readings: Mapping[str, SentenceWords], articles: pd.DataFrame
) -> pd.DataFrame:
    """Dates and numbers that differ between aligned sentences.

    Parameters
    ----------
    pairs
        Linked pairs of sentences, as ``align`` gives them.
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
    for row in pairs.itertuples():
        pair = _pair(readings[row.sentence_id], readings[row.other_id], row.link)
        days = [spoken.get(r.sentence.article_id) for r in (pair.one, pair.two)]
        if _days_apart(*days) > NEAR:
            continue
        for what, first, second in [*_date_conflicts(pair, days), *_number_conflicts(pair)]:
            rows.append((what, row.sentence_id, *first, row.other_id, *second))
    columns = ["what", "sentence_id", "words", "means", "other_id", "other_words", "other_means"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def _days_apart(one: date | None, two: date | None) -> int:
    """How many days lie between two articles; 0 where one has no date."""
    return abs((one - two).days) if one and two else 0


def _pair(one: SentenceWords, two: SentenceWords, link: str) -> _Pair:
    equal = [
        (match.one, match.two)
        for match in match_words(one, two)
        if match.kind == "same" and one.words[match.one].key == two.words[match.two].key
    ]
    return _Pair(one, two, equal, _SHARED_SURE if link == "counterpart" else _SHARED_POSSIBLE)


def _date_conflicts(pair: _Pair, days: list[date | None]) -> Iterator:
    dates = [
        list(find_dates(reading.sentence.text, day))
        for reading, day in zip((pair.one, pair.two), days, strict=True)
    ]
    if any(_agree(first.means, second.means) for first in dates[0] for second in dates[1]):
        return
    for first in dates[0]:
        for second in dates[1]:
            if first.text == second.text or len(first.means) != len(second.means):
                continue
            verbs = _verb_of(pair.one, first), _verb_of(pair.two, second)
            if None not in verbs and _same_deed(pair, *verbs):
                yield "date", (first.text, first.means), (second.text, second.means)


def _agree(one: str, two: str) -> bool:
    """Whether two dates can be the same: a year agrees with all of its days."""
    return one.startswith(two) or two.startswith(one)


def _verb_of(reading: SentenceWords, dated: Dated):
    """The verb whose day a date tells, None where it dates a noun, or since when, or until."""
    sentence = reading.sentence
    before = sentence.text[: dated.start].split()
    if before and before[-1].lower() in times.OTHER_YEARS:
        return None
    token = next((t for t in sentence.tokens if t.end > dated.start), None)
    if token is None or (token.dep == "nummod" and dated.text == token.text):
        return None  # "2020 Democrats" are no deed of 2020
    while token.pos not in ("VERB", "AUX"):
        is_inside = token.start < dated.end and token.end > dated.start
        is_of_day = token.pos == "ADP" and token.text.lower() in times.ON_THE_DAY
        is_object = token.dep == "dobj"  # "closed the plant on Tuesday" closed it then
        if token.head == token.token or not (is_inside or is_of_day or is_object):
            return None
        token = sentence.head(token)
    return token


def _same_deed(pair: _Pair, first, second) -> bool:
    """Whether two verbs tell that the same was done, or that one actor said the same."""
    if _stands_to_fact(pair.one, first) != _stands_to_fact(pair.two, second):
        return False
    shared = sum(pair.one.words[at].kind in _TAKING_PART for at, _ in pair.equal)
    if all(verb.lemma in speech.REPORTING for verb in (first, second)):
        speakers = {_speaker(pair.one, first), _speaker(pair.two, second)}
        return len(speakers) == 1 and None not in speakers and shared > _SHARED_POSSIBLE
    verbs = _number_of(pair.one, first), _number_of(pair.two, second)
    return verbs in pair.equal and shared >= pair.needed


def _stands_to_fact(reading: SentenceWords, verb) -> frozenset[str]:
    """What makes a deed denied, wished or planned: "not", "will", "to"."""
    return frozenset(
        token.lemma.lower()
        for token in reading.sentence.children(verb)
        if token.dep == "neg" or (token.dep == "aux" and token.lemma not in _PLAIN_HELPERS)
    )


def _number_of(reading: SentenceWords, token) -> int:
    """The number of the word that a token stands in, or -1."""
    places = (n for n, word in enumerate(reading.words) if word.start <= token.start < word.end)
    return next(places, -1)


def _speaker(reading: SentenceWords, verb) -> str | None:
    subject = reading.sentence.subject(verb)
    mention = reading.sentence.actor_at(subject) if subject is not None else None
    return mention.actor if mention else None


def _number_conflicts(pair: _Pair) -> Iterator:
    counted = {amount.noun: amount for amount in find_amounts(pair.two.sentence)}
    for first in find_amounts(pair.one.sentence):
        second = counted.get(first.noun)
        if second and _disagree(first, second) and _same_count(pair, first, second):
            yield "number", _told(first), _told(second)


def _disagree(one: Amount, two: Amount) -> bool:
    return one.most < two.least or two.most < one.least


def _same_count(pair: _Pair, one: Amount, two: Amount) -> bool:
    """Whether two numbers count the same in the same deed; the counted noun itself is shared."""
    alike = one.part == two.part and one.narrowed == two.narrowed
    return alike and pair.needed == _SHARED_SURE and _same_deed(pair, one.verb, two.verb)


def _told(amount: Amount) -> tuple[str, str]:
    value = amount.value
    written = f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    return amount.words, f"{written} {amount.noun}"
