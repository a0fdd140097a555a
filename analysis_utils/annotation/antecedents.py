"""Whom "he" and "she" mean, also where it is nobody of whom the study speaks.

A pronoun can stand for anybody told of before it: "Mr. Tobin said the court could use
the records, which he said were complete".  For each pronoun all who agree with it are
weighed by how near and in which role they stand, in the spirit of the salience of Lappin
and Leass (1994), and the foremost is taken if nobody else comes near.  Else nothing
decides, and the pronoun is left open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from analysis_utils.annotation.parsed import SUBJECTS, Sentence
from analysis_utils.annotation.people import FAMILIES, OBJECTS, People, Place
from analysis_utils.annotation.speakers import speaking
from analysis_utils.words import derived, pronouns, speech

#: How many sentences back a pronoun reaches, and what is left of a weight with each.
REACH, DECAY = 3, 0.5

#: How many times as much as everybody else's the weight of the one who is meant must be.
MARGIN = 2.0

#: Weight of who tells it ("X said he"), of the owner's subject ("X sold his"), of a subject
#: that follows ("In his letter X"), and of who spoke last ("he added").
_BOUND = 8.0

#: What a quotation's words weigh outside it.
_QUOTED = 0.3


class Person(NamedTuple):
    """Somebody of an article: an actor's id, or empty; and a name, or empty."""

    actor: str
    name: str


def antecedents(
    article: Sequence[Sentence], kinds: Mapping[str, str], allowed: Mapping[str, frozenset[str]]
) -> dict[tuple[str, int], Person]:
    """Whom each "he" and "she" of an article means, where the text decides.

    Parameters
    ----------
    article
        The sentences in reading order, with the mentions found so far.
    kinds, allowed
        Kind of each actor, and the pronouns that may stand for it.

    Returns
    -------
    By sentence and place of the pronoun's token: an actor, or somebody of whom
    the study does not speak.
    """
    reader = _Reader(article, kinds, allowed)
    reader.read()
    # What pronouns tell of a person helps with those before them.
    reader.read()
    return reader.told()


@derived
def _family_of() -> dict[str, str]:
    return {form: name for name in FAMILIES for form in pronouns.FAMILIES[name]}


