"""How far triples and labels agree with the hand codes."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes.portrayal import coded

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far triples and labels agree with the hand codes.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`; no row without hand codes.
    """
    rows = [*_triple_rows(tables, corpus), *_label_rows(tables, corpus)]
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS)


def _triple_rows(tables: SimpleNamespace, corpus: Corpus) -> Iterator[dict]:
    scores = coded.agreement(tables.triples, corpus)
    if scores.empty:
        return
    parse, trivial = scores.to_dict("records")
    for score, n in (("precision", "found"), ("recall", "coded")):
        yield {
            "measure": "who does what to whom: agent, verb and patient all right",
            "against": "hand codes",
            "score": score,
            "value": parse[score],
            "n": parse[n],
            "unit": "triples",
            "baseline": "the nearest actor before the verb acts on the nearest after it",
            "baseline_value": trivial[score],
            "known_errors": "The word lists were written with these articles in view, so new"
            " texts will do worse; wrong parses of coordination and of long names give wrong"
            " agents.",
        }


def _label_rows(tables: SimpleNamespace, corpus: Corpus) -> Iterator[dict]:
    codes = corpus.study.codes("labels")
    if codes is None:
        return
    of_study = codes, corpus.tokens, corpus.study.actors
    trivial = coded.mention_labels(corpus.mentions)
    yield {
        "measure": "labels of actors and of their acts",
        "against": "hand codes",
        "score": "recall",
        "value": coded.match_labels(tables.labels, *of_study)["found"].mean(),
        "n": len(codes),
        "unit": "labels",
        "baseline": "the words of each mention, and nothing else",
        "baseline_value": coded.match_labels(trivial, *of_study)["found"].mean(),
        "known_errors": "A label counts as found if half of its content words are; metaphor"
        " and irony are not looked for.",
    }
