"""Which frames organise each telling.

To frame is to select some aspects of an event and make them more salient (Entman
1993).  Where people or language models have coded the sentences, their codes count.  Elsewhere a
sentence has a frame if a term of the frame stands in it
(:mod:`analysis_utils.themes.frames.hits`): the dictionary approach, which is transparent and
cheap and hears words only.  Which frames can be built on is measured
(:mod:`analysis_utils.themes.frames.coded`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.measures.intervals import clustered_share_interval, share_interval, units
from analysis_utils.schemas import PARTS, Table
from analysis_utils.themes.frames.article_frames import article_frames
from analysis_utils.themes.frames.codebook import (
    KINDS,
    frame_table,
    read_frame_file,
    study_frames,
)
from analysis_utils.themes.frames.coded import (
    CODES,
    TERMS,
    read_coded,
    readings,
    reliability,
)
from analysis_utils.themes.frames.entman import candidates, read_filled
from analysis_utils.themes.frames.hits import ReadWords

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Frame


class Codebook(Table):
    """One row a frame that is looked for, or a function of a frame, in order."""

    frame: Series[str] = pa.Field(unique=True, description="id of the frame or function")
    name: Series[str] = pa.Field(description="its name, as figures show it")
    kind: Series[str] = pa.Field(
        isin=list(KINDS), description="generic, issue (the study's own) or function"
    )
    description: Series[str] = pa.Field(description="what it says, for a reader who codes it")
    terms: Series[str] = pa.Field(description="words that show it, with commas between")


class Hits(Table):
    """One row a term found, in reading order; a word may be a hit of several frames."""

    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    frame: Series[str] = pa.Field(description="id of the frame or function")
    term: Series[str] = pa.Field(description="its term that was found")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the words as written")
    voice: Series[str] = pa.Field(
        isin=["own", "reported", "quoted"], description="whose words it stands in"
    )


class Scores(Table):
    """One row a sentence and frame."""

    sentence_id: Series[str] = pa.Field(description="the sentence")
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    frame: Series[str] = pa.Field(description="id of the frame")
    hits: Series[int] = pa.Field(ge=0, description="terms of the frame in the sentence")
    present: Series[int] = pa.Field(isin=[0, 1], description="1 if there is one or more, else 0")
    own: Series[int] = pa.Field(
        isin=[0, 1], description="1 if one stands in the outlet's own words"
    )
    others: Series[int] = pa.Field(
        isin=[0, 1], description="1 if one stands in words that the outlet reports or quotes"
    )
    words: Series[str] = pa.Field(description="the words that were found, as written")


class Coded(Table):
    """One row a sentence and frame that a coder coded."""

    reader: Series[str] = pa.Field(description="who coded, as in: coder anna, language model a")
    sentence_id: Series[str] = pa.Field(description="the sentence")
    frame: Series[str] = pa.Field(description="id of the frame")
    present: Series[int] = pa.Field(isin=[0, 1], description="1 if the coder sees it, else 0")


class Reliability(Table):
    """One row a frame: whose word counts, and whether it can be built on."""

    frame: Series[str] = pa.Field(unique=True, description="id of the frame")
    sentences: Series[int] = pa.Field(ge=0, description="sentences that were coded")
    alpha_coders: Series[float] = pa.Field(
        nullable=True, description="Krippendorff's alpha between coders; none if undefined"
    )
    alpha_terms: Series[float] = pa.Field(
        nullable=True, description="alpha between the terms and most coders; none if undefined"
    )
    alpha_elsewhere: Series[float] = pa.Field(
        nullable=True, description="alpha of the terms on labelled articles of other events"
    )
    source: Series[str] = pa.Field(isin=[CODES, TERMS], description="whose word counts")
    reliable: Series[bool] = pa.Field(description="whether that can be built on")


class Readings(Table):
    """One row a frame and sentence of the body: what the one says whose word counts."""

    frame: Series[str] = pa.Field(description="id of the frame")
    sentence_id: Series[str] = pa.Field(description="the sentence")
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    source: Series[str] = pa.Field(isin=[CODES, TERMS], description="whose word counts")
    present: Series[int] = pa.Field(isin=[0, 1], description="1 if the frame is there, else 0")


class Shares(Table):
    """One row a frame and outlet: sentences of the body that have the frame."""

    frame: Series[str] = pa.Field(description="id of the frame")
    outlet: Series[str] = pa.Field(description="outlet")
    source: Series[str] = pa.Field(isin=[CODES, TERMS], description="whose word counts")
    reliable: Series[bool] = pa.Field(description="whether that can be built on")
    n: Series[int] = pa.Field(ge=1, description="sentences of the outlet")
    count: Series[int] = pa.Field(ge=0, description="sentences that have the frame")
    share: Series[float] = pa.Field(ge=0, le=1, description="their share")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of Wilson's interval")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of Wilson's interval")


class Articles(Table):
    """One row an article and generic frame: whether the model finds it."""

    article_id: Series[str] = pa.Field(description="the article")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    frame: Series[str] = pa.Field(description="id of the frame")
    score: Series[float] = pa.Field(ge=0, le=1, description="how likely the model finds it")
    present: Series[int] = pa.Field(isin=[0, 1], description="1 if that is enough, else 0")
    reliable: Series[bool] = pa.Field(
        description="whether the model's macro-F1 on articles unseen is 0.6 or more"
    )


class Candidates(Table):
    """One row a function and a sentence with a cue of it, for a person to judge."""

    function: Series[str] = pa.Field(description="id of the function that it may fulfil")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    cues: Series[str] = pa.Field(description="the cues in it, as written")
    sentence_id: Series[str] = pa.Field(description="the sentence")
    text: Series[str] = pa.Field(description="its words")


class Statements(Table):
    """One row a statement in which somebody says what a telling makes problem, cause and so on."""

    outlet: Series[str] = pa.Field(description="outlet whose telling it is")
    function: Series[str] = pa.Field(description="id of the function that is fulfilled")
    statement: Series[str] = pa.Field(description="what the telling says, in the coder's words")
    sentence_id: Series[str] = pa.Field(description="sentence it rests on; empty if on all")
    remark: Series[str] = pa.Field(description="whatever the coder added, or empty")
    text: Series[str] = pa.Field(description="the sentence, or empty")


#: The theme's tables by name.
SCHEMAS = {
    "codebook": Codebook,
    "hits": Hits,
    "scores": Scores,
    "coded": Coded,
    "reliability": Reliability,
    "readings": Readings,
    "shares": Shares,
    "articles": Articles,
    "functions": Codebook,
    "candidates": Candidates,
    "statements": Statements,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    StudyError
        If the file of generic frames, or a term in ``study.yml``, has a fault.
    """
    words = ReadWords.of(corpus.sentences, corpus.tokens, corpus.mentions)
    frames, functions = study_frames(corpus.study), read_frame_file().functions
    codebook = frame_table(frames, [frame.id for frame in corpus.study.frames])
    hits = find_in_voices(words, frames, corpus)
    scores = score_sentences(corpus.sentences, hits, frames)
    coded = read_coded(corpus.study.codes("frames"))
    reliable = reliability(scores, coded, codebook["frame"].tolist())
    read = readings(scores, coded, reliable)
    shared = shares(read, units(corpus.sentences).name == "articles")
    roles = frame_table(functions, kind="function")
    return {
        "codebook": codebook,
        "hits": hits,
        "scores": scores,
        "coded": coded,
        "reliability": reliable,
        "readings": read,
        "shares": shared.merge(reliable[["frame", "source", "reliable"]], on="frame"),
        "articles": article_frames(corpus.sentences, hits, frames),
        "functions": roles,
        "candidates": candidates(words.find(functions), corpus.sentences, roles),
        "statements": read_filled(corpus.study, corpus.sentences, roles),
    }


