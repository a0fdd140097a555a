"""The schema of every table: the one place that says what a column is.

Every table is a pandas DataFrame, one observation a row, keyed by stable
identifiers (``article_id``, ``sentence_id`` such as ``tass:s05``,
``mention_id``).  Character offsets are half-open: ``text[start:end]``.
``Table.checked(rows)`` builds a DataFrame with the columns in this order and
the types given here, and raises ``pandera.errors.SchemaErrors`` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

#: What a line of a page can be.  Kinds in ``KEPT_KINDS`` belong to the article.
LINE_KINDS = {
    "headline": "the article's headline",
    "standfirst": "the summary line between headline and text, also called deck or sell",
    "body": "a paragraph of the article",
    "section": "the section or topic the outlet files the article under",
    "date": "when the page says the article was published",
    "byline": "who wrote the article",
    "source": "what the table or export that the article came from says of it",
    "notice": "who the article was republished from, or by",
    "credit": "the credit or caption of a photograph or video",
    "summary": "a paragraph that only repeats later paragraphs of the same article",
    "duplicate": "a line that stands elsewhere on the page as part of the article",
    "navigation": "menus, buttons, pickers and share bars of the site",
    "related": "labels and headlines of other articles",
    "advertisement": "an advertisement or its label",
    "template": "a placeholder that the site failed to fill in",
    "comments": "what readers wrote, and the forms for it",
    "footer": "the foot of the page: rights, contact, newsletters",
    "blank": "an empty line",
}

#: Kinds whose text is counted as the article's own.
KEPT_KINDS = ("headline", "standfirst", "body")

#: Kinds that are not part of the text but say something about the article.
METADATA_KINDS = ("section", "date", "byline", "notice")

#: How an actor is mentioned.
MENTION_KINDS = {
    "name": "the actor's name as the study gives it",
    "alias": "another name or short form from the study",
    "description": "a definite description, such as 'the Moscow-based firm'",
    "pronoun": "a pronoun that a rule could resolve safely",
}

#: How somebody's words are given.
QUOTE_KINDS = {
    "direct": "whole clauses inside quotation marks",
    "partial": "some quoted words inside the outlet's own sentence",
    "reported": "what somebody said, wrote or claimed, in the outlet's words",
}

#: The parts of an article that sentences come from.
PARTS = ("headline", "standfirst", "body")


class Table(pa.DataFrameModel):
    """Base of all schemas: exact columns, in order, coerced to their types."""

    class Config:
        strict = True
        ordered = True
        coerce = True

    @classmethod
    def columns(cls) -> list[str]:
        """The names of the columns, in order."""
        return list(cls.to_schema().columns)

    @classmethod
    def checked(cls, rows: pd.DataFrame | Iterable[Mapping]) -> pd.DataFrame:
        """Rows (a frame or an iterable of mappings) as a validated frame."""
        frame = pd.DataFrame(rows, columns=cls.columns())
        return cls.validate(frame.reset_index(drop=True), lazy=True)

    @classmethod
    def describe(cls) -> pd.DataFrame:
        """The data dictionary: one row a column, with its type and meaning."""
        schema = cls.to_schema()
        return pd.DataFrame(
            {
                "column": list(schema.columns),
                "type": [str(column.dtype) for column in schema.columns.values()],
                "meaning": [column.description for column in schema.columns.values()],
            }
        )


class Lines(Table):
    """One row a raw line of a page.  Nothing is deleted: joining ``text`` and
    ``ending`` over the rows of an article gives back its page's text (without a
    byte order mark; of an HTML page, its visible text)."""

    article_id: Series[str] = pa.Field(description="article the page belongs to")
    line_no: Series[int] = pa.Field(ge=1, description="line number on the page, from 1")
    text: Series[str] = pa.Field(description="the raw line without its line ending")
    ending: Series[str] = pa.Field(description="the line ending as found; empty on a last line")
    kind: Series[str] = pa.Field(isin=list(LINE_KINDS), description="what the line is")
    reason: Series[str] = pa.Field(description="why it was given that kind, in plain words")
    kept: Series[bool] = pa.Field(description="whether it counts as the article's own text")
    clean: Series[str] = pa.Field(
        description="what the line contributes: cleaned text of a kept line, the value of a"
        " metadata line (a date, a section), empty otherwise"
    )


class Articles(Table):
    """One row an article."""

    article_id: Series[str] = pa.Field(unique=True, description="short name of the article")
    outlet: Series[str] = pa.Field(description="id of the outlet that tells it")
    page: Series[str] = pa.Field(description="file of the page, inside the study's folder")
    headline: Series[str] = pa.Field(description="headline, or empty")
    standfirst: Series[str] = pa.Field(description="standfirst, or empty")
    section: Series[str] = pa.Field(description="section or topic tag on the page, or empty")
    byline: Series[str] = pa.Field(description="byline on the page, or empty")
    dateline: Series[str] = pa.Field(description="agency dateline cut from the text, or empty")
    published: Series[str] = pa.Field(
        description="ISO 8601 date, or date and time with its offset from UTC; empty if unknown"
    )
    notice: Series[str] = pa.Field(description="republication notice on the page, or empty")
    text: Series[str] = pa.Field(
        description="headline, standfirst and paragraphs, cleaned, one a line"
    )
    n_paragraphs: Series[int] = pa.Field(ge=0, description="paragraphs of the body")
    n_sentences: Series[int] = pa.Field(ge=0, description="sentences of the body")
    n_words: Series[int] = pa.Field(ge=0, description="words of the body")


class Sentences(Table):
    """One row a sentence of the headline, the standfirst or the body."""

    sentence_id: Series[str] = pa.Field(
        unique=True, description="article and place: tass:headline, tass:standfirst, tass:s05"
    )
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    part: Series[str] = pa.Field(isin=PARTS, description="headline, standfirst or body")
    paragraph: Series[int] = pa.Field(ge=0, description="paragraph of the body from 1, else 0")
    position: Series[int] = pa.Field(ge=0, description="sentence of the body from 1, else 0")
    line_no: Series[int] = pa.Field(ge=1, description="raw line of the page it comes from")
    start: Series[int] = pa.Field(ge=0, description="first character in the article's text")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the sentence, cleaned")
    n_words: Series[int] = pa.Field(
        ge=0, description="words: runs between spaces with a letter or digit"
    )


class Tokens(Table):
    """One row a token of a sentence, as spaCy cuts and tags it."""

    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    token: Series[int] = pa.Field(ge=0, description="place in the sentence, from 0")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the token as written")
    lemma: Series[str] = pa.Field(description="base form, mended where spaCy's is another word's")
    pos: Series[str] = pa.Field(description="universal part of speech")
    tag: Series[str] = pa.Field(description="Penn Treebank tag")
    dep: Series[str] = pa.Field(description="relation to the head (ClearNLP labels)")
    head: Series[int] = pa.Field(
        ge=0, description="place of the head in the sentence; its own for the root"
    )
    is_stop: Series[bool] = pa.Field(description="whether spaCy's list calls it a function word")


class Quotations(Table):
    """One row a stretch inside quotation marks, cut at sentence ends."""

    quotation_id: Series[str] = pa.Field(description="article and number of the whole quotation")
    sentence_id: Series[str] = pa.Field(description="sentence this stretch of it stands in")
    start: Series[int] = pa.Field(
        ge=0, description="first character in the sentence, after the mark"
    )
    end: Series[int] = pa.Field(ge=0, description="character after the last one, before the mark")
    text: Series[str] = pa.Field(description="the quoted words")
    n_words: Series[int] = pa.Field(ge=0, description="words of this stretch")
    repaired: Series[str] = pa.Field(
        isin=["", "opening", "closing"], description="which mark the page lost, or empty"
    )


class Mentions(Table):
    """One row a mention of one of the study's actors."""

    mention_id: Series[str] = pa.Field(unique=True, description="sentence and number: tass:s05:m1")
    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor in the study")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the words that mention the actor")
    kind: Series[str] = pa.Field(isin=list(MENTION_KINDS), description="how it is mentioned")
    head: Series[int] = pa.Field(
        ge=-1, description="place in the sentence of the token that heads it; -1 without one"
    )


