"""What actors and their acts are called: names, titles, descriptions, predicates, charges.

Who is named and who only classed, by office, by origin or by merit, is a choice (van Leeuwen
1996: nomination and categorisation; van Dijk 1988; Reisigl and Wodak 2001: nomination and
predication).  So is what an act is called: a step, an unfair method, a sign of disrespect.
Everything is a span of the text, so that it leads back to its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis_utils.annotation.parsed import Mention, Sentence
from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.themes.portrayal.acts import Reading, Reference, read_acts
from analysis_utils.themes.portrayal.clauses import lemma
from analysis_utils.themes.portrayal.schemas import Labels
from analysis_utils.words import acts as words
from analysis_utils.words import terms as word_lists
from analysis_utils.words import titles

_BEFORE_A_NAME = (
    "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "CC", "CD", "PRP$", "DT",
)  # fmt: skip
_CLAUSES = ("relcl", "acl", "ccomp", "advcl", "parataxis")
_OF_ACTS = ("by", "from", "of", "against", "on", "towards", "toward")

Label = tuple[str, str, str, int, int]  # actor, of, relation, start, end


def find_labels(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: Sequence,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """Every name and label of the study's actors and of their acts.

    Parameters
    ----------
    sentences, tokens, quotations, mentions, quotes
        Tables of the corpus.
    actors
        The study's actors, with ``id``, ``kind``, ``name`` and ``aliases``.

    Returns
    -------
    See :class:`~analysis_utils.themes.portrayal.schemas.Labels`; ``voice`` and ``speaker`` as
    :func:`~analysis_utils.annotation.voice.voice_of_spans` gives them.
    """
    names = {actor.id: [actor.name, *actor.aliases] for actor in actors}
    rows = []
    for reading in read_acts(sentences, tokens, quotations, mentions, actors):
        sentence = reading.sentence
        found = sorted(set(_sentence_labels(reading, names)), key=lambda label: (label[3:], label))
        for number, (actor, of, relation, start, end) in enumerate(found, start=1):
            label_id = f"{sentence.sentence_id}:n{number}"
            text = sentence.text[start:end]
            place = (label_id, sentence.sentence_id, sentence.outlet, actor, of, start, end)
            rows.append((*place, text, relation))
    table = pd.DataFrame(rows, columns=Labels.columns()[:-2])
    voices = voice_of_spans(table[["sentence_id", "start", "end"]], quotes, sentences)
    return table.join(voices[["voice", "speaker"]])


def _sentence_labels(reading: Reading, names: Mapping[str, Sequence[str]]) -> Iterator[Label]:
    for mention in reading.sentence.mentions:
        if mention.kind == "description":
            yield _description(reading, mention)
        elif mention.kind != "pronoun":
            yield from _name_and_what_precedes(reading, mention, names)
            yield from _apposition(reading, mention)
    for token in reading.sentence.tokens:
        name = lemma(token)
        if reading.is_example(token):
            yield from _example(reading, token)
        elif token.pos in ("VERB", "AUX"):
            yield from _predicates(reading, token)
            yield from _verdicts(reading, token)
            yield from _charges(reading, token)
            yield from _signs(reading, token)
            yield from _sources(reading, token)
        elif token.pos == "NOUN" and name in words.ACT_NOUNS:
            yield from _act_noun(reading, token)


def _of(reference: Reference) -> str:
    return "act" if reference.how == "act" else "actor"


def _name_and_what_precedes(
    reading: Reading, mention: Mention, names: Mapping[str, Sequence[str]]
) -> Iterator[Label]:
    """The name, and the title, modifier or possessive right before it; no "Mr." or "Ms.".

    A long alias may hold a title of its own: "President X" holds the name "X".
    """
    cut = _title_inside(mention, names[mention.actor])
    run = _run_before(reading, mention)
    inside = range(mention.start, mention.start + cut)
    run += [token for token in reading.sentence.tokens if token.start in inside]
    run = _without_courtesy(run)
    is_person = bool(cut) or reading.kinds[mention.actor] == "person"
    if run and (is_person or not _is_part_or_number(reading, mention, run)):
        relation = "title" if is_person else "modifier"
        relation = "possessive" if run[-1].tag == "POS" else relation
        yield mention.actor, "actor", relation, run[0].start, run[-1].end
    yield mention.actor, "actor", "name", mention.start + cut, mention.end


def _is_part_or_number(reading: Reading, mention: Mention, run: list) -> bool:
    """Whether what stands before a name belongs to a longer noun phrase ("the tight X race"), is
    another name ("Y X affair"), or only says how many ("several other X")."""
    last = reading.sentence.last_token(mention)
    longer = last is not None and last.dep in ("compound", "nmod", "amod")
    other = run[-1].tag != "POS" and any(reading.sentence.mention_at(token) for token in run)
    counts = all(
        token.tag in ("DT", "CD", "PRP$") or token.text.lower() in word_lists.QUANTIFIERS
        for token in run
    )
    return longer or other or counts


def _title_inside(mention: Mention, names: Sequence[str]) -> int:
    """Length of the title, with its space, at the beginning of an alias; 0 without one."""
    shorter = [name for name in names if mention.text.endswith(f" {name}")]
    if not shorter or mention.text == names[0]:
        return 0
    cut = len(mention.text) - len(max(shorter, key=len))
    first = mention.text.split()[0]
    return 0 if first.lower() == "the" or first in names[0].split() else cut


def _run_before(reading: Reading, mention: Mention) -> list:
    """The adjectives and nouns right before a name, read from the words themselves.

    They must hang together with the name in the parse, but need not be parsed well among
    themselves ("cybersecurity and anti-virus firm X").
    """
    sentence = reading.sentence
    inside = [t for t in sentence.tokens if mention.start <= t.start < mention.end]
    run: list = []
    for token in reversed(sentence.tokens[: inside[0].token] if inside else []):
        if not _can_precede(sentence, token, run):
            break
        run.insert(0, token)
        if token.tag in ("DT", "PRP$"):
            break
    while run and run[0].tag in ("CC", "POS", "HYPH"):
        # "Nuclear-armed X" is not "armed X".
        del run[: 2 if run[0].tag == "HYPH" else 1]
    numbers, name = {t.token for t in run}, {t.token for t in inside}
    tied = any(t.head in name for t in run) or any(t.head in numbers for t in inside)
    return run if tied and not _is_bare(run) else []


def _is_bare(run: list) -> bool:
    return all(token.tag in ("DT", "CD", "PRP$") for token in run)


def _without_courtesy(run: list) -> list:
    """What stands before a name without "Mr." and its like; empty if nothing else does."""
    kept = list(run)
    for end in (0, -1):
        while kept and kept[end].text.strip(".").capitalize() in titles.COURTESY:
            kept.pop(end)
    return [] if _is_bare(kept) else kept


def _can_precede(sentence: Sentence, token, run: list) -> bool:
    """Whether a token can stand in the noun phrase before a name."""
    participle = token.tag in ("VBN", "VBG") and token.dep == "amod"
    if not participle and (token.tag not in _BEFORE_A_NAME or token.dep in ("punct", "dobj")):
        return False
    if token.tag == "CC" and (not run or not _joins_modifiers(sentence, token)):
        return False
    # "Another actor and X" is two actors; "the company's CEO X" is one with a title.
    within = token.dep in ("poss", "compound", "nmod", "amod", "det")
    return within or sentence.mention_at(token) is None


def _joins_modifiers(sentence: Sentence, conjunction) -> bool:
    """Whether "and" joins two modifiers, not two people or things."""
    before = sentence.at(conjunction.token - 1)
    return before is not None and before.tag in ("JJ", "NN") and not sentence.mention_at(before)


def _apposition(reading: Reading, mention: Mention) -> Iterator[Label]:
    """A phrase between commas on either side of a name that no mention covers."""
    clauses, sentence = reading.clauses, reading.sentence
    head = sentence.last_token(mention)
    if head is None:
        return
    nouns = [*clauses.below(head, "appos"), *([clauses.head(head)] if head.dep == "appos" else [])]
    for noun in nouns:
        phrase = clauses.phrase(noun, (*_CLAUSES, "appos", "conj"))
        start, end = clauses.span(phrase)
        between = sentence.text[min(end, mention.end) : max(start, mention.start)].strip()
        if (
            noun.pos == "NOUN"
            and not _is_inner(reading, noun)
            and between in (",", "-", "–", "—", "(")
        ):
            yield mention.actor, "actor", "apposition", start, end


def _is_inner(reading: Reading, noun) -> bool:
    """Whether a noun stands inside the phrase of another: "the candidate for mayor, X"."""
    if noun.dep != "pobj":
        return False
    return reading.clauses.head(reading.clauses.head(noun)).pos == "NOUN"


def _description(reading: Reading, mention: Mention) -> Label:
    """The description with what "of" adds: "the founder" is "the founder of the firm"."""
    sentence, clauses, end = reading.sentence, reading.clauses, mention.end
    head = sentence.last_token(mention)
    for preposition in clauses.below(head, "prep") if head is not None else ():
        if preposition.text.lower() == "of" and preposition.start == mention.end + 1:
            end = clauses.span(clauses.phrase(preposition, _CLAUSES))[1]
    before = sentence.text[: mention.start].rstrip("”\"'’ ")
    named = [m for m in sentence.mentions if m.actor == mention.actor and m.kind != "pronoun"]
    beside = before.endswith(",") and any(
        m.end < mention.start and not sentence.text[m.end : mention.start].strip(",”\"'’ ")
        for m in named
    )
    return mention.actor, "actor", "apposition" if beside else "description", mention.start, end


def _predicates(reading: Reading, verb) -> Iterator[Label]:
    """What a subject is said to be: "is non-binding", "which has been a firm friend"."""
    clauses = reading.clauses
    if lemma(verb) not in words.BEING and verb.text.lower() not in ("’s", "'s", "’re", "'re"):
        return
    complements = clauses.below(verb, "attr", "acomp", "oprd")
    subject = clauses.subject(verb)
    if subject is None or not complements or _is_attitude(reading, complements[0]):
        return
    if complements[0].tag.startswith("W"):  # "who they are"
        return
    if clauses.is_infinitive(verb) or clauses.below(verb, "expl", "csubj"):
        return  # what may become of somebody, what there is, and what something said is
    if lemma(verb) == "become" and clauses.modality(verb) != "asserted":
        return
    before = reading.sentence.at(clauses.phrase(subject)[0].token - 1)
    if any(word is not None and word.dep == "pcomp" for word in (clauses.head(verb), before)):
        return  # "by saying that X is a liar": whose words these are, no quote tells
    phrase = [token for word in complements for token in clauses.phrase(word, _CLAUSES)]
    if _is_cut_short(reading, phrase):
        return
    negation = clauses.below(verb, "neg")
    if any(token.text.lower() in ("n't", "n’t") for token in negation):
        return  # joined to the verb, so that no words of its own could be shown
    phrase += negation
    for preposition in clauses.below(verb, "prep"):  # "a partner in fighting crime"
        if preposition.token == max(token.token for token in phrase) + 1:
            phrase += clauses.phrase(preposition, _CLAUSES)
    start, end = clauses.span(sorted(phrase, key=lambda token: token.token))
    for reference in reading.references(subject):
        yield reference.actor, _of(reference), "predicate", start, end


def _is_cut_short(reading: Reading, phrase: list) -> bool:
    """Whether a phrase means little without its clause: "the fourth person charged", "one of those
    who left"."""
    picks = any(t.tag in ("JJS", "RBS") or t.text.lower() in words.PICKING for t in phrase)
    return picks and any(reading.clauses.below(token, *_CLAUSES) for token in phrase)


