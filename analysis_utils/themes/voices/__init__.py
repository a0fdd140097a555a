"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
