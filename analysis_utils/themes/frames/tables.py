"""Which frames organise each telling.

To frame is to select some aspects of an event and make them more salient (Entman
1993).  Here a sentence has a frame if a term of the frame stands in it
(:mod:`analysis_utils.themes.frames.terms`): the dictionary approach, which is transparent and
cheap and hears words only.  How far it agrees with readers who know the frame's
description is measured (:mod:`analysis_utils.themes.frames.validation`), beside a second method,
the similarity of a sentence to that description.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import mean_intervals
from analysis_utils.output import english
from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes.frames import validation as hand_codes
from analysis_utils.themes.frames.terms import find_hits, study_frames

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Frame

#: Whose words a hit can stand in (:func:`analysis_utils.annotation.voice.voice_of_spans`).
VOICES = ("own", "reported", "quoted")

#: Columns of a table of scores, one row a sentence and frame.
SCORE_COLUMNS = {
    "sentence_id": "the sentence",
    "article_id": "article it stands in",
    "outlet": "outlet that tells it",
    "part": "headline, standfirst or body",
    "frame": "id of the frame",
    "hits": "terms of the frame in the sentence",
    "present": "1 if there is one or more, else 0",
    "own": "1 if one stands in the outlet's own words",
    "others": "1 if one stands in words that the outlet reports or quotes",
    "words": "the words that were found, as written",
}


def frame_table(frames: Sequence[Frame], issue: Sequence[Frame] = ()) -> pd.DataFrame:
    """The frames as a codebook: ``frame``, ``kind``, ``description``, ``terms``.

    Parameters
    ----------
    frames
        All frames, as :func:`~analysis_utils.themes.frames.terms.study_frames` gives them.
    issue
        Those that the study defines itself; the others are generic.
    """
    own = {frame.id for frame in issue}
    rows = [
        {
            "frame": frame.name,
            "kind": "issue" if frame.id in own else "generic",
            "description": frame.description,
            "terms": ", ".join(frame.terms),
        }
        for frame in frames
    ]
    return pd.DataFrame(rows, columns=["frame", "kind", "description", "terms"])


def frame_names(frames: Sequence[Frame]) -> dict[str, str]:
    """Names of the frames by id, in their order."""
    return {frame.id: frame.name for frame in frames}


def score_sentences(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    frames: Sequence[Frame],
    voices: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How many terms of each frame stand in each sentence, and in whose words.

    Parameters
    ----------
    sentences
        Table of the corpus, or a part of it.
    hits
        As :func:`~analysis_utils.themes.frames.terms.find_hits` gives them.
    frames
        The frames that were looked for.
    voices
        The voice of each hit (column ``voice``, index of ``hits``), as
        :func:`~analysis_utils.annotation.voice.voice_of_spans` gives it; without it every
        hit counts as the outlet's own.

    Returns
    -------
    One row a sentence and frame, with the columns of ``SCORE_COLUMNS``.
    """
    voice = "own" if voices is None else voices["voice"]
    counted = hits.assign(own=pd.Series(voice, index=hits.index) == "own")
    found = counted.groupby(["sentence_id", "frame"]).agg(
        hits=("text", "size"),
        n_own=("own", "sum"),
        words=("text", lambda words: "; ".join(dict.fromkeys(words))),
    )
    place = sentences[["sentence_id", "article_id", "outlet", "part"]]
    every = place.merge(pd.Series([frame.id for frame in frames], name="frame"), how="cross")
    table = every.join(found, on=["sentence_id", "frame"])
    numbers = table[["hits", "n_own"]].fillna(0).astype(int)
    table = table.assign(
        hits=numbers["hits"],
        present=(numbers["hits"] > 0).astype(int),
        own=(numbers["n_own"] > 0).astype(int),
        others=(numbers["n_own"] < numbers["hits"]).astype(int),
        words=table["words"].fillna(""),
    )
    return table[list(SCORE_COLUMNS)]


