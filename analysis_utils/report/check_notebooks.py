"""Compares the outputs of notebooks with those of another run: are the committed ones true?

Another processor adds up in another order, and a score may round the other way.  So a
text is cut into its numbers and what stands between them:

- What stands between must be the same to the letter, in HTML with its markup.
- Rounded numbers may differ by :data:`LAST_DIGITS` unit of their last printed digit, of
  the coarser one if they are printed to different digits.  Rounded is what has a decimal
  point or an exponent (``-0.34``, ``1,234.5``, ``1e-05``), and a whole per cent or
  percentage point (``55%``, ``55 %``, ``3 points``).  Signs count: ``+0.01`` is one unit
  from ``-0.00``.
- All other whole numbers are counts and must be the same.

A number stands alone.  Digits joined to a letter, a digit or ``#``, also by one of ``. / -``,
or to a digit by ``:``, are part of an id, a colour, a date, a time, a version or an address,
and so of the words.  A version of two parts (``3.11``) looks like a decimal and is taken for
one.

The ids that pandas gives to tables may have other names, as long as each is used in the
same places.  Pictures may differ by :data:`TOLERANCE`.
"""

from __future__ import annotations

import base64
import difflib
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, takewhile, zip_longest
from typing import TYPE_CHECKING

from nbformat import NotebookNode

if TYPE_CHECKING:
    import numpy as np

#: Units of the last printed digit by which a rounded number may differ.
LAST_DIGITS = 1

#: Pictures are compared block by block, by the mean colour of each.  Another
#: build of a font library smooths edges a little differently, which evens out
#: in a block, whereas a point or a bar that moved does not.
BLOCK = 8  #: pixels each way
TOLERANCE = 0.1  #: of the full range of a colour

#: Lines of a difference that are shown, and how much of each.
SHOWN_LINES = 12
SHOWN_CHARACTERS = 160
#: Words on each side of a number that is shown, and in how many characters they are looked for.
CONTEXT_WORDS = 6
_NEARBY = 2000  # most of HTML is markup

IMAGES = ("image/png", "image/jpeg")
MARKUP = ("text/html", "image/svg+xml")

_NUMBER = re.compile(
    r"""
    (?<! [\w#] ) (?<! \w[./-] ) (?<! \d: )
    [+\-−]?
    (?: (?: \d{1,3} (?: ,\d{3} )+ | \d+ ) (?: \.\d+ )? | \.\d+ )
    (?: [eE] [+-] \d{1,3} )?
    (?! \w ) (?! [./-]\w ) (?! :\d )
    """,
    re.VERBOSE,
)

#: What follows a whole number that was rounded.
_PER_CENT = re.compile("[ \u00a0\u2009\u202f]?%| (?:percentage )?points\\b")

_TAG = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|</?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)
_TABLE_ID = re.compile(r"\bT_[0-9a-f]+(?![0-9a-zA-Z])")


@dataclass(frozen=True)
class Difference:
    """An output that is not what it was."""

    cell: int  #: code cells counted from 1
    what: str
    changes: tuple[str, ...] = ()  #: numbers that were and are, lines with - or +

    def __str__(self) -> str:
        shown = [*self.changes[:SHOWN_LINES]]
        hidden = len(self.changes) - len(shown)
        shown += [f"... and {hidden} more"] if hidden else []
        return "\n    ".join([f"code cell {self.cell}: {self.what}", *shown])


@dataclass(frozen=True)
class _Text:
    """A text, and of the same length what of it is seen: markup is blank there."""

    raw: str
    seen: str
    is_markup: bool = False

    def read(self, part: slice) -> str:
        """The words of a part as a browser shows them."""
        return html.unescape(self.seen[part]) if self.is_markup else self.seen[part]

    def bare(self) -> _Text:
        """The same with its markup as text."""
        return _Text(self.raw, self.raw)


