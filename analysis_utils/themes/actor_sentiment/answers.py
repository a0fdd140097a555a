"""What a method answers when it is asked how a text puts an actor."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

#: A score nearer to zero than this counts as neutral (VADER's own convention).
NEUTRAL_BELOW = 0.05


class Scores(NamedTuple):
    """What a method says of a text.

    ``polarity`` from -1 (against) to 1 (in favour); ``subjectivity`` from 0 to
    1, NaN if the method has none; ``words`` that made the score, each with its
    own value on the method's scale (VADER: -4 to 4, divided by 4 here);
    ``probabilities`` of negative, neutral and positive, empty if the method has none.
    """

    polarity: float
    subjectivity: float = math.nan
    words: tuple[tuple[str, float], ...] = ()
    probabilities: tuple[float, ...] = ()

    @property
    def label(self) -> int:
        """-1, 0 or 1: the most probable one, else the sign of the polarity (:func:`label`)."""
        if self.probabilities:
            return int(np.argmax(self.probabilities)) - 1
        return label(self.polarity)


def label(polarity: float, threshold: float = NEUTRAL_BELOW) -> int:
    """The sign of a score: -1, 0 or 1; nearer to zero than ``threshold`` is 0."""
    return 0 if abs(polarity) < threshold else int(np.sign(polarity))


def words_with_values(words: Iterable[tuple[str, float]]) -> str:
    """Words and what they count, as a cell of a table: ``unfair -0.50; safe +0.50``."""
    return "; ".join(f"{word} {value:+.2f}" for word, value in words)
