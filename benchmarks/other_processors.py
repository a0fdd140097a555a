"""Do both models give the same scores on another processor?

Scores pairs of a sentence and a target, and embeds the sentences, here and on a processor that is
emulated (or on another machine's Python), and prints the largest differences.  The emulator is
Debian's ``qemu-user``, which runs the environment's own Python:

    python benchmarks/other_processors.py FOLDER [--cpu Haswell] [--pairs 500] [--save]
    python benchmarks/other_processors.py FOLDER --name arm64 --python "qemu-aarch64 python3"

FOLDER holds NewsMTSC (Hamborg and Donnay 2021); its development parts are read.  An emulated pair
takes one to four seconds.
"""

from __future__ import annotations

import argparse
import csv
import json
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from analysis_utils.measures.embeddings import embed
from analysis_utils.measures.target_sentiment import classify
from analysis_utils.measures.target_sentiment.newsmtsc import read_examples

RESULTS = Path(__file__).parent / "results" / "other_processors.csv"

#: Texts that are embedded; the target model is the one that rounds.
TEXTS = 50


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        pairs = Path(scratch, "pairs.json")
        pairs.write_text(json.dumps(_pairs(options.folder, options.pairs)), encoding="utf-8")
        here, there = Path(scratch, "here.npz"), Path(scratch, "there.npz")
        python = options.python or f"qemu-x86_64 -cpu {options.cpu} {sys.executable}"
        score(pairs, here)
        began = time.perf_counter()
        _score_elsewhere(shlex.split(python), pairs, there)
        row = {"processor": options.name or options.cpu} | _differences(here, there)
    print(row, f"in {time.perf_counter() - began:.0f} s")
    if options.save:
        _save(row)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cpu", default="Haswell", help="processor to emulate (Haswell)")
    parser.add_argument("--python", help="command of another Python, instead of the emulated one")
    parser.add_argument("--name", help="what the results call it")
    parser.add_argument("--pairs", type=int, default=500, help="how many pairs (500)")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    return parser.parse_args()


def _pairs(folder: Path, number: int) -> list[tuple]:
    """As many pairs, taken in turn from the development parts."""
    parts = [read_examples(path) for path in sorted(folder.glob("dev_*.jsonl"))]
    mixed = [example for pair in zip(*parts, strict=False) for example in pair]
    mixed += [example for part in parts for example in part[len(mixed) // len(parts) :]]
    return [(example.sentence, example.target) for example in mixed[:number]]


def score(pairs: Path, result: Path) -> None:
    """Write what both models say of some pairs into a file of arrays."""
    sentences, targets = zip(*json.loads(pairs.read_text(encoding="utf-8")), strict=True)
    probabilities = classify(sentences, [list(map(tuple, each)) for each in targets])
    np.savez(result, probabilities=probabilities, vectors=embed(sentences[:TEXTS]))


def _score_elsewhere(python: list[str], pairs: Path, result: Path) -> None:
    code = (
        "import sys, pathlib; sys.path[:0] = sys.argv[1:3]; import other_processors as here;"
        "here.score(*map(pathlib.Path, sys.argv[3:]))"
    )
    project = Path(__file__).resolve().parent
    command = [*python, "-c", code, str(project), str(project.parent), str(pairs), str(result)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def _differences(here: Path, there: Path) -> dict[str, float]:
    ours, theirs = np.load(here), np.load(there)
    gaps = {name: float(np.abs(ours[name] - theirs[name]).max()) for name in ours.files}
    return {
        "pairs": len(ours["probabilities"]),
        "largest difference of a probability": gaps["probabilities"],
        "largest difference in a vector": gaps["vectors"],
    }


def _save(row: dict) -> None:
    """Put the row among those of other processors."""
    rows = []
    if RESULTS.is_file():
        with RESULTS.open(encoding="utf-8", newline="") as file:
            rows = [each for each in csv.DictReader(file) if each["processor"] != row["processor"]]
    rows = sorted([*rows, row], key=lambda each: each["processor"])
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
