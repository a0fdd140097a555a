"""Several articles in one HTML page: elements that each have a headline and a text of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.exports.parts import date_in, outlet_and_date
from analysis_utils.own_study.page import Taken

_HEADINGS = ("h1", "h2", "h3", "h4")
#: A teaser, a box or an entry of a live blog has fewer words in its paragraphs.
_FEWEST_WORDS = 70
_FEWEST_PARAGRAPHS = 2
#: Names and dates are no longer than this, in words.
_SHORT = 14
_LIVE = re.compile(r"LiveBlogPosting|as it happened|live blog", re.IGNORECASE)


def web_articles(html: str, source: str) -> list[Taken]:
    """The articles of a page that has several; none if it has one or none."""
    if _LIVE.search(html):
        return []
    soup = BeautifulSoup(html, "lxml")
    elements = _outermost(soup.find_all("article")) or []
    articles = [each for each in elements if _is_article(each)]
    if len(articles) < 2:
        articles = _alike(soup)
    return [_taken(each, f"{source}, no. {i}") for i, each in enumerate(articles, start=1)]


def _outermost(elements: Sequence[Tag]) -> list[Tag]:
    return [each for each in elements if each.find_parent("article") is None]


def _alike(soup: BeautifulSoup) -> list[Tag]:
    """Elements of one kind beside each other, outside of any article, each dated."""
    beside: dict[tuple, list[Tag]] = defaultdict(list)
    for element in soup.find_all(["div", "section", "li", "td"]):
        if element.find_parent("article") is None and element.find(_HEADINGS, recursive=False):
            kind = tuple(element.get("class") or ())
            beside[id(element.parent), element.name, kind].append(element)
    for group in beside.values():
        articles = [each for each in group if _is_article(each) and _dated(each)]
        if len(articles) > 1:
            return articles
    return []


def _is_article(element: Tag) -> bool:
    told = _paragraphs(element)
    n_words = sum(len(text.split()) for text in told)
    has_headline = element.find(_HEADINGS) is not None
    return has_headline and len(told) >= _FEWEST_PARAGRAPHS and n_words >= _FEWEST_WORDS


def _paragraphs(element: Tag) -> list[str]:
    return [text for text in _texts(element) if len(text.split()) >= 5]


def _texts(element: Tag) -> Iterator[str]:
    for each in element.find_all(
        ["p", "blockquote", "h2", "h3", "h4", "li", "time", "span", "div"]
    ):
        if each.find(["p", "div", "blockquote", "li"]) is None and each.find_parent("p") is None:
            yield tidy(each.get_text(" ").replace(" ,", ","))


def _dated(element: Tag) -> bool:
    return any(_when(text) for text in _texts(element)) or element.find("time") is not None


def _when(text: str) -> str:
    return date_in(text) or outlet_and_date(text)[1]


def _taken(element: Tag, source: str) -> Taken:
    heading = element.find(_HEADINGS)
    headline = tidy(heading.get_text(" ")) if heading else ""
    outlet = date = byline = ""
    text: list[str] = []
    for each in _texts(element):
        short = len(each.split()) <= _SHORT
        if each == headline or not each:
            continue
        if short and not text and not date and _when(each):
            outlet, date = (outlet_and_date(each)[0] or outlet), _when(each)
        elif short and not text and (by := re.fullmatch(r"by:? (.+)", each, re.IGNORECASE)):
            byline = by[1]
        else:
            text.append(each)
    time = element.find("time")
    stamp = str(time.get("datetime") or "")[:10] if isinstance(time, Tag) else ""
    link = element.find("a", href=re.compile(r"^https?://"))
    address = (
        str(link["href"])
        if isinstance(link, Tag) and heading and link in heading.find_all("a")
        else ""
    )
    return Taken(
        outlet, source, "\n".join(text), headline, byline, date=date or stamp, address=address
    )
