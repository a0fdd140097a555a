"""Which frames organise each telling.

To frame is to select some aspects of an event and make them more salient (Entman
1993).  Here a sentence has a frame if a term of the frame stands in it
(:mod:`analysis_utils.themes.frames.hits`): the dictionary approach, which is transparent and
cheap and hears words only.  How far it agrees with readers who know the frame's
description is measured (:mod:`analysis_utils.themes.frames.coded`), beside a second method,
the similarity of a sentence to that description.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.measures.intervals import mean_intervals
from analysis_utils.schemas import PARTS, Table
from analysis_utils.themes.frames.codebook import (
    KINDS,
    frame_table,
    groups,
    read_frame_file,
    study_frames,
)
from analysis_utils.themes.frames.coded import (
    READING,
    coded_counts,
    compare,
    read_by_terms,
    read_coded,
    read_trivially,
)
from analysis_utils.themes.frames.entman import read_filled
from analysis_utils.themes.frames.hits import ReadWords
from analysis_utils.themes.frames.similarity import either, read_by_similarity, similarity

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Frame

#: What a share can be of: sentences with a term, with one in the outlet's own words, and with
#: one in words that it reports or quotes.
VALUES = ("present", "own", "others")


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


class Shares(Table):
    """One row a frame, outlet and value: sentences of the body that have the frame."""

    frame: Series[str] = pa.Field(description="id of the frame")
    outlet: Series[str] = pa.Field(description="outlet")
    value: Series[str] = pa.Field(
        isin=list(VALUES), description="in any words, the outlet's own, or those of others"
    )
    n: Series[int] = pa.Field(ge=1, description="sentences of the outlet")
    count: Series[int] = pa.Field(ge=0, description="sentences that have the frame")
    mean: Series[float] = pa.Field(ge=0, le=1, description="their share")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the share, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the share, if any")


class Coded(Table):
    """One row a sentence and frame that a coder coded."""

    reader: Series[str] = pa.Field(description="the coder, as in: coder a")
    sentence_id: Series[str] = pa.Field(description="the sentence")
    frame: Series[str] = pa.Field(description="id of the frame")
    present: Series[int] = pa.Field(isin=[0, 1], description="1 if the coder sees it, else 0")


class CodedCounts(Table):
    """One row a frame, outlet and reader: sentences of the body that the coders coded."""

    frame: Series[str] = pa.Field(description="id of the frame")
    outlet: Series[str] = pa.Field(description="outlet")
    reader: Series[str] = pa.Field(description="a coder, or terms")
    n: Series[int] = pa.Field(ge=1, description="sentences that were coded")
    count: Series[int] = pa.Field(ge=0, description="of these, those that have the frame")


class Similarity(Table):
    """One row a sentence and frame; none where nobody has coded what sets the thresholds."""

    sentence_id: Series[str] = pa.Field(description="the sentence")
    article_id: Series[str] = pa.Field(description="article it stands in")
    frame: Series[str] = pa.Field(description="id of the frame")
    similarity: Series[float] = pa.Field(
        description="cosine of the sentence, names of actors taken out, and the description"
    )


class Comparison(Table):
    """One row a group of frames, coder and reader."""

    group: Series[str] = pa.Field(description="id of a frame, or the name of several together")
    coder: Series[str] = pa.Field(description="the coder whose codes count as right")
    reader: Series[str] = pa.Field(description="another coder, a method or a trivial reader")
    n: Series[int] = pa.Field(ge=1, description="pairs of sentence and frame")
    coded: Series[int] = pa.Field(ge=0, description="pairs in which the coder sees the frame")
    found: Series[int] = pa.Field(ge=0, description="pairs in which the reader does")
    both: Series[int] = pa.Field(ge=0, description="pairs in which both do")
    precision: Series[float] = pa.Field(nullable=True, description="both of found; none of none")
    recall: Series[float] = pa.Field(nullable=True, description="both of coded; none of none")
    f1: Series[float] = pa.Field(nullable=True, description="F1; none if neither sees the frame")
    alpha: Series[float] = pa.Field(
        nullable=True, description="Krippendorff's alpha; none if all answers are the same"
    )


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
    "shares": Shares,
    "coded": Coded,
    "coded_counts": CodedCounts,
    "similarity": Similarity,
    "comparison": Comparison,
    "functions": Codebook,
    "cues": Hits,
    "statements": Statements,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    StudyError
        If the file of generic frames, a term in ``study.yml`` or a hand code has a fault.
    """
    words = ReadWords.of(corpus.sentences, corpus.tokens, corpus.mentions)
    frames, functions = study_frames(corpus.study), read_frame_file().functions
    codebook = frame_table(frames, [frame.id for frame in corpus.study.frames])
    hits = find_in_voices(words, frames, corpus)
    scores = score_sentences(corpus.sentences, hits, frames)
    coded = read_coded(corpus.study.codes("frames"), codebook["frame"].tolist())
    near = pd.DataFrame()
    if len(coded):
        near = similarity(corpus.sentences, frames, corpus.mentions)
    roles = frame_table(functions, kind="function")
    return {
        "codebook": codebook,
        "hits": hits,
        "scores": scores,
        "shares": shares(scores),
        "coded": coded,
        "coded_counts": coded_counts(coded, scores),
        "similarity": near,
        "comparison": compare_methods(scores, near, coded, codebook),
        "functions": roles,
        "cues": find_in_voices(words, functions, corpus),
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


def shares(
    scores: pd.DataFrame, values: Sequence[str] = VALUES, seed: int = 0, draws: int = 2000
) -> pd.DataFrame:
    """Share of each outlet's body sentences that have a frame, with intervals.

    Headline and standfirst are left out: the one is a text of its own kind, the other
    mostly repeats the body.

    Parameters
    ----------
    scores
        As :func:`score_sentences` gives them.
    values
        Which of its columns of 0 and 1 to take the share of.
    seed, draws
        Seed and number of draws of the bootstrap over sentences.

    Returns
    -------
    One row a frame, outlet and value: ``frame``, ``outlet``, ``value``, ``n`` (sentences),
    ``count`` (those that have the frame), ``mean`` (share, 0 to 1), ``low`` and ``high``
    (95 % interval; NaN below ``FEW`` sentences).  All shares are of all the outlet's sentences.
    """
    body = scores[scores["part"] == "body"]
    tables = []
    for value in values:
        table = mean_intervals(body, value, ["frame", "outlet"], "sentence_id", draws, seed)
        count = (table["mean"] * table["n"]).round().astype(int)
        tables.append(table.assign(value=value, count=count))
    return pd.concat(tables, ignore_index=True)[Shares.columns()]


def compare_methods(
    scores: pd.DataFrame, near: pd.DataFrame, coded: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    """All methods beside the coders: see :func:`~analysis_utils.themes.frames.coded.compare`.

    Compared are the terms, the similarity to the descriptions, both together, and the
    trivial readers.  Empty if the study has no hand codes of frames.

    Parameters
    ----------
    scores
        As :func:`score_sentences` gives them.
    near
        As :func:`~analysis_utils.themes.frames.similarity.similarity` gives it.
    coded
        The coders' readings.
    codebook
        Table of the theme.
    """
    by_terms = read_by_terms(scores)
    readers = [by_terms]
    if len(coded):
        by_meaning = read_by_similarity(near, coded)
        readers += [by_meaning, either(by_terms, by_meaning), read_trivially(coded)]
    together = groups(codebook) | {frame: [frame] for frame in codebook["frame"]}
    return compare(pd.concat(readers)[READING], coded, together)


def count_table(shared: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Sentences with each frame by outlet: "5 (2)", in brackets those with a term in the outlet's
    own words; the outlet's sentences stand in the heading.

    Parameters
    ----------
    shared
        As :func:`shares` gives it.
    outlets
        Names by id.

    Returns
    -------
    ``frame`` and a column an outlet.  Empty if there are no frames.
    """
    if shared.empty:
        return pd.DataFrame()
    wide = shared.pivot(index=["frame", "outlet"], columns="value", values="count")
    sizes = shared.groupby("outlet")["n"].max()
    cells = wide["present"].astype("str") + " (" + wide["own"].astype("str") + ")"
    table = cells.unstack("outlet").reindex(index=shared["frame"].unique())
    heads = {
        outlet: f"{outlets[outlet]}, of {sizes[outlet]}" for outlet in outlets if outlet in sizes
    }
    return table[list(heads)].rename(columns=heads).rename_axis(columns=None).reset_index()
