"""The text of a page on disk, in whatever encoding it says it is."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis_utils.files.budget import READING_SECONDS, OverBudget, within

HTML_SUFFIXES = (".html", ".htm", ".xhtml")

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Browsers read pages that declare these as windows-1252, which has curly quotes on top.
_READ_AS_1252 = ("ascii", "iso8859-1")
_COPY_ITS_TEXT = "Open it, copy its text and save that as a .txt file with encoding UTF-8."
SPLIT_OR_COPY = (
    "Keep the article alone: copy its text and save that as a .txt file with encoding UTF-8."
)
_RENAME_OR_COPY = (
    "Let its name end in .pdf, or copy its text and save that as a .txt file with encoding UTF-8."
)
_SAVE_AS_UTF8 = (
    "Open it in a text editor and save it with encoding UTF-8"
    " (in Notepad: File, Save as, Encoding: UTF-8)."
)


#: Characters of the longest text: a long novel has a million, and what is longer would be cleaned
#: and parsed for a quarter of an hour.
LONGEST_TEXT = 3_000_000
#: Bytes of the largest page: what browsers save with every picture inside rarely has half of it.
LARGEST_PAGE = 50_000_000


class PageError(ValueError):
    """A page that cannot be read or holds no article; says which file and the mend."""


def read_page(path: Path, largest: int = LARGEST_PAGE, mend: str = _SAVE_AS_UTF8) -> str:
    """The text of a page: line endings as they are, without a byte order mark.

    UTF-8, or UTF-16 with its byte order mark; an HTML page that is neither
    may be in the encoding it declares.  ``mend`` says how to save it in UTF-8.

    Raises
    ------
    PageError
        If the file cannot be read, is empty, has more bytes than ``largest``, is
        no text (a PDF, a Word file) or is in another encoding.
    """
    check_size(path, largest)
    page = _decode(path.read_bytes(), path, mend)
    if not page.strip():
        raise PageError(f"{path}: the page is empty. Save the whole page again.")
    return page


def check_size(path: Path, largest: int) -> None:
    """Raise a :class:`PageError` for a file that is not there or is too large to be an article."""
    try:
        with path.open("rb") as file:  # whether it may be read, too
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise PageError(f"{path}: cannot be read ({error.strerror}).") from error
    if size > largest:
        raise PageError(
            f"{path}: the file has {size / 1e6:,.0f} million bytes, and at most"
            f" {largest / 1e6:,.0f} million are read. {SPLIT_OR_COPY}"
        )


def check_length(length: int) -> None:
    """Raise a :class:`PageError` for a text of more characters than an article has."""
    if length > LONGEST_TEXT:
        raise PageError(
            f"the text has {length:,} characters, and at most {LONGEST_TEXT:,} are read."
            f" {SPLIT_OR_COPY}"
        )


def read_apart(function: Callable, *arguments: Any) -> Any:
    """What a reader of pages returns, within the budget of time and memory for one page.

    Raises
    ------
    PageError
        If it is over the budget, or fails over the page in a way of its own.
    """
    try:
        return within(READING_SECONDS, function, *arguments)
    except PageError:
        raise
    except OverBudget as error:
        raise PageError(f"the page cannot be read: {error}. {SPLIT_OR_COPY}") from error
    except Exception as error:  # readers raise whatever they trip over
        raise PageError(
            f"the page is damaged, and the reader fails ({type(error).__name__}). {SPLIT_OR_COPY}"
        ) from error


def _decode(raw: bytes, path: Path, mend: str) -> str:
    if raw.startswith(b"%PDF"):
        raise PageError(f"{path}: this is a PDF, whatever its name says. {_RENAME_OR_COPY}")
    marked = raw.startswith(_UTF16_MARKS)
    if b"\0" in raw and not marked:
        raise PageError(
            f"{path}: this is no plain text (it holds zero bytes, as Word files, pictures and"
            f" UTF-16 without a byte order mark do). {_COPY_ITS_TEXT}"
        )
    encoding = "utf-16" if marked else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        page = _decode_declared(raw) if path.suffix.lower() in HTML_SUFFIXES else None
        if page is not None:
            return page
        name = encoding.removesuffix("-sig").upper()
        raise PageError(
            f"{path}: not {name} at byte {error.start} (0x{raw[error.start]:02x}). {mend}"
        ) from error


def _decode_declared(raw: bytes) -> str | None:
    """An HTML page in the encoding it declares, or None: a guess might spoil its quotes."""
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(raw, is_html=True) or ""
    try:
        codec = codecs.lookup(declared).name
        return raw.decode("cp1252" if codec in _READ_AS_1252 else codec)
    except (LookupError, UnicodeError):  # no such encoding, or the page is not in it
        return None
