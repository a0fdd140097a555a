"""How far coders agree, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis_utils.measures.agreement import RELIABLE, TENTATIVE
from analysis_utils.output.english import counted, listed

#: What an alpha allows from this value on, in words.
_BANDS = {
    RELIABLE: f"at least {RELIABLE:.2f}, which Krippendorff (2018) takes for reliable",
    TENTATIVE: (
        f"between {TENTATIVE:.3f} and {RELIABLE:.2f}, enough for tentative conclusions only"
    ),
    -np.inf: f"below {TENTATIVE:.3f}: too little to build on",
}


def agreement_finding(table: pd.DataFrame) -> str:
    """What the alphas of :func:`agreement` allow, after Krippendorff (2018), as a paragraph.

    An alpha whose interval reaches below its threshold, or that has none, is told: it may lie
    there by luck.
    """
    if table.empty:
        return "There are no codes of two coders, so how far coders agree is not known here."
    defined = table.dropna(subset=["alpha"])
    parts, upper = [], np.inf
    for lower, words in _BANDS.items():
        fitting = defined[defined["alpha"].between(lower, upper, inclusive="left")]
        if len(fitting):
            parts.append(_told(fitting, lower, words))
        upper = lower
    for note, rows in table[table["note"] != ""].groupby("note", sort=False):
        parts.append(f"{listed(rows['variable'].tolist())}: {note[0].lower()}{note[1:]}")
    return " ".join(parts)


def _told(fitting: pd.DataFrame, lower: float, words: str) -> str:
    """Of which variables the words hold, and for which of them the interval leaves it open."""
    names = fitting["variable"].tolist()
    said = f"For {counted(len(names), 'variable')} ({listed(names)}) alpha is {words}."
    unsettled = fitting.loc[fitting["low"] < lower, "variable"].tolist()
    if not unsettled:
        return said
    intervals = "interval of {} reaches" if len(unsettled) == 1 else "intervals of {} reach"
    return (
        f"{said} The {intervals.format(listed(unsettled))} lower, so the codes at hand do not"
        " settle it."
    )