def _is_attitude(reading: Reading, complement) -> bool:
    """Whether an adjective says what somebody wants or thinks: "is ready to", "is convinced"."""
    governs = reading.clauses.below(complement, "xcomp", "ccomp")
    return complement.text.lower() in words.STATES_OF_MIND or bool(governs)


def _verdicts(reading: Reading, verb) -> Iterator[Label]:
    """What somebody calls the object, or the subject of a passive."""
    clauses = reading.clauses
    if lemma(verb) not in words.NAMING:
        return
    objects = clauses.below(verb, "dobj")
    if clauses.is_passive(verb):
        subject = clauses.subject(verb)
        objects = [subject] if subject is not None else []
    verdicts = clauses.below(verb, "oprd")
    # "Called the X decision unfair": parsers make both words complements.
    acts = [word for word in verdicts[:-1] if reading.act_actor(word)]
    labelled = [reference for word in acts or objects for reference in reading.references(word)]
    spans = [clauses.span(clauses.phrase(word, _CLAUSES)) for word in verdicts[-1:]]
    spans += [_after(reading, as_) for as_ in _prepositions(reading, verb, objects, ("as",))]
    for start, end in spans:
        for reference in labelled:
            yield reference.actor, _of(reference), "verdict", start, end


def _charges(reading: Reading, verb) -> Iterator[Label]:
    """What somebody accuses or praises the object for; "blamed the crash on X" is X's."""
    name = lemma(verb)
    if name not in words.CHARGING | words.CREDITING:
        return
    relation = "charge" if name in words.CHARGING else "praise"
    clauses = reading.clauses
    subject = clauses.subject(verb) if clauses.is_passive(verb) else None
    objects = [subject] if subject is not None else clauses.below(verb, "dobj")
    labelled = [reference for word in objects for reference in reading.references(word)]
    # "Criticized X of Norvik over": X is from there.
    ties = ("for", "with", "over", "on", *(("of",) if name in words.CHARGING_OF else ()))
    for preposition in _prepositions(reading, verb, objects, ties):
        onto = [r for noun in clauses.below(preposition, "pobj") for r in reading.references(noun)]
        if preposition.text.lower() == "on" and onto:
            spans = [clauses.span(clauses.phrase(word, ("prep", *_CLAUSES))) for word in objects]
        else:
            onto, spans = labelled, [_after(reading, preposition)]
        for start, end in spans:
            for reference in onto:
                yield reference.actor, _of(reference), relation, start, end


