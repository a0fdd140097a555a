"""How kindly an article as a whole treats an actor, and which of two outlets is harsher.

Labels of single sentences are too coarse for that: what speaks against somebody is mostly a
fact, told without a word of judgement, and often in a sentence that does not name the actor.  So
the tone of an article has two parts.  One adds up what the target model says of every sentence
that mentions the actor.  The other adds up what a logistic regression says of *every* sentence of
the article: how likely readers would mark it as told for or against the actor.  It reads whether
the actor is mentioned and how, and what the sentence means
(:mod:`analysis_utils.measures.embeddings`).  It was learnt from the spans that readers marked in
BASIL (Fan et al. 2019).  No outlet is known to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.files.model_files import MODELS, checked
from analysis_utils.measures.embeddings import DIMENSIONS, embed
from analysis_utils.measures.intervals import FEW

MODEL = MODELS / "article_tone" / "weights.json"

#: Sentences of an article that must mention an actor, for its tone to be told.
LEAST_SENTENCES = 3

#: So many sentences are named that lower a tone most.
NAMED = 3

#: Decimals of a tone: enough for every decision, and the same on every processor.
DECIMALS = 2

#: A difference of many articles that chance makes less often than this is told.
CLEAR = 0.05

_KEY = ["article_id", "outlet", "actor"]


class Read(NamedTuple):
    """What is read of articles: a row for each sentence of an article and actor of it.

    ``pairs`` has ``article_id``, ``outlet``, ``actor``, ``sentence_id``, ``mentioned`` (whether it
    is, here) and ``polarity`` (by the target model, 0 without a mention).  ``own`` is what is read
    of the actor, ``meaning`` the sentence's vector.
    """

    pairs: pd.DataFrame
    own: np.ndarray
    meaning: np.ndarray


def read(scores: pd.DataFrame, sentences: pd.DataFrame) -> Read:
    """What is read of the articles.

    Parameters
    ----------
    scores
        Rows of the target model, one a sentence and actor.
    sentences
        Sentences of the corpus, each article's in reading order.

    Returns
    -------
    See :class:`Read`; standfirsts, which mostly repeat the text, are left out.
    """
    told = sentences[sentences["part"] != "standfirst"].reset_index(drop=True)
    told["place"] = told.index
    actors = scores[["article_id", "actor"]].drop_duplicates()
    columns = ["sentence_id", "actor", "polarity", "negative", "positive"]
    pairs = actors.merge(told[["article_id", "outlet", "sentence_id", "place"]], on="article_id")
    pairs = pairs.merge(scores[columns], on=["sentence_id", "actor"], how="left")
    pairs["mentioned"] = pairs["polarity"].notna() * 1.0
    pairs = pairs.fillna({"polarity": 0.0, "negative": 0.0, "positive": 0.0})
    pairs = pairs.sort_values(["actor", "place"], kind="stable").reset_index(drop=True)
    vectors = embed(told["text"].tolist()) if len(pairs) else np.zeros((0, DIMENSIONS))
    return Read(pairs, _own(pairs), vectors[pairs["place"].to_numpy(int)])


def _own(pairs: pd.DataFrame) -> np.ndarray:
    """What is read of the actor: here, in the sentence before, in the article, and how."""
    here, by_article = pairs["mentioned"], pairs.groupby(["article_id", "actor"])["mentioned"]
    before = by_article.shift(fill_value=0.0)
    share = by_article.transform("mean")
    columns = [here, before, share, share * (1 - here), before * (1 - here)]
    return np.column_stack([*columns, pairs["negative"], pairs["positive"]])


@cache
def load_model(path: Path = MODEL) -> dict:
    """The weights, read once a process.

    Raises
    ------
    ModelError
        If the file is missing or has changed.
    """
    return json.loads(checked(path).read_text(encoding="utf-8"))


def marked(model: Mapping, read: Read) -> np.ndarray:
    """How likely readers would mark each sentence as told for the actor, less against it."""
    values = np.column_stack(
        [
            read.own @ np.array(each["own"])
            + read.meaning @ np.array(each["meaning"])
            + each["constant"]
            for each in (model["against"], model["for"])
        ]
    )
    odds = np.exp(values)
    return (odds[:, 1] - odds[:, 0]) / (1 + odds.sum(axis=1))


def parts_of_tone(read: Read, likely: np.ndarray) -> pd.DataFrame:
    """The two sums of each article and actor, each over the root of the article's sentences.

    A sum alone grows with the length of the article, and a mean hides the few sentences that
    count among many.

    Parameters
    ----------
    read
        See :class:`Read`.
    likely
        As :func:`marked` gives it.

    Returns
    -------
    ``judged`` and ``marked``, and ``n`` (sentences that mention the actor), by article, outlet and
    actor.
    """
    table = read.pairs.assign(marked=likely).groupby(_KEY, sort=False)
    root = table.size() ** 0.5
    return pd.DataFrame(
        {
            "judged": table["polarity"].sum() / root,
            "marked": table["marked"].sum() / root,
            "n": table["mentioned"].sum().astype(int),
        }
    )


def tones(scores: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The tone of each article toward each actor that it mentions often enough.

    Parameters
    ----------
    scores, sentences
        See :func:`read`.

    Returns
    -------
    ``article_id``, ``outlet``, ``actor``, ``n`` (sentences that mention it), ``tone`` (the lower
    the harsher; only differences mean something) and ``against`` (ids of the sentences that lower
    it most).  The most mentioned actors come first.
    """
    model, told = load_model(), read(scores, sentences)
    likely = marked(model, told)
    parts = parts_of_tone(told, likely)
    parts["tone"] = (parts["judged"] + model["weight"] * parts["marked"]).round(DECIMALS)
    pulls = told.pairs.assign(pull=told.pairs["polarity"] + model["weight"] * likely)
    lowest = pulls[pulls["pull"] < 0].sort_values("pull", kind="stable").groupby(_KEY).head(NAMED)
    parts["against"] = lowest.groupby(_KEY)["sentence_id"].agg(" ".join)
    table = parts.fillna({"against": ""}).reset_index()
    table["mentions"] = table.groupby("actor")["n"].transform("sum")
    table = table[table["n"] >= LEAST_SENTENCES].sort_values(
        "mentions", ascending=False, kind="stable"
    )
    return table[[*_KEY, "n", "tone", "against"]].reset_index(drop=True)


