"""Frames beside hand codes: how far terms agree with readers, and readers with each other.

Whoever says of a sentence whether it has a frame is a *reader* here: a coder, the
terms, a similarity, or the two trivial ones that always and never say yes.  All are
compared in the same way.  Agreement beyond chance is Krippendorff's alpha, nominal:
1 is perfect, 0 is what chance gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis_utils.measures.agreement import TENTATIVE, alpha
from analysis_utils.output import english
from analysis_utils.study.file import Fault, StudyError, nearest

#: What a reader says: one row a sentence and frame.
READING = ["reader", "sentence_id", "frame", "present"]

#: File of the hand codes in a study's folder.
CODED = "codes/frames.csv"

#: Readers that look at nothing, and their answer.
TRIVIAL = {"always present": 1, "never present": 0}

#: The name of a method that goes by the terms.
TERMS = "terms"

#: What a coder is called in a mean over the coders.
OTHER_CODER = "another coder"

_UNIT = ["sentence_id", "frame"]
_SCORES = ("precision", "recall", "f1", "alpha")
_COMPARED = ["group", "coder", "reader", "n", "coded", "found", "both", *_SCORES]


def read_coded(codes: pd.DataFrame | None, frames: Sequence[str]) -> pd.DataFrame:
    """The coders' readings of the frames.

    Parameters
    ----------
    codes
        Hand codes ``frames``: ``coder``, ``sentence_id``, ``frame``, ``present``; or None.
    frames
        Ids of all frames: the generic ones and the study's.

    Returns
    -------
    ``reader`` (``coder a``), ``sentence_id``, ``frame`` and ``present`` (0 or 1); empty if
    there are no codes.

    Raises
    ------
    StudyError
        If a code is of none of these frames.
    """
    if codes is None:
        return pd.DataFrame(columns=READING)
    if faults := [_unknown(frame, frames) for frame in {*codes["frame"]} - {*frames}]:
        raise StudyError(faults)
    return codes.assign(reader="coder " + codes["coder"])[READING].reset_index(drop=True)


def _unknown(frame: str, frames: Sequence[str]) -> Fault:
    problem = f"{frame!r} is no frame of study.yml or analysis_utils/words/generic_frames.yml."
    mend = f"{nearest(frame, frames)}The frames are {', '.join(frames) or 'none'}."
    return Fault(CODED, None, "frame", problem, mend)


def trivial_readings(coded: pd.DataFrame) -> pd.DataFrame:
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
    truth, said = np.asarray(truth, dtype=int), np.asarray(said, dtype=int)
    coded, found, both = int(truth.sum()), int(said.sum()), int((truth & said).sum())
    yes = truth + said
    return {
        "n": len(truth),
        "coded": coded,
        "found": found,
        "both": both,
        "precision": both / found if found else np.nan,
        "recall": both / coded if coded else np.nan,
        "f1": 2 * both / (coded + found) if coded + found else np.nan,
        "alpha": alpha(np.column_stack([2 - yes, yes])),
    }


def methods_table(comparison: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Each reader's agreement with the coders, as the mean over the coders.

    Returns
    -------
    One row a group and reader: ``group``, ``reader`` (``another coder`` for the coders
    beside each other), ``n`` (pairs of sentence and frame), ``precision``, ``recall``,
    ``f1`` and ``alpha``.
    """
    chosen = comparison[comparison["group"].isin(list(groups))]
    is_coder = chosen["reader"].isin(chosen["coder"])
    chosen = chosen.assign(reader=chosen["reader"].mask(is_coder, OTHER_CODER))
    means = chosen.groupby(["group", "reader"], sort=False).agg(
        n=("n", "max"), **{score: (score, "mean") for score in _SCORES}
    )
    table = means.reset_index()
    return table.sort_values(
        "group", key=lambda column: column.map(list(groups).index), kind="stable", ignore_index=True
    )


