"""What lies in a study's folder ``codes``: nothing that looks like codes and is not read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from analysis_utils.study.codes import CODE_COLUMNS
from analysis_utils.study.file import Fault, nearest, no_file

#: Where filled sheets of coders lie.
SHEETS = "sheets"

#: Files that codes are read from.
_READ = tuple(f"{name}.csv" for name in sorted(CODE_COLUMNS))

#: Texts to read, such as a codebook, are no codes; with the name of codes, these are:
#: ``mentions.csv.txt``, as a text editor may save it.
_DOCUMENTS = (".md", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".html", ".htm", ".txt", ".rst", "")
_PLAIN_TEXTS = (".txt", "")

#: How like "codes" the name of a folder is that was meant to be it: "code", but not "notes".
_LIKE = 0.75

#: Copies that editors leave, and notes that systems do.
_LEFT_OVER = re.compile(r".*(~|\.bak|\.backup|\.orig|\.tmp|\.swp)|[~#.].*|thumbs\.db|desktop\.ini")


def strange_files(folder: Path) -> Iterator[Fault]:
    """Faults of the folder itself: files of codes that would be passed over without a word.

    Hidden files, copies that editors leave beside a file (``mentions.csv~``,
    ``mentions.csv.bak``) and documents are left alone.
    """
    codes = folder / "codes"
    if not os.path.lexists(codes):
        yield from _folders_like_codes(folder)
    elif not os.path.isdir(codes):
        mend = "Make it a folder with the codes in it, or delete it."
        yield Fault(str(codes), None, "", "this should be a folder, and is none.", mend)
    else:
        yield from _faults_inside(codes)


def _faults_inside(codes: Path) -> Iterator[Fault]:
    try:
        names = sorted(os.listdir(codes))
    except OSError as error:
        problem = f"the folder cannot be read ({error.strerror})."
        yield Fault(str(codes), None, "", problem, "Make it readable, or delete it.")
        return
    for name in names:
        path = codes / name
        if not _is_passed_over(path):
            problem, mend = _fault(path)
            if problem:
                yield Fault(str(path), None, "", problem, mend)


def _is_passed_over(path: Path) -> bool:
    name = path.name.casefold()
    if path.is_dir():
        return name.startswith(".") or name == "__pycache__"
    if _LEFT_OVER.fullmatch(name):
        return True
    stem, suffix = os.path.splitext(name)
    is_like_codes = suffix in _PLAIN_TEXTS and (stem in CODE_COLUMNS or stem.endswith(".csv"))
    return suffix in _DOCUMENTS and not is_like_codes and name != SHEETS


def _fault(path: Path) -> tuple[str, str]:
    """Problem and mend of what lies among the codes; "" if it is known."""
    if path.name in _READ:
        return no_file(path), "Put the file itself there, or delete it."
    if path.name == SHEETS:
        return "" if path.is_dir() else "this should be a folder, and is none.", "Rename it."
    kind = "folder" if path.is_dir() else "file"
    stem = path.name.casefold().partition(".")[0]
    asked = nearest(f"{stem}.csv", _READ) if kind == "file" else nearest(stem, [SHEETS])
    mend = (
        f"{asked}Rename it, or move it out of the folder codes. Codes are read from"
        f" {', '.join(_READ)} and the folder {SHEETS}."
    )
    return f"no codes are read from a {kind} of this name.", mend


def _folders_like_codes(folder: Path) -> Iterator[Fault]:
    """Folders whose name was meant to be ``codes``."""
    names: list[str] = []
    with suppress(OSError):  # one that may not be listed is read all the same
        names = sorted(os.listdir(folder))
    for path in map(folder.joinpath, names):
        is_like = get_close_matches(path.name.casefold(), ["codes"], cutoff=_LIKE)
        if is_like and any(os.path.exists(path / name) for name in _READ):
            problem = "codes lie in it, but none are read from a folder of this name."
            yield Fault(str(path), None, "", problem, "Did you mean codes? Rename it.")
