"""Pronouns that a rule can safely give to one of the study's actors.

A pronoun is left alone wherever two actors fit or where it may stand for a
thing; so most pronouns of a text stay without an actor, and those that get one
are meant to be right.  The rules, in the order they are tried:

relative
    "which" after an organisation's name and a comma, "who" after a person's,
    as subjects of their clause (non-restrictive relatives).
reported
    The subject of what a subject says: "the company says it will stop".  Not
    "it was a manifestation", not "it is clear that", and never from outside a
    quotation into it, where the speaker would say "we".
speech
    "it said": whoever spoke last, at most two paragraphs back.
possessive
    "its": the nearest subject above it in the sentence that agrees in number,
    if it is an actor and no subject further up fits as well
    (binding to the subject, in the spirit of Hobbs 1978 and Lappin and Leass 1994).
plural
    "they", "them", "their": the nearest plural noun before it in the sentence,
    if that is an actor ("the members of the parliament ... their questions").
he, she
    Everybody told of before is weighed, actors of the study or not
    (:mod:`~analysis_utils.annotation.antecedents`).
first person
    "we", "our", "us" inside a quotation: its speaker, or the organisation that
    a speaking person is introduced with ("the company's CEO X").  "I", "my",
    "me": the person who speaks.

On the hand codes of the default study (two articles, one coder) the rules give
12 of 13 pronouns the coder's actor and none a wrong one or a trap's; see
notebook 2 for the figures as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis_utils.annotation.antecedents import antecedents
from analysis_utils.annotation.parsed import SUBJECTS, Mention, Sentence
from analysis_utils.annotation.speakers import (
    attribution,
    introduced_with,
    quotation_speakers,
)
from analysis_utils.words import derived, speech
from analysis_utils.words import pronouns as words

#: "It said" looks this many paragraphs back for who spoke.
REACH = 2


@derived
def _family_of() -> dict[str, str]:
    """The family of each form of a pronoun."""
    return {form: family for family, forms in words.FAMILIES.items() for form in forms}


@dataclass
class _Article:
    """What the rules know while they read an article."""

    kinds: Mapping[str, str]
    allowed: Mapping[str, frozenset[str]]
    previous: Sentence | None = None
    speaker: str | None = None
    spoke_in: int = 0
    organisations: dict[str, str] = field(default_factory=dict)

    def fits(self, mention: Mention | None, family: str) -> bool:
        """Whether the pronoun can stand for the mention's actor."""
        return mention is not None and family in self.allowed[mention.actor]

    def is_person(self, actor: str) -> bool:
        return self.kinds[actor] == "person"


def resolve(
    article: Sequence[Sentence], kinds: Mapping[str, str], allowed: Mapping[str, frozenset[str]]
) -> None:
    """Add the pronouns of one article to the mentions of its sentences.

    Parameters
    ----------
    article
        The sentences in reading order, with the mentions found so far.
    kinds
        Kind of each actor.
    allowed
        Pronouns that may stand for each actor, such as ``{"it", "its"}``.
    """
    known = _Article(kinds, allowed)
    persons = antecedents(article, kinds, allowed)
    for sentence in article:
        for token in _pronouns(sentence):
            person = persons.get((sentence.sentence_id, token.token))
            actor = person.actor if person else _third_person(known, sentence, token)
            if actor:
                _add(sentence, token, actor)
        _take_note(known, sentence)
    speakers = quotation_speakers(article)
    for sentence in article:
        for token in _pronouns(sentence):
            speaker = speakers.get(sentence.quotation_at(token))
            actor = _first_person(known, token, speaker)
            if actor:
                _add(sentence, token, actor)


def _third_person(known: _Article, sentence: Sentence, token) -> str | None:
    family = _family_of()[token.text.lower()]
    if family in ("which", "who"):
        return _relative(known, sentence, token)
    if family == "they":
        return _plural(known, sentence, token)
    if family != "it":
        return None
    if token.tag == "PRP$":
        return _possessive(known, sentence, token, family)
    if token.dep not in SUBJECTS:
        return None
    return _reported(known, sentence, token, family) or _speech(known, sentence, token, family)


def _relative(known: _Article, sentence: Sentence, token) -> str | None:
    clause = sentence.clause_of(token)
    noun = sentence.head(clause)
    mention = sentence.mention_at(noun)
    if clause.dep != "relcl" or mention is None or noun.dep == "conj" or token.dep not in SUBJECTS:
        return None
    directly_after = sentence.text[mention.end : token.start].strip() == ","
    right_kind = known.is_person(mention.actor) == (token.text.lower() == "who")
    allowed = known.allowed[mention.actor]
    return mention.actor if directly_after and right_kind and allowed else None


def _reported(known: _Article, sentence: Sentence, token, family: str) -> str | None:
    verb = sentence.head(token)
    matrix = sentence.head(verb)
    if verb.dep != "ccomp" or matrix.lemma not in speech.REPORTING:
        return None
    subject = sentence.subject(matrix)
    if subject is None or subject.token > token.token or _is_plural(sentence, subject):
        return None
    if sentence.quotation_at(token) != sentence.quotation_at(subject):
        return None
    if _may_be_expletive(sentence, verb):
        return None
    mention = sentence.actor_at(subject)
    return mention.actor if mention and known.fits(mention, family) else None


