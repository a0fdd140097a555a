"""What the tables of a term contrast say, as prose whose numbers are computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed, percent
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.term_contrast.leading import (
    MIN_ARTICLES,
    MIN_SENTENCES,
    MIN_SHARE,
    SHUFFLES,
    shuffled_unit,
    terms_each,
)

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: More outlets than this are not told one by one.
MOST_TOLD = 3

#: A term that so few shuffles reach tells outlets apart beyond what the lot does.
RARE = 0.05

#: What the lot deals out, in words.
_UNITS = {"passage_id": "sentences", "article_id": "articles"}


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Which terms lead each outlet, and how far chance alone would get."""
    leading, outlets = tables.leading, corpus.outlets
    if leading.empty:
        return (
            f"No word stands in {MIN_SENTENCES} sentences or more of one outlet and is more"
            " frequent there than elsewhere, so no word sets one apart."
        )
    by_z = leading.sort_values("z", ascending=False).drop_duplicates("outlet")
    told = [outlet for outlet in outlets if outlet in set(by_z["outlet"].head(MOST_TOLD))]
    parts = [_leads(tables, corpus, outlet) for outlet in told]
    more = [_avoided(tables, corpus), _alike(tables, corpus)]
    return " ".join(filter(None, [*parts, _chance(tables), _reading(leading), *more]))


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """Words that one outlet uses and no other, where no lot would deal them out so: mostly none."""
    rows = tables.leading
    rows = rows[(rows["count_rest"] == 0) & (rows["kind"] == "word") & (rows["shuffled"] < RARE)]
    said = {}  # the most telling word of each outlet
    for row in rows.sort_values("z", ascending=False).to_dict("records"):
        if row["outlet"] not in said and (found := _never(row, tables, corpus)):
            said[row["outlet"]] = found
    return list(said.values())


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How terms were contrasted, as a paragraph for a methods section."""
    sizes = tables.contrast.drop_duplicates("outlet")["total"]
    unit = _UNITS[shuffled_unit(tables.terms)]
    return (
        f"Word choice was compared in {sizes.sum():,} words from"
        f" {counted(tables.terms['sentence_id'].nunique(), 'sentence')} of"
        f" {counted(len(sizes), 'outlet')}. Words were counted in their base form, and spelling"
        " variants and names of several words as one term each. Each outlet was set against all"
        " others by log-odds with an informative Dirichlet prior [@monroe2008], made of the pooled"
        " text and worth as much as one outlet of mean size. Beside it stands the difference of"
        " mean TF-IDF [@sparckjones1972], with sentences as documents, as scikit-learn computes it"
        " [@pedregosa2011]. Function words, numbers, dates and house style (titles, initials, the"
        " outlet's own name, links to pages) were counted and not shown; neither were terms in"
        f" fewer than {MIN_SENTENCES} sentences{_spread(unit)} of the outlet. To see what chance"
        f" alone gives, the {unit} were dealt out to the outlets at random {SHUFFLES:,} times, and"
        " the highest z of each deal was noted [@westfall1993]."
    )


def _spread(unit: str) -> str:
    """In how many articles a term must stand, where these are the units."""
    if unit != "articles":
        return ""
    return f", {MIN_ARTICLES} articles or {percent(MIN_SHARE)} of the articles"


def headline(leading: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The finding as a title: each outlet's first terms, or for many outlets what is shown.

    Parameters
    ----------
    leading
        As :func:`~analysis_utils.themes.term_contrast.tables.leading_by_both` gives it.
    outlets
        Names of the outlets by id.
    """
    if leading.empty:
        return f"No word sets one outlet apart in {MIN_SENTENCES} sentences or more"
    each = 3 if len(outlets) <= MOST_TOLD else 1
    by_z = leading.sort_values("z", ascending=False)["outlet"].unique()[:MOST_TOLD]
    terms = leading[leading["outlet"].isin(by_z)].groupby("outlet", sort=False)["term"]
    first = {outlet: ", ".join(_quoted(words.head(each))) for outlet, words in terms}
    parts = [f"{name}: {first[outlet]}" for outlet, name in outlets.items() if outlet in first]
    return "; ".join(parts)


def caption(tables: SimpleNamespace, some: bool = False) -> str:
    """The caption of the figure: what, how many, which method.

    Parameters
    ----------
    tables
        The theme's tables.
    some
        Whether not all outlets have room.
    """
    n_outlets, leading = tables.contrast["outlet"].nunique(), tables.leading
    left_out = " Of the outlets, those with the highest z are shown." if some else ""
    return (
        "The words that lead each outlet against all others together: log-odds difference with an"
        " informative Dirichlet prior, in standard deviations (z), and difference of mean TF-IDF"
        f" over sentences; n = {tables.terms['sentence_id'].nunique():,} sentences. Filled: among"
        f" the first {terms_each(n_outlets)} of the outlet by this measure; hollow: by the other"
        f" one.{left_out}" + ("" if leading.empty else f" {_chance(tables)}")
    )


