"""Learns the weights of attribution and writes them, with what they were learnt from.

Takes a folder in the layout of PolNeAR (Newell, Margolin and Ruths 2018):
``text/NAME.txt`` and ``attributions/NAME_CODER.ann``.  The same folder gives
the same files.  Needs about a minute.

    python training/attribution.py FOLDER [--out analysis_utils/models/attribution]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis_utils.annotation.attribution.brat import FolderError, read_folder
from analysis_utils.annotation.attribution.evaluation import fingerprints, first_readings
from analysis_utils.annotation.attribution.learning import examples, learn
from analysis_utils.annotation.attribution.linear import MODEL, TRAINED_ON
from analysis_utils.files.model_files import note


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL.parent, help="folder for the weights")
    options = parser.parse_args()
    try:
        readings = read_folder(options.folder)
    except FolderError as error:
        raise SystemExit(str(error)) from None
    first = first_readings(readings)
    weights = learn([examples(first[name]) for name in sorted(first)])
    options.out.mkdir(parents=True, exist_ok=True)
    _write(options.out / MODEL.name, weights)
    note(options.out / MODEL.name)
    _write(options.out / TRAINED_ON.name, fingerprints(readings))
    for step, learnt in weights.items():
        print(f"{step:8} {len(learnt):6} weights")


def _write(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
