"""Makes the model of target-dependent sentiment again, from the labelled sentences on.

Takes a folder with ``train.jsonl`` and one file or more named ``dev_*.jsonl`` in the format of
NewsMTSC (Hamborg and Donnay 2021), and plain text files of further news, whose
sentences teach without labels.  A teacher is trained, then a small student that learns
from labels and teacher; it is written in 8 bits with its temperature chosen on the
development parts, and what it scores there is printed.

    python -m training.target_sentiment FOLDER [--texts FILE ...]
        [--out analysis_utils/models/target_sentiment] [--work build/training]

The same code, files and package versions give the same weights on the same kind of processor: the
committed model was made twice.  Whatever rounds otherwise ends at others, and its macro-F1 is up
to 0.02 higher or lower.
Steps that are done are kept in the work folder; delete it to start anew, and after every change
of the training's code.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

from analysis_utils.files.model_files import note
from analysis_utils.measures.target_sentiment.evaluation import agreement
from analysis_utils.measures.target_sentiment.model import MODEL, labels
from analysis_utils.measures.target_sentiment.newsmtsc import (
    DataError,
    classify_examples,
    read_examples,
)
from analysis_utils.measures.target_sentiment.pieces import encode
from training.target_sentiment.export import best_temperature, export_with_same_bits
from training.target_sentiment.same_bits import TRIED_EVERY
from training.target_sentiment.stages import Data, finished_student, say
from training.target_sentiment.start import StartMissing

#: What was learnt from, as hashes: beside the model, and in the work folder.
TRAINED_ON = "trained_on.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="plain text files")
    parser.add_argument("--out", type=Path, default=MODEL.parent, help="folder for the model")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    options = parser.parse_args()
    try:
        data = read_data(options.folder, options.texts)
        _claim(options.work, data, options.folder)
        write_model(data, options.work, options.out)
    except (DataError, StartMissing) as error:
        raise SystemExit(str(error)) from None


def read_data(folder: Path, texts: list[Path]) -> Data:
    """The examples of a folder, without labelled ones whose sentence is in a development part.

    Raises
    ------
    DataError
        If a file is missing or has a fault.
    """
    dev = {path.stem: read_examples(path) for path in sorted(folder.glob("dev_*.jsonl"))}
    if not dev:
        raise DataError(f"{folder}: holds no dev_*.jsonl. Give the folder with the parts.")
    held_back = {example.sentence for examples in dev.values() for example in examples}
    train = read_examples(folder / "train.jsonl")
    apart = [example for example in train if example.sentence not in held_back]
    say(f"{len(train) - len(apart)} labelled pairs left out: their sentence is in a dev part")
    return Data(apart, dev, texts)


def write_model(data: Data, work: Path, out: Path) -> None:
    """Train what is not trained yet, and write the model with what it was trained on."""
    student = finished_student(data, work)
    path = work / "model.onnx"
    tried = [encode(*pair) for pair in data.pairs[::TRIED_EVERY]]
    export_with_same_bits(student, path, tried)
    every = [example for examples in data.dev.values() for example in examples]
    places = [example.label + 1 for example in every]
    student.temperature = best_temperature(classify_examples(every, path), places)
    export_with_same_bits(student, path, tried)
    out.mkdir(parents=True, exist_ok=True)
    shutil.move(path, out / MODEL.name)  # work folder and model may lie on different disks
    note(out / MODEL.name)
    trained_on = (work / TRAINED_ON).read_text(encoding="utf-8")
    (out / TRAINED_ON).write_text(trained_on, encoding="utf-8")
    say(f"temperature {student.temperature:.3f}")
    for name, examples in data.dev.items():
        guesses = labels(classify_examples(examples, out / MODEL.name))
        sentences, _, truth = zip(*examples, strict=True)
        found = agreement(truth, guesses, groups=sentences)
        say(f"{name}: macro-F1 {found['macro_f1']:.3f} ({found['low']:.3f}-{found['high']:.3f})")


def _claim(work: Path, data: Data, folder: Path) -> None:
    """Note in the work folder what is learnt from; refuse one that holds another training."""
    parts = [folder / "train.jsonl", *sorted(folder.glob("dev_*.jsonl"))]
    hashes = {
        "labelled": {path.name: _sha256(path) for path in parts},
        "texts": list(map(_sha256, data.texts)),
    }
    noted = json.dumps(hashes, indent=0) + "\n"
    note = work / TRAINED_ON
    work.mkdir(parents=True, exist_ok=True)
    if note.exists() and note.read_text(encoding="utf-8") != noted:
        raise DataError(f"{work}: holds a training on other files. Delete it or give another.")
    note.write_text(noted, encoding="utf-8")


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from None


if __name__ == "__main__":
    main()
