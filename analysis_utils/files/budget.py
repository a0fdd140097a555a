"""Readers of strangers' files in a process of their own, with a budget of time and memory.

A reader that is stuck in C or in a long loop cannot be stopped from within, and a thread
cannot stop it either.  So it runs in a second Python, the worker, which ends itself when
the time is over: its watch is the one of :mod:`faulthandler`, which waits outside Python.
The worker is started when it is first needed and kept, as a start takes a second.
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

#: Seconds that a page or a sheet may take to read: a hundred times what news pages take, and
#: nobody waits longer without thinking that the program hangs.
READING_SECONDS = 12.0

#: Bytes of memory that a worker may claim: a page that wants more fills the machine of most
#: readers.  Systems other than Linux may not hold to it.
MOST_MEMORY = 6 * 2**30

#: Seconds for loading a reader before its time counts: a first start from a slow disk.
_LOADING_SECONDS = 120.0

_PACKAGE = Path(__file__).parent.parent.parent
_SERVE = "from analysis_utils.files.budget import serve; serve()"


class OverBudget(RuntimeError):
    """A reader that took too long or broke down; the message says which of the two."""


def within(seconds: float, function: Callable, *arguments: Any) -> Any:
    """What a function returns, or raises, in a process of its own.

    Parameters
    ----------
    seconds
        The time it may take.
    function
        A function of a module, with arguments and result that can be pickled.

    Raises
    ------
    OverBudget
        If it takes longer, wants too much memory or crashes the process.
    """
    with _lock:
        worker = _running()
        assert worker.stdin and worker.stdout  # both are pipes
        start = monotonic()
        try:
            worker.stdin.write(pickle.dumps(seconds) + pickle.dumps((function, arguments)))
            worker.stdin.flush()
            error, result = pickle.load(worker.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            _end()
            late = monotonic() - start >= seconds
            problem = f"takes more than {seconds:.0f} seconds" if late else "breaks the reader down"
            raise OverBudget(f"it {problem}") from broken
        except BaseException:  # interrupted: an answer may still come, to a question of the past
            _end()
            raise
    if isinstance(error, MemoryError | RecursionError):
        raise OverBudget("it takes too much memory") from error
    if error is not None:
        raise error
    return result


def serve() -> None:
    """Answer what :func:`within` asks, until nobody can ask any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a reader prints is no answer
    _limit_memory()
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            seconds = pickle.load(sys.stdin.buffer)
            faulthandler.dump_traceback_later(_LOADING_SECONDS, exit=True)
            function, arguments = pickle.load(sys.stdin.buffer)
            faulthandler.dump_traceback_later(seconds, exit=True)
            answer = _answer(function, arguments)
            faulthandler.cancel_dump_traceback_later()
            answers.write(answer)
            answers.flush()


def _answer(function: Callable, arguments: tuple) -> bytes:
    """The error, or None, and the result."""
    try:
        return pickle.dumps((None, function(*arguments)))
    except Exception as error:
        return _told(error)


def _told(error: Exception) -> bytes:
    """An error as an answer; by its name and words if it cannot travel."""
    try:
        told = pickle.dumps((error, None))
        pickle.loads(told)
    except Exception:
        told = pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), None))
    return told


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


_lock = Lock()
_worker: subprocess.Popen | None = None


def _running() -> subprocess.Popen:
    """The worker, started if there is none."""
    global _worker
    if _worker is None or _worker.poll() is not None:
        _end()
        paths = [str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
        _worker = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    return _worker


@atexit.register
def _end() -> None:
    global _worker
    if _worker is None:
        return
    worker, _worker = _worker, None
    worker.kill()
    assert worker.stdin and worker.stdout
    with contextlib.suppress(OSError):  # what could not be sent any more
        worker.stdin.close()
    worker.stdout.close()
    worker.wait()


def _forget() -> None:
    """A forked process has no worker: the answers are its parent's."""
    global _worker, _lock
    _worker, _lock = None, Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
