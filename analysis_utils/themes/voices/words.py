"""What the tables of voices say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output import english
from analysis_utils.themes.voices.reporting_verbs import UNGROUPED
from analysis_utils.themes.voices.sources import UNNAMED, named

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: More names than this are not listed in a sentence.
MOST_NAMED = 6


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Who has how much of each outlet's words, and who is talked about without being heard."""
    names = corpus.names["actor"]
    return (
        f"{shares_finding(tables.shares, corpus.outlets, names)}\n\n"
        f"{heard_finding(tables.heard, corpus.outlets, names)}"
    )


def listing_finding(listed: pd.DataFrame) -> str:
    """How many quotes there are, of which kind, and where; takes ``list_quotes``."""
    if listed.empty:
        return "No quotes were found."
    body = listed[listed["part"] == "body"]
    kinds = body["kind"].value_counts()
    parts = [
        f"{kinds[kind]:,} {kind}" for kind in ("direct", "partial", "reported") if kind in kinds
    ]
    outside = len(listed) - len(body)
    elsewhere = f" Headlines and standfirsts hold {outside:,} more." if outside else ""
    nested = int((body["inside"] != "").sum())
    inner = f" {english.counted(nested, 'quote')} stand inside another." if nested > 1 else ""
    inner = " 1 quote stands inside another." if nested == 1 else inner
    kinds_named = f": {english.listed(parts)}" if parts else ""
    return f"{english.counted(len(body), 'quote')} in the bodies{kinds_named}.{elsewhere}{inner}"


def shares_finding(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Who has how much of each outlet's words; takes ``speaker_shares``."""
    return "\n\n".join(
        _outlet_shares(shares[shares["outlet"] == outlet], name, actors)
        for outlet, name in outlets.items()
    )


def joint_finding(listed: pd.DataFrame, actors: Mapping[str, str]) -> str:
    """Quotes with several sources, which count for the first; takes ``list_quotes``."""
    joint = listed[(listed["joint"] != "") & (listed["part"] == "body")]
    if joint.empty:
        return "No quote is shared by several actors of the study."
    named = [
        f"{_speaker(row, actors)} with"
        f" {english.listed([actors.get(actor, actor) for actor in row.joint.split()])}"
        f" ({row.sentence_ids}, {english.counted(row.n_words, 'word')})"
        for row in joint.itertuples()
    ]
    return f"Shared by several actors and counted for the first: {_some(named)}."


def heard_finding(told: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]) -> str:
    """Whom each outlet talks about without letting it speak; takes ``talked_about``."""
    return "\n\n".join(
        _outlet_heard(told[told["outlet"] == outlet], name, actors)
        for outlet, name in outlets.items()
    )


