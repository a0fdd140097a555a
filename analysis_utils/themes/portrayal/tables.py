"""How actors are portrayed: what they are called, and who does what to whom.

Two classic questions of text analysis on one door.  :func:`label_table` lays out naming
(van Leeuwen 1996: nomination and categorisation), :func:`role_shares`,
:func:`verbs_by_role` and :func:`actor_pairs` lay out agency (Fowler et al. 1979; Trew 1979;
van Dijk 1988), :func:`hidden_agents` the acts whose agent is left out.  The triples come from
``agency``, the labels from ``naming``; what each column is stands in ``schemas``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.themes.portrayal import agency, naming
from analysis_utils.themes.portrayal.schemas import (
    ROLES,
    Called,
    Hidden,
    Labels,
    Pairs,
    Roles,
    RoleShares,
    Triples,
    Verbs,
)
from analysis_utils.words import acts, speech

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The theme's tables by name.
SCHEMAS = {
    "triples": Triples,
    "roles": Roles,
    "role_shares": RoleShares,
    "verbs": Verbs,
    "pairs": Pairs,
    "hidden": Hidden,
    "labels": Labels,
    "actor_labels": Called,
    "act_labels": Called,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    triples, labels = find_triples(corpus), find_labels(corpus)
    return {
        "triples": triples,
        "roles": roles(triples),
        "role_shares": role_shares(triples, corpus.outlets, corpus.names["actor"]),
        "verbs": order_by_study(verbs_by_role(triples), corpus),
        "pairs": actor_pairs(triples),
        "hidden": hidden_agents(triples, corpus.sentences),
        "labels": labels,
        "actor_labels": order_by_study(label_table(labels), corpus),
        "act_labels": order_by_study(label_table(labels, of="act"), corpus),
    }


def told_sentences(corpus: Corpus) -> pd.DataFrame:
    """The sentences that count: headlines and bodies; a standfirst mostly repeats the body."""
    return corpus.sentences[corpus.sentences["part"] != "standfirst"]


def find_triples(corpus: Corpus) -> pd.DataFrame:
    """Who does what to whom; see :func:`analysis_utils.themes.portrayal.agency.find_triples`."""
    return agency.find_triples(*_tables(corpus))


def find_labels(corpus: Corpus) -> pd.DataFrame:
    """What actors and acts are called; see ``naming.find_labels``."""
    return naming.find_labels(*_tables(corpus))


def _tables(corpus: Corpus) -> tuple:
    told = told_sentences(corpus)
    actors = corpus.study.actors
    return told, corpus.tokens, corpus.quotations, corpus.mentions, actors, corpus.quotes


def roles(triples: pd.DataFrame) -> pd.DataFrame:
    """Each actor's part in each act, once; verbs of saying left out.

    "X and Y accuse Z" makes two triples, and Z is still acted upon once.  Which verbs are of
    saying is told by ``saying`` in :data:`~analysis_utils.words.speech`.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Roles`.
    """
    counted = triples[~triples["verb"].isin(speech.SAYING)]
    long = pd.concat([counted.assign(role=role, actor=counted[role]) for role in ROLES])
    long = long[long["actor"] != ""].sort_index(kind="stable")
    long = long.drop_duplicates(["sentence_id", "outlet", "role", "actor", "verb", "verb_start"])
    return long[Roles.columns()].reset_index(drop=True)


def role_shares(
    triples: pd.DataFrame, outlets: Iterable[str], actors: Iterable[str], seed: int = 0
) -> pd.DataFrame:
    """How much of the acting, and of the being acted upon, each outlet gives to whom.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.
    outlets, actors
        Their ids, in the order wanted.
    seed
        Seed of the intervals.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.RoleShares`: one row an outlet, role and
    actor that has a role in any outlet.  The 95 % bootstrap intervals draw whole sentences
    anew; NaN in ``low`` and ``high`` with fewer than ``FEW`` of them.
    """
    long = roles(triples)
    told = [actor for actor in actors if actor in set(long["actor"])]
    rows = [
        {"outlet": outlet, "role": role} | row
        for outlet in outlets
        for role in ROLES
        for row in _shares(long[(long["outlet"] == outlet) & (long["role"] == role)], told, seed)
    ]
    return pd.DataFrame(rows, columns=RoleShares.columns())


def _shares(group: pd.DataFrame, actors: list[str], seed: int) -> list[dict]:
    """The shares of one outlet and role: whole sentences are drawn again for the intervals."""
    counts = pd.crosstab(group["sentence_id"], group["actor"]).reindex(columns=actors, fill_value=0)
    low = high = np.full(len(actors), np.nan)
    if len(counts) >= FEW:
        drawn = bootstrap_weights([0] * len(counts), seed=seed) @ counts.to_numpy()
        low, high = percentile_interval(drawn / drawn.sum(axis=1, keepdims=True))
    total = int(counts.to_numpy().sum())
    return [
        {
            "actor": actor,
            "n": int(counts[actor].sum()),
            "n_all": total,
            "share": counts[actor].sum() / total if total else np.nan,
            "low": low[number],
            "high": high[number],
            "n_units": len(counts),
            "sentence_ids": _joined(group.loc[group["actor"] == actor, "sentence_id"]),
        }
        for number, actor in enumerate(actors)
    ]


def verbs_by_role(triples: pd.DataFrame) -> pd.DataFrame:
    """The verbs that each actor is the agent or the patient of, marked as by :func:`worded`.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Verbs`.
    """
    long = roles(triples)
    long = long.assign(word=_worded(long), others=long["voice"] != "own")
    table = long.groupby(["outlet", "actor", "role"], sort=False).agg(
        n=("verb", "size"),
        in_others_words=("others", "sum"),
        verbs=("word", _counted_words),
        sentence_ids=("sentence_id", _joined),
    )
    return table.reset_index()


def worded(triple) -> str:
    """A verb with its marks: not told as done stands in brackets, what others say has a star.

    Verbs that say little take the noun of their object along: "have ties".

    Parameters
    ----------
    triple
        With ``verb``, ``object_head``, ``negated``, ``modality`` and ``voice``.
    """
    word = triple.verb
    if word in acts.LIGHT and triple.object_head:
        word = f"{word} {triple.object_head}"
    word = f"not {word}" if triple.negated else word
    word = word if triple.modality == "asserted" else f"({word})"
    return word if triple.voice == "own" else f"{word}*"


def _worded(triples: pd.DataFrame) -> list[str]:
    return [worded(triple) for triple in triples.itertuples()]


def _counted_words(words: pd.Series) -> str:
    counts = words.value_counts(sort=False)
    ordered = counts.sort_values(ascending=False, kind="stable")
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in ordered.items())


def _joined(sentence_ids: pd.Series) -> str:
    return " ".join(dict.fromkeys(sentence_ids))


def actor_pairs(triples: pd.DataFrame) -> pd.DataFrame:
    """Who acts upon whom: the acts whose patient is an actor of the study.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Pairs`; verbs marked as by :func:`worded`.
    """
    touching = triples[triples["patient"] != ""]
    hidden = touching["construction"] == "agentless passive"
    agents = np.select([touching["agent"] != "", hidden], [touching["agent"], "left out"], "other")
    touching = touching.assign(agent=agents, word=_worded(touching))
    pairs = touching.groupby(["outlet", "agent", "patient"], sort=False).agg(
        n=("verb", "size"), verbs=("word", _counted_words), sentence_ids=("sentence_id", _joined)
    )
    return pairs.sort_values("n", ascending=False, kind="stable").reset_index()


def hidden_agents(triples: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Agentless passives with their sentences: acts that nobody is said to have done.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.
    sentences
        Table of the corpus.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Hidden`.
    """
    hidden = triples[triples["construction"] == "agentless passive"]
    return hidden.merge(sentences[["sentence_id", "text"]], on="sentence_id")[Hidden.columns()]


