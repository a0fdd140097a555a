"""An article of a new study, wherever it comes from, and its page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.cleaning import label_article
from analysis_utils.annotation.cleaning.alone import ALONE_SUFFIX
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.annotation.cleaning.metadata import find_date
from analysis_utils.annotation.language import count_words


class PageFault(ValueError):
    """One fault of a page, row or option."""


class NoArticleError(PageFault):
    """A file, or a part of one, that is no article: it is left out, and the reason told."""


@dataclass(frozen=True)
class Taken:
    """An article as a table or an export gives it.

    ``source`` is the file and the place in it; ``n_given`` the length in words that the
    source gives, if it gives one.  The text has a paragraph on each line.
    """

    outlet: str
    source: str
    text: str
    headline: str = ""
    byline: str = ""
    section: str = ""
    date: str = ""
    address: str = ""
    n_given: int | None = None


@dataclass(frozen=True)
class Page:
    """An article: whose it is, its page byte for byte, and what is known of it.

    ``lines`` are the page's labelled lines.  ``published``, ``date`` and ``address`` are
    known where a table or an export told them; ``date`` is what it told, which may be no
    date that can be read.
    """

    outlet: str
    source: str
    suffix: str
    content: bytes
    lines: pd.DataFrame
    published: str = ""
    address: str = ""
    date: str = ""


class SetAside(NamedTuple):
    """A file or a row that is no article, and why it is left out."""

    source: str
    reason: str


class Reading(NamedTuple):
    """What was read from a file: articles, what is to be said, what was left out.

    ``kind`` says in words what the file is; ``columns`` says which column of a table is
    what (``{"text": "Full Text"}``).
    """

    pages: list[Page]
    notes: list[str]
    set_aside: list[SetAside]
    kind: str
    columns: Mapping[str, str]


def as_page(taken: Taken) -> Page:
    """A page of the article alone, that cleaning keeps whole: fields, blank line, paragraphs.

    Raises
    ------
    NoArticleError
        If it has no text.
    """
    headline = tidy(taken.headline)
    paragraphs = [line for line in paragraphs_of(taken.text) if line]
    if headline and paragraphs[1:] and paragraphs[0] == headline:
        del paragraphs[0]  # some tables repeat the headline in the text
    text = "\n\n".join(["\n".join(_fields(taken, headline, paragraphs)), *paragraphs]) + "\n"
    if not paragraphs:
        raise NoArticleError("it has no text.")
    found = find_date(taken.date) if taken.date else None
    return Page(
        outlet=tidy(taken.outlet),
        source=taken.source,
        suffix=ALONE_SUFFIX,
        content=text.encode("utf-8"),
        lines=label_article(text, "page"),
        published=found.iso if found else "",
        address=taken.address if re.fullmatch(r"https?://\S+", taken.address) else "",
        date=taken.date,
    )


def paragraphs_of(text: str) -> list[str]:
    """The lines of a text, tidied; empty ones too."""
    return [tidy(line) for line in re.split(r"[\r\n\u2028\u2029]+", text)]


def _fields(taken: Taken, headline: str, paragraphs: list[str]) -> list[str]:
    n_given = taken.n_given or sum(map(count_words, paragraphs))
    values = {
        "Outlet": tidy(taken.outlet),
        "Headline": headline,
        "Byline": tidy(taken.byline),
        "Section": tidy(taken.section),
        "Length": f"{n_given} words",
    }
    return [f"{name}: {value}" for name, value in values.items() if value]
