"""Learns the weights of attribution and writes them, with what they were learnt from.

Takes a folder in the layout of PolNeAR (Newell, Margolin and Ruths 2018):
``text/NAME.txt`` and ``attributions/NAME_CODER.ann``.  The same folder gives
the same files.  Needs about a minute for 100 articles.

    python training/attribution.py FOLDER [--articles 420]
        [--out analysis_utils/models/attribution]
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from analysis_utils.annotation.attribution.brat import FolderError, read_folder
from analysis_utils.annotation.attribution.evaluation import fingerprints, first_readings
from analysis_utils.annotation.attribution.learning import examples, learn
from analysis_utils.annotation.attribution.linear import MODEL, TRAINED_ON
from analysis_utils.files.model_files import note

#: Of the draw of articles.
SEED = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL.parent, help="folder for the weights")
    parser.add_argument("--articles", type=int, help="learn from so many, drawn by a fixed seed")
    options = parser.parse_args()
    try:
        readings = read_folder(options.folder)
    except FolderError as error:
        raise SystemExit(str(error)) from None
    first = first_readings(readings)
    names = _drawn(sorted(first), options.articles)
    weights = learn([examples(first[name]) for name in names])
    options.out.mkdir(parents=True, exist_ok=True)
    _write(options.out / MODEL.name, weights)
    note(options.out / MODEL.name)
    taught = [reading for reading in readings if reading.article.article_id in set(names)]
    _write(options.out / TRAINED_ON.name, fingerprints(taught))
    for step, learnt in weights.items():
        print(f"{step:8} {len(learnt):6} weights")


def _drawn(names: list[str], most: int | None) -> list[str]:
    """Some of the articles, in an order that is always the same; all of them without a number."""
    if most is None:
        return names
    drawn = list(names)
    random.Random(SEED).shuffle(drawn)
    return drawn[:most]


def _write(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
