"""How each outlet speaks of each actor, and in whose voice."""

from analysis_utils.themes.actor_sentiment.answers import NEUTRAL_BELOW, Scores, label
from analysis_utils.themes.actor_sentiment.evidence import (
    disagreement_finding,
    disagreements,
    model_evidence,
    word_evidence,
)
from analysis_utils.themes.actor_sentiment.methods import (
    LEXICONS,
    METHOD_NAMES,
    METHODS,
    TARGET_MODEL,
    Method,
    name_of,
)
from analysis_utils.themes.actor_sentiment.tables import (
    PROBABILITIES,
    SCORE_COLUMNS,
    by_speaker,
    mask_spans,
    mean_probabilities,
    nearest,
    score_mentions,
    score_sentences,
    summarise,
)

__all__ = [
    "LEXICONS",
    "METHODS",
    "METHOD_NAMES",
    "NEUTRAL_BELOW",
    "PROBABILITIES",
    "SCORE_COLUMNS",
    "TARGET_MODEL",
    "Method",
    "Scores",
    "by_speaker",
    "disagreement_finding",
    "disagreements",
    "label",
    "mask_spans",
    "mean_probabilities",
    "model_evidence",
    "name_of",
    "nearest",
    "score_mentions",
    "score_sentences",
    "summarise",
    "word_evidence",
]
