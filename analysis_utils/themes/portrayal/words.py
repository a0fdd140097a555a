"""What the tables of portrayal say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.portrayal.schemas import ROLES
from analysis_utils.words import speech

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: More labels than this are not listed in a sentence.
MOST_NAMED = 6

#: With more pairs of actor and outlet than this a title says in how many outlets, not in which.
MOST_PLACES = 6

#: What the marks of :func:`~analysis_utils.themes.portrayal.tables.worded` mean.
MARKS = "verbs in brackets are not told as done; a star marks what is in somebody else's words"


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """Who acts and who is acted upon in each outlet, and how it calls actors and their acts."""
    actors = corpus.names["actor"]
    return "\n\n".join(
        f"{_outlet_roles(tables.role_shares, outlet, name, actors)}"
        f" {_outlet_labels(tables.labels, outlet, name)}"
        for outlet, name in corpus.outlets.items()
    )


def triples_finding(triples: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many acts are told, of which kind; takes ``triples``."""
    if triples.empty:
        return "No act of an actor of the study was found."
    parts = [
        _outlet_acts(triples[triples["outlet"] == outlet], name) for outlet, name in outlets.items()
    ]
    verbs = ", ".join(sorted(speech.SAYING))
    return "\n\n".join([*parts, f"Merely giving speech: the verbs {verbs}."])


def _outlet_acts(triples: pd.DataFrame, name: str) -> str:
    told = triples.drop_duplicates(["sentence_id", "verb_start"])
    saying = int(told["verb"].isin(speech.SAYING).sum())
    hidden = int((told["construction"] == "agentless passive").sum())
    planned = int((told["modality"] != "asserted").sum())
    others = int((told["voice"] != "own").sum())
    return (
        f"{name}: {counted(len(told), 'act')}, {saying} of them merely giving speech;"
        f" {hidden} in passives that leave out who acts, {int(told['negated'].sum())} negated,"
        f" {planned} planned, demanded or otherwise not told as done, {others} told in"
        " somebody else's words."
    )


def agreement_finding(scores: pd.DataFrame, matched: pd.DataFrame) -> str:
    """How far triples and labels are the coder's.

    Parameters
    ----------
    scores
        As :func:`~analysis_utils.themes.portrayal.coded.agreement` gives them.
    matched
        As :func:`~analysis_utils.themes.portrayal.coded.match_labels` gives it.
    """
    if scores.empty:
        return (
            "This study has no hand codes of who does what, so nothing is known about how often"
            " the triples below are right here. Read their sentences before you count them."
        )
    ours, *others = scores.itertuples()
    against = "".join(_beside(other) for other in others)
    of_found = f": a precision of {ours.precision:.0%}" if ours.found else ""
    text = (
        f"Of {counted(ours.found, 'triple')} found, {ours.right} are the coder's{of_found};"
        f" of the coder's {ours.coded}, {ours.recall:.0%} are found.{against}"
    )
    if matched.empty:
        return text
    return (
        f"{text} Of {counted(len(matched), 'coded label')}, {int(matched['found'].sum())} are"
        f" found; the words of coded and found labels overlap by {matched['dice'].mean():.2f} on"
        " average (1 is the same words)."
    )


def _beside(other) -> str:
    method = other.method.capitalize()
    if not other.found:
        return f" {method} finds none."
    return f" {method} has {other.precision:.0%} and {other.recall:.0%}."


