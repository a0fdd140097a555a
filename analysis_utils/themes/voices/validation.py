"""How far the voices agree with hand codes, and with people's labels on public news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import QUOTE_KINDS, VALIDATION_COLUMNS, in_articles_of
from analysis_utils.study import benchmark_results
from analysis_utils.themes.voices import coded
from analysis_utils.themes.voices.tables import speaker_shares

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: F1 of exact spans that a plain rule over reporting verbs reaches on the same articles.
_PLAIN_RULE = {"source": 0.47, "cue": 0.51, "content": 0.14}

_EXACTNESS = (
    "A span counts as wrong if it is one word longer or shorter than the marked one;"
    " attributions of thoughts and plans, which are no voices here, count too."
)

_KNOWN_ERRORS = {
    "direct": "A mark that the page lost is put back by rule, sometimes in the wrong place.",
    "partial": "Words in quotation marks that are no quote, such as a title, are taken for one.",
    "reported": "Speech that no verb or phrase introduces is not found.",
}


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far the voices agree with hand codes and with people's labels on public news.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`.  Without hand codes only the rows on
    public data.
    """
    return pd.DataFrame([*_hand_coded(corpus), *_public()], columns=VALIDATION_COLUMNS)


def _hand_coded(corpus: Corpus) -> Iterator[dict]:
    codes = corpus.study.codes("quotes")
    by_hand = coded.coded_quotes(codes)
    if by_hand.empty:
        return
    marked = coded.marked_quotes(
        corpus.sentences, corpus.tokens, corpus.quotations, corpus.mentions
    )
    found = coded.agreement(corpus.quotes, codes).set_index("kind")
    trivial = coded.agreement(marked, codes).set_index("kind")
    shared = {
        "against": "hand codes",
        "unit": "quotes",
        "baseline": "only quotation marks, the nearest actor before \u201csaid\u201d",
    }
    for kind, errors in _KNOWN_ERRORS.items():
        if kind in found.index:
            yield shared | {
                "measure": f"quotes found: {QUOTE_KINDS[kind]}",
                "score": "recall",
                "value": found.loc[kind, "recall"],
                "n": found.loc[kind, "coded"],
                "baseline_value": trivial.loc[kind, "recall"],
                "known_errors": errors,
            }
    yield shared | {
        "measure": "speaker and cue of the coded quotes",
        "score": "share with both right",
        "value": found.loc["all", "both_right"] / found.loc["all", "coded"],
        "n": found.loc["all", "coded"],
        "baseline_value": trivial.loc["all", "both_right"] / trivial.loc["all", "coded"],
        "known_errors": "A pronoun or a short form that two speakers fit is left open.",
    }
    yield shared | _share_overlap(corpus, by_hand, marked)


def _share_overlap(corpus: Corpus, by_hand: pd.DataFrame, marked: pd.DataFrame) -> dict:
    """How much of the outlets' words goes to the same speaker as in the hand codes."""
    quotes = {"coded": by_hand, "found": corpus.quotes, "marks": marked}
    table = compare_shares(quotes, corpus.sentences, corpus.outlets, corpus.names["actor"])
    n_outlets = table["outlet"].nunique()
    same = {
        name: table[["coded", name]].min(axis=1).sum() / n_outlets for name in ("found", "marks")
    }
    return {
        "measure": "share of words by speaker",
        "score": "overlap of the shares, mean over outlets",
        "value": same["found"],
        "n": len(table),
        "unit": "outlets' speakers",
        "baseline_value": same["marks"],
        "known_errors": "Words that go on in somebody's sense without saying so count as the"
        " outlet's own.",
    }


def _public() -> Iterator[dict]:
    """Exact spans on public news as the benchmark last saved them; none if it never ran."""
    try:
        scores = benchmark_results("attribution")
    except FileNotFoundError:
        return
    for row in scores.itertuples():
        yield {
            "measure": f"{row.element}s of attributions, marked to the word",
            "against": f"PolNeAR, {row.articles} articles, weights {row.weights}",
            "score": "F1 of exact spans",
            "value": row.f1,
            "n": row.marked,
            "unit": f"{row.element}s",
            "baseline": "a plain rule",
            "baseline_value": _PLAIN_RULE[row.element],
            "known_errors": _EXACTNESS,
        }


def compare_shares(
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    outlets: Iterable[str],
    actors: Iterable[str],
) -> pd.DataFrame:
    """The shares of words that several tables of quotes give to each speaker, side by side.

    Parameters
    ----------
    tables
        Tables ``quotes`` by name; the first is the one that the others are compared with, in
        the articles of which it has a quote.
    sentences
        Table of the corpus.
    outlets, actors
        Ids of the outlets, and of the actors: speakers who are none of them count together.

    Returns
    -------
    One row an outlet and speaker: ``outlet``, ``role``, ``speaker``, and for each name its
    share of the words (0 to 1) and, beside the first, ``points``: how far it lies from it.
    Empty if the first table is.
    """
    first, *others = tables
    if tables[first].empty:
        return pd.DataFrame()
    read = tables[first]["sentence_id"]
    sentences = sentences[in_articles_of(sentences["sentence_id"], read)]
    known = list(actors)
    tables = {
        name: quotes[in_articles_of(quotes["sentence_id"], read)].assign(
            speaker=lambda rows: rows["speaker"].where(rows["speaker"].isin(known), "")
        )
        for name, quotes in tables.items()
    }
    outlets = [outlet for outlet in outlets if outlet in set(sentences["outlet"])]
    key = ["outlet", "role", "speaker"]
    shares = {
        name: speaker_shares(quotes, sentences, outlets).groupby(key, sort=False)["share"].sum()
        for name, quotes in tables.items()
    }
    table = pd.DataFrame(shares).fillna(0.0)
    for name in others:
        table[f"{name}, points"] = 100 * (table[name] - table[first])
    ranks = {outlet: rank for rank, outlet in enumerate(outlets)}
    table = table.reset_index()
    table["rank"] = table["outlet"].map(ranks)
    ordered = table.sort_values(["rank", first], ascending=[True, False], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)
