"""How far to trust each measure: every score beside the trivial method's, in one table."""

from analysis_utils.validity.scoreboard import (
    COLUMNS,
    HAND_CODES,
    alt,
    caption,
    cleaning,
    finding,
    headline,
    mentions,
    plot_scores,
    scoreboard,
    sentence_cutting,
    sentiment,
)

__all__ = [
    "COLUMNS",
    "HAND_CODES",
    "alt",
    "caption",
    "cleaning",
    "finding",
    "headline",
    "mentions",
    "plot_scores",
    "scoreboard",
    "sentence_cutting",
    "sentiment",
]
