"""Which generic frames an article has, by a model learnt from labelled articles.

Two logistic regressions have one voice each, and their probabilities are averaged.  One reads how
often the frame's terms stand in the article and how near its sentences come in meaning to the
statements that the frame is told in; the other reads what the article means as a whole (the mean
of its sentences' vectors, :mod:`analysis_utils.measures.embeddings`).  The labels are those of
Frermann et al. (2023), articles on climate with the frames of Semetko and Valkenburg (2000).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.files.model_files import MODELS, checked
from analysis_utils.measures.embeddings import embed
from analysis_utils.study import benchmark_results
from analysis_utils.themes.frames.codebook import GenericFrame

if TYPE_CHECKING:
    from analysis_utils.study.parts import Frame

MODEL = MODELS / "frames" / "weights.json"

#: Name of the model's scores in ``benchmarks/results/frames.csv``, learnt on one half of the
#: articles and scored on the other.
SCORED_AS = "model, learnt on the other half"

#: A frame cannot be told if its macro-F1 is below the first, or if less than the second of the
#: articles in which it is found have it.
LEAST_F1, LEAST_PRECISION = 0.6, 0.5

#: So many sentences stand for how near an article comes to a frame at its nearest.
NEAREST = 5

#: Strength of the penalty on weights, as scikit-learn's ``C``: for a frame's own features, and for
#: the many numbers of meaning.
_OWN_C, _MEANING_C = 0.3, 0.01

#: Decimals of a probability and of weights: enough for every decision, and stable.
_DECIMALS, _WEIGHT_DECIMALS = 3, 6


class Read(NamedTuple):
    """What the model reads of articles.

    ``articles`` are their ids; ``own`` has for each frame a row an article: share of sentences
    with a term, similarity to the nearest statement (its highest sentences, all sentences) and to
    all statements (likewise).  ``meaning`` has a row an article, its mean vector of length one.
    """

    articles: list[str]
    own: dict[str, np.ndarray]
    meaning: np.ndarray


def read(sentences: pd.DataFrame, hits: pd.DataFrame, frames: Sequence[GenericFrame]) -> Read:
    """What the model reads of articles.

    Parameters
    ----------
    sentences
        ``sentence_id``, ``article_id`` and ``text``.
    hits
        Where the frames' terms stand, see :func:`~analysis_utils.themes.frames.hits.find_hits`.
    frames
        Generic frames, with their statements.
    """
    sentences = sentences.reset_index(drop=True)
    vectors = embed(sentences["text"].tolist())
    places = {
        article: rows.index.to_numpy()
        for article, rows in sentences.groupby("article_id", sort=False)
    }
    means = np.vstack([vectors[inside].mean(axis=0) for inside in places.values()])
    own = {}
    for frame in frames:
        with_term = sentences["sentence_id"].isin(
            hits.loc[hits["frame"] == frame.id, "sentence_id"]
        )
        similar = vectors @ embed(frame.statements).T
        columns = [with_term.to_numpy(), similar.max(axis=1), similar.mean(axis=1)]
        own[frame.id] = np.array([_own(inside, *columns) for inside in places.values()])
    return Read(list(places), own, means / np.linalg.norm(means, axis=1, keepdims=True))


def _own(
    inside: np.ndarray, with_term: np.ndarray, nearest: np.ndarray, mean: np.ndarray
) -> list[float]:
    """The features of a frame in the sentences of one article."""
    similarities = [
        number
        for similar in (nearest[inside], mean[inside])
        for number in (np.sort(similar)[-NEAREST:].mean(), similar.mean())
    ]
    return [with_term[inside].mean(), *similarities]


def probabilities(model: Mapping, read: Read) -> pd.DataFrame:
    """How likely each article has each frame: a row an article, a column a frame."""
    columns = {
        frame: (_voice(weights["own"], read.own[frame]) + _voice(weights["meaning"], read.meaning))
        / 2
        for frame, weights in model.items()
        if frame in read.own
    }
    return pd.DataFrame(columns, index=read.articles).round(_DECIMALS)


def _voice(weights: Mapping, values: np.ndarray) -> np.ndarray:
    """Logistic regression."""
    return 1 / (1 + np.exp(-(values @ np.array(weights["weights"]) + weights["constant"])))


@cache
def load_model(path: Path = MODEL) -> dict[str, dict]:
    """The weights of every frame by its id, read once a process.

    Raises
    ------
    ModelError
        If the file is missing or has changed.
    """
    return json.loads(checked(path).read_text(encoding="utf-8"))


def article_frames(
    sentences: pd.DataFrame, hits: pd.DataFrame, frames: Sequence[Frame]
) -> pd.DataFrame:
    """Which frames each article has.

    Parameters
    ----------
    sentences, hits, frames
        See :func:`read`; sentences with their ``outlet``, and of the frames those that are a
        study's own are left out.

    Returns
    -------
    One row an article and frame that the model knows: ``article_id``, ``outlet``, ``frame``,
    ``score`` (probability), ``present`` (1 from the frame's threshold on, else 0) and ``reliable``
    (whether the frame can be told, by how the model does on articles it did not learn from).
    """
    model, columns = load_model(), ["article_id", "outlet", "frame", "score", "present", "reliable"]
    known = [each for each in frames if isinstance(each, GenericFrame) and each.id in model]
    if sentences.empty or not known:
        return pd.DataFrame(columns=columns)
    scores = probabilities(model, read(sentences, hits, known))
    table = scores.rename_axis("article_id").reset_index()
    table = table.melt("article_id", var_name="frame", value_name="score")
    outlet_of = sentences.drop_duplicates("article_id").set_index("article_id")["outlet"]
    told = can_be_told()
    return table.assign(
        outlet=table["article_id"].map(outlet_of),
        present=(table["score"] >= table["frame"].map(lambda each: model[each]["threshold"])) * 1,
        reliable=table["frame"].isin(told),
    )[columns]


def scored() -> pd.DataFrame:
    """How well the model does on articles that it did not learn from: one row a frame."""
    table = benchmark_results("frames")
    return table[table["reading"] == SCORED_AS].set_index("frame")


def can_be_told() -> list[str]:
    """Ids of the frames that the model finds well enough."""
    table = scored()
    well = (table["macro_f1"] >= LEAST_F1) & (table["precision"] >= LEAST_PRECISION)
    return table.index[well].tolist()


def learn(read: Read, labels: Mapping[str, np.ndarray]) -> dict[str, dict]:
    """Learn the weights of each frame, and from which probability on it is said to be there.

    The threshold has the best macro-F1 on articles of which the weights did not learn (five
    folds).

    Parameters
    ----------
    read
        What is read of the labelled articles.
    labels
        For each frame 0 or 1 an article.

    Returns
    -------
    By frame ``own`` and ``meaning`` (``weights``, ``constant``) and ``threshold``.
    """
    from sklearn.model_selection import StratifiedKFold

    model = {}
    for frame, present in labels.items():
        folds = StratifiedKFold(5, shuffle=True, random_state=0).split(read.meaning, present)
        unseen = np.zeros(len(present))
        for inside, outside in folds:
            weights = {frame: _weights(part(read, inside), frame, present[inside])}
            unseen[outside] = probabilities(weights, part(read, outside))[frame]
        model[frame] = {
            **_weights(read, frame, present),
            "threshold": best_threshold(unseen, present),
        }
    return model


def part(read: Read, places: np.ndarray) -> Read:
    """What is read of some of the articles."""
    own = {frame: values[places] for frame, values in read.own.items()}
    return Read([read.articles[place] for place in places], own, read.meaning[places])


def best_threshold(scores: np.ndarray, present: np.ndarray) -> float:
    """The score from which on saying yes has the best macro-F1, of several the lowest."""
    worth = {score: (macro_f1(present, scores >= score), -score) for score in np.unique(scores)}
    return float(max(worth, key=lambda score: worth[score]))


def macro_f1(present: np.ndarray, said: np.ndarray) -> float:
    """Mean of the F1 of the articles that have a frame and of those that do not."""
    from sklearn.metrics import f1_score

    return float(f1_score(present, said, average="macro", zero_division=0))


def _weights(read: Read, frame: str, present: np.ndarray) -> dict[str, dict]:
    return {
        "own": _regression(read.own[frame], present, _OWN_C),
        "meaning": _regression(read.meaning, present, _MEANING_C),
    }


def _regression(values: np.ndarray, present: np.ndarray, strength: float) -> dict:
    """Weights on the values as they are; they are learnt on values of one scale."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scale = StandardScaler().fit(values)
    learnt = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)
    learnt.fit(scale.transform(values), present)
    weights = learnt.coef_[0] / scale.scale_
    constant = learnt.intercept_[0] - weights @ scale.mean_
    return {
        "weights": weights.round(_WEIGHT_DECIMALS).tolist(),
        "constant": round(float(constant), _WEIGHT_DECIMALS),
    }
