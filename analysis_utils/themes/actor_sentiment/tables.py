"""How each outlet speaks of each actor, and in whose voice.

For every sentence that mentions an actor, lexicons score the whole sentence and
the clause around the actor, and a model of target-dependent sentiment scores the actor
where it stands.  The sentences that put an actor in a good or a bad light are counted, apart by
who judges: the outlet in its own words, the actor itself, or others whom it lets judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.intervals import FEW
from analysis_utils.schemas import MENTION_KINDS, PARTS, Table
from analysis_utils.themes.actor_sentiment import article_tone
from analysis_utils.themes.actor_sentiment.evidence import model_evidence
from analysis_utils.themes.actor_sentiment.judges import JUDGES, judges
from analysis_utils.themes.actor_sentiment.mentioned import count_mentions
from analysis_utils.themes.actor_sentiment.methods import METHODS, TARGET_MODEL, Method
from analysis_utils.themes.actor_sentiment.scoring import (
    nearest,
    of_method,
    score_mentions,
    score_sentences,
)

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Whose words are scored.
VOICES = ("own", "reported", "quoted")

#: How probable a label must be to count as a judgement.  Of labels so sure, 83 to 92 % are right on
#: public news, of all 78 to 91 %.
SURE = 0.6

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


class Judgement(Table):
    """One row a sentence that puts an actor in a good or a bad light, in reading order."""

    sentence_id: Series[str] = pa.Field(description="sentence that mentions the actor")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    label: Series[int] = pa.Field(isin=(-1, 1), description="in a bad light or in a good one")
    sure: Series[float] = pa.Field(ge=SURE, le=1, description="probability of the label")
    judge: Series[str] = pa.Field(
        isin=JUDGES, description="whose it is: the outlet's own, the actor's itself, or others'"
    )
    holder: Series[str] = pa.Field(description="id of the actor who judges; empty if none")
    source: Series[str] = pa.Field(description="who judges, as written; empty if the outlet")
    text: Series[str] = pa.Field(description="the sentence")


class Balance(Table):
    """One row an actor and outlet that mentions it: judging sentences; in the order of the
    study, most judged actors first."""

    actor: Series[str] = pa.Field(description="id of the actor")
    outlet: Series[str] = pa.Field(description="outlet")
    mentioned: Series[int] = pa.Field(ge=1, description="sentences that mention the actor")
    negative: Series[int] = pa.Field(ge=0, description="of these, in a bad light")
    positive: Series[int] = pa.Field(ge=0, description="of these, in a good light")
    own: Series[int] = pa.Field(ge=0, description="of both, in the outlet's own words")
    mean: Series[float] = pa.Field(
        ge=-1, le=1, nullable=True, description="mean of -1 and 1; none below five"
    )


class Tone(Table):
    """One row an article and actor that it mentions often enough, most mentioned actors first."""

    article_id: Series[str] = pa.Field(description="article")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    n: Series[int] = pa.Field(ge=1, description="its sentences that mention the actor")
    tone: Series[float] = pa.Field(
        description="how kindly the whole article treats the actor; only differences mean something"
    )
    against: Series[str] = pa.Field(description="ids of the sentences that lower it most")


class Comparison(Table):
    """One row an actor and two outlets that have its tone, most mentioned actors first."""

    actor: Series[str] = pa.Field(description="id of the actor")
    kinder: Series[str] = pa.Field(description="outlet whose articles treat it more kindly")
    harsher: Series[str] = pa.Field(description="the other outlet")
    gap: Series[float] = pa.Field(ge=0, description="difference of their mean tones")
    articles: Series[int] = pa.Field(ge=1, description="of the outlet that has fewer")
    told: Series[bool] = pa.Field(description="whether the difference is large enough to be told")


class Labels(Table):
    """One row a sentence, actor and method: its label, where each is nearest to the actor."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    actor: Series[str] = pa.Field(description="id of the actor")
    method: Series[str] = pa.Field(description="id of the method")
    label: Series[int] = pa.Field(isin=_SIGNS, description="against, neither or in favour")


