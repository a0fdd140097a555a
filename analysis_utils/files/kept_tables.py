"""Tables that are made once and kept: read from a cache, or made and written to it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis_utils.files.kept import NotKeptError, keep, read_kept, remove_kept, say_damaged
from analysis_utils.files.locks import held

Tables = dict[str, pd.DataFrame]


def read_tables(folder: Path, names: Iterable[str]) -> Tables:
    """Tables that :func:`read_or_make` has kept in a folder, by name.

    Raises
    ------
    NotKeptError
        If one of them is not there, or is not what was written.
    """
    return _as_tables(read_kept(folder, [f"{name}.parquet" for name in names]), names)


def read_or_make(
    folder: Path, names: Iterable[str], make: Callable[[], Mapping[str, pd.DataFrame]], lock: str
) -> Tables:
    """Tables as kept in a folder; if they are not there whole, made and kept there.

    Of several processes that want the same tables one makes them, and the others wait.

    Parameters
    ----------
    folder
        In the folder ``cache`` of a build folder.
    names
        Names of the tables.
    make
        Gives them by name.
    lock
        Which lock of the build folder to hold meanwhile.
    """
    names = list(names)
    try:
        return read_tables(folder, names)
    except NotKeptError:
        pass
    with held(folder.parent.parent, lock):
        try:
            return read_tables(folder, names)  # somebody made them while this one waited
        except NotKeptError as error:
            files = _as_files(make())
            keep(folder, files)
            if error.damaged:
                say_damaged(error.damaged)
    return _as_tables(files, names)


def remove_older(folder: Path, pattern: str) -> None:
    """Remove the folders beside a kept one that a pattern fits: older versions of it."""
    for outdated in set(folder.parent.glob(pattern)) - {folder}:
        remove_kept(outdated)


def _as_files(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    return {f"{name}.parquet": table.to_parquet(index=False) for name, table in tables.items()}


def _as_tables(files: Mapping[str, bytes], names: Iterable[str]) -> Tables:
    return {name: pd.read_parquet(io.BytesIO(files[f"{name}.parquet"])) for name in names}
