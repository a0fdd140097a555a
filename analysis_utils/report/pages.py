"""Turns executed notebooks into the pages of the report.

A page stands alone: no script, no address of another host, pictures inside.
Words of the articles reach the pages through tables and text, and so whatever
HTML a notebook holds is cleaned before it is shown, and the page forbids
scripts and requests once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import nh3
from bs4 import BeautifulSoup, Tag
from nbconvert.exporters.html import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode
from traitlets.config import Config

from analysis_utils.output.cells import visible

TEMPLATES = Path(__file__).parent / "templates"

#: What an output may hold, the first one known being shown.
OUTPUT_KINDS = (
    "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain",
)  # fmt: skip

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_TAGS = {
    *_HEADINGS, "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "section", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul",
}  # fmt: skip

_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "style", "role", "tabindex", "aria-label"},
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

_BOXES = ("border", "margin", "padding")

#: CSS that changes how a piece looks; none of it loads anything.
_CSS = {
    "background-color", "border-collapse", "border-color", "border-radius", "clear", "color",
    "direction", "display", "float", "font", "font-family", "font-size", "font-style",
    "font-variant", "font-weight", "height", "letter-spacing", "line-height", "max-width",
    "min-width", "opacity", "overflow", "text-align", "text-decoration", "text-indent",
    "unicode-bidi", "vertical-align", "white-space", "width",
    *_BOXES,
    *(f"{box}-{side}" for box in _BOXES for side in ("top", "right", "bottom", "left")),
    *(f"border-{side}-color" for side in ("top", "right", "bottom", "left")),
}  # fmt: skip

#: The beginning of a tag that no page may have, or of a comment that never ends.
_FORBIDDEN = re.compile(
    rf"<(?!/?(?:{'|'.join(sorted(_TAGS))})[ \t\n\f\r/>]|!--.*?-->)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)

#: A style sheet that begins a piece, as pandas puts it before a table; words are none.
_STYLE = re.compile(r"\A\s*(?:<div>\s*)?(<style[^>]*>((?:[^<{}]+\{[^<{}]*\})+\s*)</style>)")

#: Rules for the parts of a styled table alone; a plain table's are about ``.dataframe``.
_TABLE_RULES = re.compile(r"(?:\s*#T_[^{},]*(?:,\s*#T_[^{},]*)*\{[^{}]*\})+\s*")

#: What in a style sheet could load something, or hide that it does.
_LOADS = re.compile(r"[@\\<]|(?:url|src|image|image-set)\(", re.IGNORECASE)

#: What the report changes in a piece of HTML; most pieces hold none of it.
_TO_FIT = re.compile(r"<(a|img|table)\b")

#: Characters of a cell from which on its column is never narrow.
LONG_CELL = 80
#: Characters of a cell, and columns, to which a row fits a phone.
SHORT_CELL, FEW_COLUMNS = 40, 4

_NUMBER = re.compile(r"[+\-−]?\d[\d.,\s]*%?")


@dataclass(frozen=True)
class Chapter:
    """A notebook as a page of the report."""

    path: Path
    title: str

    @property
    def page(self) -> str:
        """File name of the page."""
        return f"{self.path.stem}.html"

    @property
    def number(self) -> int | None:
        """The number that the file name begins with, if it does."""
        number = re.match(r"\d+", self.path.name)
        return int(number[0]) if number else None

    @property
    def short(self) -> str:
        """The file name as a word or two, for lists of all pages."""
        words = self.path.stem.lstrip("0123456789").replace("_", " ").strip()
        return words[:1].upper() + words[1:] or self.path.stem


def read_chapter(path: Path, notebook: NotebookNode) -> Chapter:
    """A notebook as a chapter, its title being its first heading."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    soup = BeautifulSoup(markdown2html_mistune("\n\n".join(texts[:3])), "html.parser")
    for anchor in soup.select(".anchor-link"):
        anchor.decompose()
    heading = soup.find(_HEADINGS)
    return Chapter(path, _plain(heading) if heading else path.stem.replace("_", " "))


def _plain(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def saved_figures(notebook: NotebookNode) -> list[str]:
    """The names of the figures that a notebook saved for the write-up, in the order shown."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    described = [output.get("metadata", {}).get("image/png", {}) for output in outputs]
    return list(dict.fromkeys(each["figure"] for each in described if "figure" in each))


def page_exporter(chapters: Iterable[Chapter]) -> HTMLExporter:
    """An exporter for the report's pages, to be used for all of them."""
    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": list(OUTPUT_KINDS)}}),
        template_name="framing",
        extra_template_basedirs=[str(TEMPLATES)],
    )
    exporter.register_filter("safe_html", safe_html(chapters))
    return exporter


def render_page(
    exporter: HTMLExporter,
    notebook: NotebookNode,
    chapter: Chapter,
    chapters: Sequence[Chapter],
    *,
    study: str,
    files: dict[str, list[dict[str, str]]],
    failure: str = "",
) -> str:
    """One page of the report.

    Parameters
    ----------
    exporter
        From :func:`page_exporter`.
    notebook
        The executed notebook.
    chapter, chapters
        This page, and all pages in reading order.
    study
        Title of the study.
    files
        By figure, the files to download: ``figure``, ``label`` and ``address`` of each.
    failure
        Where and why the notebook stopped, if it did.

    Returns
    -------
    HTML.
    """
    page = {
        "title": chapter.title,
        "here": chapter.page,
        "study": study,
        "chapters": chapters,
        "files": files,
        "failure": failure,
    }
    html, _ = exporter.from_notebook_node(notebook, resources={"page": page})
    return visible(html.rstrip("\n")) + "\n"


