"""Nothing to validate: this theme gathers the scores of the others, and has none of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import Validation

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """No row.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`.
    """
    return Validation.checked([])
