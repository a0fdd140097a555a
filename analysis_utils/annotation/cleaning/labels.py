"""From the page of an article to labelled lines: what is article and what is page.

Nothing is deleted.  Every raw line keeps its number and its text and gets a
kind, a reason in plain words, whether it is kept, and its clean text.

The rules speak of the shape of news pages, never of one site: see
:mod:`~analysis_utils.annotation.cleaning.lines` for how the stretch that holds the article is
found and :mod:`~analysis_utils.annotation.cleaning.wording` for the wording that sites share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.cleaning.alone import label_alone, stands_alone
from analysis_utils.annotation.cleaning.article import Label, Labels, find_body, label_body
from analysis_utils.annotation.cleaning.head import find_headline, label_head
from analysis_utils.annotation.cleaning.html import HtmlArticle, read_html
from analysis_utils.annotation.cleaning.lines import PageLine, read_lines, tidy
from analysis_utils.annotation.cleaning.metadata import cut_dateline, cut_tag, find_date
from analysis_utils.annotation.cleaning.pages import HTML_SUFFIXES, PageError, read_page
from analysis_utils.annotation.cleaning.pdf import PDF_SUFFIX, PagePart, PdfText, read_pdf
from analysis_utils.annotation.cleaning.plain import plain_text, with_right_signs
from analysis_utils.annotation.cleaning.published import day_of_publication
from analysis_utils.annotation.cleaning.repeats import find_repeat
from analysis_utils.annotation.cleaning.rest import label_rest
from analysis_utils.annotation.cleaning.stubs import OFFER, lines_after_offer
from analysis_utils.annotation.cleaning.wording import outlet_cues
from analysis_utils.annotation.turns import without_directions
from analysis_utils.schemas import KEPT_KINDS, Lines
from analysis_utils.words import derived, pages, times

if TYPE_CHECKING:
    from analysis_utils.study.parts import PagePattern

#: A first line of the page of at most so many words, a blank line after it, is a headline.
_FIRST_LINE_WORDS = 20
#: Less than this share of the other reading of a page is too little, if that holds so much of it.
_LEAST_SHARE, _INSIDE_SHARE = 0.5, 0.8
#: A full stop, perhaps with quotation marks or brackets after it.
_FULL_STOP = re.compile(r"\.[\"'”’)\]]*$")
#: A dateline opens one of the first so many paragraphs.
_DATELINE_REACH = 3


@derived
def _words_of_text() -> re.Pattern:
    """Words that news writes in its text and headlines mostly do without."""
    words = f"{pages.either('words_of_text')}|{times.either('weekdays')}"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def clean_page(
    path: Path | str, article_id: str, patterns: Sequence[PagePattern] = ()
) -> pd.DataFrame:
    """The labelled lines of a page on disk: plain text, HTML or PDF by its suffix.

    Parameters
    ----------
    path
        A ``.txt`` file with what copying the whole page gives, or the page's
        HTML (``.html``, ``.htm``); in UTF-8, in UTF-16 with a byte order mark,
        or, if HTML, in the encoding it declares.  Or the page saved as ``.pdf``, or an
        article alone (``.article.txt``).
    article_id
        Short name of the article.
    patterns
        The outlet's own page patterns.

    Returns
    -------
    pandas.DataFrame
        A :class:`~analysis_utils.schemas.Lines` table.

    Raises
    ------
    PageError
        If the file is missing, empty, no text or in another encoding, if its HTML
        nests too deep, if a PDF is locked or holds pictures only, if it is too large
        or takes too long, be it over a pattern, or if no article is found.
    """
    lines = without_directions(_label_page(Path(path), article_id, patterns))
    if not (lines["kind"] == "body").any():
        raise PageError(
            f"{path}: no article found on the page. Save the whole page as plain text again,"
            " check that its paragraphs are there and that each is on one line, or give the"
            " outlet a page pattern of kind 'body' for them."
        )
    return lines


def _label_page(path: Path, article_id: str, patterns: Sequence[PagePattern]) -> pd.DataFrame:
    is_pdf = path.suffix.lower() == PDF_SUFFIX
    page = read_pdf(path) if is_pdf else read_page(path)
    try:
        if isinstance(page, PdfText):
            return label_lines(page.text, article_id, (*patterns, *page.repeated))
        if stands_alone(path):
            return label_article(page, article_id, patterns)
        label = label_html if path.suffix.lower() in HTML_SUFFIXES else label_lines
        return label(page, article_id, patterns)
    except PageError as error:
        raise type(error)(f"{path}: {error}") from error


def label_lines(
    page: str, article_id: str, patterns: Sequence[PagePattern | PagePart] = ()
) -> pd.DataFrame:
    r"""The labelled lines of a page dump.

    Parameters
    ----------
    page
        What copying the whole page gives: any text.
    article_id
        Short name of the article.
    patterns
        Page patterns of the outlet: ``kind``, ``pattern`` and ``reason`` each.
        A line in which ``pattern`` is found is of that kind, whatever else it
        looks like.

    Returns
    -------
    pandas.DataFrame
        A :class:`~analysis_utils.schemas.Lines` table: one row a line, cut at
        ``\n``, ``\r\n`` and ``\r``, of the page as
        :func:`~analysis_utils.annotation.cleaning.plain.plain_text` gives it.
    """
    return _label_dump(plain_text(page), article_id, patterns)


def _label_dump(
    text: str, article_id: str, patterns: Sequence[PagePattern | PagePart]
) -> pd.DataFrame:
    lines = read_lines(text, outlet_cues(patterns))
    start, stop = find_body(lines)
    return _table(lines, _label(lines, start, label_body(lines, start, stop)), article_id)


def label_article(
    text: str, article_id: str, patterns: Sequence[PagePattern | PagePart] = ()
) -> pd.DataFrame:
    """The labelled lines of an article that stands alone in its file, with fields above it.

    Parameters and the table returned are those of :func:`label_lines`;
    :mod:`~analysis_utils.annotation.cleaning.alone` says what such a file is.
    """
    lines, labels = label_alone(read_lines(text, outlet_cues(patterns)))
    _label_repeats(lines, labels)
    return _table(lines, labels, article_id)


def label_html(
    html: str, article_id: str, patterns: Sequence[PagePattern | PagePart] = ()
) -> pd.DataFrame:
    """The labelled lines of an HTML page: its visible text, one line a block.

    What trafilatura (Barbaresi 2021) takes for the article is the body; the
    other visible lines are labelled as those of a page dump.  Where it finds
    no article, or a small part of one, the lines are judged as a page dump's.

    Parameters and the table returned are those of :func:`label_lines`; the
    raw lines are those of the visible text, not of the HTML.

    Raises
    ------
    PageError
        If the HTML nests too deep to be read whole, or takes too long.
    """
    text, article = read_html(with_right_signs(html))
    if article is None:
        return _label_dump(text, article_id, patterns)
    lines = read_lines(text, outlet_cues(patterns))
    headline = _line_of(lines, article.headline)
    body = _html_body(lines, article, headline)
    if _misses_much(lines, body):
        return _label_dump(text, article_id, patterns)
    labels = _label(lines, min(body), body, headline)
    return _table(lines, labels, article_id, article.published)


def _misses_much(lines: Sequence[PageLine], body: Labels) -> bool:
    """Whether trafilatura has less than half of the text that the shape of the lines tells.

    Where the two readings of a page disagree less than that, trafilatura's is the better one.
    """
    own = {i for i, label in body.items() if label.kind == "body"}
    shape = {i for i, label in label_body(lines, *find_body(lines)).items() if label.kind == "body"}
    n_own, n_shape, n_both = (
        sum(lines[i].n_words for i in places) for places in (own, shape, own & shape)
    )
    inside = n_both >= _INSIDE_SHARE * n_own  # what it has is a part of the other reading
    return not own or (n_own < _LEAST_SHARE * n_shape and (inside or n_both == 0))


def _html_body(lines: Sequence[PageLine], article: HtmlArticle, headline: int | None) -> Labels:
    """Labels from the first to the last paragraph that trafilatura takes for the article's."""
    after_headline = -1 if headline is None else headline
    shown = [i for i, line in enumerate(lines) if i > after_headline and not line.blank]
    held = {i for i in shown if lines[i].cue is None and article.holds(lines[i].clean)}
    # A date or name between headline and text is the head's to label.
    running = [i for i in shown if i in held and lines[i].running]
    if not running:
        return {}
    closing = takewhile(held.__contains__, (i for i in shown if i > running[-1]))
    inside = [i for i in shown if running[0] <= i <= running[-1]]
    return {i: _html_label(lines[i], i in held) for i in (*inside, *closing)}


