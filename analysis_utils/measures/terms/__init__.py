"""Terms: the units that are counted, with every merge in the open."""

from analysis_utils.measures.terms.find import (
    KINDS,
    Terms,
    find_terms,
    merged_variants,
    unmerged,
)

__all__ = [
    "KINDS",
    "Terms",
    "find_terms",
    "merged_variants",
    "unmerged",
]
