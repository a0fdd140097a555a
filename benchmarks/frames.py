"""How far the terms of the generic frames agree with people, article by article.

    python benchmarks/frames.py FOLDER [--save [benchmarks/results/frames.csv]]

FOLDER holds ``articles_metadata.tsv`` as Frermann et al. (2023) give it: articles on climate
with a column for each frame, in the words of Semetko and Valkenburg (2000): ``RE`` (resolution,
here attribution of responsibility), ``HI``, ``CO``, ``MO`` and ``EC``.

An article has a frame if a share of its sentences hold one of the frame's terms.  What share is
learnt for each frame on the other four of five folds of articles; beside it stands the reading
that one sentence is enough.  The terms were written without these articles, and nobody changed
them after this was measured.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis_utils.annotation.language import parse, tokenise
from analysis_utils.themes.frames.codebook import read_frame_file
from analysis_utils.themes.frames.coded import measure
from analysis_utils.themes.frames.hits import ReadWords

RESULTS = Path(__file__).parent / "results" / "frames.csv"
FOLDS = 5

#: Columns of the labels.
LABELS = {
    "conflict": "CO",
    "human_interest": "HI",
    "economic_consequences": "EC",
    "morality": "MO",
    "responsibility": "RE",
}


def sentences_of(articles: list[dict]) -> pd.DataFrame:
    """The sentences of all articles as far as terms are looked for in them."""
    rows = [
        {
            "sentence_id": f"{article['ID']}:s{number}",
            "outlet": article["ID"],
            "part": "body",
            "text": text,
        }
        for article in articles
        for number, text in enumerate(_cut(article["text"]))
    ]
    return pd.DataFrame(rows)


def _cut(text: str) -> Iterator[str]:
    for paragraph in parse([text]):
        yield from (part.text.strip() for part in paragraph.sents if part.text.strip())


def shares_of_sentences(sentences: pd.DataFrame) -> pd.DataFrame:
    """Share of the sentences with a term: one row an article, one column a frame."""
    frames = read_frame_file().frames
    hits = ReadWords.of(sentences, tokenise(sentences)).find(frames)
    found = hits.drop_duplicates(["frame", "sentence_id"]).merge(sentences, on="sentence_id")
    counts = found.groupby(["outlet", "frame"]).size().unstack("frame")
    sizes = sentences.groupby("outlet", sort=False).size()
    return counts.reindex(sizes.index, columns=list(LABELS)).fillna(0).div(sizes, axis=0)


def said_by_share(shares: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Whether each article has the frame, by a threshold that the other folds have set."""
    said = np.zeros(len(shares), dtype=int)
    for fold in range(FOLDS):
        inside = np.arange(len(shares)) % FOLDS == fold
        said[inside] = shares[inside] >= best_threshold(shares[~inside], labels[~inside])
    return said


def best_threshold(values: np.ndarray, present: np.ndarray) -> float:
    """The value from which on saying yes has the best F1, of several the highest."""
    from_here_on = {value: present[values >= value] for value in np.unique(values)}
    half_f1 = {
        value: said.sum() / (len(said) + present.sum()) for value, said in from_here_on.items()
    }
    return max(half_f1, key=lambda value: (half_f1[value], value))


def scores(articles: list[dict]) -> pd.DataFrame:
    """One row a frame and reading, with its agreement with the labels."""
    shares = shares_of_sentences(sentences_of(articles))
    rows = []
    for frame, column in LABELS.items():
        labels = np.array([article[column].startswith("True") for article in articles], dtype=int)
        readings = {
            "one sentence is enough": (shares[frame] > 0).to_numpy(dtype=int),
            "share of sentences": said_by_share(shares[frame].to_numpy(), labels),
        }
        rows += [
            {"frame": frame, "reading": name, **measure(labels, said)}
            for name, said in readings.items()
        ]
    return pd.DataFrame(rows).rename(columns={"n": "articles"}).round(3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--save", type=Path, nargs="?", const=RESULTS, metavar="FILE", help="write scores as CSV"
    )
    options = parser.parse_args()
    with (options.folder / "articles_metadata.tsv").open(encoding="utf-8", newline="") as file:
        table = scores(list(csv.DictReader(file, delimiter="\t")))
    print(table.to_string(index=False))
    if options.save:
        table.to_csv(options.save, index=False)


if __name__ == "__main__":
    main()
