"""Which terms lead an outlet: those that say something, in enough of it, beyond chance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import units
from analysis_utils.measures.terms.counts import count_terms, group_names, sums_by_group
from analysis_utils.themes.term_contrast.keyness import prior_occurrences, z_scores

#: How often the sentences are shuffled, and in how many a term must stand to be shown.
SHUFFLES, MIN_SENTENCES = 1000, 2

#: Where articles are the units, a term leads if it stands in so many of the outlet's, and in so
#: large a share of them.
MIN_ARTICLES, MIN_SHARE = 3, 0.1


def leading_terms(
    contrast: pd.DataFrame,
    n: int | None = None,
    min_sentences: int = MIN_SENTENCES,
    by: str = "outlet",
    min_articles: Mapping[str, int] | None = None,
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
    min_articles
        By outlet, in how many of its articles a term must stand; in one if left out.

    Returns
    -------
    Rows of the contrast where the outlet uses the term more than the others, by
    outlet and ``z``; function words, numbers, dates and house style are left out, and a term
    stands with one outlet only, the one where its ``z`` is highest.
    """
    more = (contrast["z"] > 0) & (contrast["n_sentences"] >= min_sentences)
    if min_articles:
        more &= contrast["n_articles"] >= contrast[by].map(min_articles)
    rows = contrast[more & _says_something(contrast) & ~contrast["is_house_style"]]
    rows = rows.sort_values("z", ascending=False, kind="stable").drop_duplicates("term")
    if n is not None:
        rows = rows.groupby(by, sort=False).head(n)
    return contrast.loc[rows.index.sort_values()].reset_index(drop=True)


