"""How far a long reading has come, for whoever waits for it at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

#: Seconds before a bar shows: what is over sooner needs none.
_PATIENCE = 1.0

_Thing = TypeVar("_Thing")


def shown(
    things: Iterable[_Thing], doing: str, unit: str = "page", total: int | None = None
) -> Iterator[_Thing]:
    """The same things, with a bar on standard error if that is a terminal and it takes long.

    Parameters
    ----------
    things
        What is gone through.
    doing
        What is done, as in "Reading".
    unit
        What one of them is.
    total
        How many there are, if they have no length.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield from things
        return
    from tqdm import tqdm  # heavy: only where somebody looks

    yield from tqdm(things, doing, total, unit=f" {unit}s", delay=_PATIENCE, leave=False)
