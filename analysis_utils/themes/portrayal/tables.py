"""How actors are portrayed: what they are called, and who does what to whom.

Two classic questions of text analysis on one door.  :func:`label_table` lays out naming
(van Leeuwen 1996: nomination and categorisation), :func:`role_shares`,
:func:`verbs_by_role` and :func:`actor_pairs` lay out agency (Fowler et al. 1979; Trew 1979;
van Dijk 1988), :func:`hidden_agents` the acts whose agent is left out.  The triples come from
``agency``, the labels from ``naming``, and
:mod:`analysis_utils.themes.portrayal.validation` puts both beside hand codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes.portrayal import agency, naming
from analysis_utils.themes.portrayal import validation as hand_codes
from analysis_utils.words import acts, speech

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The two sides of an act.
ROLES = ("agent", "patient")


def told_sentences(corpus: Corpus) -> pd.DataFrame:
    """The sentences that count: headlines and bodies; a standfirst mostly repeats the body."""
    return corpus.sentences[corpus.sentences["part"] != "standfirst"]


def find_triples(corpus: Corpus) -> pd.DataFrame:
    """Who does what to whom; see :func:`analysis_utils.themes.portrayal.agency.find_triples`."""
    return agency.find_triples(*_tables(corpus))


def find_labels(corpus: Corpus) -> pd.DataFrame:
    """What actors and acts are called; see ``find_labels``."""
    return naming.find_labels(*_tables(corpus))


def _tables(corpus: Corpus) -> tuple:
    told = told_sentences(corpus)
    actors = corpus.study.actors
    return told, corpus.tokens, corpus.quotations, corpus.mentions, actors, corpus.quotes


def roles(triples: pd.DataFrame, saying: bool = False) -> pd.DataFrame:
    """Each actor's part in each act, once.

    "X and Y accuse Z" makes two triples, and Z is still acted upon once.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.
    saying
        Count verbs of saying (``saying`` in :data:`~analysis_utils.words.speech`) too.

    Returns
    -------
    ``sentence_id``, ``outlet``, ``role`` (``agent`` or ``patient``), ``actor``, ``verb``,
    ``verb_start``, ``verb_end``, ``object_head``, ``construction``, ``negated``, ``modality``,
    ``voice``, ``speaker``.
    """
    counted = triples if saying else triples[~triples["verb"].isin(speech.SAYING)]
    long = pd.concat([counted.assign(role=role, actor=counted[role]) for role in ROLES])
    long = long[long["actor"] != ""]
    key = ["sentence_id", "outlet", "role", "actor", "verb", "verb_start"]
    told = ["verb_end", "object_head", "construction", "negated", "modality", "voice", "speaker"]
    return long.sort_index(kind="stable").drop_duplicates(key)[[*key, *told]].reset_index(drop=True)


def role_shares(
    triples: pd.DataFrame,
    outlets: Iterable[str],
    actors: Iterable[str],
    saying: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """How much of the acting, and of the being acted upon, each outlet gives to whom.

    Parameters
    ----------
    triples
        As :func:`find_triples` gives them.
    outlets, actors
        Their ids, in the order wanted.
    saying
        Count verbs of saying too.
    seed
        Seed of the intervals.

    Returns
    -------
    One row an outlet, role and actor that has a role in any outlet: ``outlet``, ``role``,
    ``actor``, ``n`` (acts), ``n_all`` (acts with an actor of the study in that role, counted
    once an actor), ``share`` (``n / n_all``; NaN without any), ``low`` and ``high`` (95 %
    bootstrap interval over sentences; NaN with fewer than ``FEW`` of them), ``n_units``
    (sentences) and ``sentence_ids``.
    """
    long = roles(triples, saying)
    told = [actor for actor in actors if actor in set(long["actor"])]
    rows = []
    for outlet in outlets:
        for role in ROLES:
            group = long[(long["outlet"] == outlet) & (long["role"] == role)]
            rows.extend(_shares(group, told, {"outlet": outlet, "role": role}, seed))
    columns = ["outlet", "role", "actor", "n", "n_all", "share", "low", "high", "n_units"]
    return pd.DataFrame(rows, columns=[*columns, "sentence_ids"])


def _shares(group: pd.DataFrame, actors: list[str], place: dict, seed: int) -> list[dict]:
    """The shares of one outlet and role: whole sentences are drawn again for the intervals."""
    counts = pd.crosstab(group["sentence_id"], group["actor"]).reindex(columns=actors, fill_value=0)
    low = high = np.full(len(actors), np.nan)
    if len(counts) >= FEW:
        drawn = bootstrap_weights(np.zeros(len(counts)), seed=seed) @ counts.to_numpy()
        low, high = percentile_interval(drawn / drawn.sum(axis=1, keepdims=True))
    total = int(counts.to_numpy().sum())
    rows = []
    for number, actor in enumerate(actors):
        n = int(counts[actor].sum())
        ids = group.loc[group["actor"] == actor, "sentence_id"]
        rows.append(
            place
            | {
                "actor": actor,
                "n": n,
                "n_all": total,
                "share": n / total if total else np.nan,
                "low": low[number],
                "high": high[number],
                "n_units": len(counts),
                "sentence_ids": " ".join(dict.fromkeys(ids)),
            }
        )
    return rows


def verbs_by_role(triples: pd.DataFrame, saying: bool = False) -> pd.DataFrame:
    """The verbs that each actor is the agent or the patient of.

    Verbs are marked as :func:`worded` marks them.

    Returns
    -------
    One row an outlet, actor and role: ``outlet``, ``actor``, ``role``, ``n`` (acts),
    ``in_others_words`` (acts told in somebody's speech, quoted or reported), ``verbs`` (most
    often first, with their number if more than one) and ``sentence_ids``.
    """
    long = roles(triples, saying)
    long = long.assign(
        word=[worded(row) for row in long.itertuples()], others=long["voice"] != "own"
    )
    table = long.groupby(["outlet", "actor", "role"], sort=False).agg(
        n=("verb", "size"),
        in_others_words=("others", "sum"),
        verbs=("word", _counted_words),
        sentence_ids=("sentence_id", lambda ids: " ".join(dict.fromkeys(ids))),
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


def _counted_words(words: pd.Series) -> str:
    counts = words.value_counts(sort=False)
    ordered = counts.sort_values(ascending=False, kind="stable")
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in ordered.items())


def actor_pairs(triples: pd.DataFrame) -> pd.DataFrame:
    """Who acts upon whom: the acts whose patient is an actor of the study.

    Returns
    -------
    One row an outlet, agent and patient, most acts first: ``outlet``, ``agent`` (id of an
    actor, ``other`` for anybody else, ``left out`` where a passive names nobody),
    ``patient``, ``n`` (acts), ``verbs`` (marked as by :func:`worded`) and ``sentence_ids``.
    """
    touching = triples[triples["patient"] != ""]
    hidden = touching["construction"] == "agentless passive"
    agents = np.select([touching["agent"] != "", hidden], [touching["agent"], "left out"], "other")
    touching = touching.assign(
        agent=agents, word=[worded(triple) for triple in touching.itertuples()]
    )
    pairs = touching.groupby(["outlet", "agent", "patient"], sort=False).agg(
        n=("verb", "size"),
        verbs=("word", _counted_words),
        sentence_ids=("sentence_id", lambda ids: " ".join(dict.fromkeys(ids))),
    )
    return pairs.sort_values("n", ascending=False, kind="stable").reset_index()


def hidden_agents(triples: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Agentless passives with their sentences: acts that nobody is said to have done.

    Returns
    -------
    ``outlet``, ``verb``, ``patient`` (id of an actor, or empty), ``object`` (words),
    ``modality``, ``voice``, ``sentence_id`` and ``text``.
    """
    hidden = triples[triples["construction"] == "agentless passive"]
    told = hidden.merge(sentences[["sentence_id", "text"]], on="sentence_id")
    columns = ["outlet", "verb", "patient", "object", "modality", "voice", "sentence_id", "text"]
    return told[columns]


