"""What the tables of portrayal say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis_utils.output import english
from analysis_utils.themes.portrayal.tables import ROLES, actor_pairs
from analysis_utils.words import speech

#: More labels than this are not listed in a sentence.
MOST_NAMED = 6

#: What the marks of :func:`~analysis_utils.themes.portrayal.tables.worded` mean.
MARKS = "verbs in brackets are not told as done; a star marks what is in somebody else's words"

#: Which verbs are left out where roles are counted, and which are not.
SPEECH = (
    f"Verbs that merely give speech ({', '.join(sorted(speech.SAYING))}) are left out; every"
    " other verb counts, also one by which speech does something (announce, accuse, demand,"
    " dismiss), which counts again as speech in notebook 4 where it brings in somebody's words"
)


def triples_finding(
    triples: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """How many acts are told, of which kind; takes ``find_triples``."""
    if triples.empty:
        return "No act of an actor of the study was found."
    parts = []
    for outlet, name in outlets.items():
        told = triples[triples["outlet"] == outlet].drop_duplicates(["sentence_id", "verb_start"])
        saying = int(told["verb"].isin(speech.SAYING).sum())
        hidden = int((told["construction"] == "agentless passive").sum())
        planned = int((told["modality"] != "asserted").sum())
        others = int((told["voice"] != "own").sum())
        parts.append(
            f"{name}: {english.counted(len(told), 'act')}, {saying} of them merely giving speech;"
            f" {hidden} in passives that leave out who acts, {int(told['negated'].sum())} negated,"
            f" {planned} planned, demanded or otherwise not told as done, {others} told in"
            " somebody else's words."
        )
    verbs = ", ".join(sorted(speech.SAYING))
    parts.append(f"Merely giving speech: the verbs {verbs}.")
    return "\n\n".join(parts)


def roles_finding(
    shares: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Who acts most and who is acted upon most in each outlet; takes :func:`role_shares`."""
    parts = [f"{SPEECH}."]
    for outlet, name in outlets.items():
        said = [
            _leaders(shares[(shares["outlet"] == outlet) & (shares["role"] == role)], role, actors)
            for role in ROLES
        ]
        parts.append(f"{name}: {' '.join(said)}")
    return "\n\n".join(parts)


def _leaders(group: pd.DataFrame, role: str, actors: Mapping[str, str]) -> str:
    acting = "acts" if role == "agent" else "is acted upon"
    total = int(group["n_all"].max()) if len(group) else 0
    if not total:
        return f"No actor of the study {acting}."
    most = group[group["n"] == group["n"].max()]
    named = english.listed([actors[actor] for actor in most["actor"]])
    often = english.counted(int(group["n"].max()), "time")
    each = " each" if len(most) > 1 else ""
    verb = {"agent": "act", "patient": "are acted upon"}[role] if len(most) > 1 else acting
    return f"{named} {verb} most ({often}{each}, of {total})."


def pairs_finding(
    triples: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """Which actor acts upon which in one outlet only; takes ``find_triples``."""
    pairs = actor_pairs(triples)
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
        listed = "; ".join(named) or "none"
        parts.append(f"Pairs of agent and patient that only {name} has: {listed}{more}.")
    return "\n\n".join([*parts, f"{MARKS[0].upper()}{MARKS[1:]}."])


def labels_finding(
    labels: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str]
) -> str:
    """How far each outlet names and how far it classes, and in whose words."""
    parts = []
    for outlet, name in outlets.items():
        told = labels[labels["outlet"] == outlet]
        if told.empty:
            parts.append(f"{name} has no name or label of an actor of the study.")
            continue
        of_actors = told[told["of"] == "actor"]
        names = int((of_actors["relation"] == "name").sum())
        acts = told[told["of"] == "act"]
        others = int((acts["voice"] != "own").sum())
        parts.append(
            f"{name} uses the name of an actor {english.counted(names, 'time')} and other labels"
            f" {english.counted(len(of_actors) - names, 'time')}; it labels acts of theirs"
            f" {english.counted(len(acts), 'time')}, {others} in somebody else's words."
        )
    return "\n\n".join(parts)


def hidden_finding(hidden: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How often each outlet leaves out who acts; takes ``hidden_agents``."""
    counts = hidden["outlet"].value_counts()
    parts = [f"{name} {counts.get(outlet, 0)}" for outlet, name in outlets.items()]
    return (
        f"Passives that leave out who acts: {english.listed(parts)}. Leaving out an agent may hide"
        " it, or only spare a repetition: the sentence before often says who it was."
    )
