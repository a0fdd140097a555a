"""A table an article: what the themes count, one row each, for statistics of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import word_voices
from analysis_utils.schemas import Table, article_of
from analysis_utils.themes import actor_sentiment, coverage, voices
from analysis_utils.themes.contract import theme_tables

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Voices that words can have.
VOICES = ("own", "reported", "quoted")


class Articles(Table):
    """One row an article, in the order of the study."""

    article_id: Series[str] = pa.Field(unique=True, description="the article")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    published: Series[str] = pa.Field(description="when, ISO 8601, or empty")
    headline: Series[str] = pa.Field(description="its headline, or empty")
    sentences: Series[int] = pa.Field(ge=0, description="sentences of its body")
    words: Series[int] = pa.Field(ge=0, description="words of its body")
    own: Series[int] = pa.Field(ge=0, description="of these, words in the outlet's own voice")
    reported: Series[int] = pa.Field(ge=0, description="words that it reports of others")
    quoted: Series[int] = pa.Field(ge=0, description="words that it quotes of others")
    speakers: Series[int] = pa.Field(ge=0, description="different people and bodies who speak")
    negative: Series[int] = pa.Field(ge=0, description="times a sentence shows an actor badly")
    positive: Series[int] = pa.Field(ge=0, description="times a sentence shows an actor well")
    alone: Series[int] = pa.Field(ge=0, description="sentences that no other outlet tells")


def by_article(corpus: Corpus) -> pd.DataFrame:
    """What the themes count in each article; see :class:`Articles`."""
    body = corpus.sentences[corpus.sentences["part"] == "body"]
    spoken = word_voices(corpus.quotes, body)
    of_voice = spoken.groupby(["voice", spoken["sentence_id"].map(article_of)]).size()
    told = theme_tables(coverage, corpus).told
    labels = theme_tables(actor_sentiment, corpus).judgements
    heard = theme_tables(voices, corpus).listed
    named = heard["speaker"].where(heard["speaker"] != "", heard["source"])
    counts = {
        "sentences": body.groupby("article_id").size(),
        "words": spoken.groupby(spoken["sentence_id"].map(article_of)).size(),
        **{voice: of_voice.get(voice, pd.Series(dtype=int)) for voice in VOICES},
        "speakers": named[named != ""].groupby(heard["article_id"]).nunique(),
        "negative": _per_article(labels[labels["label"] < 0]),
        "positive": _per_article(labels[labels["label"] > 0]),
        "alone": _per_article(told[told["told"] == "one"]),
    }
    table = corpus.articles[["article_id", "outlet", "published", "headline"]].copy()
    for name, counted in counts.items():
        table[name] = table["article_id"].map(counted).fillna(0).astype(int)
    return table.reset_index(drop=True)


def _per_article(rows: pd.DataFrame) -> pd.Series:
    """How many rows of sentences each article has."""
    return rows.groupby(rows["sentence_id"].map(article_of)).size()
