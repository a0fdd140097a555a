"""Faults of hand codes, told so that a coder can mend them.

Codes are checked with the study, before anything is computed from them, so that codes left
over from another study are never taken for those of this one, and no file lies in the
folder ``codes`` that is not read.  Whether codes still stand in the sentences that they were
made of shows once there are sentences: :func:`slid_codes`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis_utils.schemas import article_of
from analysis_utils.study.code_files import strange_files
from analysis_utils.study.codes import CELLS, CODE_COLUMNS, KEYS, Codes, code_file, read_cells
from analysis_utils.study.file import Fault, nearest

#: Columns that name one article or sentence, and those that name any number of sentences, with
#: a space between.
_ONE_ID = ("article_id", "sentence_id")
_ANY_IDS = ("other_id", "sentence_ids")

#: Files in which no sentence need be named: a statement can be of a whole article.
_MAY_LACK_SENTENCE = ("functions",)

#: Columns that hold an id of the study, by file: whose, and whether a cell may be empty.
#: Somebody who is quoted may be no actor of the study, so the speakers of ``quotes`` are not
#: checked.
_IDS = {
    "mentions": {"actor": ("actor", True)},  # words that look like a mention and are none
    "sentiment": {"actor": ("actor", False)},
    "labels": {"actor": ("actor", False)},
    "triples": {"agent": ("actor", True), "patient": ("actor", True)},
    "functions": {"outlet": ("outlet", False), "function": ("function", False)},
    "frames": {"frame": ("frame", False)},
}

#: Where the ids stand.
_PLACES = {
    "actor": "study.yml",
    "outlet": "study.yml",
    "frame": "study.yml or analysis_utils/words/generic_frames.yml",
    "function": "analysis_utils/words/generic_frames.yml",
}

#: Why codes of a study that had no fault do not fit its sentences.
_CHANGED = "the page or the cleaning changed after coding"

_CODE_ANEW = "Put the page back as it was, correct the codes, or delete the file."

#: How many strange values a message shows, and how many characters of each.
_SHOWN, _LONGEST = 3, 60

#: What a status of ``facts`` ends in that names an outlet.
_ONLY = "_only"

#: A cell that is wrong: its line and what stands there.
Cell = tuple[int, str]


@dataclass(frozen=True)
class Known:
    """All ids that codes may name; those that are None cannot be told and are not checked."""

    articles: Collection[str]
    outlets: Collection[str]
    actors: Collection[str]
    frames: Collection[str] | None
    functions: Collection[str] | None

    def of(self, kind: str) -> Collection[str] | None:
        """The ids of actors, outlets, frames or functions, by the word for one of them."""
        return getattr(self, f"{kind}s")


def code_faults(folder: Path, known: Known) -> Iterator[Fault]:
    """Faults of a study's hand codes.

    Parameters
    ----------
    folder
        The study's folder; codes lie in its folder ``codes``.
    known
        What codes may name.

    Yields
    ------
    Faults with file, line and column: a file that nothing is read from or that cannot be
    read, a column that is missing, and for each column one fault with its wrong values,
    at the line of the first.
    """
    yield from strange_files(folder)
    for name in CODE_COLUMNS:
        path = code_file(folder, name)
        if os.path.isfile(path):
            yield from _file_faults(path, name, known)


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
    For each column of a file one fault, at its first line: sentences that there are
    not, or a text that does not stand where the codes say.
    """
    paths = {name: code_file(folder, name) for name in CODE_COLUMNS}
    files = {name: read_cells(path) for name, path in paths.items() if os.path.isfile(path)}
    yield from (codes for codes in files.values() if isinstance(codes, Fault))
    read = {name: codes for name, codes in files.items() if isinstance(codes, Codes)}
    cut = read.pop("sentences", None)
    for codes in read.values():
        yield from _no_sentences(codes, texts)
        yield from _first_of(_moved_texts(codes, texts))
    if cut:
        yield from _first_of(_changed_sentences(cut, _coded_sentences(read.values()), texts))


def lost_lines(folder: Path, lines: Collection[tuple[str, int]]) -> Iterator[Fault]:
    """The fault of codes of lines that the pages do not have, by article and number of line."""
    path = code_file(folder, "lines")
    codes = read_cells(path) if os.path.isfile(path) else None
    if isinstance(codes, Codes):
        cells = zip(codes.column("article_id"), codes.column("line_no"), strict=True)
        lost = [
            (line, f"{article}, {number}")
            for (line, article), (_, number) in cells
            if (article, int(number)) not in lines
        ]
        what = f"no line of its page: {_CHANGED}"
        yield from _told_once(codes, "line_no", lost, what, _CODE_ANEW)


