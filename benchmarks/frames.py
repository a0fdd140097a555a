"""How far the terms of the generic frames, and the model of them, agree with people.

    python benchmarks/frames.py FOLDER [--save [benchmarks/results/frames.csv]]

FOLDER holds ``articles_metadata.tsv`` as Frermann et al. (2023) give it: articles on climate
with a column for each frame, in the words of Semetko and Valkenburg (2000): ``RE`` (resolution,
here attribution of responsibility), ``HI``, ``CO``, ``MO`` and ``EC``.

By its terms an article has a frame if a share of its sentences hold one.  What share is learnt for
each frame on the other four of five folds of articles; beside it stands the reading that one
sentence is enough.  The terms were written without these articles; five that say little of a frame
("cause", "budget") were struck out after a first measurement.

The model (``training/frames.py``) is learnt anew for each fold, with its threshold, and also on one
half of the articles to be scored on the other, several times.  Of these the mean is given.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from analysis_utils.annotation.language import parse, tokenise
from analysis_utils.themes.frames.article_frames import (
    SCORED_AS,
    Read,
    learn,
    macro_f1,
    part,
    probabilities,
    read,
)
from analysis_utils.themes.frames.codebook import read_frame_file
from analysis_utils.themes.frames.coded import measure
from analysis_utils.themes.frames.hits import ReadWords

RESULTS = Path(__file__).parent / "results" / "frames.csv"
FOLDS = 5

#: How often folds are drawn for the model.
DRAWS = 5

#: Columns of the labels.
LABELS = {
    "conflict": "CO",
    "human_interest": "HI",
    "economic_consequences": "EC",
    "morality": "MO",
    "responsibility": "RE",
}


def labelled_articles(folder: Path) -> list[dict]:
    """The articles with their labels."""
    with (folder / "articles_metadata.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def sentences_of(articles: list[dict]) -> pd.DataFrame:
    """The sentences of all articles as far as terms are looked for in them."""
    rows = [
        {
            "sentence_id": f"{article['ID']}:s{number}",
            "article_id": article["ID"],
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


def shares_of_sentences(sentences: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Share of the sentences with a term: one row an article, one column a frame."""
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


def read_articles(articles: list[dict]) -> tuple[pd.DataFrame, Read]:
    """Shares of sentences with terms, and what the model reads of the articles."""
    sentences, frames = sentences_of(articles), read_frame_file().frames
    hits = ReadWords.of(sentences, tokenise(sentences)).find(frames)
    return shares_of_sentences(sentences, hits), read(sentences, hits, frames)


def labels_of(articles: list[dict]) -> dict[str, np.ndarray]:
    """0 or 1 an article for each frame that some have and some have not."""
    labels = {
        frame: np.array([article[column].startswith("True") for article in articles], dtype=int)
        for frame, column in LABELS.items()
    }
    return {frame: present for frame, present in labels.items() if 0 < present.mean() < 1}


def scores(articles: list[dict]) -> pd.DataFrame:
    """One row a frame and reading, with its agreement with the labels."""
    shares, texts = read_articles(articles)
    rows = []
    for frame, labels in labels_of(articles).items():
        readings = {
            "one sentence is enough": [(shares[frame] > 0).to_numpy(dtype=int)],
            "share of sentences": [said_by_share(shares[frame].to_numpy(), labels)],
            "model, learnt on four fifths": said_by_model(texts, frame, labels, FOLDS),
            SCORED_AS: said_by_model(texts, frame, labels, 2),
        }
        rows += [
            {"frame": frame, "reading": name, **agreement(labels, said)}
            for name, said in readings.items()
        ]
    return pd.DataFrame(rows).rename(columns={"n": "articles"}).round(3)


def said_by_model(texts: Read, frame: str, labels: np.ndarray, folds: int) -> list[np.ndarray]:
    """What the model says of articles that it did not learn from, once for each draw of folds."""
    return [_said_in_folds(texts, frame, labels, folds, seed) for seed in range(DRAWS)]


def _said_in_folds(
    texts: Read, frame: str, labels: np.ndarray, folds: int, seed: int
) -> np.ndarray:
    said = np.zeros(len(labels), dtype=int)
    draw = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for inside, outside in draw.split(texts.meaning, labels):
        model = learn(part(texts, inside), {frame: labels[inside]})
        scored = probabilities(model, part(texts, outside))[frame]
        said[outside] = scored >= model[frame]["threshold"]
    return said


def agreement(labels: np.ndarray, answers: list[np.ndarray]) -> dict[str, float]:
    """Agreement with the labels, the mean of several answers."""
    measured = [measure(labels, said) | {"macro_f1": macro_f1(labels, said)} for said in answers]
    return pd.DataFrame(measured).mean().to_dict()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--save", type=Path, nargs="?", const=RESULTS, metavar="FILE", help="write scores as CSV"
    )
    options = parser.parse_args()
    table = scores(labelled_articles(options.folder))
    print(table.to_string(index=False))
    if options.save:
        table.to_csv(options.save, index=False)


if __name__ == "__main__":
    main()
