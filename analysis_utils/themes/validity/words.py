"""How far methods and codes can be trusted, in sentences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.agreement import RELIABLE, TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.measures.target_sentiment.evaluation import calibration_error
from analysis_utils.output.english import counted, listed

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: What scores against the study's own codes are called in the column ``against``.
HAND_CODES = "hand codes"

#: What an alpha allows from this value on, in words.
_BANDS = {
    RELIABLE: f"at least {RELIABLE:.2f}, which Krippendorff (2018) takes for reliable",
    TENTATIVE: (
        f"between {TENTATIVE:.3f} and {RELIABLE:.2f}, enough for tentative conclusions only"
    ),
    -np.inf: f"below {TENTATIVE:.3f}: too little to build on",
}

#: Below this, agreement is slight at most (Landis and Koch 1977, who say so of kappa).
CHANCE = 0.2

#: From this probability on, the target model is sure of an answer; it is open between these two.
SURE = 0.8
OPEN = (0.1, 0.8)

#: A bin of fewer pairs than this has a hollow mark: its share hangs on a few of them.
FEW_PAIRS = 20


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How many scores there are, and how many are above the trivial method's."""
    return scores_finding(tables.scores)


def scored(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table ``scores`` that have a score."""
    return scores.dropna(subset=["value"])


def with_rival(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table ``scores`` that have a score, and a trivial method's beside it."""
    return scores.dropna(subset=["value", "baseline_value"])


def measure_label(row) -> str:
    """What a row of the table ``scores`` measures, and against what public data."""
    return row.measure if row.against == HAND_CODES else f"{row.measure} ({row.against})"


def scores_finding(scores: pd.DataFrame) -> str:
    """What the table ``scores`` says, as a paragraph."""
    known = scored(scores)
    if known.empty:
        return "There is no score of any method."
    compared = with_rival(known)
    behind = compared[compared["value"] <= compared["baseline_value"]]
    coded = int((known["against"] == HAND_CODES).sum())
    parts = [
        f"There are {counted(coded, 'score')} against hand codes of this study and"
        f" {len(known) - coded} against public data.",
        f"{len(compared) - len(behind)} of {len(compared)} are above the trivial method's.",
    ]
    if len(behind):
        names = [f"{measure_label(row)}, {row.score}" for row in behind.itertuples()]
        parts.append(f"Not so: {'; '.join(names)}.")
    if not coded:
        parts.append(
            "This study has no hand codes, so how well the methods do on its own texts is not"
            " known; code a sample, as shown below."
        )
    return " ".join(parts)


def scores_headline(scores: pd.DataFrame) -> str:
    """How many methods do better than a trivial one, as a title; takes the table ``scores``."""
    compared = with_rival(scores)
    if compared.empty:
        return "No method has been compared with a trivial one"
    better = int((compared["value"] > compared["baseline_value"]).sum())
    if better == len(compared):
        these = "The only score is" if better == 1 else f"All {better} scores are"
        return f"{these} above the trivial method's"
    level = int((compared["value"] == compared["baseline_value"]).sum())
    ties = f", {level} level with it" if level else ""
    return f"{better} of {len(compared)} scores are above the trivial method's{ties}"


def scores_caption(scores: pd.DataFrame) -> str:
    """The caption of ``figures.scores``."""
    return (
        f"{counted(len(scored(scores)), 'score')} of the methods beside those of trivial"
        " methods; n is coded units. Scores of different names do not compare with each other. The"
        " texts of the default study were in view when rules and lists of names were made, so its"
        " scores say that a method works there, not how it does on new texts."
    )


def reliability_headline(reliability: pd.DataFrame) -> str:
    """How far probabilities are off, as a title; takes the table ``reliability``."""
    off = 100 * calibration_error(reliability)
    return f"Probabilities are off by {off:.0f} points on average"


def reliability_finding(reliability: pd.DataFrame) -> str:
    """What the table ``reliability`` says, as a paragraph."""
    sure = reliability[reliability["from"] >= SURE]
    said, right = (
        (sure[column] * sure["n"]).sum() / sure["n"].sum() for column in ("probability", "share")
    )
    lowest, highest = OPEN
    open_ones = reliability[(reliability["from"] >= lowest) & (reliability["to"] <= highest)]
    return (
        f"On {counted(_pairs(reliability), 'pair')} of public data, answers that the model holds"
        f" to be at least {SURE:.0%} probable ({counted(int(sure['n'].sum()), 'answer')},"
        f" {said:.0%} on average) are right in {right:.0%}. Probabilities between {lowest:.0%} and"
        f" {highest:.0%} are off by {100 * calibration_error(open_ones):.0f} points on average:"
        " means of these are worth less."
    )


def reliability_caption(reliability: pd.DataFrame) -> str:
    """The caption of ``figures.reliability``."""
    return (
        f"Reliability of the target model on {counted(_pairs(reliability), 'pair')} of sentence"
        " and target (NewsMTSC, development parts), in ten bins of probability for each label; its"
        " one temperature was chosen on the same pairs. On the line, labels are right as often as"
        f" the model says. Hollow marks: fewer than {FEW_PAIRS} pairs."
    )


def _pairs(reliability: pd.DataFrame) -> int:
    """How many pairs were labelled: each stands once under every label."""
    return int(reliability.loc[reliability["label"] == 0, "n"].sum())


def agreement_finding(agreed: pd.DataFrame) -> str:
    """What the alphas of the table ``agreement`` allow, after Krippendorff (2018), as a paragraph.

    An alpha whose interval reaches below its threshold, or that has none, is told: it may lie
    there by luck.
    """
    if agreed.empty:
        return "There are no codes of two coders, so how far coders agree is not known here."
    defined = agreed.dropna(subset=["alpha"])
    parts, upper = [], np.inf
    for lower, words in _BANDS.items():
        fitting = defined[defined["alpha"].between(lower, upper, inclusive="left")]
        if len(fitting):
            parts.append(_told(fitting, lower, words))
        upper = lower
    for note, rows in agreed[agreed["note"] != ""].groupby("note", sort=False):
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


def methods_finding(beside: pd.DataFrame) -> str:
    """What the table ``beside`` says, as a paragraph."""
    if beside.empty:
        return (
            "Nobody has coded this study, so how far the methods agree with readers of these texts"
            " is not known."
        )
    alpha, enough = beside["alpha"], beside["n"] >= FEW
    groups = {
        f"at least {TENTATIVE:.3f}, enough for tentative conclusions": alpha >= TENTATIVE,
        f"lower, but {CHANCE:.2f} or more": alpha.between(CHANCE, TENTATIVE, inclusive="left"),
        f"below {CHANCE:.2f}, little or no better than chance": alpha < CHANCE,
        "not defined, as all codes are the same": alpha.isna(),
    }
    told = [
        f"Alpha between method and coder is {words}, for {_named(beside[fits & enough])}."
        for words, fits in groups.items()
        if (fits & enough).any()
    ]
    if not enough.all():
        told.append(f"Fewer than {FEW} units tell nothing: {_named(beside[~enough])}.")
    wanting = beside[beside["accuracy"] < beside["accuracy_baseline"]]
    if len(wanting):
        told.append(
            f"Always giving the coder's commonest answer is right more often for {_named(wanting)}."
        )
    return " ".join(told)


def _named(beside: pd.DataFrame) -> str:
    """Variables with the coders in brackets: ``tone (ann and bob) and actor (bob)``."""
    of_variable = beside.groupby("variable", sort=False)["coder"]
    return listed([f"{name} ({listed(list(each))})" for name, each in of_variable])


def units_finding(units: pd.DataFrame) -> str:
    """How much there is to code, from the table ``units``."""
    sizes = [counted(row.n, row.unit.removesuffix("s")) for row in units.itertuples()]
    return f"A full set of sheets for this study has {listed(sizes)} to code."
