"""Sheets for hand coding: what coders are asked, the files to fill in, and reading them back.

A sheet has one row a unit (a sentence, a mention, a quote): its id, the text to code, the
text around it, and empty cells for the codes.  The method's own answers are not shown, as
they would sway the coder.  What is read back is one tidy table, ready for
:mod:`analysis_utils.agreement`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis_utils import show
from analysis_utils.files import write_whole
from analysis_utils.spreadsheets import (
    FORMATS,
    SheetError,
    read_rows,
    unescape_xml,
    unguard,
    write_csv,
    write_xlsx,
)
from analysis_utils.validity.codebook import (
    INSTRUCTIONS,
    Variable,
    as_markdown,
    codebook,
    variables,
)

if TYPE_CHECKING:
    from analysis_utils.corpus import Corpus
    from analysis_utils.study import Study

#: What can be coded, each in a sheet of its own.
UNITS = ("sentences", "mentions", "quotes")

#: Columns of the table that :func:`read_sheets` returns.
CODE_COLUMNS = ("coder", "unit_id", "variable", "value")

DEFAULT_CODER = "coder1"

#: Stand around the unit in its context.
OPENING, CLOSING = "⟦", "⟧"

#: Columns of a sheet that show what is coded; they must come back as they were.
_SHOWN = ("text", "context")

#: More faults than this in one message help nobody.
_MOST_FAULTS = 10

#: Endings of other spreadsheets, which coders might send.
_OTHER_FORMATS = (".ods", ".xls", ".xlsm", ".xlsb", ".numbers", ".tsv")

#: How spreadsheets of some languages write a truth value.
_TRUTH = {"true": "1", "false": "0"}


def unit_spans(corpus: Corpus, unit: str) -> pd.DataFrame:
    """Where the units of one kind stand: rows of the corpus's table with their ``unit_id``.

    A sentence has its ``sentence_id``; a mention or quote is named after its place, as in
    ``tass:s05:12-25``, so that its codes hold as long as it is found there, whatever else is
    found around it.  A quote over several sentences is named after its first and last letter.
    Two mentions, or quotes, in the same place are one unit.

    Raises
    ------
    ValueError
        If there is no such unit.
    """
    if unit not in UNITS:
        raise ValueError(f"units are {', '.join(UNITS)}; there are no {unit!r}")
    if unit == "sentences":
        told = corpus.sentences
        return told.assign(unit_id=told["sentence_id"], start=0, end=told["text"].str.len())
    if unit == "mentions":
        places = _places(corpus.mentions, corpus.mentions)
        return corpus.mentions.assign(unit_id=places).drop_duplicates("unit_id")
    quotes = corpus.quotes.groupby("quote_id", sort=False)
    places = _places(quotes.first(), quotes.last()).drop_duplicates()
    units = corpus.quotes.assign(unit_id=corpus.quotes["quote_id"].map(places))
    return units.dropna(subset="unit_id")


def coding_units(corpus: Corpus, unit: str) -> pd.DataFrame:
    """The units of one kind that there are to code, in reading order.

    Returns
    -------
    ``unit_id`` (see :func:`unit_spans`), ``text`` (what is to be coded) and ``context``: the
    sentences that it stands in with one before and one after, and the unit between ``⟦`` and ``⟧``.
    """
    rows = list(_in_context(unit_spans(corpus, unit), corpus.sentences))
    return pd.DataFrame(rows, columns=["unit_id", *_SHOWN])


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


def sizes(corpus: Corpus) -> list[str]:
    """How many units of each kind there are to code, in words: ``24 sentences``."""
    counts = {unit: len(coding_units(corpus, unit)) for unit in UNITS}
    return [show.counted(number, unit.removesuffix("s")) for unit, number in counts.items()]


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

    Returns
    -------
    The files written, without the codebooks.

    Raises
    ------
    SheetError
        If one of the files is there already, as somebody may have filled it in, or the name of
        the coder cannot be part of a file's name.  Nothing is written then.
    """
    if not re.fullmatch(r"[^\W\d_][\w.-]*", coder):
        raise SheetError(
            f"{coder!r} cannot be the name of a coder. Begin with a letter, and use letters,"
            " digits, - and _ only."
        )
    sheets = {unit: coding_sheet(corpus, unit, coder, sample, seed) for unit in units}
    paths = {
        (unit, kind): folder / f"{unit}-{coder}.{kind}"
        for unit, table in sheets.items()
        if len(table)
        for kind in formats
    }
    _refuse_to_overwrite(paths.values())
    for (unit, kind), path in paths.items():
        _write(path, kind, unit, sheets[unit], variables(corpus.study)[unit])
    return list(paths.values())


def filled_sheets(study: Study) -> list[Path]:
    """The filled sheets of a study: CSV and XLSX files in its folder ``codes/sheets``.

    Raises
    ------
    SheetError
        If a sheet lies there in a format that cannot be read.
    """
    folder = study.folder / "codes" / "sheets"
    # Office programs leave files that begin so beside one that is open.
    files = [path for path in folder.glob("*.*") if not path.name.startswith((".", "~$"))]
    for path in files:
        if path.suffix.lower() in _OTHER_FORMATS:
            raise SheetError(f"{path}: this format cannot be read. Save it as XLSX or CSV.")
    return sorted(path for path in files if path.suffix.lower().removeprefix(".") in FORMATS)


