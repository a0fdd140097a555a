"""A page saved as PDF as lines of visible text: its words, and what of it every page repeats.

How the words become lines and paragraphs is for
:mod:`~analysis_utils.annotation.cleaning.layout` to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis_utils.annotation.cleaning.layout import (
    Paragraph,
    Word,
    join_columns,
    mend_hyphens,
    paragraphs_of,
    typical_leading,
    visible_lines,
    without_numbers,
)
from analysis_utils.annotation.cleaning.pages import PageError, check_size, read_apart

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

PDF_SUFFIX = ".pdf"

#: What is repeated stands among so many first or last paragraphs of a page.
_EDGE = 3
#: More than this share of words without letters of their own makes a text unreadable.
_UNREADABLE_SHARE = 0.1
#: Two letters further apart than this share of their size belong to two words.
_WORD_GAP = 0.15

#: Bytes of the largest PDF: a printed article has few, a magazine with its pictures up to this.
LARGEST_PDF = 200_000_000

#: In points: no PDF reader shows a larger page, so a sign further off is not to be seen (ISO
#: 32000-1, annex C).
_LARGEST_PLACE = 14_400

_AS_TEXT = "copy what you read into a .txt file, encoding UTF-8, and use that instead."


class PagePart(NamedTuple):
    """Wording that every page of a PDF repeats, as a page pattern."""

    kind: str
    pattern: str
    reason: str


@dataclass(frozen=True)
class PdfText:
    """The visible text of a PDF, and patterns of what every page of it repeats."""

    text: str
    repeated: tuple[PagePart, ...]


def read_pdf(path: Path) -> PdfText:
    """The visible lines of a PDF in reading order, one paragraph a line.

    Lines that wrap are joined, from one column or page to the next as well.  A
    word that the end of a line parts is mended where the document shows that it
    is safe.  Of columns, two are told apart; more, boxes beside the text and
    tables come in the order of their lines on the page.

    Raises
    ------
    PageError
        If the file cannot be read, is no PDF, is locked, holds pictures of text
        rather than text, or takes too long.
    """
    check_size(path, LARGEST_PDF)
    try:
        return read_apart(read_pdf_here, path)
    except PageError as error:
        told = str(error)
        raise PageError(told if told.startswith(f"{path}:") else f"{path}: {told}") from error


def read_pdf_here(path: Path) -> PdfText:
    """What :func:`read_pdf` says, in this process and however long it takes."""
    pages = _read_words(path)
    words = [word for page in pages for word in page]
    if not words:
        raise PageError(
            f"{path}: this PDF holds no text, only pictures of pages. Let a program recognise the"
            f" text (OCR) and save the PDF again, or {_AS_TEXT}"
        )
    if sum("(cid:" in word.text for word in words) > _UNREADABLE_SHARE * len(words):
        raise PageError(
            f"{path}: this PDF does not say which letters its signs stand for. Open it and"
            f" {_AS_TEXT}"
        )
    columns = [visible_lines(page) for page in pages]
    leading = typical_leading([column for page in columns for column in page])
    shown = [[list(paragraphs_of(column, leading)) for column in page] for page in columns]
    repeated = _repeated([list(chain(*page)) for page in shown])
    paragraphs = mend_hyphens(join_columns(chain(*shown), repeated))
    patterns = tuple(_as_pattern(text) for text in sorted(repeated))
    return PdfText("\n".join(_spaced(paragraphs)), patterns)


def _read_words(path: Path) -> list[list[Word]]:
    """The words of each page."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            return [_words(page) for page in _pages(pdf)]
    except OSError as error:
        raise PageError(f"{path}: cannot be read ({error.strerror}).") from error
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise PageError(
                f"{path}: this PDF is locked with a password. Open it, print it into a new PDF"
                f" without a password, or {_AS_TEXT}"
            ) from error
        raise PageError(
            f"{path}: this is no valid PDF, or it is damaged. Save it again, or {_AS_TEXT}"
        ) from error


def _pages(pdf: PDF) -> Iterator[Page]:
    for page in pdf.pages:
        yield page
        page.close()  # a long document would fill the memory


def _words(page: Page) -> list[Word]:
    """The words of a page; those written sideways stand in margins and are no text to read."""
    upright = page.filter(_can_be_read).dedupe_chars()
    found = upright.extract_words(x_tolerance_ratio=_WORD_GAP, use_text_flow=False)
    return [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"]) for word in found
    ]


def _can_be_read(thing: dict) -> bool:
    """Whether a sign stands upright, and where and as large as a page can show it."""
    places = (thing["x0"], thing["x1"], thing["y0"], thing["y1"])
    return thing.get("upright", True) and all(abs(place) <= _LARGEST_PLACE for place in places)


def _repeated(pages: Sequence[Sequence[Paragraph]]) -> frozenset[str]:
    """Texts at the edges of pages, digits as 0, that half of the pages or more have."""
    told = Counter(
        text for page in pages for text in {without_numbers(each.text) for each in _edges(page)}
    )
    return frozenset(text for text, n in told.items() if n >= 2 and n >= len(pages) / 2)


def _edges(page: Sequence[Paragraph]) -> list[Paragraph]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _as_pattern(text: str) -> PagePart:
    """A pattern of a text that was given :func:`without_numbers`."""
    pattern = r"\d+".join(re.escape(part) for part in text.split("0"))
    return PagePart("footer", f"^{pattern}$", "the head or foot that pages of this PDF repeat")


def _spaced(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """One line a paragraph, a blank line where the page leaves a gap."""
    for paragraph in paragraphs:
        yield paragraph.text
        if paragraph.gap_after:
            yield ""
