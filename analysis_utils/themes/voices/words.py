"""What the tables of voices say, as prose whose numbers are computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.language import count_words
from analysis_utils.output.actor_names import in_prose, starting
from analysis_utils.output.english import counted, listed, percent
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.voices.camps import NAME
from analysis_utils.themes.voices.heard import dead
from analysis_utils.words import titles, used_by

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Words of a finding at most.
LONGEST = 30

#: More outlets than this are not told one by one.
MOST_TOLD = 3

#: From this difference of shares on it is told who has more of an outlet's words.
DIFFERENCE = 0.08

#: Somebody whom one outlet alone lets speak is told of from this share of its words on.
ALONE = 0.06

#: Words that make somebody heard beyond a passing mention.
HEARD = 8

#: An actor matters to an article that mentions it so often, or in its lead.
OFTEN = 3

#: So many sentences in which it does something tell an actor from a place or a thing.
_ACTING = 3


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Who has how much of each outlet's words, and who is talked about without being heard."""
    found = sorted(findings(tables, corpus), key=lambda one: -one.weight)
    told = [one.sentence for one in found[:3]]
    if not told:
        told = ["No speaker has a clearly larger share of one outlet's words than of another's."]
    return " ".join([_own_voice(tables.shares, corpus.outlets), *told])


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """Who speaks most in each outlet, whom one alone lets speak, and who is never heard."""
    with used_by(corpus.study.folder):
        names = in_prose(corpus)
        return [
            *_joined(
                list(_shares_that_differ(tables, corpus, names)),
                list(_never_heard(tables, corpus, names)),
            ),
            *_own_voices_that_differ(tables, corpus),
            *_heard_in_one(tables, corpus),
            *_heard_nowhere(tables, corpus, names),
        ]


def _joined(shares: list[Finding], silent: list[Finding]) -> list[Finding]:
    """Who has most words and who is never heard: the strongest of each in one sentence."""
    silent = sorted(silent, key=lambda one: -one.weight)
    if not shares or not silent:
        return [*shares, *silent]
    (most, *others), (never, *more) = shares, silent
    told = never.sentence.partition(", despite")[0].rstrip(".")
    told = told if not told.startswith("The ") else f"the {told[4:]}"
    sentence = f"{most.sentence.rstrip('.')}; {told}."
    if count_words(sentence) > LONGEST:
        return [*shares, *silent]
    evidence = tuple(dict.fromkeys([*most.evidence[:2], *never.evidence[:1], *most.evidence[2:]]))
    return [_finding(max(most.weight, never.weight), sentence, evidence), *others, *more]


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How voices were counted, as a paragraph for a methods section."""
    words, listed_ = tables.shares["words"].sum(), tables.listed
    body = listed_[listed_["part"] == "body"]
    kinds = body["kind"].value_counts()
    marked = int(kinds.drop("reported", errors="ignore").sum())
    open_ = body.loc[body["role"] == "unnamed", "n_words"].sum()
    return (
        "Whom news lets speak is a choice [@sigal1973]: whose words the articles give was counted"
        f" in {words:,} words of their bodies."
        f" {counted(len(body), 'quote')} were found, {marked} of them in quotation marks, by a"
        " model of who says what [@newell2018; @pareti2013] and by rules for quotation marks."
        " A quote told inside another counted for the one who tells it, and one of several sources"
        " for the first. A person whom the articles introduce as speaking for an organisation, such"
        " as its chief executive, counted with it; a pronoun or a title as a source"
        " was traced to the nearest person who fits."
        f" {counted(int(open_), 'word') if open_ else 'No word'} remained without a source that is"
        " named. Intervals are"
        " Wilson's, for the number of words that would vary as much if each stood alone"
        " [@wilson1927; @korn1998]."
    )


def headline(shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]) -> str:
    """Who has most of each outlet's words, as a title.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.voices.tables.speaker_shares` gives them.
    outlets, actors
        Names by id.
    """
    told = shares[shares["role"].isin(["actor", "other"]) & (shares["words"] > 0)]
    if told.empty:
        return "All words are the outlets' own"
    first = told.loc[told.groupby("outlet", sort=False)["share"].idxmax()]
    first = first.assign(who=first["speaker"].map(actors).fillna(first["source"]))
    where = first.groupby("who", sort=False)["outlet"].agg(list)
    leader = where.map(len).idxmax()
    if len(where) == 1 and len(outlets) <= MOST_TOLD:
        shares = [f"{percent(row.share)} in {outlets[row.outlet]}" for row in first.itertuples()]
        return f"After the outlet itself, {leader} has most words: {listed(shares)}"
    if len(outlets) <= MOST_TOLD:
        parts = [
            f"{row.who} in {outlets[row.outlet]} ({percent(row.share)})"
            for row in first.itertuples()
        ]
        return f"After the outlet itself, most words are those of {listed(parts)}"
    return (
        f"After the outlet itself, {leader} has most words in {len(where[leader])} of"
        f" {len(outlets)} outlets"
    )


def caption(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The caption of ``figures.shares``."""
    shares = tables.shares
    total = shares.groupby("outlet")["words"].sum()
    known = shares["low"].notna().any()
    lines = f" Lines are 95 % intervals over {shares['unit'].iloc[0]}." if known else ""
    with_them = _spokespeople(tables.listed, corpus)
    return (
        f"Share of the words of the body by speaker, headlines left out; n = {total.sum():,} words."
        f"{with_them} What brings in a quote, such as “the company said”, is the outlet's own."
        f"{lines}"
    )


