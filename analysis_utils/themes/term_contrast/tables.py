"""Which words set the tellings apart: term frequencies of each outlet against the rest.

Three measures side by side, all from the same counts: rates and their log ratio
(how much more often), G2 (how surprising if both wrote alike) and log-odds with an
informative prior (how much more often, held back where there is little to go by),
with intervals from drawing sentences again.  :mod:`analysis_utils.measures.terms` finds the
terms, :mod:`analysis_utils.themes.term_contrast.tfidf` has a fourth measure, and
:mod:`analysis_utils.themes.term_contrast.concordance` the sentences behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import xlogy

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.measures.terms.counts import (
    TermCounts,
    count_terms,
    group_names,
    resampled_sums,
    sums_by_group,
    too_few_units,
)
from analysis_utils.output.english import listed

#: Bootstrap resamples, and the sentences that a term must stand in to be shown.
DRAWS, MIN_SENTENCES = 2000, 2

#: How many leading terms of an outlet a figure shows: of two outlets, and of more.
TERMS_A_SIDE, TERMS_A_PANEL = 12, 8

#: Columns of :func:`contrast_terms`, one row a term and outlet.
CONTRAST_COLUMNS = {
    "term": "the term",
    "outlet": "the outlet that is set against all others",
    "kind": "word, acronym, number, date or name",
    "is_function_word": "whether it builds sentences rather than says something",
    "count": "occurrences in the outlet",
    "total": "occurrences of all terms in the outlet",
    "rate": "occurrences in 1,000 terms of the outlet",
    "count_rest": "occurrences in the other outlets",
    "total_rest": "occurrences of all terms in the other outlets",
    "rate_rest": "occurrences in 1,000 terms of the other outlets",
    "n_sentences": "sentences of the outlet with the term; a repeated one counts once",
    "n_sentences_rest": "the same in the other outlets",
    "single_sentence": "whether all evidence is one sentence",
    "log_ratio": "binary logarithm of the ratio of rates; 1 is twice as often",
    "g2": "log-likelihood ratio; negative where the outlet uses the term less",
    "delta": "log-odds against the rest with an informative prior (natural logarithm)",
    "variance": "variance of delta under the model",
    "z": "delta in standard deviations",
    "low": "lower bound of delta",
    "high": "upper bound of delta",
}


def contrast_terms(
    terms: pd.DataFrame,
    by: str = "outlet",
    *,
    function_words: Literal["mark", "drop", "keep"] = "mark",
    prior_words: float | None = None,
    unit: str = "passage_id",
    draws: int = DRAWS,
    seed: int = 0,
    level: float = 0.95,
    fewest: int = FEW,
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
    stand there once or ten times; ``z`` and the interval tell those apart.

    *Interval of delta*: percentile interval from drawing the sentences of each
    outlet again.  The prior is held fixed: it says how cautious the measure is, and
    one made from the draw would be zero for every term not drawn.  A draw without
    the term counts as no difference.  Two limits.  A sentence never written cannot
    be drawn: a count of 0 is 0 in every draw, so the interval knows nothing of words
    an outlet might have used.  And a term of a single sentence is missing from about 37 %
    of the draws, one of two from 14 %, of three from 5 %, of four from 2 %: for a term
    that one outlet alone has it takes four sentences before the 95 % interval leaves
    0, whatever the term.  ``single_sentence`` marks the thinnest case.  ``z`` errs the
    other way, as it takes words for independent, which those of a sentence are not.
    Neither is corrected for the number of terms.

    *G2* (Dunning 1993) is over the four cells term or other term, outlet or rest;
    here with the sign of the difference.  *Log ratio* (Hardie 2014) is the binary
    logarithm of the ratio of rates, with half an occurrence in place of none.

    Parameters
    ----------
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    by
        Column with the groups to set against each other; two or more.
    function_words
        ``"mark"`` to flag them, ``"drop"`` to leave their rows out, ``"keep"`` to
        treat them as any other term.  They count in the totals in every case.
    prior_words
        Size of the prior in words; the mean size of the outlets if left out.
    unit
        Column of what is drawn again: ``passage_id`` (sentences, together with a
        standfirst that repeats them), or ``article_id`` where there are many
        articles.  Takes 4 bytes times ``draws`` times units.
    draws, seed, level
        Number of resamples, seed, and share of the draws inside the interval.
    fewest
        Bounds are NaN where the outlet or the rest has fewer units to draw than this.
    min_count
        Terms with fewer occurrences in all outlets together get no row.

    Returns
    -------
    One row a term and outlet with the columns of ``CONTRAST_COLUMNS`` (``outlet``
    is named as ``by``): by outlet in order of first appearance, highest ``z`` first.

    Raises
    ------
    ValueError
        If there are fewer than two groups or terms, the prior is not positive, or
        ``function_words`` is none of the three.
    """
    if function_words not in ("mark", "drop", "keep"):
        raise ValueError(f"function_words is 'mark', 'drop' or 'keep'; it was {function_words!r}")
    names = group_names(terms, by)
    counts = count_terms(terms, unit, by)
    if len(counts.terms) < 2:
        raise ValueError("odds need two or more different terms; there is only one")
    sums = sums_by_group(counts, names)
    passages = terms.drop_duplicates(["passage_id", "term"])
    n_sentences = sums_by_group(count_terms(passages, "passage_id", by), names)
    prior = _prior(sums, prior_words)
    weights = bootstrap_weights(counts.groups, draws, seed)
    columns = {
        "term": np.broadcast_to(counts.terms, sums.shape),
        by: np.broadcast_to(np.array(names, dtype=object)[:, None], sums.shape),
        **_about(terms, counts.terms, sums.shape, function_words),
        **_measures(sums, prior),
        **_sentence_columns(n_sentences),
        **_bounds(counts, names, prior, weights, level, fewest),
    }
    shown = np.broadcast_to(sums.sum(axis=0) >= min_count, sums.shape)
    if function_words == "drop":
        shown = shown & ~columns["is_function_word"]
    table = pd.DataFrame({column: np.asarray(cells)[shown] for column, cells in columns.items()})
    order = {name: place for place, name in enumerate(names)}
    table = table.assign(order=table[by].map(order)).sort_values(
        ["order", "z", "term"], ascending=[True, False, True]
    )
    wanted = [by if column == "outlet" else column for column in CONTRAST_COLUMNS]
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
        Terms an outlet, at most; left out, as many as a figure holds: ``TERMS_A_SIDE``
        for two outlets, ``TERMS_A_PANEL`` for more.
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
    if n is None:
        n = TERMS_A_SIDE if contrast[by].nunique() == 2 else TERMS_A_PANEL
    more = (contrast["z"] > 0) & (contrast["n_sentences"] >= min_sentences)
    content = ~contrast["is_function_word"] & ~contrast["kind"].isin(("number", "date"))
    rows = contrast[more & content].sort_values("z", ascending=False, kind="stable")
    rows = rows.drop_duplicates("term").groupby(by, sort=False).head(n)
    return contrast.loc[rows.index.sort_values()].reset_index(drop=True)


