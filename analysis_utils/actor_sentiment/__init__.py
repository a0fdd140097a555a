"""How each outlet speaks of each actor, and in whose voice."""

from analysis_utils.actor_sentiment.scores import (
    NEUTRAL_BELOW,
    SCORE_COLUMNS,
    by_speaker,
    disagreement_finding,
    disagreements,
    label,
    mask_spans,
    score_mentions,
    score_sentences,
    summarise,
    word_evidence,
)

__all__ = [
    "NEUTRAL_BELOW",
    "SCORE_COLUMNS",
    "by_speaker",
    "disagreement_finding",
    "disagreements",
    "label",
    "mask_spans",
    "score_mentions",
    "score_sentences",
    "summarise",
    "word_evidence",
]