def _file_faults(path: Path, name: str, known: Known) -> Iterator[Fault]:
    codes = read_cells(path)
    if isinstance(codes, Fault):
        yield codes
        return
    if uneven := _uneven_row(codes):
        yield uneven
        return
    yield from _wrong_heading(codes, CODE_COLUMNS[name])
    yield from _strange_articles(codes, known.articles, may_lack=name in _MAY_LACK_SENTENCE)
    for column, (kind, may_lack) in _IDS.get(name, {}).items():
        yield from _strange_ids(codes, column, kind, known.of(kind), may_lack)
    for column in CODE_COLUMNS[name]:
        yield from _wrong_cells(codes, column)
    yield from _strange_owners(codes, known.outlets)
    yield from _wrong_strengths(codes)
    yield from _repeated_rows(codes, KEYS.get(name, ()))


def _uneven_row(codes: Codes) -> Fault | None:
    """The first row with more or fewer cells than there are columns."""
    for line, row in zip(codes.lines, codes.rows, strict=True):
        if len(row) != len(codes.heading):
            problem = f"{len(row)} cells stand under {len(codes.heading)} columns."
            mend = "Put a text that holds a comma in quotation marks, or add what is left out."
            return Fault(str(codes.path), line, "", problem, mend)
    return None


def _wrong_heading(codes: Codes, needed: tuple[str, ...]) -> Iterator[Fault]:
    missing = [column for column in needed if column not in codes.heading]
    twice = [column for column in needed if codes.heading.count(column) > 1]
    if missing and re.search(r"[;\t|]", "".join(codes.heading)):
        mend = "Save it again as CSV with commas."
        yield Fault(str(codes.path), 1, "", "the columns are not separated by commas.", mend)
        return
    if len(missing) == len(needed):
        is_empty = not any(cell.strip() for cell in codes.heading)
        problem = "the file is empty." if is_empty else "the first line has none of the columns."
        mend = f"Write the columns, and the codes below, or delete the file. {_columns(needed)}"
        yield Fault(str(codes.path), 1, "", problem, mend)
        return
    for column in missing:
        near = nearest(column, [each for each in codes.heading if each not in needed])
        mend = f"{near}{_columns(needed)}"
        yield Fault(str(codes.path), 1, column, "the column is missing.", mend)
    for column in twice:
        yield Fault(str(codes.path), 1, column, "two columns have this name.", "Keep one.")
    if not missing and not codes.rows:
        mend = "Write the codes, or delete the file."
        yield Fault(str(codes.path), 1, "", "there is no code under the columns.", mend)


def _columns(needed: tuple[str, ...]) -> str:
    return f"The columns are {', '.join(needed)}."


def _strange_articles(codes: Codes, articles: Collection[str], may_lack: bool) -> Iterator[Fault]:
    """Codes of articles that the study does not have."""
    for column in (*_ONE_ID, *_ANY_IDS):
        named = _named(codes, column, may_lack)
        strange = [each for each in named if article_of(each[1]) not in articles]
        meant = _meant([(value, article_of(value), articles) for value in _values(strange)])
        mend = (
            f"{meant}Delete the folder codes if it belongs to another study, or correct the ids."
            f" The articles are {', '.join(articles) or 'none'}."
        )
        yield from _told_once(codes, column, strange, "of no article of the study", mend)


def _named(codes: Codes, column: str, may_lack: bool = False) -> list[Cell]:
    """Line and id of all that a column names."""
    several = may_lack or column in _ANY_IDS
    return [
        (line, named)
        for line, cell in codes.column(column)
        for named in (cell.split() if several else [cell])
    ]


def _strange_ids(
    codes: Codes, column: str, kind: str, ids: Collection[str] | None, may_lack: bool
) -> Iterator[Fault]:
    """Codes that name an actor, outlet, frame or function that there is not."""
    if ids is None:
        return
    known = {*ids, ""} if may_lack else set(ids)
    strange = [cell for cell in codes.column(column) if cell[1] not in known]
    an = "an" if kind[0] in "ao" else "a"
    meant = _meant([(value, value, ids) for value in _values(strange)])
    there = ", ".join(ids) or "there is none"
    mend = f"{meant}Write the id of {an} {kind} in {_PLACES[kind]}: {there}."
    yield from _told_once(codes, column, strange, f"no {kind} of the study", mend)


def _wrong_cells(codes: Codes, column: str) -> Iterator[Fault]:
    pattern, mend = CELLS.get(column, (r"(?s).*", ""))
    wrong = [cell for cell in codes.column(column) if not re.fullmatch(pattern, cell[1])]
    yield from _told_once(codes, column, wrong, "not what belongs here", mend)


def _strange_owners(codes: Codes, outlets: Collection[str]) -> Iterator[Fault]:
    """Facts that are told by an outlet alone which the study does not have."""
    statuses = [cell for cell in codes.column("status") if cell[1].endswith(_ONLY)]
    strange = [cell for cell in statuses if cell[1].removesuffix(_ONLY) not in outlets]
    meant = _meant([(each, each.removesuffix(_ONLY), outlets) for each in _values(strange)])
    mend = f"{meant}Write the id of an outlet before {_ONLY}: {', '.join(outlets)}."
    yield from _told_once(codes, "status", strange, "of no outlet of the study", mend)


