"""Who a source is: an actor of the study, another named source, or nobody that is named."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis_utils.schemas import article_of
from analysis_utils.themes.voices.camps import NAME
from analysis_utils.words import derived, pronouns, speech, titles

#: Who can have the word.
ROLES = {
    "own": "the outlet itself",
    "actor": "an actor of the study",
    "other": "a source that is no actor of the study",
    "unnamed": "a source that is not named, or a pronoun that could not be resolved",
}

#: What the outlet is called beside the others who have the word.
OWN_VOICE = "The outlet itself"

#: What a source is called that has no name.
UNNAMED = "somebody unnamed or unclear"

#: Columns by which a speaker is known: the role, the actor's id, or the source's name.
WHO = ("role", "speaker", "source")


@derived
def _title() -> re.Pattern:
    """What may stand before a name without being part of it."""
    return re.compile(rf"^(?:[Tt]he|{titles.either('courtesy', 'honours')})\.?\s+")


def name_sources(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotes with their source's ``role`` and name; ``as_written`` keeps the old wording.

    An apposition is left out and a shorter form takes the longer one's name: "Lewis" is the
    "Jeffrey Lewis, a director" of the same article, and "a letter" its "the letter".
    """
    article = quotes["sentence_id"].map(article_of)
    short = quotes["source"].map(_short_name)
    written = quotes["as_written"] if "as_written" in quotes else quotes["source"]
    named = quotes.assign(as_written=written, source=short)
    for _, rows in short[(quotes["speaker"] == "") & (short != "")].groupby(article):
        longest = _longest_names(rows.unique())
        named.loc[rows.index, "source"] = rows.map(longest)
    plain = named["source"].map(lambda name: _title().sub("", name).casefold())
    named["source"] = named.groupby(plain)["source"].transform("first")  # "Aides" is "aides"
    is_actor = quotes["speaker"] != ""
    named["role"] = np.select(
        [is_actor, named["source"] != ""], ["actor", "other"], default="unnamed"
    )
    named["source"] = named["source"].mask(is_actor, "").mask(named["role"] == "unnamed", UNNAMED)
    return named


def _short_name(source: str) -> str:
    """A source without its apposition; empty for a pronoun, which names nobody.

    >>> _short_name("Jeffrey Lewis, the director of a program")
    'Jeffrey Lewis'
    """
    name = source.partition(",")[0].strip()
    return "" if name.casefold() in pronouns.UNNAMED else name


def _longest_names(names: Iterable[str]) -> dict[str, str]:
    """For each name of a source the longest one of the same person, or of the same paper."""
    words = {name: tuple(_title().sub("", name).split()) for name in names}
    people = {name: own for name, own in words.items() if re.fullmatch(NAME, " ".join(own))}
    longest = {}
    for name, own in words.items():
        longer = [
            other
            for other, theirs in people.items()
            if own and name in people and theirs[-1] == own[-1] and {*own} <= {*theirs}
        ]
        longest[name] = max(longer or [_paper(own, name)], key=len)
    return longest


def _paper(words: tuple[str, ...], name: str) -> str:
    """What somebody wrote or said, by its noun alone: the letter of X is "the letter".

    >>> _paper(("letter", "released", "by", "the", "faculty"), "The letter released by the faculty")
    'the letter'
    """
    phrase = re.split(r" (?:of|from|by|to|released|signed|published)\b", " ".join(words))[0]
    noun = (phrase.split() or [""])[-1]
    return f"the {noun}" if noun in speech.NOUNS_SAYING else name
