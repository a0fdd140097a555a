"""Frames to explore: change the terms of one, and see at once which sentences it finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.lab.view import MANY_SENTENCES, QUICK_DRAWS, Choice, View, Words
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.themes.frames import evidence
from analysis_utils.themes.frames.tables import frame_names, score_sentences, shares
from analysis_utils.themes.frames.terms import ReadWords

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Frame

VOICES = {"present": "any words", "own": "the outlet’s own words", "others": "words of others"}

#: Sentences of an outlet that are shown at most.
MOST_SENTENCES = 6


def frame_explorer(corpus: Corpus, frames: Sequence[Frame], words: ReadWords) -> View:
    """A frame with terms to edit: how many sentences of each outlet it finds, and which.

    Choices: the frame; its terms, with commas between, a ``*`` at the end of a word standing for
    any ending; and whose words count.  The terms begin as the codebook's, and what is edited is
    kept while other frames are looked at; no file is changed.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.
    frames
        As :func:`~analysis_utils.themes.frames.terms.study_frames` gives them.
    words
        The words of the corpus's sentences.

    Returns
    -------
    View
    """
    finder = _Finder(corpus, frames, words)
    controls = (
        Choice("frame", "Frame", frame_names(frames)),
        Words("terms", "Terms", finder.terms_of(frames[0].id)),
        Choice("voice", "In", VOICES),
    )
    follow = {"frame": lambda frame, **_: {"terms": finder.terms_of(frame)}}
    return View("frames", "Frame explorer", controls, finder.show, follow)


class _Finder:
    """Finds the sentences of a frame by any terms."""

    def __init__(self, corpus: Corpus, frames: Sequence[Frame], words: ReadWords) -> None:
        self._corpus = corpus
        self._frames = {frame.id: frame for frame in frames}
        self._words = words
        self._body = corpus.sentences[corpus.sentences["part"] == "body"]

    def terms_of(self, frame: str) -> str:
        """The terms of a frame in the codebook, as they stand in the field."""
        return ", ".join(self._frames[frame].terms)

    def show(self, frame: str, terms: str, voice: str) -> Shown:
        looked_for = self._frames[frame].model_copy(update={"terms": _split(terms)})
        hits = self._words.find([looked_for])
        whose = voice_of_spans(hits, self._corpus.quotes, self._corpus.sentences)
        scores = score_sentences(self._corpus.sentences, hits, [looked_for], whose)
        kept = hits[_in_voice(whose["voice"], voice)]
        found = evidence.evidence(kept, self._body, [frame], whose, most=MOST_SENTENCES)
        return cells.together(
            cells.prose(self._frames[frame].description),
            self._counts(scores, voice),
            evidence.marked(
                found.drop(columns="frame"),
                f"Its sentences of the body, at most {MOST_SENTENCES} of each outlet shown.",
                names=self._corpus.names,
                empty="No sentence holds one of the terms.",
            ),
        )

    def _counts(self, scores: pd.DataFrame, voice: str) -> Shown:
        quick = {"draws": QUICK_DRAWS} if len(self._body) > MANY_SENTENCES else {}
        table = shares(scores, [voice], **quick)[["outlet", "count", "n", "mean", "low", "high"]]
        table = table.rename(columns={"count": "sentences", "n": "of", "mean": "share"})
        caption = f"Sentences of the body with a term in {VOICES[voice]}, with 95 % intervals."
        return cells.table(table, caption, names=self._corpus.names)


def _split(terms: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", terms))
    return tuple(dict.fromkeys(filter(None, parts)))


def _in_voice(voices: pd.Series, wanted: str) -> pd.Series:
    if wanted == "present":
        return pd.Series(True, index=voices.index)
    return (voices == "own") == (wanted == "own")
