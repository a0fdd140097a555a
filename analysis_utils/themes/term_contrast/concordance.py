"""Concordance: every occurrence of a term in its sentence, keyword in context (KWIC)."""

from __future__ import annotations

import difflib

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.files.normal_text import normal_text
from analysis_utils.schemas import Table


class Concordance(Table):
    """One row an occurrence of a term."""

    term: Series[str] = pa.Field(description="the term")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    passage_id: Series[str] = pa.Field(
        description="the sentence, or the one that a standfirst repeats"
    )
    left: Series[str] = pa.Field(description="what stands before it in the sentence")
    keyword: Series[str] = pa.Field(description="the term as written")
    right: Series[str] = pa.Field(description="what stands after it in the sentence")


class Evidence(Table):
    """One row a sentence that shows a leading term, the most telling first in each outlet."""

    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(description="the sentence")
    text: Series[str] = pa.Field(description="its text")
    note: Series[str] = pa.Field(description="the leading terms of its outlet that stand in it")


#: Rows of evidence over all outlets, at most.
MOST_ROWS = 10

#: The sign of text that was cut off.
ELLIPSIS = "…"


def concordance(
    term: str,
    terms: pd.DataFrame,
    sentences: pd.DataFrame,
    width: int | None = 40,
    by: str = "outlet",
) -> pd.DataFrame:
    """Every occurrence of a term in all its variants, with what stands around it.

    Parameters
    ----------
    term
        A term, or any word or variant of it as written: "cyber crimes" finds
        "cybercrime" too.  "us" never finds "US".
    terms
        As :func:`~analysis_utils.measures.terms.find_terms` gives them.
    sentences
        Table ``sentences``.
    width
        Characters on either side, cut between words and marked with an ellipsis;
        None for the whole sentence.
    by
        Column of the outlets, or of other groups.

    Returns
    -------
    See :class:`Concordance`; in reading order.

    Raises
    ------
    KeyError
        If the term does not occur; the message names terms like it.
    """
    return _in_context(terms[terms["term"] == _resolve(term, terms)], sentences, width, by)


def evidence(
    rows: pd.DataFrame,
    terms: pd.DataFrame,
    sentences: pd.DataFrame,
    width: int | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """The sentences behind rows of a contrast.

    Parameters
    ----------
    rows
        Rows of a contrast: any table with a column ``term``.
    terms, sentences, width
        As for :func:`concordance`.
    by
        Column of the outlets, or of other groups.

    Returns
    -------
    See :class:`Concordance`; ``outlet`` is named as ``by``.  In the order of ``rows`` and then
    in reading order, from all outlets: where an outlet uses a term less, it is the sentences
    of the others that show it.
    """
    order = {term: place for place, term in enumerate(dict.fromkeys(rows["term"]))}
    wanted = terms[terms["term"].isin(order)]
    wanted = wanted.iloc[wanted["term"].map(order).argsort(kind="stable")]
    return _in_context(wanted, sentences, width, by)


def evidence_sentences(
    leading: pd.DataFrame, lines: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """For each outlet the sentences that show its first terms, each sentence once.

    Parameters
    ----------
    leading
        Rows of a contrast, the first terms of each outlet first.
    lines
        As :func:`evidence` gives them for these.
    sentences
        Table ``sentences``.

    Returns
    -------
    See :class:`Evidence`; ``MOST_ROWS`` at most over all outlets, and one of each at least.
    """
    own = lines.merge(leading[["term", "outlet"]], on=["term", "outlet"])
    own = own[own["sentence_id"] == own["passage_id"]]  # not the standfirst that repeats it
    shown = own.drop_duplicates(["outlet", "sentence_id"])
    # The first sentence of each term before the second of any.
    turn = shown.groupby("term").cumcount().sort_values(kind="stable").index
    each = max(1, MOST_ROWS // max(1, leading["outlet"].nunique()))
    shown = shown.loc[turn].groupby("outlet", sort=False).head(each).head(MOST_ROWS)
    notes = own.drop_duplicates(["sentence_id", "term"]).groupby("sentence_id")["term"]
    texts = sentences.set_index("sentence_id")["text"]
    return shown.assign(
        text=shown["sentence_id"].map(texts), note=shown["sentence_id"].map(notes.agg(", ".join))
    )[Evidence.columns()]


def _resolve(wanted: str, terms: pd.DataFrame) -> str:
    """The term that is meant: itself, else by a surface, else by a surface in other case."""
    wanted = normal_text(wanted)
    if (terms["term"] == wanted).any():
        return wanted
    found = terms[terms["surface"] == wanted]
    if found.empty:
        # An acronym is all capitals or it is another word.
        words = terms[terms["term"] != terms["term"].str.upper()]
        found = words[words["surface"].str.lower() == wanted.lower()]
    if found.empty:
        near = difflib.get_close_matches(wanted, sorted(terms["term"].unique()), n=3, cutoff=0.5)
        hint = f"; terms like it: {', '.join(near)}" if near else ""
        raise KeyError(f"the term {wanted!r} does not occur{hint}")
    return found["term"].value_counts(sort=True).index[0]


def _in_context(
    terms: pd.DataFrame, sentences: pd.DataFrame, width: int | None, by: str
) -> pd.DataFrame:
    texts = sentences.set_index("sentence_id")["text"]
    sentence = terms["sentence_id"].map(texts)
    cuts = list(zip(sentence, terms["start"], terms["end"], strict=True))
    context = terms.assign(
        left=[cut_left(text[:start], width) for text, start, _ in cuts],
        keyword=[text[start:end] for text, start, end in cuts],
        right=[cut_right(text[end:], width) for text, _, end in cuts],
    )
    wanted = [by if column == "outlet" else column for column in Concordance.columns()]
    return context[wanted].reset_index(drop=True)


def cut_right(text: str, width: int | None) -> str:
    """The beginning of a text, cut between words to at most ``width`` characters.

    >>> cut_right(" halts cooperation with Europol", 20)
    ' halts cooperation…'
    """
    if width is None or len(text) <= width:
        return text
    kept = text[:width]  # one character for the ellipsis, so the last word must end before it
    return kept[: max(kept.rfind(" "), 0)].rstrip(" ,;:") + ELLIPSIS


def cut_left(text: str, width: int | None) -> str:
    """The end of a text, cut between words to at most ``width`` characters.

    >>> cut_left("Kaspersky Lab halts cooperation with ", 20)
    '…cooperation with '
    """
    return cut_right(text[::-1], width)[::-1]
