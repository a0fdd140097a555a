"""How far the terms agree with hand codes of frames."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes.frames.coded import TERMS, methods_table

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

_TRIVIAL = "always present"

_KNOWN_ERRORS = (
    "Terms hear words only: they miss a frame that a sentence implies without any of them, and"
    " find one where a word means something else."
)


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far the terms agree with the hand codes.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`: one row a kind of frame, whose value is the
    mean F1 over the coders.  Empty if the study has no hand codes of frames.
    """
    methods = methods_table(tables.comparison, tables.codebook)
    of_kinds = methods[methods["group"] != "all frames"].set_index(["group", "reader"])
    rows = [
        {
            "measure": f"{kind} of a sentence, by their terms",
            "against": "hand codes",
            "score": "F1",
            "value": of_kinds.loc[(kind, TERMS), "f1"],
            "n": of_kinds.loc[(kind, TERMS), "n"],
            "unit": "pairs of sentence and frame",
            "baseline": _TRIVIAL,
            "baseline_value": of_kinds.loc[(kind, _TRIVIAL), "f1"],
            "known_errors": _KNOWN_ERRORS,
        }
        for kind in of_kinds.index.unique("group")
    ]
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS)
