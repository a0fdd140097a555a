"""Each outlet at a glance: who speaks most, what it calls whom, and what it does not tell."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import percent
from analysis_utils.themes import coverage, portrayal, voices
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.words import quoted
from analysis_utils.themes.portrayal.called import own_choice
from analysis_utils.themes.portrayal.tables import by_mentions

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Labels of the main actor that are told of each outlet.
MOST_LABELS = 2

#: What stands where an outlet has none.
NONE = "nothing found"

#: Words without a clear speaker are told from this share of the leader's words on.
_UNCLEAR = 0.5


def shown(corpus: Corpus) -> Shown:
    """A row an outlet: what a reader wants to know of each.

    Parameters
    ----------
    corpus
        What is compared.
    """
    return cells.table(
        at_a_glance(corpus),
        "Each outlet at a glance. In brackets: 95 % intervals. What is not told was found by rule,"
        " and is told by the outlet named beside it.",
    )


def at_a_glance(corpus: Corpus) -> pd.DataFrame:
    """A row an outlet, its columns being what is shown."""
    told = theme_tables(coverage, corpus).omissions
    shares = theme_tables(voices, corpus).shares
    called = theme_tables(portrayal, corpus).called
    calls, main = _calls(called, corpus)
    rows = [
        {
            "outlet": name,
            "most_heard": _most_heard(shares[shares["outlet"] == outlet], corpus),
            "in_its_own_voice": _own_voice(shares[shares["outlet"] == outlet]),
            **({f"calls {main}": calls[outlet]} if main else {}),
            "does_not_tell": _not_told(told, outlet, corpus),
        }
        for outlet, name in corpus.outlets.items()
    ]
    return pd.DataFrame(rows)


def _most_heard(shares: pd.DataFrame, corpus: Corpus) -> str:
    """Who has most words of an outlet beside itself; two that have as many share the place."""
    heard = shares[shares["role"].isin(["actor", "other"]) & (shares["words"] > 0)]
    if heard.empty:
        return "nobody by name"
    most = heard[heard["words"] == heard["words"].max()]
    who = most["speaker"].map(corpus.names["actor"]).fillna(most["source"])
    told = f"{' and '.join(who)}, {_share(most.iloc[0])}{' each' * (len(most) > 1)}"
    unclear = shares.loc[shares["role"] == "unnamed", "share"].sum()
    if unclear >= _UNCLEAR * most["share"].iloc[0]:
        told += f"; {percent(unclear)} have no clear speaker"
    return told


def _own_voice(shares: pd.DataFrame) -> str:
    own = shares[shares["role"] == "own"]
    return _share(own.iloc[0]) if len(own) else percent(0)


def _share(row: pd.Series) -> str:
    """A share with its interval: "55 % (31 to 77)"."""
    if pd.isna(row["low"]):
        return percent(row["share"])
    return f"{percent(row['share'])} ({100 * row['low']:.0f} to {100 * row['high']:.0f})"


def _calls(called: pd.DataFrame, corpus: Corpus) -> tuple[dict[str, str], str]:
    """What each outlet calls the actor that is mentioned most of those whom two outlets label."""
    own = called[own_choice(called)]
    several = own.groupby("actor")["outlet"].nunique()
    main = next((a for a in by_mentions(called, corpus) if several.get(a, 0) > 1), "")
    if not main:
        return {}, ""
    found = {}
    for outlet in corpus.outlets:
        rows = own[(own["actor"] == main) & (own["outlet"] == outlet)]
        labels = [_without(label, corpus.names["actor"][main]) for label in rows["label"]]
        labels = list(dict.fromkeys(filter(None, labels)))[:MOST_LABELS]
        found[outlet] = ", ".join(map(quoted, labels)) or "only by name"
    return found, corpus.names["actor"][main]


def _without(label: str, name: str) -> str:
    """A label without the name itself: "Russia's Kaspersky Lab" says no more than "Russia's"."""
    return re.sub(rf"\s*\b{re.escape(name)}$", "", label)


def _not_told(omissions: pd.DataFrame, outlet: str, corpus: Corpus) -> str:
    """The weightiest matter that others tell and this outlet surely leaves out, and who tells it."""
    for row in omissions.itertuples():
        if outlet in row.missing.split():
            return f"{quoted(row.text)} ({corpus.outlets[row.outlet]})"
    return NONE
