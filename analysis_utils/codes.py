"""Hand codes of a study: what their files must hold, their faults, and reading them.

The files are checked with the study, before anything is computed from them, so
that codes left over from another study are never taken for those of this one.  Whether
they still stand in the sentences that they were made of shows once there are
sentences: :func:`slid_codes`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.normal_text import normal_text
from analysis_utils.study_file import Fault, nearest
from analysis_utils.tables import article_of

if TYPE_CHECKING:
    import pandas as pd

#: Columns that each file of hand codes must have; it may have others.
CODE_COLUMNS = {
    "lines": ("article_id", "line_no", "kept"),
    "sentences": ("sentence_id", "line_no", "n_words", "text"),
    "mentions": ("sentence_id", "start", "end", "text", "actor", "kind"),
    "sentiment": ("sentence_id", "actor", "polarity", "voice"),
    "quotes": ("quote_id", "sentence_id", "type", "speaker", "cue", "start", "end", "text"),
    "triples": ("sentence_id", "agent", "verb", "object", "patient", "construction"),
    "labels": ("sentence_id", "actor", "of", "label", "relation"),
    "facts": ("fact_id", "fact", "status", "sentence_ids"),
    "alignment": ("sentence_id", "other_id", "strength"),
    "frames": ("coder", "sentence_id", "frame", "present"),
    "functions": ("outlet", "function", "statement", "sentence_id"),
}

#: Columns that tell the rows of a file apart; rows of the other files differ in any column.
KEYS = {
    "lines": ("article_id", "line_no"),
    "sentences": ("sentence_id",),
    "mentions": ("sentence_id", "start", "end", "actor", "kind"),
    "sentiment": ("sentence_id", "actor"),
    "quotes": ("quote_id", "sentence_id", "start"),
    "facts": ("fact_id",),
    "alignment": ("sentence_id", "other_id"),
    "frames": ("coder", "sentence_id", "frame"),
}

_COUNT = (r"\d+", "Write a whole number, as in 12.")

#: What stands in a cell that is not any text: a pattern for the whole cell, and the mend.
CELLS = {
    "line_no": _COUNT,
    "n_words": _COUNT,
    "start": _COUNT,
    "end": _COUNT,
    "kept": ("True|TRUE|true|False|FALSE|false", "Write True or False."),
    "present": ("0|1", "Write 1 where the coder sees the frame, 0 where not."),
    "of": ("actor|act", "Write actor, or act for what the actor did."),
    "strength": ("strong|partial|none", "Write strong, partial, or none without other_id."),
    "polarity": ("-1|0|1", "Write -1 for unfavourable, 0 for neither or 1 for favourable."),
    "label": (r"(?s).*[^\W_].*", "Write the words that label the actor, or delete the row."),
    "kind": (
        "name|alias|description|pronoun|apposition|attributive|label|trap",
        "Write name, alias, description, pronoun, apposition, attributive, label or trap.",
    ),
    "type": (
        "direct|direct_partial|indirect|speech_act|unattributed",
        "Write direct, direct_partial, indirect, speech_act or unattributed.",
    ),
    "status": (
        r"shared|conflict|not_in_article|\S+_only",
        "Write shared, conflict, not_in_article, or the id of an outlet with _only behind it.",
    ),
}

#: Columns that are read as they are written, so that an id such as 2018 stays a text.
TEXT_COLUMNS = sorted(
    {name for names in CODE_COLUMNS.values() for name in names}
    - {"line_no", "n_words", "start", "end", "kept", "present", "polarity"}
)

#: Columns that name one article or sentence, and those that name any number of sentences, with
#: a space between.
_ONE_ID = ("article_id", "sentence_id")
_ANY_IDS = ("other_id", "sentence_ids")

#: Files in which no sentence need be named: a statement can be of a whole article.
_MAY_LACK_SENTENCE = ("functions",)

#: Columns that name an actor, by file: whether a cell may be empty.  Somebody who is quoted may
#: be no actor of the study, so the speakers of ``quotes`` are not checked.
_ACTORS = {
    "mentions": {"actor": True},  # words that look like a mention and are none
    "sentiment": {"actor": False},
    "labels": {"actor": False},
    "triples": {"agent": True, "patient": True},
}

#: Why codes of a study that had no fault do not fit its sentences.
_CHANGED = "the page or the cleaning changed after coding"

_CODE_ANEW = "Put the page back as it was, correct the codes, or delete the file."

#: How many strange values a message shows.
_SHOWN = 3


def read_codes(folder: Path, name: str) -> pd.DataFrame | None:
    """Read the hand codes ``codes/<name>.csv`` in a study's folder.

    Parameters
    ----------
    folder
        The study's folder; :func:`code_faults` has found no fault in it.
    name
        Name of the codes, see ``CODE_COLUMNS``.

    Returns
    -------
    One row a code with the columns of the file, None if the study has no such
    codes.  Texts are normal text, as the articles' are that they quote.  Empty cells are empty
    strings, not missing values.
    """
    import pandas as pd

    path = _code_file(folder, name)
    if not path.is_file():
        return None
    text = dict.fromkeys(TEXT_COLUMNS, str)
    table = pd.read_csv(path, keep_default_na=False, dtype=text, encoding="utf-8-sig")
    for column in table.columns.intersection(TEXT_COLUMNS):
        table[column] = table[column].map(normal_text)
    return table


def code_faults(
    folder: Path, articles: Collection[str], actors: Collection[str]
) -> Iterator[Fault]:
    """Faults of a study's hand codes, told so that a coder can mend them.

    Parameters
    ----------
    folder
        The study's folder; codes lie in its folder ``codes``.
    articles, actors
        Ids of the study's articles and actors, which are all that codes may name.

    Yields
    ------
    Faults with file, line and column: a file that cannot be read, a column that
    is missing, and for each column at most one fault with its first line.
    """
    for name in CODE_COLUMNS:
        path = _code_file(folder, name)
        if path.is_file():
            yield from _file_faults(path, name, articles, actors)


def slid_codes(folder: Path, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of codes that no longer stand in the sentences that they were made of.

    Ids of sentences count them, so that codes slide to other sentences when a page
    or its cleaning changes.  The coder's own cut, ``sentences``, may differ from the
    study's where no other codes go by it: how often it does is a result.

    Parameters
    ----------
    folder
        The study's folder; :func:`code_faults` has found no fault in it.
    texts
        Text of every sentence of the study by its id.

    Yields
    ------
    For each file at most one fault with its first line: sentences that there are
    not, or else a text that does not stand where the codes say.
    """
    paths = {name: _code_file(folder, name) for name in CODE_COLUMNS}
    files = {name: _read_cells(path) for name, path in paths.items() if path.is_file()}
    yield from (codes for codes in files.values() if isinstance(codes, Fault))
    files = {name: codes for name, codes in files.items() if isinstance(codes, _Codes)}
    cut = files.pop("sentences", None)
    for codes in files.values():
        yield from islice(chain(_no_sentences(codes, texts), _moved_texts(codes, texts)), 1)
    if cut:
        yield from islice(_changed_sentences(cut, _coded_sentences(files.values()), texts), 1)


