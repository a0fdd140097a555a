"""Means of scores, with bootstrap intervals: by actor, outlet and voice, and by who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis_utils.measures.intervals import mean_intervals
from analysis_utils.themes.actor_sentiment.scoring import PROBABILITIES


def summarise(
    scores: pd.DataFrame,
    by: Sequence[str] = ("actor", "outlet", "voice", "method", "scope"),
    value: str = "polarity",
    seed: int = 0,
) -> pd.DataFrame:
    """Mean score of each group with a bootstrap interval over sentences.

    Parameters
    ----------
    scores
        One row an observation, with a column ``sentence_id``.
    by
        Columns that form the groups; ``article_id`` in place of ``outlet`` gives means by article.
    value
        A column of numbers: the polarity, the subjectivity, or one of ``PROBABILITIES``.
    seed
        Seed of the intervals.

    Returns
    -------
    One row a group: the columns of ``by``, then ``n``, ``n_units`` (sentences), ``mean``, ``low``
    and ``high``; see :func:`analysis_utils.measures.intervals.mean_intervals`.
    """
    return mean_intervals(scores, value, list(by), unit="sentence_id", seed=seed)


def mean_probabilities(
    scores: pd.DataFrame, by: Sequence[str] = ("actor", "outlet", "voice"), seed: int = 0
) -> pd.DataFrame:
    """Mean probability of each label in each group, and the mean polarity.

    Parameters
    ----------
    scores
        Rows of one method that has probabilities.
    by, seed
        As in :func:`summarise`.

    Returns
    -------
    One row a group: the columns of ``by``, ``n`` (sentences), ``PROBABILITIES`` (means, with sum
    1) and ``polarity`` with ``low`` and ``high``.
    """
    by = list(by)
    means = scores.groupby(by, sort=False)[list(PROBABILITIES)].mean().reset_index()
    polarity = summarise(scores, by, seed=seed).rename(columns={"mean": "polarity"})
    table = polarity.merge(means, on=by)
    return table[[*by, "n", *PROBABILITIES, "polarity", "low", "high"]]


def mean_subjectivity(
    scores: pd.DataFrame, by: Sequence[str] = ("outlet", "voice"), seed: int = 0
) -> pd.DataFrame:
    """Mean subjectivity of the clauses around actors; one around two actors counts once.

    Parameters
    ----------
    scores
        Rows of one method that has a subjectivity, of one scope.
    by, seed
        As in :func:`summarise`.

    Returns
    -------
    One row a group: the columns of ``by``, ``clauses``, ``sentences``, ``mean``, ``low`` and
    ``high``.
    """
    clauses = scores.drop_duplicates(["sentence_id", "text"])
    means = summarise(clauses, by, value="subjectivity", seed=seed)
    return means.rename(columns={"n": "clauses", "n_units": "sentences"})


def by_speaker(scores: pd.DataFrame, methods: Iterable[str]) -> pd.DataFrame:
    """Mean score of each actor by who speaks.

    Parameters
    ----------
    scores
        As :func:`~analysis_utils.themes.actor_sentiment.scoring.nearest` gives them.
    methods
        Ids of the methods, in the order wanted.

    Returns
    -------
    One row an outlet, actor, voice and speaker, most sentences first: these, ``n`` (sentences),
    and one column of mean polarity a method.
    """
    key = ["outlet", "actor", "voice", "speaker"]
    means = scores.pivot_table(index=key, columns="method", values="polarity", aggfunc="mean")
    means = means.reindex(columns=list(methods)).rename_axis(columns=None)
    means.insert(0, "n", scores.groupby(key)["sentence_id"].nunique())
    ordered = means.reset_index().sort_values(["n", *key], ascending=[False, *[True] * len(key)])
    return ordered.reset_index(drop=True)