class Quotes(Table):
    """One row a stretch of somebody's words, cut at sentence ends: the content of an
    attribution with its source and its cue.  A quote over two sentences has two rows."""

    quote_id: Series[str] = pa.Field(description="article and number of the quote: tass:v03")
    sentence_id: Series[str] = pa.Field(description="sentence this stretch of the content is in")
    start: Series[int] = pa.Field(ge=0, description="first character of the content")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the content, without quotation marks")
    n_words: Series[int] = pa.Field(ge=0, description="words of this stretch")
    kind: Series[str] = pa.Field(isin=list(QUOTE_KINDS), description="how the words are given")
    speaker: Series[str] = pa.Field(
        description="id of the actor who is the source; empty if the source is none or unknown"
    )
    joint: Series[str] = pa.Field(
        description="ids of further actors who share it, with a space between; mostly empty"
    )
    source: Series[str] = pa.Field(description="the source as written; empty if not named")
    source_sentence_id: Series[str] = pa.Field(description="sentence of the source, or empty")
    source_start: Series[int] = pa.Field(ge=-1, description="first character; -1 without source")
    source_end: Series[int] = pa.Field(ge=-1, description="character after the last one, or -1")
    cue: Series[str] = pa.Field(
        description="base form of the cue, such as say or according to; empty if there is none"
    )
    cue_sentence_id: Series[str] = pa.Field(description="sentence of the cue, or empty")
    cue_start: Series[int] = pa.Field(ge=-1, description="first character; -1 without cue")
    cue_end: Series[int] = pa.Field(ge=-1, description="character after the last one, or -1")
    inside: Series[str] = pa.Field(
        description="quote_id of the quote that this one is told in; empty on the first level"
    )