def _prepositions(reading: Reading, verb, objects: list, names: tuple[str, ...]) -> list:
    """Prepositions of a verb, or of its object where the parser tied them there."""
    above = [verb, *objects] if set(names) & {"as", "on"} else [verb]
    found = [child for word in above for child in reading.clauses.below(word, "prep")]
    return [
        child
        for child in found
        if child.text.lower() in names and child.token > verb.token and not reading.is_when(child)
    ]


def _after(reading: Reading, preposition) -> tuple[int, int]:
    phrase = reading.clauses.phrase(preposition, ("relcl", "advcl"))
    return reading.clauses.span([token for token in phrase if token is not preposition] or phrase)


def _signs(reading: Reading, verb) -> Iterator[Label]:
    """What an act is said to show: "it demonstrates a lack of respect"."""
    clauses = reading.clauses
    subject = clauses.subject(verb) if lemma(verb) in words.SHOWING else None
    if subject is None or clauses.is_passive(verb):
        return
    for noun in clauses.below(verb, "dobj"):
        start, end = clauses.span(clauses.phrase(noun, _CLAUSES))
        for reference in reading.references(subject):
            if reference.how == "act":
                yield reference.actor, "act", "sign", start, end


def _sources(reading: Reading, verb) -> Iterator[Label]:
    """What is said to come from an actor: "cyber threats posed by X"."""
    clauses = reading.clauses
    if verb.dep != "acl" or not clauses.is_passive(verb):
        return
    noun = clauses.head(verb)
    start, _ = clauses.span(clauses.phrase(noun, ("prep", *_CLAUSES)))
    for by in clauses.below(verb, "agent"):
        for agent in clauses.below(by, "pobj"):
            for reference in reading.references(agent):
                yield reference.actor, _of(reference), "source", start, by.end


