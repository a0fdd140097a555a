"""Which frames organise each telling."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