def _code_file(folder: Path, name: str) -> Path:
    return folder / "codes" / f"{name}.csv"


@dataclass
class _Codes:
    """The cells of a file of codes as normal text, with the line of every row."""

    path: Path
    heading: list[str]
    rows: list[list[str]]
    lines: list[int]

    def column(self, name: str) -> list[tuple[int, str]]:
        """Line and cell of every row; nothing if there is no such column."""
        if name not in self.heading:
            return []
        place = self.heading.index(name)
        return [(line, row[place]) for line, row in zip(self.lines, self.rows, strict=True)]


def _file_faults(
    path: Path, name: str, articles: Collection[str], actors: Collection[str]
) -> Iterator[Fault]:
    codes = _read_cells(path)
    broken = codes if isinstance(codes, Fault) else _uneven_row(codes)
    if broken:
        yield broken
        return
    yield from _wrong_heading(codes, CODE_COLUMNS[name])
    yield from _strange_articles(codes, articles, may_lack=name in _MAY_LACK_SENTENCE)
    for column, may_lack in _ACTORS.get(name, {}).items():
        yield from _strange_actors(codes, column, actors, may_lack)
    for column in CODE_COLUMNS[name]:
        yield from _wrong_cells(codes, column)
    yield from _repeated_rows(codes, KEYS.get(name, ()))