def _leads(tables: SimpleNamespace, corpus: Corpus, outlet: str, n: int = 3) -> str:
    """The first words of an outlet, with how often it and the others use them."""
    others = [name for other, name in corpus.outlets.items() if other != outlet]
    where = f"in {others[0]}" if len(others) == 1 else "elsewhere"
    rows = tables.leading[tables.leading["outlet"] == outlet].head(n)
    told = [
        f"“{row['term']}” ({_often(row['count'])}{_in_articles(row, tables)},"
        f" {_elsewhere(row, tables, corpus)} {where})"
        for row in rows.to_dict("records")
    ]
    return f"{corpus.outlets[outlet]} is set apart most by {listed(told)}."


def _avoided(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The word that one outlet alone does not use, where chance seldom gives as much."""
    rows = tables.avoided[tables.avoided["shuffled"] < RARE]
    rows = rows[[not _writes(row, tables, corpus) for row in rows.to_dict("records")]]
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return (
        f"All but {corpus.outlets[first['outlet']]} use “{first['term']}”"
        f" ({_often(first['count_rest'])})."
    )


def _alike(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Which outlets are most alike in their words, where there are articles enough to say so."""
    if len(corpus.outlets) <= 2 or _UNITS[shuffled_unit(tables.terms)] != "articles":
        return ""
    first = tables.alike.iloc[0]
    names = [corpus.outlets[first[side]] for side in ("outlet", "other")]
    return f"In their words as a whole, {listed(names)} are most alike."


def _writes(row: Mapping, tables: SimpleNamespace, corpus: Corpus) -> bool:
    """Whether an outlet writes a word that it does not use as this term."""
    here = corpus.sentences["outlet"] == row["outlet"]
    return _stands_in(row, tables, corpus.sentences.loc[here, "text"])


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _in_articles(row: Mapping, tables: SimpleNamespace) -> str:
    """In how many articles a term stands, where these are the units."""
    if _UNITS[shuffled_unit(tables.terms)] != "articles":
        return ""
    return f" in {counted(row['n_articles'], 'article')}"


def _elsewhere(row: Mapping, tables: SimpleNamespace, corpus: Corpus) -> str:
    """How often others use a term; in a longer name it is part of another one."""
    if row["count_rest"]:
        return _often(row["count_rest"])
    return "never by itself" if _is_written(row, tables, corpus) else "never"


def _is_written(row: Mapping, tables: SimpleNamespace, corpus: Corpus) -> bool:
    """Whether other outlets write a word, alone or in a longer one, in small letters or not."""
    elsewhere = corpus.sentences["outlet"] != row["outlet"]
    return _stands_in(row, tables, corpus.sentences.loc[elsewhere, "text"])


def _stands_in(row: Mapping, tables: SimpleNamespace, texts: pd.Series) -> bool:
    surfaces = tables.terms.loc[tables.terms["term"] == row["term"], "surface"].unique()
    # An acronym is all capitals or it is another word.
    case = row["kind"] == "acronym"
    written = rf"\b(?:{'|'.join(map(re.escape, surfaces))})(?!\w)"
    return bool(texts.str.contains(written, case=case).any())


def _chance(tables: SimpleNamespace) -> str:
    """How often a shuffle gets as far as the most telling terms."""
    unit = _UNITS[shuffled_unit(tables.terms)]
    first = tables.leading.sort_values("z", ascending=False).drop_duplicates("outlet")
    told = [f"of “{row.term}” in {percent(row.shuffled)}" for row in first.head(2).itertuples()]
    return (
        f"Dealt out at random, the {unit} give some word a z as high as that {listed(told)} of"
        f" {SHUFFLES:,} deals."
    )


def _reading(leading: pd.DataFrame) -> str:
    """What to make of it."""
    beyond = _quoted(leading.loc[leading["shuffled"] < RARE, "term"])
    if not beyond:
        return "So these words are places to look at, and no proof of different choices."
    goes = "goes" if len(beyond) == 1 else "go"
    return f"Only {listed(beyond)} {goes} beyond that; the other words are places to look at."


def _never(row: Mapping, tables: SimpleNamespace, corpus: Corpus) -> Finding | None:
    """The finding that only one outlet uses a word, if no other has it in any spelling."""
    if _is_written(row, tables, corpus):
        return None
    here = tables.terms[tables.terms["term"] == row["term"]]
    others = [name for outlet, name in corpus.outlets.items() if outlet != row["outlet"]]
    never = f"{others[0]} never uses" if len(others) == 1 else "no other outlet uses"
    return Finding(
        kind="wording",
        weight=0.2,
        sentence=f"{corpus.outlets[row['outlet']]} says “{row['term']}” {_often(row['count'])},"
        f" a word that {never}.",
        evidence=tuple(here["sentence_id"].unique()),
        theme="term_contrast",
    )


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f"“{term}”" for term in terms]
