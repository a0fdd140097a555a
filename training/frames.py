"""Learns the weights of the model of frames and writes them.

Takes the folder of Frermann et al. (2023), with ``articles_metadata.tsv`` in it, as
``benchmarks/frames.py`` does.  The same folder gives the same files.  Needs about a minute.

    python training/frames.py FOLDER
"""

from __future__ import annotations

import argparse
import json
import runpy
from pathlib import Path

from analysis_utils.files.model_files import note
from analysis_utils.themes.frames.article_frames import MODEL, learn

#: Reads the articles and their labels as the scores are measured.
BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "frames.py"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    reading = runpy.run_path(str(BENCHMARK))
    articles = reading["labelled_articles"](options.folder)
    _, read = reading["read_articles"](articles)
    model = learn(read, reading["labels_of"](articles))
    MODEL.write_text(json.dumps(model, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    note(MODEL)
    for frame, weights in model.items():
        print(f"{frame:24} from {weights['threshold']:.3f} on")


if __name__ == "__main__":
    main()
