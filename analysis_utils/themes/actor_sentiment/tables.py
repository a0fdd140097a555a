"""How each outlet speaks of each actor, and in whose voice.

For every sentence that mentions an actor, lexicons score the whole sentence and
the clause around the actor, and a model of target-dependent sentiment scores the actor
where it stands.  What others say, reported or quoted, is kept apart from the outlet's
own voice.  No number stands without the words that made it and the sentences where methods
disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.target_sentiment.name_swap import ROLES, mean_change, swap_names
from analysis_utils.schemas import MENTION_KINDS, PARTS, Table
from analysis_utils.themes.actor_sentiment.evidence import (
    disagreements,
    model_evidence,
    word_evidence,
)
from analysis_utils.themes.actor_sentiment.mentioned import count_mentions
from analysis_utils.themes.actor_sentiment.methods import LEXICONS, METHODS, TARGET_MODEL, Method
from analysis_utils.themes.actor_sentiment.scoring import nearest, score_mentions, score_sentences
from analysis_utils.themes.actor_sentiment.summaries import (
    by_speaker,
    mean_probabilities,
    mean_subjectivity,
    summarise,
)

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Whose words are scored.
VOICES = ("own", "reported", "quoted")

_SCOPES = ("sentence", "clause", "target")
_SIGNS = (-1, 0, 1)


class Mentioned(Table):
    """One row an actor, outlet and kind of mention, none left out; in the order of the study."""

    actor: Series[str] = pa.Field(description="id of the actor")
    outlet: Series[str] = pa.Field(description="outlet")
    kind: Series[str] = pa.Field(isin=list(MENTION_KINDS), description="how it is mentioned")
    n: Series[int] = pa.Field(ge=0, description="mentions, headline and standfirst included")


class Scored(Table):
    """One row a sentence, actor, method and scope, in reading order."""

    sentence_id: Series[str] = pa.Field(description="sentence that mentions the actor")
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    actor: Series[str] = pa.Field(description="id of the actor")
    method: Series[str] = pa.Field(description="id of the method")
    scope: Series[str] = pa.Field(
        isin=_SCOPES,
        description="what was scored: the sentence, the clause around the actor, or the actor as"
        " target where it stands in the sentence",
    )
    narrowest: Series[bool] = pa.Field(description="whether no scope of the method is narrower")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="against (-1) to in favour (1)")
    label: Series[int] = pa.Field(isin=_SIGNS, description="against, neither or in favour")
    negative: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="probability of -1, if the method has any"
    )
    neutral: Series[float] = pa.Field(ge=0, le=1, nullable=True, description="that of 0")
    positive: Series[float] = pa.Field(ge=0, le=1, nullable=True, description="that of 1")
    subjectivity: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="fact (0) to opinion (1), if the method has it"
    )
    words: Series[str] = pa.Field(description="words that made it: unfair -0.50; safe +0.50")
    voice: Series[str] = pa.Field(
        isin=VOICES,
        description="of the larger part of what was scored; for a target, of its clause",
    )
    speaker: Series[str] = pa.Field(description="id of the actor whose voice it is, or empty")
    text: Series[str] = pa.Field(description="what was scored")


class Summary(Table):
    """One row an actor, outlet, voice and method: the mean of its nearest scores."""

    actor: Series[str] = pa.Field(description="id of the actor")
    outlet: Series[str] = pa.Field(description="outlet")
    voice: Series[str] = pa.Field(isin=VOICES, description="in whose voice")
    method: Series[str] = pa.Field(description="id of the method")
    scope: Series[str] = pa.Field(isin=_SCOPES, description="narrowest scope of the method")
    n: Series[int] = pa.Field(ge=1, description="scores")
    n_units: Series[int] = pa.Field(ge=1, description="sentences, which the interval draws anew")
    mean: Series[float] = pa.Field(ge=-1, le=1, description="mean polarity")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the mean, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the mean, if any")


class Probabilities(Table):
    """One row an actor, outlet and voice: the target model's mean probabilities."""

    actor: Series[str] = pa.Field(description="id of the actor")
    outlet: Series[str] = pa.Field(description="outlet")
    voice: Series[str] = pa.Field(isin=VOICES, description="in whose voice")
    n: Series[int] = pa.Field(ge=1, description="sentences")
    negative: Series[float] = pa.Field(ge=0, le=1, description="mean probability of -1")
    neutral: Series[float] = pa.Field(ge=0, le=1, description="that of 0")
    positive: Series[float] = pa.Field(ge=0, le=1, description="that of 1")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="mean polarity")
    low: Series[float] = pa.Field(nullable=True, description="its lower bound, if any")
    high: Series[float] = pa.Field(nullable=True, description="its upper bound, if any")


