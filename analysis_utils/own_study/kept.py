"""How much of an article is kept, and whether its beginning or end may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.cleaning.alone import words_given
from analysis_utils.annotation.cleaning.lines import is_running_text, tidy
from analysis_utils.annotation.cleaning.stubs import is_stub
from analysis_utils.annotation.cleaning.wording import find_cue
from analysis_utils.annotation.language import count_words

#: Of a source's own length, at least this share is kept, or a reader is told.
_LEAST_OF_LENGTH = 0.8
#: Of all that reads as text on a page, and of all words on it.
_LEAST_OF_PROSE, _LEAST_OF_PAGE = 0.6, 0.25
#: A line of fewer words beside the article is a label, no end of it.
_SHORTEST_END = 3
#: So many of the lines beside the article are looked at.
_BESIDE = 2
_LONGEST_SHOWN = 60


class Kept(NamedTuple):
    """Words kept of an article, and words given: its stated length, or those of its page."""

    n_kept: int
    n_given: int
    states_length: bool


def kept_words(lines: pd.DataFrame) -> Kept:
    """How many words are kept of an article's lines.

    Parameters
    ----------
    lines
        A :class:`~analysis_utils.schemas.Lines` table of one article.
    """
    body = lines[lines["kind"].isin(["body", "standfirst"])]
    n_kept = sum(map(count_words, body["clean"]))
    stated = words_given(lines["text"].tolist())
    n_given = stated if stated is not None else sum(map(count_words, lines["text"]))
    return Kept(n_kept, n_given, stated is not None)


def doubts(lines: pd.DataFrame) -> Iterator[str]:
    """What looks wrong with what is kept of an article, in plain words."""
    if is_stub(lines):
        yield "its text may break off at an offer to subscribe. Save it where you may read it all."
    kept = kept_words(lines)
    if kept.states_length:
        if kept.n_kept < _LEAST_OF_LENGTH * kept.n_given:
            yield f"{kept.n_kept:,} words are kept, and its source tells of {kept.n_given:,}."
        return
    prose = [tidy(text) for text in lines["text"]]
    n_prose = sum(count_words(text) for text in prose if is_running_text(text, text.split()))
    if kept.n_kept < max(_LEAST_OF_PROSE * n_prose, _LEAST_OF_PAGE * kept.n_given):
        yield f"only {kept.n_kept:,} of the {kept.n_given:,} words on its page are kept."
    yield from _cut(lines)


def _cut(lines: pd.DataFrame) -> Iterator[str]:
    """Lines just before and after the kept text that may belong to it."""
    shown = lines[lines["kind"] != "blank"].reset_index(drop=True)
    body = shown.index[shown["kind"] == "body"]
    if body.empty:
        return
    for text in shown.loc[body[-1] + 1 :, "text"].head(_BESIDE).map(tidy):
        if find_cue(text, len(text.split())) or not _ends_a_sentence(text):
            break
        yield f"its end may be cut: {_short(text)!r} is left out."
        break
    before = shown.loc[: body[0] - 1]
    above = before[~before["kind"].isin(["headline", "standfirst", "date", "byline", "section"])]
    for text, kind in zip(above["text"].tail(1).map(tidy), above["kind"].tail(1), strict=True):
        is_cue = find_cue(text, len(text.split())) is not None
        if kind != "source" and not is_cue and is_running_text(text, text.split()):
            yield f"its beginning may be cut: {_short(text)!r} is left out."


def _ends_a_sentence(text: str) -> bool:
    is_long_enough = len(text.split()) >= _SHORTEST_END
    return is_long_enough and text[0].isupper() and text.rstrip("\"'”’").endswith((".", "!", "?"))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} ..."