def compare_notebooks(committed: NotebookNode, rerun: NotebookNode) -> list[Difference]:
    """What differs between the outputs of two notebooks, cell by cell.

    Numbers and pictures may differ by little, words not at all: see the top of this module.

    Parameters
    ----------
    committed, rerun
        The notebook as its file has it, and as a new run left it.

    Returns
    -------
    Differences in the order of the cells; empty if there are none.
    """
    pairs = zip_longest(_code_cells(committed), _code_cells(rerun))
    return [
        difference
        for number, (old, new) in enumerate(pairs, start=1)
        for difference in _compare_cells(number, old, new)
    ]


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells that run: those that are not empty."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _compare_cells(
    number: int, old: NotebookNode | None, new: NotebookNode | None
) -> list[Difference]:
    if old is None or new is None or old.source != new.source:
        return [Difference(number, "the cells are not the same")]
    if old.execution_count != new.execution_count:
        change = f"was run as number {old.execution_count}, not {new.execution_count}"
        return [Difference(number, change)]
    if len(old.outputs) != len(new.outputs):
        counts = f"{len(old.outputs)} outputs became {len(new.outputs)}"
        return [Difference(number, counts, _changes(_all_text(old), _all_text(new)))]
    pairs = zip(old.outputs, new.outputs, strict=True)
    return [found for pair in pairs for found in _compare_outputs(number, *pair)]


def _compare_outputs(number: int, old: NotebookNode, new: NotebookNode) -> list[Difference]:
    old_data, new_data = _data(old), _data(new)
    pairs = {
        kind: (old_data.get(kind, ""), new_data.get(kind, ""))
        for kind in sorted(old_data.keys() | new_data.keys())
    }
    compared = [
        _compare_pictures(number, kind, *pair)
        if kind in IMAGES
        else _compare_texts(number, kind, *pair)
        for kind, pair in pairs.items()
        if pair[0] != pair[1]
    ]
    return [difference for difference in compared if difference]


def _compare_pictures(number: int, kind: str, before: str, after: str) -> Difference | None:
    if not (before and after):
        return Difference(number, f"{kind} differs")
    change = image_change(before, after)
    return Difference(number, f"{kind}: {change}") if change else None


def _compare_texts(number: int, kind: str, before: str, after: str) -> Difference | None:
    changes = _changes(_text(kind, before), _text(kind, after))
    return Difference(number, f"{kind} differs", changes) if changes else None


def _data(output: NotebookNode) -> dict[str, str]:
    """The contents of an output by their kind, with what is said about pictures."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    described = {f"{kind} {key}": str(value) for kind, key, value in _descriptions(output)}
    return {**{kind: str(value) for kind, value in output.data.items()}, **described}


def _descriptions(output: NotebookNode):
    for kind in IMAGES:
        for key, value in output.metadata.get(kind, {}).items():
            yield kind, key, value


def _all_text(cell: NotebookNode) -> _Text:
    """What all outputs of a cell say, one below the other."""
    told = "\n".join(
        _text(kind, text).read(slice(None))
        for output in cell.outputs
        for kind, text in _data(output).items()
        if kind not in IMAGES
    )
    return _Text(told, told)


def _text(kind: str, text: str) -> _Text:
    if kind not in MARKUP:
        return _Text(text, text)
    raw = _with_steady_ids(text)
    return _Text(raw, _TAG.sub(lambda tag: re.sub(r"\S", " ", tag[0]), raw), is_markup=True)


def _with_steady_ids(text: str) -> str:
    """Ids of tables counted in the order in which they come."""
    ids: dict[str, str] = {}
    return _TABLE_ID.sub(lambda name: ids.setdefault(name[0], f"T_{len(ids)}"), text)


def _changes(old: _Text, new: _Text) -> tuple[str, ...]:
    """Numbers and lines that differ, in the order of the text; none if the two agree."""
    return tuple(
        change
        for same_words, before, after in _stretches(old.raw, new.raw)
        for change in (_changed_numbers if same_words else _changed_lines)(old, before, new, after)
    )


def _stretches(old: str, new: str) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of whole lines of two texts: do their words agree, and where are they?"""
    lines = [text.splitlines(keepends=True) for text in (old, new)]
    starts = [list(accumulate(map(len, each), initial=0)) for each in lines]
    words = [[tuple(_NUMBER.split(line)) for line in each] for each in lines]
    for tag, *ends in difflib.SequenceMatcher(None, words[0], words[1]).get_opcodes():
        places = [starts[0][end] for end in ends[:2]], [starts[1][end] for end in ends[2:]]
        yield tag == "equal", slice(*places[0]), slice(*places[1])