class Speakers(Table):
    """One row an outlet, actor, voice and speaker, most sentences first."""

    outlet: Series[str] = pa.Field(description="outlet")
    actor: Series[str] = pa.Field(description="id of the actor that is spoken of")
    voice: Series[str] = pa.Field(isin=VOICES, description="in whose voice")
    speaker: Series[str] = pa.Field(
        description="id of the actor who speaks; empty if the outlet, or a source that is no actor"
    )
    n: Series[int] = pa.Field(ge=1, description="sentences")
    textblob: Series[float] = pa.Field(ge=-1, le=1, description="mean polarity by TextBlob")
    vader: Series[float] = pa.Field(ge=-1, le=1, description="mean polarity by VADER")
    target_model: Series[float] = pa.Field(ge=-1, le=1, description="that by the target model")


class SentenceScores(Table):
    """One row a sentence and lexicon: the whole sentence, whoever it speaks of."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    method: Series[str] = pa.Field(description="id of the lexicon")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="against (-1) to in favour (1)")
    label: Series[int] = pa.Field(isin=_SIGNS, description="against, neither or in favour")


class SentenceMeans(Table):
    """One row a lexicon and outlet: the mean of all its sentences but standfirsts."""

    method: Series[str] = pa.Field(description="id of the lexicon")
    outlet: Series[str] = pa.Field(description="outlet")
    n: Series[int] = pa.Field(ge=1, description="sentences")
    mean: Series[float] = pa.Field(ge=-1, le=1, description="mean polarity")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the mean, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the mean, if any")


class Subjectivity(Table):
    """One row an outlet and voice: how opinionated TextBlob finds the clauses around actors."""

    outlet: Series[str] = pa.Field(description="outlet")
    voice: Series[str] = pa.Field(isin=VOICES, description="in whose voice")
    clauses: Series[int] = pa.Field(ge=1, description="clauses; one around two actors counts once")
    sentences: Series[int] = pa.Field(ge=1, description="sentences that they stand in")
    mean: Series[float] = pa.Field(ge=0, le=1, description="mean, from fact (0) to opinion (1)")
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the mean, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the mean, if any")


class Words(Table):
    """One row a word that a lexicon scored, with whom it counted for; most weight first."""

    outlet: Series[str] = pa.Field(description="outlet")
    voice: Series[str] = pa.Field(isin=VOICES, description="in whose voice")
    actor: Series[str] = pa.Field(description="id of the actor that it counted for")
    method: Series[str] = pa.Field(description="id of the lexicon")
    word: Series[str] = pa.Field(description="the word as the lexicon knows it")
    value: Series[float] = pa.Field(description="its own score, mean over sentences")
    n: Series[int] = pa.Field(ge=1, description="sentences")
    sentence_ids: Series[str] = pa.Field(description="their ids, with commas between")


class Evidence(Table):
    """One row a judgement of the target model, in reading order; the strongest alone."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="against (-1) to in favour (1)")
    pushed_down_by: Series[str] = pa.Field(description="words that lower it most, by how much")
    pushed_up_by: Series[str] = pa.Field(description="words that raise it most, by how much")
    text: Series[str] = pa.Field(description="the sentence")