class SentenceScores(Table):
    """One row a sentence and lexicon: the whole sentence, whoever it speaks of."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    method: Series[str] = pa.Field(description="id of the lexicon")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="against (-1) to in favour (1)")
    label: Series[int] = pa.Field(isin=_SIGNS, description="against, neither or in favour")


class Evidence(Table):
    """One row a judgement of the target model, in reading order; the strongest alone."""

    sentence_id: Series[str] = pa.Field(description="sentence")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    polarity: Series[float] = pa.Field(ge=-1, le=1, description="against (-1) to in favour (1)")
    pushed_down_by: Series[str] = pa.Field(description="words that lower it most, by how much")
    pushed_up_by: Series[str] = pa.Field(description="words that raise it most, by how much")
    text: Series[str] = pa.Field(description="the sentence")


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "mentioned": Mentioned,
    "scores": Scored,
    "judgements": Judgement,
    "balance": Balance,
    "tone": Tone,
    "compared": Comparison,
    "labels": Labels,
    "sentence_scores": SentenceScores,
    "evidence": Evidence,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    ``scores`` and ``sentence_scores`` hold every part of the articles; all that is counted from
    them leaves standfirsts out, which mostly repeat the text.
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
    As :func:`~analysis_utils.themes.contract.theme_tables` gives them.
    """
    told = corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes
    scores = Scored.checked(score_mentions(*told, methods))
    near = nearest(scores)
    by_model = of_method(near, TARGET_MODEL)
    found = judgements(by_model, corpus)
    tone = Tone.checked(article_tone.tones(by_model, corpus.sentences))
    compared = article_tone.compare(tone, list(tone["actor"].unique()), list(corpus.outlets))
    return SimpleNamespace(
        mentioned=count_mentions(corpus.mentions, corpus.names["actor"], corpus.outlets),
        scores=scores,
        judgements=found,
        balance=balance(by_model, found, corpus.outlets),
        tone=tone,
        compared=Comparison.checked(compared),
        labels=near[Labels.columns()].reset_index(drop=True),
        sentence_scores=score_sentences(corpus.sentences, corpus.mentions, methods),
        evidence=model_evidence(by_model, corpus.mentions, corpus.sentences),
    )


def judgements(scores: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The sentences that put an actor in a good or a bad light, and who does so.

    A bad light in the actor's own words is left out: what an actor says of others, and what was
    done to it, is then taken for its own fault.

    Parameters
    ----------
    scores
        Rows of the target model, one a sentence and actor.
    corpus
        The corpus.

    Returns
    -------
    See :class:`Judgement`.
    """
    sure = scores[["negative", "positive"]].max(axis=1)
    found = scores.assign(sure=sure)[(scores["label"] != 0) & (sure >= SURE)]
    found = found.drop(columns="text").merge(corpus.sentences[["sentence_id", "text"]])
    told = corpus.sentences, corpus.tokens, corpus.quotes, corpus.quotations
    found = found.join(judges(found, corpus.mentions, *told))
    of_itself = (found["judge"] == "itself") & (found["label"] < 0)
    return Judgement.checked(found[~of_itself])


def balance(scores: pd.DataFrame, found: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """For each actor and outlet the sentences in a bad and in a good light.

    Parameters
    ----------
    scores
        Rows of the target model, one a sentence and actor.
    found
        As :func:`judgements` gives them.
    outlets
        Names by id, in order.

    Returns
    -------
    See :class:`Balance`; no mean of fewer than ``FEW`` sentences.
    """
    key = ["actor", "outlet"]
    signs = found.assign(
        negative=found["label"] < 0, positive=found["label"] > 0, own=found["judge"] == "own"
    )
    counted = signs.groupby(key)[["negative", "positive", "own"]].sum()
    table = scores.groupby(key).size().rename("mentioned").to_frame().join(counted)
    table = table.fillna(0).astype(int).reset_index()
    n = table["negative"] + table["positive"]
    mean = (table["positive"] - table["negative"]) / n.where(n >= FEW, np.nan)
    table = table.assign(mean=mean, judged=n.groupby(table["actor"]).transform("sum"))
    table["place"] = table["outlet"].map({outlet: place for place, outlet in enumerate(outlets)})
    table = table.sort_values(["judged", "actor", "place"], ascending=[False, True, True])
    return Balance.checked(table)
