"""Who is mentioned: how often, by what kind of words, and how that agrees with hand codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from analysis_utils.schemas import MENTION_KINDS, in_articles_of

#: Kinds of hand codes that a mention of the study's actors is expected for.
EXPECTED_KINDS = ("name", "alias", "description", "pronoun")


def count_mentions(
    mentions: pd.DataFrame, actors: Iterable[str], outlets: Iterable[str]
) -> pd.DataFrame:
    """How often each outlet mentions each actor, by each kind of words.

    Parameters
    ----------
    mentions
        Table of the corpus.
    actors, outlets
        Their ids, in the order wanted.

    Returns
    -------
    One row an actor, outlet and kind, none left out: these, and ``n``.
    """
    of_each = {"actor": list(actors), "outlet": list(outlets), "kind": list(MENTION_KINDS)}
    rows = pd.MultiIndex.from_product(of_each.values(), names=of_each)
    counts = mentions.groupby(list(of_each)).size().reindex(rows, fill_value=0)
    return counts.rename("n").reset_index()


def agreement_with_codes(mentions: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """How the mentions found agree with the hand codes, by kind.

    A mention and a code match if they stand in the same sentence, mean the same
    actor and overlap.  Appositions count as descriptions.  Codes of the kinds
    ``attributive`` ("Russian", "Kaspersky products") and ``label`` need not be
    found, so they do not enter recall over all kinds; but a mention that matches
    one is right.  Codes of the kind ``trap`` have no actor, so nothing matches
    them.  Mentions in articles without a code are left out: the coder did not read them.

    Parameters
    ----------
    mentions
        Table ``mentions``, or one with its columns.
    codes
        Hand codes with ``sentence_id``, ``start``, ``end``, ``text``, ``actor``
        and ``kind``; None if the study has none, which gives an empty table.

    Returns
    -------
    One row a kind and a last row ``all``: ``kind``, ``n_codes``, ``found``,
    ``missed``, ``recall``, ``exact`` (found with the same words, but for an
    article), ``n_mentions`` (of this kind), ``false_alarms``, ``precision``.
    """
    if codes is None:
        return pd.DataFrame()
    codes = codes.assign(kind=codes["kind"].replace("apposition", "description"))
    codes = codes.reset_index(names="code")
    read = in_articles_of(mentions["sentence_id"], codes["sentence_id"])
    found = mentions[read].reset_index(names="mention")
    pairs = codes.merge(found, on=["sentence_id", "actor"], suffixes=("", "_found"))
    pairs = pairs[(pairs["start"] < pairs["end_found"]) & (pairs["start_found"] < pairs["end"])]
    same_words = pairs["text"].map(_without_article) == pairs["text_found"].map(_without_article)
    codes["found"] = codes["code"].isin(pairs["code"])
    codes["exact"] = codes["code"].isin(pairs.loc[same_words, "code"])
    found["right"] = found["mention"].isin(pairs["mention"])
    rows = [
        _agreement(kind, codes[codes["kind"] == kind], found[found["kind"] == kind])
        for kind in (*EXPECTED_KINDS, "attributive", "label")
    ]
    rows.append(_agreement("all", codes[codes["kind"].isin(EXPECTED_KINDS)], found))
    return pd.DataFrame(rows)


def _agreement(kind: str, codes: pd.DataFrame, found: pd.DataFrame) -> dict:
    right = int(found["right"].sum())
    return {
        "kind": kind,
        "n_codes": len(codes),
        "found": int(codes["found"].sum()),
        "missed": int((~codes["found"]).sum()),
        "recall": codes["found"].mean() if len(codes) else float("nan"),
        "exact": int(codes["exact"].sum()),
        "n_mentions": len(found),
        "false_alarms": len(found) - right,
        "precision": right / len(found) if len(found) else float("nan"),
    }


def _without_article(text: str) -> str:
    return re.sub(r"^the\s+|[’']s?$", "", text, flags=re.IGNORECASE)
