"""From words at their places on a page to its paragraphs.

Words at one height make a line.  A page that leaves a strip free down its
middle has two columns.  A line goes on in the next one if that line's first
word would not have fitted at its end: that is how text is wrapped, whether or
not its margin is even.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

#: A gap wider than this, in heights of a line, parts two texts side by side.
SIDE_GAP = 2.5
#: A strip between columns is sought in this middle share of the text's width.
GUTTER_PLACES = (0.3, 0.7)
#: It is this wide at least, in heights of a line, beside so many lines on both of its sides.
GUTTER_WIDTH = 0.8
GUTTER_LINES = 4
#: At most this share of the lines of a page with columns run across the strip.
ACROSS_SHARE = 0.35
#: Paragraphs are further apart than lines, by this factor.
PARAGRAPH_GAP = 1.25
#: Lines of one text that no other line tells the distance of are at most so many heights apart.
WIDEST_LEADING = 1.8
#: A first line is indented by so many heights of a line.
INDENT = 0.8
#: A hyphen parts a word if so many lines of a document end in one, and this share of all.
HYPHENATED_LINES, HYPHENATED_SHARE = 3, 0.02

#: Beginnings that keep their hyphen.
_KEEP_HYPHEN = frozenset(
    (
        *("all", "anti", "co", "counter", "cross", "ex", "far", "half", "high", "ill", "inter"),
        *("left", "long", "low", "mid", "mini", "multi", "neo", "non", "off", "on", "post", "pre"),
        *("pro", "quasi", "re", "right", "self", "semi", "short", "so", "sub", "super", "then"),
        *("trans", "ultra", "under", "vice", "well", "e"),
    )
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]»*]*$")
#: Where two lines of a paragraph met at a hyphen, until it is settled what becomes of it.
_SEAM = "\0"
_PARTED = re.compile(rf"(\w+)[-‐]{_SEAM}(\w+)")


class Word(NamedTuple):
    """A word and its box; heights count from the top of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Line(NamedTuple):
    """Words side by side at one height."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def size(self) -> float:
        """Height of its letters, to half a point."""
        return round(2 * median(word.bottom - word.top for word in self.words)) / 2


@dataclass(frozen=True)
class Paragraph:
    """A text that the page sets as one, the size of its letters and how it ends.

    ``full`` if its last line is as long as lines are, ``gap_after`` if it is set
    off from what follows.
    """

    text: str
    size: float
    full: bool
    gap_after: bool


def visible_lines(words: Sequence[Word]) -> list[list[Line]]:
    """The lines of a page, column by column.

    Lines across the whole page, and those above and below its columns, are a
    column of their own.
    """
    if not words:
        return []
    rows = _rows(words)
    gutter = _gutter(rows)
    if gutter is None:
        return [[line for row in rows for line in _side_by_side(row)]]
    columns = []
    for whole, group in groupby(_in_bands(rows, gutter), key=itemgetter(0)):
        band = [row for _, row in group]
        sides = [band] if whole else [[side(row, gutter) for row in band] for side in _SIDES]
        columns += [[line for row in side if row for line in _side_by_side(row)] for side in sides]
    return [column for column in columns if column]


def _in_bands(rows: Sequence[list[Word]], gutter: float) -> Iterator[tuple[bool, list[Word]]]:
    """Each row with whether it is to be read across the whole page."""
    for across, group in groupby(rows, key=lambda row: _closes(row, gutter)):
        band = list(group)
        right = [i for i, row in enumerate(band) if not across and _right_of(row, gutter)]
        beside = [i for i in right if {i - 2, i - 1, i + 1, i + 2} & set(right)]
        first, last = (beside[0], beside[-1]) if beside else (len(band), 0)
        while beside and last + 1 < len(band) and _continues(band, last + 1, gutter):
            last += 1
        for i, row in enumerate(band):
            yield not first <= i <= last, row


def _continues(band: Sequence[list[Word]], place: int, gutter: float) -> bool:
    """Whether a row on one side goes on with the column above it, the other one having ended."""
    below = band[place]
    side = _left_of if _left_of(below, gutter) else _right_of
    above = next((own for row in band[:place][::-1] if (own := side(row, gutter))), None)
    if above is None:
        return False
    close = below[0].top - above[0].top <= WIDEST_LEADING * _height(below)
    return close and abs(_height(above) - _height(below)) < 0.5


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand at one height, from top to bottom, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        if rows and word.bottom - rows[-1][-1].bottom <= (word.bottom - word.top) / 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _height(row: Sequence[Word]) -> float:
    return median(word.bottom - word.top for word in row)


def _side_by_side(row: Sequence[Word]) -> Iterator[Line]:
    """A row cut where a wide gap parts two texts."""
    piece: list[Word] = []
    for word in row:
        if piece and word.left - piece[-1].right > SIDE_GAP * _height(row):
            yield Line(tuple(piece))
            piece = []
        piece.append(word)
    if piece:
        yield Line(tuple(piece))


def _left_of(row: Sequence[Word], place: float) -> list[Word]:
    return [word for word in row if word.right <= place]


def _right_of(row: Sequence[Word], place: float) -> list[Word]:
    return [word for word in row if word.left >= place]


#: The two sides of a strip, in the order of reading.
_SIDES = (_left_of, _right_of)


def _gutter(rows: Sequence[Sequence[Word]]) -> float | None:
    """Middle of the strip between two columns, or None if the page has one column."""
    if not rows:
        return None
    left = min(row[0].left for row in rows)
    width = max(row[-1].right for row in rows) - left
    first, last = (int(left + share * width) for share in GUTTER_PLACES)
    across = {place: _rows_across(rows, place) for place in range(first, last)}
    least = min((n for n in across.values() if n is not None), default=len(rows))
    best = [place for place, n in across.items() if n == least]
    return best[len(best) // 2] if best and least <= ACROSS_SHARE * len(rows) else None


def _rows_across(rows: Sequence[Sequence[Word]], place: float) -> int | None:
    """How many rows run across a place; None if there are no columns on its two sides."""
    beside = [row for row in rows if not _closes(row, place)]
    sides = [sum(bool(side(row, place)) for row in beside) for side in _SIDES]
    return len(rows) - len(beside) if min(sides) >= GUTTER_LINES else None


def _closes(row: Sequence[Word], place: float) -> bool:
    """Whether a row runs across a place without a strip there."""
    before, after = _left_of(row, place), _right_of(row, place)
    if len(before) + len(after) < len(row):
        return True
    strip = after[0].left - before[-1].right if before and after else SIDE_GAP * _height(row)
    return strip < GUTTER_WIDTH * _height(row)


def typical_leading(pages: Sequence[Sequence[Line]]) -> dict[float, float]:
    """By size of letters, how far apart the lines of one text are in this document."""
    steps = defaultdict(list)
    for column in pages:
        edges = _edges(column)
        for line, below in pairwise(column):
            step = below.top - line.top
            if line.size == below.size and step > 0 and _wraps(line, below, edges):
                steps[line.size].append(step)
    return {size: median(found) for size, found in steps.items() if len(found) > 2}


def _edges(column: Sequence[Line]) -> dict[float, float]:
    """By size of letters, where the longest line of a column ends."""
    edges: dict[float, float] = {}
    for line in column:
        edges[line.size] = max(edges.get(line.size, 0.0), line.right)
    return edges


def _wraps(line: Line, below: Line, edges: Mapping[float, float]) -> bool:
    """Whether the first word below would not have fitted at the end of the line.

    A line that breaks off before a small letter goes on in any case: not all
    programs fill their lines.
    """
    first = below.words[0]
    gaps = [after.left - word.right for word, after in pairwise(line.words)]
    space = median(gaps) if gaps else line.size / 4
    fits = line.right + space + first.right - first.left <= edges[line.size]
    return not fits or (first.text[0].islower() and not _SENTENCE_END.search(line.text))


def paragraphs_of(column: Sequence[Line], leading: Mapping[float, float]) -> Iterator[Paragraph]:
    """The paragraphs of a column, given how far apart lines of one text are."""
    edges = _edges(column)
    lines: list[Line] = []
    for line, below in zip(column, [*column[1:], None], strict=True):
        lines.append(line)
        if below is None or _ends(lines, below, edges, leading):
            gap = below is None or _is_apart(line, below, leading)
            full = len(lines) > 1 and line.right + 3 * line.size > edges[line.size]
            yield Paragraph(_join_lines(lines), line.size, full, gap)
            lines = []


def _ends(lines, below, edges, leading) -> bool:
    """Whether a paragraph ends with the last of these lines."""
    last = lines[-1]
    if last.size != below.size or _is_apart(last, below, leading):
        return True
    return not _wraps(last, below, edges) or _is_indented(lines, below)


def _is_apart(line: Line, below: Line, leading: Mapping[float, float]) -> bool:
    step = below.top - line.top
    usual = leading.get(line.size, WIDEST_LEADING / PARAGRAPH_GAP * line.size)
    return line.size != below.size or not 0 < step <= PARAGRAPH_GAP * usual


def _is_indented(lines: Sequence[Line], below: Line) -> bool:
    """Whether a line begins further right, or further left than all but a first line would."""
    last, indent = lines[-1], INDENT * below.size
    if abs(last.left + last.right - below.left - below.right) < below.size:
        return False  # centred, or as long as the other
    return below.left > last.left + indent or (len(lines) > 1 and below.left < last.left - indent)


def _join_lines(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text)
    return text


def join(text: str, below: str) -> str:
    """Two lines as one; a word parted by a hyphen gets a seam."""
    if text.endswith("\xad"):
        return text[:-1] + below
    if re.search(r"\w[-‐]$", text):
        return text + _SEAM + below
    return f"{text} {below}"


def join_columns(
    columns: Iterable[Sequence[Paragraph]], repeated: Collection[str]
) -> list[Paragraph]:
    """All paragraphs, one that goes on in the next column or page in one piece.

    What pages repeat, given :func:`without_numbers`, stands after such a paragraph.
    """
    joined: list[Paragraph] = []
    for column in columns:
        own = [each for each in column if without_numbers(each.text) not in repeated]
        place = _last_own(joined, repeated)
        if own and place is not None and _goes_on(joined[place], own[0]):
            joined[place] = replace(own[0], text=join(joined[place].text, own[0].text))
            column = [each for each in column if each is not own[0]]
        joined += column
    return joined


def without_numbers(text: str) -> str:
    """A text with every number as 0, so that two page numbers are the same."""
    return re.sub(r"\d+", "0", text)


def _last_own(paragraphs: Sequence[Paragraph], repeated: Collection[str]) -> int | None:
    places = range(len(paragraphs) - 1, -1, -1)
    return next((i for i in places if without_numbers(paragraphs[i].text) not in repeated), None)


def _goes_on(paragraph: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph breaks off at the end of a column and the next one has the rest."""
    breaks_off = paragraph.full or after.text[:1].islower()
    return breaks_off and paragraph.size == after.size and not _SENTENCE_END.search(paragraph.text)


def mend_hyphens(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Words that the end of a line parts, in one piece where that is safe.

    Safe is a word that the document has elsewhere in one piece; and, where many
    lines end in a hyphen, one of which neither half stands elsewhere as a word.
    Any other keeps its hyphen, as in "state-owned".
    """
    text = " ".join(paragraph.text for paragraph in paragraphs)
    known = set(re.findall(r"\w+(?:-\w+)*", _PARTED.sub(" ", text).casefold()))
    n_seams = text.count(_SEAM)
    often = n_seams >= HYPHENATED_LINES and n_seams >= HYPHENATED_SHARE * len(text) / 60

    def settled(parted: re.Match) -> str:
        first, second = parted[1], parted[2]
        if f"{first}-{second}".casefold() in known or not second[0].islower():
            return f"{first}-{second}"
        whole = first + second
        halves = {first.casefold(), second.casefold()} & (known | _KEEP_HYPHEN)
        return whole if whole.casefold() in known or (often and not halves) else f"{first}-{second}"

    mended = [_PARTED.sub(settled, paragraph.text) for paragraph in paragraphs]
    return [
        replace(paragraph, text=text.replace(_SEAM, ""))
        for paragraph, text in zip(paragraphs, mended, strict=True)
    ]
