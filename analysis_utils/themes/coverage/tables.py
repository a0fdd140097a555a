"""What all outlets tell, what some tell, what one tells alone, and where in the article.

Sentences are aligned across outlets (:mod:`analysis_utils.themes.coverage.alignment`) and
joined into statements.  What is told by whom is read off the statements; what
stands first and what last, off the places of their sentences.  Details, phrases,
summaries and conflicts have modules of their own.

A sentence without counterpart is not a fact left out: the other outlet may tell
it in a half sentence, or in quite other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import VOICES, voice_of_spans
from analysis_utils.schemas import Table, article_of
from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.coverage.alignment import ALIGNED_PARTS, CANDIDATES, VIEWS, align
from analysis_utils.themes.coverage.conflicts import find_conflicts
from analysis_utils.themes.coverage.details import unshared_details
from analysis_utils.themes.coverage.differing_words import KINDS, read_words, word_table
from analysis_utils.themes.coverage.matched_phrases import (
    match_phrases,
    spans_of,
    substitutions,
    voice_shifts,
)
from analysis_utils.themes.coverage.statements import cluster_sentences
from analysis_utils.themes.coverage.summaries import KEPT, summaries

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.coverage.differing_words import SentenceWords

#: By how many outlets a sentence is told, from the surest counterpart to none.
TOLD = {
    "all": "by all outlets",
    "some": "by some outlets",
    "possibly": "possibly by another",
    "one": "by one outlet alone",
}

_VOICES = ["own", *dict.fromkeys(VOICES.values())]


class Pairs(Table):
    """One row a pair of like sentences of two outlets, most similar first."""

    sentence_id: Series[str] = pa.Field(description="the one that stands first in the corpus")
    other_id: Series[str] = pa.Field(description="the other sentence")
    outlet: Series[str] = pa.Field(description="outlet of the first")
    other_outlet: Series[str] = pa.Field(description="outlet of the other")
    similarity: Series[float] = pa.Field(description="mean of the four views, about 0 to 1")
    written: Series[float] = pa.Field(description=VIEWS["written"])
    masked: Series[float] = pa.Field(description=VIEWS["masked"])
    clauses: Series[float] = pa.Field(description=VIEWS["clauses"])
    words: Series[float] = pa.Field(description=VIEWS["words"])
    link: Series[str] = pa.Field(
        isin=["counterpart", "possible", ""], description="whether they tell the same"
    )


class Told(Table):
    """One row a sentence of headline or body, in reading order."""

    sentence_id: Series[str] = pa.Field(unique=True, description="the sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=ALIGNED_PARTS, description="headline or body")
    statement: Series[int] = pa.Field(ge=0, description="number of the statement it makes")
    place: Series[float] = pa.Field(
        ge=0, le=1, description="0 first to 1 last sentence of the body; 0 for a headline"
    )
    counterparts: Series[str] = pa.Field(
        description="ids of the other outlets that tell it, with a space between"
    )
    possible: Series[str] = pa.Field(
        description="ids of further outlets that may tell it, with a space between"
    )
    told: Series[str] = pa.Field(isin=list(TOLD), description="by how many outlets it is told")
    text: Series[str] = pa.Field(description="the sentence")


class Counts(Table):
    """One row an outlet and kind of ``TOLD``, in their orders."""

    outlet: Series[str] = pa.Field(description="outlet")
    told: Series[str] = pa.Field(isin=list(TOLD), description="by how many outlets")
    n: Series[int] = pa.Field(ge=0, description="sentences of its body")
    share: Series[float] = pa.Field(ge=0, le=1, description="their share of all of its body")


class Opening(Table):
    """One row an article: its first sentence."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(unique=True, description="first sentence of the body")
    told: Series[str] = pa.Field(isin=list(TOLD), description="by how many outlets it is told")
    text: Series[str] = pa.Field(description="the sentence")


class Alone(Table):
    """One row a sentence to which nothing in any other outlet comes near."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(unique=True, description="the sentence")
    place: Series[float] = pa.Field(ge=0, le=1, description="as in the table ``told``")
    text: Series[str] = pa.Field(description="the sentence")


class Details(Table):
    """One row a phrase that one outlet alone has, in a sentence that is or may be shared."""

    outlet: Series[str] = pa.Field(description="outlet that has it")
    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the phrase")
    lonely: Series[str] = pa.Field(description="its words that the others lack")
    nearest: Series[str] = pa.Field(description="the sentence of another outlet most like its own")


class Summaries(Table):
    """One row a sentence of the body that a standfirst or a summary keeps."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    kind: Series[str] = pa.Field(isin=["standfirst", "summary"], description="what keeps it")
    line_no: Series[int] = pa.Field(ge=1, description="raw line of the page that keeps it")
    sentence_id: Series[str] = pa.Field(description="sentence of the body")
    kept: Series[float] = pa.Field(ge=KEPT, le=1, description="share of its words that are kept")
    dropped: Series[str] = pa.Field(description="the words left out, in runs")


