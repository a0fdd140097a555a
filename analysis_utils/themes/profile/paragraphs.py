"""The profile in plain words: paragraphs composed from its numbers, hedged as the evidence is.

Every sentence says what stands in the articles as the rules of the themes read them.  What
outlets tell as a plan, and what they let others say, is never put as done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes.profile.cells import (
    coded_frames_of,
    label_words,
    never_heard,
    top_frames,
)
from analysis_utils.words import acts

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.profile.themes import Themes

#: How many actors the paragraphs tell of, and how many words, sentences and details they name.
MOST_ACTORS = 3
MOST_WORDS = 6
MOST_SENTENCES = 5

#: Labels that say something of an actor rather than call it something.
_SAID_OF = ("source", "sign", "charge", "example")


def paragraphs(themes: Themes, corpus: Corpus) -> str:
    """The profile in plain words: each actor in each outlet, then each outlet by itself.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    corpus
        Decides the names, and gives the words as written.
    """
    names = names_in_sentences(corpus)
    parts = [_actor(themes, corpus, actor, names) for actor in _most_mentioned(themes.heard)]
    for outlet, outlet_name in corpus.outlets.items():
        parts += [
            _voices(themes, corpus, outlet, names),
            _alone(themes, outlet, outlet_name),
            _frames(themes, outlet, outlet_name),
        ]
    parts.append(_conflicts(themes.conflicts))
    return "\n\n".join(filter(None, parts))


def names_in_sentences(corpus: Corpus) -> dict[str, str]:
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


def _most_mentioned(heard: pd.DataFrame) -> list[str]:
    mentions = heard.groupby("actor", sort=False)["mentions"].sum()
    mentions = mentions[mentions > 0].sort_values(ascending=False, kind="stable")
    return mentions.index[:MOST_ACTORS].tolist()


def _actor(themes: Themes, corpus: Corpus, actor: str, names: Mapping[str, str]) -> str:
    """One actor in each outlet: how often, under what names, in which acts, with which words."""
    heard = themes.heard[themes.heard["actor"] == actor].set_index("outlet")
    counts = [
        f"{name} {_times(int(heard['mentions'].get(outlet, 0)))}"
        for outlet, name in corpus.outlets.items()
    ]
    said = [f"{_capital(names[actor])} is mentioned by {listed(counts)}, headlines left out."]
    for outlet, outlet_name in corpus.outlets.items():
        if heard["mentions"].get(outlet, 0):
            told = [
                *_named(themes.labels, outlet, actor, names),
                *_acts_called(themes.act_labels, outlet, actor, names),
                *_acts(themes.roles, corpus, outlet, actor, names),
                _given(heard.loc[outlet], themes.speaker_shares, outlet, actor),
            ]
            said.append(f"{_capital(names[actor])} in {outlet_name}: {'; '.join(told)}.")
    return "\n\n".join(said)


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _named(
    labels: pd.DataFrame, outlet: str, actor: str, names: Mapping[str, str]
) -> Iterator[str]:
    """What the actor is called, and what is said of it, each in whose words."""
    here = _labels(labels, outlet, actor)
    called = here[~here["relation"].isin(_SAID_OF)]
    for (own, speaker), rows in called.groupby(["own", "speaker"], sort=False):
        yield f"{_whose(own, speaker, names)} call it {_with_ids(rows)}"
    charged = here[here["relation"].isin(_SAID_OF)]
    for (own, speaker), rows in charged.groupby(["own", "speaker"], sort=False):
        yield f"{_whose(own, speaker, names)} speak of {_with_ids(rows)}"


def _acts_called(
    labels: pd.DataFrame, outlet: str, actor: str, names: Mapping[str, str]
) -> Iterator[str]:
    """What the actor's acts are called, each in whose words."""
    here = _labels(labels, outlet, actor)
    for (own, speaker), rows in here.groupby(["own", "speaker"], sort=False):
        yield f"{_whose(own, speaker, names)} call its acts {_with_ids(rows)}"


