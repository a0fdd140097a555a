"""Terms: the units that are counted, with every merge in the open."""

from analysis_utils.measures.terms.find import (
    TERM_COLUMNS,
    find_terms,
    merged_variants,
    unmerged,
)

__all__ = [
    "TERM_COLUMNS",
    "find_terms",
    "merged_variants",
    "unmerged",
]
