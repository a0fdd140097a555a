"""Who does what to whom: triples of agent, verb and patient from the dependency parse.

Who is made the one who acts, who the one acted upon, and who is left out is a choice of
grammar with a meaning (Fowler et al. 1979; Trew 1979; van Dijk 1988; van Leeuwen 1996:
activation, passivation, backgrounding).  The rules of
:mod:`analysis_utils.themes.portrayal.clauses` find the subject of each verb, those of
:mod:`analysis_utils.themes.portrayal.acts` the actor behind a noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.parsed import SUBJECTS
from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.themes.portrayal.acts import Reading, Reference, read_acts
from analysis_utils.themes.portrayal.clauses import lemma
from analysis_utils.themes.portrayal.schemas import Triples
from analysis_utils.words import acts as words

_COMPLEMENTS = ("dobj", "prep", "ccomp", "xcomp", "oprd", "dative", "agent")
_DEPENDENT = ("pcomp", "advcl", "acl", "xcomp", "csubj", "ccomp")
_OWN_CLAUSES = ("relcl", "acl", "ccomp", "advcl", "appos")


class Touched(NamedTuple):
    """What an act touches: the words of its object, their noun, the actors in them, and which of
    these the object itself names."""

    tokens: list
    head: str
    actors: list[str]
    direct: frozenset[str] = frozenset()


_NOTHING = Touched([], "", [])


def find_triples(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: Sequence,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """Every act that has an actor of the study as agent or patient, and every agentless passive.

    The patient is the actor whom the object names, else the nearest one inside it
    ("cooperation with X", "X products"), else the one behind the verb's preposition ("meet
    with X").  An actor in a place ("in X"), and an agent's own things, are no patient.
    An agent and several patients, or several agents, give one triple each.  Not acts: "be",
    infinitives of purpose, and gerunds that say what something is for.

    ``sure`` are the triples that the parse says outright: the agent's name or pronoun is the
    verb's subject, written or shared with the verb before, and the patient's its object (or stands
    behind "with", "to", "at" or "against" where there is none), not a part, an owner or an act of
    either.  Verbs of speech and verbs such as "have" and "use" are never sure.

    Parameters
    ----------
    sentences, tokens, quotations, mentions, quotes
        Tables of the corpus.
    actors
        The study's actors, with ``id`` and ``kind``.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Triples`; ``voice`` and ``speaker`` as
    :func:`~analysis_utils.annotation.voice.voice_of_spans` gives them.
    """
    rows = [
        row
        for reading in read_acts(sentences, tokens, quotations, mentions, actors)
        for row in _sentence_triples(reading)
    ]
    table = pd.DataFrame(rows, columns=Triples.columns()).drop(columns=["voice", "speaker"])
    spans = table.rename(columns={"verb_start": "start", "verb_end": "end"})
    voices = voice_of_spans(spans[["sentence_id", "start", "end"]], quotes, sentences)
    return table.join(voices[["voice", "speaker"]])[Triples.columns()]


def _sentence_triples(reading: Reading) -> list[dict]:
    rows: list[dict] = []
    for token in reading.sentence.tokens:
        if token.text.lower() in words.STATES_OF_MIND and token.dep == "acomp":
            rows.extend(_state_of_mind(reading, token))
        elif reading.clauses.tells_act(token):
            rows.extend(_verb_triples(reading, token))
        elif lemma(token) in words.ACT_NOUNS:
            rows.extend(_nominal_triples(reading, token))
    return rows


def _verb_triples(reading: Reading, verb) -> Iterator[dict]:
    clauses = reading.clauses
    if clauses.is_passive(verb):
        yield from _passive_triples(reading, verb)
        return
    subject = clauses.subject(verb)
    references = reading.references(subject) if subject is not None else []
    acting = [reference.actor for reference in references]
    only_acts = all(reference.how == "act" for reference in references)
    if only_acts and lemma(verb) in words.RELATIONAL:
        return
    # The decision to leave does not leave: the one who decided does.
    only_acts = only_acts and not (verb.dep == "acl" and clauses.is_infinitive(verb))
    touched = _object(reading, verb, acting)
    own = any(child.dep == "nsubj" for child in clauses.below(verb))
    construction = "act" if acting and only_acts else ("active" if own else "understood")
    outright = _named(references) if _is_outright(reading, verb, references) else frozenset()
    yield from _product(reading, verb, acting, touched, construction, subject, outright)


def _named(references: list[Reference]) -> frozenset[str]:
    """The actors that are named themselves: no body, no act of theirs."""
    return frozenset(each.actor for each in references if each.how == "self")


def _named_before(reading: Reading, subject, verb) -> frozenset[str]:
    """The actors among a subject and its conjuncts that stand before the verb: parsers hang on a
    subject what is joined to the agent."""
    nouns = reading.clauses.conjuncts(subject) if subject is not None else []
    found = [reading.sentence.actor_at(noun) for noun in nouns if noun.token < verb.token]
    return frozenset(mention.actor for mention in found if mention is not None)


def _is_outright(reading: Reading, verb, references: list[Reference]) -> bool:
    """Whether the subject of a verb is written, or that of the verb before, beyond doubt.

    Parsers tie "texts from X that shocked" to X: a person takes "who".  Verbs that share a subject
    have one form.
    """
    clauses = reading.clauses
    subjects = clauses.below(verb, *SUBJECTS)
    if not subjects:
        return verb.dep == "conj" and verb.tag == clauses.head(verb).tag
    pronoun = subjects[0].text.lower()
    persons = [each for each in references if reading.kinds.get(each.actor) == "person"]
    return not (verb.dep == "relcl" and pronoun in ("that", "which") and persons)


def _is_told(reading: Reading, verb) -> bool:
    """Whether a clause tells an act by itself: no steering verb ("going to"), no gerund or
    participle without a subject, and nothing that somebody denies, doubts or only wants."""
    clauses = reading.clauses
    subjects = clauses.below(verb, *SUBJECTS)
    steers = lemma(verb) in words.STEERING and clauses.below(verb, "xcomp")
    if verb.pos != "VERB" or steers or (not subjects and verb.dep in _DEPENDENT):
        return False
    doubtful = set(words.DENYING)
    if clauses.modality(verb) == "asserted":
        doubtful |= words.WANTING
    above = clauses.head(verb)  # "X sued Y, a step Z regrets": the act stands before, told as done
    unsure = verb.dep == "ccomp" and lemma(above) in doubtful and above.token < verb.token
    return not (unsure or _is_bare(clauses, verb) or _is_open(clauses, verb))


def _is_bare(clauses, verb) -> bool:
    """Whether a form tells no act by itself: "asked that it leave", "time for him to leave", and
    "the files seized" or "he, stung by them", which parsers give to whoever stands near."""
    helped = {lemma(child) for child in clauses.below(verb, "aux", "auxpass")}
    if verb.tag in ("VBN", "VBG"):
        return verb.dep != "conj" and not helped
    finite = verb.tag != "VB" or "do" in helped
    return not finite and clauses.modality(verb) == "asserted"


def _is_open(clauses, verb) -> bool:
    """Whether a clause leaves open that it comes so far: "before he met them"."""
    marks = clauses.below(verb, "mark", "advmod")
    return any(child.text.lower() in words.NOT_YET for child in marks)


def _passive_triples(reading: Reading, verb) -> Iterator[dict]:
    clauses = reading.clauses
    by = clauses.by_agents(verb)
    subject = clauses.subject(verb)
    touched = _touched(reading, subject, []) if subject is not None else _NOTHING
    references = [found for noun in by for found in reading.references(noun)]
    acting = [found.actor for found in references]
    if by:
        kept = touched._replace(
            actors=[a for a in touched.actors if a not in acting],
            direct=touched.direct & _named_before(reading, subject, verb),
        )
        yield from _product(reading, verb, acting, kept, "passive", by[0], _named(references))
    elif lemma(verb) in words.STATES_OF_MIND.values():
        yield from _product(reading, verb, touched.actors, _NOTHING, "state of mind", subject)
    elif _hides_its_agent(reading, verb, touched):
        yield from _product(reading, verb, [], touched, "agentless passive", None)


def _hides_its_agent(reading: Reading, verb, touched: Touched) -> bool:
    """Whether a passive without "by" leaves out an agent; a bare participle must touch an actor."""
    full = reading.clauses.below(verb, "auxpass", "nsubjpass") or verb.dep == "conj"
    return lemma(verb) not in words.NO_ACT_PASSIVES and bool(full or touched.actors)


def _state_of_mind(reading: Reading, adjective) -> Iterator[dict]:
    copula = reading.clauses.head(adjective)
    subject = reading.clauses.subject(copula)
    holders = [r.actor for r in reading.references(subject)] if subject is not None else []
    rows = _product(reading, adjective, holders, _NOTHING, "state of mind", subject)
    for row in rows:
        row["verb"] = words.STATES_OF_MIND[adjective.text.lower()]
        row["negated"] = reading.clauses.negated(copula)
        yield row


def _nominal_triples(reading: Reading, noun) -> Iterator[dict]:
    """A noun with both its agent and its patient: "X's decision against Y"."""
    agent = reading.named_actor(noun)
    if not agent:
        return
    verb = words.ACT_NOUNS[lemma(noun)]
    against = ("against", "on", "at", "towards", "toward", "over")
    onto = (*against, "of") if lemma(noun) in words.DONE_TO_OF else against
    for preposition in reading.clauses.below(noun, "prep"):
        if preposition.text.lower() in onto:
            for inner in reading.clauses.below(preposition, "pobj"):
                touched = _touched(reading, inner, [agent])
                if touched.actors:
                    for row in _product(reading, noun, [agent], touched, "nominal", None):
                        yield row | {"verb": verb, "modality": "asserted", "negated": False}


def _product(
    reading: Reading,
    verb,
    acting: list[str],
    touched: Touched,
    construction: str,
    subject,
    outright: frozenset[str] = frozenset(),
) -> Iterator[dict]:
    """One row a pair of agent and patient; without an actor only agentless passives."""
    if not (acting or touched.actors or construction == "agentless passive"):
        return
    clauses, sentence = reading.clauses, reading.sentence
    start, end = clauses.span(touched.tokens) if touched.tokens else (-1, -1)
    stated = clauses.phrase(subject, _OWN_CLAUSES) if subject is not None else []
    agent_words = sentence.text[slice(*clauses.span(stated))] if stated else ""
    told = _is_told(reading, verb) and lemma(verb) not in words.RELATIONAL | words.NO_ARROWS
    told &= construction != "agentless passive" or bool(clauses.below(verb, "auxpass"))
    for agent in acting or [""]:
        for patient in [actor for actor in touched.actors if actor != agent] or [""]:
            yield {
                "sentence_id": sentence.sentence_id,
                "outlet": sentence.outlet,
                "agent": agent,
                "verb": lemma(verb),
                "verb_start": verb.start,
                "verb_end": verb.end,
                "object": sentence.text[start:end] if touched.tokens else "",
                "object_head": touched.head,
                "object_start": start,
                "object_end": end,
                "patient": patient,
                "construction": construction,
                "negated": clauses.negated(verb),
                "modality": clauses.modality(verb),
                "agent_words": agent_words,
                "sure": told and _is_sure(agent, patient, construction, outright, touched),
            }


def _is_sure(
    agent: str, patient: str, construction: str, outright: frozenset[str], touched: Touched
) -> bool:
    """Whether both ends of a triple are beyond doubt; see :func:`find_triples`."""
    if agent and touched.direct == {agent}:  # "X said that Y left and praised Y": whose praise?
        return False
    worded = ("active", "understood", "passive") if agent else ("active", "agentless passive")
    acts = not agent or agent in outright
    return construction in worded and acts and (not patient or patient in touched.direct)


def _object(reading: Reading, verb, acting: list[str]) -> Touched:
    """What an active verb touches: its object, else what its prepositions bring in."""
    clauses, first = reading.clauses, _NOTHING
    for noun in _object_nouns(reading, verb):
        touched = _touched(reading, noun, acting)
        if not touched.actors and lemma(verb) in words.HOSTILE:
            touched = touched._replace(actors=_possessed_by_others(reading, noun, acting))
        if touched.actors:
            return touched._replace(direct=frozenset()) if _is_far(clauses, verb) else touched
        first = first if first.tokens else touched
    for noun in _prepositional_nouns(reading, verb):
        touched = _touched(reading, noun, acting)
        if clauses.head(noun).text.lower() not in words.ONTO:
            touched = touched._replace(direct=frozenset())
        if touched.actors:
            direct = frozenset() if first.tokens else touched.direct
            return (first if first.tokens else touched)._replace(
                actors=touched.actors, direct=direct
            )
        first = first if first.tokens else touched
    return first


def _is_far(clauses, verb) -> bool:
    """Whether a relative clause may belong farther back: "the pact, joined by X, which he left"."""
    participle = clauses.head(clauses.head(clauses.head(verb)))
    return verb.dep == "relcl" and participle.dep == "acl"


def _object_nouns(reading: Reading, verb) -> list:
    clauses = reading.clauses
    found = [clauses.antecedent(noun, verb) for noun in clauses.below(verb, "dobj", "dative")]
    found = [noun for noun in found if noun.dep != "dative" or noun.pos != "ADP"]
    if found:
        return sorted(found, key=lambda noun: noun.dep != "dobj")
    if verb.dep == "relcl" and not clauses.below(verb, *_COMPLEMENTS):
        subject = clauses.subject(verb)
        head = clauses.head(verb)
        return [head] if subject is not None and subject.token > head.token else []
    return _shared_object(reading, verb)


def _shared_object(reading: Reading, verb) -> list:
    """The object that two verbs share: "to remove and replace them"."""
    clauses = reading.clauses
    if clauses.below(verb, *_COMPLEMENTS) or lemma(verb) in words.MOTION:
        return []
    beside = [other for other in clauses.below(verb, "conj") if other.token - verb.token <= 2]
    return [noun for other in beside for noun in clauses.below(other, "dobj")]


def _prepositional_nouns(reading: Reading, verb) -> Iterator:
    clauses = reading.clauses
    for preposition in clauses.below(verb, "prep", "dative"):
        name = preposition.text.lower()
        place = name in ("to", "from", "into") and lemma(verb) in words.MOTION
        if preposition.token < verb.token or name in words.CIRCUMSTANCE or place:
            continue
        if reading.is_when(preposition):
            continue
        for noun in clauses.below(preposition, "pobj", "pcomp"):
            intends = lemma(noun) in words.WILL_NOUNS  # "with the aim of"
            if not intends and (noun.dep == "pobj" or not clauses.tells_act(noun)):
                yield noun


def _touched(reading: Reading, noun, acting: list[str]) -> Touched:
    """The actors that a noun stands for, else the nearest inside its phrase; no agents."""
    clauses = reading.clauses
    meant = noun
    if reading.takes_up(noun) and reading.sentence.mention_at(noun) is None:
        meant = reading.thing(noun) or noun
    tokens = clauses.phrase(noun, _OWN_CLAUSES)
    references = reading.references(meant)
    found, direct = _others(references, acting), _named(references)
    if noun.dep == "dative":
        direct = frozenset()
    if not found:
        found = [r.actor for r in reading.inner_references(meant, acting)]
    if not found:
        nouns = clauses.phrase(meant, _OWN_CLAUSES)
        found = _others(reading.examples_of(nouns), acting)
    return Touched(tokens, _head_words(reading, noun), list(dict.fromkeys(found)), direct)


def _head_words(reading: Reading, noun) -> str:
    """The noun of an object; of "a lack of respect" and its like, both nouns."""
    if lemma(noun) in words.MEASURES:
        for preposition in reading.clauses.below(noun, "prep"):
            for inner in reading.clauses.below(preposition, "pobj"):
                if preposition.text.lower() == "of":
                    return f"{noun.text} of {inner.text}"
    return noun.text


def _others(references: list[Reference], acting: list[str]) -> list[str]:
    return [reference.actor for reference in references if reference.actor not in acting]


def _possessed_by_others(reading: Reading, noun, acting: list[str]) -> list[str]:
    """Whose "its" is in the object of a hostile act: nobody bans his own products.

    The nearest subject before it that is an actor and not the agent.
    """
    owners = reading.clauses.below(noun, "poss")
    open_ones = [t for t in owners if t.tag == "PRP$" and reading.sentence.mention_at(t) is None]
    if not open_ones:
        return []
    for token in reversed(reading.sentence.tokens[: noun.token]):
        if token.dep in ("nsubj", "nsubjpass"):
            found = _others(reading.references(token), acting)
            if found:
                return found[:1]
    return []
