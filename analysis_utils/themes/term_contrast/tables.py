"""Which words set the tellings apart: term frequencies of each outlet against the rest.

Three measures side by side, all from the same counts: rates and their log ratio
(how much more often), G2 (how surprising if both wrote alike) and log-odds with an
informative prior (how much more often, held back where there is little to go by),
with intervals from drawing sentences again.  :mod:`analysis_utils.measures.terms` finds the
terms, :mod:`analysis_utils.themes.term_contrast.keyness` has the measures,
:mod:`analysis_utils.themes.term_contrast.tfidf` a fourth one, and
:mod:`analysis_utils.themes.term_contrast.concordance` the sentences behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.measures.terms import KINDS, Terms
from analysis_utils.measures.terms.counts import (
    TermCounts,
    count_terms,
    group_names,
    resampled_sums,
    sums_by_group,
    too_few_units,
)
from analysis_utils.schemas import Table
from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.term_contrast.concordance import Concordance, evidence
from analysis_utils.themes.term_contrast.keyness import log_odds_difference, log_ratio, signed_g2
from analysis_utils.themes.term_contrast.tfidf import (
    DOCUMENTS,
    Idf,
    TfIdf,
    contrast_tfidf,
    idf_by_document,
)

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Bootstrap resamples, and the sentences that a term must stand in to be shown.
DRAWS, MIN_SENTENCES = 2000, 2

#: How many leading terms of an outlet a figure shows: of two outlets, and of more.
TERMS_A_SIDE, TERMS_A_PANEL = 12, 8


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
    single_sentence: Series[bool] = pa.Field(description="whether all evidence is one sentence")
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
    low: Series[float] = pa.Field(nullable=True, description="lower bound of delta, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of delta, if any")


class Leading(Contrast):
    """One row a term that leads an outlet's side of the contrast, highest ``z`` first."""


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "terms": Terms,
    "contrast": Contrast,
    "leading": Leading,
    "lines": Concordance,
    "tfidf": TfIdf,
    "idf": Idf,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    ValueError
        If fewer than two outlets have words, or there is only one term.
    """
    found = found_terms(corpus)
    contrast = contrast_terms(found)
    leading = leading_terms(contrast)
    by_document = [
        contrast_tfidf(found, f"{document}_id").assign(document=document) for document in DOCUMENTS
    ]
    return {
        "terms": found,
        "contrast": contrast,
        "leading": leading,
        "lines": evidence(leading, found, corpus.sentences),
        "tfidf": pd.concat(by_document, ignore_index=True),
        "idf": idf_by_document(found),
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
    See :class:`Contrast`; ``outlet`` is named as ``by``.

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
    weights = bootstrap_weights(counts.groups.tolist(), draws, seed)
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


def leading_function_words(contrast: pd.DataFrame, n: int = 6, by: str = "outlet") -> pd.DataFrame:
    """The function words that lead each outlet's side of a contrast, ``n`` at most.

    Parameters
    ----------
    contrast
        As :func:`contrast_terms` gives it.
    n
        Words an outlet, at most.
    by
        Column of the outlets.
    """
    more = contrast[contrast["is_function_word"] & (contrast["z"] > 0)]
    return more.groupby(by, sort=False).head(n).reset_index(drop=True)


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
