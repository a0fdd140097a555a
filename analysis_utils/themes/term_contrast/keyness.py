"""Three measures of how much more often one side uses a term than the other, from counts alone.

All arguments are occurrences: numbers, or arrays of matching shapes.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from scipy.special import rel_entr

#: Occurrences.
Counts: TypeAlias = np.ndarray | float


def log_odds_difference(
    count: Counts,
    total: Counts,
    count_rest: Counts,
    total_rest: Counts,
    prior: Counts,
    prior_total: float,
) -> np.ndarray:
    """Difference of two log-odds under one Dirichlet prior (Monroe, Colaresi and Quinn 2008).

    Parameters
    ----------
    count, total, count_rest, total_rest
        Occurrences of the term and of all terms, here and elsewhere.
    prior, prior_total
        What the prior adds to the occurrences of the term, and of all terms.
    """
    others, others_rest = total - count, total_rest - count_rest
    odds = (count + prior) / (others + prior_total - prior)
    odds_rest = (count_rest + prior) / (others_rest + prior_total - prior)
    return np.log(odds / odds_rest)


def log_ratio(count: Counts, total: Counts, count_rest: Counts, total_rest: Counts) -> np.ndarray:
    """Binary logarithm of the ratio of two rates; half an occurrence in place of none.

    Parameters
    ----------
    count, total, count_rest, total_rest
        As for :func:`log_odds_difference`.
    """
    rate = np.where(count == 0, 0.5, count) / total
    rate_rest = np.where(count_rest == 0, 0.5, count_rest) / total_rest
    return np.log2(rate / rate_rest)


def signed_g2(count: Counts, total: Counts, count_rest: Counts, total_rest: Counts) -> np.ndarray:
    """Log-likelihood ratio of the two by two table (Dunning 1993), signed by the difference.

    Parameters
    ----------
    count, total, count_rest, total_rest
        As for :func:`log_odds_difference`.
    """
    share = (count + count_rest) / (total + total_rest)
    half = sum(
        rel_entr(seen, size * share) + rel_entr(size - seen, size * (1 - share))
        for seen, size in ((count, total), (count_rest, total_rest))
    )
    # Rounding can leave a G2 of zero a hair below it.
    return np.sign(count * total_rest - count_rest * total) * np.maximum(2 * half, 0)


# What follows works on arrays of outlets by terms.


def prior_occurrences(sums: np.ndarray, prior_words: float | None) -> np.ndarray:
    """Prior occurrences of each term: its share of the pooled corpus, times the prior's size."""
    pooled = sums.sum(axis=0)
    size = pooled.sum() / len(sums) if prior_words is None else prior_words
    if size <= 0:
        raise ValueError(f"prior_words is a number of words above 0; it was {prior_words}")
    return size * pooled / pooled.sum()


def z_scores(
    sums: np.ndarray, total: np.ndarray, prior: np.ndarray, prior_total: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The log-odds difference, the same in standard deviations, and its variance."""
    elsewhere = rest(sums)
    delta = log_odds_difference(sums, total, elsewhere, rest(total), prior, prior_total)
    variance = 1 / (sums + prior) + 1 / (elsewhere + prior)
    return delta, delta / np.sqrt(variance), variance


def rest(sums: np.ndarray) -> np.ndarray:
    """The sums of all other outlets."""
    return sums.sum(axis=0) - sums
