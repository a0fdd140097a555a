"""How alike outlets are in their words."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.terms.counts import count_terms, group_names, sums_by_group
from analysis_utils.schemas import Table


class Alike(Table):
    """One row a pair of outlets, the most alike first."""

    outlet: Series[str] = pa.Field(description="the one that comes first in the study")
    other: Series[str] = pa.Field(description="the other one")
    similarity: Series[float] = pa.Field(
        ge=0, le=1.0001, description="cosine of their terms' TF-IDF, function words left out"
    )


def how_alike(terms: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """The cosine of each two outlets' terms, weighed by TF-IDF over sentences.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    by
        Column of the outlets.

    Returns
    -------
    See :class:`Alike`.  Longer texts are more alike: compare pairs of like length.
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.metrics.pairwise import cosine_similarity

    names = group_names(terms, by)
    counts = count_terms(terms[~terms["is_function_word"]], "sentence_id", by)
    weighted = replace(counts, matrix=TfidfTransformer().fit_transform(counts.matrix))
    similar = cosine_similarity(sums_by_group(weighted, names))
    rows = [
        (names[one], names[other], similar[one, other])
        for one, other in combinations(range(len(names)), 2)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "other", "similarity"])
    return table.sort_values("similarity", ascending=False, kind="stable", ignore_index=True)
