"""Faults in files that somebody wrote: each told with file, line, key and mend."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

#: Faults that a message lists.
MOST_FAULTS = 100

#: Characters of a key, a problem or a mend that are shown, at its beginning and at its end.
_SHOWN_FIRST, _SHOWN_LAST = 500, 200

#: What :func:`no_file` says where nothing is.
NO_SUCH_FILE = "there is no such file."


class Fault(NamedTuple):
    """One thing that is wrong with a study, and its mend."""

    file: str
    line: int | None
    key: str
    problem: str
    mend: str

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", _cut(self.key)]
        return f"{', '.join(filter(None, where))}: {_cut(self.problem)} {_cut(self.mend)}"


def _cut(text: str) -> str:
    """A text without its middle, if a value that somebody wrote makes it very long."""
    if len(text) <= _SHOWN_FIRST + _SHOWN_LAST:
        return text
    return f"{text[:_SHOWN_FIRST]} … {text[-_SHOWN_LAST:]}"


def no_file(path: str | Path) -> str:
    """Why nothing can be read from a path, in plain words; "" if a file is there."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if os.path.islink(path):
            return "this is a link that leads nowhere."
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return NO_SUCH_FILE
        return f"it cannot be read ({error.strerror})."
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "this is a folder and no file."
    return "this is no file, but a pipe, a socket or a device."


class StudyError(ValueError):
    """The study cannot be used; ``faults`` holds every reason, by file and line.

    The study's own file comes first, then those in its folders.
    """

    def __init__(self, faults: list[Fault]):
        def place(fault: Fault) -> tuple:
            return len(Path(fault.file).parts), fault.file, fault.line or 0, *map(str, fault)

        self.faults = sorted(set(faults), key=place)
        count = "one fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        more = len(self.faults) - MOST_FAULTS
        shown = [
            *map(str, self.faults[:MOST_FAULTS]),
            *([f"and {more:,} more."] if more > 0 else []),
        ]
        super().__init__("\n- ".join([f"The study has {count}:", *shown]))


def nearest(wanted: str, known: Iterable[str]) -> str:
    """A question for the known word most like the wanted one, or nothing."""
    near = difflib.get_close_matches(wanted, list(known), n=1)
    return f"Did you mean {near[0]}? " if near else ""
