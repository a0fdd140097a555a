"""Terms counted by document: a sparse matrix, and its sums by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class TermCounts:
    """Terms counted by document.

    Attributes
    ----------
    matrix
        Documents by terms, sparse, whole numbers.
    groups
        The group (outlet) of each document.
    terms
        The term of each column, sorted.
    """

    matrix: csr_matrix
    groups: np.ndarray
    terms: np.ndarray


def count_terms(
    terms: pd.DataFrame, document: str = "sentence_id", by: str = "outlet"
) -> TermCounts:
    """How often each term stands in each document.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    document
        Column that names the documents: ``sentence_id``, ``passage_id``,
        ``paragraph_id`` or ``article_id``.  Documents without terms are left out.
    by
        Column of the group that each document belongs to.

    Raises
    ------
    ValueError
        If there are no terms.
    """
    from scipy.sparse import coo_matrix

    if terms.empty:
        raise ValueError("no terms to count: the sentences hold no words")
    columns, names = pd.factorize(terms["term"].astype(object), sort=True)
    documents = terms.groupby([document, by], sort=False)
    rows, groups = documents.ngroup().to_numpy(), documents[by].first().to_numpy(dtype=object)
    ones = np.ones(len(terms), dtype=np.int64)
    shape = (len(groups), len(names))
    return TermCounts(coo_matrix((ones, (rows, columns)), shape).tocsr(), groups, names.to_numpy())


def group_names(terms: pd.DataFrame, by: str) -> list:
    """The groups of a contrast in order of first appearance; two or more."""
    names = list(terms[by].unique())
    if len(names) < 2:
        raise ValueError(f"a contrast needs two or more groups in column {by!r}; it has {names}")
    return names


def sums_by_group(counts: TermCounts, names: Sequence) -> np.ndarray:
    """Occurrences of each term in each group: groups by terms."""
    by_group = [counts.matrix[counts.groups == name].sum(axis=0) for name in names]
    return np.stack([np.asarray(sums).ravel() for sums in by_group])