def label_table(labels: pd.DataFrame, of: str = "actor", names: bool = False) -> pd.DataFrame:
    """What each actor, or its acts, are called, by outlet and voice.

    Parameters
    ----------
    labels
        As :func:`find_labels` gives them.
    of
        ``actor`` or ``act``.
    names
        Show plain names too.

    Returns
    -------
    One row an actor, outlet, label and voice: ``actor``, ``outlet``, ``label`` (spelling of
    its first use, articles before it left out), ``relation``, ``voice``, ``speaker``,
    ``n`` and ``sentence_ids``.
    """
    chosen = labels[labels["of"] == of]
    chosen = chosen if names else chosen[chosen["relation"] != "name"]
    bare = chosen["text"].astype("str").str.replace(r"^(?:the|a|an)\s+", "", case=False, regex=True)
    chosen = chosen.assign(label=bare, folded=bare.str.lower().str.replace("’", "'"))
    key = ["actor", "outlet", "folded", "relation", "voice", "speaker"]
    table = chosen.groupby(key, sort=False).agg(
        label=("label", "first"),
        n=("label", "size"),
        sentence_ids=("sentence_id", lambda ids: " ".join(dict.fromkeys(ids))),
    )
    columns = ["actor", "outlet", "label", "relation", "voice", "speaker", "n", "sentence_ids"]
    return table.reset_index()[columns]


