"""What the labelled lines of a page say about its article, and which of its dates is its own."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.annotation.cleaning.metadata import (
    DATE_LINE_LENGTH,
    FIELD,
    FIELDS,
    date_pattern,
)
from analysis_utils.words import derived, pages


@derived
def _labels() -> re.Pattern:
    first, later = pages.either("publication_labels"), pages.either("update_labels")
    return re.compile(rf"\b(?:(?P<first>{first})|(?P<later>{later}))\b", re.IGNORECASE)


def day_of_publication(text: str) -> str:
    """The part of a date line that tells the first publication; all of it where it tells one date.

    >>> day_of_publication("UPDATED: 17 March 2023 | PUBLISHED: 15 March 2023")
    'PUBLISHED: 15 March 2023'
    """
    labels = list(_labels().finditer(text))
    n_dates = len(date_pattern().findall(text))
    if n_dates < 2 or len(text) > 2 * DATE_LINE_LENGTH or not labels:
        return text
    edges = [*(label.start() for label in labels), len(text)]
    parts = [text[: edges[0]], *(text[a:b] for a, b in pairwise(edges))]
    dated = [part for part in parts if date_pattern().search(part)]
    best = min(dated, key=_rank, default=text)
    return best.strip(" |·•;,()-–—")


def read_metadata(lines: pd.DataFrame) -> dict[str, str]:
    """What the labelled lines of one page say about its article.

    Parameters
    ----------
    lines
        A :class:`~analysis_utils.schemas.Lines` table of one article.

    Returns
    -------
    dict
        ``headline``, ``standfirst``, ``section``, ``byline``, ``dateline``,
        ``published`` (ISO 8601) and ``notice``; empty where the page is silent.
    """
    first = {
        kind: next(iter(_values(lines, kind)), "") for kind in ("headline", "section", "notice")
    }
    return {
        "headline": first["headline"],
        "standfirst": " ".join(_values(lines, "standfirst")),
        "section": first["section"] or _cut_from_front(lines, "headline"),
        "byline": "; ".join(dict.fromkeys(_values(lines, "byline"))),
        "dateline": _cut_from_front(lines, "body"),
        "published": _published(lines),
        "notice": first["notice"],
    }


def _values(lines: pd.DataFrame, kind: str) -> list[str]:
    return [value for value in lines.loc[lines["kind"] == kind, "clean"] if value]


def _cut_from_front(lines: pd.DataFrame, kind: str) -> str:
    """What cleaning cut from the front of a line of a kind: the first such cut."""
    chosen = lines[lines["kind"] == kind]
    for text, clean in zip(chosen["text"], chosen["clean"], strict=True):
        tidied = tidy(text)
        if (field := FIELD.fullmatch(tidied)) and FIELDS[field["name"]] == kind:
            tidied = field["value"]
        if tidied != clean:
            return tidied.removesuffix(clean).strip()
    return ""


def _published(lines: pd.DataFrame) -> str:
    """The date nearest below the headline, else above it, in its most precise form."""
    dates = _first_published(lines[(lines["kind"] == "date") & (lines["clean"] != "")])
    headline = lines.loc[lines["kind"] == "headline", "line_no"].min()
    below = dates[dates["line_no"] > headline]
    first = (below if len(below) else dates[::-1])["clean"].head(1).str[:10].squeeze()
    same_day = dates.loc[dates["clean"].str[:10] == first, "clean"]
    return max(same_day, key=len, default="")


def _first_published(dates: pd.DataFrame) -> pd.DataFrame:
    """Of the date lines of a page those that tell of the publication, if others tell updates."""
    rank = dates["text"].map(lambda text: _rank(day_of_publication(tidy(text))))
    return dates[rank == rank.min()]


def _rank(text: str) -> int:
    """0 for a line that is called one of the publication, 2 for an update, 1 for any other."""
    label = _labels().search(text)
    if label is None:
        return 1
    return 0 if label["first"] else 2