class Words(Table):
    """One row a word of a sentence, or the whole mention of an actor in it."""

    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="as written")
    key: Series[str] = pa.Field(description="the term it counts as, or @ and the actor's id")
    kind: Series[str] = pa.Field(isin=list(KINDS), description="class of word")
    head: Series[int] = pa.Field(ge=-1, description="number of the word it hangs on, or -1")
    place: Series[str] = pa.Field(description="in what place it hangs there, or empty")


class Instead(Table):
    """One row two phrases in the same place of two aligned sentences."""

    sentence_id: Series[str] = pa.Field(description="sentence of the one")
    words: Series[str] = pa.Field(description="what it says")
    other_id: Series[str] = pa.Field(description="sentence of the other")
    other_words: Series[str] = pa.Field(description="what it says instead")


class Shifts(Table):
    """One row two aligned sentences that make different voices say the same."""

    sentence_id: Series[str] = pa.Field(description="sentence of the one")
    words: Series[str] = pa.Field(description="what it says, with commas between")
    voice: Series[str] = pa.Field(isin=_VOICES, description="in whose voice: own or somebody's")
    speaker: Series[str] = pa.Field(description="id of the actor, else the source as written")
    other_id: Series[str] = pa.Field(description="sentence of the other")
    other_words: Series[str] = pa.Field(description="what it says")
    other_voice: Series[str] = pa.Field(isin=_VOICES, description="in whose voice")
    other_speaker: Series[str] = pa.Field(description="whose, as for the first")


class Conflicts(Table):
    """One row a date or number on which two aligned sentences differ."""

    what: Series[str] = pa.Field(isin=["date", "number"], description="date or number")
    sentence_id: Series[str] = pa.Field(description="sentence of the one")
    words: Series[str] = pa.Field(description="what it says")
    means: Series[str] = pa.Field(description="a day, a year, or a number with its noun")
    other_id: Series[str] = pa.Field(description="sentence of the other")
    other_words: Series[str] = pa.Field(description="what it says")
    other_means: Series[str] = pa.Field(description="what that means")


