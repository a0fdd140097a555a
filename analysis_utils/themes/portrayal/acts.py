"""Whom a noun phrase stands for: the actor itself, a body of it, or an act of it.

"The country's agencies" are the country, "the call by European MPs" is an act of the
parliament, and "this decision" takes up an act told before.  News grammar makes acts into
actors (nominalisation and metonymy; Fowler et al. 1979; van Leeuwen 1996), so whoever counts
who does what has to know whose act it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.parsed import SUBJECTS, Mention, Sentence, read_sentences
from analysis_utils.themes.portrayal.clauses import Clauses, lemma
from analysis_utils.words import acts as words
from analysis_utils.words import pronouns, times

#: What a noun phrase can be to an actor.
REFERENCES = {
    "self": "a mention of the actor",
    "body": "people or an office that stand for the actor",
    "act": "something the actor did",
}

_NOUNS = ("NOUN", "PROPN")

#: Relations through which a phrase names what it is about.
_INNER = ("poss", "compound", "nmod", "amod", "appos", "conj", "prep", "pobj", "pcomp", "dobj")

#: Memory of a story: more acts than this are never taken up by "the decision".
_REMEMBERED = 20


class Reference(NamedTuple):
    """An actor that a noun stands for, and how (see :data:`REFERENCES`)."""

    actor: str
    how: str


class Act(NamedTuple):
    """A decisive act that was told: the noun or verb for it and who did it."""

    lemma: str
    actor: str


@dataclass
class Reading:
    """A sentence being read: its clauses, and the acts told before it in the article."""

    sentence: Sentence
    clauses: Clauses
    kinds: Mapping[str, str]
    told: list[Act]

    def references(self, noun) -> list[Reference]:
        """The actors that a noun and those joined to it stand for, without repeats."""
        found = [self._reference(word) for word in self.clauses.conjuncts(noun)]
        return list(dict.fromkeys(filter(None, found)))

    def _reference(self, noun) -> Reference | None:
        mention = self.sentence.actor_at(noun)
        if mention is not None:
            return Reference(mention.actor, "self")
        if self.takes_up(noun):
            thing = self.thing(noun)
            actor = self.act_actor(thing) if thing is not None else ""
            return Reference(actor, "act") if actor else None
        body = self._body_of(noun)
        if body:
            return Reference(body, "body")
        actor = self.act_actor(noun)
        return Reference(actor, "act") if actor else None

    def takes_up(self, pronoun) -> bool:
        """Whether a word is a pronoun for a thing; "it" in "it was said that" is none."""
        verb = self.clauses.head(pronoun)
        expletive = pronoun.dep in SUBJECTS and self.clauses.below(verb, "ccomp", "csubj")
        is_pronoun = pronoun.pos in ("PRON", "DET", "SCONJ") and not expletive
        return is_pronoun and pronoun.text.lower() in pronouns.THINGS

    def _body_of(self, noun) -> str:
        """The actor whose people or office a noun names: "the country's agencies"."""
        name = lemma(noun)
        if name not in words.BODY_NOUNS | words.PERSONAL_BODIES:
            return ""
        owner = self._owner(noun) or self._attached(noun, ("of",))
        person = bool(owner) and self.kinds[owner] == "person"
        fits = name in (words.PERSONAL_BODIES if person else words.BODY_NOUNS)
        return owner if fits else ""

    def act_actor(self, noun) -> str:
        """Who did the act that a noun names; empty if it names none or nobody is known."""
        return self.named_actor(noun) or self._performer(noun) or self._taken_up(noun)

    def named_actor(self, noun) -> str:
        """Who did it, where the phrase itself says so: "the call by MPs", "X's decision"."""
        name = lemma(noun)
        if name not in words.ACT_NOUNS or noun.pos not in _NOUNS:
            return ""
        ways = ("by", "from") if name in words.DONE_TO_OF else ("by", "from", "of")
        return self._attached(noun, ("by",)) or self._owner(noun) or self._attached(noun, ways)

    def _owner(self, noun) -> str:
        """The actor in a possessive or compound before a noun, or right beside it."""
        for child in self.clauses.below(noun, "poss", "compound", "nmod", "amod"):
            references = self.references(child) if child.dep == "poss" else []
            mention = self.sentence.mention_at(child)
            if references and references[0].how != "act":
                return references[0].actor
            if mention is not None and child.dep != "poss":
                return mention.actor
        before = self.sentence.at(noun.token - 1)
        beside = self.sentence.mention_at(before) if before is not None else None
        # "The US authorities decision": parsers take the two nouns apart.
        if beside is None or before.dep not in ("dobj", "compound", "nmod", "nsubj"):
            return ""
        return beside.actor if noun.dep in ("oprd", "dobj", "appos") else ""

    def _attached(self, noun, prepositions: Iterable[str]) -> str:
        for preposition in self.clauses.below(noun, "prep"):
            if preposition.text.lower() in prepositions:
                for inner in self.clauses.below(preposition, "pobj"):
                    mention = self.sentence.actor_at(inner)
                    owner = mention.actor if mention else self._body_of(inner)
                    if owner:
                        return owner
        return ""

    def _performer(self, noun) -> str:
        """Who brings the act into being ("passed a resolution") or has the will to do it.

        "Voiced readiness to", "in an effort to": the subject of the verb.
        """
        name, above = lemma(noun), self.clauses.head(noun)
        if name in words.WILL_NOUNS and above.text.lower() in ("in", "with"):
            above = self.clauses.head(above)
        elif noun.dep != "dobj":
            return ""
        performed = name in words.ACT_NOUNS and lemma(above) in words.PERFORMING
        if any(by.text.lower() == "by" for by in self.clauses.below(noun, "prep")):
            return ""  # "an effort by governments" is theirs, whoever they are
        if not performed and (name not in words.WILL_NOUNS or above.pos not in ("VERB", "AUX")):
            return ""
        subject = self.clauses.subject(above)
        mention = self.sentence.actor_at(subject) if subject is not None else None
        return mention.actor if mention else (self._body_of(subject) if subject else "")

    def _taken_up(self, noun) -> str:
        """Who did the act that "the decision" or "this resolution" takes up.

        The latest act of the same name; a shell noun such as "decision" or "move" takes up
        the latest decisive act whatever its name (Schmid 2000).
        """
        determiners = {child.text.lower() for child in self.clauses.below(noun, "det")}
        name = lemma(noun)
        if not determiners & pronouns.DEFINITE or name not in words.ACT_NOUNS:
            return ""
        any_fits = name in words.SHELL_NOUNS
        told = reversed(self.told)
        return next((act.actor for act in told if any_fits or act.lemma == name), "")

    def thing(self, pronoun):
        """The noun that "it", "this" or "them" takes up in its sentence; None if unclear.

        The nearest subject before it that agrees in number and is no actor, else the
        nearest other noun (subjects are taken up most: Lappin and Leass 1994).
        """
        plural = pronoun.text.lower() in ("they", "them", "these", "those")
        before = [
            token
            for token in reversed(self.sentence.tokens[: pronoun.token])
            if token.pos in _NOUNS and (token.tag in ("NNS", "NNPS")) == plural
        ]
        things = [token for token in before if self.sentence.mention_at(token) is None]
        is_object = pronoun.dep in ("dobj", "pobj")
        subjects = [token for token in things if token.dep in ("nsubj", "nsubjpass")]
        objects = [token for token in things if token.dep in ("dobj", "nsubj", "nsubjpass")]
        return next(iter([] if is_object else subjects), next(iter(objects), None))

    def inner_references(self, noun, but: Iterable[str] = ()) -> list[Reference]:
        """The actors nearest to a noun inside its phrase: "cooperation with X", "X products".

        Clauses are left out, for they tell acts of their own; so are places ("in X").
        """
        level, but = [noun], set(but)
        while level:
            inner = [child for word in level for child in self._inside(word)]
            found = []
            for word in inner:
                found.extend(self._reference_inside(word))
            found = [reference for reference in dict.fromkeys(found) if reference.actor not in but]
            if found:
                return found
            level = inner
        return []

    def _reference_inside(self, word) -> list[Reference]:
        if word.pos not in (*_NOUNS, "PRON", "ADJ", "DET"):
            return []
        mention = self.sentence.mention_at(word)
        if mention is not None:
            joined = self.references(word) if word.dep != "compound" else []
            return joined or [Reference(mention.actor, "self")]
        reference = self._reference(word) if word.dep == "pobj" else None
        return [reference] if reference else []

    def _inside(self, word) -> Iterator:
        for child in self.clauses.below(word, *_INNER):
            examples = child.text.lower() == "as" and self.is_example(child)
            if child.dep == "prep" and not examples:
                if child.text.lower() in words.CIRCUMSTANCE:
                    continue
                if child.text.lower() in ("to", "from", "into") and lemma(word) in words.MOTION:
                    continue
            if child.dep != "pcomp" or not self.clauses.tells_act(child):
                yield child

    def is_example(self, preposition) -> bool:
        """Whether a preposition is the "as" of "such as", or "including"."""
        if preposition.text.lower() == "including":
            return True
        before = self.sentence.at(preposition.token - 1)
        return preposition.text.lower() == "as" and before is not None and before.lemma == "such"

    def examples_of(self, nouns: Sequence) -> list[Reference]:
        """Actors given as examples of some nouns: "programs that are harmful, such as X"."""
        group = {noun.token for noun in nouns}
        found = []
        for token in self.sentence.tokens:
            exemplified = self.exemplified(token) if self.is_example(token) else None
            if exemplified is not None and exemplified.token in group:
                for word in (token, *self.clauses.below(token, "prep")):
                    for inner in self.clauses.below(word, "pobj"):
                        found.extend(self.references(inner) or self.inner_references(inner))
        return found

    def exemplified(self, preposition):
        """The noun whose examples follow "such as" or "including"; None without one.

        Parsers often tie "such as" to a verb; it belongs to the nearest plural noun before
        it.  "Including with X" passes over the objects of gerunds: "projects in fighting
        crimes, including with X".
        """
        parallel = bool(self.clauses.below(preposition, "prep"))
        for word in reversed(self.sentence.tokens[: preposition.token]):
            of_gerund = self.clauses.head(word).dep == "pcomp"
            if word.tag in ("NNS", "NNPS") and not (parallel and of_gerund):
                return word
        return None

    def is_when(self, preposition) -> bool:
        """Whether a preposition brings in a time: "on Thursday", "over the weekend"."""
        return any(
            lemma(noun) in times.TIMES
            or any(
                token.text in times.MONTHS | times.WEEKDAYS
                for token in (noun, *self.clauses.below(noun))
            )
            for noun in self.clauses.below(preposition, "pobj")
        )

    def remember(self) -> None:
        """Note the decisive acts of this sentence, for the sentences after it."""
        for token in self.sentence.tokens:
            actor = ""
            if lemma(token) in words.SHELL_NOUNS | words.DECISIVE_NOUNS and token.pos == "NOUN":
                actor = self.act_actor(token)
            elif lemma(token) in words.DECISIVE_VERBS and self.clauses.tells_act(token):
                subject = self.clauses.subject(token)
                mention = self.sentence.actor_at(subject) if subject is not None else None
                actor = mention.actor if mention and not self.clauses.is_passive(token) else ""
            if actor:
                self.told.append(Act(lemma(token), actor))
        del self.told[:-_REMEMBERED]


def read_acts(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: Sequence,
) -> Iterator[Reading]:
    """Every sentence of a corpus in reading order, with the acts told before it.

    Parameters
    ----------
    sentences, tokens, quotations, mentions
        Tables of the corpus.
    actors
        The study's actors, with ``id`` and ``kind``.
    """
    columns = ["sentence_id", *Mention._fields]
    of_sentence: dict[str, list[Mention]] = {}
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_sentence.setdefault(sentence_id, []).append(Mention(*mention))
    kinds = {actor.id: actor.kind for actor in actors}
    parsed = read_sentences(sentences, tokens, quotations)
    for _, article in groupby(parsed, key=attrgetter("article_id")):
        told: list[Act] = []
        for sentence in article:
            sentence.mentions = of_sentence.get(sentence.sentence_id, [])
            reading = Reading(sentence, Clauses(sentence), kinds, told)
            yield reading
            reading.remember()
