"""Which words set the tellings apart: term frequencies of each outlet against the rest."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
