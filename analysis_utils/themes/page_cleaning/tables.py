"""What cleaning did to the pages: where the article lies on each of them, every removed line with
its reason, and the agreement with hand codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.cleaning import dropped_by_repeats
from analysis_utils.annotation.language import count_words
from analysis_utils.measures.agreement import overlap
from analysis_utils.schemas import KEPT_KINDS, LINE_KINDS, METADATA_KINDS, Table

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A removed line of so many words may be prose; so many of them are shown.
PROSE, MOST_DOUBTFUL = 8, 10

#: What a reader tells apart on a page: the kinds of lines of each group.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "the article": KEPT_KINDS,
    "about the article": (*METADATA_KINDS, "source", "credit"),
    "repeats the article": ("summary", "duplicate"),
    "other articles": ("related",),
    "the site": ("navigation", "advertisement", "template", "comments", "footer", "blank"),
}

#: The methods that are compared with hand codes: the one in use, and the trivial one.
METHODS = ("line rules", "whole page")


class Segments(Table):
    """One row a stretch of lines of one group, in reading order."""

    article_id: Series[str] = pa.Field(description="article the page belongs to")
    group: Series[str] = pa.Field(isin=list(GROUPS), description="what the lines are")
    first_line: Series[int] = pa.Field(ge=1, description="first line on the page")
    last_line: Series[int] = pa.Field(ge=1, description="last line on the page")
    words: Series[int] = pa.Field(ge=0, description="words of the raw lines")


class Shares(Table):
    """One row a page: how much of it is the article."""

    article_id: Series[str] = pa.Field(unique=True, description="article the page belongs to")
    words: Series[int] = pa.Field(ge=0, description="words of the raw page")
    kept: Series[int] = pa.Field(ge=0, description="words of its lines that are the article's own")
    share: Series[float] = pa.Field(ge=0, le=1, description="share of the words that is kept")


class Kinds(Table):
    """One row a kind of lines that occurs, most words first."""

    kind: Series[str] = pa.Field(isin=list(LINE_KINDS), description="what the lines are")
    kept: Series[bool] = pa.Field(description="whether they count as the article's own text")
    lines: Series[int] = pa.Field(ge=1, description="lines over all pages")
    words: Series[int] = pa.Field(ge=0, description="words of these lines, as on the page")


class Dropped(Table):
    """One row a stretch that a standfirst or summary leaves out of a paragraph it repeats."""

    article_id: Series[str] = pa.Field(description="article")
    dropped_by: Series[str] = pa.Field(
        isin=["standfirst", "summary"], description="what repeats the paragraph"
    )
    line_no: Series[int] = pa.Field(ge=1, description="line of the paragraph")
    dropped: Series[str] = pa.Field(description="the words that are left out")


class Removed(Table):
    """One row a line that is not counted as the article's own, blank ones aside."""

    article_id: Series[str] = pa.Field(description="article the page belongs to")
    line_no: Series[int] = pa.Field(ge=1, description="line number on the page")
    text: Series[str] = pa.Field(description="the line as on the page")
    kind: Series[str] = pa.Field(isin=list(LINE_KINDS), description="what the line is")
    reason: Series[str] = pa.Field(description="why it was given that kind")
    words: Series[int] = pa.Field(ge=0, description="its words")
    inside: Series[bool] = pa.Field(description="whether paragraphs stand above and below it")


class Agreement(Table):
    """One row a method: kept or not, line by line, against the hand codes."""

    method: Series[str] = pa.Field(isin=METHODS, description="rules, or the trivial method")
    lines: Series[int] = pa.Field(ge=0, description="coded lines")
    right: Series[int] = pa.Field(ge=0, description="lines with the coder's decision")
    precision: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="of the lines kept, those kept by hand"
    )
    recall: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="of the lines kept by hand, those kept"
    )


#: The theme's tables by name.
SCHEMAS = {
    "segments": Segments,
    "shares": Shares,
    "kinds": Kinds,
    "dropped": Dropped,
    "removed": Removed,
    "agreement": Agreement,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    lines = corpus.lines
    return {
        "segments": map_segments(lines),
        "shares": article_shares(lines),
        "kinds": kinds_of_lines(lines),
        "dropped": dropped_by_repeats(lines),
        "removed": removed_lines(lines),
        "agreement": agreement_with_codes(lines, corpus.study.codes("lines")),
    }


def map_segments(lines: pd.DataFrame) -> pd.DataFrame:
    """Each page as stretches of lines of one group, see :class:`Segments`; blank lines left out."""
    group_of = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
    text = lines[lines["kind"] != "blank"]
    text = text.assign(group=text["kind"].map(group_of), words=text["text"].map(count_words))
    begins = text[["article_id", "group"]].ne(text[["article_id", "group"]].shift()).any(axis=1)
    stretches = text.groupby(begins.cumsum().rename("stretch")).agg(
        article_id=("article_id", "first"),
        group=("group", "first"),
        first_line=("line_no", "first"),
        last_line=("line_no", "last"),
        words=("words", "sum"),
    )
    return Segments.checked(stretches)


def article_shares(lines: pd.DataFrame) -> pd.DataFrame:
    """How much of each page is the article, see :class:`Shares`; an empty page has none."""
    words = lines["text"].map(count_words)
    counted = lines.assign(words=words, kept=words.where(lines["kept"], 0))
    table = counted.groupby("article_id", sort=False)[["words", "kept"]].sum().reset_index()
    return Shares.checked(table.assign(share=table["kept"] / table["words"].clip(lower=1)))


def kinds_of_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """How many lines and words of each kind the pages hold, see :class:`Kinds`."""
    counted = lines.assign(words=lines["text"].map(count_words))
    groups = counted[counted["kind"] != "blank"].groupby(["kind", "kept"], as_index=False)
    table = groups.agg(lines=("text", "size"), words=("words", "sum"))
    return Kinds.checked(table.sort_values(["words", "kind"], ascending=[False, True]))


def removed_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """Every line that is not counted as the article's own, see :class:`Removed`."""
    body = lines["line_no"].where(lines["kind"] == "body").groupby(lines["article_id"])
    inside = lines["line_no"].between(body.transform("min"), body.transform("max"))
    table = lines.assign(words=lines["text"].map(count_words), inside=inside)
    return Removed.checked(table[~lines["kept"] & (lines["kind"] != "blank")])


def doubtful(removed: pd.DataFrame) -> pd.DataFrame:
    """Removed lines that most look like an article's prose: inside it first, then the longest."""
    prose = removed[removed["words"] >= PROSE]
    ranked = prose.sort_values(["inside", "words"], ascending=False, kind="stable")
    return ranked.head(MOST_DOUBTFUL).reset_index(drop=True)


def agreement_with_codes(lines: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Kept or not, line by line, against hand codes; the whole page as the trivial method.

    Parameters
    ----------
    lines
        Table ``lines`` of a corpus.
    codes
        Columns ``article_id``, ``line_no`` and ``kept``: the hand codes; None if the
        study has none, which gives an empty table.

    Returns
    -------
    See :class:`Agreement`.
    """
    if codes is None:
        return Agreement.checked([])
    coded = codes.merge(lines, on=["article_id", "line_no"], suffixes=("_code", ""))
    by_hand = coded["kept_code"].astype(bool)
    decisions = (coded["kept"], pd.Series(True, index=coded.index))
    return Agreement.checked(
        {
            "method": method,
            "lines": len(coded),
            "right": (kept == by_hand).sum(),
            **overlap(set(coded.index[kept]), set(coded.index[by_hand])),
        }
        for method, kept in zip(METHODS, decisions, strict=True)
    )