def shares(
    scores: pd.DataFrame,
    values: Sequence[str] = ("present", "own", "others"),
    seed: int = 0,
    draws: int = 2000,
) -> pd.DataFrame:
    """Share of each outlet's body sentences that have a frame, with intervals.

    Headline and standfirst are left out: the one is a text of its own kind, the other
    mostly repeats the body.

    Parameters
    ----------
    scores
        As :func:`score_sentences` gives them.
    values
        Which of its columns of 0 and 1 to take the share of.
    seed, draws
        Seed and number of draws of the bootstrap over sentences.

    Returns
    -------
    One row a frame, outlet and value: ``frame``, ``outlet``, ``value``, ``n`` (sentences),
    ``count`` (those that have the frame), ``mean`` (share, 0 to 1), ``low`` and ``high``
    (95 % interval; NaN below ``FEW`` sentences).  All shares are of all the outlet's sentences.
    """
    body = scores[scores["part"] == "body"]
    tables = []
    for value in values:
        table = mean_intervals(body, value, ["frame", "outlet"], "sentence_id", draws, seed)
        count = (table["mean"] * table["n"]).round().astype(int)
        tables.append(table.assign(value=value, count=count))
    columns = ["frame", "outlet", "value", "n", "count", "mean", "low", "high"]
    return pd.concat(tables, ignore_index=True)[columns]


