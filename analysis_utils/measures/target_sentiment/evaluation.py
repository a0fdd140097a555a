"""Labels beside people's labels: macro-F1 with bootstrap intervals, and calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.measures.target_sentiment.model import LABELS


def agreement(
    truth: Sequence[int],
    guesses: Sequence[int],
    groups: Sequence | None = None,
    draws: int = 2000,
    seed: int = 0,
) -> dict[str, float]:
    """How far guessed labels agree with people's.

    Parameters
    ----------
    truth, guesses
        Labels of the same pairs: -1, 0 or 1.
    groups
        What each pair was taken from, its sentence say: pairs of one group are drawn together.
        By default every pair is drawn by itself.
    draws, seed
        Number of bootstrap draws, and their seed.

    Returns
    -------
    ``n`` (pairs), ``accuracy``, ``macro_f1`` (mean F1 of the three labels; of a label that
    neither has, 0), ``low`` and ``high`` (95 % bootstrap interval of macro-F1; NaN below ``FEW``
    groups), ``opposite`` (pairs with the opposite sign).
    """
    coded, guessed = np.asarray(truth), np.asarray(guesses)
    right = coded == guessed
    drawn_from = range(len(coded)) if groups is None else groups
    units = pd.factorize(np.asarray(drawn_from, dtype=object))[0]
    # Right, guessed and coded counts of each label in each unit: F1 needs no more.
    counts = np.zeros((units.max() + 1, 2, len(LABELS)))
    for place, value in enumerate(LABELS):
        np.add.at(counts[:, 0, place], units, right & (coded == value))
        np.add.at(counts[:, 1, place], units, (coded == value) * 1 + (guessed == value) * 1)
    weights = bootstrap_weights(np.zeros(len(counts)), draws, seed)
    drawn = np.tensordot(weights, counts, axes=1)
    low, high = percentile_interval(_macro_f1(drawn)) if len(counts) >= FEW else (np.nan, np.nan)
    return {
        "n": len(coded),
        "accuracy": float(right.mean()),
        "macro_f1": float(_macro_f1(counts.sum(axis=0))),
        "low": float(low),
        "high": float(high),
        "opposite": int((coded * guessed < 0).sum()),
    }


def reliability(truth: Sequence[int], probabilities: np.ndarray, bins: int = 10) -> pd.DataFrame:
    """How often the model is right where it is so and so sure (Guo et al. 2017).

    Parameters
    ----------
    truth
        Labels of the pairs.
    probabilities
        One row a pair, as ``classify`` gives them.
    bins
        Number of equally wide bins of probability.

    Returns
    -------
    One row a label and bin that holds a pair: ``label``, ``from``, ``to`` (bounds of the bin),
    ``n`` (pairs), ``probability`` (mean, as the model gave it) and ``share`` (of these pairs that
    people gave this label).
    """
    rows = []
    for place, value in enumerate(LABELS):
        given = probabilities[:, place]
        which = np.minimum((given * bins).astype(int), bins - 1)
        for number in np.unique(which):
            inside = which == number
            rows.append(
                {
                    "label": value,
                    "from": number / bins,
                    "to": (number + 1) / bins,
                    "n": int(inside.sum()),
                    "probability": float(given[inside].mean()),
                    "share": float((np.asarray(truth)[inside] == value).mean()),
                }
            )
    return pd.DataFrame(rows)


def calibration_error(table: pd.DataFrame) -> float:
    """Mean distance of probability and share in :func:`reliability`, weighted by pairs."""
    distance = (table["probability"] - table["share"]).abs()
    return float((distance * table["n"]).sum() / table["n"].sum())


def _macro_f1(counts: np.ndarray) -> np.ndarray:
    """Macro-F1 from counts of right answers, and of guessed plus coded ones, by label."""
    right, both = counts[..., 0, :], counts[..., 1, :]
    return (2 * right / np.maximum(both, 1)).mean(axis=-1)