def _example(reading: Reading, preposition) -> Iterator[Label]:
    """The class of which an actor is an example, up to the actor."""
    clauses = reading.clauses
    noun = reading.exemplified(preposition)
    if noun is None:
        return
    while noun.dep == "conj":
        noun = clauses.head(noun)
    start, _ = clauses.span(clauses.phrase(noun, ("prep", "conj", *_CLAUSES)))
    for example in clauses.below(preposition, "pobj"):
        for word in clauses.conjuncts(example):
            end = clauses.span(clauses.phrase(word, ("conj", "cc", *_CLAUSES)))[1]
            mention = reading.sentence.mention_at(word)
            if mention is not None:
                yield mention.actor, "actor", "example", start, end


def _act_noun(reading: Reading, noun) -> Iterator[Label]:
    """The noun phrase for an act: "zero-evidence decision", "report demanding a ban"."""
    actor = reading.act_actor(noun)
    if not actor:
        return
    clauses = reading.clauses
    phrase = clauses.phrase(noun, ("det", "poss", "prep", "conj", "cc", "appos", *_CLAUSES))
    blamed = lemma(clauses.head(noun)) in words.CHARGING  # "blamed the decision on": not its own
    for child in clauses.below(noun, "prep") if not blamed else ():
        if child.text.lower() in _OF_ACTS and not reading.is_when(child):
            phrase += clauses.phrase(child, _CLAUSES)
    for child in clauses.below(noun, "acl"):
        if child.tag == "VBG":
            phrase += [child, *(t for n in clauses.below(child, "dobj") for t in clauses.phrase(n))]
    start, end = clauses.span(sorted(phrase, key=lambda token: token.token))
    yield actor, "act", "noun", start, end
