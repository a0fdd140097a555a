"""Which kind of export a file is, and the articles in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis_utils.own_study.exports.collections import collected_articles, looks_like_several
from analysis_utils.own_study.exports.documents import Document, as_text, read_document
from analysis_utils.own_study.exports.factiva import factiva_articles, is_factiva
from analysis_utils.own_study.exports.live import is_live, live_blog
from analysis_utils.own_study.exports.nexis import is_nexis, is_nexis_list, nexis_articles
from analysis_utils.own_study.exports.parts import shown
from analysis_utils.own_study.exports.proquest import (
    is_proquest,
    is_proquest_list,
    proquest_articles,
)
from analysis_utils.own_study.exports.web import web_articles
from analysis_utils.own_study.page import NoArticleError, PageFault, Taken

#: Archives with fields of their own, by the names that a reader knows.
_ARCHIVES = {
    "Nexis": (is_nexis, nexis_articles),
    "Factiva": (is_factiva, factiva_articles),
    "ProQuest": (is_proquest, proquest_articles),
}
_LINK = re.compile(r"\W*https?://\S+")
#: A file of fewer words is a note.
_NOTE_WORDS = 15


class Exported(NamedTuple):
    """What a file holds: articles with fields, of which archive; or one page, as text or HTML."""

    articles: list[Taken]
    archive: str
    document: Document


def read_export(path: Path, kind: str) -> Exported:
    """The articles of a file.

    Parameters
    ----------
    path
        A file that is no table.
    kind
        As :func:`~analysis_utils.own_study.exports.documents.kind_of` gives it.

    Raises
    ------
    PageError
        If the file cannot be read.
    PageFault
        If there is no article in it, only links, notes, search results or abstracts; or if it
        looks like several articles, and nothing tells where one ends.
    """
    document = read_document(path, kind)
    lines = document.lines
    _refuse_lists(path, lines)
    for archive, (is_it, articles) in _ARCHIVES.items():
        if is_it(lines):
            marked = {"strong": document.strong} if archive == "Factiva" else {}
            return Exported(list(articles(lines, path.name, **marked)), archive, document)
    several = web_articles(document.html, path.name) if document.html else []
    if not several and kind != "html":
        several = collected_articles(lines, path.name)
    if several:
        return Exported(several, "a collection", document)
    if kind != "html" and is_live(lines):
        return Exported([live_blog(lines, path.name)], "a live blog", document)
    if kind in ("text", "docx", "rtf") and (n := looks_like_several(lines)):
        raise PageFault(
            f"{path}: this looks like {n} articles under one another, and nothing tells where one"
            " ends. Put a line of signs, as in ==========, between two articles, or save each in a"
            " file of its own."
        )
    return Exported([], "", document)


def as_single(exported: Exported) -> tuple[str, bytes]:
    """Suffix and bytes of the page of a file that holds one article without fields."""
    document = exported.document
    if document.html:
        return ".html", f'<meta charset="utf-8">\n{document.html}'.encode()
    return ".txt", as_text(document).encode("utf-8")


def _refuse_lists(path: Path, lines: Sequence[str]) -> None:
    plain = shown(lines)
    if plain and all(map(_LINK.fullmatch, plain)):
        raise NoArticleError(
            f"{path}: there are only links in this file, and no text. Open each link, and save the"
            " page as HTML or its text as .txt."
        )
    if any(line.startswith("TY - ") for line in plain[:3]):
        raise NoArticleError(
            f"{path}: this is a list of references (RIS) with titles and abstracts, not the texts."
            " Save the articles themselves: in Zotero the snapshots or PDFs of the entries, in an"
            " archive the full text."
        )
    if is_nexis_list(lines) and not is_nexis(lines):
        raise NoArticleError(
            f"{path}: this is a list of search results, without the articles. In Nexis choose"
            " Download, Full documents, as DOCX."
        )
    if is_proquest_list(lines) and not is_proquest(lines):
        raise NoArticleError(
            f"{path}: this has abstracts without the full texts. In ProQuest choose Save, Text only"
            " or HTML, and under Content: Citation, abstract, full text."
        )


def is_note(lines: Sequence[str]) -> bool:
    """Whether a text is too short to be an article: a note, or a list."""
    return sum(len(line.split()) for line in lines) < _NOTE_WORDS
