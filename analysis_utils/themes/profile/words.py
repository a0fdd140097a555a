"""Where the tellings differ most, in sentences; :mod:`analysis_utils.themes.profile.paragraphs`
tells the rest."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes.profile.paragraphs import names_in_sentences
from analysis_utils.themes.profile.tables import MEASURES

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A gap between two outlets that is smaller than this share is not told.
SMALL_GAP = 0.1


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Where the outlets differ most."""
    return summary(tables.measures, corpus)


def summary(measured: pd.DataFrame, corpus: Corpus) -> str:
    """Where the outlets differ most, in one paragraph; gaps below ``SMALL_GAP`` are left out.

    Parameters
    ----------
    measured
        As :func:`~analysis_utils.themes.profile.tables.measures` gives them.
    corpus
        Decides the names.
    """
    names = names_in_sentences(corpus)
    wholes = {
        "words": "Of the words",
        "agent": "Of the places where an actor acts",
        "patient": "Of the places where an actor is acted upon",
    }
    parts = [
        _widest_gap(measured[measured["measure"] == measure], corpus.outlets, names, whole)
        for measure, whole in wholes.items()
    ]
    return " ".join(filter(None, parts)) or "No two outlets lie ten points apart."


def _widest_gap(
    rows: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], whole: str
) -> str:
    """The actor whose share differs most between two outlets, with its counts in all of them."""
    wide = rows.pivot(index="item", columns="outlet", values="share").reindex(columns=list(outlets))
    gaps = wide.max(axis=1) - wide.min(axis=1)
    if gaps.empty or not round(gaps.max(), 9) >= SMALL_GAP:  # 0.5 - 0.4 is a bit under 0.1
        return ""
    actor = gaps.idxmax()
    told = rows[rows["item"] == actor].set_index("outlet")
    counts = [
        f"{told.loc[outlet, 'n']:,} of {told.loc[outlet, 'of']:,} in {name}"
        + _in_sentences(told.loc[outlet, "sentences"])
        for outlet, name in outlets.items()
        if outlet in told.index
    ]
    return f"{whole}, {names[actor]} is given {listed(counts)}."


def _in_sentences(number: float) -> str:
    return f" (in {counted(int(number), 'sentence')})" if number > 0 else ""


def headline(measured: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]) -> str:
    """The title of the figure: whose share of the words differs most between two outlets."""
    words = measured[measured["measure"] == "words"]
    if words.empty:
        return "No actor of the study is mentioned"
    wide = words.pivot(index="item", columns="outlet", values="share").reindex(columns=outlets)
    gaps = wide.max(axis=1) - wide.min(axis=1)
    if gaps.max() == 0:
        return "Every actor has the same share of each outlet's words"
    actor = gaps.idxmax()
    most, least = wide.loc[actor].idxmax(), wide.loc[actor].idxmin()
    return (
        f"{actors[actor]} is given {wide.loc[actor, most]:.0%} of {outlets[most]}'s words"
        f" and {wide.loc[actor, least]:.0%} of {outlets[least]}'s"
    )


def caption(measured: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The caption of the figure: what is shown, n, method and interval."""
    body = measured[measured["measure"] == "words"].groupby("outlet")["of"].max()
    told = measured[measured["measure"] == "told"].groupby("outlet")["of"].max()
    sizes = [
        f"{name} {counted(int(told.get(outlet, 0)), 'sentence')}"
        + (f", {counted(int(body[outlet]), 'word')}" if outlet in body else "")
        for outlet, name in outlets.items()
    ]
    of = "; ".join(f"{title.lower()}, {whole}" for title, whole in MEASURES.values())
    return (
        f"Profile of the telling ({'; '.join(sizes)}). Shares: {of}. Verbs that only give speech"
        " (say, tell) are not counted as acting. Lines are nominal 95% bootstrap intervals over"
        " sentences (over articles for words, where an outlet has enough of them); from so few"
        " they are too narrow, and where a single article stands for an outlet they say nothing"
        " of its others."
    )
