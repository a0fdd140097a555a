"""Writing files so that no reader ever sees half of one, and nothing stays of a run that died."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: The name of everything half done: what it will be, the machine, the process, a few letters.
_HALF_DONE = re.compile(r"\..*\.([0-9a-f]{8})-(\d+)-\w+")

#: Seconds after which nothing is still being written, whatever the process that has its number.
_LONGEST = 24 * 60 * 60


def write_whole(path: Path, content: bytes) -> None:
    """Write to a temporary file beside ``path``, then move it into place.

    Missing folders are made.

    Raises
    ------
    OSError
        If it cannot be written; ``filename`` is that of ``path``, and no part of it is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_half_done(path.name))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno:
            error.filename = str(path)  # a full disk names no file
        raise


@contextmanager
def scratch_folder(place: Path, name: str) -> Iterator[Path]:
    """A folder in ``place`` to make things in; it goes with all that was not moved out of it.

    Raises
    ------
    OSError
        If something cannot be written into it; ``filename`` is then that of ``place``.
    """
    folder = tempfile.mkdtemp(dir=place, prefix=_half_done(name))
    try:
        yield Path(folder)
    except OSError as error:
        if error.errno and str(error.filename or "").startswith(folder):
            error.filename = str(place)  # nobody knows the other one
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_left_over(folder: Path, deep: bool = False) -> None:
    """Remove what runs that were killed have left half done in a folder.

    Nothing is touched that a living process is still writing.

    Parameters
    ----------
    folder
        The folder; it may be missing.
    deep
        Whether to look into the folders in it too.
    """
    for place, folders, files in os.walk(folder):
        for path in (Path(place, name) for name in (*folders, *files)):
            if _is_left_over(path):
                remove(path)
        if not deep:
            break


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there and can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _half_done(name: str) -> str:
    return f".{name}.{_machine()}-{os.getpid()}-"


def _machine() -> str:
    """Stands for this machine: another one, or a container, may write into the same folder."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def is_half_done(path: Path) -> bool:
    """Whether this is something that a run is writing, or has left half done."""
    return bool(_HALF_DONE.fullmatch(path.name))


def _is_left_over(path: Path) -> bool:
    mark = _HALF_DONE.fullmatch(path.name)
    if not mark:
        return False
    machine, process = mark.groups()
    if machine == _machine() and not _is_alive(int(process)):
        return True
    try:
        return time.time() - path.lstat().st_mtime > _LONGEST
    except OSError:  # its owner has just moved it
        return False


def _is_alive(process: int) -> bool:
    import psutil  # heavy: only where something half done lies

    return psutil.pid_exists(process)