def leading_by_both(
    contrast: pd.DataFrame,
    tfidf: pd.DataFrame,
    highest: np.ndarray,
    min_articles: Mapping[str, int] | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """The first terms of each outlet by log-odds and by TF-IDF, each with both values.

    Parameters
    ----------
    contrast
        As :func:`contrast_terms` gives it.
    tfidf
        As :func:`~analysis_utils.themes.term_contrast.tfidf.contrast_tfidf` gives it.
    highest
        Of shuffles, as :func:`by_chance` gives it.
    min_articles
        As :func:`least_articles` gives it.
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
    rows = leading_terms(contrast, by=by, min_articles=min_articles).merge(
        differences, on=["term", by]
    )
    for name, value in {"by_log_odds": "z", "by_tfidf": "tfidf_difference"}.items():
        places = rows.groupby(by, sort=False)[value].rank(method="first", ascending=False)
        rows[name] = (places <= n) & (rows[value] > 0)
    rows["shuffled"] = [(highest >= z).mean() for z in rows["z"]]
    return rows[rows["by_log_odds"] | rows["by_tfidf"]].reset_index(drop=True)


def terms_each(n_outlets: int) -> int:
    """How many terms each measure may name for one of so many outlets."""
    return max(2, min(6, 18 // n_outlets))


def least_articles(terms: pd.DataFrame, by: str = "outlet") -> dict[str, int]:
    """In how many articles of each outlet a term must stand to lead: in one where these are few.

    A word of one or two articles of many says what these are about, and not how the outlet
    writes: so a term needs ``MIN_ARTICLES``, and ``MIN_SHARE`` of them.
    """
    articles = terms.groupby(by, sort=False)["article_id"].nunique()
    if shuffled_unit(terms, by) != "article_id":
        return dict.fromkeys(articles.index, 1)
    return {
        outlet: max(MIN_ARTICLES, ceil(MIN_SHARE * number)) for outlet, number in articles.items()
    }


class ByChance(NamedTuple):
    """The highest and the lowest ``z`` of any term in each of several shuffles."""

    highest: np.ndarray
    lowest: np.ndarray


def by_chance(
    terms: pd.DataFrame,
    by: str = "outlet",
    *,
    shuffles: int = SHUFFLES,
    seed: int = 0,
    passed_over: Collection[str] = (),
) -> ByChance:
    """The furthest ``z`` of any term when sentences are dealt out to the outlets by lot.

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
    passed_over
        Terms that lead no outlet, as they are house style.

    Returns
    -------
    One value a shuffle: the highest of terms that could lead, 0 where none stands in
    ``MIN_SENTENCES`` sentences of one outlet, and the lowest of all that say something.
    """
    names, unit = group_names(terms, by), shuffled_unit(terms, by)
    counts = count_terms(terms, unit, by)
    passages = count_terms(terms.drop_duplicates(["passage_id", "term"]), unit, by)
    about = terms.drop_duplicates("term").set_index("term").loc[counts.terms]
    can_lead = np.asarray(passages.matrix.sum(axis=0)).ravel() >= MIN_SENTENCES
    can_lead &= (_says_something(about) & ~about.index.isin(list(passed_over))).to_numpy()
    prior = prior_occurrences(sums_by_group(counts, names), None)
    lengths = np.asarray(counts.matrix.sum(axis=1)).ravel()
    matrix, told = counts.matrix[:, can_lead].T, passages.matrix[:, can_lead].T
    spread, needed = (matrix > 0).astype(int), least_articles(terms, by)
    least = np.array([[needed[name]] for name in names])
    draw, furthest = np.random.default_rng(seed), ByChance(*np.zeros((2, shuffles)))
    for place in range(shuffles):
        dealt = draw.permutation(counts.groups)
        of_group = (dealt[:, None] == np.array(names, dtype=object)).astype(int)
        sums, total = (matrix @ of_group).T, (lengths @ of_group)[:, None]
        z = z_scores(sums, total, prior[can_lead], prior.sum())[1]
        enough = (told @ of_group).T >= MIN_SENTENCES
        enough &= least <= (spread @ of_group).T
        furthest.highest[place] = z[enough].max(initial=0)
        furthest.lowest[place] = z.min(initial=0)
    return furthest


def shuffled_unit(terms: pd.DataFrame, by: str = "outlet") -> str:
    """Column of what is dealt out: sentences, or articles where each outlet has enough."""
    sentences = terms.drop_duplicates("sentence_id")
    drawn = units(sentences.assign(outlet=sentences[by])).name
    return "article_id" if drawn == "articles" else "passage_id"


def avoided_terms(
    contrast: pd.DataFrame,
    lowest: np.ndarray,
    min_articles: Mapping[str, int] | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """The terms that all outlets use but one, where there are three or more: the other side of a
    choice of words.

    Parameters
    ----------
    contrast
        As :func:`~analysis_utils.themes.term_contrast.house_style.mark_house_style` gives it.
    lowest
        Of shuffles, as :func:`by_chance` gives it.
    min_articles
        As :func:`least_articles` gives it; a term must stand in so many of each other outlet's.
    by
        Column of the outlets.

    Returns
    -------
    Rows of the contrast with a count of 0, lowest ``z`` first: terms that stand in
    ``MIN_SENTENCES`` sentences of each other outlet.  ``shuffled`` is the share of shuffles in
    which some term has so low a ``z``.
    """
    outlets = list(contrast[by].unique())
    least = contrast[by].map(min_articles or dict.fromkeys(outlets, 1))
    used = (contrast["n_sentences"] >= MIN_SENTENCES) & (contrast["n_articles"] >= least)
    users = used.groupby(contrast["term"]).transform("sum")
    style = contrast["is_house_style"].groupby(contrast["term"]).transform("any")
    rows = contrast[(contrast["count"] == 0) & (users == len(outlets) - 1) & ~style]
    rows = rows[_says_something(rows)] if len(outlets) > 2 else rows.head(0)
    shuffled = [float((lowest <= z).mean()) for z in rows["z"]]
    rows = rows.assign(shuffled=pd.Series(shuffled, index=rows.index, dtype=float))
    return rows.sort_values("z", kind="stable", ignore_index=True)


def _says_something(terms: pd.DataFrame) -> pd.Series:
    """Whether a term can tell outlets apart: no function word, number or date."""
    return ~terms["is_function_word"] & ~terms["kind"].isin(("number", "date"))
