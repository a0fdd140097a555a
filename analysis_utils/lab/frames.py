"""Frames to explore: change the terms of one, and see at once which sentences it finds."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.lab.view import Choice, View, Words
from analysis_utils.measures.intervals import units
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.study.parts import Frame
from analysis_utils.themes import frames
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.frames import evidence
from analysis_utils.themes.frames.codebook import frame_names
from analysis_utils.themes.frames.hits import ReadWords
from analysis_utils.themes.frames.tables import find_in_voices, shares

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

VOICES: Mapping[Hashable, str] = {
    "present": "any words",
    "own": "the outlet’s own words",
    "others": "words of others",
}

#: Sentences of an outlet that are shown at most.
MOST_SENTENCES = 6


def frame_explorer(corpus: Corpus) -> View:
    """A frame with terms to edit: how many sentences of each outlet it finds, and which.

    Choices: the frame; its terms, with commas between, a ``*`` at the end of a word standing for
    any ending; and whose words count.  The terms begin as the codebook's, and what is edited is
    kept while other frames are looked at; no file is changed.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.
    """
    finder = _Finder(corpus, theme_tables(frames, corpus))
    options = dict[Hashable, str](frame_names(finder.codebook).items())
    controls = (
        Choice("frame", "Frame", options),
        Words("terms", "Terms", finder.terms_of(finder.codebook["frame"].iloc[0])),
        Choice("voice", "In", VOICES),
    )
    follow = {"frame": lambda frame, **_: {"terms": finder.terms_of(frame)}}
    return View("frames", "Frame explorer", controls, finder.show, follow)


class _Finder:
    """Finds the sentences of a frame by any terms."""

    def __init__(self, corpus: Corpus, tables: SimpleNamespace) -> None:
        self.codebook = tables.codebook
        self._corpus, self._tables = corpus, tables
        self._about = tables.codebook.set_index("frame")
        self._by_article = units(corpus.sentences).name == "articles"
        self._body = corpus.sentences[corpus.sentences["part"] == "body"]

    def terms_of(self, frame: str) -> str:
        """The terms of a frame in the codebook, as they stand in the field."""
        return self._about.loc[frame, "terms"]

    def show(self, frame: str, terms: str, voice: str) -> Shown:
        by_codebook = terms == self.terms_of(frame)
        hits = self._tables.hits if by_codebook else self._found(frame, terms)
        hits = hits[hits["frame"] == frame]
        kept = hits[_in_voice(hits["voice"], voice)]
        found = evidence.evidence(kept, self._body, [frame], most=MOST_SENTENCES)
        return cells.together(
            cells.prose(self._about.loc[frame, "description"]),
            self._counts(kept, voice),
            evidence.marked(
                found.drop(columns="frame"),
                f"Its sentences of the body, at most {MOST_SENTENCES} of each outlet shown.",
                names=self._corpus.names,
                empty="No sentence holds one of the terms.",
            ),
        )

    def _found(self, frame: str, terms: str) -> pd.DataFrame:
        """Hits of a frame by other terms."""
        name, description = self._about.loc[frame, ["name", "description"]]
        looked_for = Frame(id=frame, name=name, description=description, terms=_split(terms))
        return find_in_voices(self._words, [looked_for], self._corpus)

    @cached_property
    def _words(self) -> ReadWords:
        return ReadWords.of(self._corpus.sentences, self._corpus.tokens, self._corpus.mentions)

    def _counts(self, kept: pd.DataFrame, voice: str) -> Shown:
        present = self._body["sentence_id"].isin(kept["sentence_id"]).astype(int)
        shared = shares(self._body.assign(frame="", present=present), self._by_article)
        table = shared[["outlet", "count", "n", "share", "low", "high"]]
        table = table.rename(columns={"count": "sentences", "n": "of"})
        caption = f"Sentences of the body with a term in {VOICES[voice]}, with 95 % intervals."
        return cells.table(table, caption, names=self._corpus.names)


def _split(terms: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", terms))
    return tuple(dict.fromkeys(filter(None, parts)))


def _in_voice(voices: pd.Series, wanted: str) -> pd.Series:
    if wanted == "present":
        return pd.Series(True, index=voices.index)
    return (voices == "own") == (wanted == "own")
