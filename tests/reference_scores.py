"""Scores that every machine must give: the table beside this file, and how it was made.

    python -m tests.reference_scores

writes the table again, after a change of the models alone.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.files.workspace import data_folder
from analysis_utils.measures.embeddings import embed
from analysis_utils.measures.target_sentiment.name_swap import swap_names
from analysis_utils.study import DEFAULT_STUDY, read_study
from analysis_utils.themes.actor_sentiment.methods import METHODS, TARGET_MODEL
from analysis_utils.themes.actor_sentiment.scoring import score_mentions

TABLE = Path(__file__).with_suffix(".csv")

#: Numbers of a sentence's vector that the table keeps.
DIRECTIONS = (0, 100, 200, 300)


def scores(corpus) -> pd.DataFrame:
    """``what`` is scored and its ``score``: polarities of the default study's mentions and of
    neutral sentences with swapped names, and some numbers of each sentence's vector."""
    return pd.concat(
        [_of_mentions(corpus), _of_swapped_names(), _of_vectors(corpus)], ignore_index=True
    )


def _of_mentions(corpus) -> pd.DataFrame:
    model = {TARGET_MODEL: METHODS[TARGET_MODEL]}
    tables = (corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes)
    table = score_mentions(*tables, model)
    what = table["sentence_id"] + " toward " + table["actor"]
    return pd.DataFrame({"what": what, "score": table["polarity"]})


def _of_swapped_names() -> pd.DataFrame:
    table = swap_names()
    what = table["swapped"] + " " + table["name"] + ": " + table["sentence"]
    return pd.DataFrame({"what": what, "score": table["polarity"]})


def _of_vectors(corpus) -> pd.DataFrame:
    sentences = corpus.sentences
    vectors = embed(list(sentences["text"]))
    rows = [
        {"what": f"vector of {name}, number {direction}", "score": float(vector[direction])}
        for name, vector in zip(sentences["sentence_id"], vectors, strict=True)
        for direction in DIRECTIONS
    ]
    return pd.DataFrame(rows)


if __name__ == "__main__":
    table = scores(load_corpus(read_study(data_folder() / DEFAULT_STUDY)))
    table.to_csv(TABLE, index=False, float_format="%.7f", lineterminator="\n")
