"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks."""

from analysis_utils.voices.shares import (
    compare_shares,
    first_heard,
    list_quotes,
    speaker_shares,
    talked_about,
    validation,
)
from analysis_utils.voices.spans import voice_of_spans, word_voices

__all__ = [
    "compare_shares",
    "first_heard",
    "list_quotes",
    "speaker_shares",
    "talked_about",
    "validation",
    "voice_of_spans",
    "word_voices",
]
