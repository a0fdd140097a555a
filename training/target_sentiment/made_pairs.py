"""Pairs made from others, each with the place of that it was made from: what is said of one is
said of the other.

Renamed: other names beside the target, which must not move its score.  Contrasts: two labelled
sentences in one, where what is said of one target must not rub off on the other.  First person:
a speaker as the "we" of what it says; few targets that people labelled are in the first person,
and a company that speaks for itself is not judged as one that others speak of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence

from analysis_utils.measures.target_sentiment.newsmtsc import Example
from analysis_utils.measures.target_sentiment.pieces import Span
from training.target_sentiment.pairs import Pair

#: Contrasts made, the most words of each of their halves, and what may stand between these.
CONTRASTS = 3000
MOST_WORDS_OF_HALF = 20
BETWEEN = (", while ", ", but ", "; ", ", and ", ". ")

#: What a speaker does beside what it says.
SAYING = (
    "said|says|added|told|wrote|tweeted|argued|stated|insisted|explained|replied|claimed|announced"
    "|warned|testified"
)

#: What bodies call themselves when they speak.
BODIES = (
    *("company", "firm", "agency", "organization", "group", "union"),
    *("party", "team", "campaign", "office", "government", "country"),
)

#: From mark to mark, or up to the mark that ends what began in a sentence before.
_QUOTATION = re.compile(r'“[^“”]+”|"[^"]+"|^[^“”"]+[,.!?][”"]')
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")
_WE = re.compile(r"\b([Ww])e\b(?!['’])")
_BEFORE_SPEAKER = re.compile(rf"\b(?!told)(?:{SAYING}) (?:the |[A-Z][\w.]* ){{0,2}}$")
_AFTER_SPEAKER = re.compile(rf",? (?:also |later |then |\w+ly )?(?:{SAYING})\b")


def renamed(pairs: Sequence[Pair], most: int, seed: int) -> list[tuple[Pair, int]]:
    """Pairs with other names in the place of those beside the target.

    A name beside the target is the target of another pair with the same sentence; it is replaced
    by the name of any pair.  Each pair comes with the place of that it was made from; ``most``
    bounds how many are made.
    """
    order = random.Random(seed)
    beside: dict[str, set[Span]] = {}
    for sentence, target in pairs:
        beside.setdefault(sentence, set()).update(
            (start, end) for start, end in target if sentence[start].isupper()
        )
    names = sorted({sentence[slice(*span)] for sentence, spans in beside.items() for span in spans})
    made: list[tuple[Pair, int]] = []
    for place in order.sample(range(len(pairs)), len(pairs)):
        sentence, target = pairs[place]
        others = _apart_from(target, beside[sentence])
        if others and len(made) < most:
            made.append((_replaced(sentence, target, others, names, order), place))
    return made


def contrasts(labelled: Sequence[Example], seed: int) -> list[tuple[Pair, int]]:
    """Pairs whose sentence is made of two short labelled ones with different labels.

    Each comes with the place of the example that its target is from, whose label it keeps.
    """
    order = random.Random(seed)
    short = [
        place
        for place, example in enumerate(labelled)
        if len(example.sentence.split()) <= MOST_WORDS_OF_HALF
    ]
    if len({labelled[place].label for place in short}) < 2:
        return []
    made: list[tuple[Pair, int]] = []
    while len(made) < 2 * CONTRASTS:
        first, second = order.choice(short), order.choice(short)
        if labelled[first].label != labelled[second].label:
            start = _without_stop(labelled[first]) + order.choice(BETWEEN)
            sentence = start + labelled[second].sentence
            moved = ((a + len(start), b + len(start)) for a, b in labelled[second].target)
            made += [((sentence, labelled[first].target), first)]
            made += [((sentence, tuple(moved)), second)]
    return made


def first_person(pairs: Sequence[Pair], seed: int) -> list[tuple[Pair, int]]:
    """Pairs whose target is the first person of a quotation.

    Made of pairs with one quotation whose one mention of the target stands outside it, beside a
    verb of saying.  Three ways: the speaker and its first person are the target; the quotation
    stands alone; and in it "we" is "our company", or another body, of which "our" is not part of
    the target.
    """
    order = random.Random(seed)
    made: list[tuple[Pair, int]] = []
    for place, (sentence, target) in enumerate(pairs):
        start, end = _own_words(sentence, target)
        spans = [found.span() for found in _FIRST_PERSON.finditer(sentence, start, end)]
        if spans:
            said = sentence[start:end]
            alone = tuple((first - start, last - start) for first, last in spans)
            both = tuple(sorted([*target, *spans]))
            told = [(sentence, both), (said, alone), *_as_body(said, order.choice(BODIES))]
            made += [(pair, place) for pair in told]
    return made


def _apart_from(target: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    """The spans in reading order, without those that overlap the target or an earlier one."""
    taken, apart = list(target), []
    for start, end in sorted(spans):
        if not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            apart.append((start, end))
    return apart


def _replaced(
    sentence: str,
    target: Sequence[Span],
    others: Sequence[Span],
    names: Sequence[str],
    order: random.Random,
) -> Pair:
    """A sentence with some spans replaced by names drawn at random, and where its target is."""
    text, at, moved = "", 0, []
    for start, end in sorted([*target, *others]):
        text += sentence[at:start]
        if (start, end) in others:
            text += order.choice(names)
        else:
            moved.append((len(text), len(text) + end - start))
            text += sentence[start:end]
        at = end
    return text + sentence[at:], tuple(moved)


def _without_stop(example: Example) -> str:
    """The sentence without what closes it, unless that is its target's ("Smith Jr.")."""
    end = max(end for _, end in example.target)
    return example.sentence[:end] + example.sentence[end:].rstrip(" .")


def _own_words(sentence: str, target: Sequence[Span]) -> Span:
    """Where the target's own words stand, marks included; an empty span if that is not plain."""
    quotations = [found.span() for found in _QUOTATION.finditer(sentence)]
    if len(quotations) != 1 or len(target) != 1 or not _apart_from(target, quotations):
        return 0, 0
    start, end = target[0]
    beside = _BEFORE_SPEAKER.search(sentence[:start]) or _AFTER_SPEAKER.match(sentence, end)
    return quotations[0] if beside else (0, 0)


def _as_body(said: str, body: str) -> list[Pair]:
    """What is said, with "our company" (or another body) for every "we"; nothing without one."""
    told = _WE.sub(lambda we: f"{'Our' if we[1] == 'W' else 'our'} {body}", said)
    target = tuple(found.span(1) for found in re.finditer(rf"\b[Oo]ur ({body})\b", told))
    return [(told, target)] if told != said else []
