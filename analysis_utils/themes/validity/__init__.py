"""How far to trust each measure: every score beside the trivial method's, in one table."""

from analysis_utils.themes.validity.scores import (
    COLUMNS,
    HAND_CODES,
    cleaning,
    finding,
    mentions,
    scoreboard,
    sentence_cutting,
    sentiment,
)

__all__ = [
    "COLUMNS",
    "HAND_CODES",
    "cleaning",
    "finding",
    "mentions",
    "scoreboard",
    "sentence_cutting",
    "sentiment",
]
