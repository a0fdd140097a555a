"""What 8 bits cost: the trained student in 32 bits, and quantised in two ways.

*Dynamic*: activations are scaled as they come, each pair by its own largest number.
*Static*: their scales are fixed beforehand, on labelled pairs of the training part.

    python -m training.target_sentiment.compare_quantisation FOLDER [--work build/training]

after a training in that work folder.  Prints macro-F1, megabytes and pairs a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)

from analysis_utils.measures.target_sentiment.evaluation import agreement
from analysis_utils.measures.target_sentiment.model import labels
from analysis_utils.measures.target_sentiment.newsmtsc import DataError, classify_examples
from analysis_utils.measures.target_sentiment.pieces import encode
from training.target_sentiment.__main__ import read_data
from training.target_sentiment.export import LAYER, export, quantise
from training.target_sentiment.stages import Data, NotTrained, trained

#: Pairs from which static scales are taken.
SCALING_PAIRS = 200


class Calibration(CalibrationDataReader):
    """Hands out pairs one at a time."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self._rows = iter(rows)

    def get_next(self) -> dict | None:
        row = next(self._rows, None)
        return None if row is None else {"pieces": np.array([row], dtype=np.int64)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    options = parser.parse_args()
    try:
        data, student = read_data(options.folder, []), trained(options.work)
    except (DataError, NotTrained) as error:
        raise SystemExit(str(error)) from None
    with tempfile.TemporaryDirectory() as scratch:
        paths = {name: Path(scratch) / f"{name}.onnx" for name in ("exact", "dynamic", "static")}
        export(student, paths["exact"])
        quantise(paths["exact"], paths["dynamic"])
        _quantise_static(paths["exact"], paths["static"], data)
        rows = [{"weights": name} | _measured(path, data) for name, path in paths.items()]
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def _quantise_static(exact: Path, path: Path, data: Data) -> None:
    pairs = data.pairs[:: max(1, len(data.pairs) // SCALING_PAIRS)]
    quantize_static(
        exact,
        path,
        Calibration([encode(*pair) for pair in pairs]),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=[LAYER, "Gemm"],  # which the other way makes a MatMul first
    )


def _measured(path: Path, data: Data) -> dict[str, float]:
    scores: dict[str, float] = {"megabytes": path.stat().st_size / 1e6}
    began, n_pairs = time.perf_counter(), 0
    for name, examples in data.dev.items():
        guesses = labels(classify_examples(examples, path))
        scores[name] = agreement([each.label for each in examples], guesses)["macro_f1"]
        n_pairs += len(examples)
    return scores | {"pairs_a_second": n_pairs / (time.perf_counter() - began)}


if __name__ == "__main__":
    main()
