"""What the tables of coverage say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes.coverage.places import (
    MOST_ARTICLES,
    body_of,
    count_articles,
    count_fifths,
    is_summed_up,
)

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How much the outlets share, in which order, and on what they disagree."""
    conflicts = len(tables.conflicts)
    clash = counted(conflicts, "date or number", "dates or numbers") if conflicts else "none"
    return (
        f"{told_finding(tables.counts, corpus.outlets)}\n\n"
        f"{places_headline(tables.told, corpus.outlets)}. Dates and numbers on which aligned"
        f" sentences differ: {clash}."
    )


def told_finding(counts: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much of each outlet's text the others tell too; takes the table ``counts``."""
    parts = []
    table = counts.pivot(index="outlet", columns="told", values="n")
    for outlet, name in outlets.items():
        row = table.loc[outlet]
        parts.append(
            f"{name}: {counted(int(row.sum()), 'sentence')}, {row['all'] + row['some']} with"
            f" a counterpart in another outlet, {row['possibly']} that may have one,"
            f" {row['one']} alone."
        )
    return " ".join(parts)


def details_finding(details: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many details each outlet has to itself; takes the table ``details``."""
    counts = details["outlet"].value_counts()
    parts = [
        f"{name} has {counted(int(counts.get(outlet, 0)), 'such phrase')}"
        for outlet, name in outlets.items()
    ]
    return (
        f"In sentences with a counterpart, sure or possible, {listed(parts)}. Numbers say"
        " little here; each phrase is to be read beside its nearest sentence."
    )


def agreement_finding(similarity: pd.DataFrame, alone: pd.DataFrame, facts: pd.DataFrame) -> str:
    """What the hand codes say of the measure.

    Parameters
    ----------
    similarity, alone, facts
        As ``evaluate_similarity``, ``evaluate_alone`` and ``evaluate_facts`` of
        :mod:`analysis_utils.themes.coverage.coded` give them.
    """
    parts = [_similarity_finding(similarity)]
    if not alone.empty:
        coder = int(alone["coder"].sum())
        both = int((alone["coder"] & alone["machine"]).sum())
        false = int((~alone["coder"] & alone["machine"]).sum())
        parts.append(
            f"Of {counted(coder, 'sentence')} that the coder found in one outlet alone,"
            f" {both} {'is' if both == 1 else 'are'} found; {false or 'no'} other that the coder"
            f" aligned {'is' if false < 2 else 'are'} called so."
        )
    if not facts.empty:
        named = int((facts["named"] != "").sum())
        parts.append(
            f"Of {counted(len(facts), 'fact')} that one outlet alone tells, {named}"
            f" {'is' if named == 1 else 'are'} pointed to by a sentence or a detail."
        )
    return " ".join(parts)


def _similarity_finding(similarity: pd.DataFrame) -> str:
    if similarity.empty:
        return (
            "This study has no hand-coded pairs of sentences, so how well they are aligned here"
            " is not known; the scores on other articles above are the best guide."
        )
    *views, mean = similarity.itertuples()
    best = max(views, key=lambda view: view.average_precision)
    return (
        f"The mean of the four views ranks the coder's {counted(mean.coded, 'pair')} among"
        f" {mean.n:,} with an average precision of {mean.average_precision:.2f}; the best view"
        f" alone, {best.similarity}, reaches {best.average_precision:.2f}."
    )


def shares_headline(counts: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """Whose sentences stand alone, as a title; takes the table ``counts``."""
    alone = counts[counts["told"] == "one"].set_index("outlet")
    if len(outlets) == 2:
        total = counts.groupby("outlet")["n"].sum()
        (one, name), (two, other) = outlets.items()
        return (
            f"No counterpart found: {alone.loc[one, 'n']} of {total[one]} sentences of {name},"
            f" {alone.loc[two, 'n']} of {total[two]} of {other}"
        )
    percent = (100 * alone["share"]).round().astype(int)
    most = [name for outlet, name in outlets.items() if percent[outlet] == percent.max()]
    if percent.max() == percent.min():
        return f"Each outlet tells {percent.max()}% of its sentences alone"
    verb, whose = ("tells", "its") if len(most) == 1 else ("tell", "their")
    return f"{listed(most)} {verb} most alone: {percent.max()}% of {whose} sentences"


def places_headline(told: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many statements are shared, and in which order, as a title; takes ``told``."""
    body = body_of(told)
    tellers = body.groupby("statement")["outlet"].nunique()
    shared = tellers[tellers > 1].index
    if len(shared) == 0:
        return "No statement was found in two outlets"
    if is_summed_up(told):
        return _fifths_headline(count_fifths(told))
    statements = counted(len(shared), "statement")
    if len(outlets) > 2:
        most = int(tellers.max())
        by_most = int((tellers == most).sum())
        who = "all" if most == len(outlets) else most
        return f"{statements} of the body told by two outlets or more, {by_most} of them by {who}"
    if count_articles(told) > len(outlets):
        return f"{statements} surely found in both outlets"
    if len(shared) == 1:
        return "1 statement was found in both articles"
    order = body[body["statement"].isin(shared)].groupby(["statement", "outlet"])["place"].min()
    # In the order of the first outlet, the second's places never fall if the orders agree.
    second = order.unstack().sort_values(list(outlets))[list(outlets)[1]]
    same = "in the same" if second.is_monotonic_increasing else "in another"
    return f"{statements} surely found in both bodies, {same} order"


def _fifths_headline(fifths: pd.DataFrame) -> str:
    of_fifth = fifths.pivot_table(index="fifth", columns="told", values="n", aggfunc="sum")
    shared = 100 * (of_fifth["all"] + of_fifth["some"]) / of_fifth.sum(axis=1)
    return (
        f"Told by others too: {shared.iloc[0]:.0f}% of the first fifth of the articles,"
        f" {shared.iloc[-1]:.0f}% of the last"
    )


def shares_caption(counts: pd.DataFrame) -> str:
    """The caption of ``figures.shares``; takes the table ``counts``."""
    return (
        "Sentences of the body by how many outlets tell them; the figures are numbers of"
        f" sentences ({counts['n'].sum():,} in all). Solid: a counterpart in all (paler: in some)"
        " other outlets, be it in one statement or in several; hatched: a similar sentence that"
        " may be one and must be read; white: nothing near. Headlines and standfirsts left out. No"
        " intervals: these are the sentences there are, and the errors are those of the"
        " alignment."
    )


def places_caption(told: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The caption of ``figures.places``; takes the table ``told``."""
    body = body_of(told)
    sentences = counted(len(body), "sentence")
    if is_summed_up(told):
        return (
            f"{sentences} of the body by the fifth of their article in"
            f" which they stand. With {count_articles(told)} articles (more than {MOST_ARTICLES})"
            " single sentences and the lines between them could not be told apart, so shares are"
            " shown: solid, a counterpart in all (paler: in some) other outlets; hatched: one that"
            " may be one; white: nothing near."
        )
    broken = (
        " Broken lines: pairs that may be the same and must be read."
        if len(outlets) == 2
        else " Pairs that may be the same are not joined."
    )
    shared = body[body.groupby("statement")["outlet"].transform("nunique") > 1]
    if shared.duplicated(["statement", "outlet"]).any():
        broken = f" Of several such sentences of one outlet, the first is joined.{broken}"
    return (
        f"Every mark is one of {sentences} of the body, by its place"
        " in its article; lines join sentences that make the same statement, from one column to"
        f" the next that has it.{broken}"
    )


def places_shown(told: pd.DataFrame) -> str:
    """What ``figures.places`` draws, for readers who cannot see it; takes the table ``told``."""
    if is_summed_up(told):
        return "Bars of each fifth of the articles by how many outlets tell its sentences."
    return "Sentences of each article from first to last, shared statements joined by lines."
