"""Caches: folders that are written whole, checked when they are read, and never trusted blindly."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis_utils.files.writing import is_half_done, remove, scratch_folder

#: File with the checksum of each of the others.
CHECKSUMS = "checksums.json"


class NotKeptError(Exception):
    """Nothing whole is kept there.

    Attributes
    ----------
    damaged
        What is damaged; None if there is nothing at all.
    """

    def __init__(self, damaged: Path | None = None):
        super().__init__(damaged or "nothing is kept there")
        self.damaged = damaged


def keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files and their checksums beside their place, then move them in as one.

    What is there already makes way, a file in place of the folder around it too.
    """
    if not folder.parent.is_dir():
        remove(folder.parent)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(folder.parent, folder.name) as scratch:
        new = scratch / "new"
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        checksums = {name: _checksum(content) for name, content in files.items()}
        (new / CHECKSUMS).write_text(json.dumps(checksums), encoding="utf-8")
        _move_away(folder, scratch)
        try:
            os.rename(new, folder)
        except OSError:
            if not folder.is_dir():  # else another process finished the same work first
                raise


def read_kept(folder: Path, names: Iterable[str] = ()) -> dict[str, bytes]:
    """Files that :func:`keep` wrote, by name: those wanted, else all.

    Raises
    ------
    NotKeptError
        If one of them is missing or is not what was written.
    """
    for place in (folder.parent, folder):
        if _is_in_the_way(place):
            raise NotKeptError(place)
    if not folder.is_dir():
        raise NotKeptError
    checksums = _checksums(folder)
    return {name: _checked(folder / name, checksums) for name in names or checksums}


def remove_damaged(folder: Path) -> None:
    """Remove what is damaged among the kept folders of a folder, and say so on standard error."""
    damaged = list(_removed_damaged(folder))
    if damaged:
        say_damaged(damaged[0], len(damaged) - 1)


def _removed_damaged(folder: Path) -> Iterator[Path]:
    if _is_in_the_way(folder):
        remove(folder)
        yield folder
    found = sorted(folder.iterdir()) if folder.is_dir() else ()
    for kept in (path for path in found if not is_half_done(path)):
        try:
            read_kept(kept)
        except NotKeptError as error:
            if error.damaged and os.path.lexists(kept):  # else somebody has just moved it away
                remove_kept(kept)
                yield error.damaged


def remove_kept(folder: Path) -> None:
    """Remove a kept folder; nobody else ever sees a part of it."""
    with scratch_folder(folder.parent, folder.name) as scratch:
        _move_away(folder, scratch)


def _move_away(folder: Path, scratch: Path) -> None:
    try:
        os.rename(folder, scratch / "old")
    except OSError:  # it is not there, or open on Windows
        remove(folder)


def say_damaged(what: Path, more: int = 0) -> None:
    """Tell on standard error, in one line, that something kept is made again."""
    others = f" and {more} more" if more else ""
    told = f"{what}{others}: this part of the cache was damaged, and is made again."
    print(told, file=sys.stderr)


def _is_in_the_way(place: Path) -> bool:
    """Whether something else stands where a folder should."""
    return os.path.lexists(place) and not place.is_dir()


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _checksums(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / CHECKSUMS).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        raise NotKeptError(folder / CHECKSUMS) from None


def _checked(path: Path, checksums: Mapping[str, str]) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise NotKeptError(path) from None
    if _checksum(content) != checksums.get(path.name):
        raise NotKeptError(path)
    return content
