"""Pages and texts that stand where an article should: offers of a subscription, errors."""

from __future__ import annotations

import re

import pandas as pd

from analysis_utils.words import derived, pages

#: A text of more words has an article in it, whatever stands around.
_MOST_WORDS = 80
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
    """Whether the labelled lines of a page break off at an offer to subscribe."""
    return bool((lines["reason"].str.startswith(OFFER)).any())
