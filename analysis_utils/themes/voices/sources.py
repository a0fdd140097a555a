"""Who a source is: an actor of the study, another named source, or nobody that is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis_utils.schemas import article_of
from analysis_utils.words import derived, pronouns, titles

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
    "Jeffrey Lewis, a director" of the same article.
    """
    article = quotes["sentence_id"].map(article_of)
    short = quotes["source"].map(_short_name)
    named = quotes.assign(as_written=quotes["source"], source=short)
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


def named(table: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """A table with one column ``who`` in the place of ``role``, ``speaker`` and ``source``.

    Parameters
    ----------
    table
        Any table with the columns of ``WHO``.
    actors
        Names of the actors by id.
    """
    who = [
        OWN_VOICE if role == "own" else actors.get(speaker, source)
        for role, speaker, source in table[list(WHO)].itertuples(index=False, name=None)
    ]
    place = table.columns.get_loc(WHO[0])
    rest = table.drop(columns=list(WHO))
    rest.insert(place, "who", pd.Series(who, index=table.index, dtype="str"))
    return rest


def _short_name(source: str) -> str:
    """A source without its apposition; empty for a pronoun, which names nobody.

    >>> _short_name("Jeffrey Lewis, the director of a program")
    'Jeffrey Lewis'
    """
    name = source.partition(",")[0].strip()
    return "" if name.casefold() in pronouns.UNNAMED else name


def _longest_names(names: Iterable[str]) -> dict[str, str]:
    """For each name of a source the longest one that ends with it, if that is a name too."""
    words = {name: tuple(_title().sub("", name).split()) for name in names}
    longest = {}
    for name, own in words.items():
        longer = [
            other
            for other, theirs in words.items()
            if own[:1] and own[0][:1].isupper() and theirs[-len(own) :] == own
        ]
        longest[name] = max(longer or [name], key=len)
    return longest
