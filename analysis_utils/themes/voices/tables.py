"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks.

News is made of other people's words, and whom it lets speak is a choice (Sigal 1973;
Bell 1991).  All of it is counted from ``corpus.quotes``: direct and partial quotes stand in
quotation marks, reported speech is somebody's in the outlet's words.  Only the body counts:
a headline or standfirst mostly repeats it, so its quotes are listed but not added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import VOICES, word_voices
from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.schemas import QUOTE_KINDS, Table
from analysis_utils.themes.voices.reporting_verbs import STANCES, UNGROUPED, group_cues, read_verbs
from analysis_utils.themes.voices.sources import ROLES, WHO, name_sources

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Actor

#: What an actor's best way of being heard is called, and the column that counts it.
_HEARD = {
    "in quotation marks": "quoted",
    "in reported speech": "reported",
    "with others": "shared",
    "through others": "relayed",
}


class Listed(Table):
    """One row a quote, in reading order."""

    quote_id: Series[str] = pa.Field(unique=True, description="article and number of the quote")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    article_id: Series[str] = pa.Field(description="article it stands in")
    part: Series[str] = pa.Field(description="headline, standfirst or body")
    position: Series[int] = pa.Field(ge=0, description="sentence of the body it begins in, else 0")
    sentence_ids: Series[str] = pa.Field(description="its sentences, with a space between")
    role: Series[str] = pa.Field(isin=list(ROLES), description="who the source is")
    speaker: Series[str] = pa.Field(description="id of the actor who is the source, or empty")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    as_written: Series[str] = pa.Field(description="the source as written, or empty")
    joint: Series[str] = pa.Field(description="ids of actors who share it, with a space between")
    cue: Series[str] = pa.Field(description="base form of the cue, or empty")
    kind: Series[str] = pa.Field(isin=list(QUOTE_KINDS), description="how the words are given")
    n_words: Series[int] = pa.Field(ge=0, description="words of the quote")
    text: Series[str] = pa.Field(description="the words")
    inside: Series[str] = pa.Field(description="quote_id of the quote it is told in, or empty")


class Shares(Table):
    """One row an outlet and speaker, the outlet itself first, then most words first."""

    outlet: Series[str] = pa.Field(description="outlet that gives the words")
    role: Series[str] = pa.Field(isin=list(ROLES), description="who the speaker is")
    speaker: Series[str] = pa.Field(description="id of the actor who speaks, or empty")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    n_quotes: Series[int] = pa.Field(ge=0, description="quotes, those inside another included")
    n_shared: Series[int] = pa.Field(ge=0, description="of these, with further actors as sources")
    quoted: Series[int] = pa.Field(ge=0, description="words in quotation marks")
    reported: Series[int] = pa.Field(ge=0, description="words in reported speech")
    words: Series[int] = pa.Field(ge=0, description="words, the outlet's own included")
    share: Series[float] = pa.Field(ge=0, le=1, description="share of the outlet's words")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the share, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the share, if any")
    n_units: Series[int] = pa.Field(ge=0, description="units that the interval draws anew")
    unit: Series[str] = pa.Field(isin=["articles", "sentences"], description="what they are")


class Heard(Table):
    """One row an outlet and actor that it mentions or lets speak, most mentioned first."""

    outlet: Series[str] = pa.Field(description="outlet")
    actor: Series[str] = pa.Field(description="id of the actor")
    mentions: Series[int] = pa.Field(ge=0, description="mentions in the body")
    quoted: Series[int] = pa.Field(ge=0, description="quotes in quotation marks")
    reported: Series[int] = pa.Field(ge=0, description="quotes in reported speech")
    shared: Series[int] = pa.Field(ge=0, description="quotes it shares with a first source")
    relayed: Series[int] = pa.Field(ge=0, description="quotes that somebody else's quote tells")
    words: Series[int] = pa.Field(ge=0, description="words as the first or only source")
    heard: Series[str] = pa.Field(
        isin=[*_HEARD, "never"], description="its best way of being heard"
    )