def headline(leading: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The finding as a title: each outlet's first terms, or for many outlets what is shown.

    Takes :func:`leading_terms` and the names of the outlets by id.
    """
    if len(outlets) > 2:
        return "The terms that set each outlet apart from the others"
    parts = [
        f"{name}: {', '.join(f'“{term}”' for term in _terms_of(leading, outlet)[:3])}"
        for outlet, name in outlets.items()
        if len(_terms_of(leading, outlet))
    ]
    return "; ".join(parts) or "No term sets an outlet apart in two sentences or more"


def finding(leading: pd.DataFrame, outlets: Mapping[str, str], n: int = 5) -> str:
    """What leads each outlet's side, with counts, and how much of it is firm.

    Takes :func:`leading_terms` and the names of the outlets by id.
    """
    parts = []
    for outlet, name in outlets.items():
        rows = leading[leading["outlet"] == outlet].head(n)
        terms = [f"“{row.term}” ({row.count} : {row.count_rest})" for row in rows.itertuples()]
        parts.append(f"{name} is set apart most by {listed(terms) or 'no term'}.")
    if leading.empty:
        return (
            "Function words, numbers and dates left out, no term stands in two sentences or more of"
            " an outlet and is more frequent there than elsewhere."
        )
    clear = leading[leading["low"] > 0]
    words = listed([f"“{term}”" for term in clear["term"]])
    firm = (
        f"Of the {len(leading)} terms shown, {len(clear)} {'has' if len(clear) == 1 else 'have'} an"
        f" interval that excludes zero: {words}."
        if len(clear)
        else f"None of the {len(leading)} terms shown has an interval that excludes zero."
    )
    return (
        f"{' '.join(parts)} (Counts are here : elsewhere.) {firm} That is a sign of how evenly a"
        " term is spread over sentences, uncorrected for the number of terms, and no test."
    )


def caption(contrast: pd.DataFrame, level: float = 0.95) -> str:
    """The caption of a figure of :func:`contrast_terms`: what, how many, which method."""
    sizes = contrast.drop_duplicates("outlet")["total"]
    return (
        "Log-odds difference with an informative Dirichlet prior (Monroe, Colaresi and Quinn"
        f" 2008), {level:.0%} intervals from {DRAWS:,} bootstrap draws of sentences. Terms that"
        f" stand in {MIN_SENTENCES} sentences of the outlet or more, of"
        f" {contrast['term'].nunique():,} terms with"
        f" {listed([f'{size:,}' for size in sizes])} occurrences. Function words, numbers and"
        " dates are counted, not shown. Ordered by z. The prior is the pooled text, worth as much"
        " as a mean outlet, so that all terms of one outlet alone share one value. Each form of a"
        " name counts apart: a word that is also part of a longer name is counted here only where"
        " it stands by itself."
    )


def _terms_of(leading: pd.DataFrame, outlet: str) -> list[str]:
    return leading.loc[leading["outlet"] == outlet, "term"].tolist()


def _prior(sums: np.ndarray, prior_words: float | None) -> np.ndarray:
    """Prior occurrences of each term: its share of the pooled corpus, times the prior's size."""
    pooled = sums.sum(axis=0)
    size = pooled.sum() / len(sums) if prior_words is None else prior_words
    if size <= 0:
        raise ValueError(f"prior_words is a number of words above 0; it was {prior_words}")
    return size * pooled / pooled.sum()


# All that follows works on arrays of outlets by terms.


def _about(
    terms: pd.DataFrame, vocabulary: np.ndarray, shape: tuple[int, int], function_words: str
) -> dict[str, np.ndarray]:
    about = terms.drop_duplicates("term").set_index("term").loc[vocabulary]
    is_function_word = about["is_function_word"].to_numpy(dtype=bool)
    if function_words == "keep":
        is_function_word = np.zeros(len(vocabulary), dtype=bool)
    return {
        "kind": np.broadcast_to(about["kind"].to_numpy(dtype=object), shape),
        "is_function_word": np.broadcast_to(is_function_word, shape),
    }


def _measures(sums: np.ndarray, prior: np.ndarray) -> dict[str, np.ndarray]:
    total = np.broadcast_to(sums.sum(axis=1, keepdims=True), sums.shape)
    rest, total_rest = _rest(sums), _rest(total)
    delta = log_odds_difference(sums, total, rest, total_rest, prior, prior.sum())
    variance = 1 / (sums + prior) + 1 / (rest + prior)
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
        "z": delta / np.sqrt(variance),
    }


