"""The study in sentences: what is compared, what was found, how sure it is, and its limits."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import listed, percent
from analysis_utils.study import benchmark_results
from analysis_utils.themes import (
    actor_sentiment,
    coverage,
    frames,
    portrayal,
    term_contrast,
    voices,
)
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.findings import over_time

if TYPE_CHECKING:
    import pandas as pd

    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Outlet


#: The themes that findings come from.
THEMES = (coverage, voices, portrayal, actor_sentiment, term_contrast, frames)

#: The notebook of each of them.
NOTEBOOKS = {
    "term_contrast": "1_term_contrast",
    "actor_sentiment": "2_actor_sentiment",
    "coverage": "3_coverage",
    "voices": "4_voices",
    "portrayal": "5_portrayal",
    "frames": "6_frames",
}

#: What a page shows at most: findings, and sentences of each.
MOST = 7
MOST_MARKS = 3

#: How much of its weight a finding keeps for each of its kind that is shown already.
AGAIN = 0.8

#: How much it keeps for each shown already about the same person, on the same sentence, and on one
#: that stands beside it.
SAME_PERSON, SAME_SENTENCE, BESIDE = 0.6, 0.9, 0.9

#: After so many, only findings of this weight follow.
ENOUGH, LEAST = 5, 0.25

#: Names in more than this share of all findings are what the event is about, and tell nothing.
_COMMON = 0.3

#: A name of a person: two or three capitalised words of small letters.
_PERSON = re.compile(r"\b(?:[A-Z][a-z]+|[A-Z]\.)(?: [A-Z]\.)?(?: [A-Z][a-z]+){1,2}\b")

#: Kinds that tell what a sentence tells, and so the same if they are about the same one.
WHAT_IS_TOLD = {"omission", "responsibility"}

#: What is said of a study in which nothing was found.
NOTHING = "No difference between the tellings stands out; the notebooks show what was compared."

#: Measures scored on unseen texts: what to call what is right, and which kinds hang on it.
SCORED = {
    "sentences told by one outlet alone": ("sentences told by one outlet alone", {"omission"}),
    "sentences that tell the same": ("aligned sentences", {"attribution", "wording", "conflict"}),
    "speakers of quotations": ("speakers of quotations", {"voice"}),
    "names and descriptions that are no titles": ("descriptions of actors", {"naming"}),
    "acts that the parse says outright": ("acts of an actor", {"responsibility"}),
}


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What is compared, and the strongest findings, in sentences; ``tables`` are not needed."""
    told = " ".join(finding.sentence for finding in chosen(corpus)[:3])
    return f"{introduction(corpus)}\n\n{told or NOTHING}"


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """None of its own: this theme chooses among those of the others; see :func:`chosen`."""
    return []


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How the findings were chosen and the tellings laid side by side."""
    return (
        "Each theme proposed differences between the tellings, weighted by how much a reader of one"
        " telling alone would miss: most where the matter stands in a headline or a first sentence"
        " [@pan1993], less in the body. The strongest are shown, a kind of finding that was shown"
        f" already counting {100 - round(100 * AGAIN)} % less. Sentences of different outlets stand"
        " on one level where they were aligned as telling the same; the order of each article is"
        f" kept. {over_time.method(tables)}".rstrip()
    )


def chosen(corpus: Corpus) -> list[Finding]:
    """The findings of all themes that matter most, strongest first; see :func:`choose`."""
    found = [
        finding
        for theme in THEMES
        for finding in theme.words.findings(theme_tables(theme, corpus), corpus)
    ]
    bodies = [actor for actor in corpus.study.actors if actor.kind != "person"]
    names = {word for actor in bodies for word in actor.name.split()}
    return choose(found, bodies=names)


def choose(
    found: list[Finding], most: int = MOST, bodies: Collection[str] = frozenset()
) -> list[Finding]:
    """The strongest findings, of different kinds and on different sentences.

    Parameters
    ----------
    found
        Findings of any themes.
    most
        How many are chosen at most.
    bodies
        Words of the names of actors that are no persons.

    Returns
    -------
    Strongest first.  One of a kind that is there already weighs ``AGAIN`` times as much for each
    of that kind, one about a person who is there already ``SAME_PERSON`` times, one on a sentence
    that is there already ``SAME_SENTENCE`` times, one beside such a sentence ``BESIDE`` times, and
    none of a kind is chosen twice about the same sentence; nor one of
    ``WHAT_IS_TOLD`` where a heavier one of another of these kinds is about the same sentence.
    """
    left, picked = [one for one in found if not _is_told_better(one, found)], list[Finding]()
    about = {one: _people(one, found, bodies) for one in found}

    def strength(finding: Finding) -> float:
        again = sum(other.kind == finding.kind for other in picked)
        people = sum(not about[other].isdisjoint(about[finding]) for other in picked)
        sentences = sum(not set(other.evidence).isdisjoint(finding.evidence) for other in picked)
        beside = sum(_are_beside(other, finding) for other in picked)
        alike = AGAIN**again * SAME_PERSON**people
        return finding.weight * alike * SAME_SENTENCE**sentences * BESIDE**beside

    while left and len(picked) < most:
        best = max(left, key=strength)
        picked.append(best)
        left = [one for one in left if not _says_the_same(one, best)]
        if len(picked) >= ENOUGH:
            left = [one for one in left if one.weight >= LEAST]
    return picked


def _are_beside(one: Finding, other: Finding) -> bool:
    """Whether findings of one kind rest on sentences that follow each other in an article."""
    places = {place for each in one.evidence if (place := _place(each))}
    return one.kind == other.kind and any(
        (article, number + step) in places
        for each in other.evidence
        if (place := _place(each))
        for article, number in [place]
        for step in (-1, 1)
    )


def _place(sentence_id: str) -> tuple[str, int] | None:
    """The article of a sentence of the body, and its number there."""
    article, _, place = sentence_id.partition(":s")
    return (article, int(place)) if place.isdigit() else None


def _people(one: Finding, found: list[Finding], bodies: Collection[str]) -> frozenset[str]:
    """Surnames in a finding, save those that many findings have."""
    named = [name.split() for name in _PERSON.findall(one.sentence)]
    names = {words[-1] for words in named if not set(words) & set(bodies)}
    share = {name: sum(name in other.sentence for other in found) / len(found) for name in names}
    return frozenset(name for name in names if share[name] <= _COMMON)


def _is_told_better(one: Finding, found: list[Finding]) -> bool:
    """Whether a heavier finding tells what this one does, though it is of another kind."""
    return one.kind in WHAT_IS_TOLD and any(
        other.kind in WHAT_IS_TOLD - {one.kind}
        and other.weight > one.weight
        and not set(one.evidence).isdisjoint(other.evidence)
        for other in found
    )


def _says_the_same(one: Finding, other: Finding) -> bool:
    alike = one.kind == other.kind or {one.kind, other.kind} <= WHAT_IS_TOLD
    return one == other or (alike and not set(one.evidence).isdisjoint(other.evidence))


def in_order(picked: list[Finding], corpus: Corpus) -> Shown:
    """Findings as a numbered list, each with its sentences and its notebook to go to.

    Parameters
    ----------
    picked
        As :func:`chosen` gives them.
    corpus
        Says which outlet each sentence is of.
    """
    if not picked:
        return cells.prose(NOTHING)
    outlets = corpus.articles.set_index("article_id")["outlet"].map(corpus.outlets)
    order = {sentence: place for place, sentence in enumerate(corpus.sentences["sentence_id"])}
    lines = "".join(f"<li>{_with_links(finding, outlets, order)}</li>" for finding in picked)
    text = [f"{place}. {finding.sentence}" for place, finding in enumerate(picked, start=1)]
    return Shown(f'<ol class="findings">{lines}</ol>', "\n".join(text))


def _with_links(finding: Finding, outlets: pd.Series, order: Mapping[str, int]) -> str:
    """The sentence, then its strongest evidence in reading order, then where to read on."""
    shown = sorted(finding.evidence[:MOST_MARKS], key=order.__getitem__)
    links = [_link(sentence_id, outlets) for sentence_id in shown]
    name = NOTEBOOKS[finding.theme]
    links.append(f'<a href="{name}.ipynb">{name[2:].replace("_", " ")}</a>')
    return f"{html.escape(finding.sentence)} <small>{' · '.join(links)}</small>"


def _link(sentence_id: str, outlets: pd.Series) -> str:
    """A link that says which sentence it leads to: "TASS 5", "TASS headline"."""
    article, _, place = sentence_id.partition(":")
    shown = f"{outlets[article]} {place.removeprefix('s').lstrip('0')}"
    target = html.escape(sentence_id)
    return f'<a class="sentence" href="0_findings.ipynb#{target}">{html.escape(shown)}</a>'


def sureness(picked: list[Finding]) -> str:
    """How often findings of these kinds are right on texts that nobody tuned on.

    Parameters
    ----------
    picked
        As :func:`chosen` gives them.
    """
    told = [f"{percent(share)} of {subject}" for subject, share in _scores(picked)]
    if not told:
        return "How often findings of these kinds are right has not been measured on other texts."
    return (
        f"Findings are made by rule and can be wrong. On six other events, which the rules had not"
        f" seen, a reader found {percent(_whole())} of the findings true, and {listed(told)} right."
        " Read each finding beside its sentences."
    )


def opening(picked: list[Finding], corpus: Corpus) -> str:
    """What is compared, and in a few words how sure the findings are.

    Parameters
    ----------
    picked
        As :func:`chosen` gives them.
    corpus
        What is compared.
    """
    sure = f"Findings are made by rule: of those on other events {percent(_whole())} were true."
    return f"{introduction(corpus)} {sure}" if picked else introduction(corpus)


def _whole() -> float:
    """Share of the findings on events that nobody tuned on that a reader found true."""
    return benchmark_results("unseen").set_index("measure")["value"]["findings of the first page"]


def _scores(picked: list[Finding]) -> list[tuple[str, float]]:
    """What was measured of the kinds of findings shown: its name, and the share that was right."""
    scores = benchmark_results("unseen").set_index("measure")["value"]
    kinds = {finding.kind for finding in picked}
    return [
        (subject, scores[measure]) for measure, (subject, about) in SCORED.items() if kinds & about
    ]


def introduction(corpus: Corpus) -> str:
    """The event and who tells it, as a paragraph, and the study's summary if it has one."""
    event = corpus.study.event
    tellers = [_teller(outlet) for outlet in corpus.study.outlets]
    summary = f"\n\n{event.summary}" if event.summary else ""
    days = f", {_days(event.start, event.end or event.start)}" if event.start else ""
    return f"{event.title}{days}. Told by {listed(tellers)} in {_articles(corpus)}.{summary}"


