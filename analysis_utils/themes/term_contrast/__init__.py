"""Which words set the tellings apart: term frequencies of each outlet against the rest."""

from analysis_utils.themes.term_contrast.tables import (
    CONTRAST_COLUMNS,
    caption,
    contrast_terms,
    finding,
    headline,
    leading_terms,
    log_odds_difference,
    log_ratio,
    signed_g2,
)

__all__ = [
    "CONTRAST_COLUMNS",
    "caption",
    "contrast_terms",
    "finding",
    "headline",
    "leading_terms",
    "log_odds_difference",
    "log_ratio",
    "signed_g2",
]
