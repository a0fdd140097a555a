"""Which sentences of the outlets say the same: similarity, counterparts, statements.

Four views of a pair of sentences are averaged, all between about 0 and 1: their
meaning as written, their meaning with every mention of an actor masked (two
sentences are not alike because both name the same company), the meaning of the
clauses that are nearest, and the words they share, rare words more than common
ones.  The first three are cosines of sentence embeddings
(:mod:`analysis_utils.measures.embeddings`), the last one of TF-IDF weights over pieces
of words, which takes "cooperation" near "cooperate" (Salton and Buckley 1988).

The thresholds were chosen on other articles than the project's own study: see
``benchmarks/alignment.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.annotation.parsed import Sentence, clause_runs, read_sentences
from analysis_utils.measures.terms import find_terms
from analysis_utils.schemas import article_of
from analysis_utils.words import times

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from analysis_utils.study.parts import Actor

#: The views of a pair that are averaged, alike: a regression on the read pairs of the
#: benchmark gives them much the same weight, and equal weights travel better (Dawes 1979).
VIEWS = {
    "written": "meaning of the sentences as written",
    "masked": "meaning with the actors masked",
    "clauses": "meaning of the nearest clauses, with and without masks",
    "words": "words in common",
}

#: From this similarity on two sentences are counterparts, if they have so many words in
#: common or are nearer still.  On the benchmark and on eleven more events 93 in a hundred of
#: such pairs were read as telling the same, wholly or partly.
COUNTERPART, IN_COMMON, NEARER = 0.584, 0.255, 0.61

#: Below this similarity to every sentence of the others, a sentence stands alone.  On the
#: benchmark at most one sentence in a hundred that has a counterpart was lost so.
POSSIBLE = 0.431

#: Sentences of other outlets to look at for each sentence.
CANDIDATES = 50

#: What stands for every mention of an actor.
MASK = "it"

#: Parts whose sentences are aligned, each with its like: a headline tells the whole story in
#: brief and would be near to much of the body.  A standfirst repeats; it is told apart.
ALIGNED_PARTS = ("headline", "body")

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_BLOCK = 512
_NUMBER_PIECES = 18  # a number weighs as much as a word of average length


@dataclass(frozen=True)
class Described:
    """Sentences as vectors; rows of all matrices are the rows of ``sentences``."""

    sentences: pd.DataFrame
    written: np.ndarray
    masked: np.ndarray
    words: csr_matrix
    clauses: np.ndarray  # of all sentences, one after the other, as written
    clauses_masked: np.ndarray
    first_clause: np.ndarray  # row of each sentence's first clause, and the end


def align(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Iterable[Actor] = (),
    merge_terms: Mapping[str, Iterable[str]] | None = None,
    candidates: int = CANDIDATES,
    terms: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Pairs of like sentences of different outlets, most similar first.

    Headlines are compared with headlines and sentences of the body with
    sentences of the body.  Work grows with the square of the sentences only
    inside matrix products; what is kept grows in proportion.

    Parameters
    ----------
    sentences, tokens, mentions, quotations
        Tables of the corpus.
    actors, merge_terms
        Of the study, for what counts as one word.
    candidates
        For each sentence, how many of the other outlets' sentences to look at.
    terms
        The terms of the sentences, if they are found already.

    Returns
    -------
    One row a pair: ``sentence_id`` (the one of the two that stands first in the
    corpus), ``other_id``, ``outlet``, ``other_outlet``, ``similarity``, one
    column for each of ``VIEWS``, and ``link``: ``counterpart``, ``possible``
    (below the threshold, yet the best of all for at least one of the two in the
    other's article) or empty.
    """
    told = sentences[sentences["part"].isin(ALIGNED_PARTS)].reset_index(drop=True)
    if told["outlet"].nunique() < 2:
        return link_pairs(_pair_table(told, np.empty(0, int), np.empty(0, int), {}))
    described = describe(told, tokens, mentions, quotations, actors, merge_terms, terms)
    rows, others = _candidates(described, candidates)
    views = {
        "written": _dots(described.written, rows, others),
        "masked": _dots(described.masked, rows, others),
        "clauses": _clause_similarity(described, rows, others),
        "words": np.asarray(
            described.words[rows].multiply(described.words[others]).sum(axis=1)
        ).ravel(),
    }
    return link_pairs(_pair_table(told, rows, others, views))


