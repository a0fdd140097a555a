"""A profile of each outlet's telling: what the themes found, laid out on one page."""

from analysis_utils.themes.profile.tables import (
    MATTERS,
    MEASURES,
    NOTHING,
    TOLD_BY,
    actor_table,
    label_words,
    measures,
    never_heard,
    outlet_table,
    top_frames,
)
from analysis_utils.themes.profile.themes import Themes, gather

__all__ = [
    "MATTERS",
    "MEASURES",
    "NOTHING",
    "TOLD_BY",
    "Themes",
    "actor_table",
    "gather",
    "label_words",
    "measures",
    "never_heard",
    "outlet_table",
    "top_frames",
]
