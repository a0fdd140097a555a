"""Parties that articles call by no name: "the migrants", "police", "the gunman".

Their nouns are those for people and for bodies of people that several outlets speak of, as somebody
who acts or is acted upon.  Which nouns mean one party is told by a list of words, and as a doubt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import TYPE_CHECKING

from analysis_utils.own_study.kinds import is_human
from analysis_utils.own_study.signs import nouns_beside
from analysis_utils.words import actors, derived

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: A party is named so often, by this share of the outlets, and acts or is acted upon in this share
#: of its places.
LEAST, OUTLETS, ACTIVE = 4, 0.5, 0.3
#: It has this share of the most present name's rank; what could be anybody has more.
SHARE, GENERAL_SHARE = 0.35, 0.8
#: A lone person such as "the gunman" is told with "the" in this share of places.
DEFINITE = 0.3
#: A word before a noun belongs to it from this share of places: "oil companies".
JOINED = 0.6
#: So many parties are proposed at most.
MOST_PARTIES = 3

_ACTIVE = ("nsubj", "nsubjpass", "dobj", "dative", "appos", "conj", "poss")
_BEFORE_NOUNS = ("compound", "amod", "nmod", "npadvmod")


@dataclass
class Party:
    """The names of a party, by outlet, and how they stand in their sentences."""

    forms: Counter = field(default_factory=Counter)
    outlets: Counter = field(default_factory=Counter)
    joined: Counter = field(default_factory=Counter)
    n_active: int = 0
    n_plural: int = 0
    n_definite: int = 0

    @property
    def n(self) -> int:
        """How often it is named."""
        return self.forms.total()

    @property
    def rank(self) -> float:
        """As names are ranked: what many outlets speak of before what one repeats."""
        return sum(map(sqrt, self.outlets.values()))

    @property
    def is_group(self) -> bool:
        """Whether these are several people, and not one."""
        return self.n_plural >= self.n / 2

    @property
    def name(self) -> str:
        """What it is called most, with "the" if it is one person."""
        plural = [form for form, _ in self.forms.most_common() if form != singular(form)]
        first = next(iter(self.forms.most_common(1)))[0]
        if not self.is_group:
            return f"the {first}"
        if singular(first) in actors.COLLECTIVES:
            return singular(first)
        before = self.joined.most_common(1)
        name = plural[0] if plural else first
        with_word = before and before[0][0] and before[0][1] >= JOINED * self.n
        return f"{before[0][0]} {name}" if with_word else name

    def add(self, token: Token, form: str, outlet: str) -> None:
        """Count a place where it is named."""
        self.forms[form] += 1
        self.outlets[outlet] += 1
        self.joined[_joined_before(token)] += " " not in form
        self.n_active += _role(token) in _ACTIVE
        self.n_plural += token.tag_ == "NNS" or singular(token.lower_) in actors.COLLECTIVES
        self.n_definite += any(child.lower_ == "the" for child in token.children)

    def take(self, other: Party) -> None:
        """Add another name of the same party."""
        for own, of_other in zip(self._counted(), other._counted(), strict=True):
            own.update(of_other)
        self.n_active += other.n_active
        self.n_plural += other.n_plural
        self.n_definite += other.n_definite

    def _counted(self) -> tuple[Counter, ...]:
        return self.forms, self.outlets, self.joined


class Nouns:
    """Nouns for people in articles, taken note of paragraph by paragraph."""

    def __init__(self) -> None:
        self._parties: dict[str, Party] = defaultdict(Party)
        #: Nouns beside names: they tell who a named person is.
        self._told: set[str] = set()

    def add(self, doc: Doc, outlet: str) -> None:
        """Take note of the nouns of a paragraph."""
        for entity in doc.ents:
            if entity.label_ == "PERSON":
                self._told.update(map(str.casefold, nouns_beside(entity)))
        for token in doc:
            if token.pos_ == "NOUN" and token.dep_ not in _BEFORE_NOUNS:
                phrase = f"{_joined_before(token)} {token.lower_}"
                form = phrase if singular(phrase) in _one_party() else token.lower_
                if _is_party(singular(form)):
                    self._parties[singular(form)].add(token, form, outlet)

    def parties(self, n_outlets: int, most: float) -> list[Party]:
        """The salient ones, the most present first.

        Parameters
        ----------
        n_outlets
            How many outlets there are.
        most
            The rank of the most present name.
        """
        found = [each for each in self._joined() if self._is_salient(each, n_outlets, most)]
        return sorted(found, key=lambda party: -party.rank)[:MOST_PARTIES]

    def _joined(self) -> Iterator[Party]:
        """Parties, those that are one by the list of words as one."""
        joined: dict[str, Party] = {}
        for name, party in sorted(self._parties.items(), key=lambda each: -each[1].n):
            key = _one_party().get(name, name)
            if key in joined:
                joined[key].take(party)
            else:
                joined[key] = party
        yield from joined.values()

    def _is_salient(self, party: Party, n_outlets: int, most: float) -> bool:
        name = singular(party.forms.most_common(1)[0][0])
        share = GENERAL_SHARE if name in actors.GENERAL else SHARE
        lone = name in actors.LONE_PARTIES and name not in self._told
        return (
            party.n >= LEAST
            and len(party.outlets) >= max(2, ceil(OUTLETS * n_outlets))
            and party.n_active >= ACTIVE * party.n
            and party.rank >= share * most
            and (party.is_group or (lone and party.n_definite >= DEFINITE * party.n))
        )


@derived
def _one_party() -> dict[str, str]:
    """By noun, the first of those that mean the same party."""
    return {name: first for first, names in actors.ONE_PARTY.items() for name in (first, *names)}


def _is_party(noun: str) -> bool:
    known = noun in actors.PEOPLE or noun in actors.COLLECTIVES or noun in _one_party()
    return (known or is_human(noun)) and noun not in actors.NO_PARTIES


def _joined_before(token: Token) -> str:
    """The noun right before a noun that belongs to it, empty if there is none."""
    before = token.nbor(-1) if token.i else token
    joined = before.dep_ == "compound" and before.pos_ == "NOUN" and before.head == token
    return before.lower_ if joined else ""


def _role(token: Token) -> str:
    """What a noun is to its verb; "by" makes it the one who acts."""
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        return "nsubj"
    return token.dep_


def singular(noun: str) -> str:
    """A noun in the singular.

    >>> singular("deputies"), singular("gunmen"), singular("witnesses"), singular("police")
    ('deputy', 'gunman', 'witness', 'police')
    """
    if noun in actors.COLLECTIVES or noun.endswith(("ss", "us")):
        return noun
    if noun in actors.PLURALS:
        return actors.PLURALS[noun]
    for end, single in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("men", "man"), ("s", "")):
        if noun.endswith(end):
            return noun.removesuffix(end) + single
    return noun
