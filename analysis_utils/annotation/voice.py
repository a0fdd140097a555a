"""Every stretch of text and its voice: the outlet's own, or that of somebody it lets speak.

``corpus.quotes`` says which stretches of a sentence are somebody's words, and whose.
Here any span gets its voice from them: a mention, a clause, a single word.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

#: The voice of a quote of each kind; what stands in no quote is the outlet's ``own``.
VOICES = {"direct": "quoted", "partial": "quoted", "reported": "reported"}

# A word as `language.count_words` counts it, from its first letter or digit to its last.
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")


def voice_of_spans(
    spans: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    outermost: bool = False,
) -> pd.DataFrame:
    """In whose voice stretches of sentences stand.

    The quote that holds at least half of a span's words decides.  Where several
    do, the innermost does: in "He said the minister had promised help", "help" is
    the minister's.  A span without words, such as a dash, is measured in characters.

    Parameters
    ----------
    spans
        With ``sentence_id``, ``start`` and ``end`` (half-open, in the sentence).
    quotes, sentences
        Tables of the corpus.
    outermost
        Let the outermost quote decide instead: whom the outlet itself lets speak.

    Returns
    -------
    One row a span, with the index of ``spans``: ``voice`` (``quoted`` in a direct or
    partial quote, ``reported`` in reported speech, ``own`` otherwise), ``speaker``
    (id of an actor; empty if the voice is the outlet's or the source is no actor of
    the study), ``source`` (as written) and ``quote_id``.
    """
    voices = pd.DataFrame(
        {"voice": "own", "speaker": "", "source": "", "quote_id": ""},
        index=range(len(spans)),
        dtype="str",
    )
    places = spans[["sentence_id", "start", "end"]].reset_index(drop=True)
    held = _held(places, quotes, sentences)
    held["voice"] = held["kind"].map(VOICES)
    # A quote inside another lies deeper, or at least is shorter.
    ranked = held.sort_values(
        ["depth", "size", "quote_id"], ascending=[outermost, not outermost, True], kind="stable"
    )
    chosen = ranked.drop_duplicates("span")
    voices.loc[chosen["span"], voices.columns] = chosen[voices.columns].to_numpy()
    return voices.set_axis(spans.index)


def word_voices(quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The voice of every word: whom the outlet lets speak it.

    A quote told inside another counts for the one who tells it, so that every word has
    one voice.

    Returns
    -------
    One row a word, in reading order: ``sentence_id``, ``start``, ``end`` and the columns
    of :func:`voice_of_spans`.
    """
    places = [
        (row.sentence_id, word.start(), word.end())
        for row in sentences[["sentence_id", "text"]].itertuples(index=False)
        for word in _WORD.finditer(row.text)
    ]
    words = pd.DataFrame(places, columns=["sentence_id", "start", "end"])
    return words.join(voice_of_spans(words, quotes, sentences, outermost=True))


def _held(places: pd.DataFrame, quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a span and a quote that holds at least half of it.

    ``span`` (row of the span), ``quote_id``, ``kind``, ``speaker``, ``source``, ``depth``
    (how many quotes it is told in) and ``size`` (its words in this sentence).
    """
    told = quotes.merge(_depths(quotes), on="quote_id")
    told = told[["quote_id", "sentence_id", "start", "end", "kind", "speaker", "source", "depth"]]
    spans = places.assign(span=places.index)
    pairs = spans.merge(told, on="sentence_id", suffixes=("", "_quote"))
    words = _Words(sentences[sentences["sentence_id"].isin(pairs["sentence_id"])])
    pairs["size"] = words.between(pairs["sentence_id"], pairs["start_quote"], pairs["end_quote"])
    pairs["of"] = words.between(pairs["sentence_id"], pairs["start"], pairs["end"])
    start = pairs[["start", "start_quote"]].max(axis=1)
    end = pairs[["end", "end_quote"]].min(axis=1).clip(lower=start)
    wordless = pairs["of"] == 0
    shared = words.between(pairs["sentence_id"], start, end)
    pairs["shared"] = shared.where(~wordless, end - start)
    pairs["of"] = pairs["of"].where(~wordless, (pairs["end"] - pairs["start"]).clip(lower=1))
    # A quote that its cue interrupts has several stretches in one sentence.
    whole = pairs.groupby(["span", "quote_id"], sort=False, as_index=False).agg(
        kind=("kind", "first"),
        speaker=("speaker", "first"),
        source=("source", "first"),
        depth=("depth", "first"),
        size=("size", "sum"),
        shared=("shared", "sum"),
        of=("of", "first"),
    )
    return whole[2 * whole["shared"] >= whole["of"]]


def _depths(quotes: pd.DataFrame) -> pd.DataFrame:
    """In how many quotes each quote is told: ``quote_id`` and ``depth``."""
    outer = quotes.drop_duplicates("quote_id").set_index("quote_id")["inside"]
    depths = pd.Series(0, index=outer.index, dtype=int)
    above = outer[outer.isin(outer.index)]
    while not above.empty and depths.max() < len(outer):  # a circle would never end
        depths[above.index] += 1
        above = above.map(outer)
        above = above[above.isin(outer.index)]
    return depths.rename("depth").rename_axis("quote_id").reset_index()


class _Words:
    """Where the words of sentences stand, to count those that a span touches."""

    def __init__(self, sentences: pd.DataFrame) -> None:
        lengths = sentences["text"].str.len().astype(int)
        # All sentences on one line, a gap between them.
        places = (lengths + 1).cumsum() - (lengths + 1)
        self._offsets = dict(zip(sentences["sentence_id"], places, strict=True))
        found = [
            (offset + word.start(), offset + word.end())
            for text, offset in zip(sentences["text"], places, strict=True)
            for word in _WORD.finditer(text)
        ]
        self._starts, self._ends = np.array(found, dtype=int).reshape(-1, 2).T

    def between(self, sentence_ids: pd.Series, start: pd.Series, end: pd.Series) -> pd.Series:
        """How many words each stretch touches."""
        offsets = sentence_ids.map(self._offsets).to_numpy(dtype=int)
        before = np.searchsorted(self._ends, offsets + start, side="right")
        up_to = np.searchsorted(self._starts, offsets + end, side="left")
        return pd.Series(up_to - before, index=sentence_ids.index).clip(lower=0)