#: The theme's tables by name.
SCHEMAS = {
    "pairs": Pairs,
    "told": Told,
    "counts": Counts,
    "opening": Opening,
    "alone": Alone,
    "details": Details,
    "summaries": Summaries,
    "words": Words,
    "instead": Instead,
    "shifts": Shifts,
    "conflicts": Conflicts,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    pairs, readings = align_corpus(corpus), read_corpus(corpus)
    linked = pairs[pairs["link"] != ""]
    told = tellings(corpus.sentences, pairs, corpus.outlets)
    matched = match_phrases(linked, readings)
    spoken = voice_of_spans(spans_of(matched), corpus.quotes, corpus.sentences)
    return {
        "pairs": pairs,
        "told": told,
        "counts": count_tellings(told, corpus.outlets),
        "opening": opening(told),
        "alone": told_alone(told),
        "details": unshared_details(readings, pairs, told),
        "summaries": summaries(corpus.lines, corpus.sentences),
        "words": word_table(readings),
        "instead": substitutions(matched),
        "shifts": voice_shifts(matched, spoken),
        "conflicts": find_conflicts(linked, readings, corpus.articles),
    }


def align_corpus(corpus: Corpus, candidates: int = CANDIDATES) -> pd.DataFrame:
    """Pairs of like sentences of a corpus: see :class:`Pairs`.

    Parameters
    ----------
    corpus
        Whose sentences to align.
    candidates
        For each sentence, how many of the other outlets' sentences to look at.
    """
    study = corpus.study
    return align(
        corpus.sentences,
        corpus.tokens,
        corpus.mentions,
        corpus.quotations,
        study.actors,
        study.merge_terms,
        candidates,
        found_terms(corpus),
    )


def read_corpus(corpus: Corpus) -> dict[str, SentenceWords]:
    """The words of every sentence, for comparison; see
    :func:`analysis_utils.themes.coverage.differing_words.read_words`."""
    study = corpus.study
    return read_words(
        corpus.sentences,
        corpus.tokens,
        corpus.mentions,
        corpus.quotations,
        study.actors,
        study.merge_terms,
        found_terms(corpus),
    )


def tellings(
    sentences: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """Each sentence of headline and body: who else tells it, and where it stands.

    Parameters
    ----------
    sentences
        Table of the corpus.
    pairs
        As :func:`align_corpus` gives them.
    outlets
        Names of the outlets by id.

    Returns
    -------
    See :class:`Told`.
    """
    told = sentences[sentences["part"].isin(ALIGNED_PARTS)].reset_index(drop=True)
    told = told.assign(statement=cluster_sentences(told, pairs).to_numpy(), place=_places(told))
    told["counterparts"] = _others(told, pairs[pairs["link"] == "counterpart"], outlets)
    near = _others(told, pairs[pairs["link"] == "possible"], outlets)
    told["possible"] = [
        " ".join(outlet for outlet in possible.split() if outlet not in sure.split())
        for possible, sure in zip(near, told["counterparts"], strict=True)
    ]
    told["told"] = [
        _by_how_many(row.counterparts.split(), row.possible, len(outlets))
        for row in told.itertuples()
    ]
    columns = ["sentence_id", "outlet", "part", "statement", "place", "counterparts", "possible"]
    return told[[*columns, "told", "text"]]


def _places(told: pd.DataFrame) -> pd.Series:
    last = told.groupby("article_id")["position"].transform("max")
    return ((told["position"] - 1).clip(lower=0) / (last - 1).clip(lower=1)).astype(float)


def _others(told: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]) -> list[str]:
    """For each sentence the other outlets of its pairs, in the order of the study."""
    found: dict[str, set[str]] = {}
    for pair in pairs.itertuples():
        found.setdefault(pair.sentence_id, set()).add(pair.other_outlet)
        found.setdefault(pair.other_id, set()).add(pair.outlet)
    return [
        " ".join(outlet for outlet in outlets if outlet in found.get(sentence_id, ()))
        for sentence_id in told["sentence_id"]
    ]


def _by_how_many(counterparts: list[str], possible: str, outlets: int) -> str:
    if counterparts:
        return "all" if len(counterparts) == outlets - 1 else "some"
    return "possibly" if possible else "one"


def count_tellings(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Sentences of the body of each outlet by how many tell them.

    Parameters
    ----------
    told
        As :func:`tellings` gives it.
    outlets
        Names of the outlets by id, in the order wanted.

    Returns
    -------
    See :class:`Counts`.
    """
    body = told[told["part"] == "body"]
    counts = pd.crosstab(body["outlet"], body["told"])
    counts = counts.reindex(index=list(outlets), columns=list(TOLD), fill_value=0)
    long = (
        counts.rename_axis("outlet").reset_index().melt("outlet", var_name="told", value_name="n")
    )
    total = long.groupby("outlet")["n"].transform("sum")
    long["share"] = long["n"] / total.clip(lower=1)
    order = long["outlet"].map({outlet: place for place, outlet in enumerate(outlets)})
    return long.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def statement_matrix(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Statements that two outlets or more make, with the sentences that make them.

    Parameters
    ----------
    told
        As :func:`tellings` gives it.
    outlets
        Names of the outlets by id.

    Returns
    -------
    One row a statement, those told by most first, then in reading order:
    ``statement``, ``told_by`` (number of outlets), ``first`` (the sentence that
    stands earliest, as an example) and one column an outlet with its sentence ids.
    """
    rows = []
    for statement, group in told[told["part"] == "body"].groupby("statement"):
        if group["outlet"].nunique() < 2:
            continue
        example = group.sort_values("place", kind="stable").iloc[0]
        ids = {
            outlet: ", ".join(group.loc[group["outlet"] == outlet, "sentence_id"])
            for outlet in outlets
        }
        told_by = group["outlet"].nunique()
        rows.append({"statement": statement, "told_by": told_by, "first": example["text"]} | ids)
    table = pd.DataFrame(rows, columns=["statement", "told_by", "first", *outlets])
    return table.sort_values("told_by", ascending=False, kind="stable", ignore_index=True)


def told_alone(told: pd.DataFrame) -> pd.DataFrame:
    """Sentences to which nothing comes near: see :class:`Alone`; takes :func:`tellings`."""
    alone = told[told["told"] == "one"]
    return alone[["outlet", "sentence_id", "place", "text"]].reset_index(drop=True)


def opening(told: pd.DataFrame) -> pd.DataFrame:
    """How each article opens: see :class:`Opening`; takes :func:`tellings`."""
    body = told[told["part"] == "body"]
    first = body.groupby(body["sentence_id"].map(article_of), sort=False).head(1)
    return first[["outlet", "sentence_id", "told", "text"]].reset_index(drop=True)