def frames_table(
    comparison: pd.DataFrame, frames: Sequence[str], reader: str = TERMS
) -> pd.DataFrame:
    """Each frame: one reader's agreement with the coders, and theirs with each other.

    Returns
    -------
    One row a frame: ``frame``, ``n`` (sentences), ``coded`` (in how many each coder sees
    it: "6, 9"), ``found`` (by the reader), ``precision``, ``recall``, ``f1`` and ``alpha``
    (the reader's, means over the coders), ``f1_coders`` and ``alpha_coders`` (between
    coders; missing if there is one).
    """
    chosen = comparison[comparison["group"].isin(list(frames))]
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


def alphas(table: pd.DataFrame) -> dict[str, float]:
    """Alpha by frame, from :func:`frames_table`; nothing if the study has no codes."""
    return dict(zip(table["frame"], table["alpha"], strict=True))


def differences(
    readings: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Where the coders agree with each other and a reader does not.

    Parameters
    ----------
    readings
        Of one reader, with a column ``words``: what it found.
    coded
        The coders' readings.
    sentences
        Table of the corpus.

    Returns
    -------
    ``frame``, ``reading`` (``missed`` or ``found wrongly``), ``words``, ``sentence_id`` and
    ``text``, frame by frame in reading order.
    """
    if coded.empty:
        return pd.DataFrame()
    answers = coded.groupby(_UNIT, sort=False)["present"].agg(["min", "max"]).reset_index()
    agreed = answers[answers["min"] == answers["max"]].rename(columns={"max": "coded"})
    both = readings.merge(agreed, on=_UNIT).merge(sentences[["sentence_id", "text"]])
    wrong = both[both["coded"] != both["present"]]
    wrong = wrong.assign(reading=wrong["present"].map({0: "missed", 1: "found wrongly"}))
    frames = list(dict.fromkeys(readings["frame"]))
    wrong = wrong.sort_values(
        "frame", key=lambda column: column.map(frames.index), kind="stable", ignore_index=True
    )
    return wrong[["frame", "reading", "words", "sentence_id", "text"]]


def differences_finding(wrong: pd.DataFrame, names: Mapping[str, str]) -> str:
    """What the terms get wrong, from :func:`differences`, as a sentence."""
    if wrong.empty:
        return ""
    missed = wrong[wrong["reading"] == "missed"]
    false = len(wrong) - len(missed)
    text = (
        "Where the coders agree with each other, the terms overlook"
        f" {english.counted(len(missed), 'case')} of a frame and report"
        f" {english.counted(false, 'case')} that the coders do not see."
    )
    if len(missed):
        counts = missed["frame"].value_counts()
        most = [names[frame] for frame in missed["frame"].unique() if counts[frame] == counts.max()]
        text += (
            f" Most often missed: {english.listed(most)}"
            f" ({english.counted(counts.max(), 'sentence')}), in sentences that say it in"
            " other words or leave it to the reader."
        )
    return text


def conclusion(
    methods: pd.DataFrame, table: pd.DataFrame, names: Mapping[str, str], reader: str = TERMS
) -> str:
    """What the agreement allows one to conclude, as paragraphs.

    Takes :func:`methods_table` and :func:`frames_table`.
    """
    if methods.empty:
        return (
            "Nobody has coded these frames by hand in this study, so nothing is known about how far"
            " the terms agree with a reader here. Treat what follows as a way into the sentences."
        )
    parts = [_group_conclusion(rows, reader) for _, rows in methods.groupby("group", sort=False)]
    return "\n\n".join([" ".join(parts), _by_frame(table, names)])


def _group_conclusion(rows: pd.DataFrame, reader: str) -> str:
    by_reader = rows.set_index("reader")
    terms = by_reader.loc[reader]
    over = (
        f"Over {english.counted(int(terms['n']), 'pair')} of sentence and frame ({terms['group']})"
    )
    if pd.isna(terms["f1"]):
        return f"{over}, neither coders nor terms see a frame."
    text = f"{over}, the terms reach {_f1(terms, 'precision', 'recall')}"
    if pd.notna(terms["alpha"]):
        text += f" and an alpha of {terms['alpha']:.2f}"
    text += f", always saying yes {_f1(by_reader.loc['always present'])}"
    if OTHER_CODER in by_reader.index and pd.notna(by_reader.loc[OTHER_CODER, "f1"]):
        between = by_reader.loc[OTHER_CODER]
        text += f"; the coders agree with {_f1(between, 'alpha')}"
        if between["n"] < terms["n"]:
            text += f" over the {english.counted(int(between['n']), 'pair')} that both coded"
    return f"{text}."


def _f1(row: pd.Series, *beside: str) -> str:
    """F1, and other scores in brackets as far as there was anything to count."""
    told = ", ".join(f"{name} {row[name]:.2f}" for name in beside if pd.notna(row[name]))
    return f"an F1 of {row['f1']:.2f}{told and f' ({told})'}"


def _by_frame(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    absent = (table["found"] == 0) & table["f1"].isna()
    every = (table["f1"] == 1) & table["alpha"].isna()
    usable = table["alpha"] >= TENTATIVE
    kinds = {"yes": usable, "no": ~(usable | absent | every), "none": absent, "every": every}
    listed = {
        key: english.listed([names[frame] for frame in table.loc[which, "frame"]])
        for key, which in kinds.items()
    }
    text = (
        f"Content analysis draws tentative conclusions from an alpha of {TENTATIVE:.3f} on. The"
        f" terms get there for {listed['yes'] or 'no frame'}."
    )
    if listed["no"]:
        text += f" They do not for {listed['no']}: read the sentences there, not the shares."
    if listed["none"]:
        text += f" Neither coders nor terms see {listed['none']} anywhere."
    if listed["every"]:
        text += f" Coders and terms see {listed['every']} everywhere, which leaves alpha undefined."
    return text


def similarity_finding(methods: pd.DataFrame) -> str:
    """Whether similarity to the description helps, from :func:`methods_table`, as a sentence."""
    readers = set(methods["reader"]) if len(methods) else set()
    if not {"similarity", TERMS} <= readers:
        return "Without codes of two articles or more, similarity cannot be tested here."
    wide = methods.pivot(index="group", columns="reader", values="f1").reindex(
        methods["group"].unique()
    )
    compared = wide.dropna(subset=["similarity", TERMS])
    if compared.empty:
        return "Neither coders nor methods see a frame, so similarity cannot be tested here."
    parts = [
        f"{'above' if row['similarity'] > row[TERMS] else 'not above'} the terms on {group}"
        f" (F1 {row['similarity']:.2f} against {row[TERMS]:.2f}, together"
        f" {row[f'{TERMS} or similarity']:.2f})"
        for group, row in compared.iterrows()
    ]
    return (
        f"Similarity to the description is {english.listed(parts)}. It needs coded sentences to set"
        " its thresholds and has no words to show for its answer, so what follows goes by the"
        " terms."
    )


def coded_finding(
    counts: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """The frame that the coders see most in each outlet, from a table of counts.

    Takes a table as :func:`~analysis_utils.themes.frames.tables.coded_counts` gives it.
    """
    if counts.empty:
        return ""
    coders = [column for column in counts if str(column).startswith("coder ")]
    parts, without = [], []
    for outlet, rows in counts.groupby("outlet", sort=False):
        means = rows[coders].mean(axis=1)
        if not means.max() > 0:
            without.append(f"{outlets[outlet]} ({rows['n'].iloc[0]} sentences)")
            continue
        for _, row in rows[means == means.max()].head(1).iterrows():
            seen = english.listed([str(row[coder]) for coder in coders])
            parts.append(
                f"{names[row['frame']]} in {outlets[outlet]} ({seen} of {row['n']} sentences)"
            )
    told = "By the coders' own reading,"
    if not parts:
        return f"{told} no frame was coded in {english.listed(without)}."
    text = f"{told} the most frequent frame is {english.listed(parts)}."
    return f"{text} No frame was coded in {english.listed(without)}." if without else text
