"""The model file, and what it says of pairs of a sentence and a target."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis_utils.files.model_files import MODELS, checked
from analysis_utils.measures.target_sentiment.pieces import Span, encode

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

#: What the columns of :func:`classify` stand for, as NewsMTSC codes them.
LABELS = (-1, 0, 1)

#: Pairs read at the same time, each by a thread of its own: changes the speed alone.
THREADS = 2

MODEL = MODELS / "target_sentiment" / "model.onnx"


def classify(
    sentences: Sequence[str], targets: Sequence[Sequence[Span]], model: Path = MODEL
) -> np.ndarray:
    """How each sentence puts its target.

    Parameters
    ----------
    sentences
        Sentences in English, one a pair of sentence and target.
    targets
        For each sentence all mentions of its target, as half-open offsets of characters:
        ``[(0, 13)]``, or ``[(0, 13), (40, 42)]`` for a name and a later "it".
    model
        The file of the model; by default the one that is committed.

    Returns
    -------
    One row a pair by three columns: the probabilities of negative, neutral and positive
    (``LABELS``), 32-bit, each row with sum 1.  A pair has the same row in any company.

    Raises
    ------
    ValueError
        If there are not as many targets as sentences, or a target has no mention, or one that
        is empty or not inside its sentence.
    ModelError
        If the committed model is missing or has changed.
    """
    if len(sentences) != len(targets):
        raise ValueError(f"{len(sentences)} sentences, but {len(targets)} targets")
    if not sentences:
        return np.zeros((0, len(LABELS)), dtype=np.float32)
    pairs = [encode(*pair) for pair in zip(sentences, targets, strict=True)]
    session = _session(model)
    # One pair at a time: 8-bit activations are scaled to the largest number of a batch, so
    # that in a batch a pair's score would hang on the others.  It costs a tenth of the speed.
    with ThreadPoolExecutor(THREADS) as pool:
        rows = pool.map(lambda pair: session.run(None, {"pieces": [pair]})[0], pairs)
        return np.concatenate(list(rows))


def polarity(probabilities: np.ndarray) -> np.ndarray:
    """Each row's expected label: probability of positive minus that of negative, -1 to 1."""
    return probabilities[:, 2] - probabilities[:, 0]


def labels(probabilities: np.ndarray) -> np.ndarray:
    """Each row's most probable label: -1, 0 or 1."""
    return np.asarray(LABELS)[probabilities.argmax(axis=1)]


@cache
def _session(model: Path) -> InferenceSession:
    import onnxruntime  # heavy: only where sentences are scored

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # threads read other pairs instead
    # The graph is written so that every processor gives the same bits.  Further optimisation
    # would replace parts of it by kernels that round by processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(checked(model)), options, providers=["CPUExecutionProvider"]
    )
