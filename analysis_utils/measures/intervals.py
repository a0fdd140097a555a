"""Intervals: how far a number hangs on the sentences or articles it was counted in.

A share of whole units has a Wilson interval (:func:`share_interval`), and so has a share of what
units hold (:func:`clustered_share_interval`).  Scores on labelled texts have bootstrap intervals:
whole units are drawn again with replacement and the score is computed anew (Efron and Tibshirani
1993, chapters 6 and 13); the interval is the middle part of what the draws gave.

They answer one question only: what if these outlets had written other sentences, or articles, of
the same kind?  They know nothing of other events.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: From fewer units than this an interval says so little that none is shown.
FEW = 5


def units(sentences: pd.DataFrame) -> pd.Series:
    """What is drawn again: articles where every outlet has ``FEW`` or more of them, else sentences.

    Sentences of one article are alike: drawn one by one, they make an outlet look surer than it
    is.  With fewer articles nothing is known of how articles differ.

    Parameters
    ----------
    sentences
        Table of the corpus, all of it.

    Returns
    -------
    The unit of each sentence by ``sentence_id``: the id of its article, or its own.  So
    ``table["sentence_id"].map(units(sentences))`` is the unit of each row of any table of
    sentences.  Its name, ``"articles"`` or ``"sentences"``, says in words what is drawn.
    """
    of_sentence = sentences.set_index("sentence_id")
    articles = of_sentence.groupby("outlet")["article_id"].nunique()
    if len(articles) and articles.min() >= FEW:
        return of_sentence["article_id"].rename("articles")
    return of_sentence.index.to_series().rename("sentences")


def share_interval(count: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share (Wilson 1927): right for few units too, and for 0 and for all.

    From 9 to 12 sentences it holds the truth as often as it says, where the percentile bootstrap
    of a share does so in 58 to 96 % of trials.

    Parameters
    ----------
    count, n
        Units that have it, of all units.
    level
        Share of samples whose interval holds the truth.

    Returns
    -------
    Lower and upper bound; NaN where there is no unit.

    Raises
    ------
    ValueError
        If ``count`` is not between 0 and ``n``, or ``level`` not between 0 and 1.
    """
    if not 0 <= count <= n or not 0 < level < 1:
        raise ValueError(f"{count} of {n} at level {level} is no share with an interval")
    return _wilson(count / n, n, _beyond(level)) if n else (np.nan, np.nan)


def clustered_share_interval(
    counts: Sequence[int] | np.ndarray, sizes: Sequence[int] | np.ndarray, level: float = 0.95
) -> tuple[float, float]:
    """Wilson's interval of a share of what stands in units: of the words of articles, say.

    Words of one article are alike, so they count for fewer than they are: for as many as would
    vary as much if each stood alone, and for less where this variation is known from few units
    (Korn and Graubard 1998; Dean and Pagano 2015).  Middling shares of 5 articles' words lie in it
    in 94 % of trials, where they do in 82 % for the percentile bootstrap of articles.

    Parameters
    ----------
    counts, sizes
        How many have it, and how many there are, in each unit.
    level
        Share of samples whose interval holds the truth.

    Returns
    -------
    Lower and upper bound; NaN below ``FEW`` units that hold any.
    """
    counts, sizes = np.asarray(counts), np.asarray(sizes)
    n_units, n = int(np.count_nonzero(sizes)), sizes.sum()
    if n_units < FEW:
        return np.nan, np.nan
    share = counts.sum() / n
    alone = n * share * (1 - share)
    together = ((counts - share * sizes) ** 2).sum() * n_units / (n_units - 1)
    alike = max(together / alone, 1) if alone else n / n_units  # without variation a unit is one
    known = _beyond(level) / _beyond(level, n_units - 1)
    return _wilson(share, n / alike * known**2, _beyond(level))


def _beyond(level: float, freedom: float = np.inf) -> float:
    """How many standard errors an interval reaches to either side."""
    from scipy.stats import t  # heavy: only where an interval is asked for

    return t.ppf((1 + level) / 2, freedom)


def _wilson(share: float, n: float, reach: float) -> tuple[float, float]:
    """The bounds of a share of ``n`` units; ``reach`` in standard errors."""
    middle = (share + reach**2 / (2 * n)) / (1 + reach**2 / n)
    spread = np.sqrt(share * (1 - share) / n + reach**2 / (4 * n**2))
    half = spread * reach / (1 + reach**2 / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def bootstrap_weights(
    groups: Sequence | np.ndarray, draws: int = 2000, seed: int = 0
) -> np.ndarray:
    """How often each unit is drawn in each resample, within its group.

    Drawing ``n`` units with replacement and counting each is one multinomial
    draw, so a resampled sum is a matrix product: ``weights @ values``.

    Parameters
    ----------
    groups
        The group of each unit (its outlet, say).  Every resample of a group has
        as many units as the group.
    draws
        Number of resamples.
    seed
        Seed of the draws.  Groups draw from streams of their own in order of
        first appearance, so that one group's draws do not hang on another's size.

    Returns
    -------
    Whole numbers, ``draws`` rows by one column a unit.  Dense, because two units
    in three are drawn: 4 bytes times ``draws`` times units.
    """
    codes, names = pd.factorize(np.asarray(groups, dtype=object))
    weights = np.zeros((draws, len(codes)), dtype=np.int32)
    streams = np.random.SeedSequence(seed).spawn(len(names))
    for code, stream in enumerate(streams):
        members = np.flatnonzero(codes == code)
        chances = np.full(len(members), 1 / len(members))
        drawn = np.random.default_rng(stream).multinomial(len(members), chances, size=draws)
        weights[:, members] = drawn
    return weights


def percentile_interval(
    values: np.ndarray, level: float = 0.95, axis: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds between which the middle ``level`` of bootstrap values lies.

    Parameters
    ----------
    values
        Bootstrap values, one draw a step along ``axis``.
    level
        Share of the draws inside the interval, between 0 and 1.
    axis
        The axis of the draws.

    Returns
    -------
    Lower and upper bounds.

    Raises
    ------
    ValueError
        If ``level`` is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level is a share between 0 and 1, such as 0.95; it was {level}")
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail], axis=axis)
    return low, high
