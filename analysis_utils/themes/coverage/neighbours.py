"""What no single sentence of another outlet tells, but its words or two neighbours together do.

A sentence stands alone only if no other outlet has its matter.  Likeness of whole sentences
misses a matter that another outlet tells in a clause, in a quotation or over two sentences.  So
its words are looked for there too, rare ones weighed more than common ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags

from analysis_utils.schemas import article_of
from analysis_utils.themes.coverage.differing_words import SentenceWords

#: Words in common, as a view of a pair, from which on another outlet may tell a sentence.
IN_WORDS = 0.28

#: Share of a sentence's words, by weight, that two neighbours may have without telling it.
IN_NEIGHBOURS = 0.45

_BLOCK = 512

_TELLING = ("verb", "noun", "adjective", "number")


def may_tell(
    told: pd.DataFrame, pairs: pd.DataFrame, readings: Mapping[str, SentenceWords]
) -> dict[str, set[str]]:
    """Outlets that may tell a sentence, in words scattered over a clause or two sentences.

    Parameters
    ----------
    told
        Sentences in reading order, with ``sentence_id``, ``outlet`` and ``part``.
    pairs
        As :func:`~analysis_utils.themes.coverage.alignment.align` gives them.
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.

    Returns
    -------
    By ``sentence_id``; sentences without such an outlet are not in it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs[pairs["words"] >= IN_WORDS].itertuples():
        found[pair.sentence_id].add(pair.other_outlet)
        found[pair.other_id].add(pair.outlet)
    for name, outlet in _scattered(told[told["part"] == "body"], readings):
        found[name].add(outlet)
    return dict(found)


def _scattered(
    body: pd.DataFrame, readings: Mapping[str, SentenceWords]
) -> Iterator[tuple[str, str]]:
    """Sentences and the outlets of which two neighbours have so much of their words."""
    from sklearn.feature_extraction.text import CountVectorizer

    ids, outlets = body["sentence_id"].to_numpy(), body["outlet"].to_numpy()
    words = [_keys(readings[name]) for name in ids]
    if not any(words):
        return
    has = CountVectorizer(analyzer=list, binary=True).fit_transform(words)
    articles = body["sentence_id"].map(article_of).to_numpy()
    follows = np.append(articles[1:] == articles[:-1], False)
    after = csr_matrix((follows.astype(int), (np.arange(len(ids)), _next(len(ids)))))
    two = ((has + after @ has) > 0).astype(float)
    weighted = has @ diags(np.log(1 + len(ids) / has.sum(axis=0).A1))
    whole = weighted.sum(axis=1).A1
    for start in range(0, len(ids), _BLOCK):
        block = slice(start, start + _BLOCK)
        near = (weighted[block] @ two.T).toarray() >= IN_NEIGHBOURS * whole[block, None]
        for outlet in dict.fromkeys(outlets):
            told = near[:, outlets == outlet].any(axis=1) & (outlets[block] != outlet)
            yield from ((name, outlet) for name in ids[block][told & (whole[block] > 0)])


def _next(size: int) -> np.ndarray:
    """The row after each row; the last has none and points at itself."""
    return np.minimum(np.arange(1, size + 1), size - 1)


def _keys(reading: SentenceWords) -> set[str]:
    """The telling words of a sentence; who it is about does not say what it tells."""
    return {word.key for word in reading.words if word.kind in _TELLING}
