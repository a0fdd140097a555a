"""Signals that end a program end it as Ctrl-C does: what it began is cleared away first."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: Ended from outside; the terminal closed; its Windows namesake.  Not all exist everywhere.
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")

#: Seconds after which a stop that got lost comes again.
_AGAIN = 0.05


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

    def arm() -> None:
        for each in ours:
            signal.signal(each, stop)

    try:
        arm()
    except ValueError:  # not the main thread, which alone gets signals
        ours = []
    try:
        with _none_lost(arm):
            yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


@contextmanager
def _none_lost(arm) -> Iterator[None]:
    """Stops that come where Python drops every error, such as in a ``__del__``, come again."""
    before = sys.unraisablehook

    def hook(dropped) -> None:
        if not isinstance(dropped.exc_value, KeyboardInterrupt):
            before(dropped)
        elif threading.current_thread() is threading.main_thread():
            arm()
            number = getattr(dropped.exc_value, "number", signal.SIGINT)
            # Later, as what is raised in here would be dropped too.
            again = threading.Timer(_AGAIN, _send, [number])
            again.daemon = True
            again.start()

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _send(number: int) -> None:
    """A signal for the main thread, which it wakes where the system can do that."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(signal.Signals(number))
