"""Agreement between coders: Krippendorff's alpha with bootstrap intervals.

Alpha is one minus the disagreement that is seen over the disagreement that chance would
give (Krippendorff 2018, chapter 12; Hayes and Krippendorff 2007).  1 is perfect agreement,
0 what chance gives.  It takes any number of coders and missing codes.

Intervals: units are drawn again with replacement and alpha is computed anew from each draw,
the disagreement by chance included; shown is the middle 95 % of the draws.  Zapf, Castell,
Morawietz and Karch (2016) found in simulations that this holds the true value about as often
as it should.  Hayes and Krippendorff (2007) draw pairs of codes instead and leave the
disagreement by chance as it is; in the same simulations that was too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW, percentile_interval

#: Alpha from which Krippendorff (2018) takes codes for reliable, and for tentative conclusions.
RELIABLE, TENTATIVE = 0.8, 0.667

#: If fewer draws than this have codes that vary, no interval is given.
_ENOUGH_DRAWS = 0.9

_COLUMNS = [
    *("variable", "level", "coders", "units", "pairable", "percent_agreement"),
    *("alpha", "low", "high", "note"),
]

NOT_KNOWN = "There is one coder, so how far coders agree is not known."
NO_OVERLAP = "No unit was coded by two coders."
NO_VARIATION = "All codes are the same, so alpha is not defined: there was nothing to tell apart."

NO_DISAGREEMENT = "No two codes differ, so there is no interval; that is no certainty."


def agreement(
    codes: pd.DataFrame,
    levels: Mapping[str, str] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How far coders agree on each variable.

    Parameters
    ----------
    codes
        ``coder``, ``unit_id``, ``variable`` and ``value``, one code a row.
    levels
        Level of measurement by variable, ``nominal`` or ``ordinal``; nominal if not given.
        Values of an ordinal variable are numbers.
    draws, seed
        Number of bootstrap draws, and their seed.

    Returns
    -------
    One row a variable: ``variable``, ``level``, ``coders``, ``units`` (coded by two or more),
    ``pairable`` (codes of these units), ``percent_agreement`` (share of pairs of codes of the
    same unit that are the same, 0 to 1), ``alpha``, ``low`` and ``high`` (95 % interval; none
    below ``FEW`` units or without a disagreement), and ``note``: in words why a number is missing.

    Raises
    ------
    ValueError
        If a coder has two codes for the same, or a level is none of the two.
    """
    key = ["coder", "unit_id", "variable"]
    if codes.duplicated(key).any():
        twice = codes.loc[codes.duplicated(key), key].iloc[0].tolist()
        raise ValueError(f"two codes of the same coder for the same: {', '.join(twice)}")
    rows = [
        {"variable": variable, "level": (levels or {}).get(variable, "nominal")}
        | _row(group, (levels or {}).get(variable, "nominal"), draws, seed)
        for variable, group in codes.groupby("variable", sort=False)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def count_values(codes: pd.DataFrame, level: str = "nominal") -> pd.DataFrame:
    """How many coders gave each unit each value: a row a unit, a column a value, in order."""
    if level not in ("nominal", "ordinal"):
        raise ValueError(f"a level is nominal or ordinal, not {level!r}")
    values = pd.to_numeric(codes["value"]) if level == "ordinal" else codes["value"]
    return pd.crosstab(codes["unit_id"], values)


def alpha(counts: np.ndarray, level: str = "nominal") -> float:
    """Krippendorff's alpha, NaN where it is not defined.

    It compares how much two codes of the same unit differ with how much any two codes do
    (Krippendorff 2018, chapter 12; Hayes and Krippendorff 2007).  In a unit with ``m`` codes
    each pair counts ``1 / (m - 1)``, so that a unit weighs as much as it has codes; a single
    code has nothing to be compared with and counts nowhere.

    Parameters
    ----------
    counts
        How many coders gave each unit (row) each value (column), values in order.
    level
        ``nominal`` or ``ordinal``.
    """
    codes = counts.sum(axis=1)
    pairable, codes = counts[codes > 1], codes[codes > 1]
    totals = pairable.sum(axis=0)
    if (totals > 0).sum() < 2:
        return float("nan")
    differences = _differences(totals, level)
    pairs = pairable.T @ (pairable / (codes - 1)[:, None])
    seen = (pairs * differences).sum()
    by_chance = totals @ differences @ totals / (totals.sum() - 1)
    return float(1 - seen / by_chance)


def _differences(totals: np.ndarray, level: str) -> np.ndarray:
    """How far any two values are from each other, squared; a value is 0 from itself.

    Nominal values are the same or not.  Ordinal values are as far apart as their ranks, where
    a value that was given often takes many ranks and stands in their middle: for two values,
    all codes from the one to the other, less half of those of the two themselves.
    """
    if level == "nominal":
        return 1.0 - np.eye(len(totals))
    ranks = totals.cumsum() - totals / 2
    return np.subtract.outer(ranks, ranks) ** 2


def percent_agreement(counts: np.ndarray) -> float:
    """Share of pairs of codes of the same unit that are the same; NaN without a pair."""
    codes = counts.sum(axis=1)
    pairs = (codes * (codes - 1)).sum()
    return float((counts * (counts - 1)).sum() / pairs) if pairs else float("nan")


def overlap(found: Set, coded: Set) -> dict[str, float]:
    """``precision``, ``recall`` and ``f1`` of what was found against what was coded.

    A share of nothing is NaN; F1 as in :func:`f1`.
    """
    right = len(found & coded)
    precision = right / len(found) if found else float("nan")
    recall = right / len(coded) if coded else float("nan")
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall)}


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall (van Rijsbergen 1979, chapter 7).

    0 where nothing is right, also if nothing was found or nothing was there to find; NaN where
    neither share is defined.
    """
    if np.isnan(precision) and np.isnan(recall):
        return float("nan")
    if not precision + recall > 0:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def _row(codes: pd.DataFrame, level: str, draws: int, seed: int) -> dict:
    counts = count_values(codes, level).to_numpy()
    pairable = counts[counts.sum(axis=1) > 1]
    row = {
        "coders": codes["coder"].nunique(),
        "units": len(pairable),
        "pairable": int(pairable.sum()),
        "percent_agreement": percent_agreement(pairable),
        "alpha": alpha(pairable, level),
        "low": np.nan,
        "high": np.nan,
    }
    if note := _why_no_alpha(row):
        return row | {"note": note}
    if row["percent_agreement"] == 1:
        return row | {"note": NO_DISAGREEMENT}
    if len(pairable) < FEW:
        return row | {"note": f"Fewer than {FEW} units: no interval."}
    return row | _interval(pairable, level, draws, seed)


def _why_no_alpha(row: dict) -> str:
    if row["coders"] < 2:
        return NOT_KNOWN
    if not row["units"]:
        return NO_OVERLAP
    return NO_VARIATION if np.isnan(row["alpha"]) else ""


def _interval(counts: np.ndarray, level: str, draws: int, seed: int) -> dict:
    """The middle 95 % of the alphas of the draws in which codes vary."""
    drawn = np.random.default_rng(seed).integers(len(counts), size=(draws, len(counts)))
    alphas = np.array([alpha(counts[units], level) for units in drawn])
    varied = alphas[~np.isnan(alphas)]
    if len(varied) < _ENOUGH_DRAWS * draws:
        return {"note": "The codes vary in too few units for an interval."}
    low, high = percentile_interval(varied)
    return {"low": float(low), "high": float(high), "note": ""}
