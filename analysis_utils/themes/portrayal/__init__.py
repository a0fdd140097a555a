"""How actors are portrayed: what they are called, and who does what to whom."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
