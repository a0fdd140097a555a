"""How far the sentences, which all themes count, agree with hand codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures import agreement
from analysis_utils.schemas import VALIDATION_COLUMNS, article_of

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far the sentences agree with those that a coder cut.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`; empty without hand codes.
    """
    return pd.DataFrame(_sentences(corpus), columns=VALIDATION_COLUMNS)


def _sentences(corpus: Corpus) -> Iterator[dict]:
    """Sentences against those of the coder; cutting at every mark is the trivial method."""
    codes = corpus.study.codes("sentences")
    if codes is None:
        return
    coded = {_place(*row) for row in codes[["sentence_id", "line_no", "text"]].to_numpy()}
    articles = {article for article, *_ in coded}
    told = corpus.sentences[corpus.sentences["article_id"].isin(articles)]
    cut = {_place(*row) for row in told[["sentence_id", "line_no", "text"]].to_numpy()}
    kept = corpus.lines[corpus.lines["kept"] & corpus.lines["article_id"].isin(articles)]
    at_marks = {
        _place(line.article_id, line.line_no, part)
        for line in kept.itertuples()
        for part in re.split(r"(?<=[.!?])\s+", line.clean)
    }
    yield {
        "measure": "sentences cut as the coder cut them",
        "against": "hand codes",
        "score": "F1",
        "value": agreement.overlap(cut, coded)["f1"],
        "n": len(coded),
        "unit": "sentences",
        "baseline": "cut at every . ! ? before a space",
        "baseline_value": agreement.overlap(at_marks, coded)["f1"],
        "known_errors": "A full stop after an abbreviation or inside a quotation can end a"
        " sentence too early.",
    }


def _place(sentence_id: str, line_no: int, text: str) -> tuple[str, int, str]:
    return article_of(sentence_id), int(line_no), text.strip()
