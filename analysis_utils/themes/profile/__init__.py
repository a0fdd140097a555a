"""A profile of each outlet's telling: what the themes found, laid out on one page."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
