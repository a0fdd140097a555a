"""What the tables of actor sentiment say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, percent
from analysis_utils.study import benchmark_results
from analysis_utils.themes.actor_sentiment.article_tone import CLEAR
from analysis_utils.themes.actor_sentiment.coded import count_own
from analysis_utils.themes.actor_sentiment.tables import SURE
from analysis_utils.themes.finding import Finding

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Differences that the answer and the findings tell, at most.
MOST_DIFFERENCES = 2

#: Outlets whose counts the answer tells.
MOST_OUTLETS = 3

#: Sentences of evidence, at most.
MOST_ROWS = 10

#: Name of the measure of whole articles in ``benchmarks/results/ordering.csv``.
MEASURE = "tone of the article"

#: Which light, in words.
_LIGHTS = {-1: "bad", 1: "good"}


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Whether outlets differ, in which light the most judged actors stand, and who judges."""
    if tables.judgements.empty:
        return "No sentence puts an actor of the study in a good or a bad light."
    first = tables.balance["actor"].unique()[:2]
    parts = [
        _difference(tables, corpus),
        _of_actors(tables.balance, first, corpus),
        _who_judges(tables.judgements, corpus),
    ]
    return " ".join(filter(None, parts))


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """That one outlet is harsher on an actor than another: the most mentioned actor alone, as such
    calls were measured on the main actors of events."""
    return [
        Finding(
            kind="tone",
            weight=0.3,
            sentence="; ".join(filter(None, [_harsher(row, corpus), how_sure()])) + ".",
            evidence=_behind(tables.tone, row),
            theme="actor_sentiment",
        )
        for row in clear_differences(tables.compared)[:1]
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
        " its own words was left out. Which outlet is harsher on an actor was told by whole"
        " articles. For each, the polarities of the sentences that mention the actor were added up."
        " So were the probabilities that readers would mark a sentence as told for or against it."
        " These come from a logistic regression on sentence vectors, learnt from BASIL [@fan2019]."
        " Both sums were divided by the root of the number of sentences. Differences too small to"
        " be right often enough in BASIL were not told. From"
        f" {FEW} articles an outlet on, neither were those with p ≥ {CLEAR} in Welch's test over"
        " articles. VADER [@hutto2014] and TextBlob with Pattern's lexicon"
        " [@desmedt2012] scored the clause around the actor for comparison."
    )


def headline(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The finding as a title."""
    if tables.judgements.empty:
        return "No sentence puts an actor in a good or a bad light"
    if apart := clear_differences(tables.compared):
        return _harsher(apart[0], corpus)
    first = tables.balance["actor"].iloc[0]
    return f"{corpus.names['actor'][first]} is judged most; which outlet is harsher cannot be told"


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
        " right: judging sentences of all that mention the actor, standfirsts left out, and which"
        " outlet is harsher by its articles as wholes, where that can be told."
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


def clear_differences(compared: pd.DataFrame) -> list[dict]:
    """The largest difference that is told of each actor, of the most mentioned actors: rows of
    ``compared``."""
    told = compared[compared["told"]].reset_index(drop=True)
    largest = told.groupby("actor", sort=False)["gap"].idxmax()
    return told.loc[largest].head(MOST_DIFFERENCES).to_dict("records")


def how_sure() -> str:
    """How often such a call is right, as a clause; empty if it was never measured."""
    try:
        saved = benchmark_results("ordering")
    except FileNotFoundError:
        return ""
    right = saved.loc[(saved["method"] == MEASURE) & (saved["actors"] == "all"), "right"]
    return f"of 10 such calls about {10 * right.min():.0f} agree with readers who saw a difference"


def _of_actors(balance: pd.DataFrame, actors: Iterable[str], corpus: Corpus) -> str:
    """How many sentences of each outlet put the first actors in a bad light, and in a good one."""
    told = []
    for actor in actors:
        rows = balance[
            (balance["actor"] == actor) & (balance["negative"] + balance["positive"] > 0)
        ]
        counts = [
            f"{row.negative} bad and {row.positive} good in {corpus.outlets[row.outlet]}"
            for row in rows.head(MOST_OUTLETS).itertuples()
        ]
        if counts:
            told.append((corpus.names["actor"][actor], ", ".join(counts)))
    begin = "Sentences that put {} in a bad or a good light: {}.", "On {}: {}."
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
    if tables.compared.empty:
        return "No two outlets speak of the same actor often enough to be compared."
    if not (apart := clear_differences(tables.compared)):
        return "Which outlet is harsher on an actor cannot be told: the differences are too small."
    sure = how_sure()
    parts = [*(_harsher(row, corpus) for row in apart), sure[:1].upper() + sure[1:]]
    return " ".join(f"{part}." for part in parts if part)


def _harsher(row: Mapping, corpus: Corpus) -> str:
    name = corpus.names["actor"][row["actor"]]
    kinder, harsher = (corpus.outlets[row[side]] for side in ("kinder", "harsher"))
    return f"Taken as a whole, {harsher} is harsher on {name} than {kinder}"


def _behind(tone: pd.DataFrame, row: Mapping) -> tuple[str, ...]:
    """What speaks most against the actor in each outlet's harshest article; the harsher first."""
    harshest_first = tone[tone["actor"] == row["actor"]].sort_values("tone", kind="stable")
    of_actor = harshest_first.set_index("outlet")["against"]
    ids = [of_actor[[row[side]]].iloc[0] for side in ("harsher", "kinder")]
    return tuple(" ".join(ids).split())


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
