"""Whole quotations of an article, found by where they stand without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate


@dataclass
class Block:
    """A whole quotation: its places with its marks, over all its sentences."""

    quotation_id: str
    first: int
    last: int
    n_words: int


class Blocks:
    """The quotations of one article, in the order in which they begin."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self._blocks = list(blocks)
        self._firsts = [block.first for block in self._blocks]
        # The furthest place reached so far only grows, also if one quotation holds another.
        self._reached = list(accumulate((block.last for block in self._blocks), max))

    def __iter__(self) -> Iterator[Block]:
        return iter(self._blocks)

    def touching(self, start: int, end: int) -> list[Block]:
        """The quotations that have a place in a stretch."""
        first = bisect_left(self._reached, start)
        last = bisect_right(self._firsts, end)
        return [block for block in self._blocks[first:last] if block.last >= start]

    def after(self, place: int) -> Iterator[Block]:
        """The quotations that begin after a place."""
        for number in range(bisect_right(self._firsts, place), len(self._blocks)):
            yield self._blocks[number]

    def before(self, place: int) -> Block | None:
        """The last quotation that ends before a place; None without one."""
        for number in reversed(range(bisect_left(self._firsts, place))):
            if self._blocks[number].last < place:
                return self._blocks[number]
        return None
