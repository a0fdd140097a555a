"""Hits: where the terms of frames stand in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis_utils.measures.terms.phrases import HYPHENS
from analysis_utils.measures.terms.word_forms import add_forms, normal_form
from analysis_utils.study.parts import Frame
from analysis_utils.themes.frames.codebook import what_is_wrong, written_words
from analysis_utils.words import terms as words_of_terms

#: Columns of a table of hits, one row a term found for a frame.
HIT_COLUMNS = ["sentence_id", "frame", "term", "start", "end", "text"]

# What is read of each word.
_READ = ["sentence_id", "part", "sentence", "start", "end", "text", "form", "base", "kind"]

# Marks after which a capital says no more than that a sentence begins.
_OPENING = re.compile(r"(?:^|[\"“”'‘’:;—–(\[])\s*$")


def find_hits(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    frames: Iterable[Frame],
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every place where a term of a frame stands.

    A word is found in its base form and as it is written; words of a phrase stand
    side by side, with a space or a hyphen between them.  Of several terms of a
    frame that begin at the same word the longest holds, and none begins after a
    prefix ("virus" is not found in "anti-virus").  What something is called is not
    what is said of it: a term in small letters finds no word with a capital inside a
    sentence of the body (headlines may be set in capitals), and nothing is found in
    the name of an actor.

    Parameters
    ----------
    sentences, tokens
        Tables of the corpus; tokens of other sentences are left out.
    frames
        What to look for.
    mentions
        Mentions of the study's actors; their names and aliases are passed over.

    Returns
    -------
    One row a hit, in reading order: ``sentence_id``, ``frame``, ``term``, ``start`` and ``end``
    (in the sentence) and ``text`` (as written); a word may be a hit of several frames.

    Raises
    ------
    ValueError
        If a term cannot be looked for.
    """
    return ReadWords.of(sentences, tokens, mentions).find(frames)


@dataclass(frozen=True)
class ReadWords:
    """The words of sentences, read once, to look for one list of terms after another."""

    by_sentence: list[list[_Word]]
    named: dict[str, list[tuple[int, int]]]

    @classmethod
    def of(
        cls, sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame | None = None
    ) -> ReadWords:
        """Takes tables as :func:`find_hits` does."""
        return cls(list(_sentences(sentences, tokens)), _named_spans(mentions))

    def find(self, frames: Iterable[Frame]) -> pd.DataFrame:
        """The hits of some frames; see :func:`find_hits`."""
        lexicon = _Lexicon.of(frames)
        rows = [
            hit
            for words in self.by_sentence
            for hit in lexicon.search(words)
            if not any(a < hit[4] and hit[3] < b for a, b in self._names_in(words))
        ]
        return pd.DataFrame(rows, columns=HIT_COLUMNS)

    def _names_in(self, words: list[_Word]) -> list[tuple[int, int]]:
        return self.named.get(words[0].sentence_id, [])


def _named_spans(mentions: pd.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    """Where actors are called by a name, by sentence."""
    if mentions is None:
        return {}
    called = mentions[mentions["kind"].isin(["name", "alias"])]
    return {
        sentence_id: list(zip(rows["start"], rows["end"], strict=True))
        for sentence_id, rows in called.groupby("sentence_id")
    }


class _Word(NamedTuple):
    """A word of a sentence, as terms see it."""

    sentence_id: str
    start: int
    end: int
    form: str
    base: str
    capital: bool
    in_name: bool  # a capital that neither a headline nor the place in the sentence explains
    joined: bool  # no more than a space or a hyphen parts it from the word before
    prefixed: bool  # it hangs on a prefix with a hyphen, as "virus" in "anti-virus"
    sentence: str


def _sentences(sentences: pd.DataFrame, tokens: pd.DataFrame) -> Iterator[list[_Word]]:
    """The words of each sentence that has any, in reading order."""
    place = sentences[["sentence_id", "part", "text"]].rename(columns={"text": "sentence"})
    words = tokens.merge(place, on="sentence_id", how="inner", validate="many_to_one")
    words = words[words["text"].str.contains(r"[^\W_]")].reset_index(drop=True)
    if words.empty:
        return
    rows = add_forms(words)[_READ].itertuples(index=False)  # once for all: a table each is slow
    for _, of_sentence in groupby(rows, key=attrgetter("sentence_id")):
        yield list(_words(of_sentence))


def _words(rows: Iterable) -> Iterator[_Word]:
    end, last = 0, ""
    for row in rows:
        before = row.sentence[: row.start]
        between = before[end:].strip()
        capital = row.text[0].isupper()
        yield _Word(
            row.sentence_id,
            row.start,
            row.end,
            row.form if row.kind == "acronym" else row.form.lower(),
            row.base if row.kind == "acronym" else row.base.lower(),
            capital,
            in_name=capital and row.part == "body" and not _OPENING.search(before),
            joined=between in ("", *HYPHENS),
            prefixed=last in words_of_terms.PREFIXES and between in HYPHENS,
            sentence=row.sentence,
        )
        end, last = row.end, row.form


class _Pattern(NamedTuple):
    """One word of a term."""

    form: str
    stem: bool
    capital: bool

    @classmethod
    def of(cls, written: str) -> _Pattern:
        return cls(
            normal_form(written.removesuffix("*")), written.endswith("*"), written[0].isupper()
        )

    def fits(self, word: _Word) -> bool:
        if word.in_name > self.capital or self.capital > word.capital:
            return False
        if self.stem:
            return word.form.startswith(self.form) or word.base.startswith(self.form)
        return self.form in (word.form, word.base)


@dataclass
class _Lexicon:
    """The terms of all frames, the longest of a frame first."""

    terms: list[tuple[str, str, list[_Pattern]]]  # frame, term, its words
    beginning_with: dict[tuple, list[tuple]] = field(default_factory=dict)

    @classmethod
    def of(cls, frames: Iterable[Frame]) -> _Lexicon:
        terms = [(frame.id, term, _patterns(term)) for frame in frames for term in frame.terms]
        return cls(sorted(terms, key=lambda term: -len(term[2])))

    def search(self, words: list[_Word]) -> Iterator[tuple]:
        """Hits in one sentence, from left to right."""
        free: dict[str, int] = {}
        for place, word in enumerate(words):
            for frame, term, patterns in self._candidates(word):
                if place >= free.get(frame, 0) and _stands_at(patterns, words, place):
                    free[frame] = place + len(patterns)
                    end = words[free[frame] - 1].end
                    text = word.sentence[word.start : end]
                    yield word.sentence_id, frame, term, word.start, end, text

    def _candidates(self, word: _Word) -> list[tuple]:
        """Terms whose first word fits; remembered, as texts repeat their words."""
        if word.prefixed:
            return []
        key = (word.form, word.base, word.capital, word.in_name)
        if key not in self.beginning_with:
            self.beginning_with[key] = [term for term in self.terms if term[2][0].fits(word)]
        return self.beginning_with[key]


def _stands_at(patterns: list[_Pattern], words: list[_Word], place: int) -> bool:
    following = words[place : place + len(patterns)]
    return (
        len(following) == len(patterns)
        and all(word.joined for word in following[1:])
        and all(pattern.fits(word) for pattern, word in zip(patterns, following, strict=True))
    )


def _patterns(term: str) -> list[_Pattern]:
    if wrong := what_is_wrong(term):
        raise ValueError(f"the term {term!r}: {' '.join(wrong)}")
    return [_Pattern.of(written) for written in written_words(term)]