#: Tables of a corpus by name, in the order they are made.
CORPUS_TABLES: dict[str, type[Table]] = {
    "lines": Lines,
    "articles": Articles,
    "sentences": Sentences,
    "tokens": Tokens,
    "quotations": Quotations,
    "mentions": Mentions,
    "quotes": Quotes,
}


class Validation(Table):
    """One row a measure of a theme, with its score and the trivial method's."""

    measure: Series[str] = pa.Field(description="what is measured, in plain words")
    against: Series[str] = pa.Field(description="hand codes, or the name of public data")
    score: Series[str] = pa.Field(description="name of the score, such as F1")
    value: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="the score, from 0 to 1; none if undefined"
    )
    n: Series[int] = pa.Field(ge=0, description="how many coded units it rests on")
    unit: Series[str] = pa.Field(description="what these units are")
    baseline: Series[str] = pa.Field(description="the trivial method")
    baseline_value: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="its score; none if undefined"
    )
    known_errors: Series[str] = pa.Field(description="what the measure is known to get wrong")


#: What every theme's ``validate`` says of each of its measures.
VALIDATION_COLUMNS = tuple(Validation.columns())


def article_of(sentence_id: str) -> str:
    """The article that a sentence stands in.

    >>> article_of("tass:s05")
    'tass'
    """
    return sentence_id.partition(":")[0]


def in_articles_of(ids: pd.Series, others: Iterable[str]) -> pd.Series:
    """Which sentences stand in an article of one of the others: a coder who codes a sample of
    the articles says nothing of the rest.  Both are ids of sentences."""
    return ids.map(article_of).isin({article_of(other) for other in others})


#: Raise this when a column is added, dropped or changes its meaning: cached
#: corpora of older versions are then made anew.
SCHEMA_VERSION = 3
