"""Statements: aligned sentences of all outlets that tell the same, joined into clusters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.themes.coverage.alignment import COUNTERPART

#: A larger group of connected sentences is cut at a higher similarity before it is clustered.
LARGEST_GROUP = 2000

_STEP = 0.02


def cluster_sentences(
    sentences: pd.DataFrame, pairs: pd.DataFrame, threshold: float = COUNTERPART
) -> pd.Series:
    """The statement each sentence makes: sentences that tell the same share a number.

    Counterparts are joined by average linkage (Sokal and Michener 1958) inside
    each connected group, so that no chain of likenesses makes one statement of
    a whole story.  Two sentences of one outlet neither bind nor part a cluster;
    pairs that were not compared count as 0.  A sentence that its counterparts
    leave behind goes where its best counterpart is.

    Parameters
    ----------
    sentences
        With ``sentence_id`` and ``outlet``, in the order in which statements are numbered.
    pairs
        As :func:`align` gives them.
    threshold
        Least similarity, of pairs and on average of clusters.

    Returns
    -------
    Numbers from 0, indexed by ``sentence_id``.
    """
    ids = pd.Index(sentences["sentence_id"])
    known = pairs[pairs["sentence_id"].isin(ids) & pairs["other_id"].isin(ids)]
    edges = _Edges(
        ids.get_indexer(known["sentence_id"]),
        ids.get_indexer(known["other_id"]),
        known["similarity"].to_numpy(float),
    )
    groups = _groups(edges, len(ids), threshold)
    outlets = pd.factorize(sentences["outlet"])[0]
    labels = _average_linkage(groups, edges, outlets, threshold)
    labels = _attach_left_behind(labels, edges.above(threshold))
    return pd.Series(pd.factorize(labels)[0], index=ids, name="statement")


class _Edges(NamedTuple):
    """Pairs of sentences by their row numbers, with their similarity."""

    rows: np.ndarray
    others: np.ndarray
    values: np.ndarray

    def above(self, threshold: float) -> _Edges:
        kept = self.values >= threshold
        return _Edges(self.rows[kept], self.others[kept], self.values[kept])


def _groups(edges: _Edges, size: int, threshold: float) -> np.ndarray:
    """The connected group of each row.  Those that are too large fall apart as the threshold
    rises."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    while True:
        rows, others, values = edges.above(threshold)
        graph = coo_matrix((values, (rows, others)), shape=(size, size))
        _, groups = connected_components(graph, directed=False)
        if threshold > 1 or np.bincount(groups, minlength=1).max() <= LARGEST_GROUP:
            return groups
        threshold += _STEP


def _average_linkage(
    groups: np.ndarray, edges: _Edges, outlets: np.ndarray, threshold: float
) -> np.ndarray:
    """A label for each row: clusters within each group of two rows or more."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    labels = np.arange(len(groups))
    inside = np.flatnonzero(groups[edges.rows] == groups[edges.others])
    numbers_of = pd.Series(inside).groupby(groups[edges.rows[inside]])
    for group, numbers in numbers_of:
        members = np.flatnonzero(groups == group)
        near = np.where(outlets[members][:, None] == outlets[members], threshold, 0.0)
        one = np.searchsorted(members, edges.rows[numbers])
        two = np.searchsorted(members, edges.others[numbers])
        near[one, two] = near[two, one] = edges.values[numbers]
        far = np.clip(1 - near, 0, None)
        tree = linkage(squareform(far, checks=False), "average")  # which leaves the diagonal out
        cluster = fcluster(tree, 1 - threshold, "distance")
        _, first, places = np.unique(cluster, return_index=True, return_inverse=True)
        labels[members] = members[first][places]
    return labels


def _attach_left_behind(labels: np.ndarray, edges: _Edges) -> np.ndarray:
    """Put each row that is alone in its cluster, though it has a counterpart, with its best."""
    alone = np.bincount(labels, minlength=len(labels))[labels] == 1
    joined, settled = labels.copy(), ~alone
    for edge in np.argsort(-edges.values, kind="stable"):
        pair = edges.rows[edge], edges.others[edge]
        for one, two in (pair, pair[::-1]):
            if not settled[one]:
                joined[one] = joined[two]
                settled[[one, two]] = True
    return joined
