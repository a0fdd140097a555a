"""Hand codes of frames, and every method beside them: agreement, counts and differences.

A *reader* says for sentences and frames whether the frame is present: a coder, a method, or
one of those that look at nothing.  A table of readings has the columns of ``READING``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis_utils.measures.agreement import alpha, overlap
from analysis_utils.output.english import listed
from analysis_utils.themes.frames.codebook import groups

#: What a reader says: one row a sentence and frame.
READING = ["reader", "sentence_id", "frame", "present"]

#: Readers that look at nothing, and their answer.
TRIVIAL = {"always present": 1, "never present": 0}

#: The name of a method that goes by the terms.
TERMS = "terms"

#: What stands before a coder's name, and what a coder is called in a mean over the coders.
CODER, OTHER_CODER = "coder ", "another coder"

_UNIT = ["sentence_id", "frame"]
_SCORES = ("precision", "recall", "f1", "alpha")
_COMPARED = ["group", "coder", "reader", "n", "coded", "found", "both", *_SCORES]


def read_coded(codes: pd.DataFrame | None) -> pd.DataFrame:
    """The coders' readings of the frames.

    Parameters
    ----------
    codes
        Hand codes ``frames``: ``coder``, ``sentence_id``, ``frame``, ``present``; or None.

    Returns
    -------
    ``reader`` (``coder a``), ``sentence_id``, ``frame`` and ``present`` (0 or 1); empty if
    there are no codes.
    """
    if codes is None:
        return pd.DataFrame(columns=READING)
    return codes.assign(reader=CODER + codes["coder"])[READING].reset_index(drop=True)


def read_by_terms(scores: pd.DataFrame) -> pd.DataFrame:
    """What the terms say, from :func:`~analysis_utils.themes.frames.tables.score_sentences`."""
    return scores.assign(reader=TERMS)[READING]


def read_trivially(coded: pd.DataFrame) -> pd.DataFrame:
    """What the readers that look at nothing say of every coded sentence and frame."""
    units = coded[_UNIT].drop_duplicates()
    trivial = [units.assign(reader=name, present=value) for name, value in TRIVIAL.items()]
    return pd.concat(trivial, ignore_index=True)[READING]


def compare(
    readings: pd.DataFrame, coded: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Every reader beside every coder, and the coders beside each other.

    Parameters
    ----------
    readings
        Readers to compare: the columns of ``READING``.  A sentence and frame that a
        reader says nothing of counts as not present.
    coded
        The coders' readings, as :func:`read_coded` gives them.  Of two coders, only what
        both coded is compared.
    groups
        Ids of the frames by the name of their group: a frame of its own, or several
        frames whose sentences are counted together.

    Returns
    -------
    One row a group, coder and reader: ``group``, ``coder``, ``reader``, ``n`` (pairs of
    sentence and frame), ``coded`` and ``found`` (pairs in which coder and reader see the
    frame), ``both``, ``precision``, ``recall``, ``f1`` (0 to 1; missing where there is
    nothing to count) and ``alpha`` (-1 to 1; missing where all answers are the same).
    """
    rows = []
    readers, coders = pd.concat([coded, readings], ignore_index=True), set(coded["reader"])
    for coder, truth in coded.groupby("reader", sort=False):
        units = truth.set_index(_UNIT)["present"]
        for reader, answers in readers.groupby("reader", sort=False):
            if reader == coder:
                continue
            said = answers.set_index(_UNIT)["present"]
            shared = units.index.intersection(said.index) if reader in coders else units.index
            said, names = said.reindex(shared, fill_value=0), {"coder": coder, "reader": reader}
            rows += _by_group(units[shared], said, groups, names)
    return pd.DataFrame(rows, columns=_COMPARED)


def _by_group(
    truth: pd.Series, said: pd.Series, groups: Mapping[str, Sequence[str]], names: dict
) -> list[dict]:
    frame = truth.index.get_level_values("frame")
    members = {group: frame.isin(list(frames)) for group, frames in groups.items()}
    return [
        {"group": group, **names, **measure(truth[inside], said[inside])}
        for group, inside in members.items()
        if inside.any()
    ]


def measure(truth: Sequence[int], said: Sequence[int]) -> dict[str, float]:
    """Precision, recall, F1 and alpha of answers 0 and 1 beside a coder's."""
    coded, found = (set(np.flatnonzero(answers)) for answers in (truth, said))
    yes = np.add(truth, said)
    return {
        "n": len(truth),
        "coded": len(coded),
        "found": len(found),
        "both": len(coded & found),
        **overlap(found, coded),
        "alpha": alpha(np.column_stack([2 - yes, yes])),
    }


