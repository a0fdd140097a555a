"""The tellings side by side: on which row each sentence stands, and whose words it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.schemas import PARTS, QUOTE_KINDS, Table
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.findings import over_time
from analysis_utils.themes.findings.by_article import Articles, by_article
from analysis_utils.themes.findings.layout import KINDS, lay_out
from analysis_utils.themes.voices.sources import UNNAMED, name_sources

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: More articles than this side by side are no longer readable.
MOST_COLUMNS = 5


class Tellings(Table):
    """One row a sentence of the articles side by side, column by column, in reading order."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    article_id: Series[str] = pa.Field(description="article it stands in: its column")
    sentence_id: Series[str] = pa.Field(unique=True, description="the sentence")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    row: Series[int] = pa.Field(ge=0, description="row from the top; 0 is that of the headlines")
    kind: Series[str] = pa.Field(isin=list(KINDS), description="whether another article tells it")
    counterparts: Series[str] = pa.Field(
        description="ids of sentences that tell the same, the likest first, a space between"
    )
    possible: Series[str] = pa.Field(
        description="ids of sentences that may tell the same, the likest first, a space between"
    )
    n_words: Series[int] = pa.Field(ge=0, description="words of the sentence")
    text: Series[str] = pa.Field(description="the sentence")


class Spoken(Table):
    """One row a stretch of a sentence in somebody else's voice, as its outlet lets them speak."""

    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    kind: Series[str] = pa.Field(isin=list(QUOTE_KINDS), description="how the words are given")
    who: Series[str] = pa.Field(description="name of the speaker; empty if unnamed or unclear")
    n_words: Series[int] = pa.Field(ge=0, description="its words")


#: The theme's tables by name.
SCHEMAS = {
    "tellings": Tellings,
    "spoken": Spoken,
    "articles": Articles,
    "over_time": over_time.OverTime,
    "trends": over_time.Trends,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    pairs = theme_tables(coverage, corpus).pairs
    return {
        "tellings": lay_out(corpus.sentences, pairs, first_articles(corpus)),
        "spoken": spoken(corpus.quotes, corpus.names["actor"]),
        "articles": by_article(corpus),
        **over_time.make(corpus),
    }


def first_articles(corpus: Corpus) -> list[str]:
    """The first article of each outlet, of ``MOST_COLUMNS`` outlets at most."""
    first = corpus.articles.drop_duplicates("outlet").set_index("outlet")["article_id"]
    return [first[outlet] for outlet in corpus.outlets if outlet in first][:MOST_COLUMNS]


def spoken(quotes: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """Whose words stand where: quotes of the first level, none over another.

    Parameters
    ----------
    quotes
        Table of the corpus.
    actors
        Names by id.

    Returns
    -------
    See :class:`Spoken`.
    """
    outer = name_sources(quotes[quotes["inside"] == ""])
    who = outer["speaker"].map(actors).fillna(outer["source"]).replace(UNNAMED, "")
    outer = outer.assign(who=who).sort_values(["sentence_id", "start", "end"], kind="stable")
    ends = outer.groupby("sentence_id")["end"].cummax()
    before = ends.groupby(outer["sentence_id"]).shift()
    free = outer[~(before > outer["start"])]
    return Spoken.checked(free)