def _labels(labels: pd.DataFrame, outlet: str, actor: str) -> pd.DataFrame:
    here = labels[(labels["outlet"] == outlet) & (labels["actor"] == actor)]
    return here.assign(own=here["voice"] == "own")


def _whose(own: bool, speaker: str, names: Mapping[str, str]) -> str:
    """Whose words they are: the outlet's own, or those that it gives to somebody."""
    if own:
        return "the outlet's own words"
    return f"words given to {names.get(speaker, 'sources that are no actors here')}"


def _with_ids(rows: pd.DataFrame) -> str:
    words = label_words(rows)
    return _listed(
        [f"“{word}” ({ids})" for word, ids in zip(words, rows["sentence_ids"], strict=True)]
    )


def _acts(
    roles: pd.DataFrame, corpus: Corpus, outlet: str, actor: str, names: Mapping[str, str]
) -> Iterator[str]:
    """What the actor does and undergoes, in the words of the text: what the outlet tells as
    done, what it tells otherwise, and what words given to others tell."""
    here = roles[(roles["outlet"] == outlet) & (roles["actor"] == actor)]
    here = here.assign(wording=_as_written(here, corpus.sentences))
    for role, phrase in (("agent", "it acts"), ("patient", "it is acted upon")):
        rows = here[here["role"] == role]
        if rows.empty:
            continue
        own = rows["voice"] == "own"
        done = own & (rows["modality"] == "asserted") & ~rows["negated"]
        parts = {
            "told as done by the outlet itself": rows[done],
            "told by it as planned, asked for, apparent, alleged or not done": rows[own & ~done],
        } | {
            _whose(False, speaker, names): part
            for speaker, part in rows[~own].groupby("speaker", sort=False)
        }
        told = [f"{how}: {_listed(part['wording'])}" for how, part in parts.items() if len(part)]
        yield f"{phrase} {_times(len(rows))} ({'; '.join(told)})"


def _as_written(rows: pd.DataFrame, sentences: pd.DataFrame) -> list[str]:
    """The verbs as they stand in the text, with their sentence: “halts” (tass:headline)."""
    texts = sentences.set_index("sentence_id")["text"]
    words = []
    for row in rows.itertuples():
        word = texts[row.sentence_id][row.verb_start : row.verb_end].lower()
        light = row.verb in acts.LIGHT and row.object_head
        phrase = f"{word} … {row.object_head}" if light else word
        words.append(f"{'not ' if row.negated else ''}“{phrase}” ({row.sentence_id})")
    return words


def _listed(words: Iterable[str]) -> str:
    words = list(dict.fromkeys(words))
    more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
    return ", ".join(words[:MOST_WORDS]) + more


def _given(row, shares: pd.DataFrame, outlet: str, actor: str) -> str:
    """How many words the actor is given, and how many of them are quoted."""
    if not row["words"]:
        return _not_given(row)
    here = shares[(shares["outlet"] == outlet) & (shares["speaker"] == actor)]
    quoted = int(here["quoted"].sum())
    how = "none" if not quoted else "all" if quoted == row["words"] else f"{quoted:,}"
    return f"it is given {counted(int(row['words']), 'word')}, {how} of them in quotation marks"


def _not_given(row) -> str:
    """How an actor without words of its own may still be heard."""
    if row["shared"]:
        return "it is given words only together with others"
    if row["relayed"]:
        return "it is given words only inside somebody else's"
    return "no words are given to it"


def _voices(themes: Themes, corpus: Corpus, outlet: str, names: Mapping[str, str]) -> str:
    """How much the outlet says itself, whom it lets speak most, and who never does."""
    outlet_name = corpus.outlets[outlet]
    shares = themes.speaker_shares[themes.speaker_shares["outlet"] == outlet]
    total = int(shares["words"].sum())
    if not total:
        return f"{outlet_name} has no sentence to count."
    own = shares.loc[shares["role"] == "own", "share"].sum()
    said = f"{outlet_name} says {own:.0%} of its {counted(total, 'word')} in its own voice."
    heard = shares[shares["role"].isin(["actor", "other"]) & (shares["words"] > 0)]
    for first in heard.head(1).itertuples():
        said += (
            f" Of those who are named, it gives most words to"
            f" {names.get(first.speaker, first.source)}: {first.words:,}, which is"
            f" {first.share:.0%} of all."
        )
    silent = [names[actor] for actor in never_heard(themes.heard, outlet)]
    if silent:
        said += f" It mentions {listed(silent)} without any words of their own."
    return said + _unsourced(themes.summaries, corpus, outlet)


