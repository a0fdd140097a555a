"""Which frames organise each telling, and in whose words do their terms stand?"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
