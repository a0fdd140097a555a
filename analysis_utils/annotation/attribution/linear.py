"""Linear models whose features are names: the weights are a dictionary in a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path

from analysis_utils.files.model_files import MODELS, checked

MODEL = MODELS / "attribution" / "weights.json"

#: Fingerprints of the articles they were learnt from, so that a benchmark can tell.
TRAINED_ON = MODEL.with_name("trained_on.json")

Weights = Mapping[str, float]


@cache
def load_weights(path: Path = MODEL) -> dict[str, dict[str, float]]:
    """The weights of every step by its name, read once a process."""
    return json.loads(checked(path).read_text(encoding="utf-8"))


def trained_on(path: Path = TRAINED_ON) -> set[str]:
    """Fingerprints of the articles that the weights were learnt from."""
    return set(json.loads(path.read_text(encoding="utf-8")))


def score(weights: Weights, features: Iterable[str]) -> float:
    """Sum of the weights of the features that are present."""
    get = weights.get
    return sum(get(feature, 0.0) for feature in features)


def probability(weights: Weights, features: Iterable[str]) -> float:
    """Logistic regression: probability that a candidate is one."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, score(weights, features)))))


def best(weights: Weights, candidates: Sequence[Sequence[str]]) -> int:
    """Place of the candidate with the highest score; the first of equals."""
    scores = [score(weights, features) for features in candidates]
    return scores.index(max(scores))