def _unsourced(summaries: pd.DataFrame, corpus: Corpus, outlet: str) -> str:
    """Standfirsts that repeat somebody's words and drop who said them."""
    told = ""
    here = summaries[(summaries["outlet"] == outlet) & (summaries["kind"] == "standfirst")]
    for row in here.itertuples():
        quotes = corpus.quotes[corpus.quotes["sentence_id"] == row.sentence_id]
        for source in dict.fromkeys(quotes.loc[quotes["source"] != "", "source"]):
            if re.search(rf"\b{re.escape(source)}\b", row.dropped):
                told += (
                    f" Its standfirst repeats {row.sentence_id} and drops “{row.dropped}”: what"
                    f" {source} is made to say there stands in the standfirst as the outlet's own."
                )
    return told


def _alone(themes: Themes, outlet: str, outlet_name: str) -> str:
    """What only this outlet tells: whole sentences, and details of sentences that others tell."""
    body = themes.told[(themes.told["outlet"] == outlet) & (themes.told["part"] == "body")]
    alone = body[body["told"] == "one"]
    details = themes.details[themes.details["outlet"] == outlet]
    if body.empty:
        return ""
    count = counted(len(body), "sentence")
    said = f"Of {outlet_name}'s {count}, {len(alone)} come near nothing that another outlet tells"
    said += f": {_examples(alone)}." if len(alone) else "."
    if len(details):
        phrases = counted(len(details), "phrase has", "phrases have")
        said += (
            f" In its other sentences, {phrases} words that no other outlet uses:"
            f" {_examples(details, 'only here: ' + details['lonely'])}."
        )
    return said


def _examples(rows: pd.DataFrame, remarks: pd.Series | None = None) -> str:
    """The first rows as quotations with their sentences; it says if there are more."""
    places = rows["sentence_id"] if remarks is None else rows["sentence_id"] + "; " + remarks
    texts = rows["text"].str.strip('“”"')
    shown = [f"“{text}” ({place})" for text, place in zip(texts, places, strict=True)]
    more = len(shown) - MOST_SENTENCES
    return listed([*shown[:MOST_SENTENCES], f"{more} more"] if more > 0 else shown)


def _frames(themes: Themes, outlet: str, outlet_name: str) -> str:
    """The frames in most sentences: by the coders if there are any, else by the terms."""
    top = top_frames(themes, outlet)
    if not top:
        return ""
    coded = coded_frames_of(themes, outlet)
    if coded.empty:
        sentences = themes.frame_shares.loc[themes.frame_shares["outlet"] == outlet, "n"].max()
        return (
            f"By their terms, the most frequent frames in the"
            f" {counted(int(sentences), 'sentence')} of {outlet_name} are {listed(top)};"
            " a term in a sentence does not make a frame."
        )
    return (
        "By the coders of the frames, a number each, the most frequent frames in the"
        f" {coded['n'].iloc[0]} sentences of {outlet_name} that they coded are {listed(top)}."
    )


def _conflicts(conflicts: pd.DataFrame) -> str:
    """Dates and numbers that differ in sentences that may tell the same."""
    told = [
        f"“{row.words}” ({row.sentence_id}), which is {row.means}, against “{row.other_words}”"
        f" ({row.other_id}), which is {row.other_means}"
        for row in conflicts.head(MOST_SENTENCES).itertuples()
    ]
    return f"Where sentences that may tell the same differ: {'; '.join(told)}." if told else ""
