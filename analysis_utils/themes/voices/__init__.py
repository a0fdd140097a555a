"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks."""

from analysis_utils.annotation.voice import voice_of_spans, word_voices
from analysis_utils.themes.voices.tables import (
    compare_shares,
    first_heard,
    list_quotes,
    speaker_shares,
    talked_about,
    validate,
)

__all__ = [
    "compare_shares",
    "first_heard",
    "list_quotes",
    "speaker_shares",
    "talked_about",
    "validate",
    "voice_of_spans",
    "word_voices",
]