def methods_table(comparison: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Each reader's agreement with the coders, as the mean over the coders.

    Parameters
    ----------
    comparison
        As :func:`compare` gives it.
    codebook
        Table of the theme: its frames together, and those of each kind, are the groups.

    Returns
    -------
    One row a group and reader: ``group``, ``reader`` (``another coder`` for the coders
    beside each other), ``n`` (pairs of sentence and frame), ``precision``, ``recall``,
    ``f1`` and ``alpha``.
    """
    order = list(groups(codebook))
    chosen = comparison[comparison["group"].isin(order)]
    is_coder = chosen["reader"].isin(chosen["coder"])
    chosen = chosen.assign(reader=chosen["reader"].mask(is_coder, OTHER_CODER))
    means = chosen.groupby(["group", "reader"], sort=False).agg(
        n=("n", "max"), **{score: (score, "mean") for score in _SCORES}
    )
    return means.reset_index().sort_values(
        "group", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )


def frames_table(
    comparison: pd.DataFrame, codebook: pd.DataFrame, reader: str = TERMS
) -> pd.DataFrame:
    """Each frame: one reader's agreement with the coders, and theirs with each other.

    Parameters
    ----------
    comparison, codebook
        As in :func:`methods_table`.
    reader
        Whose agreement.

    Returns
    -------
    One row a frame: ``frame``, ``n`` (sentences), ``coded`` (in how many each coder sees
    it: "6, 9"), ``found`` (by the reader), ``precision``, ``recall``, ``f1`` and ``alpha``
    (the reader's, means over the coders), ``f1_coders`` and ``alpha_coders`` (between
    coders; missing if there is one).
    """
    chosen = comparison[comparison["group"].isin(codebook["frame"])]
    of_reader = chosen[chosen["reader"] == reader].groupby("group", sort=False)
    between = chosen[chosen["reader"].isin(chosen["coder"])].groupby("group", sort=False)
    table = of_reader.agg(
        n=("n", "max"),
        coded=("coded", lambda counts: ", ".join(map(str, counts))),
        found=("found", "max"),
        **{score: (score, "mean") for score in _SCORES},
    )
    for score in ("f1", "alpha"):
        table[f"{score}_coders"] = between[score].mean().reindex(table.index)
    return table.rename_axis("frame").reset_index()


def alphas(comparison: pd.DataFrame, codebook: pd.DataFrame) -> dict[str, float]:
    """Alpha of the terms by frame, mean over the coders; nothing if the study has no codes."""
    table = frames_table(comparison, codebook)
    return dict(zip(table["frame"], table["alpha"], strict=True))


def differences(scores: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Where the coders agree with each other and the terms do not.

    Parameters
    ----------
    scores
        As :func:`~analysis_utils.themes.frames.tables.score_sentences` gives them.
    coded
        The coders' readings.
    sentences
        Table of the corpus.

    Returns
    -------
    ``frame``, ``reading`` (``missed`` or ``found wrongly``), ``words`` (that were found),
    ``sentence_id`` and ``text``, frame by frame in reading order.
    """
    if coded.empty:
        return pd.DataFrame()
    answers = coded.groupby(_UNIT, sort=False)["present"].agg(["min", "max"]).reset_index()
    agreed = answers[answers["min"] == answers["max"]].rename(columns={"max": "coded"})
    both = scores.merge(agreed, on=_UNIT).merge(sentences[["sentence_id", "text"]])
    wrong = both[both["coded"] != both["present"]]
    wrong = wrong.assign(reading=wrong["present"].map({0: "missed", 1: "found wrongly"}))
    wrong = _in_order_of(scores, wrong, ["frame"])
    return wrong[["frame", "reading", "words", "sentence_id", "text"]]


def coded_counts(coded: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Body sentences with each frame by the coders, beside the terms.

    Parameters
    ----------
    coded
        As :func:`read_coded` gives it.
    scores
        As :func:`~analysis_utils.themes.frames.tables.score_sentences` gives them.

    Returns
    -------
    One row a frame, outlet and reader, the coders first and then ``terms``: ``frame``,
    ``outlet``, ``reader``, ``n`` (sentences that the coder coded; of the terms, those that any
    coder did) and ``count``: how many of them have the frame.  Empty without codes.
    """
    body = scores.loc[scores["part"] == "body", [*_UNIT, "outlet", "present"]]
    of_terms = body.merge(coded[_UNIT].drop_duplicates()).assign(reader=TERMS)
    of_coders = body.drop(columns="present").merge(coded).sort_values("reader", kind="stable")
    said = pd.concat([of_coders, of_terms], ignore_index=True)
    said = _in_order_of(scores, said, ["frame", "outlet"])
    counts = said.groupby(["frame", "outlet", "reader"], sort=False)["present"]
    return counts.agg(n="size", count="sum").reset_index()


def side_by_side(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts with the readers beside each other.

    Parameters
    ----------
    counts
        As :func:`coded_counts` gives them.

    Returns
    -------
    One row a frame and outlet: ``frame``, ``outlet``, ``n`` (coded sentences; as text, "100 and
    20", where one coder coded more of them than another), and how many of them have the frame:
    one column a coder, then ``terms``.  Empty without codes.
    """
    if counts.empty:
        return pd.DataFrame()
    key = ["frame", "outlet"]
    order = pd.MultiIndex.from_frame(counts[key].drop_duplicates())
    readers = [*sorted({*counts["reader"]} - {TERMS}), TERMS]
    wide = counts.pivot(index=key, columns="reader", values=["n", "count"])
    wide = wide.reindex(order).fillna(0).astype(int)
    table = wide["count"][readers]
    table.insert(0, "n", wide["n"][readers[:-1]].apply(_alike_or_each, axis=1))
    return table.rename_axis(columns=None).reset_index()


def _alike_or_each(sizes: pd.Series) -> int | str:
    """The number of sentences that the coders coded: one number if it is the same for all."""
    alike = sizes.nunique() == 1
    return int(sizes.max()) if alike else listed([str(size) for size in sizes])


def _in_order_of(scores: pd.DataFrame, table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows by columns whose values stand in the order of the scores; else as they stood."""
    places = {
        column: {value: place for place, value in enumerate(scores[column].unique())}
        for column in columns
    }
    return table.sort_values(
        columns,
        key=lambda column: column.map(places[column.name]),
        kind="stable",
        ignore_index=True,
    )
