"""What each method of actor sentiment is worth on news sentences with a coded target, and how
fast the target model is.

Reads the ``.jsonl`` files of a folder in the format of NewsMTSC (Hamborg and Donnay 2021; see
``analysis_utils.measures.target_sentiment.newsmtsc``), leaves out the one that the model learnt
from, and prints for each other the macro-F1 of TextBlob, VADER and the target model, with 95 %
bootstrap intervals over sentences, beside always giving the same label.  For the lexicons the
target's name is masked, and the whole sentence is scored: the files have no parse.

Then it measures the target model in processes of its own: time from import to the first
score, pairs a second on two threads, and peak memory (on Linux, from ``/proc``).  Where torch is
installed, it makes an untrained model of RoBERTa-base's shape with its layers in the same 8 bits,
the size of the published design (GRU-TSC), and measures that too; speeds are only comparable within
one run.

    python benchmarks/target_sentiment.py FOLDER [--files dev_mt.jsonl dev_rw.jsonl]
        [--save] [--no-speed]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis_utils.measures.target_sentiment import LABELS
from analysis_utils.measures.target_sentiment.evaluation import (
    agreement,
    calibration_error,
    reliability,
)
from analysis_utils.measures.target_sentiment.model import MODEL
from analysis_utils.measures.target_sentiment.newsmtsc import (
    DataError,
    Example,
    classify_examples,
    read_examples,
)
from analysis_utils.themes.actor_sentiment.methods import METHODS
from analysis_utils.themes.actor_sentiment.scoring import mask_spans

RESULTS = Path(__file__).parent / "results" / "target_sentiment.csv"

#: What the saved tables call the files.
SETS = {"dev_mt": "several targets in a sentence", "dev_rw": "real-world mix of targets"}

#: Names of the labels -1, 0 and 1.
NAMES = dict(zip(LABELS, ("negative", "neutral", "positive"), strict=True))

#: RoBERTa-base (Liu et al. 2019): pieces, numbers a piece, inner numbers, heads, layers.
ROBERTA = (50265, 768, 3072, 12, 12)


def main() -> None:
    options = _options()
    try:
        sets = {path.stem: read_examples(path) for path in _paths(options)}
    except DataError as error:
        raise SystemExit(str(error)) from None
    tables = {name: score_methods(examples) for name, examples in sets.items()}
    for name, table in tables.items():
        print(f"{name}\n{table.round(3).to_string(index=False)}\n")
    every = [example for examples in sets.values() for example in examples]
    reliable = reliability([each.label for each in every], classify_examples(every))
    print(f"calibration error: {calibration_error(reliable):.3f}\n")
    if options.save:
        saved = pd.concat(tables, names=["sentences"]).reset_index(level=0)
        saved["sentences"] = saved["sentences"].replace(SETS)
        saved.round(4).to_csv(RESULTS, index=False)
    if not options.no_speed:
        print(measure_speed(every).to_string(index=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=" ".join(__doc__.split("\n\n")[0].split()))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", nargs="*", help="names of files; by default all")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--no-speed", action="store_true", help="leave out the measures of speed")
    return parser.parse_args()


def _paths(options: argparse.Namespace) -> list[Path]:
    names = options.files or sorted(path.name for path in options.folder.glob("*.jsonl"))
    paths = [options.folder / name for name in names]
    new = [path for path in paths if not _learnt_from(path)]
    if not new:
        raise SystemExit(f"{options.folder}: no .jsonl file that the model has not learnt from.")
    return new


def _learnt_from(path: Path) -> bool:
    """Whether the model's labels came from this file, by its SHA-256."""
    known = json.loads(MODEL.with_name("trained_on.json").read_text(encoding="utf-8"))
    if not path.is_file():
        return False  # told when it is read
    return hashlib.sha256(path.read_bytes()).hexdigest() == known["labelled"]["train.jsonl"]


