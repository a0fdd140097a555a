"""How far cleaning agrees with hand codes, line by line, and with hand-cleaned public pages."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.study import benchmark_results

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

_KNOWN_ERRORS = (
    "Very short articles among long teasers and live blogs are cut wrongly; the rules were made"
    " with these pages in view."
)


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far cleaning agrees with hand codes and with public pages that people cleaned.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`.  Without hand codes only the row on public
    pages.
    """
    rows = [*_hand_coded(tables.agreement), *_public()]
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS).assign(known_errors=_KNOWN_ERRORS)


def _hand_coded(agreement: pd.DataFrame) -> Iterator[dict]:
    if agreement.empty:
        return
    rules, page = agreement.to_dict("records")
    yield {
        "measure": "article or page, line by line",
        "against": "hand codes",
        "score": "accuracy",
        "value": rules["right"] / max(rules["lines"], 1),
        "n": rules["lines"],
        "unit": "lines",
        "baseline": page["method"],
        "baseline_value": page["right"] / max(page["lines"], 1),
    }


def _public() -> Iterator[dict]:
    rules, page = benchmark_results("page_cleaning").to_dict("records")
    yield {
        "measure": "article or page, word by word",
        "against": "Newspaper4k evaluation set",
        "score": "token F1",
        "value": rules["token F1"],
        "n": rules["pages"],
        "unit": "pages",
        "baseline": page["method"],
        "baseline_value": page["token F1"],
    }
