"""What stands in quotation marks, and so in whose voice a stretch of text speaks.

:func:`find_quotations` pairs the double marks of an article in reading order.
It knows straight and curly marks, low-9 marks and guillemets, also mixed (a
curly mark closed by a straight one), quotations over several sentences, and
quotations over several paragraphs, where each paragraph opens anew and only
the last one closes (Chicago Manual of Style, 13.32).  Pages lose marks; what
is mended is said in the column ``repaired``.

Single marks, ``two graves'' and dashes that open a speech are read as double marks
(:mod:`~analysis_utils.annotation.single_marks`).  Words in scare
quotes and titles of works are stretches in quotation marks too; their small
``n_words`` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.language import count_words
from analysis_utils.annotation.single_marks import with_double_marks
from analysis_utils.schemas import Quotations

#: Marks that can only open.  A low-9 mark may be closed by what opens elsewhere: „so“.
OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'
MARKS = OPENING + CLOSING + STRAIGHT

#: A mark next to these characters, or next to white space, can open or close.
BEFORE_OPENING = "([{—–-/"
AFTER_CLOSING = ".,;:!?)]}—–-/’'"


class Stretch(NamedTuple):
    """A run of quoted characters of one paragraph, before it is cut into sentences."""

    quotation: int
    start: int
    end: int
    repaired: str


@dataclass
class _Open:
    """A quotation that waits for its closing mark."""

    quotation: int
    start: int
    mark: str


def find_quotations(sentences: pd.DataFrame) -> pd.DataFrame:
    """Every stretch of words inside quotation marks.

    The rules, in order:

    1. A mark opens or closes by its form, or, if it is straight, by its
       neighbours: white space before and a letter after it opens.
    2. A straight or closing mark after a digit, where nothing is open, is an
       inch mark; so is one inside a quotation that another mark closes later.
    3. A closing mark with nothing to close has lost its opening mark: the
       quotation opens at the start of the sentence, or after the last one in it.
    4. A quotation still open at the end of its paragraph goes on if the next
       paragraph opens with a mark; otherwise its closing mark is lost and the
       paragraph's end closes it.
    5. An opening mark inside an open quotation means a lost closing mark: the
       older one ends with the sentence before the new one, or right before it.

    Parameters
    ----------
    sentences
        Table ``sentences``, each article's sentences in reading order.
        Headline, standfirst and each paragraph are read apart.

    Returns
    -------
    Table ``quotations``: one row a quotation and sentence.  The offsets leave
    out the marks and keep a comma or full stop inside them.
    """
    rows: list[dict] = []
    order = ["article_id", "part", "paragraph", "sentence_id", "text"]
    records = sentences[order].itertuples(index=False)
    for article_id, article in groupby(records, key=attrgetter("article_id")):
        key = attrgetter("part", "paragraph")
        paragraphs = [list(group) for _, group in groupby(article, key=key)]
        for paragraph, stretches in zip(paragraphs, _read_article(paragraphs), strict=True):
            for stretch in stretches:
                rows.extend(_cut_at_sentences(article_id, paragraph, stretch))
    return Quotations.checked(rows)


def _read_article(paragraphs: list[list]) -> Iterator[list[Stretch]]:
    """The stretches of each paragraph, carrying open quotations over its end."""
    reader = _Reader()
    texts = with_double_marks([_joined(paragraph) for paragraph in paragraphs])
    for place, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        following = texts[place + 1] if place + 1 < len(texts) else ""
        # A headline or standfirst never runs on into the next line.
        goes_on = paragraph[0].part == "body" and following[:1] in (*OPENING, STRAIGHT)
        yield reader.read(text, _sentence_starts(paragraph), goes_on)


class _Reader:
    """Pairs the marks of one article, paragraph by paragraph."""

    def __init__(self) -> None:
        self.count = 0
        self.open: _Open | None = None

    def read(self, text: str, starts: list[int], goes_on: bool) -> list[Stretch]:
        """Stretches of one paragraph; ``goes_on`` if the next one opens with a mark."""
        self.text, self.starts = text, starts
        self.found: list[Stretch] = []
        marks = [place for place, character in enumerate(text) if character in MARKS]
        carried = self.open
        for number, place in enumerate(marks):
            if carried and place == 0:
                self.open = _Open(carried.quotation, 1, text[0])
            elif self._is_inch(place, marks[number + 1 :]):
                continue
            elif self._opens(place):
                self._open_at(place)
            else:
                self._close_at(place)
        if self.open:
            self._end(len(text), "" if goes_on else "closing", keep_open=goes_on)
        return [stretch for stretch in self.found if text[stretch.start : stretch.end].strip()]

    def _opens(self, place: int) -> bool:
        """Whether the mark opens a quotation, by its form, its neighbours and what is open."""
        mark = self.text[place]
        if mark in OPENING:
            return not (self.open and self.open.mark == "„")
        can_open, can_close = _could_open(self.text, place), _could_close(self.text, place)
        if self.open:
            return can_open and not can_close
        return can_open or (mark == STRAIGHT and not can_close)

    def _is_inch(self, place: int, later: list[int]) -> bool:
        if self.text[place] in OPENING or not self.text[place - 1 : place].isdigit():
            return False
        if not self.open:
            return True
        closes_later = bool(later) and not _could_open(self.text, later[0])
        return closes_later and self.text[later[0]] not in OPENING

    def _open_at(self, place: int) -> None:
        if self.open:
            ends = [start for start in self.starts if self.open.start < start <= place]
            self._end(ends[-1] if ends else place, "closing")
        self.count += 1
        self.open = _Open(self.count, place + 1, self.text[place])

    def _close_at(self, place: int) -> None:
        if self.open:
            self._end(place, "")
            return
        # The opening mark is lost: begin with the sentence, after what it already quotes.
        previous = self.found[-1].end + 1 if self.found else 0
        sentence = max(start for start in self.starts if start <= place)
        self.count += 1
        self.open = _Open(self.count, max(previous, sentence), "")
        self._end(place, "opening")

    def _end(self, end: int, repaired: str, keep_open: bool = False) -> None:
        assert self.open
        self.found.append(Stretch(self.open.quotation, self.open.start, end, repaired))
        if not keep_open:
            self.open = None


def _could_open(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in BEFORE_OPENING) and not (
        not after or after.isspace()
    )


def _could_close(text: str, place: int) -> bool:
    after = text[place + 1 : place + 2]
    return place > 0 and (not after or after.isspace() or after in AFTER_CLOSING)


def _joined(paragraph: list) -> str:
    return " ".join(sentence.text for sentence in paragraph)


def _sentence_starts(paragraph: list) -> list[int]:
    """Offset of each sentence in the joined paragraph."""
    starts, offset = [], 0
    for sentence in paragraph:
        starts.append(offset)
        offset += len(sentence.text) + 1
    return starts


def _cut_at_sentences(article_id: str, paragraph: list, stretch: Stretch) -> Iterator[dict]:
    """Rows of a stretch, one a sentence it touches, without outer white space."""
    for sentence, offset in zip(paragraph, _sentence_starts(paragraph), strict=True):
        start = max(stretch.start - offset, 0)
        end = min(stretch.end - offset, len(sentence.text))
        text = sentence.text[start : max(start, end)]
        if not text.strip():
            continue
        start += len(text) - len(text.lstrip())
        yield {
            "quotation_id": f"{article_id}:q{stretch.quotation:02d}",
            "sentence_id": sentence.sentence_id,
            "start": start,
            "end": start + len(text.strip()),
            "text": text.strip(),
            "n_words": count_words(text),
            "repaired": stretch.repaired,
        }
