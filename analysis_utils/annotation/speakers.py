"""Who speaks: the subject of a reporting verb, and whom a quotation belongs to.

Only as much as the pronouns of a quotation need: "we" in it is its speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis_utils.annotation.parsed import Mention, Sentence
from analysis_utils.words import speech


def speaking(sentence: Sentence):
    """The subject of a reporting verb, both outside quotation marks; None without one."""
    verbs = [
        verb
        for verb in sentence.tokens
        if verb.lemma in speech.REPORTING
        and verb.pos == "VERB"
        and not sentence.quotation_at(verb)
        and (subject := sentence.subject(verb)) is not None
        and not sentence.quotation_at(subject)
    ]
    if not verbs:
        return None
    return sentence.subject(min(verbs, key=lambda verb: (verb.dep != "ROOT", verb.token)))


def attribution(sentence: Sentence) -> tuple[bool, str | None]:
    """Whether a sentence says who speaks, and the actor if it is one."""
    subject = speaking(sentence)
    mention = sentence.actor_at(subject) if subject is not None else None
    return subject is not None, mention.actor if mention else None


def quotation_speakers(article: Sequence[Sentence]) -> dict[str, str | None]:
    """The actor who speaks each quotation.

    The sentence that holds a part of it says who; else the sentence before it
    in its paragraph does (the nearest speaker; O'Keefe et al. 2012).
    """
    speakers: dict[str, str | None] = {}
    inherited: dict[str, str | None] = {}
    before: Sentence | None = None
    last: str | None = None
    for sentence in article:
        if before is None or sentence.paragraph != before.paragraph:
            last = None
        told, actor = attribution(sentence)
        for quotation_id, _, _ in sentence.quotations:
            inherited.setdefault(quotation_id, last)
            if told:
                speakers.setdefault(quotation_id, actor)
        last = actor if told else last
        before = sentence
    return inherited | speakers


def introduced_with(sentence: Sentence, person: Mention, kinds: Mapping[str, str]) -> str | None:
    """The organisation inside a person's noun phrase: "the company's CEO X"."""
    inside = {t.token for t in sentence.tokens if person.start <= t.start < person.end}
    for mention in sentence.mentions:
        if kinds[mention.actor] not in ("organisation", "institution"):
            continue
        word = sentence.last_token(mention)
        while word and word.dep in ("poss", "compound", "nmod", "pobj", "prep", "appos", "conj"):
            word = sentence.head(word)
            if word.token in inside:
                return mention.actor
    return None