def label_table(labels: pd.DataFrame, of: str = "actor") -> pd.DataFrame:
    """What each actor, or its acts, are called, by outlet and voice; plain names left out.

    Parameters
    ----------
    labels
        As :func:`find_labels` gives them.
    of
        ``actor`` or ``act``.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Called`.  Labels that differ in capitals
    or in the article before them alone are the same.
    """
    chosen = labels[(labels["of"] == of) & (labels["relation"] != "name")]
    bare = chosen["text"].astype("str").str.replace(r"^(?:the|a|an)\s+", "", case=False, regex=True)
    chosen = chosen.assign(label=bare, folded=bare.str.lower().str.replace("’", "'"))
    key = ["actor", "outlet", "folded", "relation", "voice", "speaker"]
    table = chosen.groupby(key, sort=False).agg(
        label=("label", "first"), n=("label", "size"), sentence_ids=("sentence_id", _joined)
    )
    return table.reset_index()[Called.columns()]


def count_kinds(
    table: pd.DataFrame, column: str, kinds: Mapping[str, str], outlets: Mapping[str, str]
) -> pd.DataFrame:
    """How often each outlet has each kind of a column of triples or labels.

    Parameters
    ----------
    table
        With the column and ``outlet``.
    column
        Such as ``construction``, ``modality`` or ``relation``.
    kinds
        What each kind means, in the order wanted.
    outlets
        Names by id.

    Returns
    -------
    One row a kind that occurs: the column, ``meaning``, and one column of counts an outlet,
    headed by its name.
    """
    counts = pd.crosstab(table[column], table["outlet"])
    counts = counts.reindex(index=list(kinds), columns=list(outlets), fill_value=0)
    counts = counts[counts.sum(axis=1) > 0].set_axis(list(outlets.values()), axis=1)
    counts.insert(0, "meaning", pd.Series(kinds).reindex(counts.index), allow_duplicates=True)
    return counts.rename_axis(index=column).reset_index()


def with_sentences(triples: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Triples with the text of their sentences, for reading.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.
    sentences
        Table of the corpus.

    Returns
    -------
    ``sentence_id``, ``agent``, ``verb``, ``object``, ``patient``, ``construction``, ``negated``
    ("not", or empty), ``modality``, ``voice``, ``speaker`` and ``text``.
    """
    told = triples.merge(sentences[["sentence_id", "text"]], on="sentence_id")
    told["negated"] = told["negated"].map({True: "not", False: ""})
    columns = ["sentence_id", "agent", "verb", "object", "patient", "construction", "negated"]
    return told[[*columns, "modality", "voice", "speaker", "text"]]


def order_by_study(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Rows of a table in the order of the study's actors, then outlets."""
    order = {"actor": list(corpus.names["actor"]), "outlet": list(corpus.outlets)}
    return table.sort_values(
        list(order), key=lambda ids: ids.map(order[ids.name].index), ignore_index=True
    )
