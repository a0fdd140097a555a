"""Learns the weights of the tone of whole articles and writes them.

Takes the folder of BASIL (Fan et al. 2019) as ``benchmarks/ordering.py`` does, with ``articles/``
and ``annotations/`` in it.  The same folder gives the same file.  Needs about six minutes.

    python training/article_tone.py FOLDER
"""

from __future__ import annotations

import argparse
import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from analysis_utils.files.model_files import note
from analysis_utils.themes.actor_sentiment.article_tone import (
    LEAST_SENTENCES,
    MODEL,
    Read,
    marked,
    parts_of_tone,
)

#: Reads the articles and their labels as the scores are measured.
BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "ordering.py"

#: Strength of the penalty on weights, as scikit-learn's ``C``, and how many directions of meaning
#: are read: with more, events are learnt by heart.
STRENGTH, DIRECTIONS = 0.03, 30

#: Folds of events.
FOLDS = 10

#: Share of the pairs of outlets that are labelled differently whose difference is told.
WANTED = 0.63

_DECIMALS = 6


class Labelled(NamedTuple):
    """Articles as they are read, with the labels of readers.

    ``spans`` is for each row of ``read.pairs`` whether readers marked the sentence as told for
    (1) or against (-1) the actor.  ``pairs`` are two articles of an event that are labelled
    differently, with ``actor``, ``event``, ``one`` and ``other``.
    """

    read: Read
    events: np.ndarray
    spans: np.ndarray
    pairs: pd.DataFrame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    labelled = runpy.run_path(str(BENCHMARK))["labelled_articles"](options.folder)
    model = learn(labelled)
    MODEL.write_text(json.dumps(model, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    note(MODEL)
    print(f"weight {model['weight']}, gap {model['gap']}")


def learn(labelled: Labelled) -> dict:
    """The model of labelled articles.

    Returns
    -------
    ``against`` and ``for`` (weights of the two logistic regressions), ``weight`` (of what readers
    would mark, so that both parts of a tone weigh the same) and ``gap`` (from which on a difference
    of tones is told, so that ``WANTED`` of the pairs are), both by articles of which the weights
    did not learn.
    """
    likely = np.zeros(len(labelled.spans))
    for inside in folds(labelled.events):
        model = _sentences(part(labelled.read, ~inside), labelled.spans[~inside])
        likely[inside] = marked(model, part(labelled.read, inside))
    parts = parts_of_tone(labelled.read, likely)
    weight = round(float(parts["judged"].std() / parts["marked"].std()), 2)
    enough = parts[parts["n"] >= LEAST_SENTENCES]
    gaps = differences(enough["judged"] + weight * enough["marked"], labelled.pairs)
    # Pairs of which one article hardly mentions the actor are never told.
    gap = round(float(gaps.fillna(0).abs().quantile(1 - WANTED)), 2)
    return _sentences(labelled.read, labelled.spans) | {"weight": weight, "gap": gap}


def folds(events: np.ndarray, seed: int = 0) -> Iterator[np.ndarray]:
    """For each fold which rows are of its events."""
    drawn = np.random.RandomState(seed).permutation(np.unique(events))
    for fold in range(FOLDS):
        yield np.isin(events, drawn[fold::FOLDS])


def part(read: Read, rows: np.ndarray) -> Read:
    """Some rows of what is read."""
    return Read(read.pairs[rows], read.own[rows], read.meaning[rows])


def differences(values: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Value of the one article less that of the other; NaN where either has none."""
    known = {(article, actor): value for (article, _, actor), value in values.items()}
    one, other = (
        [known.get(key, np.nan) for key in zip(pairs[side], pairs["actor"], strict=True)]
        for side in ("one", "other")
    )
    return pd.Series(one, pairs.index) - pd.Series(other, pairs.index)


def _sentences(read: Read, spans: np.ndarray) -> dict:
    """The two logistic regressions, with weights on the values as they are."""
    scale = StandardScaler().fit(read.own)
    once = np.unique(read.pairs["sentence_id"], return_index=True)[1]
    sentences = read.meaning[once]
    centre = sentences.mean(axis=0)
    directions = np.linalg.svd(sentences - centre, full_matrices=False)[2][:DIRECTIONS]
    meaning = (read.meaning - centre) @ directions.T
    spread = meaning.std()
    learnt = LogisticRegression(C=STRENGTH, max_iter=300)
    learnt.fit(np.hstack([scale.transform(read.own), meaning / spread]), spans)
    weights, constants = learnt.coef_ - learnt.coef_[1], learnt.intercept_ - learnt.intercept_[1]
    own = weights[:, : read.own.shape[1]] / scale.scale_
    of_meaning = weights[:, read.own.shape[1] :] @ directions / spread
    constants = constants - own @ scale.mean_ - of_meaning @ centre
    return {
        side: {
            "own": own[row].round(_DECIMALS).tolist(),
            "meaning": of_meaning[row].round(_DECIMALS).tolist(),
            "constant": round(float(constants[row]), _DECIMALS),
        }
        for side, row in (("against", 0), ("for", 2))
    }


if __name__ == "__main__":
    main()
