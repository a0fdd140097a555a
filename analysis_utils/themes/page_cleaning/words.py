"""What cleaning did to the pages, in sentences whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.which_language import KNOWN, language_name
from analysis_utils.output.english import counted, listed, percent
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.page_cleaning.tables import GROUPS

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A smaller share than this is next to nothing.
NEXT_TO_NOTHING = 0.01

#: What lines of each group are, after their number.
_OF = {
    "the article": "of the article",
    "about the article": "about the article",
    "repeats the article": "repeating the article",
    "other articles": "of other articles",
    "the site": "of the site",
}

#: Of more pages than this only the range is told.
MOST_TOLD = 5


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How much of each page is the article, how many lines are not, and what summaries drop."""
    labels = page_labels(corpus)
    told = [
        shares_finding(tables.shares, labels),
        _removed_told(tables.removed),
        _dropped_told(tables.dropped, labels),
    ]
    return " ".join(filter(None, told))


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """None: what a page holds beside its article tells nothing of the event."""
    return []


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How the articles were found on their pages, as a paragraph for a methods section."""
    words, kept = (int(tables.shares[column].sum()) for column in ("words", "kept"))
    left_out = f"{counted(len(tables.removed), 'line')} were left out, each with its reason"
    return (
        "Each line of a page was scored by its shape and by wording that news sites share. The"
        " article is the run of lines with the highest sum [@pasternack2009; @kohlschutter2010],"
        " without inserts such as links to other articles. HTML pages were read with trafilatura"
        f" [@barbaresi2021]. Of {words:,} words on {counted(len(tables.shares), 'page')}, {kept:,}"
        f" were kept; {left_out if len(tables.removed) else 'no line was left out'}."
    )


def page_labels(corpus: Corpus) -> dict[str, str]:
    """What to call each page: its outlet, with its id where the outlet has several.

    A page in another language than English says so: it is shown here and scored nowhere.
    """
    entries = corpus.study.articles
    names = corpus.study.outlet_names
    owners = [entry.outlet for entry in entries]
    labels = {}
    for entry in entries:
        several = owners.count(entry.outlet) > 1
        label = f"{names[entry.outlet]}: {entry.id}" if several else names[entry.outlet]
        foreign = entry.language != KNOWN
        labels[entry.id] = f"{label} ({language_name(entry.language)})" if foreign else label
    return labels


def shares_finding(shares: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What share of each page's words is the article, in a sentence; for many pages, the range.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.page_cleaning.tables.article_shares` gives them.
    labels
        What to call each page, as :func:`page_labels` gives it.
    """
    share = shares["share"]
    if 1 - share.min() < NEXT_TO_NOTHING:
        return f"On {counted(len(shares), 'page')} there is next to nothing but the article."
    if len(shares) > MOST_TOLD:
        return (
            f"On {counted(len(shares), 'page')} the article makes up between"
            f" {percent(share.min())} and {percent(share.max())} of the words,"
            f" {percent(share.median())} in the middle."
        )
    parts = [
        f"{percent(page.share)} of the {page.words:,} words on the page of"
        f" {labels[page.article_id]}"
        for page in shares.itertuples()
    ]
    return f"The article makes up {listed(parts)}."


def page_map_headline(shares: pd.DataFrame) -> str:
    """How much of the pages is not the article, as a title; takes ``article_shares``."""
    share = 1 - shares["kept"].sum() / max(shares["words"].sum(), 1)
    if share < NEXT_TO_NOTHING:
        return "These pages hold next to nothing but the article"
    return f"{percent(share)} of the words on these pages are not the article"


def page_map_caption(shown: int, pages: int) -> str:
    """The caption of ``figures.page_map``."""
    those = "Each page" if shown == pages else f"The first {shown} of {pages} pages, each"
    return f"{those} from its first word to its last. Only dark stretches count as article."


def _removed_told(removed: pd.DataFrame) -> str:
    """How many lines were left out, and what most of them are."""
    if removed.empty:
        return "No line was left out."
    group_of = {kind: _OF[group] for group, kinds in GROUPS.items() for kind in kinds}
    most = removed["kind"].map(group_of).value_counts().head(2)
    lines = counted(len(removed), "line")
    if len(most) == 1:
        return f"{lines} {most.index[0]} {'was' if len(removed) == 1 else 'were'} left out."
    return f"{lines} were left out, {listed([f'{n} {group}' for group, n in most.items()])}."


def _dropped_told(dropped: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """What the first standfirst leaves out of the paragraph that it repeats, as a sentence."""
    first = dropped[dropped["dropped_by"] == "standfirst"]
    if first.empty:
        return ""
    page = first["article_id"].iloc[0]
    left_out = [f"“{words}”" for words in first.loc[first["article_id"] == page, "dropped"]]
    return f"The standfirst of {labels[page]} repeats a paragraph without {listed(left_out)}."