def count_table(shared: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Sentences with each frame by outlet: "5 (2 own)", with the outlet's sentences above.

    Empty if there are no frames.
    """
    if shared.empty:
        return pd.DataFrame()
    wide = shared.pivot(index=["frame", "outlet"], columns="value", values="count")
    sizes = shared.groupby("outlet")["n"].max()
    cells = wide["present"].astype("str") + " (" + wide["own"].astype("str") + ")"
    table = cells.unstack("outlet").reindex(index=shared["frame"].unique())
    heads = {
        outlet: f"{outlets[outlet]}, of {sizes[outlet]}" for outlet in outlets if outlet in sizes
    }
    return table[list(heads)].rename(columns=heads).rename_axis(columns=None).reset_index()


def headline_frames(
    scores: pd.DataFrame, sentences: pd.DataFrame, names: Mapping[str, str]
) -> pd.DataFrame:
    """The frames of each headline: ``outlet``, ``frames``, ``words``, ``sentence_id``, ``text``."""
    headlines = sentences.loc[sentences["part"] == "headline", ["outlet", "sentence_id", "text"]]
    present = scores[scores["present"] == 1].assign(name=lambda rows: rows["frame"].map(names))
    found = present.groupby("sentence_id").agg(
        frames=("name", ", ".join),
        words=("words", lambda words: "; ".join(dict.fromkeys("; ".join(words).split("; ")))),
    )
    table = headlines.join(found, on="sentence_id").fillna({"frames": "none", "words": ""})
    return table[["outlet", "frames", "words", "sentence_id", "text"]].reset_index(drop=True)


def readings(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores as what a reader says: ``reader``, ``sentence_id``, ``frame``, ``present``,
    ``words``; see :mod:`analysis_utils.themes.frames.validation`."""
    return scores.assign(reader=hand_codes.TERMS)[[*hand_codes.READING, "words"]]


def coded_counts(coded: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Body sentences with each frame by the coders, beside the terms.

    Parameters
    ----------
    coded
        As :func:`~analysis_utils.themes.frames.validation.read_coded` gives it.
    scores
        As :func:`score_sentences` gives them.

    Returns
    -------
    One row a frame and outlet: ``frame``, ``outlet``, ``n`` (coded sentences; as text, "100 and
    20", where one coder coded more of them than another), and how many of them have the frame:
    one column a coder, then ``terms``.  Empty without codes.
    """
    if coded.empty:
        return pd.DataFrame()
    body = scores.loc[scores["part"] == "body", ["sentence_id", "outlet", "frame", "present"]]
    wide = coded.pivot(index=["sentence_id", "frame"], columns="reader", values="present")
    both = body.rename(columns={"present": hand_codes.TERMS}).merge(wide.reset_index())
    order = {frame: place for place, frame in enumerate(dict.fromkeys(scores["frame"]))}
    both = both.sort_values("frame", key=lambda column: column.map(order), kind="stable")
    groups = both.groupby(["frame", "outlet"], sort=False)
    counts = groups[[*wide.columns, hand_codes.TERMS]].sum().astype(int)
    counts.insert(0, "n", groups[list(wide.columns)].count().apply(_alike_or_each, axis=1))
    return counts.rename_axis(columns=None).reset_index()


def _alike_or_each(sizes: pd.Series) -> int | str:
    """The number of sentences that the coders coded: one number if it is the same for all."""
    alike = sizes.nunique() == 1
    return int(sizes.iloc[0]) if alike else english.listed([str(size) for size in sizes])


def groups(frames: Sequence[Frame], issue: Sequence[Frame]) -> dict[str, list[str]]:
    """Ids of the frames by kind: ``all frames``, ``generic frames`` and ``issue frames``."""
    own = {frame.id for frame in issue}
    ids = [frame.id for frame in frames]
    kinds = {
        "all frames": ids,
        "generic frames": [frame for frame in ids if frame not in own],
        "issue frames": [frame for frame in ids if frame in own],
    }
    return {name: members for name, members in kinds.items() if members}


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

    texts = _without_names(sentences, mentions)
    near = embed(texts) @ embed([f"{frame.name}. {frame.description}" for frame in frames]).T
    wide = pd.DataFrame(near, columns=[frame.id for frame in frames])
    wide = wide.assign(
        sentence_id=sentences["sentence_id"].to_numpy(),
        article_id=sentences["article_id"].to_numpy(),
    )
    return wide.melt(["sentence_id", "article_id"], var_name="frame", value_name="similarity")


def _without_names(sentences: pd.DataFrame, mentions: pd.DataFrame | None) -> list[str]:
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
            found.append(own.assign(reader="similarity", present=present)[hand_codes.READING])
    return pd.concat(found, ignore_index=True) if found else coded.iloc[:0]


def best_threshold(values: Sequence[float], present: Sequence[int]) -> float:
    """The value from which on saying yes has the best F1, of several the highest; infinite if
    nothing is present."""
    values, present = np.asarray(values, dtype=float), np.asarray(present, dtype=int)
    if not present.sum():
        return np.inf
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    f1 = 2 * np.cumsum(present[order]) / (np.arange(1, len(ranked) + 1) + present.sum())
    ends = np.append(ranked[1:] != ranked[:-1], True)  # equal values get the same answer
    return float(ranked[np.argmax(np.where(ends, f1, -1))])


def either(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The reader that says yes where one of two does; empty if one of them is."""
    both = first.merge(second, on=["sentence_id", "frame"], suffixes=("", "_second"))
    name = both["reader"] + " or " + both["reader_second"]
    present = both[["present", "present_second"]].max(axis=1)
    return both.assign(reader=name, present=present)[hand_codes.READING]


def evaluate(corpus: Corpus, frames: Sequence[Frame], scores: pd.DataFrame) -> pd.DataFrame:
    """All methods beside the coders: see :func:`~analysis_utils.themes.frames.validation.compare`.

    Compared are the terms, the similarity to the descriptions, both together, and the
    trivial readers.  Empty if the study has no hand codes of frames.
    """
    coded = hand_codes.read_coded(corpus.study.codes("frames"), [frame.id for frame in frames])
    by_terms = readings(scores)
    readers = [by_terms]
    if coded["sentence_id"].nunique():
        near = similarity(corpus.sentences, frames, corpus.mentions)
        by_meaning = read_by_similarity(near, coded)
        readers += [by_meaning, either(by_terms, by_meaning), hand_codes.trivial_readings(coded)]
    every = groups(frames, corpus.study.frames) | {frame.id: [frame.id] for frame in frames}
    return hand_codes.compare(pd.concat(readers)[hand_codes.READING], coded, every)


def validate(corpus: Corpus) -> pd.DataFrame:
    """How far the terms agree with the hand codes, for the table of all measures.

    Returns
    -------
    One row a kind of frame: ``measure``, ``against``, ``score``, ``value`` (mean F1 over the
    coders), ``n``, ``unit``, ``baseline``, ``baseline_value`` and ``known_errors``.  Empty if
    the study has no hand codes of frames.
    """
    frames = study_frames(corpus.study)
    hits = find_hits(corpus.sentences, corpus.tokens, frames, corpus.mentions)
    comparison = evaluate(corpus, frames, score_sentences(corpus.sentences, hits, frames))
    kinds = list(groups(frames, corpus.study.frames))[1:]
    methods = hand_codes.methods_table(comparison, kinds).set_index(["group", "reader"])
    rows = [
        {
            "measure": f"{kind} of a sentence, by their terms",
            "against": "hand codes",
            "score": "F1",
            "value": methods.loc[(kind, hand_codes.TERMS), "f1"],
            "n": int(methods.loc[(kind, hand_codes.TERMS), "n"]),
            "unit": "pairs of sentence and frame",
            "baseline": "always present",
            "baseline_value": methods.loc[(kind, "always present"), "f1"],
            "known_errors": "Terms hear words only: they miss a frame that a sentence implies"
            " without any of them, and find one where a word means something else.",
        }
        for kind in methods.index.unique("group")
    ]
    return pd.DataFrame(rows, columns=list(VALIDATION_COLUMNS))
