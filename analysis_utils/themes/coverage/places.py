"""Where in the articles the shared statements stand: what the figure of places draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pandas as pd

from analysis_utils.schemas import article_of
from analysis_utils.themes.coverage.tables import TOLD

#: With more articles in all, sentences and lines hide one another: their places are summed up.
MOST_ARTICLES = 12

#: Parts of an article, of like length, in that summary.
FIFTHS = ("first fifth", "second", "third", "fourth", "last fifth")


def body_of(told: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the bodies; takes the theme's table ``told``."""
    return told[told["part"] == "body"]


def count_articles(told: pd.DataFrame) -> int:
    """How many articles have a body; takes the theme's table ``told``."""
    return body_of(told)["sentence_id"].map(article_of).nunique()


def is_summed_up(told: pd.DataFrame) -> bool:
    """Whether there are so many articles that fifths stand in place of sentences."""
    return count_articles(told) > MOST_ARTICLES


def count_fifths(told: pd.DataFrame) -> pd.DataFrame:
    """Sentences of the body by fifth of their article and by how many outlets tell them.

    Parameters
    ----------
    told
        Table of the theme.

    Returns
    -------
    One row an outlet, a fifth that has sentences, and a kind of ``TOLD``: ``outlet``, ``fifth``
    (0 first to 4 last), ``told``, ``n`` (sentences) and ``share`` of the fifth (0 to 1).
    """
    body = body_of(told)
    fifth = (body["place"] * len(FIFTHS)).astype(int).clip(upper=len(FIFTHS) - 1)
    counts = pd.crosstab([body["outlet"], fifth.rename("fifth")], body["told"])
    long = counts.reindex(columns=list(TOLD), fill_value=0).stack().rename("n").reset_index()
    return long.assign(share=long["n"] / long.groupby(["outlet", "fifth"])["n"].transform("sum"))


def lines_between(
    told: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """Lines from outlet to outlet: the same statement, or with two outlets possibly the same.

    Parameters
    ----------
    told, pairs
        Tables of the theme.
    outlets
        Names by id.

    Returns
    -------
    One row an end of a line, two a line: ``line`` (its number), ``link`` (``same`` or
    ``possible``), ``outlet`` and ``place``.  A statement is joined from each outlet that makes
    it to the next, from the first sentence in which each does.
    """
    body = body_of(told)
    lines = list(_statements(body, outlets))
    if len(outlets) == 2:
        lines += _possible(body, pairs)
    rows = [(number, link, *end) for number, (link, *ends) in enumerate(lines) for end in ends]
    return pd.DataFrame(rows, columns=["line", "link", "outlet", "place"])


def _statements(body: pd.DataFrame, outlets: Mapping[str, str]) -> Iterator[tuple]:
    first = body.groupby(["statement", "outlet"])["place"].min().unstack()
    for _, places in first.reindex(columns=list(outlets)).iterrows():
        yield from (("same", *ends) for ends in pairwise(places.dropna().items()))


def _possible(body: pd.DataFrame, pairs: pd.DataFrame) -> Iterator[tuple]:
    ends = {row.sentence_id: (row.outlet, row.place) for row in body.itertuples()}
    for pair in pairs[pairs["link"] == "possible"].itertuples():
        if pair.sentence_id in ends and pair.other_id in ends:
            yield "possible", ends[pair.sentence_id], ends[pair.other_id]
