"""What is compared, at a glance: the articles side by side and how much text each outlet gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.language import count_words
from analysis_utils.schemas import CORPUS_TABLES, Table
from analysis_utils.themes.findings import over_time

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Study

#: More articles than this side by side are no longer readable.
MOST_COLUMNS = 6


class Outlets(Table):
    """One row an outlet, in the order of the study."""

    outlet: Series[str] = pa.Field(unique=True, description="id of the outlet")
    country: Series[str] = pa.Field(description="country it is based in, or empty")
    ownership: Series[str] = pa.Field(description="who owns or pays it, or empty")
    published_by: Series[str] = pa.Field(description="who published its pages")
    articles: Series[int] = pa.Field(ge=1, description="its articles in the study")


class Beginnings(Table):
    """One row an article: how it begins, and its size."""

    article_id: Series[str] = pa.Field(unique=True, description="short name of the article")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    published: Series[str] = pa.Field(description="when the page says it was published, or empty")
    section: Series[str] = pa.Field(description="section on the page, or empty")
    dateline: Series[str] = pa.Field(description="agency dateline, or empty")
    headline: Series[str] = pa.Field(description="headline, or empty")
    standfirst: Series[str] = pa.Field(description="standfirst, or empty")
    first_sentence: Series[str] = pa.Field(description="first sentence of the body, or empty")
    paragraphs: Series[int] = pa.Field(ge=0, description="paragraphs of the body")
    sentences: Series[int] = pa.Field(ge=0, description="sentences of the body")
    words: Series[int] = pa.Field(ge=0, description="words of the body")


class Sizes(Table):
    """One row an outlet, in the order of the study: the words of its articles' bodies."""

    outlet: Series[str] = pa.Field(unique=True, description="id of the outlet")
    articles: Series[int] = pa.Field(ge=0, description="articles with a body")
    sentences: Series[int] = pa.Field(ge=0, description="sentences of the bodies")
    words: Series[int] = pa.Field(ge=0, description="words of the bodies")
    own: Series[int] = pa.Field(description="words outside quotation marks")
    quoted: Series[int] = pa.Field(ge=0, description="words inside quotation marks")
    share_quoted: Series[float] = pa.Field(ge=0, description="share of the words inside")


class Speech(Table):
    """One row an outlet and speaker by the hand codes, most words first within an outlet."""

    outlet: Series[str] = pa.Field(description="id of the outlet")
    actor: Series[str] = pa.Field(description="the speaker, as coded")
    in_marks: Series[int] = pa.Field(ge=0, description="words in quotation marks")
    without_marks: Series[int] = pa.Field(ge=0, description="words of reported speech")
    share: Series[float] = pa.Field(ge=0, description="share of the words of the outlet's bodies")


class Held(Table):
    """One row a table of the corpus."""

    table: Series[str] = pa.Field(unique=True, description="name of the table")
    rows: Series[int] = pa.Field(ge=0, description="its rows")
    one_row: Series[str] = pa.Field(description="what a row is")