class FirstHeard(Table):
    """One row an outlet and speaker, earliest first."""

    outlet: Series[str] = pa.Field(description="outlet")
    role: Series[str] = pa.Field(isin=list(ROLES), description="who the speaker is")
    speaker: Series[str] = pa.Field(description="id of the actor who speaks, or empty")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    articles: Series[int] = pa.Field(ge=1, description="articles in which it is heard")
    opens: Series[int] = pa.Field(ge=0, description="articles in which nobody is heard before it")
    sentence: Series[float] = pa.Field(
        ge=1, description="sentence of the body in which it is first heard, median over articles"
    )


class Cues(Table):
    """One row an outlet, cue and speaker; by outlet and stance, most quotes first."""

    outlet: Series[str] = pa.Field(description="outlet")
    stance: Series[str] = pa.Field(isin=[*STANCES, UNGROUPED], description="stance of the cue")
    cue: Series[str] = pa.Field(description="base form of the cue")
    speaker: Series[str] = pa.Field(description="id of the actor who speaks, or empty")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    n: Series[int] = pa.Field(ge=1, description="quotes of the body")
    sentence_ids: Series[str] = pa.Field(description="their sentences, with a space between")


#: The theme's tables by name.
SCHEMAS = {
    "listed": Listed,
    "shares": Shares,
    "heard": Heard,
    "first": FirstHeard,
    "cues": Cues,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    StudyError
        If the study's own ``reporting_verbs.csv`` has faults.
    """
    quotes, sentences, outlets = corpus.quotes, corpus.sentences, corpus.outlets
    told = list_quotes(quotes, sentences)
    return {
        "listed": told,
        "shares": speaker_shares(quotes, sentences, outlets),
        "heard": talked_about(corpus.mentions, quotes, sentences, corpus.study.actors, outlets),
        "first": first_heard(quotes, sentences, outlets),
        "cues": group_cues(told[told["part"] == "body"], read_verbs(corpus.study), outlets),
    }


def list_quotes(quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every quote on one row, in reading order.

    Returns
    -------
    ``quote_id``, ``outlet``, ``article_id``, ``part``, ``position`` (sentence of the body
    where it begins, 0 outside), ``sentence_ids`` (several with a space between), ``role`` (see
    ``ROLES``), ``speaker`` (id of an actor, or empty), ``source`` (of others, their name;
    empty if the source is an actor), ``as_written`` (the source in the text), ``joint``
    (ids of actors who share the quote), ``cue``, ``kind``, ``n_words``, ``text`` and ``inside``.
    """
    place = sentences[["sentence_id", "outlet", "article_id", "part", "position"]]
    rows = name_sources(quotes).merge(place, on="sentence_id")
    first = ["outlet", "article_id", "part", "position", *WHO, "as_written", "joint", "cue"]
    quotes_by_id = rows.groupby("quote_id", sort=False)
    table = quotes_by_id[[*first, "kind", "inside"]].first()
    table["sentence_ids"] = quotes_by_id["sentence_id"].agg(_joined)
    table["n_words"] = quotes_by_id["n_words"].sum()
    table["text"] = _texts(rows)
    order = ["outlet", "article_id", "part", "position", "sentence_ids", *WHO, "as_written"]
    return table[[*order, "joint", "cue", "kind", "n_words", "text", "inside"]].reset_index()


def _texts(rows: pd.DataFrame) -> pd.Series:
    """The text of each quote; an ellipsis where the outlet breaks in within a sentence."""
    same = (
        rows[["quote_id", "sentence_id"]].eq(rows[["quote_id", "sentence_id"]].shift()).all(axis=1)
    )
    pieces = rows["text"].where(~same, "… " + rows["text"])
    return pieces.groupby(rows["quote_id"]).agg(" ".join)


def _joined(sentence_ids: pd.Series) -> str:
    return " ".join(dict.fromkeys(sentence_ids))


def speaker_shares(
    quotes: pd.DataFrame, sentences: pd.DataFrame, outlets: Iterable[str], seed: int = 0
) -> pd.DataFrame:
    """How many of its words each outlet gives to whom.

    A word has one voice: a quote told inside another counts for the one who tells it,
    and one with several sources for the first of them.

    Parameters
    ----------
    quotes, sentences
        Tables of the corpus; only sentences of the body count.
    outlets
        Ids of the outlets, in the order wanted.
    seed
        Seed of the intervals.

    Returns
    -------
    One row an outlet and speaker, the outlet itself first, then most words first:
    ``outlet``, ``role``, ``speaker``, ``source`` (see :func:`list_quotes`), ``n_quotes`` (also
    those told inside another), ``n_shared`` (of these, with further actors as sources),
    ``quoted`` and ``reported`` (words; the outlet's own stand under ``words`` only), ``words``,
    ``share`` of the outlet's words (0 to 1), ``low`` and ``high`` (nominal 95 % bootstrap
    interval of the share), ``n_units`` and ``unit``: what the interval draws anew.  ``unit`` is
    ``articles`` for an outlet with ``FEW`` articles or more, else ``sentences``, so outlets may
    differ: say in words what the column says.  NaN in ``low`` and ``high`` with fewer than
    ``FEW`` units.
    """
    body = sentences[sentences["part"] == "body"]
    listed = list_quotes(quotes[quotes["sentence_id"].isin(body["sentence_id"])], sentences)
    words = word_voices(quotes, body).merge(body[["sentence_id", "article_id", "outlet"]])
    words = words.drop(columns=["speaker", "source"])
    words = words.merge(listed[["quote_id", *WHO]], on="quote_id", how="left")
    words["role"] = words["role"].fillna("own")
    words = words.fillna({"speaker": "", "source": ""})
    tables = [
        _outlet_shares(outlet, words[words["outlet"] == outlet], listed, seed) for outlet in outlets
    ]
    return pd.concat(tables, ignore_index=True)


def _outlet_shares(
    outlet: str, words: pd.DataFrame, listed: pd.DataFrame, seed: int
) -> pd.DataFrame:
    counts = words.groupby(list(WHO))["voice"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=["own", "quoted", "reported"], fill_value=0)
    told = listed[listed["outlet"] == outlet].assign(n_shared=lambda rows: rows["joint"] != "")
    table = told.groupby(list(WHO)).agg(n_quotes=("quote_id", "size"), n_shared=("n_shared", "sum"))
    own = pd.MultiIndex.from_tuples([("own", "", "")], names=WHO)  # is always told, even if none
    who = counts.index.union(table.index).union(own)
    table = counts.reindex(who).join(table).fillna(0).astype(int)
    table["words"] = table[["own", "quoted", "reported"]].sum(axis=1)
    table["share"] = table["words"] / max(len(words), 1)
    table = table.join(_intervals(words, who, seed)).reset_index().assign(outlet=outlet)
    table["first"] = table["role"] == "own"
    table = table.sort_values(["first", "words", *WHO], ascending=[False, False, True, True, True])
    columns = ["outlet", *WHO, "n_quotes", "n_shared", "quoted", "reported", "words", "share"]
    return table[[*columns, "low", "high", "n_units", "unit"]]


def _intervals(words: pd.DataFrame, who: pd.MultiIndex, seed: int) -> pd.DataFrame:
    """Bootstrap intervals of the shares of one outlet's words, by speaker."""
    unit = "article_id" if words["article_id"].nunique() >= FEW else "sentence_id"
    by_unit = words.groupby([*WHO, unit]).size().unstack(fill_value=0).reindex(who, fill_value=0)
    table = pd.DataFrame(index=by_unit.index)
    table["low"], table["high"] = np.nan, np.nan
    table["n_units"] = by_unit.shape[1]
    table["unit"] = "articles" if unit == "article_id" else "sentences"
    if by_unit.shape[1] >= FEW:
        weights = bootstrap_weights(np.zeros(by_unit.shape[1]), seed=seed)
        totals = weights @ by_unit.sum().to_numpy()
        drawn = (weights @ by_unit.to_numpy().T) / totals[:, None]
        table["low"], table["high"] = percentile_interval(drawn)
    return table


def talked_about(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    actors: Sequence[Actor],
    outlets: Iterable[str],
) -> pd.DataFrame:
    """How often each actor is spoken of, and how often it is heard, in the body.

    Returns
    -------
    One row an outlet and actor that it mentions or lets speak, most mentioned first:
    ``outlet``, ``actor``, ``mentions``, ``quoted`` and ``reported`` (quotes on the first
    level), ``shared`` (quotes in which the actor is a further source beside the first),
    ``relayed`` (quotes that somebody else's quote tells), ``words`` (as the first or only
    source) and ``heard``: ``in quotation marks``, ``in reported speech``, ``with others``,
    ``through others`` or ``never``, the first that applies.
    """
    body = sentences[sentences["part"] == "body"]
    outlet_of = body.set_index("sentence_id")["outlet"]
    listed = list_quotes(quotes[quotes["sentence_id"].isin(outlet_of.index)], sentences)
    spoken = listed["kind"].map(VOICES).where(listed["inside"] == "", "relayed")
    shared = listed.assign(actor=listed["joint"].str.split()).explode("actor")
    events = [
        mentions.assign(outlet=mentions["sentence_id"].map(outlet_of), event="mentions"),
        listed.assign(actor=listed["speaker"], event=spoken),
        shared.assign(event="shared"),
    ]
    columns = ["outlet", "actor", "event"]
    told = pd.concat([table[columns] for table in events]).dropna()
    counts = told.groupby(columns).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["mentions", *_HEARD.values()], fill_value=0)
    first_level = listed[listed["inside"] == ""]
    counts["words"] = first_level.groupby(["outlet", "speaker"])["n_words"].sum()
    counts = counts.fillna(0).astype(int)
    levels = [counts[column] > 0 for column in _HEARD.values()]
    counts["heard"] = np.select(levels, list(_HEARD), default="never")
    return _in_order(counts.reset_index(), outlets, actors)