class Disagreements(Table):
    """One row a sentence and actor that methods do not label alike."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    text: Series[str] = pa.Field(description="the longest text that a method scored")
    textblob: Series[int] = pa.Field(isin=_SIGNS, description="TextBlob's label")
    vader: Series[int] = pa.Field(isin=_SIGNS, description="VADER's label")
    target_model: Series[int] = pa.Field(isin=_SIGNS, description="the target model's label")
    disagreement: Series[str] = pa.Field(
        isin=["opposite signs", "one is silent"], description="of which kind it is"
    )


class NameSwaps(Table):
    """One row a role in neutral sentences: how far another name moves the target model."""

    swapped: Series[str] = pa.Field(isin=ROLES, description="the target, or another actor")
    pairs: Series[int] = pa.Field(ge=1, description="pairs of names, over all sentences")
    mean_change: Series[float] = pa.Field(ge=0, le=2, description="of polarity, without sign")
    largest_change: Series[float] = pa.Field(ge=0, le=2, description="of polarity, without sign")


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "mentioned": Mentioned,
    "scores": Scored,
    "unmasked": Scored,
    "summary": Summary,
    "probabilities": Probabilities,
    "speakers": Speakers,
    "sentence_scores": SentenceScores,
    "sentence_means": SentenceMeans,
    "subjectivity": Subjectivity,
    "words": Words,
    "evidence": Evidence,
    "disagreements": Disagreements,
    "name_swaps": NameSwaps,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    ``scores`` and ``sentence_scores`` hold every part of the articles; all that is counted from
    them leaves standfirsts out, which mostly repeat the text.  ``unmasked`` are the lexicons'
    scores with the actors' names left in, for the comparison with hand codes; empty without these.
    """
    return vars(by_methods(corpus, METHODS))


def by_methods(corpus: Corpus, methods: Mapping[str, Method]) -> SimpleNamespace:
    """The theme's tables, with other methods than those that are kept beside the corpus.

    Parameters
    ----------
    corpus
        The corpus.
    methods
        Methods by id; another one is called by its id in every table:
        ``METHODS | {"My method": Method(one_by_one(function))}``.

    Returns
    -------
    As :func:`~analysis_utils.themes.contract.theme_tables` gives them; ``speakers`` and
    ``disagreements`` have a column for each of the methods.
    """
    told = corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes
    scores = Scored.checked(score_mentions(*told, methods))
    near = nearest(scores)
    by_model, by_word = near[near["method"] == TARGET_MODEL], near[near["method"].isin(LEXICONS)]
    whole = score_sentences(corpus.sentences, corpus.mentions, methods)
    means = summarise(whole[whole["part"] != "standfirst"], by=["method", "outlet"])
    return SimpleNamespace(
        mentioned=count_mentions(corpus.mentions, corpus.names["actor"], corpus.outlets),
        scores=scores,
        unmasked=_unmasked(corpus),
        summary=summarise(near),
        probabilities=mean_probabilities(by_model),
        speakers=by_speaker(near, methods),
        sentence_scores=whole,
        sentence_means=means.drop(columns="n_units"),
        subjectivity=mean_subjectivity(by_word[by_word["method"] == "textblob"]),
        words=word_evidence(by_word).drop(columns="scope"),
        evidence=model_evidence(by_model, corpus.mentions, corpus.sentences),
        disagreements=disagreements(near),
        name_swaps=mean_change(swap_names()),
    )


def _unmasked(corpus: Corpus) -> pd.DataFrame:
    """Scores of the lexicons with the actors' names left in, if there are codes to hold beside."""
    if corpus.study.codes("sentiment") is None:
        return Scored.checked([])
    lexicons = {name: METHODS[name]._replace(masks_names=False) for name in LEXICONS}
    told = corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes
    return Scored.checked(score_mentions(*told, lexicons))
