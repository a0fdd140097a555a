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

from analysis_utils.measures.intervals import units
from analysis_utils.measures.terms import KINDS, Terms
from analysis_utils.measures.terms.counts import count_terms, group_names, sums_by_group
from analysis_utils.schemas import Table
from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.term_contrast.concordance import (
    Concordance,
    Evidence,
    evidence,
    evidence_sentences,
)
from analysis_utils.themes.term_contrast.keyness import log_odds_difference, log_ratio, signed_g2
from analysis_utils.themes.term_contrast.tfidf import TfIdf, contrast_tfidf

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: How often the sentences are shuffled, and in how many a term must stand to be shown.
SHUFFLES, MIN_SENTENCES = 1000, 2


class Contrast(Table):
    """One row a term and outlet; outlets as they come in the text, highest ``z`` first."""

    term: Series[str] = pa.Field(description="the term")
    outlet: Series[str] = pa.Field(description="the outlet that is set against all others")
    kind: Series[str] = pa.Field(isin=KINDS, description="word, acronym, number, date or name")
    is_function_word: Series[bool] = pa.Field(
        description="whether it builds sentences rather than says something"
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


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "terms": Terms,
    "contrast": Contrast,
    "leading": Leading,
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
    contrast, tfidf = contrast_terms(found), contrast_tfidf(found)
    leading = leading_by_both(contrast, tfidf, highest_by_chance(found))
    lines = evidence(leading, found, corpus.sentences)
    return {
        "terms": found,
        "contrast": contrast,
        "leading": leading,
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
    which those of a sentence are not: see :func:`highest_by_chance`.

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
    See :class:`Contrast`; ``outlet`` is named as ``by``.

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
    passages = terms.drop_duplicates(["passage_id", "term"])
    n_sentences = sums_by_group(count_terms(passages, "passage_id", by), names)
    about = terms.drop_duplicates("term").set_index("term").loc[counts.terms]
    columns = {
        "term": np.broadcast_to(counts.terms, sums.shape),
        by: np.broadcast_to(np.array(names, dtype=object)[:, None], sums.shape),
        "kind": np.broadcast_to(about["kind"].to_numpy(dtype=object), sums.shape),
        "is_function_word": np.broadcast_to(about["is_function_word"].to_numpy(bool), sums.shape),
        **_measures(sums, _prior(sums, prior_words)),
        "n_sentences": n_sentences,
        "n_sentences_rest": _rest(n_sentences),
    }
    shown = np.broadcast_to(sums.sum(axis=0) >= min_count, sums.shape)
    table = pd.DataFrame({column: np.asarray(cells)[shown] for column, cells in columns.items()})
    order = {name: place for place, name in enumerate(names)}
    table = table.assign(order=table[by].map(order)).sort_values(
        ["order", "z", "term"], ascending=[True, False, True]
    )
    wanted = [by if column == "outlet" else column for column in Contrast.columns()]
    return table[wanted].reset_index(drop=True)


def leading_terms(
    contrast: pd.DataFrame,
    n: int | None = None,
    min_sentences: int = MIN_SENTENCES,
    by: str = "outlet",
) -> pd.DataFrame:
    """The terms that lead each outlet's side of a contrast.

    Parameters
    ----------
    contrast
        As :func:`contrast_terms` gives it.
    n
        Terms an outlet, at most; all if left out.
    min_sentences
        Terms that stand in fewer sentences of the outlet are left out: with one
        sentence each, there are too many to choose from.
    by
        Column of the outlets.

    Returns
    -------
    Rows of the contrast where the outlet uses the term more than the others, by
    outlet and ``z``; function words, numbers and dates are left out, and a term
    stands with one outlet only, the one where its ``z`` is highest.
    """
    more = (contrast["z"] > 0) & (contrast["n_sentences"] >= min_sentences)
    rows = contrast[more & _says_something(contrast)]
    rows = rows.sort_values("z", ascending=False, kind="stable").drop_duplicates("term")
    if n is not None:
        rows = rows.groupby(by, sort=False).head(n)
    return contrast.loc[rows.index.sort_values()].reset_index(drop=True)


def leading_by_both(
    contrast: pd.DataFrame, tfidf: pd.DataFrame, by_chance: np.ndarray, by: str = "outlet"
) -> pd.DataFrame:
    """The first terms of each outlet by log-odds and by TF-IDF, each with both values.

    Parameters
    ----------
    contrast
        As :func:`contrast_terms` gives it.
    tfidf
        As :func:`~analysis_utils.themes.term_contrast.tfidf.contrast_tfidf` gives it.
    by_chance
        As :func:`highest_by_chance` gives it.
    by
        Column of the outlets.

    Returns
    -------
    See :class:`Leading`; :func:`terms_each` terms of each measure and outlet.
    """
    n = terms_each(contrast[by].nunique())
    differences = tfidf[["term", by, "difference"]].rename(
        columns={"difference": "tfidf_difference"}
    )
    rows = leading_terms(contrast, by=by).merge(differences, on=["term", by])
    for name, value in {"by_log_odds": "z", "by_tfidf": "tfidf_difference"}.items():
        places = rows.groupby(by, sort=False)[value].rank(method="first", ascending=False)
        rows[name] = (places <= n) & (rows[value] > 0)
    rows["shuffled"] = [(by_chance >= z).mean() for z in rows["z"]]
    return rows[rows["by_log_odds"] | rows["by_tfidf"]].reset_index(drop=True)


def terms_each(n_outlets: int) -> int:
    """How many terms each measure may name for one of so many outlets."""
    return max(2, min(6, 18 // n_outlets))


def highest_by_chance(
    terms: pd.DataFrame, by: str = "outlet", *, shuffles: int = SHUFFLES, seed: int = 0
) -> np.ndarray:
    """The highest ``z`` of any term when sentences are dealt out to the outlets by lot.

    Each outlet keeps its number of sentences.  A ``z`` that such shuffles often reach says
    nothing of the outlets.  As it is the highest of all terms, choosing the most telling term of
    many is allowed for (a permutation test with the largest statistic, Westfall and Young 1993).

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    by
        Column of the outlets.
    shuffles, seed
        How many, and the seed.

    Returns
    -------
    One value a shuffle; 0 where no term stands in ``MIN_SENTENCES`` sentences of one outlet.
    """
    names, unit = group_names(terms, by), shuffled_unit(terms, by)
    counts = count_terms(terms, unit, by)
    passages = count_terms(terms.drop_duplicates(["passage_id", "term"]), unit, by)
    about = terms.drop_duplicates("term").set_index("term").loc[counts.terms]
    can_lead = np.asarray(passages.matrix.sum(axis=0)).ravel() >= MIN_SENTENCES
    can_lead &= _says_something(about).to_numpy()
    prior = _prior(sums_by_group(counts, names), None)
    lengths = np.asarray(counts.matrix.sum(axis=1)).ravel()
    matrix, told = counts.matrix[:, can_lead].T, passages.matrix[:, can_lead].T
    draw, highest = np.random.default_rng(seed), np.zeros(shuffles)
    for place in range(shuffles):
        dealt = draw.permutation(counts.groups)
        of_group = (dealt[:, None] == np.array(names, dtype=object)).astype(int)
        sums, total = (matrix @ of_group).T, (lengths @ of_group)[:, None]
        z = _z(sums, total, prior[can_lead], prior.sum())[1]
        enough = (told @ of_group).T >= MIN_SENTENCES
        highest[place] = z[enough].max(initial=0)
    return highest


def shuffled_unit(terms: pd.DataFrame, by: str = "outlet") -> str:
    """Column of what is dealt out: sentences, or articles where each outlet has enough."""
    sentences = terms.drop_duplicates("sentence_id")
    drawn = units(sentences.assign(outlet=sentences[by])).name
    return "article_id" if drawn == "articles" else "passage_id"


def _says_something(terms: pd.DataFrame) -> pd.Series:
    """Whether a term can tell outlets apart: no function word, number or date."""
    return ~terms["is_function_word"] & ~terms["kind"].isin(("number", "date"))


def _prior(sums: np.ndarray, prior_words: float | None) -> np.ndarray:
    """Prior occurrences of each term: its share of the pooled corpus, times the prior's size."""
    pooled = sums.sum(axis=0)
    size = pooled.sum() / len(sums) if prior_words is None else prior_words
    if size <= 0:
        raise ValueError(f"prior_words is a number of words above 0; it was {prior_words}")
    return size * pooled / pooled.sum()


# All that follows works on arrays of outlets by terms.


def _measures(sums: np.ndarray, prior: np.ndarray) -> dict[str, np.ndarray]:
    total = np.broadcast_to(sums.sum(axis=1, keepdims=True), sums.shape)
    rest, total_rest = _rest(sums), _rest(total)
    delta, z, variance = _z(sums, total, prior, prior.sum())
    return {
        "count": sums,
        "total": total,
        "rate": 1000 * sums / total,
        "count_rest": rest,
        "total_rest": total_rest,
        "rate_rest": 1000 * rest / total_rest,
        "log_ratio": log_ratio(sums, total, rest, total_rest),
        "g2": signed_g2(sums, total, rest, total_rest),
        "delta": delta,
        "variance": variance,
        "z": z,
    }


def _z(
    sums: np.ndarray, total: np.ndarray, prior: np.ndarray, prior_total: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The log-odds difference, the same in standard deviations, and its variance."""
    rest = _rest(sums)
    delta = log_odds_difference(sums, total, rest, _rest(total), prior, prior_total)
    variance = 1 / (sums + prior) + 1 / (rest + prior)
    return delta, delta / np.sqrt(variance), variance


def _rest(sums: np.ndarray) -> np.ndarray:
    """The sums of all other outlets."""
    return sums.sum(axis=0) - sums
