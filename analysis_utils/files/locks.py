"""One at a time: locks that go with the process that holds them.

A run of notebooks holds the lock ``run`` of its build folder to its end.  Making the cache
takes the lock ``cache``, and only for as long as that takes: so a notebook in JupyterLab, or
one that a run has started, never waits for a run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis_utils.files.writing import write_whole

#: Seconds to wait before saying so.
_PATIENCE = 1.0

#: Variable that tells the processes started meanwhile which lock their ancestor holds.
_HELD = "FRAMING_HELD_LOCK"

#: Variable that is set where nobody waits and what is said would become a notebook's output,
#: on one run and not on another.
UNATTENDED = "FRAMING_UNATTENDED"

_MOST_CHARACTERS = 80


class WaitError(Exception):
    """Waiting would never end."""


@contextmanager
def held(build_folder: Path, what: str) -> Iterator[None]:
    """Hold a lock of a build folder; waits for it, and says for whom unless unattended.

    The system frees the lock of a process that dies.

    Parameters
    ----------
    build_folder
        Need not be there; its locks lie beside it in ``.locks``.
    what
        Which of its locks.

    Raises
    ------
    WaitError
        If this process was started by the one that holds the lock and waits for this one.
    """
    from filelock import FileLock  # heavy: only where something is made

    folder = build_folder.parent / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{build_folder.name}.{what}.lock"
    _refuse_to_wait_for_ancestor(path)
    lock = FileLock(path)
    # A note of its own, as on Windows nobody else can read a file that is locked.
    note = path.with_suffix(".txt")
    _acquire(lock, note, build_folder.name)
    before = os.environ.get(_HELD)
    try:
        write_whole(note, _holder().encode())
        os.environ[_HELD] = str(path)
        yield
    finally:
        os.environ.pop(_HELD, None)
        if before is not None:
            os.environ[_HELD] = before
        note.unlink(missing_ok=True)
        lock.release()


def _refuse_to_wait_for_ancestor(path: Path) -> None:
    if os.environ.get(_HELD) == str(path):
        raise WaitError(
            f"{path}: this was started by a run on the same study and would wait for it for ever."
            " Start it when that run is done."
        )


def _acquire(lock, note: Path, name: str) -> None:
    from filelock import Timeout

    if os.environ.get(UNATTENDED):
        lock.acquire()
        return
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        print(f"Waiting for {_told(note)}, which works on {name} too ...", file=sys.stderr)
        lock.acquire()


def _holder() -> str:
    """This process in words."""
    started = Path(sys.argv[0])
    name = started.parent.name if started.stem == "__main__" else started.stem
    command = " ".join([name, *sys.argv[1:]])[:_MOST_CHARACTERS]
    return f"process {os.getpid()} ({command}, since {time.strftime('%d %B, %H:%M:%S')})"


def _told(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8", errors="replace")
    except OSError:  # its holder has just begun or ended
        return "another process"
