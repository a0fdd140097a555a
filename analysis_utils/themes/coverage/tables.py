"""What outlets share, what one tells and another leaves out, and how they differ in it.

Sentences are aligned across outlets (:mod:`analysis_utils.themes.coverage.alignment`) and
joined into statements.  Who tells what is read off the statements; what others leave out,
who is made to say it, which words answer each other, and where dates and numbers disagree have
modules of their own.

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
from analysis_utils.measures.copies import shared_texts
from analysis_utils.schemas import Table, article_of
from analysis_utils.themes.contract import found_terms
from analysis_utils.themes.coverage.alignment import ALIGNED_PARTS, CANDIDATES, VIEWS, align
from analysis_utils.themes.coverage.attributions import attributions
from analysis_utils.themes.coverage.charged import CHARGED, charged_words
from analysis_utils.themes.coverage.conflicts import find_conflicts
from analysis_utils.themes.coverage.differing_words import KINDS, read_words, word_table
from analysis_utils.themes.coverage.matched_phrases import (
    match_phrases,
    spans_of,
    substitutions,
    voice_shifts,
)
from analysis_utils.themes.coverage.neighbours import may_tell
from analysis_utils.themes.coverage.omissions import find_omissions
from analysis_utils.themes.coverage.statements import HOW, cluster_sentences, statement_matrix

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


class Omissions(Table):
    """One row a sentence with a piece that others leave out, the heaviest first."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(unique=True, description="sentence it stands in")
    start: Series[int] = pa.Field(ge=0, description="first character of the piece")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the piece, to be quoted")
    more: Series[str] = pa.Field(description="a short piece that adds to it, or empty")
    brief: Series[str] = pa.Field(description="the best short piece of the sentence, or empty")
    voice: Series[str] = pa.Field(isin=_VOICES, description="in whose voice: own or somebody's")
    missing: Series[str] = pa.Field(description="ids of the outlets that surely leave it out")
    told_by: Series[str] = pa.Field(description="ids of other outlets that tell it")
    lonely: Series[str] = pa.Field(description="its words that those outlets lack")
    strong: Series[str] = pa.Field(description="those that charge, judge, demand or promise")
    nearest: Series[float] = pa.Field(description="how near in meaning those come to it, to 1")
    weight: Series[float] = pa.Field(ge=0, le=1, description="how much a reader would miss it")
    matter: Series[int] = pa.Field(ge=0, description="number of the matter it is about")


class Statements(Table):
    """One row a statement of the figure and an outlet."""

    statement: Series[int] = pa.Field(ge=0, description="place of the statement in the figure")
    kind: Series[str] = pa.Field(isin=["omission", "shared"], description="left out, or shared")
    label: Series[str] = pa.Field(description="some words of it")
    outlet: Series[str] = pa.Field(description="outlet")
    how: Series[str] = pa.Field(isin=list(HOW), description="how the outlet tells it")
    sentence_id: Series[str] = pa.Field(description="where it tells it, or empty")


class Openings(Table):
    """One row an article: how it begins."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    headline_id: Series[str] = pa.Field(description="its headline, or empty")
    headline: Series[str] = pa.Field(description="the headline, or empty")
    lead_id: Series[str] = pa.Field(unique=True, description="first sentence of the body")
    lead: Series[str] = pa.Field(description="the sentence")


class Charged(Table):
    """One row a loaded word or a hedge in a sentence, in reading order."""

    outlet: Series[str] = pa.Field(description="outlet that has it")
    kind: Series[str] = pa.Field(isin=list(CHARGED), description="what kind of word")
    word: Series[str] = pa.Field(description="as written")
    voice: Series[str] = pa.Field(isin=_VOICES, description="in whose voice: own or somebody's")
    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")


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


class Attributions(Table):
    """One row a statement that one outlet makes its own and another somebody's claim."""

    outlet: Series[str] = pa.Field(description="outlet whose own statement it is")
    sentence_id: Series[str] = pa.Field(description="its sentence")
    text: Series[str] = pa.Field(description="the piece of it")
    other_outlet: Series[str] = pa.Field(description="outlet in which somebody says it")
    other_id: Series[str] = pa.Field(description="its sentence")
    other_text: Series[str] = pa.Field(description="the piece of it")
    speaker: Series[str] = pa.Field(description="id of the actor, else the source as written")
    similarity: Series[float] = pa.Field(description="how near the pieces are in meaning, to 1")