def _changed_numbers(old: _Text, before: slice, new: _Text, after: slice) -> list[str]:
    was = _NUMBER.finditer(old.raw, before.start, before.stop)
    now = _NUMBER.finditer(new.raw, after.start, after.stop)
    return [
        f'was {one[0]}, is {other[0]} in "{_in_context(old, slice(*one.span()))}"'
        for one, other in zip(was, now, strict=True)
        if not _agree(one, other)
    ]


def _agree(one: re.Match, other: re.Match) -> bool:
    if one[0] == other[0]:
        return True
    if not (_is_rounded(one) and _is_rounded(other)):
        return False
    values = [Decimal(each[0].replace(",", "").replace("−", "-")) for each in (one, other)]
    last_digit = Decimal(1).scaleb(max(int(value.as_tuple().exponent) for value in values))
    return abs(values[0] - values[1]) <= LAST_DIGITS * last_digit


def _is_rounded(number: re.Match) -> bool:
    has_point = re.search("[.eE]", number[0])
    return bool(has_point or _PER_CENT.match(number.string, number.end()))


def _in_context(text: _Text, number: slice) -> str:
    """A number with some words on each side, or with its markup if it is not seen."""
    text = text if text.seen[number].strip() else text.bare()
    ahead = text.read(slice(max(number.start - _NEARBY, 0), number.start))
    behind = text.read(slice(number.stop, number.stop + _NEARBY))
    before = re.sub(r"\s+", " ", ahead).lstrip().split(" ")
    after = re.sub(r"\s+", " ", behind).rstrip().split(" ")
    return "".join(
        [
            "... " if len(before) > CONTEXT_WORDS + 1 else "",
            " ".join(before[-CONTEXT_WORDS - 1 :])[-SHOWN_CHARACTERS // 2 :],
            text.seen[number],
            " ".join(after[: CONTEXT_WORDS + 1])[: SHOWN_CHARACTERS // 2],
            " ..." if len(after) > CONTEXT_WORDS + 1 else "",
        ]
    )


def _changed_lines(old: _Text, before: slice, new: _Text, after: slice) -> list[str]:
    """Lines as they are read, or with their markup if nothing else differs."""
    removed, added = _read_lines(old, before), _read_lines(new, after)
    if removed == added:
        removed, added = old.raw[before].splitlines(), new.raw[after].splitlines()
    pairs = [_cut(*pair) for pair in zip_longest(removed, added, fillvalue="")]
    return [
        *(f"-{line}" for line, _ in pairs[: len(removed)]),
        *(f"+{line}" for _, line in pairs[: len(added)]),
    ]


def _read_lines(text: _Text, part: slice) -> list[str]:
    lines = text.read(part).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _cut(*lines: str) -> list[str]:
    """Two lines from shortly before the place where they part, if they are long."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(*lines, strict=False))
    is_long = max(map(len, lines)) > SHOWN_CHARACTERS
    start = max(len(list(same)) - SHOWN_CHARACTERS // 2, 0) if is_long else 0
    return [f"{'... ' if start else ''}{line[start : start + SHOWN_CHARACTERS]}" for line in lines]


def image_change(before: str, after: str) -> str:
    """How two pictures differ, in words; empty if they are the same to the eye."""
    import numpy as np  # with Pillow only needed where two pictures are not the same bytes
    from PIL import Image

    old, new = (
        Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGBA")
        for picture in (before, after)
    )
    if old.size != new.size:
        return "{}x{} pixels became {}x{}".format(*old.size, *new.size)
    blocks = [_block_means(np.asarray(image, dtype=float) / 255) for image in (old, new)]
    change = np.abs(blocks[0] - blocks[1]).max()
    return f"parts of the picture differ by up to {change:.0%}" if change > TOLERANCE else ""


def _block_means(pixels: np.ndarray) -> np.ndarray:
    """Mean colours of the blocks of a picture (rows, columns, bands)."""
    import numpy as np

    missing = [(0, -length % BLOCK) for length in pixels.shape[:2]]
    padded = np.pad(pixels, [*missing, (0, 0)], mode="edge")
    rows, columns = (length // BLOCK for length in padded.shape[:2])
    return padded.reshape(rows, BLOCK, columns, BLOCK, -1).mean(axis=(1, 3))
