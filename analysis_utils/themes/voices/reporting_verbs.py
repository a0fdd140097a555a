"""Reporting verbs and what they tell of the outlet's stance: "said", "claimed" or "admitted".

The groups stand in ``words/reporting_verbs.csv`` of the package; a study may add to them or
overrule them with a file of this name, in its folder or in its folder ``words``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.study.file import Fault, StudyError, nearest
from analysis_utils.words import FOLDER, PLACE, VERB_FILE

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: What a reporting verb can tell beyond the fact that something was said.  The first three
#: follow the engagement system of Martin and White (2005): acknowledge, distance, endorse.
STANCES = {
    "neutral": "says that it was said, or what kind of act it was",
    "doubting": "keeps a distance: whether it is true stays open",
    "endorsing": "takes what is said for true",
    "hostile": "shows the speaker against somebody or something",
}

#: A cue whose verb the file does not have.
UNGROUPED = "in no group"

COLUMNS = ("verb", "stance", "source")


def read_verbs(study: Study) -> pd.DataFrame:
    """The reporting verbs and phrases with their stance, the study's own rows first.

    Parameters
    ----------
    study
        A row of its ``reporting_verbs.csv`` takes the place of the project's row for
        the same verb.

    Returns
    -------
    One row a verb: ``verb`` (base form, small letters), ``stance`` (one of ``STANCES``),
    ``source`` (who groups it so) and ``own`` (whether the study's file says so).

    Raises
    ------
    StudyError
        If a file cannot be read or has faults; each is told with file, line and mend.
    """
    own = (study.folder / FOLDER / VERB_FILE, study.folder / VERB_FILE)
    tables = [_read(path).assign(own=True) for path in own if path.is_file()]
    tables.append(_read(PLACE / VERB_FILE).assign(own=False))
    return pd.concat(tables).drop_duplicates("verb", ignore_index=True)


def stance_of(cues: pd.Series, verbs: pd.DataFrame) -> pd.Series:
    """The stance of each cue, ``UNGROUPED`` if the verbs do not have it, empty without a cue.

    A phrase that is not listed has the stance of its first word: "dismiss as" that of "dismiss".
    """
    known = dict(zip(verbs["verb"], verbs["stance"], strict=True))
    cues = cues.str.casefold().str.strip()
    found = cues.map(known).fillna(cues.str.split(" ").str[0].map(known))
    return found.fillna(UNGROUPED).where(cues != "", "").astype("str")


def group_cues(listed: pd.DataFrame, verbs: pd.DataFrame, outlets: Iterable[str]) -> pd.DataFrame:
    """The reporting verbs of each outlet with their stance, speakers and sentences.

    Parameters
    ----------
    listed
        As :func:`~analysis_utils.themes.voices.tables.list_quotes` gives it.
    verbs
        As :func:`read_verbs` gives them.
    outlets
        Ids of the outlets, in the order wanted.

    Returns
    -------
    One row an outlet, cue and speaker; by outlet and stance, most quotes first: ``outlet``,
    ``stance`` (``UNGROUPED`` if the verbs do not have the cue), ``cue``, ``speaker`` (id of an
    actor, or empty), ``source`` (the name of others), ``n`` (quotes) and ``sentence_ids``.
    """
    cued = listed[listed["cue"] != ""]
    cued = cued.assign(stance=stance_of(cued["cue"], verbs))
    key = ["outlet", "stance", "cue", "speaker", "source"]
    table = cued.groupby(key, sort=False)["sentence_ids"].agg(["size", " ".join]).reset_index()
    table = table.rename(columns={"size": "n", "join": "sentence_ids"})
    first = {outlet: rank for rank, outlet in enumerate(outlets)}
    then = {stance: rank for rank, stance in enumerate([*STANCES, UNGROUPED])}
    order = table.assign(first=table["outlet"].map(first), then=table["stance"].map(then))
    by = ["first", "then", "n", "cue", "speaker", "source"]
    order = order.sort_values(by, ascending=[True, True, False, True, True, True])
    return order.drop(columns=["first", "then"]).reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    """The rows of one file, checked."""
    faults: list[Fault] = []
    rows: dict[str, dict] = {}
    for line, row in _lines(path):
        verb = " ".join(row["verb"].casefold().split())
        wrong = _wrong(verb, row, rows)
        faults += [Fault(str(path), line, *each) for each in wrong]
        rows[verb] = {"verb": verb, "stance": row["stance"].strip(), "source": row["source"]}
    if faults:
        raise StudyError(faults)
    return pd.DataFrame(list(rows.values()), columns=COLUMNS)


def _wrong(verb: str, row: dict[str, str], before: dict) -> Iterator[tuple[str, str, str]]:
    """Column, problem and mend of what is wrong with a row."""
    stance = row["stance"].strip()
    if not verb:
        yield "verb", "there is no verb.", "Write its base form, as in point out."
    elif verb in before:
        yield "verb", f"{verb!r} stands here twice.", "Keep one of the two rows."
    if stance not in STANCES:
        mend = f"{nearest(stance, STANCES)}Write one of {', '.join(STANCES)}."
        yield "stance", f"{stance!r} is no stance.", mend


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Every row with its line; ``source`` may be left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_heading(path, list(reader.fieldnames or []))
            rows = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError:
        mend = "Save it again with the encoding UTF-8."
        raise StudyError([Fault(str(path), None, "", "it is not in UTF-8.", mend)]) from None
    except csv.Error as error:
        mend = "Save it again as CSV with commas."
        problem = f"this is no valid CSV ({error})."
        raise StudyError([Fault(str(path), reader.line_num, "", problem, mend)]) from None
    uneven = [line for line, row in rows if None in row or None in row.values()]
    if uneven:
        problem = "there are more or fewer cells than columns."
        mend = "Put a text that holds a comma in quotation marks, or add what is left out."
        raise StudyError([Fault(str(path), line, "", problem, mend) for line in uneven])
    return [(line, {"source": "", **row}) for line, row in rows]


def _check_heading(path: Path, heading: list[str]) -> None:
    missing = [column for column in COLUMNS[:2] if column not in heading]
    if missing:
        mend = f"The first line is {','.join(COLUMNS)}, with commas between; source is optional."
        problem = "the column is missing."
        raise StudyError([Fault(str(path), 1, column, problem, mend) for column in missing])
