"""Codes of frames, and whose word counts for each frame: the coders', or that of its terms.

A table of readings says for sentences and frames whether the frame is present; it has the columns
of ``READING``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis_utils.measures.agreement import TENTATIVE, alpha, overlap
from analysis_utils.study import benchmark_results

#: What a reader says: one row a sentence and frame.
READING = ["reader", "sentence_id", "frame", "present"]

#: How the name of a coder begins who is no person.
MODEL_CODER = "language model"

#: What stands before the name of any other.
CODER = "coder "

#: Where a reading of a frame can come from.
CODES, TERMS = "codes", "terms"

_UNIT = ["sentence_id", "frame"]


def read_coded(codes: pd.DataFrame | None) -> pd.DataFrame:
    """The coders' readings of the frames.

    Parameters
    ----------
    codes
        Codes ``frames``: ``coder``, ``sentence_id``, ``frame``, ``present``; or None.

    Returns
    -------
    ``reader`` (``coder anna``, or ``language model a``), ``sentence_id``, ``frame`` and
    ``present`` (0 or 1); empty if there are no codes.
    """
    if codes is None:
        return pd.DataFrame(columns=READING)
    return codes.assign(reader=codes["coder"].map(coder_name))[READING].reset_index(drop=True)


def coder_name(coder: str) -> str:
    """What to call a coder, so that a language model is never taken for a person.

    >>> coder_name("anna"), coder_name("language model a")
    ('coder anna', 'language model a')
    """
    return coder if coder.startswith(MODEL_CODER) else CODER + coder


def whose_codes(coded: pd.DataFrame) -> str:
    """Who coded, in words; empty if nobody did."""
    by_model = coded["reader"].str.startswith(MODEL_CODER)
    if coded.empty:
        return ""
    if by_model.all():
        return "codes made by language models"
    return "codes made by people and language models" if by_model.any() else "hand codes"


def most_say(coded: pd.DataFrame) -> pd.DataFrame:
    """What most coders say: a frame is there if more than half of them see it, of two both.

    Parameters
    ----------
    coded
        As :func:`read_coded` gives it.

    Returns
    -------
    ``sentence_id``, ``frame`` and ``present``.
    """
    share = coded.groupby(_UNIT, sort=False)["present"].mean()
    return (share > 0.5).astype(int).reset_index()


def measure(
    truth: Sequence[int] | np.ndarray | pd.Series, said: Sequence[int] | np.ndarray | pd.Series
) -> dict[str, float]:
    """Precision, recall, F1 and alpha of answers 0 and 1 beside what counts as right."""
    right, found = (set(np.flatnonzero(answers)) for answers in (truth, said))
    yes = np.add(truth, said)
    return {
        "n": len(truth),
        "coded": len(right),
        "found": len(found),
        "both": len(right & found),
        **overlap(found, right),
        "alpha": alpha(np.column_stack([2 - yes, yes])),
    }


def reliability(scores: pd.DataFrame, coded: pd.DataFrame, frames: Sequence[str]) -> pd.DataFrame:
    """Whose word counts for each frame, and whether it can be built on.

    Codes count where they cover all articles, and where a frame's terms do not agree with them;
    terms count elsewhere.  Content analysis draws tentative conclusions from an alpha of
    ``TENTATIVE`` on (Krippendorff 2018): codes are built on unless their coders agree less, terms
    if they agree as much with what most coders say, here or on the labelled articles of
    ``benchmarks/frames.py``.

    Parameters
    ----------
    scores
        As :func:`~analysis_utils.themes.frames.tables.score_sentences` gives them.
    coded
        The coders' readings.
    frames
        Ids of the frames.

    Returns
    -------
    See :class:`~analysis_utils.themes.frames.tables.Reliability`.
    """
    elsewhere = benchmark_results("frames").groupby("frame")["alpha"].max()
    answers = scores.merge(most_say(coded).rename(columns={"present": "coded"}), on=_UNIT)
    is_whole = set(answers["article_id"]) == set(scores["article_id"])
    rows = []
    for frame in frames:
        mine, codes = answers[answers["frame"] == frame], coded[coded["frame"] == frame]
        here = measure(mine["coded"], mine["present"])["alpha"] if len(mine) else np.nan
        between = _between_coders(codes)
        terms_fit = max(np.nan_to_num(here), elsewhere.get(frame, 0)) >= TENTATIVE
        by_codes = len(mine) > 0 and (is_whole or not terms_fit)
        rows.append(
            {
                "frame": frame,
                "sentences": len(mine),
                "alpha_coders": between,
                "alpha_terms": here,
                "alpha_elsewhere": elsewhere.get(frame, np.nan),
                "source": CODES if by_codes else TERMS,
                "reliable": not between < TENTATIVE if by_codes else terms_fit,
            }
        )
    return pd.DataFrame(rows)


def _between_coders(codes: pd.DataFrame) -> float:
    """Krippendorff's alpha between the coders of a frame; NaN if there is one, or nothing to
    tell apart."""
    votes = codes.groupby("sentence_id")["present"].agg(["size", "sum"])
    votes = votes[votes["size"] > 1]
    if votes.empty:
        return np.nan
    return alpha(np.column_stack([votes["size"] - votes["sum"], votes["sum"]]))


def readings(scores: pd.DataFrame, coded: pd.DataFrame, reliable: pd.DataFrame) -> pd.DataFrame:
    """For each sentence of the body and frame, what the one says whose word counts.

    Parameters
    ----------
    scores, coded
        As in :func:`reliability`, which gives ``reliable``.

    Returns
    -------
    See :class:`~analysis_utils.themes.frames.tables.Readings`: sentences that nobody coded are
    left out of frames for which codes count.
    """
    body = scores[scores["part"] == "body"].merge(reliable[["frame", "source"]], on="frame")
    by_coders = most_say(coded).rename(columns={"present": "coded"})
    both = body.merge(by_coders, on=_UNIT, how="left")
    by_codes = both["source"] == CODES
    both["present"] = both["present"].mask(by_codes, both["coded"])
    both = both.dropna(subset="present").astype({"present": int})
    return both[["frame", "sentence_id", "article_id", "outlet", "source", "present"]]
