"""Entman's four functions of a frame, as a table that a researcher fills in.

To frame is to promote "a particular problem definition, causal interpretation, moral
evaluation, and/or treatment recommendation" (Entman 1993, p. 52).  Which of these a
sentence does takes a reader.  Cue words propose sentences to read
(:func:`candidates`), a sheet with them is there to be filled in
(:func:`sheet`), and the filled one is read back and laid out by outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures import agreement
from analysis_utils.output.spreadsheets import SheetError, read_rows, unguard, write_csv
from analysis_utils.study.file import Fault, StudyError, nearest
from analysis_utils.themes.frames.evidence import evidence

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: The file with the filled table, in the study's folder, and that of the sheet to fill in, in
#: its folder for such sheets.
FILLED, SHEET = "codes/functions.csv", "functions.csv"

#: Columns of both; ``remark`` may be empty, and so may ``sentence_id`` if a statement rests on
#: the whole article.
COLUMNS = ("outlet", "function", "statement", "sentence_id", "remark")


def candidates(
    cues: pd.DataFrame, sentences: pd.DataFrame, functions: pd.DataFrame
) -> pd.DataFrame:
    """Sentences with a cue of a function, for a researcher to judge.

    Parameters
    ----------
    cues, functions
        Tables of the theme.
    sentences
        Table of the corpus; standfirsts are left out.

    Returns
    -------
    One row a function and sentence, in the order of the functions and of reading:
    ``function`` (id), ``outlet``, ``cues`` (as written), ``sentence_id``, ``text`` and
    ``spans`` (where the cues stand).
    """
    told = sentences[sentences["part"] != "standfirst"]
    table = evidence(cues, told, functions["frame"]).rename(columns={"frame": "function"})
    table["cues"] = [
        "; ".join(dict.fromkeys(row.text[start:end] for start, end in row.spans))
        for row in table[["text", "spans"]].itertuples()
    ]
    return table[["function", "outlet", "cues", "sentence_id", "text", "spans"]]


def sheet(candidates: pd.DataFrame) -> pd.DataFrame:
    """The table to fill in: a row a candidate with an empty ``statement``, its cues as
    ``remark``, and the ``sentence`` to read."""
    rows = candidates.rename(columns={"cues": "remark", "text": "sentence"})
    return rows.assign(statement="")[[*COLUMNS, "sentence"]]


def save_sheet(study: Study, candidates: pd.DataFrame) -> Path:
    """Write the sheet into ``study.coding_folder``, unless somebody has filled in the one there.

    A sheet with a statement, and a file that cannot be read as a sheet (another program may have
    it open), stay as they are; ``words.where_to_fill_in`` says so.

    Returns
    -------
    The sheet.
    """
    path = study.coding_folder / SHEET
    if not is_at_work(path):
        write_csv(path, sheet(candidates))
    return path


def is_at_work(path: Path) -> bool:
    """Whether a sheet may hold what somebody has written."""
    if not path.exists():
        return False
    try:
        headings, rows = read_rows(path, "statement")
    except SheetError:
        return True
    place = headings.index("statement")
    return any("".join(cells[place : place + 1]).strip() for _, cells in rows)


def read_filled(study: Study, sentences: pd.DataFrame, functions: pd.DataFrame) -> pd.DataFrame:
    """The table as somebody filled it in, with the sentences.

    Parameters
    ----------
    study
        The study, whose folder may hold ``codes/functions.csv``.
    sentences
        Table of the corpus.
    functions
        Table of the theme.

    Returns
    -------
    ``outlet``, ``function``, ``statement``, ``sentence_id``, ``remark`` and ``text`` (of the
    sentence), by function and in the order of the file; rows without a statement are left
    out.  Empty if nothing was filled in.

    Raises
    ------
    StudyError
        If an outlet, function or sentence is none of the study's.
    """
    codes = study.codes("functions")
    if codes is None:
        return pd.DataFrame(columns=[*COLUMNS, "text"])
    codes = codes.reindex(columns=list(COLUMNS), fill_value="").astype("str").map(unguard)
    order = functions["frame"].tolist()
    known = {
        "outlet": list(study.outlet_names),
        "function": order,
        "sentence_id": [*sentences["sentence_id"], ""],
    }
    if faults := list(_faults(codes, known, str(study.folder / FILLED))):
        raise StudyError(faults)
    filled = codes[codes["statement"].str.strip() != ""]
    filled = filled.merge(sentences[["sentence_id", "text"]], how="left").fillna({"text": ""})
    return filled.sort_values(
        "function", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )


def _faults(codes: pd.DataFrame, known: Mapping[str, list[str]], file: str) -> Iterator[Fault]:
    for column, allowed in known.items():
        for value in dict.fromkeys(codes.loc[~codes[column].isin(allowed), column]):
            some = ", ".join(filter(None, allowed[:8]))
            mend = (
                f"{nearest(value, allowed)}It is one of {some}{', …' if len(allowed) > 9 else ''}."
            )
            yield Fault(file, None, column, f"{value!r} is none of the study's.", mend)


def by_outlet(
    filled: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    """The filled table laid out: a row a function, a column an outlet.

    Returns
    -------
    ``function`` (its name), then by outlet its statements, each with its sentence; a dash
    where there is none.  Empty if nothing was filled in.
    """
    if filled.empty:
        return pd.DataFrame()
    place = (" (" + filled["sentence_id"] + ")").mask(filled["sentence_id"] == "", "")
    cells = filled.assign(cell=filled["statement"].str.strip() + place)
    joined = cells.groupby(["function", "outlet"])["cell"].agg(" • ".join).unstack("outlet")
    table = joined.reindex(index=list(names), columns=list(outlets)).astype("object").fillna("–")
    table = table.rename(columns=outlets, index=names)
    return table.rename_axis(index="function", columns=None).reset_index()


def beside_candidates(filled: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Every statement with its sentence, and the cues that had proposed it.

    Returns
    -------
    ``function``, ``outlet``, ``statement``, ``remark``, ``cues`` (empty if no cue of this
    function had), ``sentence_id`` and ``text``.
    """
    key = ["function", "sentence_id"]
    table = filled.merge(candidates[[*key, "cues"]], on=key, how="left").fillna({"cues": ""})
    return table[["function", "outlet", "statement", "remark", "cues", "sentence_id", "text"]]


