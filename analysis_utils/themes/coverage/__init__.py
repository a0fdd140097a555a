"""What all outlets tell, what some tell, what one tells alone, and where in the article."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
