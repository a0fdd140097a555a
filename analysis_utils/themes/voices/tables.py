"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks.

News is made of other people's words, and whom it lets speak is a choice (Sigal 1973;
Bell 1991).  All of it is counted from ``corpus.quotes``: direct and partial quotes stand in
quotation marks, reported speech is somebody's in the outlet's words.  Only the body counts:
a headline or standfirst mostly repeats it, so its quotes are listed but not added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import word_voices
from analysis_utils.measures.intervals import clustered_share_interval, units
from analysis_utils.schemas import QUOTE_KINDS, Table
from analysis_utils.themes.voices.heard import Heard, talked_about
from analysis_utils.themes.voices.identity import identified
from analysis_utils.themes.voices.reporting_verbs import STANCES, UNGROUPED, group_cues, read_verbs
from analysis_utils.themes.voices.sources import ROLES, UNNAMED, WHO, name_sources

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The evidence shows at most so many speakers, and at most so many quotes of all outlets.
MOST_SPEAKERS, MOST_QUOTES = 5, 10


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
    speaks_for: Series[str] = pa.Field(description="id of the actor whose words it gives, or empty")
    office: Series[str] = pa.Field(description="in what role it does so, or empty")


class Shares(Table):
    """One row an outlet and speaker, the outlet itself first, then most words first."""

    outlet: Series[str] = pa.Field(description="outlet that gives the words")
    role: Series[str] = pa.Field(isin=list(ROLES), description="who the speaker is")
    speaker: Series[str] = pa.Field(description="id of the actor who speaks or is spoken for")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    n_quotes: Series[int] = pa.Field(ge=0, description="quotes, those inside another included")
    n_shared: Series[int] = pa.Field(ge=0, description="of these, with further actors as sources")
    quoted: Series[int] = pa.Field(ge=0, description="words in quotation marks")
    reported: Series[int] = pa.Field(ge=0, description="words in reported speech")
    words: Series[int] = pa.Field(ge=0, description="words, the outlet's own included")
    share: Series[float] = pa.Field(ge=0, le=1, description="share of the outlet's words")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the share, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the share, if any")
    n_units: Series[int] = pa.Field(ge=0, description="units that hold the words")
    unit: Series[str] = pa.Field(isin=["articles", "sentences"], description="what they are")


class Cues(Table):
    """One row an outlet, cue and speaker; by outlet and stance, most quotes first."""

    outlet: Series[str] = pa.Field(description="outlet")
    stance: Series[str] = pa.Field(isin=[*STANCES, UNGROUPED], description="stance of the cue")
    cue: Series[str] = pa.Field(description="base form of the cue")
    speaker: Series[str] = pa.Field(description="id of the actor who speaks, or empty")
    source: Series[str] = pa.Field(description="name of any other source, or empty")
    n: Series[int] = pa.Field(ge=1, description="quotes of the body")
    sentence_ids: Series[str] = pa.Field(description="their sentences, with a space between")


class Evidence(Table):
    """One row a speaker and outlet: the longest words that it gives to this speaker."""

    matter: Series[str] = pa.Field(description="who speaks, as the shares have it")
    head: Series[str] = pa.Field(description="the same, to stand above the words")
    outlet: Series[str] = pa.Field(description="outlet that gives the words")
    sentence_id: Series[str] = pa.Field(description="sentence in which they begin")
    text: Series[str] = pa.Field(description="the words")
    note: Series[str] = pa.Field(description="who says them, and how many words they are")


