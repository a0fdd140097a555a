"""What the tables of portrayal say, as prose whose numbers are computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.actor_names import in_prose, starting
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.portrayal.called import own_choice
from analysis_utils.themes.portrayal.tables import by_mentions
from analysis_utils.words import titles, used_by

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: An actor is a main one if it is among so many that are mentioned most.
MAIN = 4

#: How much it weighs what the most mentioned actor is called, and the next one.
_NAMING = 0.55, 0.45

#: Verbs that make somebody responsible for a deed, where others only find fault with it.
_ACCUSING = frozenset({"accuse", "blame", "charge", "convict", "suspect"})

#: Words of a charge that are told in a sentence, and outlets whose charges are.
MOST_WORDS, MOST_TOLD = 12, 3

#: What is said where nothing was found.
ALIKE = "No actor is called by clearly different names or descriptions."


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What the actors are called by whom, and who is made responsible for what."""
    found = sorted(findings(tables, corpus), key=lambda one: -one.weight)
    told = [one.sentence for one in found[:3]] or [ALIKE]
    called, outlets = tables.called, corpus.outlets
    counts = called.groupby("outlet")["n"].sum().reindex(list(outlets), fill_value=0)
    if len(outlets) <= MOST_TOLD:
        parts = [f"{counts[outlet]} in {name}" for outlet, name in outlets.items()]
        labels = counted(counts.sum(), "title or description", "titles and descriptions")
        told.append(f"Beside plain names, the actors have {labels}: {listed(parts)}.")
    return " ".join(told)


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """Names that differ between outlets, and charges that are told."""
    with used_by(corpus.study.folder):
        names = in_prose(corpus)
        main = by_mentions(tables.called, corpus)[:MAIN]
        own = tables.called[own_choice(tables.called)]
        return [
            *_judging_nouns(own, corpus, names, main),
            *_descriptions_that_differ(own, corpus, names, main),
            *_charges(tables.charges, corpus, names),
        ]


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How names and charges were found, as a paragraph for a methods section."""
    called, triples = tables.called, tables.triples
    number = int(called["n"].sum())
    labels = counted(number, "title or description", "titles and descriptions")
    people = counted(called["actor"].nunique(), "actor")
    return (
        "Whom an outlet names and whom it only classes is a choice [@vanleeuwen1996]. In headlines"
        f" and bodies {labels} of {people} were found. They stand before a name, beside it between"
        " commas, or instead of it, or are what the actor is said to be [@reisigl2001]; they end"
        " with a noun for people or bodies. They were read from the dependency parse of spaCy"
        " [@honnibal2020]. Charges are what somebody is accused of, blamed or criticised for;"
        f" {counted(len(tables.charges), 'was', 'were')} found. Who does what to whom [@fowler1979]"
        f" was read from the same parse, in {counted(len(triples), 'triple')} of agent, verb and"
        f" patient, of which the parse says {triples['sure'].sum()} outright. These are saved and"
        " not shown; the others are often wrong on other texts."
    )


def headline(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The strongest finding on names, as a title."""
    found = [one for one in findings(tables, corpus) if one.kind == "naming"]
    best = max(found, key=lambda one: one.weight, default=None)
    return best.sentence.rstrip(".") if best else ALIKE.rstrip(".")


def caption(called: pd.DataFrame, all_shown: bool) -> str:
    """The caption of ``figures.called``.

    Parameters
    ----------
    called
        The theme's table.
    all_shown
        Whether all labels have room.
    """
    left_out = "" if all_shown else " Bare titles, and what has no room, are in the table."
    return (
        "Titles and descriptions of the actors that are mentioned most, by outlet; n ="
        f" {called['n'].sum():,} in headlines and bodies. Filled: in the outlet's own words;"
        f" hollow: only in a quotation or in somebody's judgement.{left_out}"
    )


def _judging_nouns(
    own: pd.DataFrame, corpus: Corpus, names: Mapping[str, str], main: list[str]
) -> Iterator[Finding]:
    """Actors whom some outlets call by a noun that judges, and others by one that does not."""
    for actor, rows in own.groupby("actor", sort=False):
        judged = rows[rows["noun"].isin(titles.JUDGING)]
        for label, same in judged.groupby("noun", sort=False):
            outlets = list(dict.fromkeys(same["outlet"]))
            others = rows[~rows["outlet"].isin(judged["outlet"])]
            noun = others["noun"].mode()
            used = same.iloc[0]
            used = _told(used["article"], used["label"] if same["label"].nunique() == 1 else label)
            if len(outlets) == 1:
                told = f"Only {corpus.outlets[outlets[0]]} calls {names[actor]} {used}"
            else:
                who = listed([corpus.outlets[outlet] for outlet in outlets])
                told = f"{who} call {names[actor]} {used}"
            if len(noun) and others["outlet"].nunique() > 0 and _is_title(label):
                alike = others[others["noun"] == noun[0]]
                where = listed(
                    [corpus.outlets[outlet] for outlet in dict.fromkeys(alike["outlet"])]
                )
                told += f", {where} a “{noun[0]}”"
            weight = (0.65 if actor in main else 0.4) - (0.15 if not _is_title(label) else 0)
            evidence = [*same["sentence_ids"], *others["sentence_ids"].head(1)]
            yield _finding("naming", weight, f"{told}.", evidence)


