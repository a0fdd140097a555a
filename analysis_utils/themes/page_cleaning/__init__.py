"""What is article and what is page: what cleaning kept, what it removed, and how right it was."""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
