"""The people of an article, actors of the study or not: who is named where, and by what.

Read are names of actors, other names of persons (with a title, a first name, a verb of speech
or a noun beside them), and nouns for one person ("the clerk").  A title alone is whoever bears
it in the article, if only one does ("the senator").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis_utils.annotation.parsed import SUBJECTS, Sentence
from analysis_utils.words import derived, pronouns, speech, titles

#: Weights of roles: the subject of the main clause, other subjects, objects and owners, what else.
_MAIN, _SUBJECT, _OBJECT, _OTHER = 12.0, 8.0, 7.0, 4.0

FAMILIES = ("he", "she")
OBJECTS = ("dobj", "dative")


class Place(NamedTuple):
    """Where an article speaks of somebody."""

    sentence: int
    token: int
    who: str
    weight: float
    quotation: str


@dataclass
class Somebody:
    """What an article tells of one person."""

    actor: str = ""
    name: str = ""
    families: Counter = field(default_factory=Counter)
    allowed: frozenset[str] = frozenset(FAMILIES)

    def can_be(self, family: str) -> bool:
        other = FAMILIES[family == "he"]
        return family in self.allowed and self.families[family] >= self.families[other]


def agreeing(name: str, forms: Sequence[str]) -> frozenset[str]:
    """The pronouns that may stand for an actor, less those that the first name rules out.

    Only where both "he" and "she" are allowed, as the default for persons is.
    """
    first = name.lower().split()[0]
    allowed = frozenset(forms)
    if not {"he", "she"} <= allowed or " " not in name:
        return allowed
    if first in pronouns.MEN:
        return allowed - set(pronouns.FAMILIES["she"])
    return allowed - set(pronouns.FAMILIES["he"]) if first in pronouns.WOMEN else allowed


class People:
    """Everybody of one article, by where they stand."""

    def __init__(
        self,
        article: Sequence[Sentence],
        kinds: Mapping[str, str],
        allowed: Mapping[str, frozenset[str]],
    ) -> None:
        self.article = article
        self._kinds = kinds
        self.everybody: dict[str, Somebody] = defaultdict(Somebody)
        for actor, forms in allowed.items():
            self.everybody[actor].actor = actor
            self.everybody[actor].allowed = frozenset(forms) & frozenset(FAMILIES)
        self._titled: dict[str, set[str]] = defaultdict(set)
        named = [list(self._named(number, one)) for number, one in enumerate(article)]
        self.named = [
            [*told, *self._nouns(number, article[number], told)]
            for number, told in enumerate(named)
        ]

    def _named(self, number: int, sentence: Sentence) -> Iterator[Place]:
        """Actors and other persons by name."""
        taken: set[int] = set()
        for mention in sentence.mentions:
            taken |= {t.token for t in sentence.tokens if mention.start <= t.start < mention.end}
            head = sentence.last_token(mention)
            if head is None or self._kinds[mention.actor] != "person":
                continue
            self._learn(mention.actor, mention.text, sentence, head)
            yield self.place(number, sentence, head, mention.actor)
        for run in _names(sentence, taken):
            who = self._who_is(sentence, run)
            if who:
                self._learn(who, " ".join(t.text for t in run), sentence, run[-1])
                yield self.place(number, sentence, run[-1], who)

    def _who_is(self, sentence: Sentence, run: list) -> str:
        """The key of a person's name, empty for other names."""
        words = [token.text for token in run]
        if any(word.lower() in pronouns.NO_PERSON for word in words):
            return ""
        key = f"name {words[-1]}"
        before = sentence.at(run[0].token - 1)
        courtesy = before is not None and _bare(before) in _titles()
        first = words[0].lower()
        if len(run) == 1:
            return key if key in self.everybody or courtesy else ""
        known = first in pronouns.MEN or first in pronouns.WOMEN
        says = run[-1].dep in SUBJECTS and sentence.head(run[-1]).lemma in speech.REPORTING
        beside = any(_is_person_noun(child) for child in _beside(sentence, run[-1]))
        return key if known or courtesy or says or beside else ""

    def _learn(self, who: str, words: str, sentence: Sentence, head) -> None:
        """Remember name, sex and titles of somebody."""
        one = self.everybody[who]
        words = re.sub(r"^[Tt]he ", "", words)
        one.name = max(one.name, words, key=len)
        first = words.split()[0].lower()
        near = {_bare(t).lower() for t in _beside(sentence, head)} | {first}
        for family, names, nouns in (
            ("he", pronouns.MEN, pronouns.MALE), ("she", pronouns.WOMEN, pronouns.FEMALE),
        ):  # fmt: skip
            own_name = first in names and " " in words
            if own_name or near & nouns:
                one.families[family] += 5
        for token in _beside(sentence, head):
            if _bare(token) in titles.OFFICES:
                self._titled[_office(token)].add(who)

    def _nouns(self, number: int, sentence: Sentence, told: list[Place]) -> Iterator[Place]:
        """Nouns for one person that stand for nobody named beside them."""
        taken = {t.token for t in sentence.tokens if sentence.mention_at(t)}
        taken |= {place.token for place in told}
        for token in sentence.tokens:
            if token.token in taken or not _is_person_noun(token):
                continue
            if token.dep in ("compound", "attr", "appos", "amod", "oprd", "nmod") or any(
                child.token in taken for child in sentence.children(token) if child.dep == "appos"
            ):
                continue
            kids = [child for child in sentence.children(token) if child.dep != "punct"]
            plain = {child.text.lower() for child in kids if child.token < token.token} <= {"the"}
            holders = self._titled.get(_office(token), set()) if plain and kids else set()
            who = next(iter(holders)) if len(holders) == 1 else f"noun {token.text.lower()}"
            one = self.everybody[who]
            for family, nouns in (("he", pronouns.MALE), ("she", pronouns.FEMALE)):
                if who.startswith("noun ") and token.text.lower() in nouns:
                    one.families[family] = 5
            yield self.place(number, sentence, token, who)

    def place(self, number: int, sentence: Sentence, token, who: str) -> Place:
        return Place(
            number, token.token, who, _weight(sentence, token), sentence.quotation_at(token)
        )

    def at(self, number: int, token) -> str:
        """Who is named at a token, or beside it; empty without one."""
        beside = [c.token for c in self.article[number].children(token) if c.dep == "appos"]
        for where in (token.token, *beside):
            for place in self.named[number]:
                if place.token == where:
                    return place.who
        return ""