def shown_findings(chapters: Iterable[Chapter], found: Iterable[NotebookNode]) -> str:
    """The first list of findings that executed notebooks show, fit for the report, else nothing."""
    for notebook in found:
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                html = output.get("data", {}).get("text/html", "")
                if html.startswith('<ol class="findings">'):
                    return safe_html(chapters)(html)
    return ""


def safe_html(chapters: Iterable[Chapter]) -> Callable[[str], str]:
    """A function that cleans a piece of HTML and fits it into the report.

    Tags of scripts, frames, forms and all else that a page may not have are shown
    as text, so that no word is lost; event handlers and comments are dropped.
    Links to notebooks become links to their pages; links that leave the report
    become text followed by their address.  Tables can be scrolled, their headers
    say what they head, numbers are set flush right, and on a phone the cells of a row that
    is too wide stand below each other, each with the name of its column.
    """
    pages = {chapter.path.name: chapter.page for chapter in chapters}
    cleaner = nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_CSS,
        link_rel=None,  # no link leaves the report
    )
    return partial(_fitted, cleaner, pages)


def _fitted(cleaner: nh3.Cleaner, pages: dict[str, str], html: str) -> str:
    style = _STYLE.match(html)
    body = html.replace(style[1], "", 1) if style else html
    # The cleaner would drop what stands in a script, a template or a drawing: as text it stays.
    cleaned = cleaner.clean(_FORBIDDEN.sub("&lt;", body))
    if not _TO_FIT.search(cleaned):
        return cleaned
    soup = BeautifulSoup(cleaned, "html.parser")
    for link in soup.find_all("a"):
        _fit_link(link, pages)
    for image in soup.find_all("img"):
        if not str(image.get("src", "")).startswith("data:image/"):
            image.replace_with(str(image.get("alt", "")))
    for table in soup.find_all("table"):
        _fit_table(soup, table)
    kept = style[1] if style and _styles_a_table(style[2]) else ""
    return f"{kept}{soup}"


def _styles_a_table(sheet: str) -> bool:
    return bool(_TABLE_RULES.fullmatch(sheet)) and not _LOADS.search(sheet)


def _fit_link(link: Tag, pages: dict[str, str]) -> None:
    if "anchor-link" in link.get_attribute_list("class"):
        link["aria-label"] = "Link to this section"
    parts = _address(str(link.get("href", "-")))
    if not parts.scheme and not parts.netloc:
        if parts.path in pages:
            link["href"] = pages[parts.path] + (f"#{parts.fragment}" if parts.fragment else "")
        elif parts.path:
            link.unwrap()  # leads to a file that is not part of the report
        return
    if link.get_text() != link["href"]:
        link.append(f" ({link['href']})")
    link.name, link.attrs = "span", {"class": "address"}


def _address(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError:  # no address at all, as in http://[
        return urlsplit("-")


def _fit_table(soup: BeautifulSoup, table: Tag) -> None:
    for header in table.find_all("th"):
        _fit_header(header)
    _fit_columns(table)
    for row in table.find_all("tr"):
        del row["style"]  # pandas sets headers flush right, over whatever column
    frame = soup.new_tag("div", attrs={"class": "table", "role": "group", "tabindex": "0"})
    frame["aria-label"] = "Table"
    table.wrap(frame)
    if table.caption:
        _lift_caption(table.caption, frame)


def _fit_header(header: Tag) -> None:
    if not _plain(header):  # a corner, which heads nothing
        header.name = "td"
        del header["scope"]
    elif not header.has_attr("scope"):
        header["scope"] = "col" if header.find_parent("thead") else "row"


def _lift_caption(caption: Tag, frame: Tag) -> None:
    """Put the caption above the frame, where it wraps instead of being scrolled out of sight."""
    frame["aria-label"] = _plain(caption)
    caption.name, caption.attrs = "p", {"class": "caption"}
    frame.insert_before(caption.extract())


def _fit_columns(table: Tag) -> None:
    """Say of each cell of a plain table what heads it, and of which kind its column is."""
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
    width = max(map(len, rows), default=0)
    rows = [row for row in rows if not _is_heading(row, width)]
    cells = [cell for row in rows for cell in row]
    if any(len(row) != width for row in rows) or any(map(_spans, cells)) or not cells:
        return
    longest = 0
    for column in zip(*rows, strict=True):
        texts = [_plain(cell) for cell in column if cell.name == "td"]
        lengths = [len(_plain(cell)) for cell in column[1:]]
        longest = max([longest, *lengths])
        if any(texts) and all(not text or _NUMBER.fullmatch(text) for text in texts):
            _mark(column, "number")
        elif max(lengths, default=0) > LONG_CELL:
            _mark(column, "text")
        if table.thead:
            for cell in column[1:]:
                cell["data-heading"] = _plain(column[0])
    if table.thead and (longest > SHORT_CELL or len(rows[0]) > FEW_COLUMNS):
        _mark([table], "stacked")


def _is_heading(row: Sequence[Tag], width: int) -> bool:
    """Whether a row is one cell over all columns, which heads the rows below it."""
    return len(row) == 1 < width and row[0].get("colspan") == str(width)


def _spans(cell: Tag) -> bool:
    return cell.has_attr("colspan") or cell.has_attr("rowspan")


def _mark(tags: Iterable[Tag], name: str) -> None:
    for tag in tags:
        tag["class"] = " ".join([*filter(None, tag.get_attribute_list("class")), name])
