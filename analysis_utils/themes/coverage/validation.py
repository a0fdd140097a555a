"""How well coverage is measured: against hand codes, and on public articles."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.study import benchmark_results
from analysis_utils.themes.coverage import coded
from analysis_utils.themes.coverage.alignment import VIEWS

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How well sentences are aligned, and what one outlet alone tells is found.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`.  A measure of which nothing is coded has
    no row; without hand codes there is only the one on public articles.
    """
    rows = [_public_row(), *_hand_coded(tables, corpus)]
    return pd.DataFrame(rows, columns=list(VALIDATION_COLUMNS))


def _hand_coded(tables: SimpleNamespace, corpus: Corpus) -> Iterator[dict]:
    codes = corpus.study.codes("alignment")
    pairs = coded.coded_pairs(tables.pairs, codes)
    similarity = coded.evaluate_similarity(pairs)
    if not similarity.empty:
        yield _alignment_row(similarity)
        yield _counterparts_row(coded.evaluate_links(pairs), similarity)
    alone = coded.evaluate_alone(tables.told, codes)
    if codes is not None and not alone.empty and alone["coder"].any():
        yield _alone_row(alone, codes)
    facts = coded.evaluate_facts(corpus.study.codes("facts"), tables.told, tables.omissions)
    if not facts.empty:
        yield _facts_row(facts)


def _public_row() -> dict:
    results = benchmark_results("alignment").set_index("similarity")
    mean, written = results.loc["mean of the four"], results.loc[VIEWS["written"]]
    return {
        "measure": "sentences of two outlets that tell the same",
        "against": "NewsWCL50, ten articles on two events, pairs read for this project",
        "score": "average precision",
        "value": mean["average_precision"],
        "n": int(mean["counterparts"]),
        "unit": "pairs that tell the same",
        "baseline": "sentence embeddings of the text as written",
        "baseline_value": written["average_precision"],
        "known_errors": "Sentences on the same topic are taken for the same statement, most"
        " of all where an event repeats itself in an article. Pairs that nobody read count as"
        " different, and which were read hung partly on this method's own ranking.",
    }


def _alignment_row(similarity: pd.DataFrame) -> dict:
    mean = similarity.iloc[-1]
    written = similarity.set_index("similarity").loc[VIEWS["written"]]
    return {
        "measure": "sentences of two outlets that tell the same",
        "against": "hand codes",
        "score": "average precision",
        "value": mean["average_precision"],
        "n": int(mean["coded"]),
        "unit": "pairs that tell the same",
        "baseline": "sentence embeddings of the text as written",
        "baseline_value": written["average_precision"],
        "known_errors": "Two sentences of which only a part is the same rank low.",
    }


def _counterparts_row(links: pd.DataFrame, similarity: pd.DataFrame) -> dict:
    """Of the coder's pairs, those that are surely linked; a trivial method links none."""
    sure = links.set_index("link").loc["counterpart"]
    return {
        "measure": "pairs that tell the same, linked as sure counterparts",
        "against": "hand codes",
        "score": "recall",
        "value": float(sure["of_coded"]),
        "n": int(similarity.iloc[-1]["coded"]),
        "unit": "pairs that tell the same",
        "baseline": "no links",
        "baseline_value": 0.0,
        "known_errors": "Most pairs of which only a part is the same are called possible only.",
    }


def _alone_row(alone: pd.DataFrame, codes: pd.DataFrame) -> dict:
    from sklearn.metrics import f1_score  # heavy: only where codes exist

    read = sorted({*codes["sentence_id"], *codes["other_id"]} - {""})
    by_coder = pd.Series(read).isin(alone.loc[alone["coder"], "sentence_id"])
    return {
        "measure": "sentences that one outlet alone tells",
        "against": "hand codes",
        "score": "F1",
        "value": f1_score(alone["coder"], alone["machine"]),
        "n": int(alone["coder"].sum()),
        "unit": "sentences",
        "baseline": "every coded sentence alone",
        "baseline_value": f1_score(by_coder, [True] * len(read)),
        "known_errors": "A sentence that shares one half sentence with another outlet may be"
        " called alone.",
    }


def _facts_row(facts: pd.DataFrame) -> dict:
    return {
        "measure": "facts that one outlet alone tells, in a sentence that is found to be left out",
        "against": "hand codes",
        "score": "recall",
        "value": float((facts["named"] == "omission").mean()),
        "n": len(facts),
        "unit": "facts",
        "baseline": "no omissions",
        "baseline_value": 0.0,
        "known_errors": "What others say in quite other words may count as left out.",
    }
