"""What the tables of actor sentiment say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed, percent
from analysis_utils.themes.actor_sentiment.coded import count_own
from analysis_utils.themes.actor_sentiment.tables import SURE
from analysis_utils.themes.finding import Finding

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A difference between two outlets that chance makes less often than this is told.
CLEAR = 0.05

#: Outlets whose counts the answer tells.
MOST_OUTLETS = 3

#: Sentences of evidence, at most.
MOST_ROWS = 10

#: Which light, in words.
_LIGHTS = {-1: "bad", 1: "good"}


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """In which light the most judged actors stand, who judges, and whether outlets differ."""
    if tables.judgements.empty:
        return "No sentence puts an actor of the study in a good or a bad light."
    first = tables.balance["actor"].unique()[:2]
    parts = [
        _of_actors(tables.balance, first, corpus),
        _who_judges(tables.judgements, corpus),
        _difference(tables, corpus),
    ]
    return " ".join(filter(None, parts))


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """Actors whom two outlets put in different lights, beyond chance, in enough sentences."""
    return [
        Finding(
            kind="tone",
            weight=0.35,
            sentence=_apart(one, other, corpus),
            evidence=_behind(tables.judgements, (one, other)),
            theme="actor_sentiment",
        )
        for one, other in clear_differences(tables.balance)
    ]


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How tone was measured, as a paragraph for a methods section."""
    pairs = tables.labels.drop_duplicates(["sentence_id", "actor"])
    return (
        f"Tone was measured for {counted(len(pairs), 'pair')} of sentence and actor. A small model"
        " of target-dependent sentiment, trained on news sentences that people labelled"
        " [@hamborg2021], read each sentence with the actor's name blanked, so that no name could"
        " move its score. A sentence was counted where the model called it favourable or"
        f" unfavourable with a probability of {percent(SURE)} or more."
        " Each such judgement was given to"
        " whoever makes it: to the source of reported or quoted words, to the subject of a verb of"
        " judgement such as “accuse”, and else to the outlet. What puts an actor in a bad light in"
        " its own words was left out. Means were taken from"
        f" {FEW} judging sentences on, and two outlets were called different where Fisher's exact"
        f" test gave p < {CLEAR}. VADER [@hutto2014] and TextBlob with Pattern's lexicon"
        " [@desmedt2012] scored the clause around the actor for comparison."
    )