def _weight(sentence: Sentence, token) -> float:
    """How much the role of a person in a sentence brings him or her to mind."""
    share = 1.0
    while token.dep in ("conj", "appos") and token.head != token.token:
        share *= 0.5 if token.dep == "conj" else 1.0
        token = sentence.head(token)
    if any(child.dep == "conj" for child in sentence.children(token)):
        share = 0.5
    if token.dep in SUBJECTS:
        verb = sentence.head(token)
        return share * (_MAIN if verb.head == verb.token else _SUBJECT)
    if token.dep == "pobj" and sentence.head(token).dep == "agent":
        return share * _SUBJECT
    return share * (_OBJECT if token.dep in (*OBJECTS, "poss") else _OTHER)


def _names(sentence: Sentence, taken: set[int]) -> Iterator[list]:
    """Runs of names of one to four words that are no actor's, without titles."""
    run: list = []
    for token in [*sentence.tokens, None]:
        is_part = (
            token is not None
            and token.pos == "PROPN"
            and token.text[:1].isupper()
            and token.token not in taken
            and _bare(token) not in _titles()
        )
        if is_part:
            run.append(token)
            continue
        if 0 < len(run) <= 4:
            yield run
        run = []


def _beside(sentence: Sentence, head) -> list:
    """Words that say what somebody is: titles before a name, nouns in apposition to it."""
    near = [c for c in sentence.children(head) if c.dep in ("compound", "appos", "nmod")]
    if head.dep == "appos":
        near.append(sentence.head(head))
    before = sentence.at(min([head.token, *(c.token for c in near if c.token < head.token)]) - 1)
    return [*near, before] if before is not None and _bare(before) in _titles() else near


def _is_person_noun(token) -> bool:
    word = token.text.lower()
    if token.tag != "NN" or token.text.isupper():
        return False
    ending = re.search(r"(?:man|woman|ist|ian|er|or)$", word) and len(word) > 5
    told = word in pronouns.PERSON or word in pronouns.MALE or word in pronouns.FEMALE
    return bool(told or (ending and word in _person_nouns()))


@derived
def _person_nouns() -> frozenset[str]:
    return frozenset(word.lower() for word in (*titles.KINDS, *titles.OFFICES, *titles.HEADS))


@derived
def _titles() -> frozenset[str]:
    return titles.COURTESY | titles.HONOURS | titles.OFFICES


def _office(token) -> str:
    """An office as it is compared: "Rep." is "congressman"."""
    word = _bare(token).lower()
    return titles.ALIKE.get(word, word)


def _bare(token) -> str:
    return token.text.rstrip(".")