def read_sheets(paths: Iterable[Path], corpus: Corpus) -> pd.DataFrame:
    """Read filled sheets, as Excel or LibreOffice may have saved them.

    Columns may be in any order, others may stand beside them, and cells and rows without a code
    are left out.  "1.0", "TRUE" and " 1 " are the code 1.

    Parameters
    ----------
    paths
        CSV and XLSX files, one or more a coder.
    corpus
        The corpus that was coded.

    Returns
    -------
    One row a code, in the order of the files: ``coder`` (of the column of that name, else from
    the file's name), ``unit_id``, ``variable`` and ``value`` (as the codebook writes it: "-1").

    Raises
    ------
    SheetError
        With file, row, column and mend of every fault: a value that is not allowed, a unit
        that the corpus does not have, a text that is no longer the corpus's, or two codes of
        one coder for the same.
    """
    known = _Known(corpus)
    faults: list[str] = []
    codes: dict[tuple[str, str, str], tuple[str, str]] = {}
    for path in map(Path, paths):
        for place, code in _codes_in(path, known, faults):
            *key, value = code
            first, before = codes.setdefault(tuple(key), (place, value))
            if before != value:
                faults.append(f"{place}: the same coder has {before!r} in {first}. Keep one.")
    if faults:
        more = f"\n- and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        told = "\n- ".join(["The sheets cannot be used:", *faults[:_MOST_FAULTS]])
        raise SheetError(told + more)
    rows = [(*key, value) for key, (_, value) in codes.items()]
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS), dtype="str")


class _Known:
    """What may stand in a sheet of this corpus: units with their texts, and variables."""

    def __init__(self, corpus: Corpus):
        self.shown: dict[str, dict[str, str]] = {}
        self.asked: dict[str, dict[str, Variable]] = {}
        for unit, asked in variables(corpus.study).items():
            for row in coding_units(corpus, unit).to_dict("records"):
                self.shown[row["unit_id"]] = row
                self.asked[row["unit_id"]] = {each.name.casefold(): each for each in asked}
        self.columns = {column for asked in self.asked.values() for column in asked}


def _codes_in(
    path: Path, known: _Known, faults: list[str]
) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """Place and code (coder, unit, variable, value) of every filled cell; notes faults."""
    headings, rows = read_rows(path, "unit_id")
    if not known.columns & set(headings):
        faults.append(f"{path}: no column is one of {', '.join(sorted(known.columns))}.")
    for number, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        unit_id = str(row.get("unit_id", "")).strip()
        where = f"{path}, row {number}"
        if not any(str(row.get(column, "")).strip() for column in known.columns):
            continue
        problem = _wrong_row(unit_id, row, known)
        if problem:
            faults.append(f"{where}, {problem}")
            continue
        coder = str(row.get("coder", "")).strip() or path.stem.partition("-")[2] or path.stem
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
    return " ".join(unicodedata.normalize("NFC", text).split())


def _code(variable: Variable, cell: Any) -> str | None:
    """The code in a cell as the codebook writes it, "" if it is empty, None if not allowed."""
    text = " ".join(str(cell).split()).casefold()
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


def _places(first: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    """Names of places from first to last letter: ``tass:s03:1-83``, ``tass:s03:1-s04:161``."""
    sentence, other = first["sentence_id"].astype("str"), last["sentence_id"].astype("str")
    ends = last["end"].astype("str")
    ends = ends.where(sentence == other, other.str.split(":").str[-1] + ":" + ends)
    return sentence + ":" + first["start"].astype("str") + "-" + ends


def _in_context(spans: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Id, text and context of every unit; a unit may have several spans."""
    texts, articles = sentences["text"].tolist(), sentences["article_id"].tolist()
    place_of = {sentence: place for place, sentence in enumerate(sentences["sentence_id"])}
    for unit_id, rows in spans.groupby("unit_id", sort=False):
        marked = {}
        for row in rows.itertuples():
            marked.setdefault(place_of[row.sentence_id], []).append((row.start, row.end))
        first, last = min(marked), max(marked)
        around = [
            _marked(texts[place], marked.get(place, []))
            for place in range(max(first - 1, 0), min(last + 2, len(texts)))
            if articles[place] == articles[first]
        ]
        parts = (texts[p][start:end] for p, runs in sorted(marked.items()) for start, end in runs)
        yield unit_id, " ".join(parts), " ".join(around)


def _marked(text: str, runs: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(runs, reverse=True):
        text = f"{text[:start]}{OPENING}{text[start:end]}{CLOSING}{text[end:]}"
    return text


def _refuse_to_overwrite(paths: Iterable[Path]) -> None:
    there = [str(path) for path in paths if path.exists()]
    if there:
        raise SheetError(
            f"{', '.join(there)}: there already, and somebody may have filled it in. Move it away,"
            " name another coder with --coder, or another folder with --folder."
        )


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
