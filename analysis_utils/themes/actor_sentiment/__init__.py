"""How each outlet speaks of each actor, and in whose voice."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