def _html_label(line: PageLine, held: bool) -> Label:
    if held:
        return Label("body", "trafilatura takes it for the article's text")
    if line.cue is not None:
        return Label(line.cue.kind, line.cue.reason)
    return Label("related", "trafilatura leaves it out of the article")


def _line_of(lines: Sequence[PageLine], clean: str) -> int | None:
    return next((i for i, line in enumerate(lines) if clean and line.clean == clean), None)


def _label(
    lines: Sequence[PageLine], start: int, body: Labels, headline: int | None = None
) -> Labels:
    """Labels of all lines from those of the body, which starts at ``start``."""
    labels = dict(body)
    if headline is None:
        headline = find_headline(lines, start) if body else None
    if headline is None and body and _starts_with_headline(lines, start):
        headline = start
    labels |= label_head(lines, headline, start)
    labels |= dict.fromkeys(lines_after_offer(lines, labels), Label("footer", OFFER))
    _label_repeats(lines, labels)
    labels |= label_rest(lines, labels)
    for i, line in enumerate(lines):
        if line.cue is not None and line.cue.sure:
            labels[i] = Label(line.cue.kind, line.cue.reason)
    return labels


def _starts_with_headline(lines: Sequence[PageLine], start: int) -> bool:
    """Whether the text's first line, with nothing above it, is its headline."""
    first = next(i for i, line in enumerate(lines) if not line.blank)
    line = lines[start]
    set_off = first == start and line.blank_after and line.n_words <= _FIRST_LINE_WORDS
    more = any(later.running for later in lines[start + 1 :])
    return set_off and more and not _reads_as_paragraph(line)


