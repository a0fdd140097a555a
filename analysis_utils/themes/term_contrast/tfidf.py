"""TF-IDF contrast: terms that fill the sentences of one outlet and are rare in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.measures.terms.counts import (
    count_terms,
    group_names,
    resampled_sums,
    sums_by_group,
    too_few_units,
)
from analysis_utils.output.english import listed


def contrast_tfidf(
    terms: pd.DataFrame,
    document: str = "sentence_id",
    by: str = "outlet",
    *,
    draws: int = 2000,
    seed: int = 0,
    level: float = 0.95,
    fewest: int = FEW,
) -> pd.DataFrame:
    """Mean TF-IDF of each term by outlet, and its difference from the other outlets' mean.

    Sentences or paragraphs are the documents.  With a handful of whole articles as
    documents IDF has next to nothing to say; see :func:`idf_by_document`.  IDF is
    smoothed and documents have unit length, as is scikit-learn's default.  IDF is
    held fixed while documents are drawn again: it belongs to the measure.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    document
        ``sentence_id``, ``passage_id`` or ``paragraph_id``.
    by
        Column with the groups to set against each other; two or more.
    draws, seed, level
        Number of resamples, seed, and share of the draws inside the interval.
    fewest
        Bounds are NaN where the outlet or the rest has fewer documents than this.

    Returns
    -------
    One row a term and outlet, largest difference first within an outlet: ``term``,
    ``outlet`` (named as ``by``), ``is_function_word``, ``tfidf`` and ``tfidf_rest``
    (means over documents, between 0 and 1), ``difference``, and the bounds ``low``
    and ``high`` of its percentile interval (NaN with fewer documents than ``fewest`` on a side).

    Raises
    ------
    ValueError
        If there are fewer than two groups.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    names = group_names(terms, by)
    counts = count_terms(terms, document, by)
    tfidf = TfidfTransformer().fit_transform(counts.matrix)
    sizes = np.array([(counts.groups == name).sum() for name in names])
    means, means_rest = _means(sums_by_group(replace(counts, matrix=tfidf), names), sizes)
    weights = bootstrap_weights(counts.groups, draws, seed)
    low, high = np.empty((2, *means.shape))
    for columns, sums in resampled_sums(tfidf, counts, names, weights):
        own, rest = _means(sums, sizes)
        low[:, columns], high[:, columns] = percentile_interval(own - rest, level, axis=2)
    few = too_few_units(counts, names, fewest)
    low[few], high[few] = np.nan, np.nan
    function = terms.drop_duplicates("term").set_index("term")["is_function_word"]
    tables = [
        pd.DataFrame(
            {
                "term": counts.terms,
                by: name,
                "is_function_word": function.loc[counts.terms].to_numpy(),
                "tfidf": means[place],
                "tfidf_rest": means_rest[place],
                "difference": means[place] - means_rest[place],
                "low": low[place],
                "high": high[place],
            }
        ).sort_values(["difference", "term"], ascending=[False, True])
        for place, name in enumerate(names)
    ]
    return pd.concat(tables, ignore_index=True)


def _means(sums: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means of each group and of all others, from sums whose first axis is the group."""
    sizes = sizes.reshape(-1, *[1] * (sums.ndim - 1))
    return sums / sizes, (sums.sum(axis=0) - sums) / (sizes.sum() - sizes)


def idf_by_document(terms: pd.DataFrame) -> pd.DataFrame:
    """What IDF can tell apart with sentences, paragraphs and articles as documents.

    IDF knows nothing but the number of documents with a term.  With two articles
    that is one or two: all terms of one article alone share one weight, the most
    telling with the most accidental, and all others share the other.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.

    Returns
    -------
    One row a kind of document: ``document``, ``n_documents``, ``n_values``
    (different values of IDF), ``lowest`` and ``highest`` (smoothed IDF, natural
    logarithm, as scikit-learn computes it) and ``share_highest`` (share of the
    terms that have the highest value).
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    rows = []
    for document in ("sentence_id", "paragraph_id", "article_id"):
        matrix = count_terms(terms, document).matrix
        idf = TfidfTransformer().fit(matrix).idf_
        rows.append(
            {
                "document": document.removesuffix("_id"),
                "n_documents": matrix.shape[0],
                "n_values": len(np.unique(idf)),
                "lowest": idf.min(),
                "highest": idf.max(),
                "share_highest": (idf == idf.max()).mean(),
            }
        )
    return pd.DataFrame(rows)


def agreement(
    tfidf: pd.DataFrame, leading: pd.DataFrame, outlets: Mapping[str, str], n: int = 8
) -> str:
    """How far TF-IDF picks the terms that lead the log-odds contrast.

    Parameters
    ----------
    tfidf
        As :func:`contrast_tfidf` gives it.
    leading
        As :func:`~analysis_utils.themes.term_contrast.tables.leading_terms` gives it.
    outlets
        Names of the outlets by id.
    n
        Terms an outlet to compare; function words are left out.
    """
    content = tfidf[~tfidf["is_function_word"]]
    parts = []
    for outlet, name in outlets.items():
        top = content.loc[content["outlet"] == outlet, "term"].head(n).tolist()
        others = set(leading.loc[leading["outlet"] == outlet, "term"])
        new = [f"“{term}”" for term in top if term not in others]
        parts.append(
            f"{len(top) - len(new)} of the {len(top)} terms that it ranks highest for"
            f" {name} also lead by log-odds" + (f" (not so {listed(new)})" if new else "")
        )
    return f"{listed(parts)}."
