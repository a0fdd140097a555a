"""Does a score hang on the name alone?  Neutral sentences, told of one actor and then another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis_utils.measures.target_sentiment.model import classify, polarity

#: Actors that news writes of in very different tones.
NAMES = ("Kaspersky Lab", "Microsoft", "Europol", "the Kremlin")

#: Sentences that judge nobody, with places for the target and for another actor.
NEUTRAL = (
    "{target} said on Monday that the talks with {other} would go on in June.",
    "Officials of {other} met a delegation from {target} in Brussels last week.",
    "{target} published its report on Tuesday, two days after {other}.",
    "The letter from {other} reached {target} on Thursday, a spokesman said.",
    "A spokeswoman for {target} declined to comment on the plans of {other}.",
    "Reporters were told that {target} would answer {other} by the end of the month.",
    "The meeting between {target} and {other} began at noon.",
    "According to {other}, {target} has offices in four European cities.",
    "{other} and {target} signed the agreement in 2015.",
    "The statement was released by {target} and sent to {other}.",
    "It was not clear on Friday when {target} and {other} would meet again.",
    "{target} has about 3,900 employees, and {other} has more.",
)

ROLES = ("target", "other")


def swap_names(names: Sequence[str] = NAMES, sentences: Sequence[str] = NEUTRAL) -> pd.DataFrame:
    """The polarity toward the target when either actor of a sentence bears another name.

    Parameters
    ----------
    names
        Two names or more.
    sentences
        Sentences with ``{target}`` and ``{other}``, once each.

    Returns
    -------
    One row a sentence, role and name: ``sentence`` (with its places), ``swapped`` (``target``:
    whom the score is asked for; ``other``: another actor that the model can read), ``name`` and
    ``polarity`` (-1 to 1).  The actor that is not swapped is called "the agency".
    """
    rows, texts, targets = [], [], []
    for sentence in sentences:
        for role in ROLES:
            for name in names:
                called = {each: name if each == role else "the agency" for each in ROLES}
                text, target = _filled(sentence, called)
                rows.append({"sentence": sentence, "swapped": role, "name": name})
                texts.append(text)
                targets.append([target])
    return pd.DataFrame(rows).assign(polarity=polarity(classify(texts, targets)))


def mean_change(swapped: pd.DataFrame) -> pd.DataFrame:
    """How far swapping a name moves the polarity; takes :func:`swap_names`.

    Returns
    -------
    One row a role: ``swapped``, ``pairs`` (of names, over all sentences), ``mean_change`` and
    ``largest_change`` (absolute, 0 to 2).
    """
    rows = []
    for role, group in swapped.groupby("swapped", sort=False):
        changes = [
            abs(first - second)
            for _, of_sentence in group.groupby("sentence", sort=False)
            for first, second in combinations(of_sentence["polarity"], 2)
        ]
        rows.append(
            {
                "swapped": role,
                "pairs": len(changes),
                "mean_change": float(np.mean(changes)),
                "largest_change": float(np.max(changes)),
            }
        )
    return pd.DataFrame(rows)


def _filled(sentence: str, called: dict[str, str]) -> tuple[str, tuple[int, int]]:
    """The sentence with its names, the first letter large, and where the target stands."""
    before, _, _ = sentence.partition("{target}")
    start = len(before.replace("{other}", called["other"]))
    text = sentence.format(**called)
    return text[:1].upper() + text[1:], (start, start + len(called["target"]))