def _teller(outlet: Outlet) -> str:
    about = ", ".join(filter(None, (outlet.country, outlet.ownership)))
    return f"{outlet.name} ({about})" if about else outlet.name


def _articles(corpus: Corpus) -> str:
    counts = corpus.articles["outlet"].value_counts()
    if counts.max() == 1:
        return "one article each"
    least = f"{counts.min():,} to " if counts.min() < counts.max() else ""
    return f"{len(corpus.articles):,} articles, {least}{counts.max():,} an outlet"


def _days(first: date, last: date) -> str:
    """
    >>> _days(date(2018, 6, 13), date(2018, 6, 15))
    '13 to 15 June 2018'
    """
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def limits_of_size(corpus: Corpus) -> str:
    """What a corpus of this size cannot show, in two sentences."""
    counts = corpus.articles["outlet"].value_counts()
    names = listed(list(corpus.outlets.values()))
    if counts.min() == 1:
        whose = "Each outlet" if counts.max() == 1 else "At least one outlet"
        return (
            f"{whose} is represented by a single article, so that no difference found here can be"
            f" called typical of {names}. What can be said is how these articles differ."
        )
    return (
        f"Each outlet is represented by {counts.min():,} articles or more. What is found here"
        f" holds for {names} as far as these articles are a fair sample of what they wrote."
    )