def describe(
    told: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Iterable[Actor] = (),
    merge_terms: Mapping[str, Iterable[str]] | None = None,
    terms: pd.DataFrame | None = None,
) -> Described:
    """Every sentence as vectors of length one, for each of ``VIEWS``."""
    from analysis_utils.measures.embeddings import embed

    spans = mention_spans(mentions)
    parsed = list(read_sentences(told, tokens, quotations))
    whole = [[(0, len(sentence.text))] for sentence in parsed]
    pieces = [[runs, *_clauses(sentence)] for runs, sentence in zip(whole, parsed, strict=True)]
    written, masked = (
        embed(
            [
                cut(sentence.text, runs, spans.get(sentence.sentence_id, []) if hidden else [])
                for sentence, clauses in zip(parsed, pieces, strict=True)
                for runs in clauses
            ]
        )
        for hidden in (False, True)
    )
    first = np.cumsum([0, *map(len, pieces)])
    return Described(
        told,
        written[first[:-1]],
        masked[first[:-1]],
        word_vectors(told, tokens, actors, merge_terms, terms),
        written,
        masked,
        first,
    )


def mention_spans(mentions: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Where actors are mentioned, by sentence, pronouns included."""
    spans: dict[str, list[tuple[int, int]]] = {}
    columns = ["sentence_id", "start", "end"]
    for sentence_id, start, end in mentions[columns].itertuples(index=False, name=None):
        spans.setdefault(sentence_id, []).append((start, end))
    return spans


def cut(text: str, runs: Sequence[tuple[int, int]], masks: Sequence[tuple[int, int]] = ()) -> str:
    """Runs of a text joined by spaces, each masked span in them as ``MASK``.

    >>> cut("Acme, which left, sued Beta.", [(0, 4), (18, 28)], [(0, 4)])
    'it sued Beta.'
    """
    words = []
    for start, end in runs:
        piece, offset = "", start
        for first, last in sorted(masks):
            if start <= first and last <= end and first >= offset:
                piece += text[offset:first] + MASK
                offset = last
        words.append(piece + text[offset:end])
    return " ".join(" ".join(words).split())


def word_vectors(
    told: pd.DataFrame,
    tokens: pd.DataFrame,
    actors: Iterable[Actor] = (),
    merge_terms: Mapping[str, Iterable[str]] | None = None,
    terms: pd.DataFrame | None = None,
) -> csr_matrix:
    """TF-IDF weights of the pieces of each sentence's terms, rows of length one.

    Function words are left out.  A term's pieces are its runs of three to five
    letters; a number or a date has as many pieces of its own as a word of
    average length, so that numbers count though they are short.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    if terms is None:
        terms = find_terms(told, tokens, actors, merge_terms)
    terms = terms[~terms["is_function_word"].astype(bool)]
    said = {key: list(_term_pieces(rows)) for key, rows in terms.groupby("sentence_id")}
    documents = [said.get(sentence_id, []) for sentence_id in told["sentence_id"]]
    if not any(documents):
        return csr_matrix((len(told), 1))
    return TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(documents)


def _term_pieces(terms: pd.DataFrame) -> Iterator[str]:
    """Pieces of the terms of one sentence; a month and a day beside it are one term."""
    named = list(zip(terms["term"], terms["kind"], strict=True))
    place = 0
    while place < len(named):
        term, kind = named[place]
        following = named[place + 1] if place + 1 < len(named) else ("", "")
        is_date = {kind, following[1]} == {"date", "number"} and (
            (term in times.MONTHS) != (following[0] in times.MONTHS)
        )
        if is_date:
            term, kind = " ".join(sorted((term, following[0]))), "number"
        place += 2 if is_date else 1
        if kind == "number":
            yield from (f"#{term}#{piece}" for piece in range(_NUMBER_PIECES))
        else:
            yield from letter_runs(term)


def letter_runs(term: str) -> Iterator[str]:
    """Runs of three to five letters of a term, its ends marked.

    >>> list(letter_runs("ban"))
    ['<ba', 'ban', 'an>', '<ban', 'ban>', '<ban>']
    """
    marked = f"<{term.lower()}>"
    for size in (3, 4, 5):
        yield from (marked[at : at + size] for at in range(len(marked) - size + 1))


def _clauses(sentence: Sentence) -> list[list[tuple[int, int]]]:
    """The clauses of a sentence with three content words or more, if it has several."""
    verbs = [token for token in sentence.tokens if token.pos in ("VERB", "AUX")]
    found = {tuple(clause_runs(sentence, [(verb.start, verb.end)])) for verb in verbs}
    if len(found) < 2:
        return []
    content = [token.start for token in sentence.tokens if token.pos in _CONTENT]
    return [
        list(runs)
        for runs in sorted(found)
        if sum(start <= place < end for place in content for start, end in runs) >= 3
    ]


def _candidates(described: Described, most: int) -> tuple[np.ndarray, np.ndarray]:
    """For each sentence the most similar ones of other outlets and the same part, as row
    numbers, each pair once."""
    outlets = pd.factorize(described.sentences["outlet"])[0]
    parts = pd.factorize(described.sentences["part"])[0]
    found = []
    for start in range(0, len(outlets), _BLOCK):
        block = slice(start, start + _BLOCK)
        near = described.written[block] @ described.written.T
        near += described.masked[block] @ described.masked.T
        near += (described.words[block] @ described.words.T).toarray()
        allowed = outlets[block, None] != outlets
        allowed &= parts[block, None] == parts
        near[~allowed] = -np.inf
        kept = min(most, near.shape[1])
        best = np.argpartition(-near, kept - 1, axis=1)[:, :kept]
        rows = np.repeat(np.arange(near.shape[0]), kept)
        pairs = np.column_stack([rows + start, best.ravel()])
        found.append(pairs[np.isfinite(near[rows, best.ravel()])])
    pairs = np.unique(np.sort(np.vstack(found), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _dots(vectors: np.ndarray, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Products of pairs of rows, in blocks."""
    parts = [
        np.einsum("ij,ij->i", vectors[rows[at : at + 65536]], vectors[others[at : at + 65536]])
        for at in range(0, len(rows), 65536)
    ]
    return np.concatenate([np.empty(0), *parts])


def _clause_similarity(described: Described, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Mean, over written and masked, of the best similarity of two clauses of a pair.  The
    whole sentence counts as one of its clauses."""
    first, counts = described.first_clause, np.diff(described.first_clause)
    sizes = counts[rows] * counts[others]
    pair = np.repeat(np.arange(len(rows)), sizes)
    step = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    left = first[rows][pair] + step // counts[others][pair]
    right = first[others][pair] + step % counts[others][pair]
    starts = np.cumsum(sizes) - sizes
    best = [
        np.maximum.reduceat(_dots(vectors, left, right), starts) if len(starts) else starts
        for vectors in (described.clauses, described.clauses_masked)
    ]
    return (best[0] + best[1]) / 2


def _pair_table(
    told: pd.DataFrame, rows: np.ndarray, others: np.ndarray, views: Mapping[str, np.ndarray]
) -> pd.DataFrame:
    columns = {name: views.get(name, np.empty(0)) for name in VIEWS}
    ids, outlets = told["sentence_id"].to_numpy(), told["outlet"].to_numpy()
    similarity = np.mean(list(columns.values()), axis=0)
    table = pd.DataFrame(
        {
            "sentence_id": ids[rows],
            "other_id": ids[others],
            "outlet": outlets[rows],
            "other_outlet": outlets[others],
            "similarity": similarity,
            **columns,
        }
    )
    return table.sort_values("similarity", ascending=False, kind="stable", ignore_index=True)


def link_pairs(
    pairs: pd.DataFrame, counterpart: float = COUNTERPART, possible: float = POSSIBLE
) -> pd.DataFrame:
    """The pairs with their ``link``; see :func:`align`."""
    of = {side: pairs[side].map(article_of) for side in ("sentence_id", "other_id")}
    best = pd.Series(False, index=pairs.index)
    for side, other in (("sentence_id", "other_id"), ("other_id", "sentence_id")):
        groups = pairs.groupby([pairs[side], of[other]])["similarity"]
        best |= pairs["similarity"] == groups.transform("max")
    link = np.where(best & (pairs["similarity"] >= possible), "possible", "")
    near_in_words = (pairs["words"] >= IN_COMMON) | (
        pairs["similarity"] >= max(counterpart, NEARER)
    )
    link = np.where((pairs["similarity"] >= counterpart) & near_in_words, "counterpart", link)
    return pairs.assign(link=pd.Series(link, index=pairs.index, dtype="str"))
