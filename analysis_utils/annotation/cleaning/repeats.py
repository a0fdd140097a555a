"""Text that a page says twice: summaries, standfirsts that repeat, copies of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Two texts share a passage if they share this many words in a row.
SHARED_WORDS = 4
#: A text repeats others if this share of its passages stands in them.
REPEATED_SHARE = 0.8
#: A paragraph is repeated if this share of its passages stands in the repeating text.
TAKEN_SHARE = 0.5
#: Left-out words are sought between matches of at least so many words.
MATCH_WORDS = 3
#: Longer texts are not compared: no summary is as long.
COMPARED_WORDS = 400

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True)
class Repeat:
    """What a text repeats: the lines it is taken from, and what it leaves out of each."""

    left_out: dict[int, tuple[str, ...]]

    @property
    def sources(self) -> list[int]:
        return list(self.left_out)


def find_repeat(text: str, paragraphs: Mapping[int, str]) -> Repeat | None:
    """Which paragraphs a text repeats nearly word for word, if that is all it does.

    Parameters
    ----------
    text
        A candidate: a standfirst or an opening paragraph.
    paragraphs
        The other paragraphs by their line.

    Returns
    -------
    Repeat or None
        None unless four fifths of the text's four-word passages stand in the
        paragraphs.
    """
    own = _passages(text)
    if not own or len(own) > COMPARED_WORDS:
        return None
    taken, left_out = set(), {}
    for line, paragraph in paragraphs.items():
        theirs = _passages(paragraph)
        shared = own & theirs
        if len(shared) >= TAKEN_SHARE * min(len(theirs), len(own)) and shared:
            left_out[line] = left_out_words(text, paragraph)
        taken |= shared
    return Repeat(left_out) if left_out and len(taken) >= REPEATED_SHARE * len(own) else None


def left_out_words(text: str, paragraph: str) -> tuple[str, ...]:
    """The stretches of a paragraph that a text repeating it leaves out."""
    theirs = list(_WORD.finditer(paragraph))
    if len(theirs) > COMPARED_WORDS:
        return ()
    words = [word.group().lower() for word in theirs]
    own = [word.lower() for word in _WORD.findall(text)]
    blocks = SequenceMatcher(None, words, own, autojunk=False).get_matching_blocks()
    kept = [block for block in blocks if block.size >= MATCH_WORDS]
    ends = [0, *(block.a + block.size for block in kept)]
    starts = [*(block.a for block in kept), len(words)]
    return tuple(
        paragraph[theirs[begin].start() : theirs[end - 1].end()]
        for begin, end in zip(ends, starts, strict=True)
        if begin < end
    )


def _passages(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[i : i + SHARED_WORDS]) for i in range(len(words) - SHARED_WORDS + 1)}