#: The theme's tables by name.
SCHEMAS = {
    "outlets": Outlets,
    "beginnings": Beginnings,
    "sizes": Sizes,
    "speech": Speech,
    "held": Held,
    "over_time": over_time.OverTime,
    "trends": over_time.Trends,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    return {
        "outlets": outlet_table(corpus.study),
        "beginnings": beginnings(corpus.articles, corpus.sentences),
        "sizes": text_sizes(corpus.sentences, corpus.quotations, corpus.outlets),
        "speech": coded_speech(corpus.study.codes("quotes"), corpus.sentences, corpus.outlets),
        "held": table_sizes(corpus),
        **over_time.make(corpus),
    }


def outlet_table(study: Study) -> pd.DataFrame:
    """The outlets of a study, see :class:`Outlets`."""
    counts = pd.Series([entry.outlet for entry in study.articles]).value_counts()
    return Outlets.checked(
        {
            "outlet": outlet.id,
            "country": outlet.country,
            "ownership": outlet.ownership,
            "published_by": outlet.publisher or outlet.name,
            "articles": counts[outlet.id],
        }
        for outlet in study.outlets
    )


def beginnings(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How each article begins, and its size, see :class:`Beginnings`.

    Parameters
    ----------
    articles, sentences
        Tables of the corpus.
    """
    first = sentences[sentences["position"] == 1].set_index("article_id")["text"]
    sizes = {"n_paragraphs": "paragraphs", "n_sentences": "sentences", "n_words": "words"}
    table = articles.rename(columns=sizes)
    return Beginnings.checked(
        table.assign(first_sentence=table["article_id"].map(first).fillna(""))
    )


def side_by_side(
    beginnings: pd.DataFrame, outlets: Mapping[str, str], most: int = MOST_COLUMNS
) -> pd.DataFrame:
    """The beginnings as a table to read: a column an article, at most ``most`` of them.

    Parameters
    ----------
    beginnings
        As :func:`beginnings` gives them.
    outlets
        Names by id.
    most
        How many articles are shown.

    Returns
    -------
    A row for each of their columns but the first; what a page does not give is a dash.
    """
    shown = beginnings.head(most).set_index("article_id").astype(str)
    shown = shown.assign(outlet=shown["outlet"].map(outlets)).replace("", "–")
    return shown.rename(columns=lambda name: name.replace("_", " ")).T.rename_axis(columns=None)


def text_sizes(
    sentences: pd.DataFrame, quotations: pd.DataFrame, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """Words of each outlet's articles inside and outside quotation marks, see :class:`Sizes`.

    Parameters
    ----------
    sentences, quotations
        Tables of the corpus; only the body counts.
    outlets
        Names by id, in the order wanted.
    """
    body = sentences[sentences["part"] == "body"]
    outlet_of = body.set_index("sentence_id")["outlet"]
    marked = quotations[quotations["sentence_id"].isin(outlet_of.index)]
    quoted = marked.groupby(marked["sentence_id"].map(outlet_of))["n_words"].sum()
    table = body.groupby("outlet").agg(
        articles=("article_id", "nunique"), sentences=("text", "size"), words=("n_words", "sum")
    )
    table = table.reindex(list(outlets), fill_value=0).rename_axis("outlet")
    table["quoted"] = quoted.reindex(table.index, fill_value=0)
    table["own"] = table["words"] - table["quoted"]
    table["share_quoted"] = table["quoted"] / table["words"].clip(lower=1)
    return Sizes.checked(table.reset_index())


def coded_speech(
    codes: pd.DataFrame | None, sentences: pd.DataFrame, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """Whose words the articles give, by the hand codes: speech with and without marks.

    Parameters
    ----------
    codes
        Hand codes of quotes; None if the study has none, which gives an empty table.
    sentences
        Table of the corpus.
    outlets
        Names by id, in the order wanted.

    Returns
    -------
    See :class:`Speech`.
    """
    if codes is None:
        return Speech.checked([])
    codes = codes[codes["type"] != "unattributed"]  # told by the outlet as its own
    direct = codes["type"].str.startswith("direct")
    words = codes["text"].map(count_words)
    coded = codes.rename(columns={"speaker": "actor"}).assign(
        outlet=codes["sentence_id"].map(sentences.set_index("sentence_id")["outlet"]),
        in_marks=words.where(direct, 0),
        without_marks=words.where(~direct, 0),
    )
    said = ["in_marks", "without_marks"]
    table = coded.groupby(["outlet", "actor"], sort=False)[said].sum().reset_index()
    body = sentences[sentences["part"] == "body"].groupby("outlet")["n_words"].sum()
    whole = body.reindex(list(outlets), fill_value=0).clip(lower=1)
    table["share"] = table[said].sum(axis=1) / table["outlet"].map(whole)
    order = {outlet: place for place, outlet in enumerate(outlets)}
    table["order"] = table["outlet"].map(order)
    return Speech.checked(table.sort_values(["order", "share"], ascending=[True, False]))


def table_sizes(corpus: Corpus) -> pd.DataFrame:
    """The corpus's tables, see :class:`Held`."""
    return Held.checked(
        {
            "table": name,
            "rows": len(getattr(corpus, name)),
            "one_row": (schema.__doc__ or "").partition(".")[0].removeprefix("One row "),
        }
        for name, schema in CORPUS_TABLES.items()
    )