def _rest(sums: np.ndarray) -> np.ndarray:
    """The sums of all other outlets."""
    return sums.sum(axis=0) - sums


def _sentence_columns(n_sentences: np.ndarray) -> dict[str, np.ndarray]:
    everywhere = np.broadcast_to(n_sentences.sum(axis=0), n_sentences.shape)
    return {
        "n_sentences": n_sentences,
        "n_sentences_rest": everywhere - n_sentences,
        "single_sentence": everywhere == 1,
    }


def _bounds(
    counts: TermCounts,
    names: Sequence,
    prior: np.ndarray,
    weights: np.ndarray,
    level: float,
    fewest: int,
) -> dict[str, np.ndarray]:
    """Bounds of delta from drawing documents again."""
    low, high = np.empty((2, len(names), len(counts.terms)))
    lengths = np.asarray(counts.matrix.sum(axis=1)).ravel()
    drawn_words = weights * lengths
    totals = np.stack([drawn_words[:, counts.groups == name].sum(axis=1) for name in names])
    totals = totals[:, None, :]
    for block, sums in resampled_sums(counts.matrix, counts, names, weights):
        of_block = prior[block][:, None]
        delta = log_odds_difference(sums, totals, _rest(sums), _rest(totals), of_block, prior.sum())
        delta[:, sums.sum(axis=0) == 0] = 0
        low[:, block], high[:, block] = percentile_interval(delta, level, axis=2)
    few = too_few_units(counts, names, fewest)
    low[few], high[few] = np.nan, np.nan
    return {"low": low, "high": high}


def log_odds_difference(count, total, count_rest, total_rest, prior, prior_total):
    """Difference of two log-odds under one Dirichlet prior (Monroe, Colaresi and Quinn 2008).

    All arguments are occurrences: numbers or arrays of matching shapes.
    """
    others, others_rest = total - count, total_rest - count_rest
    odds = (count + prior) / (others + prior_total - prior)
    odds_rest = (count_rest + prior) / (others_rest + prior_total - prior)
    return np.log(odds / odds_rest)


def log_ratio(count, total, count_rest, total_rest):
    """Binary logarithm of the ratio of two rates; half an occurrence in place of none."""
    rate = np.where(count == 0, 0.5, count) / total
    rate_rest = np.where(count_rest == 0, 0.5, count_rest) / total_rest
    return np.log2(rate / rate_rest)


def signed_g2(count, total, count_rest, total_rest):
    """Log-likelihood ratio of the two by two table (Dunning 1993), signed by the difference."""
    share = (count + count_rest) / (total + total_rest)
    g2 = 0
    for seen, size in ((count, total), (count_rest, total_rest)):
        for observed, expected in ((seen, size * share), (size - seen, size * (1 - share))):
            g2 = g2 + xlogy(observed, observed) - xlogy(observed, expected)
    # Rounding can leave a G2 of zero a hair below it.
    return np.sign(count * total_rest - count_rest * total) * np.maximum(2 * g2, 0)
