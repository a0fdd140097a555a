"""Which words set the tellings apart: term frequencies of each outlet against the rest.

Log-odds with an informative prior (how much more often, held back where there is little to go by)
stand beside TF-IDF (how much a term fills the outlet's sentences and how rare it is elsewhere);
rates, their log ratio and G2 come from the same counts.  What chance alone gives is told by
shuffling the sentences between the outlets.  :mod:`analysis_utils.measures.terms` finds the
terms, :mod:`analysis_utils.themes.term_contrast.keyness` has the measures,
:mod:`analysis_utils.themes.term_contrast.tfidf` the last one, and
:mod:`analysis_utils.themes.term_contrast.concordance` the sentences behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.terms import KINDS, Terms
from analysis_utils.measures.terms.counts import count_terms, group_names, sums_by_group
from analysis_utils.schemas import Table
from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.term_contrast.alike import Alike, how_alike
from analysis_utils.themes.term_contrast.concordance import (
    Concordance,
    Evidence,
    evidence,
    evidence_sentences,
)
from analysis_utils.themes.term_contrast.house_style import mark_house_style
from analysis_utils.themes.term_contrast.keyness import (
    log_ratio,
    prior_occurrences,
    rest,
    signed_g2,
    z_scores,
)
from analysis_utils.themes.term_contrast.leading import (
    avoided_terms,
    by_chance,
    leading_by_both,
    least_articles,
)
from analysis_utils.themes.term_contrast.tfidf import TfIdf, contrast_tfidf

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


class Contrast(Table):
    """One row a term and outlet; outlets as they come in the text, highest ``z`` first."""

    term: Series[str] = pa.Field(description="the term")
    outlet: Series[str] = pa.Field(description="the outlet that is set against all others")
    kind: Series[str] = pa.Field(isin=KINDS, description="word, acronym, number, date or name")
    is_function_word: Series[bool] = pa.Field(
        description="whether it builds sentences rather than says something"
    )
    is_house_style: Series[bool] = pa.Field(
        description="whether the outlet's rules write it, not the event: Mr., its own name"
    )
    count: Series[int] = pa.Field(ge=0, description="occurrences in the outlet")
    total: Series[int] = pa.Field(ge=1, description="occurrences of all terms in the outlet")
    rate: Series[float] = pa.Field(ge=0, description="occurrences in 1,000 terms of the outlet")
    count_rest: Series[int] = pa.Field(ge=0, description="occurrences in the other outlets")
    total_rest: Series[int] = pa.Field(
        ge=1, description="occurrences of all terms in the other outlets"
    )
    rate_rest: Series[float] = pa.Field(
        ge=0, description="occurrences in 1,000 terms of the other outlets"
    )
    n_sentences: Series[int] = pa.Field(
        ge=0, description="sentences of the outlet with the term; a repeated one counts once"
    )
    n_sentences_rest: Series[int] = pa.Field(ge=0, description="the same in the other outlets")
    n_articles: Series[int] = pa.Field(ge=0, description="articles of the outlet with the term")
    n_articles_rest: Series[int] = pa.Field(ge=0, description="the same in the other outlets")
    log_ratio: Series[float] = pa.Field(
        description="binary logarithm of the ratio of rates; 1 is twice as often"
    )
    g2: Series[float] = pa.Field(
        description="log-likelihood ratio; negative where the outlet uses the term less"
    )
    delta: Series[float] = pa.Field(
        description="log-odds against the rest with an informative prior (natural logarithm)"
    )
    variance: Series[float] = pa.Field(gt=0, description="variance of delta under the model")
    z: Series[float] = pa.Field(description="delta in standard deviations")


class Leading(Contrast):
    """One row a term that leads an outlet's side by either measure, highest ``z`` first."""

    tfidf_difference: Series[float] = pa.Field(
        description="mean TF-IDF over the outlet's sentences less that over all others"
    )
    by_log_odds: Series[bool] = pa.Field(description="whether z puts it among the first")
    by_tfidf: Series[bool] = pa.Field(description="whether TF-IDF puts it among the first")
    shuffled: Series[float] = pa.Field(
        ge=0, le=1, description="share of shuffles in which some term has so high a z"
    )