def _wrong_strengths(codes: Codes) -> Iterator[Fault]:
    """Pairs without a second sentence, and sentences alone that have one."""
    pairs = zip(codes.column("strength"), codes.column("other_id"), strict=False)
    wrong = [cell for cell, other in pairs if (cell[1] == "none") != (not other[1].strip())]
    mend = "Write other_id beside strong and partial, and leave it empty beside none."
    yield from _told_once(codes, "strength", wrong, "not what belongs beside other_id", mend)


def _repeated_rows(codes: Codes, key: tuple[str, ...]) -> Iterator[Fault]:
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


def _coded_sentences(files: Collection[Codes]) -> set[str]:
    """Ids of all sentences that files of codes name."""
    return {
        named
        for codes in files
        for column in ("sentence_id", *_ANY_IDS)
        for _, named in _named(codes, column, may_lack=True)
    }


def _no_sentences(codes: Codes, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Codes of sentences that the articles do not have."""
    for column in ("sentence_id", *_ANY_IDS):
        named = _named(codes, column, may_lack=codes.path.stem in _MAY_LACK_SENTENCE)
        strange = [each for each in named if each[1] not in texts]
        meant = _meant([(each, each, _beside(each, texts)) for each in _values(strange)])
        what = f"none of the sentences: {_CHANGED}"
        yield from _told_once(codes, column, strange, what, f"{meant}{_CODE_ANEW}")


def _beside(sentence_id: str, texts: Mapping[str, str]) -> list[str]:
    """The sentences of the same article."""
    article = article_of(sentence_id)
    return [name for name in texts if article_of(name) == article]


def _moved_texts(codes: Codes, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Coded words that stand elsewhere, or nowhere, in their sentence."""
    needed = ("sentence_id", "start", "end", "text")
    if not set(needed) <= set(CODE_COLUMNS[codes.path.stem]):
        return
    columns = map(codes.column, needed)
    for (line, sentence_id), (_, start), (_, end), (_, text) in zip(*columns, strict=True):
        if sentence_id not in texts:
            continue
        found = texts[sentence_id][int(start) : int(end)]
        if found != text or not text:
            problem = (
                f"{sentence_id} has {found!r} from {start} to {end}, not {text!r}: {_CHANGED}."
            )
            yield Fault(str(codes.path), line, "text", problem, _CODE_ANEW)


def _changed_sentences(
    cut: Codes, coded: Collection[str], texts: Mapping[str, str]
) -> Iterator[Fault]:
    """Sentences that are coded and that read otherwise than when the coder cut them."""
    columns = cut.column("sentence_id"), cut.column("text")
    for (line, sentence_id), (_, text) in zip(*columns, strict=True):
        if sentence_id in coded and texts.get(sentence_id, text) != text:
            problem = f"{sentence_id} reads otherwise now: {_CHANGED}."
            mend = f"It is now {texts[sentence_id]!r}. {_CODE_ANEW}"
            yield Fault(str(cut.path), line, "text", problem, mend)


def _first_of(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The first fault, with the lines of those like it, which mostly have one cause."""
    told = list(faults)
    if not told:
        return
    first, *others = told
    lines = ", ".join(str(fault.line) for fault in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    also = f" So it is in {'line' if len(others) == 1 else 'lines'} {lines}{more}."
    yield first._replace(problem=first.problem + also) if others else first


def _values(cells: Sequence[Cell]) -> list[str]:
    """The values that a message shows."""
    return list(dict.fromkeys(value for _, value in cells))[:_SHOWN]


def _meant(values: Sequence[tuple[str, str, Collection[str]]]) -> str:
    """Questions for what was meant by values: each with its id and the ids that there are."""
    near = [(value, nearest(wanted, known)) for value, wanted, known in values]
    if len(near) == 1:
        return near[0][1]
    return "".join(f"{_quoted(value)}: {asked}" for value, asked in near if asked)


def _quoted(value: str) -> str:
    return repr(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…")


def _told_once(
    codes: Codes, column: str, cells: Sequence[Cell], what: str, mend: str
) -> Iterator[Fault]:
    """One fault for all these cells, at the line of the first."""
    if not cells:
        return
    first: dict[str, int] = {}
    for line, value in cells:
        first.setdefault(value, line)
    shown = ", ".join(
        _quoted(value) + (f" (line {line})" if place else "")
        for place, (value, line) in enumerate([*first.items()][:_SHOWN])
    )
    more = f" and {len(first) - _SHOWN} more" if len(first) > _SHOWN else ""
    verb = "is" if len(first) == 1 else "are"
    yield Fault(str(codes.path), cells[0][0], column, f"{shown}{more} {verb} {what}.", mend)
