"""Aligned sentences phrase by phrase: what answers what, and who is made to say it.

The matching of words is that of :mod:`analysis_utils.themes.coverage.differing_words`; here it
becomes tables.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis_utils.study.parts import PRONOUNS
from analysis_utils.themes.coverage.differing_words import Match, SentenceWords, match_words, phrase

#: Columns of a table of matched phrases.
COLUMNS = (
    *("sentence_id", "other_id", "words", "other_words", "match"),
    *("start", "end", "other_start", "other_end"),
)


def match_phrases(pairs: pd.DataFrame, readings: Mapping[str, SentenceWords]) -> pd.DataFrame:
    """Every phrase of one sentence with what answers it in the other.

    Parameters
    ----------
    pairs
        Rows of :func:`~analysis_utils.themes.coverage.alignment.align` to compare.
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.

    Returns
    -------
    One row a pair of phrases: ``sentence_id``, ``other_id``, ``words`` and
    ``other_words`` (as written), ``match`` (``same``: the same content word;
    ``instead``: other words in the same place), and the spans ``start``, ``end``,
    ``other_start``, ``other_end``.  Actors and function words are left out, as
    is a phrase inside a longer one that is listed.
    """
    rows = []
    for pair in pairs.itertuples():
        one, two = readings[pair.sentence_id], readings[pair.other_id]
        found = [m for m in match_words(one, two) if one.words[m.one].kind not in _UNSPOKEN]
        spans = [(_span(one, m.one, m), _span(two, m.two, m), m) for m in found]
        for first, second, match in spans:
            if any(
                _inside(first, other[0]) and _inside(second, other[1])
                for other in spans
                if other[2] != match
            ):
                continue
            texts = (one.sentence.text[slice(*first)], two.sentence.text[slice(*second)])
            rows.append((pair.sentence_id, pair.other_id, *texts, match.kind, *first, *second))
    return pd.DataFrame(rows, columns=COLUMNS)


_UNSPOKEN = ("actor", "function", "link")


def _span(reading: SentenceWords, number: int, match: Match) -> tuple[int, int]:
    word = reading.words[number]
    return phrase(reading, number) if match.kind == "instead" else (word.start, word.end)


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def substitutions(matched: pd.DataFrame) -> pd.DataFrame:
    """What one outlet says instead of the other; takes :func:`match_phrases`.

    Returns
    -------
    ``sentence_id``, ``words``, ``other_id``, ``other_words``.
    """
    instead = matched[matched["match"] == "instead"]
    return instead[["sentence_id", "words", "other_id", "other_words"]].reset_index(drop=True)


def spans_of(matched: pd.DataFrame) -> pd.DataFrame:
    """The spans of :func:`match_phrases`, all of the one side and then all of the other.

    Returns
    -------
    ``sentence_id``, ``start``, ``end``: what to ask a table of voices about.
    """
    one = matched[["sentence_id", "start", "end"]]
    two = matched[["other_id", "other_start", "other_end"]].set_axis(one.columns, axis=1)
    return pd.concat([one, two], ignore_index=True)


def voice_shifts(matched: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Where two outlets say the same and make somebody else say it.

    Parameters
    ----------
    matched
        As :func:`match_phrases` gives them.
    voices
        For the rows of :func:`spans_of`, in their order: ``voice`` (``own``,
        ``reported`` or ``quoted``), ``speaker`` (id of an actor, or empty) and
        ``source`` (as written, or empty).

    Returns
    -------
    One row a pair of sentences and of voices: ``sentence_id``, ``words`` (with
    commas between), ``voice``, ``speaker`` (an actor's id, else the source as
    written), ``other_id``, ``other_words``, ``other_voice``, ``other_speaker``.
    Words inside and outside quotation marks of the same speaker are no shift, nor
    is a speaker who is only a pronoun: it may be the same.
    """
    speaker = voices["speaker"].where(voices["speaker"] != "", voices["source"])
    half = len(matched)
    table = matched.assign(
        voice=voices["voice"].to_numpy()[:half],
        speaker=speaker.to_numpy()[:half],
        other_voice=voices["voice"].to_numpy()[half:],
        other_speaker=speaker.to_numpy()[half:],
    )
    own = table["voice"] == "own", table["other_voice"] == "own"
    unknown = table["speaker"].str.lower().isin(PRONOUNS)
    unknown |= table["other_speaker"].str.lower().isin(PRONOUNS)
    others = (table["speaker"] != table["other_speaker"]) & ~unknown
    shifted = table[(own[0] != own[1]) | others]
    key = ["sentence_id", "other_id", "voice", "speaker", "other_voice", "other_speaker"]
    groups = shifted.groupby(key, sort=False)[["words", "other_words"]].agg(", ".join)
    first = ["sentence_id", "words", "voice", "speaker"]
    return groups.reset_index()[[*first, "other_id", "other_words", *key[-2:]]]