def _spokespeople(told: pd.DataFrame, corpus: Corpus) -> str:
    """Who counts with whom, in one sentence."""
    rows = told[(told["speaks_for"] != "") & (told["speaker"] != told["speaks_for"])]
    names = corpus.names["actor"]
    pairs = {
        (names.get(row.speaker, row.source), names[row.speaks_for])
        for row in rows.itertuples()
        if row.speaker or re.fullmatch(NAME, row.source)
    }
    if not pairs:
        return ""
    told = [f"{who} counts with {whom}" for who, whom in sorted(pairs)[:MOST_TOLD]]
    more = [f"{len(pairs) - MOST_TOLD} more with theirs"] if len(pairs) > MOST_TOLD else []
    return f" {listed([*told, *more])}."


def _own_voice(shares: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much the outlets tell themselves."""
    own = shares[shares["role"] == "own"].set_index("outlet")["share"]
    if len(outlets) <= MOST_TOLD:
        first, *rest = outlets.items()
        parts = [f"{first[1]} tells {percent(own[first[0]])} of its words in its own voice"]
        return f"{listed([*parts, *(f'{name} {percent(own[key])}' for key, name in rest)])}."
    least, most = own.idxmin(), own.idxmax()
    return (
        f"The outlets tell {percent(own[least])} ({outlets[least]}) to {percent(own[most])}"
        f" ({outlets[most]}) of their words in their own voice."
    )


def _shares_that_differ(
    tables: SimpleNamespace, corpus: Corpus, names: Mapping[str, str]
) -> Iterator[Finding]:
    """The speaker whose share differs most between two outlets, and the next one."""
    shares = tables.shares
    unclear = shares[shares["role"] == "unnamed"].groupby("outlet")["share"].sum()
    by_actor = shares[shares["role"] == "actor"].pivot_table(
        index="speaker", columns="outlet", values="share"
    )
    by_actor = by_actor.reindex(columns=list(corpus.outlets)).fillna(0.0)
    gaps = (by_actor.max(axis=1) - by_actor.min(axis=1)).sort_values(ascending=False)
    for again, (actor, gap) in enumerate(gaps.head(2).items()):
        most, least = by_actor.loc[actor].idxmax(), by_actor.loc[actor].idxmin()
        if gap < DIFFERENCE or gap < 2 * unclear.get(least, 0) or by_actor.loc[actor, least] == 0:
            continue
        who, plural = _with_spokespeople(tables.listed, actor, most, corpus, names)
        weight = min(0.5 + 1.3 * gap, 0.85) if len(corpus.outlets) == 2 else min(0.4 + gap, 0.75)
        yield _finding(
            weight * 0.8**again,
            f"{starting(who)} {'have' if plural else 'has'}"
            f" {percent(by_actor.loc[actor, most])} of {corpus.outlets[most]}'s words, against"
            f" {percent(by_actor.loc[actor, least])} in {corpus.outlets[least]}.",
            _sentences(tables.listed, most, actor),
        )


def _own_voices_that_differ(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """The outlet that tells most itself and the one that tells least, if far apart."""
    rows = tables.shares[tables.shares["role"] == "own"].set_index("outlet")["share"]
    most, least = rows.idxmax(), rows.idxmin()
    gap = rows[most] - rows[least]
    if gap >= 3 * DIFFERENCE:
        told = tables.listed[tables.listed["outlet"] == least]
        longest = told.sort_values("n_words", ascending=False, kind="stable")["sentence_ids"]
        yield _finding(
            min(0.3 + 0.7 * gap, 0.7),
            f"{corpus.outlets[most]} tells {percent(rows[most])} of its words in its own voice,"
            f" {corpus.outlets[least]} {percent(rows[least])}.",
            tuple(dict.fromkeys(" ".join(longest.head(3)).split())),
        )


def _with_spokespeople(
    told: pd.DataFrame, actor: str, outlet: str, corpus: Corpus, names: Mapping[str, str]
) -> tuple[str, bool]:
    """An actor with who speaks for it in an outlet, and whether that makes them several."""
    rows = told[(told["outlet"] == outlet) & (told["speaks_for"] == actor)]
    offices = list(dict.fromkeys(rows.loc[rows["speaker"] != actor, "office"]))
    if not offices:
        return names[actor], False
    is_person = next(one.kind == "person" for one in corpus.study.actors if one.id == actor)
    whose = "a" if is_person else "its"
    return f"{names[actor]} and {whose} {listed(offices[:2])}", True


def _heard_in_one(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """People whom one outlet lets speak at length, and no other at all."""
    shares, told = tables.shares, tables.listed
    others = shares[(shares["role"] == "other") & (shares["share"] >= ALONE)]
    actors = " ".join(corpus.names["actor"].values()).split()
    for row in others.itertuples():
        name = _bare(row.source)
        elsewhere = told[(told["outlet"] != row.outlet) & (told["source"] != "")]
        surname = _surname(name)
        known = elsewhere["source"].str.contains(surname, regex=False).any() or surname in actors
        if name and not known:
            yield _finding(
                min(0.25 + 1.5 * row.share, 0.5),
                f"Only {corpus.outlets[row.outlet]} lets {name} speak, with"
                f" {percent(row.share)} of its words.",
                _sentences(told, row.outlet, "", row.source),
            )


def _surname(name: str) -> str:
    """
    >>> _surname("Joseph R. Biden Jr.")
    'Biden'
    """
    words = [word for word in name.split() if word not in ("Jr.", "Jr", "Sr.", "II", "III", "IV")]
    return words[-1] if words else name


def _bare(source: str) -> str:
    """A person's name without offices before it; empty if the source is no such name."""
    words = source.split()
    offices = [
        place for place, word in enumerate(words) if word.strip(".").capitalize() in titles.OFFICES
    ]
    name = " ".join(words[offices[-1] + 1 :] if offices else words)
    is_name = re.fullmatch(NAME, name) and len(name.split()) > 1
    return name if is_name and not name.startswith("The ") else ""


def _never_heard(
    tables: SimpleNamespace, corpus: Corpus, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Actors that matter in an outlet which never lets them speak, though another does."""
    heard = tables.heard[~tables.heard["actor"].isin(_countries(corpus) | dead(corpus))]
    for actor, rows in heard.groupby("actor", sort=False):
        silent = rows[rows["silent"] & (rows["lead"] | (rows["mentions"] >= OFTEN))]
        silent = silent[silent["mentions"] > 1]
        speaking = rows[rows["words"] >= HEARD]
        if silent.empty or speaking.empty:
            continue
        told = speaking.sort_values("words", ascending=False).iloc[0]
        weight = 0.4 + 0.1 * bool(silent["lead"].any()) + 0.1 * bool(told["quoted"])
        weight -= 0.15 * bool(silent["mentions"].max() < OFTEN)
        often = silent["mentions"].max() >= _third_most(tables.heard, silent["outlet"].iloc[0])
        there = f", despite {silent['mentions'].iloc[0]} mentions there" if len(silent) == 1 else ""
        yield _finding(
            (weight + 0.1 * often) * (1 if len(corpus.outlets) == 2 else 0.85),
            f"{starting(names[actor])} is heard in"
            f" {listed([corpus.outlets[outlet] for outlet in speaking['outlet']])}, but never in"
            f" {listed([corpus.outlets[outlet] for outlet in silent['outlet']])}{there}.",
            _sentences(tables.listed, told["outlet"], actor),
        )


def _countries(corpus: Corpus) -> set[str]:
    """Countries, which are heard through so many people that none can be called silent."""
    return {actor.id for actor in corpus.study.actors if actor.kind == "country"}


def _acting(corpus: Corpus) -> set[str]:
    """Actors that are the subject of a verb in three sentences at least: no places, no things."""
    tokens = corpus.tokens
    subjects = tokens.loc[tokens["dep"] == "nsubj", ["sentence_id", "token", "head"]]
    verbs = tokens.loc[tokens["pos"] == "VERB", ["sentence_id", "token"]]
    acting = subjects.merge(
        verbs,
        left_on=["sentence_id", "head"],
        right_on=["sentence_id", "token"],
        suffixes=("", "_"),
    )
    named = corpus.mentions.rename(columns={"head": "place"})
    found = named.merge(
        acting, left_on=["sentence_id", "place"], right_on=["sentence_id", "token"]
    ).drop_duplicates(["actor", "sentence_id"])
    counts = found["actor"].value_counts()
    return set(counts[counts >= _ACTING].index)


def _third_most(heard: pd.DataFrame, outlet: str) -> int:
    """How often the third of the most mentioned actors of an outlet is mentioned."""
    return heard.loc[heard["outlet"] == outlet, "mentions"].nlargest(3).min()


def _heard_nowhere(
    tables: SimpleNamespace, corpus: Corpus, names: Mapping[str, str]
) -> Iterator[Finding]:
    """The actor of a headline that all outlets speak of and none lets speak."""
    headlines = corpus.sentences.loc[corpus.sentences["part"] == "headline", "sentence_id"]
    named = corpus.mentions[corpus.mentions["sentence_id"].isin(headlines)]
    people = {actor.id for actor in corpus.study.actors if actor.kind == "person"}
    may_speak = (people | _acting(corpus)) - _countries(corpus) - dead(corpus)
    heard = tables.heard[tables.heard["actor"].isin(may_speak)]
    all_speak = heard.groupby("actor").filter(
        lambda rows: (
            len(rows) == len(corpus.outlets)
            and bool(rows["silent"].all())
            and rows["actor"].iloc[0] in set(named["actor"])
            and rows["mentions"].min() >= OFTEN
        )
    )
    totals = all_speak.groupby("actor")["mentions"].sum().sort_values(ascending=False)
    for actor in totals.index[:1]:
        none = "neither outlet" if len(corpus.outlets) == 2 else "none of the outlets"
        both = "both" if len(corpus.outlets) == 2 else "all"
        mentioned = corpus.mentions[corpus.mentions["actor"] == actor]
        yield _finding(
            0.45,
            f"{starting(names[actor])} is heard in {none}, though {both} speak of it.",
            tuple(mentioned["sentence_id"].drop_duplicates().head(2)),
        )


def _sentences(told: pd.DataFrame, outlet: str, actor: str, source: str = "") -> tuple[str, ...]:
    """The sentences in which an outlet lets somebody speak, the longest words first."""
    whose = (told["speaker"] == actor) | (told["speaks_for"] == actor)
    rows = told[(told["outlet"] == outlet) & (told["source"] == source if source else whose)]
    rows = rows.sort_values("n_words", ascending=False, kind="stable")
    return tuple(dict.fromkeys(" ".join(rows["sentence_ids"]).split()))


def _finding(weight: float, sentence: str, evidence: tuple[str, ...]) -> Finding:
    return Finding("voice", round(weight, 3), sentence, evidence, "voices")