def evaluate(
    filled: pd.DataFrame,
    candidates: pd.DataFrame,
    sentences: pd.DataFrame,
    functions: pd.DataFrame,
) -> pd.DataFrame:
    """How many of the sentences that a researcher chose the cues had proposed.

    Parameters
    ----------
    filled, candidates
        As :func:`read_filled` and :func:`candidates` give them.
    sentences
        Table of the corpus; standfirsts cannot be proposed and are left out.
    functions
        Table of the theme.

    Returns
    -------
    One row a function, one for all, and one for ``every sentence`` (all sentences proposed
    for all functions): ``function``, ``n`` (sentences), ``chosen``, ``proposed``, ``both``,
    ``precision``, ``recall`` and ``f1``.  Empty if nothing was filled in.
    """
    if filled.empty:
        return pd.DataFrame()
    told = sentences.loc[sentences["part"] != "standfirst", "sentence_id"].tolist()
    chosen, proposed = _pairs(filled, told), _pairs(candidates, told)
    every = {(function, sentence) for function in functions["frame"] for sentence in told}
    rows = []
    for function in functions["frame"]:
        mine = {pair for pair in every if pair[0] == function}
        rows.append(_row(function, len(told), chosen & mine, proposed & mine))
    rows.append(_row("all functions", len(every), chosen, proposed))
    rows.append(_row("every sentence", len(every), chosen, every))
    return pd.DataFrame(rows)


def _pairs(table: pd.DataFrame, sentences: list[str]) -> set[tuple[str, str]]:
    known = table[table["sentence_id"].isin(sentences)]
    return set(zip(known["function"], known["sentence_id"], strict=True))


def _row(function: str, n: int, chosen: set, proposed: set) -> dict:
    return {
        "function": function,
        "n": n,
        "chosen": len(chosen),
        "proposed": len(proposed),
        "both": len(chosen & proposed),
        **agreement.overlap(proposed, chosen),
    }
