"""What cleaning did to the pages, in sentences whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes.page_cleaning.tables import MOST_PAGES

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A smaller share than this is next to nothing.
NEXT_TO_NOTHING = 0.01


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How much of each page is the article, and how many lines are not."""
    finding = shares_finding(tables.shares, page_labels(corpus.articles, corpus.outlets))
    return f"{finding} {counted(len(tables.removed), 'line')} were left out."


def page_labels(articles: pd.DataFrame, outlets: Mapping[str, str]) -> dict[str, str]:
    """What to call each page: the outlet, with the article where it has several.

    Parameters
    ----------
    articles
        Table of the corpus.
    outlets
        Names by id.
    """
    several = articles["outlet"].duplicated(keep=False)
    names = articles["outlet"].map(outlets)
    labels = names.where(~several, names + ": " + articles["article_id"])
    return dict(zip(articles["article_id"], labels, strict=True))


def shares_finding(shares: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What share of each page's words is the article, in a sentence; for many pages, the range.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.page_cleaning.tables.article_shares` gives them.
    labels
        What to call each page, as :func:`page_labels` gives it.
    """
    share = shares["share"]
    if len(shares) > MOST_PAGES:
        return (
            f"On {counted(len(shares), 'page')} the article makes up between"
            f" {share.min():.0%} and {share.max():.0%} of the words,"
            f" {share.median():.0%} in the middle."
        )
    parts = [
        f"{page.share:.0%} of the {page.words:,} words on the page of {labels[page.article_id]}"
        for page in shares.itertuples()
    ]
    return f"The article makes up {listed(parts)}."


def page_map_headline(shares: pd.DataFrame) -> str:
    """How much of the pages is not the article, as a title; takes ``article_shares``."""
    share = 1 - shares["kept"].sum() / max(shares["words"].sum(), 1)
    if share < NEXT_TO_NOTHING:
        return "These pages hold next to nothing but the article"
    return f"{share:.0%} of the words on these pages are not the article"


def page_map_caption() -> str:
    """The caption of ``figures.page_map``."""
    return "Each page from its first word to its last. Only dark stretches are counted as article."
