"""How far to trust each measure: its score beside the trivial method's, and coders' agreement."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
