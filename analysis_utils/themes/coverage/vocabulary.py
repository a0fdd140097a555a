"""Whether an outlet has a word at all: as written, spelled nearly alike, or near in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from analysis_utils.themes.coverage.alignment import letter_runs
from analysis_utils.themes.coverage.differing_words import (
    NEARLY_ALIKE,
    SentenceWords,
    Word,
    spelled_alike,
)

#: Words that tell something.
CONTENT = ("verb", "noun", "adjective", "number", "actor")

#: Cosine of two words that can stand for one another: lawyer and attorney, die and kill.
LIKE_MEANING = 0.62

#: In more words than this something near is always found: only spelling is compared then.
MOST_WORDS = 20_000


class Vocabulary:
    """All words of an outlet; answers are kept."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.known: set[str] = set()
        for word in words:
            self.known |= _forms(word) | {word.key.lower()}
        self.by_run: dict[str, set[str]] = {}
        for form in self.known:
            for run in _long_runs(form):
                self.by_run.setdefault(run, set()).add(form)
        self.answers: dict[tuple[str, str], bool] = {}

    def lacks(self, words: Iterable[Word]) -> set[tuple[str, str]]:
        """Those of some words that the outlet does not have, by key and text."""
        asked = {_name(word): word for word in words}
        new = {name: word for name, word in asked.items() if name not in self.answers}
        unlike = {name: word for name, word in new.items() if self._is_unlike(word)}
        self.answers.update(dict.fromkeys(new, False))
        self.answers.update(dict.fromkeys(unlike, True))
        self._drop_near([name for name, word in unlike.items() if word.kind in _MEANING])
        return {name for name in asked if self.answers[name]}

    def _is_unlike(self, word: Word) -> bool:
        forms = _forms(word) | {word.key.lower()}
        if forms & self.known:
            return False
        if word.kind == "number":
            return True
        return all(
            spelled_alike(form, other) < NEARLY_ALIKE
            for form in forms
            for run in _long_runs(form)
            for other in self.by_run.get(run, ())
        )

    def _drop_near(self, names: list[tuple[str, str]]) -> None:
        """Take back those words to which another of the outlet's is near in meaning."""
        from analysis_utils.measures.embeddings import embed

        known = sorted(form for form in self.known if form[:1].isalpha())
        if not names or not known or len(known) > MOST_WORDS:
            return
        if not hasattr(self, "vectors"):
            self.vectors = embed(known)
        nearest = (embed([key for key, _ in names]) @ self.vectors.T).max(axis=1)
        for place in np.flatnonzero(nearest >= LIKE_MEANING):
            self.answers[names[place]] = False


_MEANING = ("verb", "noun", "adjective")


def _forms(word: Word) -> set[str]:
    """A word as written, in pieces, and a name's initials: "us" for "the United States"."""
    text = word.text.lower()
    capitals = "".join(re.findall(r"\b[A-Z]", word.text)).lower()
    return {text, *text.split(), text.replace(".", ""), *([capitals] if len(capitals) > 1 else [])}


def _name(word: Word) -> tuple[str, str]:
    return word.key, word.text


def _long_runs(form: str) -> list[str]:
    return [run for run in letter_runs(form) if len(run) == 5]


def vocabularies(readings: Mapping[str, SentenceWords]) -> dict[str, Vocabulary]:
    """The vocabulary of each outlet, standfirsts too."""
    words: dict[str, list[Word]] = {}
    for reading in readings.values():
        words.setdefault(reading.sentence.outlet, []).extend(reading.words)
    return {outlet: Vocabulary(found) for outlet, found in words.items()}