def _read_cells(path: Path) -> _Codes | Fault:
    """What stands in a CSV file, or why it cannot be read."""
    codes = _Codes(path, [], [], [])
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            codes.heading = next(reader, [])
            line = reader.line_num + 1
            for row in reader:
                if row:
                    codes.rows.append([normal_text(cell) for cell in row])
                    codes.lines.append(line)
                line = reader.line_num + 1
    except UnicodeDecodeError:
        mend = "Save it again with the encoding UTF-8."
        return Fault(str(path), None, "", "the file is not in UTF-8.", mend)
    except csv.Error as error:
        mend = "Close the quotation mark opened on this line, or save the file again as CSV."
        return Fault(str(path), line, "", f"this is no valid CSV ({error}).", mend)
    except OSError as error:
        mend = "Make it readable, or delete it."
        return Fault(str(path), None, "", f"the file cannot be read ({error.strerror}).", mend)
    return codes


def _uneven_row(codes: _Codes) -> Fault | None:
    """The first row with more or fewer cells than there are columns."""
    for line, row in zip(codes.lines, codes.rows, strict=True):
        if len(row) != len(codes.heading):
            problem = f"{len(row)} cells stand under {len(codes.heading)} columns."
            mend = "Put a text that holds a comma in quotation marks, or add what is left out."
            return Fault(str(codes.path), line, "", problem, mend)
    return None


def _wrong_heading(codes: _Codes, needed: tuple[str, ...]) -> Iterator[Fault]:
    missing = [column for column in needed if column not in codes.heading]
    twice = [column for column in needed if codes.heading.count(column) > 1]
    if missing and re.search("[;\t]", "".join(codes.heading)):
        mend = "Save it again as CSV with commas."
        yield Fault(str(codes.path), 1, "", "the columns are not separated by commas.", mend)
        return
    for column in missing:
        near = nearest(column, [each for each in codes.heading if each not in needed])
        mend = f"{near}The columns are {', '.join(needed)}."
        yield Fault(str(codes.path), 1, column, "the column is missing.", mend)
    for column in twice:
        yield Fault(str(codes.path), 1, column, "two columns have this name.", "Keep one.")
    if not missing and not codes.rows:
        mend = "Write the codes, or delete the file."
        yield Fault(str(codes.path), 1, "", "there is no code under the columns.", mend)


def _strange_articles(codes: _Codes, articles: Collection[str], may_lack: bool) -> Iterator[Fault]:
    """Codes of articles that the study does not have."""
    for column in (*_ONE_ID, *_ANY_IDS):
        named = _named(codes, column, may_lack)
        strange = [each for each in named if article_of(each[1]) not in articles]
        mend = (
            "Delete the folder codes if it belongs to another study, or correct the ids."
            f" The articles are {', '.join(articles) or 'none'}."
        )
        yield from _told_once(codes, column, strange, "of no article of the study", mend)


def _named(codes: _Codes, column: str, may_lack: bool = False) -> list[tuple[int, str]]:
    """Line and id of all that a column names."""
    several = may_lack or column in _ANY_IDS
    return [
        (line, named)
        for line, cell in codes.column(column)
        for named in (cell.split() if several else [cell])
    ]


