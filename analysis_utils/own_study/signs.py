"""What stands beside a name and tells what it is: titles, ages, pronouns, verbs, places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis_utils.own_study.kinds import told_kind
from analysis_utils.words import actors, pronouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_AGE = re.compile(r",? \(?(?:aged? )?(?:1?\d{1,2})(?=[,.;)]| years)")
_WHO = re.compile(r",? (?:who|whose|whom)\b")
_HAVING = re.compile(r"[’']s (?:wife|husband|mother|father|son|daughter|brother|sister|lawyer)\b")
#: So many words are looked at after a name.
_NEXT_WORDS = 12


@dataclass
class Signs:
    """What is beside one name.

    ``told`` is the kind that a noun tells; ``human`` counts what only stands beside persons,
    ``speaks`` tells whether it says something; ``acts`` whether it is a subject, ``local`` whether
    it only tells where.
    """

    told: str = ""
    human: int = 0
    speaks: bool = False
    with_the: bool = False
    one_of_many: bool = False
    acts: bool = False
    local: bool = False


def signs_of(doc: Doc, spans: Sequence[Span], goes_on: str) -> list[Signs]:
    """The signs beside each of the names of a paragraph, which stand in the order of reading."""
    told = [_signs(doc, span) for span in spans]
    for place in _pronoun_places(doc, goes_on):
        near = [number for number, span in enumerate(spans) if span.end <= place]
        if near:
            told[near[-1]].human += 1
    return told


def _pronoun_places(doc: Doc, goes_on: str) -> Iterator[int]:
    """Where he and she stand, also where the next paragraph begins with one."""
    forms = {*pronouns.FAMILIES["he"], *pronouns.FAMILIES["she"]}
    yield from (token.i for token in doc if token.lower_ in forms)
    if goes_on.casefold() in forms:
        yield len(doc)


def _signs(doc: Doc, span: Span) -> Signs:
    after = text_after(span)
    human = 2 * sum(bool(pattern.match(after)) for pattern in (_AGE, _WHO, _HAVING))
    root = span.root
    following = doc[span.end].lower_ if span.end < len(doc) else ""
    told = next((kind for noun in nouns_beside(span) if (kind := told_kind(noun))), "")
    said = actors.SPEAKING
    return Signs(
        told=told,
        human=human,
        speaks=following in said or before(span).casefold() in said,
        with_the=span[0].lower_ == "the" or before(span).casefold() == "the",
        one_of_many=_is_one_of_many(span),
        acts=_acts(root),
        local=_is_local(root),
    )


def nouns_beside(span: Span) -> Iterator[str]:
    """Nouns that say what the name is: in apposition, or right before it."""
    root = span.root
    if root.dep_ == "appos":
        yield root.head.text
    for child in root.children:
        outside = not span.start <= child.i < span.end
        if outside and child.dep_ in ("appos", "compound"):
            yield child.text
    if before(span).islower():
        yield before(span)


def before(span: Span) -> str:
    """The word before a name; empty if it begins the text."""
    return span.doc[span.start - 1].text if span.start else ""


def text_after(span: Span) -> str:
    """The next words after a name."""
    ahead = span.doc[span.end : span.end + _NEXT_WORDS]
    return span[-1].whitespace_ + (ahead.text if span.end < len(span.doc) else "")


def _is_one_of_many(span: Span) -> bool:
    """Whether the name is that of a kind of thing: "an ICBM"."""
    head = span.root.dep_ not in ("compound", "nmod", "amod", "poss")
    return head and before(span).casefold() in actors.ONE_OF_MANY


def _acts(root: Token) -> bool:
    """Whether it does something, or something is done to it."""
    while root.dep_ == "conj" and root.head is not root:
        root = root.head
    return root.dep_ in ("nsubj", "nsubjpass", "dobj") or root.head.dep_ == "agent"


def _is_local(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ in actors.WHERE