#: The theme's tables by name.
SCHEMAS = {"listed": Listed, "shares": Shares, "heard": Heard, "cues": Cues, "evidence": Evidence}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    StudyError
        If the study's own ``reporting_verbs.csv`` has faults.
    """
    quotes, sentences, outlets = identified(corpus), corpus.sentences, corpus.outlets
    told = list_quotes(quotes, sentences)
    spoken_for = quotes["speaks_for"] != ""
    camps = quotes.assign(speaker=quotes["speaks_for"].where(spoken_for, quotes["speaker"]))
    shares = speaker_shares(camps, sentences, outlets)
    return {
        "listed": told,
        "shares": shares,
        "heard": talked_about(corpus, camps),
        "cues": group_cues(told[told["part"] == "body"], read_verbs(corpus.study), outlets),
        "evidence": longest_quotes(told, shares, corpus.names["actor"]),
    }


def list_quotes(quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every quote on one row, in reading order.

    Returns
    -------
    ``quote_id``, ``outlet``, ``article_id``, ``part``, ``position`` (sentence of the body
    where it begins, 0 outside), ``sentence_ids`` (several with a space between), ``role`` (see
    ``ROLES``), ``speaker`` (id of an actor, or empty), ``source`` (of others, their name;
    empty if the source is an actor), ``as_written`` (the source in the text), ``joint``
    (ids of actors who share the quote), ``cue``, ``kind``, ``n_words``, ``text``, ``inside``,
    and ``speaks_for`` and ``office`` of spokespeople, as ``identified`` gives them.
    """
    place = sentences[["sentence_id", "outlet", "article_id", "part", "position"]]
    known = {"speaks_for": "", "office": ""} | {name: quotes[name] for name in quotes}
    rows = name_sources(quotes.assign(**known)).merge(place, on="sentence_id")
    first = ["outlet", "article_id", "part", "position", *WHO, "as_written", "joint", "cue"]
    last = ["inside", "speaks_for", "office"]
    quotes_by_id = rows.groupby("quote_id", sort=False)
    table = quotes_by_id[[*first, "kind", *last]].first()
    table["sentence_ids"] = quotes_by_id["sentence_id"].agg(_joined)
    table["n_words"] = quotes_by_id["n_words"].sum()
    table["text"] = _texts(rows)
    order = ["outlet", "article_id", "part", "position", "sentence_ids", *WHO, "as_written"]
    return table[[*order, "joint", "cue", "kind", "n_words", "text", *last]].reset_index()


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
    quotes: pd.DataFrame, sentences: pd.DataFrame, outlets: Iterable[str]
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

    Returns
    -------
    One row an outlet and speaker, the outlet itself first, then most words first:
    ``outlet``, ``role``, ``speaker``, ``source`` (see :func:`list_quotes`), ``n_quotes`` (also
    those told inside another), ``n_shared`` (of these, with further actors as sources),
    ``quoted`` and ``reported`` (words; the outlet's own stand under ``words`` only), ``words``,
    ``share`` of the outlet's words (0 to 1), ``low`` and ``high`` (95 % interval of the share,
    see :func:`~analysis_utils.measures.intervals.clustered_share_interval`), ``n_units`` and
    ``unit`` (``articles`` or ``sentences``, as :func:`~analysis_utils.measures.intervals.units`
    has it).
    """
    body = sentences[sentences["part"] == "body"]
    listed = list_quotes(quotes[quotes["sentence_id"].isin(body["sentence_id"])], sentences)
    words = word_voices(quotes, body).merge(body[["sentence_id", "outlet"]])
    words = words.drop(columns=["speaker", "source"])
    words = words.merge(listed[["quote_id", *WHO]], on="quote_id", how="left")
    words["role"] = words["role"].fillna("own")
    words = words.fillna({"speaker": "", "source": ""})
    drawn = units(sentences)
    words["unit"] = words["sentence_id"].map(drawn)
    tables = [
        _outlet_shares(outlet, words[words["outlet"] == outlet], listed) for outlet in outlets
    ]
    return pd.concat(tables, ignore_index=True).assign(unit=drawn.name)


def _outlet_shares(outlet: str, words: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    counts = words.groupby(list(WHO))["voice"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=["own", "quoted", "reported"], fill_value=0)
    told = listed[listed["outlet"] == outlet].assign(n_shared=lambda rows: rows["joint"] != "")
    table = told.groupby(list(WHO)).agg(n_quotes=("quote_id", "size"), n_shared=("n_shared", "sum"))
    own = pd.MultiIndex.from_tuples([("own", "", "")], names=WHO)  # is always told, even if none
    who = counts.index.union(table.index).union(own)
    table = counts.reindex(who).join(table).fillna(0).astype(int)
    table["words"] = table[["own", "quoted", "reported"]].sum(axis=1)
    table["share"] = table["words"] / max(len(words), 1)
    table = table.join(_intervals(words, who)).reset_index().assign(outlet=outlet)
    table["first"] = table["role"] == "own"
    table = table.sort_values(["first", "words", *WHO], ascending=[False, False, True, True, True])
    columns = ["outlet", *WHO, "n_quotes", "n_shared", "quoted", "reported", "words", "share"]
    return table[[*columns, "low", "high", "n_units"]]


def _intervals(words: pd.DataFrame, who: pd.MultiIndex) -> pd.DataFrame:
    """Intervals of the shares of one outlet's words, by speaker."""
    by_unit = words.groupby([*WHO, "unit"]).size().unstack(fill_value=0).reindex(who, fill_value=0)
    sizes = by_unit.sum()
    bounds = [clustered_share_interval(counts, sizes) for counts in by_unit.to_numpy()]
    table = pd.DataFrame(bounds, columns=["low", "high"], index=by_unit.index)
    table["n_units"] = by_unit.shape[1]
    return table


def longest_quotes(
    listed: pd.DataFrame, shares: pd.DataFrame, actors: dict[str, str]
) -> pd.DataFrame:
    """The longest quote that each outlet gives to each of the most heard speakers.

    Parameters
    ----------
    listed, shares
        As :func:`list_quotes` and :func:`speaker_shares` give them.
    actors
        Names of the actors by id.

    Returns
    -------
    See :class:`Evidence`: at most ``MOST_SPEAKERS`` speakers and ``MOST_QUOTES`` rows, the most
    heard first.
    """
    who = _who(
        listed.assign(
            speaker=listed["speaks_for"].where(listed["speaks_for"] != "", listed["speaker"])
        ),
        actors,
    )
    body = listed.assign(matter=who)[(listed["part"] == "body") & (listed["inside"] == "")]
    body = body[body["matter"] != UNNAMED].sort_values("n_words", ascending=False, kind="stable")
    first = body.drop_duplicates(["matter", "outlet"])
    told = shares[shares["role"].isin(["actor", "other"])]
    heard = told.assign(who=_who(told, actors)).groupby("who", sort=False)["share"].sum()
    order = list(heard.sort_values(ascending=False, kind="stable").index[:MOST_SPEAKERS])
    first = first[first["matter"].isin(order)]
    place = first["matter"].map(order.index)
    first = first.iloc[place.argsort(kind="stable")].head(MOST_QUOTES)
    spoken = _who(first, actors)
    words = first["n_words"].astype(str) + " words"
    note = words.where(spoken == first["matter"], spoken + ", " + words)
    ids = first["sentence_ids"].str.split().str[0]
    return first.assign(head=first["matter"], note=note, sentence_id=ids)[
        Evidence.columns()
    ].reset_index(drop=True)


def _who(table: pd.DataFrame, actors: dict[str, str]) -> pd.Series:
    """The name of who speaks on each row."""
    names = table["speaker"].map(actors)
    return names.fillna(table["source"])
