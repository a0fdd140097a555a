"""Sheets for hand coding: what coders are asked, the files to fill in, and reading them back.

A sheet has one row a unit (a sentence, a mention, a quote): its id, the text to code, the
text around it, and empty cells for the codes.  The method's own answers are not shown, as
they would sway the coder.  What is read back is one tidy table, ready for
:mod:`analysis_utils.measures.agreement`.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis_utils.files.normal_text import normal_text
from analysis_utils.files.writing import scratch_folder, write_whole
from analysis_utils.output.spreadsheets import (
    FORMATS,
    SheetError,
    read_rows,
    unescape_xml,
    unguard,
    write_csv,
    write_xlsx,
)
from analysis_utils.themes.validity.codebook import (
    INSTRUCTIONS,
    Variable,
    as_markdown,
    codebook,
    variables,
)
from analysis_utils.themes.validity.coders import file_fault, name_key, reserved_fault
from analysis_utils.themes.validity.units import UNITS, coding_units

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Study

#: Columns of the table that :func:`read_sheets` returns.
CODE_COLUMNS = ("coder", "unit_id", "variable", "value")

DEFAULT_CODER = "coder1"

#: Columns of a sheet that show what is coded; they must come back as they were.
_SHOWN = ("text", "context")

#: More faults than this in one message help nobody.
_MOST_FAULTS = 10

#: Endings of other spreadsheets, which coders might send.
_OTHER_FORMATS = (".ods", ".xls", ".xlsm", ".xlsb", ".numbers", ".tsv")

#: The part of an XLSX file that tells when it was made and changed.
_TIMES = "docProps/core.xml"

#: How spreadsheets of some languages write a truth value.
_TRUTH = {"true": "1", "false": "0"}


def coding_sheet(
    corpus: Corpus, unit: str, coder: str = "", sample: int | None = None, seed: int = 0
) -> pd.DataFrame:
    """A sheet to fill in: the units of one kind with empty cells for the codes.

    Parameters
    ----------
    corpus
        The corpus to code.
    unit
        One of ``UNITS``.
    coder
        Name of the coder, written in every row.
    sample
        How many units are drawn at random, without replacement; all by default.  The same
        seed draws the same units, so that several coders get the same ones.
    seed
        Seed of the draw.

    Returns
    -------
    ``unit_id``, ``text``, ``context``, one empty column a variable, ``remark`` and ``coder``.
    """
    table = coding_units(corpus, unit)
    if sample is not None and sample < len(table):
        table = table.sample(sample, random_state=seed).sort_index(ignore_index=True)
    for variable in variables(corpus.study)[unit]:
        table[variable.name] = None
    return table.assign(remark=None, coder=coder)


def write_sheets(
    corpus: Corpus,
    folder: Path,
    units: Sequence[str] = UNITS,
    formats: Sequence[str] = FORMATS,
    coder: str = DEFAULT_CODER,
    sample: int | None = None,
    seed: int = 0,
) -> list[Path]:
    """Write the sheets for one coder, ``<unit>-<coder>.csv`` and ``.xlsx``.

    An XLSX file has the codebook as its second sheet and lists of the allowed values; beside
    a CSV file lies ``<unit>-codebook.md``.  Kinds of which the corpus has none get no sheet.
    All are moved into place when the last one is done; a part that a run left which was killed
    is completed.

    Returns
    -------
    The files written, without the codebooks.

    Raises
    ------
    SheetError
        If one of the files is there already (whatever its capitals), as somebody may have filled
        it in, or the name of the coder cannot be part of a file's name, or is one that the tables
        use themselves (``RESERVED``).  Nothing is written
        then.
    """
    coder = normal_text(coder)
    if fault := file_fault(coder):
        raise SheetError(fault)
    sheets = {unit: coding_sheet(corpus, unit, coder, sample, seed) for unit in units}
    paths = {
        (unit, kind): folder / f"{unit}-{coder}.{kind}"
        for unit, table in sheets.items()
        if len(table)
        for kind in formats
    }
    folder.mkdir(parents=True, exist_ok=True)
    with scratch_folder(folder, "sheets") as scratch:
        for (unit, kind), path in paths.items():
            _write(scratch / path.name, kind, unit, sheets[unit], variables(corpus.study)[unit])
        _refuse_to_overwrite(list(paths.values()), scratch)
        for made in sorted(scratch.iterdir()):
            if not _is_there(folder / made.name) or made.suffix == ".md":
                os.replace(made, folder / made.name)
    return list(paths.values())


def filled_sheets(study: Study) -> list[Path]:
    """The filled sheets of a study: CSV and XLSX files in its folder ``codes/sheets``.

    Raises
    ------
    SheetError
        If a sheet lies there in a format that cannot be read.
    """
    folder = study.folder / "codes" / "sheets"
    for path in _visible_files(folder):
        if path.suffix.lower() in _OTHER_FORMATS:
            raise SheetError(f"{path}: this format cannot be read. Save it as XLSX or CSV.")
    return sheets_in(folder)


def sheets_in(folder: Path) -> list[Path]:
    """The CSV and XLSX files in a folder, sorted; none if it is missing."""
    files = _visible_files(folder)
    return sorted(path for path in files if path.suffix.lower().removeprefix(".") in FORMATS)


def _visible_files(folder: Path) -> list[Path]:
    # Office programs leave files that begin so beside one that is open.
    return [path for path in folder.glob("*.*") if not path.name.startswith((".", "~$"))]


def read_sheets(paths: Iterable[Path], study: Study, units: pd.DataFrame) -> pd.DataFrame:
    """Read filled sheets, as Excel or LibreOffice may have saved them.

    Columns may be in any order, others may stand beside them, and cells and rows without a code
    are left out.  "1.0", "TRUE" and " 1 " are the code 1, and "Anna" and "anna" one coder.

    Parameters
    ----------
    paths
        CSV and XLSX files, one or more a coder.
    study
        The study that was coded.
    units
        Its units: :func:`~analysis_utils.themes.validity.units.all_units`.

    Returns
    -------
    One row a code, in the order of the files: ``coder`` (of the column of that name, else from
    the file's name; as it is first written), ``unit_id``, ``variable`` and ``value`` (as the
    codebook writes it: "-1").

    Raises
    ------
    SheetError
        With file, row, column and mend of every fault: a value that is not allowed, a unit
        that the study does not have, a text that is no longer the study's, a coder whose name the
        tables use themselves, or two codes of one coder for the same.
    """
    known = _Known(study, units)
    faults: list[str] = []
    codes: dict[tuple[str, str, str], tuple[str, str]] = {}
    names: dict[str, str] = {}
    for path in map(Path, paths):
        for place, code in _codes_in(path, known, faults):
            coder, unit_id, variable, value = code
            coder = names.setdefault(name_key(coder), coder)
            first, before = codes.setdefault((coder, unit_id, variable), (place, value))
            if before != value:
                faults.append(f"{place}: the same coder has {before!r} in {first}. Keep one.")
    if faults:
        more = f"\n- and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        told = "\n- ".join(["The sheets cannot be used:", *faults[:_MOST_FAULTS]])
        raise SheetError(told + more)
    rows = [(*key, value) for key, (_, value) in codes.items()]
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS), dtype="str")


class _Known:
    """What may stand in a sheet of this study: units with their texts, and variables."""

    def __init__(self, study: Study, units: pd.DataFrame):
        asked = {
            unit: {each.name.casefold(): each for each in of_unit}
            for unit, of_unit in variables(study).items()
        }
        self.columns = {column for of_unit in asked.values() for column in of_unit}
        self.shown: dict[str, dict[str, str]] = {}
        self.asked: dict[str, dict[str, Variable]] = {}
        for row in units.to_dict("records"):
            unit_id = row["unit_id"]
            self.shown[unit_id] = row
            # A mention and a quote can be the same words, and then have one id.
            self.asked[unit_id] = self.asked.get(unit_id, {}) | asked[row["unit"]]


def _codes_in(
    path: Path, known: _Known, faults: list[str]
) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """Place and code (coder, unit, variable, value) of every filled cell; notes faults."""
    headings, rows = read_rows(path, "unit_id")
    if not known.columns & set(headings):
        faults.append(f"{path}: no column is one of {', '.join(sorted(known.columns))}.")
    told: set[str] = set()
    for number, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        unit_id = _squeezed(str(row.get("unit_id", "")))
        where = f"{path}, row {number}"
        if not any(str(row.get(column, "")).strip() for column in known.columns):
            continue
        problem = _wrong_row(unit_id, row, known)
        if problem:
            faults.append(f"{where}, {problem}")
            continue
        named = str(row.get("coder", "")).strip() or path.stem.partition("-")[2] or path.stem
        coder = _squeezed(named)
        if fault := reserved_fault(coder):
            if fault not in told:  # once a file, and not in each of its rows
                faults.append(f"{where}, coder: {fault} Write it in this column of every row.")
            told.add(fault)
            continue
        for column, variable in known.asked[unit_id].items():
            place, value = f"{where}, {variable.name}", _code(variable, row.get(column, ""))
            if value is None:
                faults.append(f"{place}: {_not_allowed(variable, row[column])}")
            elif value:
                yield place, (coder, unit_id, variable.name, value)


def _wrong_row(unit_id: str, row: dict[str, Any], known: _Known) -> str:
    """The column and problem of a row whose codes cannot be told to belong to a unit."""
    if unit_id not in known.shown:
        told = f"{unit_id!r} is no unit of this study" if unit_id else "the id is missing"
        return (
            f"unit_id: {told}. Write the id that the sheet had, or delete the row. If study.yml or"
            " a page has changed since, the sheet is of the study as it was."
        )
    for column in _SHOWN:
        if column in row and not _same_text(known.shown[unit_id][column], row[column]):
            return (
                f"{column}: this is not what the study has for {unit_id}. If a column was sorted"
                " alone, take an earlier file. If saving only changed the look of letters, delete"
                " the columns text and context: the codes then count by unit_id alone."
            )
    return ""


def _same_text(original: str, cell: Any) -> bool:
    """Whether a cell holds the text, also if a program took away what kept it safe."""
    expected = {original, unguard(original), unescape_xml(original)}
    return _squeezed(str(cell)) in {_squeezed(text) for text in expected}


def _squeezed(text: str) -> str:
    return " ".join(normal_text(text).split())


def _code(variable: Variable, cell: Any) -> str | None:
    """The code in a cell as the codebook writes it, "" if it is empty, None if not allowed."""
    text = _squeezed(str(cell)).casefold()
    if not variable.values or not text:
        return text
    by_name = {value.casefold(): value for value in variable.values}
    if text in by_name:
        return by_name[text]
    number = text.removeprefix("'").replace("−", "-").replace(",", ".")
    try:
        return by_name.get(f"{float(_TRUTH.get(number, number)) + 0:g}")  # + 0: no minus zero
    except ValueError:
        return None


def _not_allowed(variable: Variable, cell: Any) -> str:
    values = ", ".join(variable.values)
    return f"{str(cell)!r} is not allowed. Write one of {values}, or leave the cell empty."


def _refuse_to_overwrite(paths: Sequence[Path], new: Path) -> None:
    """Refuse, unless what is there is a part of the new sheets that a killed run left."""
    there = [path for path in paths if _is_there(path)]
    is_part = len(there) < len(paths) and all(_same(path, new / path.name) for path in there)
    if there and not is_part:
        raise SheetError(
            f"{', '.join(map(str, there))}: there already, and somebody may have filled it in."
            " Move it away, name another coder with --coder, or another folder with --folder."
        )


def _same(old: Path, new: Path) -> bool:
    try:
        return _content(old) == _content(new)
    except (OSError, zipfile.BadZipFile):
        return False


def _content(path: Path) -> bytes | dict[str, bytes]:
    """What stands in a sheet: of an XLSX file all but the time when it was made."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != _TIMES}


def _is_there(path: Path) -> bool:
    """Whether such a file is there, whatever its capitals: Anna and anna are one coder."""
    files = path.parent.iterdir() if path.parent.is_dir() else ()
    return any(name_key(file.name) == name_key(path.name) for file in files)


def _write(
    path: Path, kind: str, unit: str, table: pd.DataFrame, asked: Sequence[Variable]
) -> None:
    book = codebook(asked)
    if kind == "csv":
        write_csv(path, table)
        write_whole(path.with_name(f"{unit}-codebook.md"), as_markdown(unit, asked).encode())
        return
    notes = pd.DataFrame({"instructions": INSTRUCTIONS})
    write_xlsx(path, {"codes": table, "codebook": book, "instructions": notes}, _choices(book))


def _choices(book: pd.DataFrame) -> dict[str, str]:
    """Where in the sheet of the codebook the values of each variable stand."""
    listed = book[book["value"].notna()]
    return {
        name: f"codebook!$C${rows.index.min() + 2}:$C${rows.index.max() + 2}"
        for name, rows in listed.groupby("variable", sort=False)
    }