def find_in_voices(words: ReadWords, frames: Iterable[Frame], corpus: Corpus) -> pd.DataFrame:
    """Every place where a term of a frame stands, and in whose words.

    Parameters
    ----------
    words
        The words of the corpus's sentences.
    frames
        What to look for.
    corpus
        The corpus.

    Returns
    -------
    See :class:`Hits`.

    Raises
    ------
    ValueError
        If a term cannot be looked for.
    """
    hits = words.find(frames)
    whose = voice_of_spans(hits, corpus.quotes, corpus.sentences)
    return hits.assign(voice=whose["voice"])


def score_sentences(
    sentences: pd.DataFrame, hits: pd.DataFrame, frames: Sequence[Frame]
) -> pd.DataFrame:
    """How many terms of each frame stand in each sentence, and in whose words.

    Parameters
    ----------
    sentences
        Table of the corpus, or a part of it.
    hits
        As :func:`find_in_voices` gives them; without a column ``voice`` every hit counts as the
        outlet's own.
    frames
        The frames that were looked for.

    Returns
    -------
    See :class:`Scores`.
    """
    voice = hits["voice"] if "voice" in hits else pd.Series("own", index=hits.index)
    found = (
        hits.assign(own=voice == "own")
        .groupby(["sentence_id", "frame"])
        .agg(
            hits=("text", "size"),
            n_own=("own", "sum"),
            words=("text", lambda words: "; ".join(dict.fromkeys(words))),
        )
    )
    place = sentences[["sentence_id", "article_id", "outlet", "part"]]
    every = place.merge(pd.Series([frame.id for frame in frames], name="frame"), how="cross")
    table = every.join(found, on=["sentence_id", "frame"])
    numbers = table[["hits", "n_own"]].fillna(0).astype(int)
    table = table.assign(
        hits=numbers["hits"],
        present=(numbers["hits"] > 0).astype(int),
        own=(numbers["n_own"] > 0).astype(int),
        others=(numbers["n_own"] < numbers["hits"]).astype(int),
        words=table["words"].fillna(""),
    )
    return table[Scores.columns()]


def shares(read: pd.DataFrame, by_article: bool = False) -> pd.DataFrame:
    """Share of each outlet's sentences that have a frame, with Wilson's interval.

    Parameters
    ----------
    read
        ``frame``, ``outlet``, ``article_id`` and ``present``, one row a sentence and frame.
    by_article
        Whether articles, whose sentences are alike, are the unit of the interval.

    Returns
    -------
    One row a frame and outlet: ``frame``, ``outlet``, ``n`` (sentences), ``count`` (those that
    have the frame), ``share``, ``low`` and ``high``.
    """
    rows = list(_share_rows(read, by_article))
    return pd.DataFrame(rows, columns=["frame", "outlet", "n", "count", "share", "low", "high"])


def _share_rows(read: pd.DataFrame, by_article: bool) -> Iterator[tuple]:
    for (frame, outlet), said in read.groupby(["frame", "outlet"], sort=False):
        n, count = len(said), int(said["present"].sum())
        if by_article:
            articles = said.groupby("article_id")["present"]
            bounds = clustered_share_interval(articles.sum(), articles.size())
        else:
            bounds = share_interval(count, n)
        yield frame, outlet, n, count, count / n, *bounds
