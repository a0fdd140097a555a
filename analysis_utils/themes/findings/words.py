"""The study in sentences: the event, who tells it, and what a corpus of its size cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How much each outlet writes, and how much of it stands in quotation marks."""
    told = [
        f"in {counted(size.words, 'word')} by {corpus.outlets[size.outlet]}"
        for size in tables.sizes.itertuples()
    ]
    return f"The event is told {listed(told)}. {text_sizes_headline(tables.sizes, corpus.outlets)}."


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


def limits_of_size(corpus: Corpus) -> str:
    """What a corpus of this size cannot show, in a paragraph."""
    counts = corpus.articles["outlet"].value_counts()
    fewest = counts.min()
    whose = "Each outlet is" if counts.max() == 1 else "At least one outlet is"
    names = listed(list(corpus.outlets.values()))
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


def text_sizes_finding(sizes: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much each outlet writes and how much of it is quotation, in a sentence.

    Parameters
    ----------
    sizes
        As :func:`~analysis_utils.themes.findings.tables.text_sizes` gives them.
    outlets
        Names by id.
    """
    parts = [
        f"{size.share_quoted:.0%} of {outlets[size.outlet]}'s {size.words:,} words"
        for size in sizes.itertuples()
    ]
    return f"{listed(parts)} stand inside quotation marks."


def text_sizes_headline(sizes: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """Which outlet lets others speak most, as a title.

    Parameters
    ----------
    sizes
        As :func:`~analysis_utils.themes.findings.tables.text_sizes` gives them.
    outlets
        Names by id.
    """
    percent = (100 * sizes["share_quoted"]).round().astype(int)
    most = [outlets[outlet] for outlet in sizes.loc[percent == percent.max(), "outlet"]]
    if len(most) == len(sizes):
        return f"All outlets quote alike: {percent.max()}% of their words"
    if len(sizes) == 2:
        (one, first), (two, second) = zip(sizes["outlet"].map(outlets), percent, strict=True)
        return f"In quotation marks: {first}% of {one}'s words, {second}% of {two}'s"
    verb, whose = ("quotes", "its") if len(most) == 1 else ("quote", "their")
    return f"{listed(most)} {verb} most: {percent.max()}% of {whose} words"


def text_sizes_caption() -> str:
    """The caption of ``figures.text_sizes``."""
    return "Words of the articles' bodies outside (solid) and inside (hatched) quotation marks."
