"""The lines of a file, whatever it is called: text, HTML, Word, RTF, PDF, saved mail and pages."""

from __future__ import annotations

import email
import email.policy
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

from analysis_utils.annotation.cleaning.html import visible_text
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.annotation.cleaning.pages import LARGEST_PAGE, PageError, check_size, read_page
from analysis_utils.annotation.cleaning.pdf import read_pdf_here
from analysis_utils.files.budget import OverBudget, within
from analysis_utils.own_study.page import PageFault

#: Headlines of Factiva.
_HEADLINES = ".enHeadline, [id=hd]"
#: Seconds for one file of an archive: some hundred articles; a PDF of a thousand pages takes most.
_SECONDS = 300.0
#: A headline has fewer signs.
_LONGEST_HEADLINE = 250
#: Letters of the XML of the largest Word file, unpacked.
_LARGEST_XML = 200_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
#: Where bold letters begin in RTF, and a mark that no text has.
_BOLD = re.compile(r"\\b(?![a-z0-9])\s?")
_MARK = "BoldBegins7f3a"
_SAVED_PAGE = re.compile(r"Saved by|Snapshot-Content-Location|multipart/related", re.I)
_MAIL = re.compile(r"(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){2,}")

#: Kinds of packed files, by a part that each has.
_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xls",
    "META-INF/container.xml": "epub",
}
#: What is told of kinds that cannot be read, by what is found in them.
_MENDS = {
    "doc": "this is an old Word file. Open it in Word and choose File, Save as, Word document"
    " (.docx).",
    "odt": "this is an OpenDocument text. Open it and choose File, Save as, Word (.docx).",
    "epub": "this is an e-book. Copy the text of each article into a .txt file of its own.",
    "warc": "this is a web archive of pages (WARC). Open each page in a viewer of such archives and"
    " save it as HTML, one file a page.",
    "mail": "this is a mail. Copy the text of each article into a .txt file of its own.",
    "zip": "this is a packed folder. Unpack it, and name the folder.",
}


class Document(NamedTuple):
    """A file as its readers see it: its kind, its lines, and its HTML if it has some."""

    kind: str
    lines: list[str]
    html: str = ""
    #: Lines that are bold or a heading, tidied; or the headlines that the page marks as such.
    strong: frozenset[str] = frozenset()


def kind_of(path: Path) -> str:
    """What a file is by its content: pdf, rtf, docx, xlsx, ods, xls, html, mail, text, ..."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    if head.startswith(_OLE):
        return "xls" if b"W\0o\0r\0k\0b\0o\0o\0k" in path.read_bytes() else "doc"
    if head.startswith(b"WARC/"):
        return "warc"
    text = head.decode("utf-8-sig", "replace")
    if _HTML.match(text):
        return "html"
    if _MAIL.match(text) and _is_mail(text):
        return "mhtml" if _SAVED_PAGE.search(text) else "mail"
    return "text"


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            stated = packed.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        names, stated = set(), b""
    for name, kind in _PARTS.items():
        if name in names:
            return kind
    for mark, kind in {b"epub": "epub", b"text": "odt", b"spreadsheet": "ods"}.items():
        if mark in stated:
            return kind
    return "epub" if path.suffix.lower() == ".epub" else "zip"


def _is_mail(text: str) -> bool:
    headers = {line.partition(":")[0].casefold() for line in text.splitlines() if ":" in line}
    return "content-type" in headers and bool(headers & {"from", "mime-version", "subject"})


def read_document(path: Path, kind: str) -> Document:
    """The lines of a file that is a document of some kind.

    Raises
    ------
    PageError
        If it cannot be read.
    PageFault
        If it is of a kind that is not read; the message tells how to make another of it.
    """
    if kind in _MENDS:
        raise PageFault(f"{path}: {_MENDS[kind]}")
    if kind in ("html", "text"):
        text = read_page(path)
        return _of_html(text) if kind == "html" else Document("text", _lines(text))
    check_size(path, LARGEST_PAGE)
    try:
        return within(_SECONDS, _READERS[kind], path.absolute())
    except OverBudget as error:
        raise PageError(
            f"{path}: it cannot be read: {error}. Split it into smaller files."
        ) from error
    except PageError:
        raise
    except Exception as error:  # readers raise whatever they trip over
        raise PageError(
            f"{path}: the file is damaged, and the reader fails ({type(error).__name__}). Open it"
            " in the program that it was made with, and save it again."
        ) from error


def _lines(text: str) -> list[str]:
    return [line.rstrip(" \t") for line in re.split(r"\r\n|\n|\r", text)]


def _of_html(html: str) -> Document:
    ruled = re.sub(r"<hr\b[^>]*>", f"<p>{'_' * 60}</p>", html, flags=re.I)
    marked = BeautifulSoup(html, "lxml").select(_HEADLINES) if "enHeadline" in html else []
    strong = frozenset(tidy(each.get_text(" ")) for each in marked)
    return Document("html", _lines(visible_text(ruled)), html, strong)


def _read_docx(path: Path) -> Document:
    import docx
    from docx.table import Table

    with zipfile.ZipFile(path) as packed:
        if packed.getinfo("word/document.xml").file_size > _LARGEST_XML:
            raise PageError(f"{path}: the file is too large. Split it into smaller files.")
    lines: list[str] = []
    strong: set[str] = set()
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += _lines("\n".join("\t".join(_cells(row)) for row in block.rows))
        else:
            text = block.text
            lines += _lines(text)
            if 0 < len(text) < _LONGEST_HEADLINE and _is_strong(block):
                strong.add(tidy(text))
    return Document("docx", lines, strong=frozenset(strong))


def _is_strong(paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    is_heading = paragraph.style is not None and paragraph.style.name.startswith(("Head", "Title"))
    return is_heading or bool(runs and all(run.bold for run in runs))


def _cells(row) -> list[str]:
    """The texts of a row; a cell that spans several columns is there once."""
    seen = {id(cell._tc): cell.text for cell in row.cells}
    return list(seen.values())


def _read_rtf(path: Path) -> Document:
    from striprtf.striprtf import rtf_to_text

    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    marked = _BOLD.sub(lambda found: f"{found[0].rstrip()} {_MARK}", text)
    lines = _lines(rtf_to_text(marked, errors="replace"))
    strong = {tidy(line.replace(_MARK, "")) for line in lines if line.lstrip().startswith(_MARK)}
    return Document("rtf", [line.replace(_MARK, "") for line in lines], strong=frozenset(strong))


def _read_pdf(path: Path) -> Document:
    page = read_pdf_here(path)
    repeated = [re.compile(part.pattern) for part in page.repeated]
    lines = _lines(page.text)
    return Document("pdf", [line for line in lines if not any(r.search(line) for r in repeated)])


def _read_mhtml(path: Path) -> Document:
    """A page that a browser saved as one file."""
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise PageError(f"{path}: there is no page in this file. Save it as 'Webpage, HTML only'.")
    return _of_html(pages[0].get_content())


_READERS = {"docx": _read_docx, "rtf": _read_rtf, "pdf": _read_pdf, "mhtml": _read_mhtml}


def as_text(document: Document) -> str:
    """The lines as one text, with a blank line between paragraphs where the file has none."""
    spaced = document.kind in ("docx", "rtf")
    return "\n".join(f"{line}\n" if spaced and line else line for line in document.lines) + "\n"
