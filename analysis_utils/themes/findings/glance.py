"""Each outlet at a glance: who speaks most, what it calls whom, and what it does not tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted, percent
from analysis_utils.themes import actor_sentiment, coverage, portrayal, voices
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.words import quoted
from analysis_utils.themes.portrayal.called import own_choice
from analysis_utils.words import titles

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Labels of the main actor that are told of each outlet.
MOST_LABELS = 2

#: What stands where nothing was found.
NONE, BY_NAME = "nothing found", "only by name or title"

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
        "Each outlet at a glance. In brackets: 95 % intervals of shares of words. Light: sentences"
        " that a model reads as bad or good for the actor, whoever judges. Not told: the weightiest"
        " matter found, with the outlet that tells it.",
    )


def at_a_glance(corpus: Corpus) -> pd.DataFrame:
    """A row an outlet, its columns being what is shown."""
    omitted = theme_tables(coverage, corpus).omissions
    shares = theme_tables(voices, corpus).shares
    called = theme_tables(portrayal, corpus).called
    balance = theme_tables(actor_sentiment, corpus).balance
    main = _main(corpus)
    name = corpus.names["actor"].get(main, "")
    rows = []
    for outlet, told_by in corpus.outlets.items():
        own = shares[shares["outlet"] == outlet]
        row = {
            "outlet": told_by,
            "speaks_most": _most_heard(own, corpus),
            "own_voice": _own_voice(own),
        }
        if main:
            judged = balance[(balance["outlet"] == outlet) & (balance["actor"] == main)]
            row[f"calls {name}"] = _calls(called[called["outlet"] == outlet], main, corpus)
            row[f"light on {name}"] = _light(judged)
        rows.append(row | {"does_not_tell": _not_told(omitted, outlet, corpus)})
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


def _main(corpus: Corpus) -> str:
    """The actor that is mentioned most."""
    counts = corpus.mentions["actor"].value_counts()
    return max(corpus.names["actor"], key=lambda actor: counts.get(actor, 0), default="")


def _calls(called: pd.DataFrame, actor: str, corpus: Corpus) -> str:
    """What an outlet calls an actor beside its name and its bare titles."""
    name = corpus.names["actor"][actor]
    rows = called[own_choice(called) & (called["actor"] == actor)]
    labels = [_without(label, name) for label in rows["label"] if not _is_bare_title(label)]
    return ", ".join(map(quoted, dict.fromkeys(filter(None, labels[:MOST_LABELS])))) or BY_NAME


def _is_bare_title(label: str) -> bool:
    titled = titles.OFFICES | titles.COURTESY
    return all(word.strip(".").capitalize() in titled for word in label.split())


def _light(balance: pd.DataFrame) -> str:
    """How often an outlet puts an actor in a bad and in a good light, whoever judges."""
    if balance.empty:
        return "not mentioned"
    row = balance.iloc[0]
    sentences = counted(int(row["mentioned"]), "sentence")
    return f"{int(row['negative'])} bad, {int(row['positive'])} good in {sentences}"


def _without(label: str, name: str) -> str:
    """A label without the name itself: "Russia's Kaspersky Lab" says no more than "Russia's"."""
    return re.sub(rf"\s*\b{re.escape(name)}$", "", label)


def _not_told(omissions: pd.DataFrame, outlet: str, corpus: Corpus) -> str:
    """The weightiest matter that this outlet surely leaves out, and who tells it."""
    for row in omissions.itertuples():
        if outlet in row.missing.split():
            return f"{quoted(row.text)} ({corpus.outlets[row.outlet]})"
    return NONE