class Avoided(Contrast):
    """One row a term that all outlets use but this one, lowest ``z`` first."""

    shuffled: Series[float] = pa.Field(
        ge=0, le=1, description="share of shuffles in which some term has so low a z"
    )


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "terms": Terms,
    "contrast": Contrast,
    "leading": Leading,
    "avoided": Avoided,
    "alike": Alike,
    "lines": Concordance,
    "evidence": Evidence,
    "tfidf": TfIdf,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    ValueError
        If fewer than two outlets have words, or there is only one term.
    """
    found = found_terms(corpus)
    contrast = mark_house_style(contrast_terms(found), found, corpus.outlets)
    tfidf = contrast_tfidf(found)
    house_style = set(contrast.loc[contrast["is_house_style"], "term"])
    chance, least = by_chance(found, passed_over=house_style), least_articles(found)
    leading = leading_by_both(contrast, tfidf, chance.highest, least)
    lines = evidence(leading, found, corpus.sentences)
    return {
        "terms": found,
        "contrast": contrast,
        "leading": leading,
        "avoided": avoided_terms(contrast, chance.lowest, least),
        "alike": how_alike(found),
        "lines": lines,
        "evidence": evidence_sentences(leading, lines, corpus.sentences),
        "tfidf": tfidf,
    }


def contrast_terms(
    terms: pd.DataFrame,
    by: str = "outlet",
    *,
    prior_words: float | None = None,
    min_count: int = 1,
) -> pd.DataFrame:
    """Each outlet's terms against those of all other outlets together.

    *Log-odds with an informative Dirichlet prior* (Monroe, Colaresi and Quinn
    2008).  With ``y`` of ``n`` occurrences in the outlet and a prior of ``a`` of
    ``a0``, the log-odds of a term are ``log((y + a) / (n + a0 - y - a))``; ``delta``
    is those of the outlet less those of the rest, its variance about
    ``1 / (y + a) + 1 / (y_rest + a)``, and ``z`` is delta over the root of that.  The
    prior gives each term its share of the pooled corpus, ``a = a0 * share``.
    ``a0`` (``prior_words``) is what the prior is worth in words: worth as much as an
    outlet, it draws the outlet's rates half-way to the pooled rates.  Such a prior
    gives all terms that only one outlet has nearly the same ``delta``, whether they
    stand there once or ten times; ``z`` tells those apart.  It takes words for independent,
    which those of a sentence are not: see
    :func:`~analysis_utils.themes.term_contrast.leading.by_chance`.

    *G2* (Dunning 1993) is over the four cells term or other term, outlet or rest;
    here with the sign of the difference.  *Log ratio* (Hardie 2014) is the binary
    logarithm of the ratio of rates, with half an occurrence in place of none.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    by
        Column with the groups to set against each other; two or more.
    prior_words
        Size of the prior in words; the mean size of the outlets if left out.
    min_count
        Terms with fewer occurrences in all outlets together get no row.

    Returns
    -------
    See :class:`Contrast`; ``outlet`` is named as ``by``.  What is house style is filled in by
    :func:`~analysis_utils.themes.term_contrast.house_style.mark_house_style`.

    Raises
    ------
    ValueError
        If there are fewer than two groups or terms, or the prior is not positive.
    """
    names = group_names(terms, by)
    counts = count_terms(terms, "passage_id", by)
    if len(counts.terms) < 2:
        raise ValueError("odds need two or more different terms; there is only one")
    sums = sums_by_group(counts, names)
    n_sentences, n_articles = (
        sums_by_group(count_terms(terms.drop_duplicates([unit, "term"]), unit, by), names)
        for unit in ("passage_id", "article_id")
    )
    about = terms.drop_duplicates("term").set_index("term").loc[counts.terms]
    columns = {
        "term": np.broadcast_to(counts.terms, sums.shape),
        by: np.broadcast_to(np.array(names, dtype=object)[:, None], sums.shape),
        "kind": np.broadcast_to(about["kind"].to_numpy(dtype=object), sums.shape),
        "is_function_word": np.broadcast_to(about["is_function_word"].to_numpy(bool), sums.shape),
        "is_house_style": np.zeros(sums.shape, dtype=bool),
        **_measures(sums, prior_occurrences(sums, prior_words)),
        "n_sentences": n_sentences,
        "n_sentences_rest": rest(n_sentences),
        "n_articles": n_articles,
        "n_articles_rest": rest(n_articles),
    }
    shown = np.broadcast_to(sums.sum(axis=0) >= min_count, sums.shape)
    table = pd.DataFrame({column: np.asarray(cells)[shown] for column, cells in columns.items()})
    order = {name: place for place, name in enumerate(names)}
    table = table.assign(order=table[by].map(order)).sort_values(
        ["order", "z", "term"], ascending=[True, False, True]
    )
    wanted = [by if column == "outlet" else column for column in Contrast.columns()]
    return table[wanted].reset_index(drop=True)


# All that follows works on arrays of outlets by terms.


def _measures(sums: np.ndarray, prior: np.ndarray) -> dict[str, np.ndarray]:
    total = np.broadcast_to(sums.sum(axis=1, keepdims=True), sums.shape)
    elsewhere, total_rest = rest(sums), rest(total)
    delta, z, variance = z_scores(sums, total, prior, prior.sum())
    return {
        "count": sums,
        "total": total,
        "rate": 1000 * sums / total,
        "count_rest": elsewhere,
        "total_rest": total_rest,
        "rate_rest": 1000 * elsewhere / total_rest,
        "log_ratio": log_ratio(sums, total, elsewhere, total_rest),
        "g2": signed_g2(sums, total, elsewhere, total_rest),
        "delta": delta,
        "variance": variance,
        "z": z,
    }