def compare(tone: pd.DataFrame, actors: Sequence[str], outlets: Sequence[str]) -> pd.DataFrame:
    """Any two outlets, by the tone of their articles toward each actor.

    With fewer than ``FEW`` articles of each, a difference of their means is told where it reaches
    the gap below which differences said too little on labelled articles; else where chance makes
    it rarely, articles being the unit (Welch's test), and it reaches the gap.  Outlets that mention
    the actor in fewer than ``FEW`` sentences are not compared, though the score was measured from
    ``LEAST_SENTENCES`` on: one sentence would decide.

    Parameters
    ----------
    tone
        As :func:`tones` gives it.
    actors, outlets
        Ids, in order.

    Returns
    -------
    One row an actor and two outlets that have its tone: ``actor``, ``kinder`` and ``harsher``
    (outlets), ``gap`` (difference of their means), ``articles`` (of the outlet that has fewer) and
    ``told`` (whether the difference is to be told).
    """
    of = {key: rows["tone"].to_numpy() for key, rows in tone.groupby(["actor", "outlet"])}
    sentences = tone.groupby(["actor", "outlet"])["n"].sum()
    rows = []
    for actor in actors:
        having = [outlet for outlet in outlets if sentences.get((actor, outlet), 0) >= FEW]
        for pair in combinations(having, 2):
            kinder, harsher = sorted(pair, key=lambda outlet: -of[actor, outlet].mean())
            rows.append({"actor": actor, "kinder": kinder, "harsher": harsher}
                        | _gap(of[actor, kinder], of[actor, harsher]))  # fmt: skip
    return pd.DataFrame(rows, columns=["actor", "kinder", "harsher", "gap", "articles", "told"])


def _gap(kind: np.ndarray, harsh: np.ndarray) -> dict:
    gap = round(float(kind.mean() - harsh.mean()), DECIMALS)
    articles = min(len(kind), len(harsh))
    told = gap >= load_model()["gap"] and (articles < FEW or _chance(kind, harsh) < CLEAR)
    return {"gap": gap, "articles": articles, "told": bool(told)}


def _chance(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import ttest_ind

    if one.std() == other.std() == 0:
        return float((one == other).all())
    return float(ttest_ind(one, other, equal_var=False).pvalue)
