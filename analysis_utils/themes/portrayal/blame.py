"""Who is made responsible for what: accused, blamed, charged, and by whom.

Only what a verb of charging says of an actor with "of", "for" or "over" is told; that the arrows
of who does what to whom are often wrong does not touch it, as the charge stands beside its verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.schemas import Table
from analysis_utils.words import acts

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: What ties a charge to its verb.
_TIES = ("of", "for", "over", "with")


class Charges(Table):
    """One row a charge against an actor, in reading order."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor who is charged")
    verb: Series[str] = pa.Field(description="base form of the verb of charging")
    how: Series[str] = pa.Field(description="the charge's tie: accused of, criticized over")
    what: Series[str] = pa.Field(description="the charge as written")
    accuser: Series[str] = pa.Field(description="who makes it, as written, or empty")
    sentence_id: Series[str] = pa.Field(description="sentence that tells it")


def charges(labels: pd.DataFrame, triples: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The charges against actors that are told with a verb of charging.

    Parameters
    ----------
    labels, triples
        As ``naming`` and ``agency`` find them.
    corpus
        The corpus they were found in.

    Returns
    -------
    See :class:`Charges`.
    """
    found = labels[(labels["relation"] == "charge") & (labels["of"] == "actor")]
    texts = corpus.sentences.set_index("sentence_id")["text"]
    tokens = corpus.tokens[corpus.tokens["sentence_id"].isin(found["sentence_id"])]
    rows = list(_charges(found, triples, texts, tokens))
    return pd.DataFrame(rows, columns=Charges.columns()).astype("str")


def _charges(
    found: pd.DataFrame, triples: pd.DataFrame, texts: pd.Series, tokens: pd.DataFrame
) -> Iterator[dict]:
    for row in found.itertuples():
        before = texts[row.sentence_id][: row.start].split()
        verbs = tokens[
            (tokens["sentence_id"] == row.sentence_id)
            & (tokens["end"] <= row.start)
            & tokens["lemma"].str.lower().isin(acts.CHARGING)
        ]
        words = row.text.split()
        if verbs.empty or not before or before[-1].lower() not in _TIES or _is_name(words):
            continue
        verb = verbs.iloc[-1]["lemma"].lower()
        same = triples[
            (triples["sentence_id"] == row.sentence_id)
            & (triples["verb"] == verb)
            & (triples["patient"] == row.actor)
        ]
        yield {
            "outlet": row.outlet,
            "actor": row.actor,
            "verb": verb,
            "how": f"{_participle(verb)} {before[-1].lower()}",
            "what": _balanced(row.text),
            "accuser": next(iter(same["agent_words"]), ""),
            "sentence_id": row.sentence_id,
        }


def _is_name(words: list[str]) -> bool:
    return all(word[:1].isupper() for word in words)


def _participle(verb: str) -> str:
    """
    >>> _participle("accuse"), _participle("condemn"), _participle("slam")
    ('accused', 'condemned', 'slammed')
    """
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb}{verb[-1]}ed" if re.search(r"[^aeiou][aeiou]m$", verb) else f"{verb}ed"


def _balanced(text: str) -> str:
    """A charge with its inner quotation marks single, as it is told in double ones."""
    text = re.sub(r"[“\"](.*?)[”\"]", r"‘\1’", text)
    return text.translate(dict.fromkeys(map(ord, '“”"'))).strip()