def headline(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The finding as a title."""
    if tables.judgements.empty:
        return "No sentence puts an actor in a good or a bad light"
    if apart := clear_differences(tables.balance):
        names = [corpus.names["actor"][one["actor"]] for one, _ in apart]
        return f"The outlets differ in how they put {listed(list(dict.fromkeys(names)))}"
    first = tables.balance["actor"].iloc[0]
    return (
        f"{corpus.names['actor'][first]} is judged most; no difference between the outlets can be"
        " told"
    )


def caption(tables: SimpleNamespace, n_actors: int) -> str:
    """The caption of the main figure.

    Parameters
    ----------
    tables
        The theme's tables.
    n_actors
        How many actors it has room for.
    """
    return (
        f"Sentences that put an actor in a bad or a good light, by who judges;"
        f" {counted(len(tables.judgements), 'judgement')}"
        f" with a probability of {percent(SURE)} or more"
        f" by the target model, of the {counted(n_actors, 'most judged actor')} shown. At the"
        " right: judging sentences of all that mention the actor, standfirsts left out, and their"
        f" mean from -1 to 1 where there are {FEW} or more."
    )


def methods_headline(labels: pd.DataFrame) -> str:
    """How often the methods agree, as a title."""
    wide = _wide(labels)
    alike = int((wide.nunique(axis=1) == 1).sum())
    return f"The methods agree on {alike} of {counted(len(wide), 'pair')} of sentence and actor"


def methods_caption(labels: pd.DataFrame) -> str:
    """The caption of the figure of methods."""
    wide = _wide(labels)
    opposite = int(((wide.max(axis=1) > 0) & (wide.min(axis=1) < 0)).sum())
    return (
        f"Labels of {counted(len(wide), 'pair')} of sentence and actor. VADER and TextBlob add up"
        " words of the clause around the actor, whomever they are said of; the target model"
        f" answers for the actor. In {counted(opposite, 'pair')} two methods contradict each other."
    )


def evidence(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """The surest judgement of each outlet on each of the most judged actors.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus.

    Returns
    -------
    ``outlet``, ``sentence_id``, ``text``, ``matter`` (the actor) and ``note`` (which light, and
    who judges), at most ``MOST_ROWS``; no sentence twice.
    """
    order = {actor: place for place, actor in enumerate(tables.balance["actor"].unique())}
    found = tables.judgements.sort_values("sure", ascending=False, kind="stable")
    found = found.iloc[found["actor"].map(order).argsort(kind="stable")]
    found = found.drop_duplicates("sentence_id").drop_duplicates(["actor", "outlet"])
    found = found.head(MOST_ROWS)
    notes = [_note(row, corpus.names["actor"]) for row in found.to_dict("records")]
    shown = found.assign(matter=found["actor"], note=notes)
    return shown[["outlet", "sentence_id", "text", "matter", "note"]].reset_index(drop=True)


def clear_differences(balance: pd.DataFrame) -> list[tuple[dict, dict]]:
    """Pairs of rows, of one actor in two outlets, that differ beyond chance.

    Both have ``FEW`` judging sentences or more; Fisher's exact test, a pair of outlets at a time;
    of each actor the clearest pair, the outlet that is kinder to it first.
    """
    from scipy.stats import fisher_exact

    found: dict[str, tuple[float, tuple[dict, dict]]] = {}
    for actor, rows in balance[balance["mean"].notna()].groupby("actor", sort=False):
        for pair in combinations(rows.to_dict("records"), 2):
            chance = fisher_exact([[row["negative"], row["positive"]] for row in pair]).pvalue
            if chance < min(CLEAR, found.get(actor, (1,))[0]):
                kinder, harsher = sorted(pair, key=lambda row: -row["mean"])
                found[actor] = chance, (kinder, harsher)
    return [pair for _, pair in found.values()]


def _of_actors(balance: pd.DataFrame, actors: Iterable[str], corpus: Corpus) -> str:
    """How many sentences of each outlet put the first actors in a bad light, and in a good one."""
    told = []
    for actor in actors:
        rows = balance[
            (balance["actor"] == actor) & (balance["negative"] + balance["positive"] > 0)
        ]
        counts = [
            f"{row.negative} and {row.positive} in {corpus.outlets[row.outlet]}"
            for row in rows.head(MOST_OUTLETS).itertuples()
        ]
        if counts:
            told.append((corpus.names["actor"][actor], ", ".join(counts)))
    begin = "Sentences that put {} in a bad light and in a good one: {}.", "The same for {}: {}."
    return " ".join(begin[min(place, 1)].format(*each) for place, each in enumerate(told))


def _who_judges(found: pd.DataFrame, corpus: Corpus) -> str:
    """How many of the judgements are the outlets' own, by the model and by a person."""
    own = int((found["judge"] == "own").sum())
    by_hand, own_by_hand = count_own(corpus.study.codes("sentiment"))
    person = (
        f"; a person who read the articles found {by_hand}, {own_by_hand or 'none'} of them wholly"
        " or partly so"
    )
    return (
        f"The tone model finds {counted(len(found), 'judgement')}, {own or 'none'} in an outlet's"
        f" own words{person if by_hand else ''}."
    )


def _difference(tables: SimpleNamespace, corpus: Corpus) -> str:
    apart = clear_differences(tables.balance)
    if apart:
        return " ".join(_apart(one, other, corpus) for one, other in apart[:2])
    enough = tables.balance[tables.balance["mean"].notna()].groupby("actor").size()
    if (enough > 1).any():
        return "Where two outlets judge an actor often enough, they do not differ beyond chance."
    return (
        f"No difference between the outlets can be told: no two of them judge the same actor in"
        f" {FEW} sentences or more."
    )


def _apart(kinder: Mapping, harsher: Mapping, corpus: Corpus) -> str:
    name = corpus.names["actor"][kinder["actor"]]
    of_kinder, of_harsher = (row["negative"] + row["positive"] for row in (kinder, harsher))
    return (
        f"{corpus.outlets[kinder['outlet']]} puts {name} in a good light in {kinder['positive']} of"
        f" {of_kinder} judging sentences, {corpus.outlets[harsher['outlet']]} in"
        f" {harsher['positive']} of {of_harsher}."
    )


def _behind(found: pd.DataFrame, pair: tuple[dict, dict]) -> tuple[str, ...]:
    rows = [
        found[(found["actor"] == row["actor"]) & (found["outlet"] == row["outlet"])] for row in pair
    ]
    return tuple(pd.concat(rows)["sentence_id"])


def _note(row: Mapping, names: Mapping[str, str]) -> str:
    actor = names[row["actor"]]
    who = {
        "own": "in the outlet's own words",
        "itself": f"in {actor}'s own words",
        "others": f"by {names.get(row['holder']) or row['source'].partition(',')[0] or 'others'}",
    }
    return f"{actor} in a {_LIGHTS[row['label']]} light, {who[row['judge']]}"


def _wide(labels: pd.DataFrame) -> pd.DataFrame:
    return labels.pivot(index=["sentence_id", "actor"], columns="method", values="label")
