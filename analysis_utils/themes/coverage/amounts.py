"""How many of what a sentence counts, of whom it says so, and how exact it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis_utils.annotation.parsed import Sentence
from analysis_utils.words import derived, quantities

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

#: What hangs on a counted noun and says of which part of its kind it is: "injured people",
#: "the people", "people in the north".
_NARROWING = ("amod", "compound", "det", "poss", "nmod", "prep", "acl", "relcl")

#: How much more or less "about" is.
_ROUGHLY = 0.1


class Amount(NamedTuple):
    """A counted noun."""

    words: str  # as written, with its number
    noun: str  # what is counted, units as one
    value: float
    least: float  # the number may be as low as this, and as high as ``most``
    most: float
    narrowed: frozenset[str]  # words that say of which of them
    verb: object  # token of the verb whose part it is
    part: str  # which part: "object", or its relation and preposition


def find_amounts(sentence: Sentence) -> Iterator[Amount]:
    """The nouns that a sentence counts once and makes a part of what is done.

    Left out is what is not told surely: a noun that is counted twice, "two of the five men",
    and a number that hangs on another noun.
    """
    nouns = [token for token in sentence.tokens if token.pos == "NOUN" or token.text == "%"]
    found = [amount for noun in nouns if (amount := _amount(sentence, noun))]
    for amount in found:
        if sum(amount.noun == other.noun for other in found) == 1:
            yield amount


def _amount(sentence: Sentence, noun) -> Amount | None:
    numbers = [t for t in sentence.children(noun) if t.dep == "nummod" and t.pos == "NUM"]
    place = _place(sentence, noun)
    if len(numbers) != 1 or place is None:
        return None
    head = numbers[0]
    parts = sorted([*sentence.children(head), head], key=lambda token: token.token)
    figures = [token for token in parts if token.pos == "NUM" or token.text in "$€£"]
    value = number_value([token.text for token in figures])
    if value is None or _is_open(sentence.text[head.end : noun.start]):
        return None
    if _is_open(sentence.text[noun.end :]):
        return None
    words = f"{sentence.text[min(parts[0].start, figures[0].start) : head.end]} {noun.text}"
    bounds = _bounds(sentence.text[: figures[0].start], value)
    return Amount(words, _unit(sentence, noun), value, *bounds, _narrowed(sentence, noun), *place)


def _unit(sentence: Sentence, noun) -> str:
    name = noun.lemma.lower()
    before = sentence.at(noun.token - 1)
    if name == "cent" and before is not None and before.text.lower() == "per":
        return "percent"
    return quantities.UNITS.get(name, name)


def _narrowed(sentence: Sentence, noun) -> frozenset[str]:
    narrowing = [t for t in sentence.children(noun) if t.dep in _NARROWING]
    below = [child for t in narrowing if t.dep == "prep" for child in sentence.children(t)]
    return frozenset(
        token.lemma.lower() for token in (*narrowing, *below) if token.text.lower() != "per"
    )


def _place(sentence: Sentence, noun) -> tuple[object, str] | None:
    """The verb whose part a noun is, and which part; None if it hangs on another noun."""
    while noun.dep in ("conj", "appos") and sentence.head(noun).pos in ("NOUN", "PROPN"):
        noun = sentence.head(noun)
    head, part = sentence.head(noun), noun.dep
    if head.pos == "ADP":
        part, head = f"{head.text.lower()}", sentence.head(head)
    if head.pos not in ("VERB", "AUX") or head is noun:
        return None
    return head, "object" if part in ("dobj", "nsubjpass") else part


@derived
def _before() -> re.Pattern:
    kinds = ("about", "at_least", "at_most")
    groups = "|".join(f"(?P<{kind}>{quantities.either(kind)})" for kind in kinds)
    return re.compile(rf"\b(?:{groups})\s*$", re.IGNORECASE)


@derived
def _behind() -> re.Pattern:
    return re.compile(rf"\s*{quantities.either('open_ended')}(?!\w)")


def _is_open(after: str) -> bool:
    return bool(_behind().match(after))


def _bounds(before: str, value: float) -> tuple[float, float]:
    """The lowest and the highest number that is meant."""
    found = _before().search(before)
    meant = found.lastgroup if found else ""
    if meant == "about":
        return value * (1 - _ROUGHLY), value * (1 + _ROUGHLY)
    if meant == "at_least":
        return value, float("inf")
    return (0.0, value) if meant == "at_most" else (value, value)


def number_value(words: list[str]) -> float | None:
    """The value of a number in figures or words, None for one that is not known.

    >>> number_value(["400", "million"]), number_value(["28,500"]), number_value(["five"])
    (400000000.0, 28500.0, 5.0)
    """
    value, scale, known = 1.0, 1.0, False
    for word in (word.lower() for word in words):
        if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
            value, known = float(word.replace(",", "")), True
        elif word in _ONES:
            value, known = float(_ONES.index(word)), True
        elif word in _SCALES:
            scale, known = scale * _SCALES[word], True
        elif word not in (
            "about",
            "around",
            "some",
            "nearly",
            "almost",
            "over",
            "$",
            "€",
            "£",
            "a",
        ):
            return None
    return round(value * scale, 6) if known else None  # 1.1 million is 1,100,000