class _Reader:
    """Reads the pronouns of one article."""

    def __init__(self, article, kinds, allowed) -> None:
        self.article = article
        self.people = People(article, kinds, allowed)
        self.everybody = self.people.everybody
        self.found: dict[tuple[int, int], str] = {}

    def told(self) -> dict[tuple[str, int], Person]:
        """The pronouns that are decided."""
        return {
            (self.article[number].sentence_id, token): self._person(who)
            for (number, token), who in self.found.items()
        }

    def _person(self, who: str) -> Person:
        one = self.everybody[who]
        return Person(one.actor, one.name)

    def read(self) -> None:
        """Decide the pronouns in reading order; those in quotation marks need their speakers."""
        self.speakers = self._speakers()
        self.found = {}
        for number, sentence in enumerate(self.article):
            for token in sentence.tokens:
                family = _family_of().get(token.text.lower())
                if family and token.pos == "PRON":
                    who = self._whom(number, sentence, token, family)
                    if who:
                        self.found[number, token.token] = who
        told = Counter(
            (who, _family_of()[self.article[n].tokens[token].text.lower()])
            for (n, token), who in self.found.items()
        )
        for (who, family), count in told.items():
            one = self.everybody[who]
            if not one.families:
                one.families[family] += count

    def at(self, number: int, token) -> str:
        """Who stands at a token: by name, by noun or by a decided pronoun."""
        return self.people.at(number, token) or self.found.get((number, token.token), "")

    def _speakers(self) -> dict[str, str]:
        """Who speaks each quotation, as far as names and pronouns tell."""
        speakers: dict[str, str] = {}
        last, paragraph = "", -1
        for number, sentence in enumerate(self.article):
            last = last if sentence.paragraph == paragraph else ""
            paragraph = sentence.paragraph
            subject = speaking(sentence)
            last = self.at(number, subject) if subject is not None else last
            for quotation_id, _, _ in sentence.quotations:
                if last and (subject is not None or quotation_id not in speakers):
                    speakers.setdefault(quotation_id, last)
        return speakers

    def _whom(self, number: int, sentence: Sentence, token, family: str) -> str:
        quotation = sentence.quotation_at(token)
        speaker = self.speakers.get(quotation, "")
        if (quotation and not speaker) or self._is_open(number, sentence, token, family):
            return ""
        weights: dict[str, float] = defaultdict(float)
        for place in self._before(number, token):
            if self.everybody[place.who].can_be(family) and place.who != speaker:
                share = 1.0 if place.quotation in ("", quotation) else _QUOTED
                back = number - place.sentence
                weights[place.who] = max(weights[place.who], 0) + share * place.weight * DECAY**back
        for who in self._bound(number, sentence, token, speaker):
            if self.everybody[who].can_be(family):
                weights[who] += _BOUND
        others = {*self._other_arguments(number, sentence, token)}
        others |= {*self._told_below(number, sentence, token)}
        for who in others:
            weights.pop(who, None)
        return _foremost(weights)

    def _is_open(self, number: int, sentence: Sentence, token, family: str) -> bool:
        """Whether it shares its place ("he and X"), or nothing decides one before it."""
        if any(child.dep == "conj" for child in sentence.children(token)) or token.dep == "conj":
            return True
        return any(
            _family_of().get(other.text.lower()) == family
            and other.pos == "PRON"
            and (number, other.token) not in self.found
            and sentence.quotation_at(other) == sentence.quotation_at(token)
            for other in sentence.tokens[: token.token]
        )

    def _before(self, number: int, token) -> Iterator[Place]:
        """Everybody told of before a pronoun, as far as it reaches."""
        for n in range(max(number - REACH, 0), number + 1):
            yield from (p for p in self.people.named[n] if n < number or p.token < token.token)
            for (at, place), who in self.found.items():
                if at == n:
                    sentence = self.article[n]
                    yield self.people.place(n, sentence, sentence.tokens[place], who)

    def _bound(self, number: int, sentence: Sentence, token, speaker: str) -> Iterator[str]:
        """Whom the build of the sentence binds the pronoun to."""
        verb = sentence.head(token)
        if token.dep in SUBJECTS and verb.dep == "ccomp":
            matrix = sentence.subject(sentence.head(verb))
            same = matrix and sentence.quotation_at(matrix) == sentence.quotation_at(token)
            if same and sentence.head(verb).lemma in speech.REPORTING:
                yield self.at(number, matrix)
        if token.dep in SUBJECTS and verb.lemma in speech.REPORTING:
            yield self._spoke_last(number)
        above = token
        while above.head != above.token and above.dep != "relcl":
            above = sentence.head(above)
        if above.dep == "relcl":
            # "X, whose errors cost him": who the clause is about.
            yield self.at(number, sentence.head(above))
        if token.tag == "PRP$":
            noun = sentence.head(token)
            if noun.dep == "conj" and self.at(number, sentence.head(noun)):
                # "X and his friends": nobody stands nearer.
                yield from [self.at(number, sentence.head(noun))] * 4
            subject = sentence.subject(sentence.clause_of(token))
            if subject is not None and subject.token < token.token:
                yield self.at(number, subject)
            praised = _praised(sentence, token)
            if praised is not None:
                yield self.at(number, praised)
        root = next((t for t in sentence.tokens if t.head == t.token), None)
        subject = sentence.subject(root) if root is not None else None
        if root is None or subject is None:
            return
        if token.token < subject.token and token.start < root.start:
            who = self.at(number, subject)
            fronted = _below(sentence, token, root)
            if who and who != speaker and fronted in ("prep", "advcl"):
                yield who

    def _spoke_last(self, number: int) -> str:
        """Who speaks in the last sentence before that says who does."""
        for n in range(number - 1, max(number - REACH, 0) - 1, -1):
            subject = speaking(self.article[n])
            if subject is not None:
                return self.at(n, subject)
        return ""

    def _told_below(self, number: int, sentence: Sentence, token) -> Iterator[str]:
        """Those named inside what the pronoun is the subject of: "he doubts that X will"."""
        if token.dep not in SUBJECTS:
            return
        verb = sentence.head(token)
        for place in self.people.named[number]:
            word = sentence.tokens[place.token]
            while word.head != word.token and word.token != verb.token:
                word = sentence.head(word)
            if place.token > token.token and word.token == verb.token:
                yield place.who

    def _other_arguments(self, number: int, sentence: Sentence, token) -> Iterator[str]:
        """Those beside whom the pronoun stands under one verb: "X met him" is not X himself."""
        if token.tag == "PRP$":
            # The owner of a noun is nobody who stands beside it: "X and his brother".
            noun = sentence.head(token)
            yield self.at(number, noun)
            return
        verb = sentence.head(token)
        if verb.pos == "ADP":
            verb = sentence.head(verb)
        yield from (
            self.at(number, child)
            for child in sentence.children(verb)
            if child is not token and child.dep in (*SUBJECTS, *OBJECTS)
        )
        # "X sent Y a letter to tell him" is not X, "X urged Y to help him" neither of both.
        while token.dep not in SUBJECTS and sentence.subject(verb) is None:
            control = (*SUBJECTS, *OBJECTS) if verb.dep == "xcomp" else SUBJECTS
            above = sentence.clause_of(verb)
            yield from (
                self.at(number, child)
                for child in sentence.children(above)
                if child is not token and child.dep in control
            )
            if above.head == above.token:
                return
            verb = above


def _foremost(weights: Mapping[str, float]) -> str:
    """The one whose weight is well above everybody else's; empty without one."""
    ranked = sorted(((weight, who) for who, weight in weights.items() if who), reverse=True)
    if not ranked:
        return ""
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][1] if ranked[0][0] >= MARGIN * second and ranked[0][0] >= 1 else ""


def _below(sentence: Sentence, token, root) -> str:
    """The relation of the phrase right below the root in which a token stands."""
    while token.head != root.token and token.head != token.token:
        token = sentence.head(token)
    return token.dep


def _praised(sentence: Sentence, token):
    """The object of the verb whose "for" phrase holds a word: "praised X for his courage"."""
    word = sentence.head(token)
    while word.dep in ("pobj", "conj", "pcomp", "dobj"):
        word = sentence.head(word)
    if word.dep != "prep" or word.text.lower() != "for":
        return None
    siblings = sentence.children(sentence.head(word))
    return next((child for child in siblings if child.dep == "dobj"), None)
