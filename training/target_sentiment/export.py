"""From a trained student to the file that is committed: ONNX, 8-bit, calibrated."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from scipy.optimize import minimize_scalar
from torch import nn

from training.target_sentiment.same_bits import with_same_bits

OPSET = 17

#: What a linear layer becomes.  Looking up words and distances stays as it is: their tables would
#: be rounded by one scale for all of their rows, which the student has not learnt with.
LAYER = "MatMul"


def export(student: nn.Module, path: Path) -> None:
    """Write a model of pieces (batch by length) to probabilities, in 32 bits."""
    torch.onnx.export(
        student.eval(),
        (torch.tensor([[101, 103, 102]]),),
        str(path),
        input_names=["pieces"],
        output_names=["probabilities"],
        dynamic_axes={"pieces": {0: "pairs", 1: "length"}, "probabilities": {0: "pairs"}},
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(exact: Path, path: Path) -> None:
    """Write a model again with its layers in 8 bits; what they are given is scaled as it comes.

    Weights use 7 of the 8 bits: with all of them, processors without VNNI instructions
    overflow and give other results than those with them.
    """
    quantize_dynamic(
        exact,
        path,
        op_types_to_quantize=[LAYER],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )


def export_quantised(student: nn.Module, path: Path) -> None:
    """:func:`export` and :func:`quantise` in one."""
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        export(student, exact)
        quantise(exact, path)


def export_with_same_bits(student: nn.Module, path: Path, tried: Sequence[Sequence[int]]) -> None:
    """:func:`export_quantised`, written again so that every processor gives the same bits.

    ``tried`` are the pieces of some sentences, which tell how far numbers reach.
    """
    with tempfile.TemporaryDirectory() as scratch:
        quantised = Path(scratch) / "quantised.onnx"
        export_quantised(student, quantised)
        with_same_bits(quantised, path, tried)


def best_temperature(probabilities: np.ndarray, places: Sequence[int]) -> float:
    """What to divide scores by so that probabilities fit labels best (Guo et al. 2017).

    Parameters
    ----------
    probabilities
        One row a pair, three columns, made without a temperature.
    places
        The label of each pair, as a column: 0, 1 or 2.
    """
    scores, rows = np.log(np.maximum(probabilities, 1e-12)), np.arange(len(places))

    def mean_loss(temperature: float) -> float:
        scaled = scores / temperature
        return float((np.logaddexp.reduce(scaled, axis=1) - scaled[rows, places]).mean())

    return float(minimize_scalar(mean_loss, bounds=(0.25, 4), method="bounded").x)