def pairs_headline(
    triples: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Upon whom each outlet tells most acts, as the title of ``figures.acts``."""
    touching = triples[triples["patient"] != ""]
    acts = touching.drop_duplicates(["sentence_id", "verb_start", "patient"])
    if acts.empty:
        return "No act upon an actor of the study was found"
    told: dict[str, list[str]] = {}
    for outlet, name in outlets.items():
        counts = acts.loc[acts["outlet"] == outlet, "patient"].value_counts(sort=False)
        for actor in actors:
            if len(counts) and counts.get(actor, 0) == max(counts.max(), 2):
                told.setdefault(actors[actor], []).append(f"{name} {counts[actor]}")
    if not told:
        return "No outlet tells two acts upon the same actor"
    return f"Acted upon most: {listed(_in_places(told))}"


def pairs_caption(pairs: pd.DataFrame, shown: pd.DataFrame, triples: pd.DataFrame) -> str:
    """The caption of ``figures.acts``: how much is drawn, and how the title counts it.

    Parameters
    ----------
    pairs, shown
        All pairs, and those that are drawn.
    triples
        The triples that they were made from.
    """
    arrows, verbs = counted(len(shown), "arrow"), counted(int(shown["n"].sum()), "verb")
    drawn = f"Drawn are {arrows} with {verbs} on them, a number behind a verb counted as often"
    if len(shown) < len(pairs):
        more, rest = len(pairs) - len(shown), int(pairs["n"].sum() - shown["n"].sum())
        drawn += f"; not drawn are {counted(more, 'arrow')} with {counted(rest, 'verb')}"
    return (
        "Acts upon an actor of the study, from the parse of headlines and bodies: who, what, to"
        f" whom. Thicker arrows stand for more verbs. {_marks()} {drawn}."
        f" {_shared_acts(triples)} Verbs that merely give speech"
        f" ({', '.join(sorted(speech.SAYING))}) count here too."
    )


def _left_out() -> str:
    """Which verbs are left out where roles are counted, and which are not."""
    return (
        f"Verbs that merely give speech ({', '.join(sorted(speech.SAYING))}) are left out; every"
        " other verb counts, also one by which speech does something (announce, accuse, demand,"
        " dismiss), which counts again as speech in notebook 4 where it brings in somebody's words"
    )


def _marks() -> str:
    return f"{MARKS[0].upper()}{MARKS[1:]}."


def _shared_acts(triples: pd.DataFrame) -> str:
    """How acts with two agents are drawn and how the title counts them."""
    touching = triples[triples["patient"] != ""]
    repeats = touching[touching.duplicated(["sentence_id", "verb_start", "patient"])]
    acts = len(touching) - len(repeats)
    shared = f" (“{'”, “'.join(repeats['verb'].unique())}”)" if len(repeats) else ""
    return (
        f"An act with two agents has its verb on two arrows{shared}; the title counts it once for"
        f" each actor acted upon: {counted(len(touching), 'verb')} in all, but"
        f" {counted(acts, 'act')}."
    )


def pairs_finding(
    pairs: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Which actor acts upon which in one outlet only; takes ``pairs``."""
    pairs = pairs[pairs["agent"].isin(list(actors))]
    told_by = pairs.groupby(["agent", "patient"])["outlet"].transform("nunique")
    parts = []
    for outlet, name in outlets.items():
        only = pairs[(pairs["outlet"] == outlet) & (told_by == 1)]
        named = [
            f"{actors[pair.agent]} upon {actors[pair.patient]}: {pair.verbs} [{pair.sentence_ids}]"
            for pair in only.head(MOST_NAMED).itertuples()
        ]
        more = f", and {len(only) - MOST_NAMED} pairs more" if len(only) > MOST_NAMED else ""
        told = "; ".join(named) or "none"
        parts.append(f"Pairs of agent and patient that only {name} has: {told}{more}.")
    return "\n\n".join([*parts, _marks()])


def roles_headline(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """All actors more often acted upon than acting, and where: the title of ``figures.roles``."""
    if not shares["n"].sum():
        return "No act of an actor of the study was found"
    counts = shares.set_index(["actor", "outlet", "role"])["n"]
    told: dict[str, list[str]] = {}
    for actor in dict.fromkeys(shares["actor"]):
        for outlet, name in outlets.items():
            acts, suffers = (int(counts[actor, outlet, role]) for role in ROLES)
            if suffers > acts:
                told.setdefault(actors[actor], []).append(f"{name} {suffers} to {acts}")
    if not told:
        return "No actor is acted upon more often than it acts"
    if sum(map(len, told.values())) > MOST_PLACES:
        told = {actor: [f"{len(where)} of {len(outlets)} outlets"] for actor, where in told.items()}
    return f"More often acted upon than acting: {listed(_in_places(told))}"


def _in_places(told: Mapping[str, list[str]]) -> list[str]:
    return [f"{actor} ({', '.join(where)})" for actor, where in told.items()]


def roles_caption(shares: pd.DataFrame) -> str:
    """The caption of ``figures.roles``: what, how many, which interval."""
    totals = shares.drop_duplicates(["outlet", "role"]).groupby("role")["n_all"].sum()
    return (
        "Share of each actor in the acts of all actors (right) and in all acts upon actors (left),"
        f" by outlet; numbers are acts ({totals.get('agent', 0)} with an agent,"
        f" {totals.get('patient', 0)} with a patient). The title compares these numbers, not the"
        f" lengths of the bars, which are shares of two different totals. {_left_out()}. Lines are"
        " nominal 95% bootstrap intervals over sentences, not drawn below"
        f" {FEW} sentences; with so few sentences they are too narrow."
    )


def roles_finding(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Who acts most and who is acted upon most in each outlet; takes ``role_shares``."""
    parts = [_outlet_roles(shares, outlet, name, actors) for outlet, name in outlets.items()]
    return "\n\n".join([f"{_left_out()}.", *parts])


def _outlet_roles(shares: pd.DataFrame, outlet: str, name: str, actors: Mapping[str, str]) -> str:
    here = shares[shares["outlet"] == outlet]
    said = [_leaders(here[here["role"] == role], role, actors) for role in ROLES]
    return f"{name}: {' '.join(said)}"


def _leaders(group: pd.DataFrame, role: str, actors: Mapping[str, str]) -> str:
    one, many = {"agent": ("acts", "act"), "patient": ("is acted upon", "are acted upon")}[role]
    total = int(group["n_all"].max()) if len(group) else 0
    if not total:
        return f"No actor of the study {one}."
    most = group[group["n"] == group["n"].max()]
    named = listed([actors[actor] for actor in most["actor"]])
    often = counted(int(group["n"].max()), "time")
    if len(most) == 1:
        return f"{named} {one} most ({often}, of {total})."
    return f"{named} {many} most ({often} each, of {total})."


def hidden_finding(hidden: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How often each outlet leaves out who acts; takes ``hidden``."""
    counts = hidden["outlet"].value_counts()
    parts = [f"{name} {counts.get(outlet, 0)}" for outlet, name in outlets.items()]
    return (
        f"Passives that leave out who acts: {listed(parts)}. Leaving out an agent may hide"
        " it, or only spare a repetition: the sentence before often says who it was."
    )


def labels_finding(labels: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How far each outlet names and how far it classes, and in whose words; takes ``labels``."""
    return "\n\n".join(_outlet_labels(labels, outlet, name) for outlet, name in outlets.items())


def _outlet_labels(labels: pd.DataFrame, outlet: str, name: str) -> str:
    told = labels[labels["outlet"] == outlet]
    if told.empty:
        return f"{name} has no name or label of an actor of the study."
    of_actors, acts = told[told["of"] == "actor"], told[told["of"] == "act"]
    names = int((of_actors["relation"] == "name").sum())
    others = int((acts["voice"] != "own").sum())
    return (
        f"{name} uses the name of an actor {counted(names, 'time')} and other labels"
        f" {counted(len(of_actors) - names, 'time')}; it labels acts of theirs"
        f" {counted(len(acts), 'time')}, {others} in somebody else's words."
    )
