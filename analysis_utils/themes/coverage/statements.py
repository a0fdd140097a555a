"""Statements: aligned sentences of all outlets that tell the same, joined into clusters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.annotation.parsed import Sentence
from analysis_utils.themes.coverage.alignment import COUNTERPART
from analysis_utils.themes.coverage.differing_words import SentenceWords
from analysis_utils.themes.coverage.pieces import pieces

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


#: How an outlet can tell a statement, from the most prominent to not at all.
HOW = {
    "lead": "in its first sentence",
    "body": "in the body",
    "voiced": "in somebody else's words",
    "possibly": "possibly",
    "not": "not told",
}

#: Statements of a kind that the figure shows at most.
_MOST = 10

#: Words of a label at most.
_LABEL = 9


def statement_matrix(
    told: pd.DataFrame,
    pairs: pd.DataFrame,
    omissions: pd.DataFrame,
    voices: pd.DataFrame,
    readings: Mapping[str, SentenceWords],
    outlets: Mapping[str, str],
) -> pd.DataFrame:
    """How each outlet tells what others leave out, and what several tell.

    Parameters
    ----------
    told, pairs, omissions
        Tables of the theme.
    voices
        Sentences with their ``voice``.
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.
    outlets
        Names by id, in the order wanted.

    Returns
    -------
    See :class:`~analysis_utils.themes.coverage.tables.Statements`: what is left out first, the
    heaviest on top, then what is shared, by as many as possible and as early as possible.
    """
    matrix = _Matrix(told, pairs, dict(zip(voices["sentence_id"], voices["voice"], strict=True)))
    quoted = {row.sentence_id: (row.start, row.end) for row in omissions.itertuples()}
    rows = [*matrix.left_out(omissions, readings), *matrix.shared(readings, quoted)]
    return pd.DataFrame(
        [
            (number, kind, label, outlet, *cells.get(outlet, ("not", "")))
            for number, (kind, label, cells) in enumerate(rows)
            for outlet in outlets
        ],
        columns=["statement", "kind", "label", "outlet", "how", "sentence_id"],
    )


class _Matrix:
    """Rows of the matrix: kind, label, and for each outlet how and where it tells it."""

    def __init__(self, told: pd.DataFrame, pairs: pd.DataFrame, voices: dict[str, str]) -> None:
        self._told, self._voices = told.set_index("sentence_id"), voices
        linked = pairs[pairs["link"] != ""]
        swapped = {"sentence_id": "other_id", "other_id": "sentence_id"}
        swapped |= {"outlet": "other_outlet", "other_outlet": "outlet"}
        both = pd.concat([linked, linked.rename(columns=swapped)])
        self._links = both.sort_values("similarity", ascending=False, kind="stable")

    def left_out(
        self, omissions: pd.DataFrame, readings: Mapping[str, SentenceWords]
    ) -> Iterator[tuple]:
        """The heaviest sentence of each matter that others leave out."""
        for row in omissions.drop_duplicates("matter").head(_MOST).itertuples():
            cells = {row.outlet: (self._how(row.sentence_id, row.voice), row.sentence_id)}
            tellers = row.told_by.split()
            for outlet in set(self._told["outlet"]) - {row.outlet, *row.missing.split()}:
                other = self._linked(row.sentence_id, outlet)
                how = self._how(other) if outlet in tellers and other else "possibly"
                cells[outlet] = (how, other)
            yield "omission", _label_of(readings[row.sentence_id].sentence, row), cells

    def shared(
        self, readings: Mapping[str, SentenceWords], quoted: Mapping[str, tuple[int, int]]
    ) -> list[tuple]:
        """Statements that several outlets tell, surely or possibly."""
        body = self._told[self._told["part"] == "body"]
        rows = []
        for _, group in body.groupby("statement", sort=False):
            group = group.sort_values("place", kind="stable")
            cells = {
                outlet: (self._how(first), first)
                for outlet, first in group.reset_index()
                .groupby("outlet")["sentence_id"]
                .first()
                .items()
            }
            for outlet in " ".join(group["possible"]).split():
                cells.setdefault(outlet, ("possibly", self._linked(group.index[0], outlet)))
            if len(cells) > 1:
                sure = sum(how != "possibly" for how, _ in cells.values())
                rows.append((-sure, -len(cells), group["place"].iloc[0], group.index[0], cells))
        ranked = self._without_repeats(sorted(rows, key=lambda row: row[:4]))
        labelled = (
            (_label(readings[name].sentence, quoted.get(name, (0, 0))), cells)
            for *_, name, cells in ranked
        )
        return [("shared", label, cells) for label, cells in labelled if label][:_MOST]

    def _without_repeats(self, rows: list[tuple]) -> Iterator[tuple]:
        """Leave out a row whose sentences all stand in rows before it."""
        seen: set[str] = set()
        for row in rows:
            names = {name for _, name in row[-1].values()}
            if not names <= seen:
                seen |= names
                yield row

    def _how(self, sentence_id: str, voice: str = "") -> str:
        if self._told.loc[sentence_id, "place"] == 0:
            return "lead"
        return "body" if (voice or self._voices[sentence_id]) == "own" else "voiced"

    def _linked(self, sentence_id: str, outlet: str) -> str:
        links = self._links
        found = links[(links["sentence_id"] == sentence_id) & (links["other_outlet"] == outlet)]
        return found["other_id"].iloc[0] if len(found) else ""


def _label_of(sentence: Sentence, row) -> str:
    """The short piece of an omission with most of the words that the others lack."""
    lonely = row.lonely.split(", ")
    short = [
        sentence.text[a:b] for a, b in pieces(sentence, _LABEL) if row.start <= a and b <= row.end
    ]
    held = {text: (sum(word in text for word in lonely), len(text)) for text in short}
    return max(held, key=lambda text: held[text], default=row.text)


def _label(sentence: Sentence, beside: tuple[int, int]) -> str:
    """The longest short piece of a sentence beside what is quoted of it already, or nothing."""
    first, last = beside
    free = [(a, b) for a, b in pieces(sentence, _LABEL) if b <= first or last <= a]
    a, b = max(free, key=lambda piece: piece[1] - piece[0], default=(0, 0))
    return sentence.text[a:b]
