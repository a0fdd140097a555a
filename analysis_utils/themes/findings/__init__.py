"""What is compared: the articles side by side, and how much of each is the outlet's own voice."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
