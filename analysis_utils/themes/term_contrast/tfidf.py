"""TF-IDF contrast: terms that fill the sentences of one outlet and are rare in all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.measures.terms.counts import (
    count_terms,
    group_names,
    resampled_sums,
    sums_by_group,
    too_few_units,
)
from analysis_utils.schemas import Table

#: What a document can be, so that TF-IDF has something to say.
DOCUMENTS = ("sentence", "paragraph")


class TfIdf(Table):
    """One row a document's kind, outlet and term, largest difference first in an outlet."""

    document: Series[str] = pa.Field(isin=DOCUMENTS, description="what counts as a document")
    term: Series[str] = pa.Field(description="the term")
    outlet: Series[str] = pa.Field(description="the outlet that is set against all others")
    is_function_word: Series[bool] = pa.Field(
        description="whether it builds sentences rather than says something"
    )
    tfidf: Series[float] = pa.Field(ge=0, description="mean TF-IDF over the outlet's documents")
    tfidf_rest: Series[float] = pa.Field(ge=0, description="the same over all other documents")
    difference: Series[float] = pa.Field(description="the first less the second")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of it, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of it, if any")


class Idf(Table):
    """One row a kind of document."""

    document: Series[str] = pa.Field(description="sentence, paragraph or article")
    n_documents: Series[int] = pa.Field(ge=1, description="how many there are")
    n_values: Series[int] = pa.Field(ge=1, description="different values of IDF")
    lowest: Series[float] = pa.Field(description="lowest smoothed IDF (natural logarithm)")
    highest: Series[float] = pa.Field(description="highest smoothed IDF")
    share_highest: Series[float] = pa.Field(
        ge=0, le=1, description="share of the terms that have the highest"
    )


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
    See :class:`TfIdf`; ``document`` is left out, and ``outlet`` is named as ``by``.

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
    weights = bootstrap_weights(counts.groups.tolist(), draws, seed)
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
    See :class:`Idf`; IDF as scikit-learn computes it.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    rows = []
    for document in (*DOCUMENTS, "article"):
        matrix = count_terms(terms, f"{document}_id").matrix
        idf = TfidfTransformer().fit(matrix).idf_
        rows.append(
            {
                "document": document,
                "n_documents": matrix.shape[0],
                "n_values": len(np.unique(idf)),
                "lowest": idf.min(),
                "highest": idf.max(),
                "share_highest": (idf == idf.max()).mean(),
            }
        )
    return pd.DataFrame(rows)


def strongest(
    tfidf: pd.DataFrame, document: str = "sentence", n: int = 8, by: str = "outlet"
) -> pd.DataFrame:
    """The terms with the largest differences of each outlet, function words left out.

    Parameters
    ----------
    tfidf
        See :class:`TfIdf`.
    document
        What counts as a document.
    n
        Terms an outlet, at most.
    by
        Column of the outlets.
    """
    content = tfidf[(tfidf["document"] == document) & ~tfidf["is_function_word"]]
    return content.groupby(by, sort=False).head(n).reset_index(drop=True)