def _told(article: str, label: str) -> str:
    """A label in quotation marks with its article before it."""
    return f"{article} “{label}”".strip()


def _is_title(noun: str) -> bool:
    """Whether a noun is an office, so that another office says something against it."""
    return noun.capitalize() in titles.OFFICES


def _descriptions_that_differ(
    own: pd.DataFrame, corpus: Corpus, names: Mapping[str, str], main: list[str]
) -> Iterator[Finding]:
    """What outlets call a main actor that is no person, if none says what another says."""
    persons = {actor.id for actor in corpus.study.actors if actor.kind == "person"}
    for actor in main[: len(_NAMING)]:
        rows = own[own["actor"] == actor]
        if actor in persons or rows["outlet"].nunique() < 2:
            continue
        longest = rows.assign(size=rows["label"].str.len() * (rows["relation"] != "possessive"))
        longest = longest.sort_values("size", ascending=False, kind="stable")
        first = longest.drop_duplicates("outlet").head(MOST_TOLD)
        if _are_alike(first["label"]):
            continue
        parts = [
            f"{corpus.outlets[row.outlet]} {'' if place else f'calls {names[actor]} '}"
            f"{_told(row.article, row.label)}"
            for place, row in enumerate(first.itertuples())
        ]
        weight = _NAMING[main.index(actor)]
        yield _finding("naming", weight, f"{', '.join(parts)}.", list(first["sentence_ids"]))


def _are_alike(labels: pd.Series) -> bool:
    """Whether labels share most of their words."""
    words = [set(label.lower().split()) for label in labels]
    return 3 * len(set.intersection(*words)) >= len(set.union(*words))


def _charges(charges: pd.DataFrame, corpus: Corpus, names: Mapping[str, str]) -> Iterator[Finding]:
    """What an actor is accused of, by outlet; an outlet's "only" is checked against all others."""
    counts = corpus.mentions["actor"].value_counts()
    accusing = charges[charges["verb"].isin(_ACCUSING)]
    for actor, rows in accusing.groupby("actor", sort=False):
        first = rows.drop_duplicates("outlet").head(MOST_TOLD)
        if counts.get(actor, 0) < 2:
            continue
        evidence = list(rows["sentence_id"])
        weight = 0.55 if counts.rank(ascending=False)[actor] <= MAIN else 0.4
        if len(first) > 1:
            told = f"{starting(names[actor])} is {_by_outlet(first, corpus)}."
            yield _finding("responsibility", weight, told, evidence)
        elif _told_nowhere_else(first.iloc[0], corpus):
            yield _finding("responsibility", weight, _only(first.iloc[0], corpus, names), evidence)


def _by_outlet(rows: pd.DataFrame, corpus: Corpus) -> str:
    """The charge of each outlet: "accused of “fraud” in TASS and of “theft” in RFE/RL"."""
    most = 15 // len(rows)
    parts = [
        f"{row.how.split()[-1] if place else row.how} “{_short(row.what, most)}” in"
        f" {corpus.outlets[row.outlet]}"
        for place, row in enumerate(rows.itertuples())
    ]
    return listed(parts)


def _only(row, corpus: Corpus, names: Mapping[str, str]) -> str:
    """The sentence for a charge that one outlet alone tells, with who makes it if there is room."""
    start = f"Only {corpus.outlets[row.outlet]} tells that"
    what = f"{row.how.split()[-1]} “{_short(row.what, MOST_WORDS)}”"
    accuser = row.accuser.replace("The ", "the ", 1)
    with_accuser = f"{start} {accuser} {row.how.split()[0]} {names[row.actor]} {what}."
    if accuser and len(with_accuser.split()) <= 30:
        return with_accuser
    return f"{start} {names[row.actor]} is {row.how.split()[0]} {what}."


def _short(text: str, most: int) -> str:
    """The first words of a charge; a quotation in it that is cut is left out.

    >>> _short("lying about ‘secret deals’ with them", 3)
    'lying about …'
    """
    words = text.split()
    if len(words) <= most:
        return text
    kept = " ".join(words[:most])
    if kept.count("‘") > len(re.findall(r"’(?!\w)", kept)):
        kept = kept[: kept.rindex("‘")].rstrip()
    return f"{kept} …"


def _told_nowhere_else(row, corpus: Corpus) -> bool:
    """Whether no other outlet has the nouns and verbs of a charge."""
    tokens = corpus.tokens
    here = tokens[(tokens["sentence_id"] == row.sentence_id) & ~tokens["is_stop"]]
    here = here[here["pos"].isin(["NOUN", "VERB", "ADJ"])]
    wanted = {one.lemma for one in here.itertuples() if one.text in row.what}
    others = tokens[tokens["outlet"] != row.outlet]
    by_sentence = others[others["lemma"].isin(wanted)].groupby("sentence_id")["lemma"].nunique()
    return bool(wanted) and (by_sentence.empty or by_sentence.max() * 2 < len(wanted))


def _finding(kind: str, weight: float, sentence: str, evidence: list[str]) -> Finding:
    ids = tuple(dict.fromkeys(" ".join(evidence).split()))
    return Finding(kind, round(weight, 3), sentence, ids, "portrayal")
