"""The lists of words that the house goes by: a file a kind, to be read, and changed by a study.

Each file here holds groups of words, with a line above each that says what it is for.  A study
that wants other words has a folder ``words`` with files of the same names, in which a group takes
the place of ours (``courtesy: [Mr, Ms]``) or changes it (``offices: {add: [Taoiseach]}``).

A room of the house reads a group as an attribute in capitals, like the constant that it is while
one study is at work:

>>> "say" in speech.REPORTING, acts.ACT_NOUNS["decision"], times.listed("months")[0]
(True, 'decide', 'January')

Whose words are meant is said in one place: :func:`used_by`.  What is made from words, such as an
expression, is kept for each study by :func:`derived`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from analysis_utils.files.faults import nearest
from analysis_utils.words.reading import (
    FOLDER,
    FRAME_FILE,
    PLACE,
    VERB_FILE,
    Changes,
    Group,
    of_collection,
    own_files,
    read_changes,
)

__all__ = [
    "FOLDER",
    "FRAME_FILE",
    "PLACE",
    "VERB_FILE",
    "Kind",
    "actors",
    "acts",
    "columns",
    "derived",
    "frames",
    "own_files",
    "pages",
    "pronouns",
    "quantities",
    "read_changes",
    "speech",
    "terms",
    "times",
    "titles",
    "used_by",
    "weight",
]

Made = TypeVar("Made")

#: Studies whose words, and what is made from them, are kept at a time.
_KEPT = 8


class _Lists:
    """All lists with what one study changes in them."""

    def __init__(self, changes: Changes = ()) -> None:
        self._changes = changes
        #: By kind and by the group's name in capitals: sets of words, or dictionaries.
        self.shown = _Shown(self)

    def groups(self, kind: str) -> dict[str, Group]:
        """Words of the groups in the order of the file."""
        own = {name: dict(words) for which, name, words in self._changes if which == kind}
        return {**of_collection(kind), **own}


class _Shown(dict[str, dict[str, Any]]):
    """Groups as rooms use them; those of a kind are made when they are first asked for."""

    def __init__(self, lists: _Lists) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, kind: str) -> dict[str, Any]:
        shown = {
            name.upper(): words if any(words.values()) else frozenset(words)
            for name, words in self._lists.groups(kind).items()
        }
        return self.setdefault(kind, shown)


_OURS = _Lists()
_USED: ContextVar[_Lists] = ContextVar("words of the study at work", default=_OURS)


@lru_cache(maxsize=_KEPT)
def _lists(changes: Changes) -> _Lists:
    return _Lists(changes)


@contextmanager
def used_by(folder: Path) -> Iterator[None]:
    """Within it all rooms go by the words of the study in a folder.

    Raises
    ------
    StudyError
        If the study's own lists have faults; each is told with file, line, key and mend.
    """
    changes = read_changes(folder)
    token = _USED.set(_lists(changes) if changes else _OURS)
    try:
        yield
    finally:
        _USED.reset(token)


def derived(make: Callable[[], Made]) -> Callable[[], Made]:
    """A function that makes something from words alone, so that each study's is made once."""
    kept = lru_cache(maxsize=_KEPT)(lambda _: make())

    @wraps(make)
    def give() -> Made:
        return kept(_USED.get())

    return give


class Kind:
    """The groups of one file, each as an attribute in capitals.

    A group is a set of words, or a dictionary where something stands behind each word.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, group: str) -> Any:
        shown = _USED.get().shown[self._name]
        try:
            return shown[group]
        except KeyError:
            hint = nearest(group, shown)
            problem = f"{self._name}.yml has no group {group.lower()!r}. {hint}"
            raise AttributeError(problem) from None

    def listed(self, group: str) -> tuple[str, ...]:
        """The words of a group in the order of the file."""
        return tuple(_USED.get().groups(self._name)[group])

    def either(self, *groups: str) -> str:
        """An expression for any word of some groups, the longest first."""
        words = {word for group in groups for word in self.listed(group)}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        return f"(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})"


acts = Kind("acts")
actors = Kind("actors")
columns = Kind("columns")
frames = Kind("generic_frames")
pages = Kind("pages")
pronouns = Kind("pronouns")
quantities = Kind("quantities")
speech = Kind("speech")
terms = Kind("terms")
times = Kind("times")
titles = Kind("titles")
weight = Kind("weight")
