"""Sentences as a reader meets them: cut, counted, and what no sentence of a page may hold."""

import re
from itertools import pairwise

#: Where a sentence can end, and words before a point that end none.
_END = re.compile(r"[.?!][”\"’)]*\s+(?=[\"“‘(⟦A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|vs|al|e\.g|i\.e|[A-Z]))\.$")

#: Where a text is cut besides: at paragraphs, at the lines of a list and at its points.
_PARTS = re.compile(r"\n\s*\n|\n(?=[-*|\d])| · ")

#: An id of a sentence, paragraph or quote.
ID = re.compile(r"\b[\w-]+:[a-z]\d+\b")


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [each for part in _PARTS.split(text) for each in _cut(part) if each]


def _cut(text: str) -> list[str]:
    found = _END.finditer(text)
    ends = [end.end() for end in found if not _ABBREVIATION.search(text[: end.start() + 1])]
    return [text[slice(*each)].strip() for each in pairwise([0, *ends, None])]


def words(sentence: str) -> list[str]:
    """The words of a sentence: what stands between blanks and holds a letter or digit."""
    return [word for word in sentence.split() if re.search(r"\w", word)]


def nested_brackets(text: str) -> list[str]:
    """Brackets that stand in a bracket."""
    return re.findall(r"\([^()]*(?:\([^()]*\))[^()]*\)", text)


def faults(text: str, most: int) -> list[str]:
    """What no running text may hold: sentences of more words, brackets in brackets, ids."""
    lengths = {each: len(words(each)) for each in sentences(text)}
    return [
        *(f"{length} words: {each}" for each, length in lengths.items() if length > most),
        *(f"a bracket in a bracket: {each}" for each in nested_brackets(text)),
        *(f"an id: {each}" for each in ID.findall(text)),
    ]
