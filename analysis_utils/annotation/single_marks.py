"""Single, doubled and missing quotation marks, written as double ones so that one reader pairs all.

British papers quote in single marks, whose closing one is an apostrophe by its form; plain text
has ``two grave accents''; some papers open a speech with a dash.  Every text keeps its length, so
that offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis_utils.words import derived, speech

#: Marks that open a quotation in single marks, and those that close it.
OPENING, CLOSING = "‘'", "’'"
SINGLE = OPENING + CLOSING

#: What the marks are written as.
_OPEN, _CLOSE = "“", "”"

_BEFORE = r"(?:(?<=^)|(?<=[\s(\[{—–\-/“\"]))"
_AFTER = r"(?=$|[\s.,;:!?)\]}—–\-/”\"…])"


@derived
def _opens() -> re.Pattern:
    """A mark before a word, unless it stands for letters left out: '90s, 'em."""
    short = speech.either("elided")
    return re.compile(rf"{_BEFORE}[{OPENING}](?=\S)(?!\d\ds?\b)(?!(?:{short})\b)", re.IGNORECASE)


_CLOSES = re.compile(rf"(?<=[^\s])[{CLOSING}]{_AFTER}")
_PLURAL = re.compile(r"s[’'] [a-z]")
_LATEX = re.compile(r"``(?=\S)(.*?)(?<=\S)(?:''|\"|”)")
_DOUBLE = re.compile(r"[“\"](.*?)[”\"]")


def with_double_marks(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs of one article with every quotation in double marks.

    - A single mark opens before a word and closes behind one.  An apostrophe stays: inside a
      word, where letters are left out ('90s), and behind a plural ("the crews' boats") if
      another mark closes later.
    - An opening mark that nothing closes is none, unless the next paragraph opens with one too.
    - Marks inside a quotation are left out or left alone: the outer ones count.
    - A dash that opens a paragraph opens a speech if a verb of speech follows, up to it.
    """
    written = []
    carried = False
    for place, text in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else ""
        goes_on = bool(_opens().match(following))
        text, carried = _single(_dashed(_latex(text)), carried, goes_on)
        written.append(text)
    return written


def _latex(text: str) -> str:
    """``two graves'' as marks; a blank keeps each mark's second character."""
    return _LATEX.sub(lambda found: f" {_OPEN}{found[1]}{_closed(found)}", text)


def _closed(found: re.Match) -> str:
    width = found.end() - found.end(1)
    return _CLOSE + " " * (width - 1)


def _dashed(text: str) -> str:
    """The speech behind a dash that opens a paragraph, up to "said"."""
    said = re.match(rf"([—–-])(\s)(\S.*?)([,.!?…])(\s)(?=[—–]?\s?(?:{_said()})\b)", text)
    if said is None:
        return text
    return f" {_OPEN}{said[3]}{said[4]}{_CLOSE}{text[said.end() :]}"


@derived
def _said() -> str:
    return speech.either("inverted")


def _single(text: str, carried: bool, goes_on: bool) -> tuple[str, bool]:
    """A text with its single marks as double ones, and whether a quotation stays open."""
    letters = list(text)
    held = [found.span(1) for found in _DOUBLE.finditer(text)]
    at, open_ = 0, False
    if carried and text[:1] in OPENING:
        letters[0] = _OPEN
    while found := _opens().search(text, at):
        start = found.start()
        at = start + 1
        if any(a <= start < b for a, b in held):
            continue
        end = _closing(text, at, held)
        open_ = end is None and goes_on
        if end is None and not goes_on:
            continue
        letters[start] = _OPEN
        if end is None:
            break
        letters[end] = _CLOSE
        for inner in range(start + 1, end):
            if letters[inner] in '“”"':
                letters[inner] = " "
        at = end + 1
    if carried and not open_ and text[:1] in OPENING and _CLOSE not in letters:
        end = _closing(text, 1, held)
        if end is not None:
            letters[end] = _CLOSE
    return "".join(letters), open_


def _closing(text: str, at: int, held: list[tuple[int, int]]) -> int | None:
    """Where a quotation closes that is open at a place: no plural's apostrophe, if it can be."""
    following = _opens().search(text, at)
    end = following.start() if following else len(text)
    places = [found.start() for found in _CLOSES.finditer(text, at, end + 1)]
    places = [place for place in places if not any(a <= place < b for a, b in _outer(held, at))]
    sure = [place for place in places if not _PLURAL.match(text, place - 1)]
    return next(iter(sure or places), None)


def _outer(held: list[tuple[int, int]], at: int) -> Iterator[tuple[int, int]]:
    """Double quotations that do not begin inside the single one."""
    yield from (span for span in held if span[0] <= at)
