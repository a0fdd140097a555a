"""The profile in plain words: paragraphs composed from its numbers, hedged as the evidence is.

Every sentence says what stands in the articles as the rules of the themes read them.  What
outlets tell as a plan, and what they let others say, is never put as done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils import portrayal, show
from analysis_utils.profile import tables

if TYPE_CHECKING:
    from analysis_utils.corpus import Corpus
    from analysis_utils.profile.tables import Themes

#: How many actors the paragraphs tell of, and how many words, sentences and details they name.
MOST_ACTORS = 3
MOST_WORDS = 6
MOST_SENTENCES = 2
MOST_DETAILS = 4

#: A gap between two outlets that is smaller than this share is not told.
SMALL_GAP = 0.1

#: Ways of being heard, as they stand after a number of words.
HEARD = {
    "in quotation marks": "some or all of them in quotation marks",
    "in reported speech": "all of them in reported speech",
}

#: Labels that say something of an actor rather than call it something.
_NO_NAMES = ("source", "sign", "charge", "example")


def summary(measured: pd.DataFrame, corpus: Corpus) -> str:
    """Where the outlets differ most, in one paragraph; gaps below ``SMALL_GAP`` are left out.

    Parameters
    ----------
    measured
        As :func:`~analysis_utils.profile.measures` gives them.
    corpus
        Decides the names.
    """
    names = _names(corpus)
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
    if gaps.empty or not gaps.max() >= SMALL_GAP:
        return ""
    actor = gaps.idxmax()
    told = rows[rows["item"] == actor].set_index("outlet")
    counts = [
        f"{told.loc[outlet, 'n']:,} of {told.loc[outlet, 'of']:,} in {name}"
        for outlet, name in outlets.items()
        if outlet in told.index
    ]
    return f"{whole}, {names[actor]} is given {show.listed(counts)}."


def paragraphs(themes: Themes, corpus: Corpus) -> str:
    """The profile of each outlet in plain words: some paragraphs an outlet, with a blank line."""
    names = _names(corpus)
    parts = []
    for outlet, outlet_name in corpus.outlets.items():
        parts += [
            _voices(themes, outlet, outlet_name, names),
            *_actors(themes, outlet, outlet_name, names),
            _alone(themes, outlet, outlet_name),
            _frames(themes, outlet, outlet_name),
        ]
    return "\n\n".join(filter(None, parts))


def _names(corpus: Corpus) -> dict[str, str]:
    """Names of the actors as they stand in a sentence: "the European Parliament", "Russia"."""
    named = corpus.mentions[corpus.mentions["kind"] == "name"]
    begins = named["text"].str.lower().str.startswith("the ")
    with_article = begins.groupby(named["actor"]).mean()
    return {
        actor: f"the {name}" if with_article.get(actor, 0) >= 0.5 else name
        for actor, name in corpus.names["actor"].items()
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _voices(themes: Themes, outlet: str, outlet_name: str, names: Mapping[str, str]) -> str:
    """How much the outlet says itself, whom it lets speak most, and who never does."""
    shares = themes.speaker_shares[themes.speaker_shares["outlet"] == outlet]
    total = int(shares["words"].sum())
    if not total:
        return f"{outlet_name} has no sentence to count."
    own = shares.loc[shares["role"] == "own", "share"].sum()
    said = f"{outlet_name} says {own:.0%} of its {show.counted(total, 'word')} in its own voice."
    heard = shares[shares["role"].isin(["actor", "other"]) & (shares["words"] > 0)]
    for first in heard.head(1).itertuples():
        said += (
            f" Of those who are named, it gives most words to"
            f" {names.get(first.speaker, first.source)}: {first.words:,}, which is"
            f" {first.share:.0%} of all, {first.quoted:,} of them in quotation marks."
        )
    silent = [names[actor] for actor in tables.never_heard(themes.heard, outlet)]
    if silent:
        said += f" It mentions {show.listed(silent)}, of whom no words were found."
    return said


def _actors(
    themes: Themes, outlet: str, outlet_name: str, names: Mapping[str, str]
) -> Iterator[str]:
    """A paragraph for each of the actors that the outlets mention most."""
    mentions = themes.heard.groupby("actor", sort=False)["mentions"].sum()
    most = mentions.sort_values(ascending=False, kind="stable").index[:MOST_ACTORS]
    here = themes.heard[(themes.heard["outlet"] == outlet) & (themes.heard["mentions"] > 0)]
    for actor in (each for each in most if each in set(here["actor"])):
        row = next(here[here["actor"] == actor].itertuples())
        sentences = [
            f"{outlet_name} mentions {names[actor]} {_times(row.mentions)}.",
            _named(themes.labels, outlet, actor, names),
            _acts(themes.triples, outlet, actor, names[actor]),
            _heard(row, names[actor]),
        ]
        yield " ".join(filter(None, sentences))


def _named(labels: pd.DataFrame, outlet: str, actor: str, names: Mapping[str, str]) -> str:
    """What the outlet calls the actor, and what words it gives to others call it."""
    here = labels[(labels["outlet"] == outlet) & (labels["actor"] == actor)]
    here = here[~here["relation"].isin(_NO_NAMES)]
    own = _quoted(tables.label_words(here[here["voice"] == "own"]))
    said = [f"In its own voice: {own}." if own else ""]
    for speaker, rows in here[here["voice"] != "own"].groupby("speaker", sort=False):
        who = names.get(speaker, "another source")
        said.append(f"In words given to {who}: {_quoted(tables.label_words(rows))}.")
    return " ".join(filter(None, said))


def _acts(triples: pd.DataFrame, outlet: str, actor: str, name: str) -> str:
    """What the actor does and undergoes, what is told as done apart from all else."""
    long = portrayal.roles(triples)
    here = long[(long["outlet"] == outlet) & (long["actor"] == actor)]
    said = []
    for role, phrase in (("agent", "acts"), ("patient", "is acted upon")):
        rows = here[here["role"] == role]
        if rows.empty:
            continue
        done = (rows["voice"] == "own") & (rows["modality"] == "asserted") & ~rows["negated"]
        parts = {
            "told as done, by the outlet itself": rows[done],
            "not told as done, or in others' words": rows[~done],
        }
        told = [f"{how}: {_verbs(part)}" for how, part in parts.items() if len(part)]
        said.append(f"{_capital(name)} {phrase} {_times(len(rows))} ({'; '.join(told)}).")
    return " ".join(said)


def _verbs(rows: pd.DataFrame) -> str:
    plain = rows.assign(modality="asserted", voice="own")
    return _quoted(portrayal.worded(row) for row in plain.itertuples())


def _quoted(words: Iterable[str]) -> str:
    words = list(dict.fromkeys(words))
    more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
    return ", ".join(f"“{word}”" for word in words[:MOST_WORDS]) + more


def _heard(row, name: str) -> str:
    if not row.words:
        return ""
    words = show.counted(row.words, "word")
    return f"{_capital(name)} is given {words}, {HEARD.get(row.heard, row.heard)}."


def _alone(themes: Themes, outlet: str, outlet_name: str) -> str:
    """What only this outlet tells: whole sentences, and details of sentences that others tell."""
    body = themes.told[(themes.told["outlet"] == outlet) & (themes.told["part"] == "body")]
    alone = body[body["told"] == "one"]
    details = themes.details[themes.details["outlet"] == outlet]
    if body.empty:
        return ""
    count = show.counted(len(body), "sentence")
    said = f"Of {outlet_name}'s {count}, {len(alone)} come near nothing that another outlet tells"
    said += f", among them {_examples(alone, MOST_SENTENCES)}." if len(alone) else "."
    if len(details):
        phrases = show.counted(len(details), "phrase has", "phrases have")
        said += (
            f" In its other sentences, {phrases} words that no other outlet uses there or"
            f" elsewhere: {_examples(details, MOST_DETAILS)}"
        )
        said += "." if len(details) <= MOST_DETAILS else ", and more."
    return said


def _examples(rows: pd.DataFrame, most: int) -> str:
    first = rows.head(most)
    texts = first["text"].str.strip('“”"')
    return show.listed(
        [f"“{text}” ({place})" for text, place in zip(texts, first["sentence_id"], strict=True)]
    )


def _frames(themes: Themes, outlet: str, outlet_name: str) -> str:
    """The frames whose terms stand in most sentences, as counts of terms and no more."""
    top = tables.top_frames(themes, outlet)
    if top.empty:
        return ""
    said = [
        f"{themes.frame_names[frame]} ({count} of {n})"
        for frame, count, n in zip(top["frame"], top["count"], top["n"], strict=True)
    ]
    return (
        f"The frames whose terms stand in most sentences of {outlet_name} are {show.listed(said)};"
        " a term in a sentence does not make a frame."
    )


def headline(measured: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]) -> str:
    """The title of the figure: whose share of the words differs most between two outlets."""
    words = measured[measured["measure"] == "words"]
    if words.empty:
        return "No actor of the study is mentioned"
    wide = words.pivot(index="item", columns="outlet", values="share").reindex(columns=outlets)
    wide = wide.fillna(0.0)
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
        f"{name} {show.counted(int(told.get(outlet, 0)), 'sentence')}"
        + (f", {show.counted(int(body[outlet]), 'word')}" if outlet in body else "")
        for outlet, name in outlets.items()
    ]
    of = "; ".join(f"{title.lower()}, {whole}" for title, whole in tables.MEASURES.values())
    return (
        f"Profile of the telling ({'; '.join(sizes)}). Shares: {of}. Verbs of saying are not"
        " counted as acting. Lines are nominal 95% bootstrap intervals over sentences (over"
        " articles for words, where an outlet has enough of them); from so few they are too"
        " narrow, and where a single article stands for an outlet they say nothing of its others."
    )


def alt(title: str) -> str:
    """The figure in words, for readers who cannot see it."""
    return (
        "Dots by outlet: each actor's share of mentions, words, acts and being acted upon, each"
        f" frame's share of sentences, and by how many outlets sentences are told. {title}."
        " All numbers are in the CSV file."
    )
