"""What is compared, at a glance: the articles side by side and how much text each outlet gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import Patch

from analysis_utils.annotation.language import count_words
from analysis_utils.output import figures
from analysis_utils.output.english import counted, listed
from analysis_utils.schemas import CORPUS_TABLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Study

#: More articles than this side by side are no longer readable.
MOST_COLUMNS = 6


def outlet_table(study: Study) -> pd.DataFrame:
    """The outlets of a study, one row each: name, country, ownership, publisher, articles."""
    counts = pd.Series([entry.outlet for entry in study.articles]).value_counts()
    return pd.DataFrame(
        [
            {
                "outlet": outlet.name,
                "country": outlet.country,
                "ownership": outlet.ownership,
                "published by": outlet.publisher or outlet.name,
                "articles": counts[outlet.id],
            }
            for outlet in study.outlets
        ]
    )


def side_by_side(corpus: Corpus, most: int = MOST_COLUMNS) -> pd.DataFrame:
    """How each article begins: a column an article, at most ``most`` of them.

    Rows: outlet, published, section, headline, standfirst, first sentence,
    paragraphs, sentences, words.  What a page does not give is a dash.
    """
    body = corpus.sentences[corpus.sentences["position"] == 1]
    first = body.set_index("article_id")["text"]
    articles = corpus.articles.head(most).set_index("article_id")
    table = pd.DataFrame(
        {
            "outlet": articles["outlet"].map(corpus.outlets),
            "published": articles["published"],
            "section": articles["section"],
            "dateline": articles["dateline"],
            "headline": articles["headline"],
            "standfirst": articles["standfirst"],
            "first sentence": first.reindex(articles.index),
            "paragraphs": articles["n_paragraphs"].astype(str),
            "sentences": articles["n_sentences"].astype(str),
            "words": articles["n_words"].astype(str),
        }
    )
    return table.fillna("").replace("", "–").T.rename_axis(columns=None)


def text_sizes(corpus: Corpus) -> pd.DataFrame:
    """Words of each outlet's articles inside and outside quotation marks.

    Returns
    -------
    One row an outlet, in the order of the study: ``outlet``, ``articles``,
    ``sentences`` and ``words`` of the body, ``own`` (words outside quotation
    marks), ``quoted`` (inside) and ``share_quoted`` (0 to 1).
    """
    body = corpus.sentences[corpus.sentences["part"] == "body"]
    outlet_of = body.set_index("sentence_id")["outlet"]
    marked = corpus.quotations[corpus.quotations["sentence_id"].isin(outlet_of.index)]
    quoted = marked.groupby(marked["sentence_id"].map(outlet_of))["n_words"].sum()
    table = body.groupby("outlet").agg(
        articles=("article_id", "nunique"), sentences=("text", "size"), words=("n_words", "sum")
    )
    table = table.reindex(list(corpus.outlets), fill_value=0)
    table["quoted"] = quoted.reindex(table.index, fill_value=0)
    table["own"] = table["words"] - table["quoted"]
    table["share_quoted"] = table["quoted"] / table["words"].clip(lower=1)
    columns = ["articles", "sentences", "words", "own", "quoted", "share_quoted"]
    return table[columns].rename_axis("outlet").reset_index()


def plot_text_sizes(sizes: pd.DataFrame, outlets: dict[str, str], title: str) -> Figure:
    """Bars of each outlet's words: solid outside quotation marks, hatched inside.

    Parameters
    ----------
    sizes
        As :func:`text_sizes` returns.
    outlets
        Names by id; decides order and colour.
    title
        The finding, in a few words.
    """
    figures.house_style()
    colours = figures.outlet_colours(outlets)
    fig, ax = plt.subplots(figsize=(7, 1.1 + 0.5 * len(sizes)), layout="constrained")
    for row, size in enumerate(sizes.itertuples()):
        colour = colours[size.outlet]
        ax.barh(row, size.own, color=colour, height=0.6)
        ax.barh(
            row, size.quoted, left=size.own, height=0.6,
            facecolor="white", edgecolor=colour, hatch="////", linewidth=1,
        )  # fmt: skip
        share = f"{size.words} words, {size.share_quoted:.0%} in quotation marks"
        ax.annotate(share, (size.words, row), (5, 0), textcoords="offset points", va="center")
    ax.set_yticks(range(len(sizes)), [outlets[outlet] for outlet in sizes["outlet"]])
    ax.set(title=title, xlabel="words of the body", xlim=(0, sizes["words"].max() * 1.6))
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    voices = [
        Patch(facecolor=figures.FAINT, label="outside quotation marks"),
        Patch(facecolor="white", edgecolor=figures.FAINT, hatch="////", label="inside"),
    ]
    fig.legend(handles=voices, loc="outside lower right", ncols=2)
    return fig


def introduction(corpus: Corpus) -> str:
    """The event and who tells it, as a paragraph."""
    event = corpus.study.event
    days = (
        _day(event.start)
        if event.start == event.end
        else f"{_day(event.start)} to {_day(event.end)}"
    )
    counts = corpus.articles["outlet"].value_counts()
    tellers = [
        f"{name} ({counted(counts[outlet], 'article')})" for outlet, name in corpus.outlets.items()
    ]
    summary = f"\n\n{event.summary}" if event.summary else ""
    return f"{event.title}, {days}, told by {listed(tellers)}.{summary}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def text_sizes_finding(sizes: pd.DataFrame, outlets: dict[str, str]) -> str:
    """How much each outlet writes and how much of it is quotation, in a sentence."""
    parts = [
        f"{size.share_quoted:.0%} of {outlets[size.outlet]}'s {size.words:,} words"
        for size in sizes.itertuples()
    ]
    return f"{listed(parts)} stand inside quotation marks."


def text_sizes_title(sizes: pd.DataFrame, outlets: dict[str, str]) -> str:
    """Which outlet lets others speak most, as the title of the figure."""
    percent = (100 * sizes["share_quoted"]).round().astype(int)
    most = [outlets[outlet] for outlet in sizes.loc[percent == percent.max(), "outlet"]]
    if len(most) == len(sizes):
        return f"All outlets quote alike: {percent.max()}% of their words"
    if len(sizes) == 2:
        shares = [
            f"{share}% of {outlets[outlet]}'s words"
            for outlet, share in zip(sizes["outlet"], percent, strict=True)
        ]
        return f"In quotation marks: {shares[0]}, {shares[1].replace(' words', '')}"
    verb, whose = ("quotes", "its") if len(most) == 1 else ("quote", "their")
    return f"{listed(most)} {verb} most: {percent.max()}% of {whose} words"


def coded_speech(corpus: Corpus) -> pd.DataFrame:
    """Whose words the articles give, by the hand codes: speech with and without marks.

    Returns
    -------
    One row an outlet and speaker, most words first within an outlet: ``outlet``, ``actor`` (the
    speaker), ``in marks`` and ``without marks`` (words), and ``share`` of the words of the body
    (0 to 1). Empty if the study has no hand codes of quotations.
    """
    codes = corpus.study.codes("quotes")
    if codes is None:
        return pd.DataFrame()
    codes = codes[codes["type"] != "unattributed"]  # told by the outlet as its own
    outlet_of = corpus.sentences.set_index("sentence_id")["outlet"]
    direct = codes["type"].str.startswith("direct")
    words = codes["text"].map(count_words)
    coded = codes.rename(columns={"speaker": "actor"}).assign(
        outlet=codes["sentence_id"].map(outlet_of),
        **{"in marks": words.where(direct, 0), "without marks": words.where(~direct, 0)},
    )
    table = coded.groupby(["outlet", "actor"], sort=False)[["in marks", "without marks"]].sum()
    total = corpus.articles.groupby("outlet")["n_words"].sum()
    said = table.sum(axis=1)
    table["share"] = said / said.index.get_level_values("outlet").map(total).to_numpy()
    order = {outlet: place for place, outlet in enumerate(corpus.outlets)}
    table = table.reset_index()
    table["order"] = table["outlet"].map(order)
    ordered = table.sort_values(["order", "share"], ascending=[True, False], ignore_index=True)
    return ordered.drop(columns="order")


def limits_of_size(corpus: Corpus) -> str:
    """What a corpus of this size cannot show, in a paragraph."""
    counts = corpus.articles["outlet"].value_counts()
    fewest = counts.min()
    whose = "Each outlet is" if counts.max() == 1 else "At least one outlet is"
    names = listed([name for name in corpus.outlets.values()])
    if fewest == 1:
        return (
            f"{whose} represented by a single article. Outlet, author, day and article then"
            " cannot be told apart, and no difference found here can be said to be typical of"
            f" {names}. What can be said is how these articles differ, with the"
            " sentences to show for it. Intervals come from resampling sentences: they say how"
            " much a figure hangs on a few sentences, not what other articles would look like."
        )
    return (
        f"Each outlet is represented by {fewest:,} articles or more. Intervals say how much a"
        f" figure hangs on the sentences or articles at hand. They generalise to {names} only as"
        " far as these articles are a fair sample of their coverage."
    )


def table_sizes(corpus: Corpus) -> pd.DataFrame:
    """The corpus's tables: ``table``, ``rows`` and what ``one row`` of each is."""
    return pd.DataFrame(
        [
            {
                "table": name,
                "rows": len(getattr(corpus, name)),
                "one row": schema.__doc__.partition(".")[0].removeprefix("One row "),
            }
            for name, schema in CORPUS_TABLES.items()
        ]
    )
