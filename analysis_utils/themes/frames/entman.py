"""Entman's four functions of a frame, as a table that a researcher fills in.

To frame is to promote "a particular problem definition, causal interpretation, moral
evaluation, and/or treatment recommendation" (Entman 1993, p. 52).  Which of these a
sentence does takes a reader.  Cue words propose sentences to read
(:func:`candidates`), a sheet with them is there to be filled in
(:func:`sheet`), and the filled one is read back (:func:`read_filled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.agreement import overlap
from analysis_utils.output.cells import MOST_COLUMNS
from analysis_utils.output.spreadsheets import SheetError, read_rows, unguard, write_csv

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: The file with the filled table, in the study's folder, and that of the sheet to fill in, in
#: its folder for such sheets.
FILLED, SHEET = "codes/functions.csv", "functions.csv"

#: Columns of both; ``remark`` may be empty, and so may ``sentence_id`` if a statement rests on
#: the whole article.
COLUMNS = ("outlet", "function", "statement", "sentence_id", "remark")


#: Sentences or statements of a function that are shown at most, where outlets stand side by side.
MOST_OF_A_FUNCTION = 4

#: Statements and candidates of a function that are shown at most where they do not.
MOST_STATEMENTS, MOST_CANDIDATES = 5, 2


def candidates(
    cues: pd.DataFrame, sentences: pd.DataFrame, functions: pd.DataFrame
) -> pd.DataFrame:
    """Sentences with a cue of a function, for a researcher to judge.

    Parameters
    ----------
    cues
        Where the cues stand: as :func:`~analysis_utils.themes.frames.hits.find_hits` gives them.
    sentences
        Table of the corpus; standfirsts are left out.
    functions
        Table of the theme.

    Returns
    -------
    See :class:`~analysis_utils.themes.frames.tables.Candidates`: in the order of the functions and
    of reading.
    """
    told = sentences.loc[sentences["part"] != "standfirst", ["sentence_id", "outlet", "text"]]
    found = cues.groupby(["frame", "sentence_id"])["text"].agg(
        lambda words: "; ".join(dict.fromkeys(words))
    )
    rows = [
        told.join(found.loc[function].rename("cues"), on="sentence_id", how="inner").assign(
            function=function
        )
        for function in functions["frame"]
        if function in found.index.get_level_values("frame")
    ]
    columns = ["function", "outlet", "cues", "sentence_id", "text"]
    return pd.concat([pd.DataFrame(columns=columns), *rows], ignore_index=True)[columns]


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
    """
    codes = study.codes("functions")
    if codes is None:
        return pd.DataFrame(columns=[*COLUMNS, "text"])
    codes = codes.reindex(columns=list(COLUMNS), fill_value="").astype("str").map(unguard)
    order = functions["frame"].tolist()
    filled = codes[codes["statement"].str.strip() != ""]
    filled = filled.merge(sentences[["sentence_id", "text"]], how="left").fillna({"text": ""})
    return filled.sort_values(
        "function", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )


def side_by_side(tables: SimpleNamespace, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The filled table, or candidates where nobody has filled it in, as evidence to show.

    Parameters
    ----------
    tables
        The theme's tables.
    outlets
        Names of outlets by id, in order.

    Returns
    -------
    A row a statement or sentence, as :func:`analysis_utils.output.cells.evidence` takes them: the
    functions are the matters, and name themselves.
    """
    names = dict(zip(tables.functions["frame"], tables.functions["name"], strict=True))
    most = MOST_STATEMENTS if len(tables.statements) else MOST_CANDIDATES
    if len(tables.statements):
        rows = tables.statements.drop(columns="text")
        rows = rows.rename(columns={"statement": "text", "remark": "note"})
    else:
        rows = tables.candidates.assign(n=tables.candidates["cues"].str.count(";"))
        rows = rows.sort_values("n", ascending=False, kind="stable")
        rows = rows.drop_duplicates("sentence_id").groupby(["function", "outlet"]).head(1)
        rows = rows.assign(note="cue words: " + rows["cues"])
    order = {key: list(places) for key, places in (("function", names), ("outlet", outlets))}
    rows = rows.sort_values(
        list(order), key=lambda column: column.map(order[column.name].index), kind="stable"
    )
    rows = rows.groupby(["function", "outlet"]).head(MOST_OF_A_FUNCTION)
    if len(outlets) > MOST_COLUMNS:
        rows = rows.groupby(["function", "outlet"]).head(1)
        rows = rows.groupby("function").head(most)
    rows = rows.assign(matter=rows["function"].map(names), head=rows["function"].map(names))
    return rows[["outlet", "sentence_id", "text", "matter", "head", "note"]].reset_index(drop=True)


def cues_beside_statements(tables: SimpleNamespace, sentences: pd.DataFrame) -> dict[str, float]:
    """How many of the sentences that a coder chose for a function the cues had proposed.

    Parameters
    ----------
    tables
        The theme's tables.
    sentences
        Table of the corpus; standfirsts cannot be proposed and are left out.

    Returns
    -------
    ``n`` (pairs of function and sentence), ``f1`` of the cues, and ``f1_every`` of proposing every
    sentence for every function.
    """
    told = sentences.loc[sentences["part"] != "standfirst", "sentence_id"].tolist()
    chosen, proposed = _pairs(tables.statements, told), _pairs(tables.candidates, told)
    every = {(function, sentence) for function in tables.functions["frame"] for sentence in told}
    return {
        "n": len(every),
        "f1": overlap(proposed, chosen)["f1"],
        "f1_every": overlap(every, chosen)["f1"],
    }


def _pairs(table: pd.DataFrame, sentences: list[str]) -> set[tuple[str, str]]:
    known = table[table["sentence_id"].isin(sentences)]
    return set(zip(known["function"], known["sentence_id"], strict=True))
