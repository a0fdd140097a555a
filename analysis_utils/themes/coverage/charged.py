"""Words that charge, judge, demand, promise or hedge, in the sentences of each outlet."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis_utils.themes.coverage.differing_words import SentenceWords, Word
from analysis_utils.words import weight

#: Kinds of words by the group in ``words/weight.yml`` that lists them.
CHARGED = {
    "demand": "DEMANDS",
    "charge": "CHARGES",
    "judgement": "JUDGEMENTS",
    "promise": "PROMISES",
    "hedge": "HEDGES",
}


def kind_of(word: Word) -> str:
    """The first kind of ``CHARGED`` that a word is of, or empty."""
    forms = {word.key.lower(), word.text.lower()}
    if word.kind == "noun" and forms & weight.AS_VERBS:
        return ""
    return next((kind for kind, group in CHARGED.items() if forms & getattr(weight, group)), "")


def is_strong(word: Word) -> bool:
    """Whether a word charges, judges, demands or promises."""
    return kind_of(word) not in ("", "hedge")


def charged_words(readings: Mapping[str, SentenceWords]) -> pd.DataFrame:
    """Every charged word of the sentences.

    Parameters
    ----------
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.

    Returns
    -------
    See :class:`~analysis_utils.themes.coverage.tables.Charged`, without the voice.
    """
    rows = [
        (reading.sentence.outlet, kind, word.text, name, word.start, word.end)
        for name, reading in readings.items()
        if reading.sentence.part != "standfirst"
        for word in reading.words
        if word.kind != "actor" and (kind := kind_of(word))
    ]
    return pd.DataFrame(rows, columns=["outlet", "kind", "word", "sentence_id", "start", "end"])
