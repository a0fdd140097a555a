"""An HTML page as lines of visible text, and what trafilatura takes for its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis_utils.annotation.cleaning.data import article_in_data
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.annotation.cleaning.pages import PageError, read_apart
from analysis_utils.files.normal_text import MISREAD

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "svg", "iframe", "object"),
        *("select", "title"),
    )
)
#: Elements that start and end a line, and those that a blank line follows.
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "body", "button", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "li", "main"),
        *("nav", "ol", "option", "section", "summary", "table", "td", "th", "time", "tr", "ul"),
        *("label", "caption", "legend", "br"),
    )
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

#: Characters of HTML, as in the cell of a table, that even a reader whose time grows with the
#: square of what it reads has read in a tenth of a second.
_FEW = 20_000

#: A page whose readers see less than this share of the article in its data is read from the data.
_SHOWN_SHARE = 0.5
#: Passages of so many words tell whether a line stands in the article.
_PASSAGE = 4
_PASSAGE_SHARE = 0.8


@dataclass(frozen=True)
class HtmlArticle:
    """The article as trafilatura finds it."""

    headline: str
    published: str
    lines: frozenset[str]
    passages: frozenset[tuple[str, ...]]

    def holds(self, clean: str) -> bool:
        """Whether a line of visible text is part of the article."""
        if clean in self.lines:
            return True
        own = _passages(clean)
        return bool(own) and len(own & self.passages) >= _PASSAGE_SHARE * len(own)


def read_html(html: str) -> tuple[str, HtmlArticle | None]:
    """The visible text of a page, and the article that trafilatura finds in it.

    Raises
    ------
    PageError
        If the HTML nests too deep to be read whole, or takes too long.
    """
    return read_apart(_read_html_here, html)


def _read_html_here(html: str) -> tuple[str, HtmlArticle | None]:
    text = _visible_text_here(html)
    hidden = article_in_data(html)
    if hidden and not _shows(text, hidden):
        return hidden, None
    return text, find_article(html)


def _shows(text: str, hidden: str) -> bool:
    """Whether readers see most of an article that a page carries as data."""
    own = _passages(hidden)
    return len(own & _passages(text)) >= _SHOWN_SHARE * len(own)


def visible_text(html: str) -> str:
    """The text a reader sees, one line a block, a blank line after paragraphs and headings.

    Raises
    ------
    PageError
        If the HTML nests too deep to be read whole, or takes too long.
    """
    return _visible_text_here(html) if len(html) <= _FEW else read_apart(_visible_text_here, html)


def _visible_text_here(html: str) -> str:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if not html.strip():
        return ""
    # The text is decoded already: a charset declared inside the page must not count.
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments or the like
        return ""
    # Past its limit of depth the parser stops, and what follows would be lost without a word.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise PageError(
            "the HTML nests its elements too deep to be read whole."
            " Copy the text that a browser shows into a .txt file, encoding UTF-8."
        )
    lines: list[list[str]] = [[]]
    gap = 0
    for text, breaks in _pieces(tree):
        gap = max(gap, breaks)
        if gap and text.strip():
            lines += [[] for _ in range(gap)]
            gap = 0
        if not gap:
            lines[-1].append(text)
    return "\n".join(_in_one("".join(line)) for line in lines).strip("\n")


def _in_one(text: str) -> str:
    """A line as browsers show it: every run of spaces as one, and all else as it is."""
    return " ".join(text.split())


def _pieces(tree: HtmlElement) -> Iterator[tuple[str, int]]:
    """Stretches of text, each with the line breaks before it.

    A loop over events, as pages nest deeper than Python's stack.
    """
    from lxml import etree

    hidden = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if hidden is None and event == "start" and _is_hidden(element):
            hidden = element
        elif hidden is None and event == "start":
            yield element.text or "", _breaks(element)
        elif hidden is None and event == "end":
            yield element.tail or "", _breaks(element)
        elif hidden is None or (event == "end" and element is hidden):
            hidden = None
            yield element.tail or "", 0


def _breaks(element: HtmlElement) -> int:
    return 2 if element.tag in _SPACED else int(element.tag in _BLOCKS)


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style") or ""
    return (
        element.tag in _HIDDEN
        or element.get("hidden") is not None
        or bool(_HIDING_STYLE.search(style))
    )


def find_article(html: str) -> HtmlArticle | None:
    """The article in a page as trafilatura finds it, or None if it finds none."""
    import trafilatura

    try:
        # It drops controls, and with them quotation marks that visible lines have.
        told = html.translate({ord(control): mark for control, mark in MISREAD.items()})
        found = trafilatura.bare_extraction(told, with_metadata=True, include_comments=False)
    except Exception:  # it trips over odd pages, such as one that is a drawing, in many ways
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    lines = [tidy(re.sub(r"^- ", "", line)) for line in found.text.split("\n")]
    return HtmlArticle(
        headline=tidy(found.title or ""),
        published=found.date or "",
        lines=frozenset(line for line in lines if line),
        passages=frozenset(passage for line in lines for passage in _passages(line)),
    )


def _passages(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + _PASSAGE]) for i in range(len(words) - _PASSAGE + 1)}