def _reads_as_paragraph(line: PageLine) -> bool:
    """Whether a short first line is a sentence of the text rather than a headline.

    Some sites put a full stop after headlines.  Those stay headlines if they are
    in title case (such a line is no running text) or in telegraphic style: headlines
    leave out articles and tell in the present (Mardh 1980, *Headlinese*).
    """
    stopped = bool(_FULL_STOP.search(line.clean[-8:]))
    return line.running and stopped and bool(_words_of_text().search(line.clean))


def _label_repeats(lines: Sequence[PageLine], labels: Labels) -> None:
    """Mark a summary, a standfirst that repeats a paragraph, and paragraphs said twice."""
    body = [i for i in sorted(labels) if labels[i].kind == "body" and lines[i].running]
    seen: set[str] = set()
    for i in body:
        if lines[i].clean in seen:
            labels[i] = Label("duplicate", "the same paragraph stands above")
        seen.add(lines[i].clean)
    standfirst = [i for i in sorted(labels) if labels[i].kind == "standfirst"]
    for opening in [*standfirst, *body][:1]:
        later = {i: lines[i].clean for i in body if i > opening and labels[i].kind == "body"}
        label = _repeating(lines[opening].clean, later)
        labels[opening] = label or labels[opening]


def _repeating(text: str, paragraphs: dict[int, str]) -> Label | None:
    repeat = find_repeat(text, paragraphs)
    if repeat is None:
        return None
    where = _in_words([str(i + 1) for i in repeat.sources])
    left_out = [f"'{words}'" for stretches in repeat.left_out.values() for words in stretches]
    but = f", leaving out {_in_words(left_out)}" if left_out else " word for word"
    if len(repeat.sources) == 1:
        return Label("standfirst", f"stands before the text and repeats line {where}{but}")
    return Label("summary", f"only repeats lines {where}{but}")