class Conflicts(Table):
    """One row a date or number on which two aligned sentences differ."""

    what: Series[str] = pa.Field(isin=["date", "number"], description="date or number")
    sentence_id: Series[str] = pa.Field(description="sentence of the one")
    words: Series[str] = pa.Field(description="what it says")
    means: Series[str] = pa.Field(description="a day, a year, or a number with its noun")
    other_id: Series[str] = pa.Field(description="sentence of the other")
    other_words: Series[str] = pa.Field(description="what it says")
    other_means: Series[str] = pa.Field(description="what that means")


class Copies(Table):
    """One row two articles of different outlets that share much of their own words."""

    article_id: Series[str] = pa.Field(description="the shorter article")
    outlet: Series[str] = pa.Field(description="its outlet")
    other_article: Series[str] = pa.Field(description="the other article")
    other_outlet: Series[str] = pa.Field(description="its outlet")
    shared: Series[int] = pa.Field(ge=0, description="sentences of the shorter in the other")
    sentences: Series[int] = pa.Field(ge=0, description="sentences of the shorter in all")
    agencies: Series[str] = pa.Field(description="agencies that both name, with ; between")
    sentence_ids: Series[str] = pa.Field(description="the shared ones, with a space between")


#: The theme's tables by name.
SCHEMAS = {
    "pairs": Pairs,
    "told": Told,
    "omissions": Omissions,
    "statements": Statements,
    "openings": Openings,
    "charged": Charged,
    "words": Words,
    "instead": Instead,
    "shifts": Shifts,
    "attributions": Attributions,
    "conflicts": Conflicts,
    "copies": Copies,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    pairs, readings = align_corpus(corpus), read_corpus(corpus)
    linked = pairs[pairs["link"] != ""]
    told = tellings(corpus.sentences, pairs, corpus.outlets, readings)
    matched = match_phrases(linked, readings)
    spoken = voice_of_spans(spans_of(matched), corpus.quotes, corpus.sentences)
    omissions = _voiced(find_omissions(readings, pairs, told, corpus.mentions), corpus)
    return {
        "pairs": pairs,
        "told": told,
        "omissions": omissions,
        "statements": statement_matrix(
            told, pairs, omissions, _voiced(_whole(told), corpus), readings, corpus.outlets
        ),
        "openings": openings(told),
        "charged": _voiced(charged_words(readings), corpus),
        "words": word_table(readings),
        "instead": substitutions(matched),
        "shifts": voice_shifts(matched, spoken),
        "attributions": attributions(matched, spoken, readings, pairs),
        "conflicts": find_conflicts(linked, readings, corpus.articles),
        "copies": shared_texts(corpus.sentences, corpus.quotations, corpus.lines),
    }


def _voiced(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Spans of sentences with their voice."""
    voices = voice_of_spans(spans, corpus.quotes, corpus.sentences)
    return spans.assign(voice=voices["voice"].to_numpy())


def _whole(told: pd.DataFrame) -> pd.DataFrame:
    return told[["sentence_id"]].assign(start=0, end=told["text"].str.len())


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
    sentences: pd.DataFrame,
    pairs: pd.DataFrame,
    outlets: Mapping[str, str],
    readings: Mapping[str, SentenceWords] | None = None,
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
    readings
        The words of the sentences: with them, an outlet that has a sentence's words in a
        clause or in two neighbouring sentences may tell it.

    Returns
    -------
    See :class:`Told`.
    """
    told = sentences[sentences["part"].isin(ALIGNED_PARTS)].reset_index(drop=True)
    told = told.assign(statement=cluster_sentences(told, pairs).to_numpy(), place=_places(told))
    told["counterparts"] = _others(told, pairs[pairs["link"] == "counterpart"], outlets)
    near = _others(told, pairs[pairs["link"] == "possible"], outlets)
    scattered = may_tell(told, pairs, readings) if readings else {}
    told["possible"] = [
        " ".join(
            outlet
            for outlet in outlets
            if (outlet in possible.split() or outlet in scattered.get(name, ()))
            and outlet not in sure.split()
        )
        for name, possible, sure in zip(
            told["sentence_id"], near, told["counterparts"], strict=True
        )
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


def openings(told: pd.DataFrame) -> pd.DataFrame:
    """Headline and first sentence of each article: see :class:`Openings`; takes the table
    ``told``."""
    told = told.assign(article=told["sentence_id"].map(article_of))
    first = told.drop_duplicates(["article", "part"])
    lead = first[first["part"] == "body"]
    head = first[first["part"] == "headline"].set_index("article")
    return pd.DataFrame(
        {
            "outlet": lead["outlet"],
            "headline_id": [head["sentence_id"].get(article, "") for article in lead["article"]],
            "headline": [head["text"].get(article, "") for article in lead["article"]],
            "lead_id": lead["sentence_id"],
            "lead": lead["text"],
        }
    )
