"""Signals that end a program end it as Ctrl-C does: what it began is cleared away first."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

#: Ended from outside; the terminal closed; its Windows namesake.  Not all exist everywhere.
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")


class Stopped(KeyboardInterrupt):
    """The program was told to end, by ``number``."""

    def __init__(self, number: int = signal.SIGINT):
        super().__init__()
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """What a program returns that was stopped: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."""
    return 128 + getattr(error, "number", signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[None]:
    """Within it, the signals that end a program raise :class:`Stopped`, the first of them alone.

    Those that somebody ignores (``nohup``) or handles already are left as they are.
    """
    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    ours = [each for each in known if signal.getsignal(each) == signal.SIG_DFL]

    def stop(number, _frame):
        for each in ours:  # no second one may break off the clearing away
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    try:
        for each in ours:
            signal.signal(each, stop)
    except ValueError:  # not the main thread, which alone gets signals
        ours = []
    try:
        yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)