def _strange_actors(
    codes: _Codes, column: str, actors: Collection[str], may_lack: bool
) -> Iterator[Fault]:
    known = {*actors, ""} if may_lack else set(actors)
    strange = [cell for cell in codes.column(column) if cell[1] not in known]
    mend = f"Write the id of an actor in study.yml: {', '.join(actors) or 'there is none'}."
    yield from _told_once(codes, column, strange, "no actor of the study", mend)


def _wrong_cells(codes: _Codes, column: str) -> Iterator[Fault]:
    pattern, mend = CELLS.get(column, (r"(?s).*", ""))
    wrong = [cell for cell in codes.column(column) if not re.fullmatch(pattern, cell[1])]
    yield from _told_once(codes, column, wrong, "not what belongs here", mend)


def _repeated_rows(codes: _Codes, key: tuple[str, ...]) -> Iterator[Fault]:
    """The first row that says again what a row above says, or contradicts it."""
    if not set(key) <= set(codes.heading):
        return
    places = [codes.heading.index(column) for column in key or codes.heading]
    first: dict[tuple[str, ...], int] = {}
    for line, row in zip(codes.lines, codes.rows, strict=True):
        values = tuple(row[place] for place in places)
        before = first.setdefault(values, line)
        if before != line:
            what = ", ".join(map(repr, values)) if key else "the same row"
            problem = f"{what} stands here twice, after line {before}."
            mend = "Delete one of the two rows, or correct it."
            yield Fault(str(codes.path), line, ", ".join(key), problem, mend)
            return


def _coded_sentences(files: Collection[_Codes]) -> set[str]:
    """Ids of all sentences that files of codes name."""
    return {
        named
        for codes in files
        for column in ("sentence_id", *_ANY_IDS)
        for _, named in _named(codes, column, may_lack=True)
    }


def _no_sentences(codes: _Codes, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Codes of sentences that the articles do not have."""
    for column in ("sentence_id", *_ANY_IDS):
        named = _named(codes, column, may_lack=codes.path.stem in _MAY_LACK_SENTENCE)
        strange = [each for each in named if each[1] not in texts]
        what = f"none of the sentences: {_CHANGED}"
        yield from _told_once(codes, column, strange, what, _CODE_ANEW)


def _moved_texts(codes: _Codes, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Coded words that stand elsewhere, or nowhere, in their sentence."""
    needed = ("sentence_id", "start", "end", "text")
    if not set(needed) <= set(CODE_COLUMNS[codes.path.stem]):
        return
    columns = map(codes.column, needed)
    for (line, sentence_id), (_, start), (_, end), (_, text) in zip(*columns, strict=True):
        found = texts[sentence_id][int(start) : int(end)]
        if found != text:
            problem = (
                f"{sentence_id} has {found!r} from {start} to {end}, not {text!r}: {_CHANGED}."
            )
            yield Fault(str(codes.path), line, "text", problem, _CODE_ANEW)


def _changed_sentences(
    cut: _Codes, coded: Collection[str], texts: Mapping[str, str]
) -> Iterator[Fault]:
    """Sentences that are coded and that read otherwise than when the coder cut them."""
    columns = cut.column("sentence_id"), cut.column("text")
    for (line, sentence_id), (_, text) in zip(*columns, strict=True):
        if sentence_id in coded and texts.get(sentence_id, text) != text:
            problem = f"{sentence_id} reads otherwise now: {_CHANGED}."
            mend = f"It is now {texts[sentence_id]!r}. {_CODE_ANEW}"
            yield Fault(str(cut.path), line, "text", problem, mend)


def _told_once(
    codes: _Codes, column: str, cells: list[tuple[int, str]], what: str, mend: str
) -> Iterator[Fault]:
    """One fault for all these cells, at the line of the first."""
    if not cells:
        return
    values = list(dict.fromkeys(value for _, value in cells))
    shown = ", ".join(map(repr, values[:_SHOWN]))
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    verb = "is" if len(values) == 1 else "are"
    yield Fault(str(codes.path), cells[0][0], column, f"{shown}{more} {verb} {what}.", mend)
