"""How actors are portrayed: what they are called, what they are charged with, who does what.

Naming is told on the page: who is named and who only classed, by office, by origin or by merit, is
a choice (van Leeuwen 1996: nomination and categorisation).  The triples of who does what to whom
are a file, as too many of them are wrong on texts that nobody tuned on.  The triples come from
``agency``, the labels from ``naming``; what each column is stands in ``schemas``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.schemas import Table
from analysis_utils.themes.portrayal import agency, naming
from analysis_utils.themes.portrayal.blame import Charges, charges
from analysis_utils.themes.portrayal.called import Called, own_choice, telling_labels
from analysis_utils.themes.portrayal.schemas import Labels, Triples

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The evidence shows at most so many actors, and at most so many sentences of all outlets.
MOST_ACTORS, MOST_SENTENCES = 5, 10


class Evidence(Table):
    """One row an actor and outlet: the sentence with its most telling label."""

    matter: Series[str] = pa.Field(description="name of the actor")
    head: Series[str] = pa.Field(description="the same, to stand above the sentences")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    sentence_id: Series[str] = pa.Field(description="sentence that tells it")
    text: Series[str] = pa.Field(description="the sentence")
    note: Series[str] = pa.Field(description="the label")


#: The theme's tables by name.
SCHEMAS = {
    "called": Called,
    "charges": Charges,
    "evidence": Evidence,
    "labels": Labels,
    "triples": Triples,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    triples, labels = find_triples(corpus), find_labels(corpus)
    called = telling_labels(labels, corpus)
    return {
        "called": called,
        "charges": charges(labels, triples, corpus),
        "evidence": telling_sentences(called, corpus),
        "labels": labels,
        "triples": triples,
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


def by_mentions(called: pd.DataFrame, corpus: Corpus) -> list[str]:
    """Ids of the actors that are called something, the most mentioned first."""
    counts = corpus.mentions["actor"].value_counts()
    named = list(dict.fromkeys(called["actor"]))
    return sorted(named, key=lambda actor: -counts.get(actor, 0))


def telling_sentences(called: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The sentences with the longest label of each of the most mentioned actors, by outlet.

    Parameters
    ----------
    called
        As :func:`~analysis_utils.themes.portrayal.called.telling_labels` gives it.
    corpus
        The corpus that it was made from.

    Returns
    -------
    See :class:`Evidence`: actors that two outlets call by different labels come first.
    """
    ranked = called.assign(own=own_choice(called), length=called["label"].str.len())
    ranked = ranked.assign(sentence_id=called["sentence_ids"].str.split().str[0])
    ranked = ranked.sort_values(["own", "length"], ascending=False, kind="stable")
    longest = ranked.drop_duplicates(["actor", "outlet"])
    order = by_mentions(called, corpus)
    different = longest.groupby("actor")["label"].agg(lambda labels: labels.str.lower().nunique())
    order.sort(key=lambda actor: different[actor] < 2)  # is stable
    shown = longest[longest["actor"].isin(order[:MOST_ACTORS])]
    outlets = list(corpus.outlets)
    shown = shown.assign(
        place=shown["actor"].map(order.index), then=shown["outlet"].map(outlets.index)
    ).sort_values(["place", "then"])
    shown = shown.drop_duplicates("sentence_id")  # none is printed twice
    texts = corpus.sentences.set_index("sentence_id")["text"]
    names = shown["actor"].map(corpus.names["actor"])
    rows = shown.assign(
        matter=names,
        head=names,
        text=shown["sentence_id"].map(texts),
        note="“" + shown["label"] + "”",
    )
    return rows[Evidence.columns()].head(MOST_SENTENCES).reset_index(drop=True)
