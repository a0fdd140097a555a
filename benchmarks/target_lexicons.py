"""What the lexicon scorers are worth on news sentences with a coded target.

Reads the ``.jsonl`` files of a folder in the format of NewsMTSC (Hamborg and
Donnay 2021): ``sentence``, ``start``, ``end`` and ``label`` (-1, 0, 1) of one
target a line.  Prints accuracy and macro-F1 a file beside "always neutral".
The target's name is masked, and the whole sentence scored: the files have no
parse.

    python benchmarks/target_lexicons.py FOLDER [--files dev_mt.jsonl dev_rw.jsonl]
        [--save benchmarks/results/target_lexicons.csv]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from analysis_utils.actor_sentiment import mask_spans
from analysis_utils.actor_sentiment.hand_codes import evaluate
from analysis_utils.actor_sentiment.lexicons import METHODS

#: What the saved table calls the files.
SETS = {"dev_mt": "several targets in a sentence", "dev_rw": "real-world mix of targets"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", nargs="*", help="names of files; by default all .jsonl files")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the scores as CSV")
    options = parser.parse_args()
    names = options.files or sorted(path.name for path in options.folder.glob("*.jsonl"))
    paths = [options.folder / name for name in names]
    missing = [path for path in paths if not path.is_file()]
    if missing or not paths:
        raise SystemExit(
            f"{(missing or [options.folder])[0]}: no such .jsonl file. Give its folder."
        )
    tables = {path.stem: evaluate_file(path).round(3) for path in paths}
    for name, table in tables.items():
        print(f"{name}\n{table.to_string(index=False)}\n")
    if options.save:
        saved = pd.concat(tables, names=["sentences"]).reset_index(level=0)
        saved["sentences"] = saved["sentences"].replace(SETS)
        saved.drop(columns=["scope", "scored"]).to_csv(options.save, index=False)


def evaluate_file(path: Path) -> pd.DataFrame:
    """Agreement of every lexicon with the labels of one file; see ``evaluate``."""
    rows = pd.read_json(path, lines=True)
    key = {"sentence_id": rows.index.astype(str), "actor": "target"}
    masked = [
        mask_spans(row.sentence, [(row.start, row.end)]) for row in rows.itertuples(index=False)
    ]
    scores = [
        pd.DataFrame(key).assign(
            method=name,
            scope="sentence",
            polarity=[method.score(text, (0, 0)).polarity for text in masked],
        )
        for name, method in METHODS.items()
    ]
    return evaluate(pd.concat(scores), pd.DataFrame(key).assign(polarity=rows["label"]))


if __name__ == "__main__":
    main()