def _in_order(
    counts: pd.DataFrame, outlets: Iterable[str], actors: Sequence[Actor]
) -> pd.DataFrame:
    """Outlets as the study has them, the most mentioned actor first."""
    first = {outlet: rank for rank, outlet in enumerate(outlets)}
    then = {actor.id: rank for rank, actor in enumerate(actors)}
    placed = counts.assign(first=counts["outlet"].map(first), then=counts["actor"].map(then))
    by = ["first", "mentions", "words", "then"]
    ordered = placed[placed["then"].notna()].sort_values(by, ascending=[True, False, False, True])
    return ordered.drop(columns=["first", "then"]).rename_axis(columns=None).reset_index(drop=True)


def first_heard(
    quotes: pd.DataFrame, sentences: pd.DataFrame, outlets: Iterable[str]
) -> pd.DataFrame:
    """Who is heard first, and how far into the article.

    Returns
    -------
    One row an outlet and speaker, earliest first: ``outlet``, ``role``, ``speaker``,
    ``source``, ``articles`` (of the outlet, in which it is heard), ``opens`` (articles in
    which nobody is heard before it) and ``sentence`` (of the body, in which it is first heard;
    the median over articles).
    """
    listed = list_quotes(quotes, sentences)
    listed = listed[(listed["part"] == "body") & (listed["inside"] == "")]
    first = listed.drop_duplicates(["article_id", *WHO])
    opens = ~first["article_id"].duplicated()
    table = (
        first.assign(opens=opens)
        .groupby(["outlet", *WHO], sort=False)
        .agg(articles=("opens", "size"), opens=("opens", "sum"), sentence=("position", "median"))
        .reset_index()
    )
    ranks = {outlet: rank for rank, outlet in enumerate(outlets)}
    table = table.assign(rank=table["outlet"].map(ranks))
    ordered = table.sort_values(["rank", "sentence"], kind="stable", ignore_index=True)
    return ordered.drop(columns="rank")