def relation_counts(labels: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """How often each outlet uses each kind of naming; see :func:`count_kinds`."""
    return count_kinds(labels, "relation", naming.RELATIONS, outlets)


def count_kinds(
    table: pd.DataFrame, column: str, kinds: Mapping[str, str], outlets: Mapping[str, str]
) -> pd.DataFrame:
    """How often each outlet has each kind of a column of triples or labels.

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
    keys = pd.DataFrame(
        {column: table[column].map(ids.index) for column, ids in order.items()}, index=table.index
    )
    return table.loc[keys.sort_values(list(order), kind="stable").index].reset_index(drop=True)


def validate(corpus: Corpus) -> pd.DataFrame:
    """How far triples and labels agree with the hand codes.

    Returns
    -------
    One row a measure: ``measure``, ``against``, ``score``, ``value`` (0 to 1), ``n``,
    ``unit``, ``baseline``, ``baseline_value`` and ``known_errors``.  Empty without hand codes.
    """
    rows = [*_triple_rows(corpus), *_label_rows(corpus)]
    return pd.DataFrame(rows, columns=list(VALIDATION_COLUMNS))


def _triple_rows(corpus: Corpus) -> list[dict]:
    codes = corpus.study.codes("triples")
    if codes is None:
        return []
    nearest = hand_codes.nearest_actors(told_sentences(corpus), corpus.tokens, corpus.mentions)
    methods = {"parse": find_triples(corpus), "nearest": nearest}
    parse, trivial = hand_codes.score_triples(methods, codes).to_dict("records")
    shared = {
        "measure": "who does what to whom: agent, verb and patient all right",
        "against": "hand codes",
        "unit": "triples",
        "baseline": "the nearest actor before the verb acts on the nearest after it",
        "known_errors": "The word lists were written with these articles in view, so new texts"
        " will do worse; wrong parses of coordination and of long names give wrong agents.",
    }
    return [
        shared
        | {"score": score, "value": parse[score], "n": parse[n], "baseline_value": trivial[score]}
        for score, n in (("precision", "found"), ("recall", "coded"))
    ]


def _label_rows(corpus: Corpus) -> list[dict]:
    codes = corpus.study.codes("labels")
    if codes is None:
        return []
    of_study = corpus.tokens, corpus.study.actors
    found = hand_codes.match_labels(find_labels(corpus), codes, *of_study)
    bare = hand_codes.mention_labels(corpus.mentions)
    trivial = hand_codes.match_labels(bare, codes, *of_study)
    return [
        {
            "measure": "labels of actors and of their acts",
            "against": "hand codes",
            "score": "recall",
            "value": found["found"].mean(),
            "n": len(codes),
            "unit": "labels",
            "baseline": "the words of each mention, and nothing else",
            "baseline_value": trivial["found"].mean(),
            "known_errors": "A label counts as found if half of its content words are; metaphor"
            " and irony are not looked for.",
        }
    ]
