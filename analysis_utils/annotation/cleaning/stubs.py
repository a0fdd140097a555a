"""Pages and texts that stand where an article should: offers of a subscription, errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.words import derived, pages

if TYPE_CHECKING:
    from analysis_utils.annotation.cleaning.article import Labels
    from analysis_utils.annotation.cleaning.lines import PageLine

#: A text of more words has an article in it, whatever stands around.
_MOST_WORDS = 80
#: So few words tell, beside an offer, that an article breaks off.
_STUB_WORDS = 150
#: The reason of lines by which a page tells that its text goes on for subscribers only.
OFFER = "offer to subscribe, where the text would go on"


@derived
def _no_article() -> re.Pattern:
    return re.compile(rf"\W*{pages.either('instead_of_articles')}", re.IGNORECASE)


@derived
def offer() -> re.Pattern:
    """What sites write where a text goes on for subscribers only."""
    return re.compile(pages.either("offers"), re.IGNORECASE)


def why_no_article(text: str) -> str:
    """Why a text is none of an article; empty if it may be.

    >>> why_no_article("Access denied. You do not have permission to see this page.")
    'its text is an error or a question of the site, no article. Fetch it again.'
    """
    n_words = len(text.split())
    if n_words <= _MOST_WORDS and _no_article().match(text):
        return "its text is an error or a question of the site, no article. Fetch it again."
    found = offer().search(text)
    if found and n_words <= _MOST_WORDS and len(text[: found.start()].split()) < n_words / 2:
        return "its text is an offer to subscribe, no article. Fetch it where you may read it."
    return ""


def is_stub(lines: pd.DataFrame) -> bool:
    """Whether the labelled lines of a page are few, and there is an offer to subscribe."""
    n_words = lines.loc[lines["kind"] == "body", "clean"].str.split().str.len().sum()
    return n_words <= _STUB_WORDS and bool(lines["reason"].str.startswith(OFFER).any())


def lines_after_offer(lines: Sequence[PageLine], labels: Labels) -> list[int]:
    """The few body lines below an offer to subscribe, which go on telling what it has."""
    body = [i for i in sorted(labels) if labels[i].kind == "body"]
    offers = (i for i in body[:1] and range(body[0], len(lines)) if _is_offer(lines[i]))
    first = next(offers, len(lines))
    after = [i for i in body if i > first]
    n_before, n_after = (
        sum(lines[i].n_words for i in body if (i > first) == below) for below in (False, True)
    )
    return after if n_after <= min(n_before, _MOST_WORDS) else []


def _is_offer(line: PageLine) -> bool:
    return line.cue is not None and line.cue.reason == OFFER
