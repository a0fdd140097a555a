"""What all outlets tell, what some tell, what one tells alone, and where in the article."""

from analysis_utils.themes.coverage.tables import (
    KEPT,
    TOLD,
    align_corpus,
    count_tellings,
    details_finding,
    finding,
    nearest_sentence,
    opening,
    read_corpus,
    statement_matrix,
    summaries,
    tellings,
    told_alone,
    unshared_details,
    validate,
)

__all__ = [
    "KEPT",
    "TOLD",
    "align_corpus",
    "count_tellings",
    "details_finding",
    "finding",
    "nearest_sentence",
    "opening",
    "read_corpus",
    "statement_matrix",
    "summaries",
    "tellings",
    "told_alone",
    "unshared_details",
    "validate",
]