def _in_words(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def _table(
    lines: Sequence[PageLine], labels: Labels, article_id: str, published: str = ""
) -> pd.DataFrame:
    """The labelled lines as a checked table."""
    year = _year_of(lines, labels, published)
    menu = {line.clean for i, line in enumerate(lines) if labels[i].kind == "navigation"}
    opening = _dateline_line(lines, labels)
    rows = []
    for i, line in enumerate(lines):
        clean, remark = _clean(line, labels[i].kind, i == opening, year, menu)
        rows.append(
            {
                "article_id": article_id,
                "line_no": i + 1,
                "text": line.text,
                "ending": line.ending,
                "kind": labels[i].kind,
                "reason": labels[i].reason + remark,
                "kept": labels[i].kind in KEPT_KINDS,
                "clean": clean,
            }
        )
    return Lines.checked(rows)


def _dateline_line(lines: Sequence[PageLine], labels: Labels) -> int | None:
    """The first paragraph with a dateline, which a caption or summary may precede."""
    body = [i for i in sorted(labels) if labels[i].kind == "body"][:_DATELINE_REACH]
    return next((i for i in body if cut_dateline(lines[i].clean)[0]), None)


def _year_of(lines: Sequence[PageLine], labels: Labels, published: str) -> int | None:
    """The year that the page's dates give, for those without."""
    dates = (find_date(lines[i].clean) for i in sorted(labels) if labels[i].kind == "date")
    days = [date.iso for date in dates if date is not None and date.iso] or [published]
    return int(days[0][:4]) if days[0] else None


def _clean(
    line: PageLine, kind: str, opens: bool, year: int | None, menu: set[str]
) -> tuple[str, str]:
    """What a line contributes, and what to add to its reason."""
    if kind == "date":
        return _clean_date(line.clean, year)
    if kind == "headline":
        tag, headline = cut_tag(line.clean, menu)
        return headline, f"; section tag '{tag}' glued to its front cut off" if tag else ""
    if opens:
        dateline, text = cut_dateline(line.clean)
        return text, f"; dateline '{dateline}' cut off" if dateline else ""
    if kind == "byline":
        return re.sub(r"^(?:\w+ )?by\b[ :]*", "", line.clean, flags=re.IGNORECASE), ""
    return (line.clean, "") if kind in (*KEPT_KINDS, "section", "notice") else ("", "")


def _clean_date(text: str, year: int | None) -> tuple[str, str]:
    text = day_of_publication(text)
    date = find_date(text, year)
    if date is None or not date.iso:
        return "", "; its day cannot be read for sure"
    own = find_date(text)
    remark = "" if own is not None and own.iso else f"; the year {year} is taken from the page"
    rest = tidy(text[date.end :])
    return date.iso, remark + (f"; '{rest}' after it dropped" if rest else "")


def dropped_by_repeats(lines: pd.DataFrame) -> pd.DataFrame:
    """What standfirsts and summaries leave out of the paragraphs they repeat.

    Parameters
    ----------
    lines
        A :class:`~analysis_utils.schemas.Lines` table of one or more articles.

    Returns
    -------
    pandas.DataFrame
        One row a left-out stretch: ``article_id``, ``dropped_by`` (``standfirst`` or
        ``summary``), ``line_no`` of the paragraph it stands in, and ``dropped``, the words.
    """
    rows = []
    for article_id, page in lines.groupby("article_id", sort=False):
        body = page[page["kind"] == "body"]
        paragraphs = dict(zip(body["line_no"], body["clean"], strict=True))
        for line in page[page["kind"].isin(["standfirst", "summary"])].itertuples():
            repeat = find_repeat(tidy(line.text), paragraphs)
            found = repeat.left_out.items() if repeat else ()
            rows += [
                (article_id, line.kind, no, words) for no, stretches in found for words in stretches
            ]
    return pd.DataFrame(rows, columns=["article_id", "dropped_by", "line_no", "dropped"])
