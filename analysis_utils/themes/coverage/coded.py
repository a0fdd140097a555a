"""What was found beside the hand codes: aligned pairs, sentences told alone, facts told by one."""

from __future__ import annotations

import pandas as pd

from analysis_utils.schemas import in_articles_of
from analysis_utils.themes.coverage.alignment import VIEWS


def coded_pairs(pairs: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """The pairs with what the coder says of them.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.coverage.alignment.align` gives them.
    codes
        Hand codes with ``sentence_id``, ``other_id`` and ``strength`` (``strong``,
        ``partial``, or ``none`` with an empty ``other_id``: told by nobody else); None if the
        study has none, which gives an empty table.

    Returns
    -------
    The pairs with ``strength``, empty where the coder has no pair.  Pairs with an article that
    has no code are left out: the coder did not read it.
    """
    if codes is None:
        return pd.DataFrame()
    coded = codes[codes["strength"] != "none"]
    strength = {
        frozenset(ids): strong
        for *ids, strong in coded[["sentence_id", "other_id", "strength"]].itertuples(index=False)
    }
    read = [*codes["sentence_id"], *codes["other_id"]]
    pairs = pairs[
        in_articles_of(pairs["sentence_id"], read) & in_articles_of(pairs["other_id"], read)
    ]
    ids = zip(pairs["sentence_id"], pairs["other_id"], strict=True)
    return pairs.assign(strength=[strength.get(frozenset(pair), "") for pair in ids])


def evaluate_similarity(coded: pd.DataFrame) -> pd.DataFrame:
    """How well each view alone, and their mean, ranks the coder's pairs first.

    Parameters
    ----------
    coded
        As :func:`coded_pairs` gives it.

    Returns
    -------
    One row a view and a last one for the mean: ``similarity``, ``average_precision`` (0 to
    1; of all pairs of headline with headline and body with body), ``right_first`` (the
    coder's pairs before the first that is none), ``n`` (pairs) and ``coded`` (the coder's).
    Empty without hand codes, or if the coder has none of the pairs.
    """
    truth = coded["strength"] != "" if len(coded) else pd.Series(dtype=bool)
    if not truth.any():
        return pd.DataFrame()
    from sklearn.metrics import average_precision_score  # heavy: only where codes exist

    rows = []
    for view in (*VIEWS, "similarity"):
        ranked = truth.loc[coded[view].sort_values(ascending=False, kind="stable").index]
        rows.append(
            {
                "similarity": VIEWS.get(view, "mean of the four"),
                "average_precision": average_precision_score(truth, coded[view]),
                "right_first": int(ranked.cumprod().sum()),
                "n": len(coded),
                "coded": int(truth.sum()),
            }
        )
    return pd.DataFrame(rows)


def evaluate_links(coded: pd.DataFrame) -> pd.DataFrame:
    """How many of the pairs that were linked the coder has, by kind of link.

    Parameters
    ----------
    coded
        As :func:`coded_pairs` gives it.

    Returns
    -------
    ``link``, ``pairs``, ``right`` (the coder has them) and ``of_coded`` (share of the coder's
    pairs found so, 0 to 1). Empty without hand codes.
    """
    if coded.empty:
        return pd.DataFrame()
    total = (coded["strength"] != "").sum()
    rows = []
    for link in ("counterpart", "possible"):
        linked = coded[coded["link"] == link]
        right = int((linked["strength"] != "").sum())
        rows.append((link, len(linked), right, right / max(total, 1)))
    return pd.DataFrame(rows, columns=["link", "pairs", "right", "of_coded"])


def evaluate_alone(told: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Sentences called alone, by the machine and by the coder.

    Parameters
    ----------
    told
        Table of the theme.
    codes
        As :func:`coded_pairs` takes them.

    Returns
    -------
    One row a sentence that either calls alone: ``sentence_id``, ``machine`` and
    ``coder`` (whether each does). Empty without hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    coder = set(codes.loc[codes["strength"] == "none", "sentence_id"])
    machine = set(told.loc[told["told"] == "one", "sentence_id"])
    known = set(codes["sentence_id"]) | set(codes["other_id"])
    ordered = [
        name for name in told["sentence_id"] if name in coder or (name in machine and name in known)
    ]
    return pd.DataFrame(
        {
            "sentence_id": ordered,
            "machine": [name in machine for name in ordered],
            "coder": [name in coder for name in ordered],
        }
    )


def evaluate_facts(
    facts: pd.DataFrame | None, told: pd.DataFrame, omissions: pd.DataFrame
) -> pd.DataFrame:
    """Whether each fact that one outlet alone tells was named, as left out or as told alone.

    Parameters
    ----------
    facts
        Hand codes with ``fact_id``, ``fact``, ``status`` (``<outlet>_only``, ``shared``, ...)
        and ``sentence_ids``; None if the study has none, which gives an empty table.
    told, omissions
        Tables of the theme.

    Returns
    -------
    One row a fact that one outlet alone tells: ``fact_id``, ``fact``, ``sentence_ids``,
    ``named`` (``omission``, ``sentence`` or empty) and ``by`` (the piece, or the sentence's id).
    That a piece stands in the right sentence is counted; read whether it is the fact.
    """
    if facts is None:
        return pd.DataFrame()
    alone = set(told.loc[told["told"] == "one", "sentence_id"])
    rows = []
    for fact in facts[facts["status"].str.endswith("_only")].itertuples():
        ids = fact.sentence_ids.split()
        pieces = omissions.loc[omissions["sentence_id"].isin(ids), "text"].tolist()
        sentences = [name for name in ids if name in alone]
        named = "omission" if pieces else "sentence" if sentences else ""
        by = "; ".join(pieces) if pieces else ", ".join(sentences)
        rows.append((fact.fact_id, fact.fact, fact.sentence_ids, named, by))
    return pd.DataFrame(rows, columns=["fact_id", "fact", "sentence_ids", "named", "by"])
