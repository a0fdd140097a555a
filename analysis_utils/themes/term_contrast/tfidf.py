"""TF-IDF contrast: terms that fill the sentences of one outlet and are rare in all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.terms.counts import count_terms, group_names, sums_by_group
from analysis_utils.schemas import Table


class TfIdf(Table):
    """One row an outlet and term, largest difference first in an outlet."""

    term: Series[str] = pa.Field(description="the term")
    outlet: Series[str] = pa.Field(description="the outlet that is set against all others")
    is_function_word: Series[bool] = pa.Field(
        description="whether it builds sentences rather than says something"
    )
    tfidf: Series[float] = pa.Field(ge=0, description="mean TF-IDF over the outlet's sentences")
    tfidf_rest: Series[float] = pa.Field(ge=0, description="the same over all other sentences")
    difference: Series[float] = pa.Field(description="the first less the second")


def contrast_tfidf(
    terms: pd.DataFrame, by: str = "outlet", *, document: str = "sentence_id"
) -> pd.DataFrame:
    """Mean TF-IDF of each term by outlet, and its difference from the other outlets' mean.

    Sentences are the documents.  With one article an outlet as document IDF would have two
    values: one for all terms of one article alone, the most telling and the most accidental
    alike, and one for all others.  IDF is smoothed and documents have unit length, as is
    scikit-learn's default.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    by
        Column with the groups to set against each other; two or more.
    document
        Column that names the documents: ``sentence_id``, ``passage_id`` or ``paragraph_id``.

    Returns
    -------
    See :class:`TfIdf`; ``outlet`` is named as ``by``.

    Raises
    ------
    ValueError
        If there are fewer than two groups.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    names = group_names(terms, by)
    counts = count_terms(terms, document, by)
    weighted = replace(counts, matrix=TfidfTransformer().fit_transform(counts.matrix))
    sums = sums_by_group(weighted, names)
    sizes = np.array([[(counts.groups == name).sum()] for name in names])
    means, means_rest = sums / sizes, (sums.sum(axis=0) - sums) / (sizes.sum() - sizes)
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
            }
        ).sort_values(["difference", "term"], ascending=[False, True])
        for place, name in enumerate(names)
    ]
    return pd.concat(tables, ignore_index=True)
