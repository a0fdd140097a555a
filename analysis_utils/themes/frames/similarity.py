"""The second method: how near a sentence is in meaning to a frame's description."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis_utils.study.parts import Frame
from analysis_utils.themes.frames.coded import READING

#: The name of this reader.
SIMILARITY = "similarity"


def similarity(
    sentences: pd.DataFrame, frames: Sequence[Frame], mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How near each sentence is in meaning to each frame's description.

    Sentence and description become vectors (``embeddings``); the nearer to 1
    their cosine, the nearer in meaning.

    Parameters
    ----------
    sentences
        Table of the corpus.
    frames
        The frames.
    mentions
        Mentions of actors, whose names are then taken out first: who is spoken of is no frame.

    Returns
    -------
    ``sentence_id``, ``article_id``, ``frame`` and ``similarity`` (-1 to 1).
    """
    from analysis_utils.measures.embeddings import embed  # heavy: loads the model

    texts = without_names(sentences, mentions)
    near = embed(texts) @ embed([f"{frame.name}. {frame.description}" for frame in frames]).T
    wide = pd.DataFrame(near, columns=[frame.id for frame in frames])
    wide = wide.assign(
        sentence_id=sentences["sentence_id"].to_numpy(),
        article_id=sentences["article_id"].to_numpy(),
    )
    return wide.melt(["sentence_id", "article_id"], var_name="frame", value_name="similarity")


def without_names(sentences: pd.DataFrame, mentions: pd.DataFrame | None) -> list[str]:
    """The sentences with ``someone`` for every mention of an actor that is no pronoun."""
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    if mentions is not None:
        called = mentions[(mentions["kind"] != "pronoun") & mentions["sentence_id"].isin(texts)]
        for row in called.sort_values("start", ascending=False).itertuples():
            text = texts[row.sentence_id]
            texts[row.sentence_id] = f"{text[: row.start]}someone{text[row.end :]}"
    return list(texts.values())


def read_by_similarity(near: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Similarity as a reader: a frame is present from a threshold on that other articles set.

    For each article and frame the threshold is the one with the best F1 against all coders on
    the *other* articles (cross-validation, one article left out), so that no article's own
    codes decide how it is read.  Where the others never have the frame, neither has it.

    Parameters
    ----------
    near
        As :func:`similarity` gives it.
    coded
        The coders' readings.

    Returns
    -------
    ``reader``, ``sentence_id``, ``frame`` and ``present``; empty if fewer than two articles
    are coded.
    """
    answers = coded.merge(near, on=["sentence_id", "frame"])
    found = []
    if answers["article_id"].nunique() > 1:
        for (article, frame), own in near.groupby(["article_id", "frame"], sort=False):
            others = answers[(answers["article_id"] != article) & (answers["frame"] == frame)]
            threshold = best_threshold(others["similarity"], others["present"])
            present = (own["similarity"] >= threshold).astype(int)
            found.append(own.assign(reader=SIMILARITY, present=present)[READING])
    return pd.concat(found, ignore_index=True) if found else coded.iloc[:0]


def best_threshold(values: Sequence[float], present: Sequence[int]) -> float:
    """The value from which on saying yes has the best F1, of several the highest; infinite if
    nothing is present.  Equal values get the same answer."""
    answers = pd.DataFrame({"value": list(values), "present": list(present)}, dtype=float)
    if not answers["present"].any():
        return np.inf
    by_value = answers.groupby("value")["present"].agg(["sum", "size"])
    from_here_on = by_value.sort_index(ascending=False).cumsum()
    f1 = 2 * from_here_on["sum"] / (from_here_on["size"] + answers["present"].sum())
    return float(f1.idxmax())


def either(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The reader that says yes where one of two does; empty if one of them is."""
    both = first.merge(second, on=["sentence_id", "frame"], suffixes=("", "_second"))
    name = both["reader"] + " or " + both["reader_second"]
    present = both[["present", "present_second"]].max(axis=1)
    return both.assign(reader=name, present=present)[READING]
