"""How far to trust each measure: every score beside the trivial method's, in one table."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