def _may_be_expletive(sentence: Sentence, verb) -> bool:
    """Whether "it" may point at a thing or at nothing: "it was a ...", "it is clear that"."""
    if verb.lemma not in ("be", "become", "seem", "appear", "take"):
        return False
    children = sentence.children(verb)
    adjectives = [child for child in children if child.dep == "acomp"]
    below = [child for word in (verb, *adjectives) for child in sentence.children(word)]
    return any(child.dep in ("attr", "ccomp", "xcomp", "csubj") for child in below)


def _speech(known: _Article, sentence: Sentence, token, family: str) -> str | None:
    is_speech = sentence.head(token).lemma in speech.REPORTING and not sentence.quotation_at(token)
    recent = sentence.paragraph - known.spoke_in <= REACH
    if not (is_speech and recent and known.speaker) or family not in known.allowed[known.speaker]:
        return None
    return known.speaker


def _possessive(known: _Article, sentence: Sentence, token, family: str) -> str | None:
    subjects = _subjects_above(known, sentence, token, family)
    if not subjects or subjects[0] is None or not known.fits(subjects[0], family):
        return None
    nearest, *rivals = subjects
    fitting = {mention.actor for mention in rivals if mention and known.fits(mention, family)}
    return None if fitting - {nearest.actor} else nearest.actor


def _subjects_above(known: _Article, sentence: Sentence, token, family: str) -> list:
    """Mentions of the subjects above a word, from near to far.

    A subject that agrees in number but is no actor is None and ends the search;
    plural ones, and actors that the pronoun cannot stand for, are passed over.
    """
    found: list[Mention | None] = []
    clause = sentence.clause_of(token)
    for _ in sentence.tokens:
        subject = sentence.subject(clause)
        if _has_object(sentence, clause):
            # "asked X to ... its": the subject of the lower clause may be the object.
            return [*found, None]
        if subject and subject.token < token.token and not _is_plural(sentence, subject):
            mention = sentence.actor_at(subject)
            if sentence.quotation_at(subject) != sentence.quotation_at(token):
                return found
            if mention is None and _family_of().get(subject.text.lower(), family) == family:
                return [*found, None]
            if known.fits(mention, family):
                found.append(mention)
        if clause.head == clause.token:
            break
        clause = sentence.clause_of(clause)
    return found


def _has_object(sentence: Sentence, clause) -> bool:
    above = sentence.head(clause)
    return clause.dep == "xcomp" and any(
        child.dep in ("dobj", "dative") for child in sentence.children(above)
    )


def _plural(known: _Article, sentence: Sentence, token) -> str | None:
    for noun in reversed(sentence.tokens[: token.token]):
        mention = sentence.mention_at(noun)
        if noun.tag not in ("NNS", "NNPS") or (mention and not _is_plural(sentence, noun)):
            continue
        same_voice = sentence.quotation_at(noun) == sentence.quotation_at(token)
        if mention and same_voice and known.allowed[mention.actor]:
            return mention.actor
        return None
    return None


def _first_person(known: _Article, token, speaker: str | None) -> str | None:
    family = _family_of()[token.text.lower()]
    if speaker is None or not known.allowed[speaker]:
        return None
    if family == "i":
        return speaker if known.is_person(speaker) else None
    if family == "we":
        return known.organisations.get(speaker) if known.is_person(speaker) else speaker
    return None


def _take_note(known: _Article, sentence: Sentence) -> None:
    """Remember who spoke, and which organisation a person was introduced with."""
    told, actor = attribution(sentence)
    if told:
        known.speaker, known.spoke_in = actor, sentence.paragraph
    for mention in sentence.mentions:
        if known.is_person(mention.actor):
            organisation = introduced_with(sentence, mention, known.kinds)
            if organisation:
                known.organisations[mention.actor] = organisation
    known.previous = sentence


def _pronouns(sentence: Sentence) -> list:
    """Pronouns outside the mentions found so far."""
    return [
        token
        for token in sentence.tokens
        if token.text.lower() in _family_of()
        and token.pos == "PRON"
        and sentence.mention_at(token) is None
    ]


def _add(sentence: Sentence, token, actor: str) -> None:
    sentence.mentions.append(Mention(token.start, token.end, token.text, actor, "pronoun"))


def _is_plural(sentence: Sentence, noun) -> bool:
    """Whether a noun is plural or joined with another; names are singular ("United States")."""
    if any(
        child.dep == "conj" and child.pos in ("NOUN", "PROPN") for child in sentence.children(noun)
    ):
        mention = sentence.mention_at(noun)
        joined = [c for c in sentence.children(noun) if c.dep == "conj"]
        return not all(mention and sentence.mention_at(c) == mention for c in joined)
    mention = sentence.mention_at(noun)
    if mention and mention.kind in ("name", "alias"):
        return False
    return noun.tag in ("NNS", "NNPS") or noun.text.lower() in words.PLURAL
