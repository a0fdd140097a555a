"""Caches: folders that are written whole, checked when they are read, and never trusted blindly."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis_utils.files import remove, scratch_folder

#: File with the checksum of each of the others.
CHECKSUMS = "checksums.json"


class NotKeptError(Exception):
    """Nothing whole is kept there.

    Attributes
    ----------
    damaged
        Name of what is damaged; empty if there is nothing at all.
    """

    def __init__(self, damaged: str = ""):
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
        remove(folder)
        try:
            os.rename(new, folder)
        except OSError:
            if not folder.is_dir():  # else another process finished the same work first
                raise


def read_kept(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Files that :func:`keep` wrote, by name.

    Raises
    ------
    NotKeptError
        If one of them is missing or is not what was written.
    """
    if not os.path.lexists(folder):
        in_the_way = os.path.lexists(folder.parent) and not folder.parent.is_dir()
        raise NotKeptError(folder.parent.name if in_the_way else "")
    checksums = _checksums(folder)
    return {name: _checked(folder / name, checksums) for name in names}


def remove_damaged(folder: Path) -> None:
    """Remove what is damaged among the kept folders of a folder, and say so on standard error."""
    for kept in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            read_kept(kept, _checksums(kept))
        except NotKeptError as error:
            remove(kept)
            say_damaged(kept / error.damaged)


def say_damaged(what: Path | str) -> None:
    """Tell on standard error that something kept is made again."""
    print(f"{what}: this part of the cache was damaged, and is made again.", file=sys.stderr)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _checksums(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / CHECKSUMS).read_bytes()))
    except (OSError, ValueError, TypeError):
        raise NotKeptError(CHECKSUMS) from None


def _checked(path: Path, checksums: Mapping[str, str]) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise NotKeptError(path.name) from None
    if _checksum(content) != checksums.get(path.name):
        raise NotKeptError(path.name)
    return content
