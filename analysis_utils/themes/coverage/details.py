"""What only one outlet tells, down to the phrase.

Two outlets can share a sentence and not its details: both report that a text
was passed, one alone says what it demands.  A detail is a phrase of the parse
most of whose content words stand nowhere in the other outlets' texts, neither
in this form nor spelled nearly alike, nor answered by another word in the same
place of an aligned sentence (:mod:`analysis_utils.themes.coverage.differing_words`).

Words, not facts, are compared.  What the others say in quite other words is
listed here too, and what they deny in the same words is not: the list is for
reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis_utils.annotation.parsed import Sentence
from analysis_utils.themes.coverage.alignment import letter_runs
from analysis_utils.themes.coverage.differing_words import (
    NEARLY_ALIKE,
    SentenceWords,
    match_words,
    spelled_alike,
)

#: Share of the content words of a detail that the others do not have, and least number.
LONELY_SHARE = 0.6
LEAST_WORDS = 2

_CONTENT = ("verb", "noun", "adjective", "number")


def find_details(readings: Mapping[str, SentenceWords], pairs: pd.DataFrame) -> pd.DataFrame:
    """The phrases of each sentence that no other outlet has.

    Parameters
    ----------
    readings
        Every sentence of the corpus, standfirsts too, as
        :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.
    pairs
        Pairs of aligned sentences; their ``link`` must not be empty.

    Returns
    -------
    One row a phrase in reading order: ``sentence_id``, ``outlet``, ``start``,
    ``end``, ``text`` and ``lonely`` (its words that the others do not have).
    """
    answered = _answered(readings, pairs)
    vocabularies = _vocabularies(readings)
    lonely_of = {
        outlet: _Lonely([words for other, words in vocabularies.items() if other != outlet])
        for outlet in vocabularies
    }
    rows = []
    for sentence_id, reading in readings.items():
        outlet = reading.sentence.outlet
        content = {n: word for n, word in enumerate(reading.words) if word.kind in _CONTENT}
        lonely = {
            number
            for number, word in content.items()
            if number not in answered.get(sentence_id, ()) and lonely_of[outlet].is_lonely(word)
        }
        for start, end, inside in _phrases(reading, set(content), lonely):
            rows.append(
                {
                    "sentence_id": sentence_id,
                    "outlet": outlet,
                    "start": start,
                    "end": end,
                    "text": reading.sentence.text[start:end],
                    "lonely": ", ".join(reading.words[n].text for n in sorted(inside & lonely)),
                }
            )
    columns = ["sentence_id", "outlet", "start", "end", "text", "lonely"]
    return pd.DataFrame(rows, columns=columns)


def unshared_details(
    readings: Mapping[str, SentenceWords], pairs: pd.DataFrame, told: pd.DataFrame
) -> pd.DataFrame:
    """Phrases that only one outlet has, in sentences that another tells or may tell.

    Parameters
    ----------
    readings
        As :func:`find_details` takes them.
    pairs
        As :func:`~analysis_utils.themes.coverage.alignment.align` gives them, linked or not.
    told
        As :func:`~analysis_utils.themes.coverage.tables.tellings` gives it.

    Returns
    -------
    Rows of :func:`find_details` with ``nearest``: the sentence of another
    outlet that is most like theirs, or empty.
    """
    details = find_details(readings, pairs[pairs["link"] != ""])
    shared = told.loc[told["told"] != "one", "sentence_id"]
    details = details[details["sentence_id"].isin(shared)]
    nearest = nearest_sentence(pairs)
    details = details.assign(nearest=details["sentence_id"].map(nearest).fillna(""))
    columns = ["outlet", "sentence_id", "start", "end", "text", "lonely", "nearest"]
    return details[columns].reset_index(drop=True)


def nearest_sentence(pairs: pd.DataFrame) -> dict[str, str]:
    """The most similar sentence of any other outlet, by sentence."""
    nearest: dict[str, str] = {}
    for one, two in pairs[["sentence_id", "other_id"]].itertuples(index=False, name=None):
        nearest.setdefault(one, two)
        nearest.setdefault(two, one)
    return nearest


def _answered(readings: Mapping[str, SentenceWords], pairs: pd.DataFrame) -> dict[str, set[int]]:
    """Words that an aligned sentence of another outlet has or answers, by sentence."""
    answered: dict[str, set[int]] = {}
    for pair in pairs.itertuples():
        for match in match_words(readings[pair.sentence_id], readings[pair.other_id]):
            answered.setdefault(pair.sentence_id, set()).add(match.one)
            answered.setdefault(pair.other_id, set()).add(match.two)
    return answered


def _vocabularies(readings: Mapping[str, SentenceWords]) -> dict[str, set[str]]:
    """All words of each outlet as written and in their base form, mentions in pieces."""
    words: dict[str, set[str]] = {}
    for reading in readings.values():
        own = words.setdefault(reading.sentence.outlet, set())
        for word in reading.words:
            pieces = word.text.split() if word.kind == "actor" else (word.key, word.text)
            own.update(piece.lower() for piece in pieces)
    return words


class _Lonely:
    """Whether a word has no counterpart in the words of the others; answers are kept."""

    def __init__(self, vocabularies: Sequence[set[str]]) -> None:
        self.known = set().union(*vocabularies) if vocabularies else set()
        self.by_run: dict[str, set[str]] = {}
        for word in self.known:
            for run in letter_runs(word):
                if len(run) == 5:
                    self.by_run.setdefault(run, set()).add(word)
        self.answers: dict[str, bool] = {}

    def is_lonely(self, word) -> bool:
        forms = {word.key.lower(), word.text.lower()}
        if forms & self.known:
            return False
        if word.kind == "number":
            return True
        return all(self._unlike(form) for form in sorted(forms))

    def _unlike(self, form: str) -> bool:
        if form not in self.answers:
            near = {word for run in letter_runs(form) for word in self.by_run.get(run, ())}
            self.answers[form] = all(spelled_alike(form, word) < NEARLY_ALIKE for word in near)
        return self.answers[form]


def _phrases(
    reading: SentenceWords, content: set[int], lonely: set[int]
) -> Iterator[tuple[int, int, set[int]]]:
    """The largest phrases made mostly of lonely words, from the top of the parse down."""
    sentence = reading.sentence
    word_at = {
        token.token: number
        for number, word in enumerate(reading.words)
        for token in sentence.tokens
        if word.start <= token.start < word.end
    }
    below = _subtrees(sentence)
    roots = [token.token for token in sentence.tokens if token.head == token.token]
    waiting = [(root, True) for root in reversed(roots)]
    while waiting:
        token, is_root = waiting.pop()
        inside = {word_at[n] for n in below[token] if word_at.get(n) in content}
        alone = inside & lonely
        enough = len(alone) >= LEAST_WORDS or any(
            reading.words[number].kind == "number" for number in alone
        )
        if enough and not is_root and len(alone) >= LONELY_SHARE * len(inside):
            span = _span(sentence, below[token])
            yield *span, inside
            continue
        children = [child.token for child in sentence.children(sentence.tokens[token])]
        waiting += [(child, False) for child in reversed(children)]


def _subtrees(sentence: Sentence) -> list[set[int]]:
    """For each token the tokens that hang on it, itself included."""
    below: list[set[int]] = [{token.token} for token in sentence.tokens]
    for token in sentence.tokens:
        above = token
        while above.head != above.token:
            above = sentence.head(above)
            below[above.token].add(token.token)
    return below


def _span(sentence: Sentence, numbers: set[int]) -> tuple[int, int]:
    """The characters of a subtree without punctuation at its ends; a number alone takes the
    word it belongs to with it."""
    ordered = [sentence.tokens[number] for number in sorted(numbers)]
    words = [token for token in ordered if token.pos not in ("PUNCT", "SPACE")] or ordered
    if len(words) == 1 and abs(words[0].head - words[0].token) == 1:
        words = sorted([words[0], sentence.head(words[0])], key=lambda token: token.token)
    return words[0].start, words[-1].end
