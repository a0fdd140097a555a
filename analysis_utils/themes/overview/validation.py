"""How far the corpus itself agrees with hand codes: its sentences, and the mentions of actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.actors import agreement_with_codes
from analysis_utils.measures import agreement
from analysis_utils.schemas import VALIDATION_COLUMNS, article_of

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far sentences and mentions, on which all themes rest, agree with hand codes.

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
    rows = [*_sentences(corpus), *_mentions(corpus)]
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS)


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


def _mentions(corpus: Corpus) -> Iterator[dict]:
    """Mentions of the actors against those of the coder; full names are the trivial method."""
    codes = corpus.study.codes("mentions")
    if codes is None:
        return
    named = corpus.mentions[corpus.mentions["kind"] == "name"]
    found, trivial = (
        agreement_with_codes(mentions, codes).iloc[-1] for mentions in (corpus.mentions, named)
    )
    yield {
        "measure": "mentions of the actors",
        "against": "hand codes",
        "score": "F1",
        "value": agreement.f1(found["precision"], found["recall"]),
        "n": int(found["n_codes"]),
        "unit": "mentions",
        "baseline": "full names only",
        "baseline_value": agreement.f1(trivial["precision"], trivial["recall"]),
        "known_errors": "A pronoun that two actors fit is left open, and names that stand before"
        " a noun are mostly left out; the lists of names were written with the texts in view.",
    }


def _place(sentence_id: str, line_no: int, text: str) -> tuple[str, int, str]:
    return article_of(sentence_id), int(line_no), text.strip()