def first_heard_finding(
    first: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Who opens the articles; takes ``first_heard``."""
    sentences = []
    for outlet, name in outlets.items():
        openers = first[(first["outlet"] == outlet) & (first["opens"] > 0)]
        named = [
            f"{_speaker(row, actors)} ({english.counted(row.opens, 'article')})"
            if len(openers) > 1
            else _speaker(row, actors)
            for row in openers.itertuples()
        ]
        heard = f"the first to be heard is {_some(named)}" if named else "nobody is heard"
        sentences.append(f"In {name}, {heard}.")
    return " ".join(sentences)


def stance_finding(cues: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """With which verbs the outlets introduce quotes; takes ``group_cues``."""
    sentences = []
    for outlet, name in outlets.items():
        own = cues[cues["outlet"] == outlet]
        groups = []
        for stance, rows in own.groupby("stance", sort=False):
            verbs = "" if stance == "neutral" else f" ({_some(dict.fromkeys(rows['cue']))})"
            groups.append(f"{rows['n'].sum():,} {stance}{verbs}")
        if groups:
            quotes = english.counted(int(own["n"].sum()), "quote")
            sentences.append(f"{name} introduces {quotes} with a cue: {english.listed(groups)}.")
        else:
            sentences.append(f"{name} introduces no quote with a cue.")
    return " ".join(sentences)


def ungrouped_finding(cues: pd.DataFrame) -> str:
    """Which cues no file groups, and how to add them; takes ``group_cues``."""
    unknown = sorted(set(cues.loc[cues["stance"] == UNGROUPED, "cue"]))
    if not unknown:
        return "Every cue is in one of the groups."
    return (
        f"In no group: {_some(unknown)}. To group them, write reporting_verbs.csv in the study's"
        " folder, with the columns verb, stance and source."
    )


def agreement_finding(found: pd.DataFrame, trivial: pd.DataFrame) -> str:
    """What two tables of :func:`agreement` say, the second of the trivial method."""
    if found.empty:
        return (
            "This study has no hand codes of quotes, so nothing is known about how many of its"
            " quotes were found. Read the list of quotes below beside the articles."
        )
    ours, theirs = found.iloc[-1], trivial.iloc[-1]
    return (
        f"Of {english.counted(ours['coded'], 'coded quote')}, {ours['found']} were found,"
        f" {ours['both_right']} of them with the coder's speaker and cue. Quotation marks alone"
        f" find {theirs['found']}, {theirs['both_right']} with speaker and cue right."
    )


def compared_finding(compared: pd.DataFrame, found: str, trivial: str) -> str:
    """How far the shares lie from the hand codes at most; takes ``compare_shares``."""
    if compared.empty:
        return ""
    ours, theirs = (compared[f"{name}, points"].abs().max() for name in (found, trivial))
    return (
        f"The shares of words lie at most {ours:.1f} percentage points from those of the hand"
        f" codes; by quotation marks alone they would lie up to {theirs:.1f} points away."
    )


def shares_headline(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """How much the outlets say themselves, and who has most of the rest, as a title."""
    own = shares[shares["role"] == "own"].set_index("outlet")["share"]
    if len(own) == 2:
        first, second = (f"{own[key]:.0%} of {name}'s" for key, name in outlets.items())
        said = f"The outlet's own: {first} words, {second}"
    else:
        least, most = own.idxmin(), own.idxmax()
        low, high = f"{own[least]:.0%}", f"{own[most]:.0%}"
        spread = f"from {low} ({outlets[least]}) to {high} ({outlets[most]})"
        said = f"The outlet's own words: {spread if low != high else f'{low} in each'}"
    others = named(shares[(shares["role"] != "own") & (shares["words"] > 0)], actors)
    if others.empty:
        return f"{said}; no quotes were found"
    first = others.sort_values("share", ascending=False, kind="stable").drop_duplicates("outlet")
    leaders = set(first["who"])
    if len(leaders) > 1 or UNNAMED in leaders or len(first) < len(outlets):
        return said
    return f"{said};\nof the others, {leaders.pop()} has most words in each"


def heard_headline(
    told: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Whom the outlets talk about most without letting it speak, as a title."""
    silent = told[(told["heard"] == "never") & (told["mentions"] > 0)]
    if told.empty:
        return "No actor of the study is mentioned"
    if silent.empty:
        return "Every actor that is mentioned is also heard"
    ranked = silent.sort_values("mentions", ascending=False, kind="stable")
    who = []
    for actor in ranked["actor"].drop_duplicates().head(2):
        rows = silent[silent["actor"] == actor]
        places = [f"{outlets[row.outlet]} ({row.mentions})" for row in rows.itertuples()]
        who.append(f"{actors[actor]} in {english.listed(places)}")
    return f"Talked about but not heard, with mentions:\n{'; '.join(who)}"


def shares_caption(shares: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The caption of ``figures.shares``."""
    words = shares.groupby("outlet")["words"].sum()
    counts = [f"{words[outlet]:,} of {name}" for outlet, name in outlets.items()]
    return (
        f"Words of the body by whose they are: {english.listed(counts)}; headlines and standfirsts"
        " are not counted. A quote told inside another counts for the one who tells it, and a quote"
        " of several sources for the first. What introduces a quote (\u201cthe company said\u201d)"
        f" is the outlet's own. {_interval_words(shares)}"
    )


def heard_caption() -> str:
    """The caption of ``figures.heard``."""
    return (
        "Mentions of each actor in the body, as the source of a quote among others, and the quotes"
        " that were found of it. Half-filled:"
        " only in reported speech, as one source of several, or inside somebody else's quote. The"
        " words are those of quotes of which it is the first or only source."
    )


def _interval_words(shares: pd.DataFrame) -> str:
    drawn = shares.dropna(subset=["low"])
    if drawn.empty:
        return f"No intervals: fewer than {FEW} sentences."
    units = english.listed(sorted(set(drawn["unit"])))
    return (
        f"Lines are nominal 95% bootstrap intervals over {units}: how much a share hangs on a few"
        f" {units}, not what other articles would give."
    )


def _outlet_shares(shares: pd.DataFrame, name: str, actors: Mapping[str, str]) -> str:
    own = shares[shares["role"] == "own"]
    said = shares[shares["role"] != "own"]
    total = int(shares["words"].sum())
    if said.empty:
        return f"Of {name}'s {total:,} words, all are its own: no quotes were found."
    named = [
        f"{_speaker(row, actors)} {row.share:.0%} ({row.quoted} in quotation marks, {row.reported}"
        " reported)"
        for row in said.itertuples()
        if row.words
    ]
    return (
        f"Of {name}'s {total:,} words, {own['share'].sum():.0%} are its own. The others are"
        f" those of {_some(named)}."
    )


def _outlet_heard(told: pd.DataFrame, name: str, actors: Mapping[str, str]) -> str:
    if told.empty:
        return f"{name} mentions no actor of the study."
    silent = [
        f"{actors[row.actor]} ({english.counted(row.mentions, 'mention')})"
        for row in told[told["heard"] == "never"].itertuples()
    ]
    unquoted = told[(told["heard"] != "never") & (told["quoted"] == 0)]
    unquoted = [f"{actors[row.actor]} ({_ways(row)})" for row in unquoted.itertuples()]
    never = f"No quote was found of {_some(silent, 'or')}." if silent else ""
    marks = f"Heard, but never in quotation marks: {_some(unquoted)}." if unquoted else ""
    if not silent and not unquoted:
        return f"{name} gives every actor it mentions a quote in quotation marks."
    return f"{name}: " + " ".join(filter(None, [never, marks]))


def _ways(row) -> str:
    """How an actor without quotation marks is heard."""
    words = english.counted(row.words, "word")
    ways = [
        f"{english.counted(row.reported, 'reported quote')}, {words}" if row.reported else "",
        f"{english.counted(row.shared, 'quote')} with others" if row.shared else "",
        f"{english.counted(row.relayed, 'quote')} told by others" if row.relayed else "",
    ]
    return "; ".join(filter(None, ways))


def _speaker(row, actors: Mapping[str, str]) -> str:
    return actors.get(row.speaker, row.source)


def _some(names: Iterable[str], last: str = "and") -> str:
    """The first names of a long list, and how many more there are."""
    names = list(names)
    if len(names) > MOST_NAMED + 1:
        names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]
    return english.listed(names, last)
