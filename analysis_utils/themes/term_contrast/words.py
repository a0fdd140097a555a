"""What the tables of a term contrast say, as prose whose numbers are computed.

Outlets may be any groups (articles, countries): ``by`` is their column, and ``outlets`` holds
their names by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes.term_contrast.tables import DRAWS, MIN_SENTENCES
from analysis_utils.themes.term_contrast.tfidf import strongest

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Which terms set each outlet apart, and how much of that is firm."""
    return finding(tables.leading, corpus.outlets)


def finding(
    leading: pd.DataFrame, outlets: Mapping[str, str], n: int = 5, by: str = "outlet"
) -> str:
    """What leads each outlet's side, with counts, and how much of it is firm.

    Parameters
    ----------
    leading
        As :func:`~analysis_utils.themes.term_contrast.tables.leading_terms` gives it.
    outlets
        Names of the outlets by id.
    n
        Terms to name of each outlet, at most.
    by
        Column of the outlets.
    """
    if leading.empty:
        return (
            "Function words, numbers and dates left out, no term stands in"
            f" {MIN_SENTENCES} sentences or more of one {_noun(by)} and is more frequent there"
            " than elsewhere."
        )
    parts = [
        f"{name} is set apart most by {listed(_counted(leading[leading[by] == outlet].head(n)))}."
        for outlet, name in outlets.items()
    ]
    return (
        f"{' '.join(parts)} (Counts are here : elsewhere.) {_firm(leading)} That is a sign of how"
        " evenly a term is spread over sentences, uncorrected for the number of terms, and no test."
    )


def headline(leading: pd.DataFrame, outlets: Mapping[str, str], by: str = "outlet") -> str:
    """The finding as a title: each outlet's first terms, or for many outlets what is shown.

    Parameters
    ----------
    leading, outlets, by
        As for :func:`finding`.
    """
    if len(outlets) > 2:
        return f"The terms that set each {_noun(by)} apart from the others"
    parts = [
        f"{name}: {', '.join(_quoted(terms.head(3)))}"
        for outlet, name in outlets.items()
        if not (terms := leading.loc[leading[by] == outlet, "term"]).empty
    ]
    nothing = f"No term sets one {_noun(by)} apart in {MIN_SENTENCES} sentences or more"
    return "; ".join(parts) or nothing


def caption(contrast: pd.DataFrame, by: str = "outlet", level: float = 0.95) -> str:
    """The caption of ``figures.contrast``: what, how many, which method.

    Parameters
    ----------
    contrast
        As :func:`~analysis_utils.themes.term_contrast.tables.contrast_terms` gives it.
    by
        Column of the outlets.
    level
        Share of the draws inside the intervals.
    """
    sizes = contrast.drop_duplicates(by)["total"]
    return (
        "Log-odds difference with an informative Dirichlet prior (Monroe, Colaresi and Quinn"
        f" 2008), {level:.0%} intervals from {DRAWS:,} bootstrap draws of sentences. Terms that"
        f" stand in {MIN_SENTENCES} sentences of the {_noun(by)} or more, of"
        f" {contrast['term'].nunique():,} terms with"
        f" {listed([f'{size:,}' for size in sizes])} occurrences. Function words, numbers and"
        " dates are counted, not shown. Ordered by z. The prior is the pooled text, worth as much"
        f" as a mean {_noun(by)}, so that all terms of one {_noun(by)} alone share one value. Each"
        " form of a name counts apart: a word that is also part of a longer name is counted here"
        " only where it stands by itself."
    )


def evidence_headline(leading: pd.DataFrame, by: str = "outlet") -> str:
    """The title of ``figures.evidence``.

    Parameters
    ----------
    leading, by
        As for :func:`finding`.
    """
    if leading.empty:
        return f"No term sets one {_noun(by)} apart, so there are no sentences to show"
    return "Why these terms: the sentences behind each"


def evidence_caption(by: str = "outlet") -> str:
    """The caption of ``figures.evidence``.

    Parameters
    ----------
    by
        Column of the outlets.
    """
    return (
        f"The leading terms of each {_noun(by)} in their sentences, three at most; counts are"
        f" those of this {_noun(by)} and of the others."
    )


def tfidf_finding(
    tfidf: pd.DataFrame,
    leading: pd.DataFrame,
    outlets: Mapping[str, str],
    n: int = 8,
    by: str = "outlet",
) -> str:
    """How far TF-IDF picks the terms that lead the log-odds contrast, by kind of document.

    Parameters
    ----------
    tfidf
        See :class:`~analysis_utils.themes.term_contrast.tfidf.TfIdf`.
    leading, outlets, by
        As for :func:`finding`.
    n
        Terms of each outlet to compare.
    """
    sentences = []
    for document in tfidf["document"].unique():
        top = strongest(tfidf, document, n, by)
        parts = [
            _shared(top.loc[top[by] == outlet, "term"], leading.loc[leading[by] == outlet], name)
            for outlet, name in outlets.items()
        ]
        sentences.append(f"With {document}s as documents, {listed(parts)}.")
    return " ".join(sentences)


def _shared(top: pd.Series, leading: pd.DataFrame, name: str) -> str:
    new = top[~top.isin(leading["term"])]
    but = f" (not so {listed(_quoted(new))})" if len(new) else ""
    return (
        f"{len(top) - len(new)} of the {len(top)} terms that it ranks highest for {name} also lead"
        f" by log-odds{but}"
    )


def _counted(rows: pd.DataFrame) -> list[str]:
    """Terms with their counts here and elsewhere."""
    terms = [f"“{row.term}” ({row.count} : {row.count_rest})" for row in rows.itertuples()]
    return terms or ["no term"]


def _firm(leading: pd.DataFrame) -> str:
    clear, shown = leading.loc[leading["low"] > 0, "term"], counted(len(leading), "term")
    if clear.empty:
        return f"None of the {shown} shown has an interval that excludes zero."
    return (
        f"Of the {shown} shown, {len(clear)} {'has' if len(clear) == 1 else 'have'} an interval"
        f" that excludes zero: {listed(_quoted(clear))}."
    )


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f"“{term}”" for term in terms]


def _noun(by: str) -> str:
    """What the groups of a column are called.

    >>> _noun("outlet"), _noun("article_id"), _noun("home_country")
    ('outlet', 'article', 'home country')
    """
    return by.removesuffix("_id").replace("_", " ")
