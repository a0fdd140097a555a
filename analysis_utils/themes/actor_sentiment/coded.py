"""The scores beside hand codes: how far each method agrees with a reader, and who judges."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis_utils.measures.target_sentiment.evaluation import agreement

#: The trivial method: it never judges.
ALWAYS_NEUTRAL = "always neutral"


def evaluate(scores: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Each method's labels beside hand codes and beside ALWAYS_NEUTRAL.

    Parameters
    ----------
    scores
        As :func:`score_mentions` gives them.
    codes
        Hand codes with ``sentence_id``, ``actor`` and ``polarity`` (-1, 0, 1); None if the
        study has none, which gives an empty table.

    Returns
    -------
    One row a method and scope, and a last one ``always neutral``: ``n`` (coded
    pairs of sentence and actor), ``scored`` (pairs whose sentence mentions the actor; the others
    count as called neutral; for ``always neutral`` all), and ``accuracy``, ``macro_f1`` with
    ``low`` and ``high`` (95 % bootstrap interval over sentences) and ``opposite``, as
    :func:`~analysis_utils.measures.target_sentiment.evaluation.agreement` gives them.
    """
    if codes is None:
        return pd.DataFrame()
    key = ["sentence_id", "actor"]
    rows = []
    for (method, scope), group in scores.groupby(["method", "scope"], sort=False):
        found = codes[key].merge(group[[*key, "label"]], on=key, how="left")["label"]
        guesses, scored = found.fillna(0).astype(int), int(found.count())
        rows.append(_agreement(method, scope, codes, guesses, scored))
    rows.append(_agreement(ALWAYS_NEUTRAL, "", codes, [0] * len(codes), len(codes)))
    return pd.DataFrame(rows)


def right_alone(scores: pd.DataFrame, codes: pd.DataFrame) -> tuple[int, int, float]:
    """A method and ALWAYS_NEUTRAL on the same pairs: McNemar's exact test.

    Parameters
    ----------
    scores
        Rows of one method, one a sentence and actor.
    codes
        See :func:`evaluate`.

    Returns
    -------
    Pairs that only the method gets right, those that only the other one does, and how often
    chance alone would part them so unevenly.
    """
    from scipy.stats import binomtest

    key = ["sentence_id", "actor"]
    found = codes[key].merge(scores[[*key, "label"]], on=key, how="left")["label"].fillna(0)
    right, neutral = found.to_numpy() == codes["polarity"], codes["polarity"] == 0
    ours, theirs = int((right & ~neutral).sum()), int((neutral & ~right).sum())
    return ours, theirs, binomtest(ours, ours + theirs).pvalue if ours + theirs else 1.0


def voices_right(codes: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    """Of the coded judgements, which are found to be the outlet's own or not, as coded.

    Parameters
    ----------
    codes
        Hand codes with ``voice``, which begins with ``reporter`` where the outlet judges.
    found
        As :func:`~analysis_utils.themes.actor_sentiment.judges.judges` gives it for them.
    """
    return codes["voice"].str.startswith("reporter") == (found["judge"] == "own")


def count_own(codes: pd.DataFrame | None) -> tuple[int, int]:
    """The judgements that a person found, and those wholly or partly in an outlet's own voice."""
    if codes is None:
        return 0, 0
    judged = codes[codes["polarity"] != 0]
    return len(judged), int(judged["voice"].str.startswith("reporter").sum())


def _agreement(
    method: str, scope: str, codes: pd.DataFrame, guesses: Sequence[int], scored: int
) -> dict:
    found = agreement(codes["polarity"], guesses, groups=codes["sentence_id"])
    return {"method": method, "scope": scope, "n": found.pop("n"), "scored": scored} | found