def score_methods(examples: list[Example]) -> pd.DataFrame:
    """Each method's agreement with people's labels, and that of always giving one label.

    Returns
    -------
    One row a method: ``method`` and what
    :func:`~analysis_utils.measures.target_sentiment.evaluation.agreement` gives.
    """
    truth = [example.label for example in examples]
    sentences = [example.sentence for example in examples]
    targets = [example.target for example in examples]
    masked = [mask_spans(*pair) for pair in zip(sentences, targets, strict=True)]
    guesses = {}
    for name, method in METHODS.items():
        answers = method.score(masked if method.masks_names else sentences, targets)
        guesses[name] = [answer.label for answer in answers]
    often = max(LABELS, key=truth.count)
    for value in dict.fromkeys((0, often)):
        guesses[f"always {NAMES[value]}"] = [value] * len(truth)
    return pd.DataFrame(
        [{"method": name} | agreement(truth, each, sentences) for name, each in guesses.items()]
    )


def measure_speed(examples: list[Example]) -> pd.DataFrame:
    """Speed and memory of the committed model, and of RoBERTa-base's shape if torch is there.

    Returns
    -------
    One row a model: ``model``, ``megabytes`` (of its file), ``words`` (mean of the sentences),
    ``first_score`` (seconds from import), ``pairs_a_second`` and ``peak_megabytes``.
    """
    models = {"target model": MODEL}
    with tempfile.TemporaryDirectory() as scratch:
        if importlib.util.find_spec("torch"):
            models["RoBERTa-base, untrained"] = _untrained(Path(scratch) / "roberta.onnx")
        else:
            print("RoBERTa-base is left out: it needs torch (the extra `train`).")
        rows = [{"model": name} | _measured(path, examples) for name, path in models.items()]
    return pd.DataFrame(rows).round(2)


def _measured(model: Path, examples: list[Example]) -> dict:
    """What a fresh process measures that only imports the model and scores."""
    pairs = json.dumps([(example.sentence, example.target) for example in examples])
    command = [sys.executable, "-c", _MEASURE, str(model)]
    done = subprocess.run(command, input=pairs, stdout=subprocess.PIPE, text=True, check=True)
    words = np.mean([len(example.sentence.split()) for example in examples])
    return {"megabytes": model.stat().st_size / 1e6, "words": words} | json.loads(done.stdout)


_MEASURE = """
import json, re, sys, time
pairs = [(s, [tuple(span) for span in t]) for s, t in json.load(sys.stdin)]
began = time.perf_counter()
from pathlib import Path
from analysis_utils.measures.target_sentiment import classify
model = Path(sys.argv[1])
classify(*zip(pairs[0]), model)
first = time.perf_counter() - began
began = time.perf_counter()
classify(*zip(*pairs), model)
speed = len(pairs) / (time.perf_counter() - began)
# Not getrusage: its peak begins with that of the process that started this one.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1e3
print(json.dumps({"first_score": first, "pairs_a_second": speed, "peak_megabytes": peak}))
"""


def _untrained(path: Path) -> Path:
    """A model of RoBERTa-base's shape with random weights, in 8 bits."""
    from torch import nn

    from training.target_sentiment.encoder import Layer
    from training.target_sentiment.export import export_quantised
    from training.target_sentiment.learning import Head

    pieces, size, inner, heads, layers = ROBERTA

    class Untrained(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.words, self.head = nn.Embedding(pieces, size), Head(size)
            self.layers = nn.ModuleList(Layer(size, inner, heads, 1e-5, 0.1) for _ in range(layers))

        def forward(self, numbers):
            states = self.words(numbers)
            for layer in self.layers:
                states = layer(states, None)
            target = (numbers == numbers.amax(1, keepdim=True)).float()
            return self.head.score(self.head.join_states(states, target)).softmax(1)

    export_quantised(Untrained(), path)
    return path


if __name__ == "__main__":
    main()
