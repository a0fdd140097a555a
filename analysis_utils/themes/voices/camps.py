"""Who speaks for whom: "the company's CEO X" and "a spokesman for Y" count with company and Y.

Read from the words around an actor's name: an office before or behind it, and the person who
holds it.  Where the articles do not say so in so many words, everybody stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis_utils.annotation.parsed import Mention, Sentence
from analysis_utils.words import derived, titles

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A name: words with capitals, and the small ones between them.
NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|(?:de|van|von|al|bin)\b))*"

#: What ties an office to the actor behind it.
_TIED = r"(?: and [\w-]+)? (?:of|for) (?:the )?(?:[A-Z][\w.]* )?$"

#: Words that may stand between an actor and its office: "the company's new chief executive".
_MOST_BETWEEN = 3


class Spokesperson(NamedTuple):
    """Somebody who is said to speak for an actor."""

    name: str  # empty where only the office is told: "a spokesman for X"
    office: str
    actor: str
    start: int  # of the office in its sentence
    end: int


@derived
def _office() -> re.Pattern:
    """An office whose holder speaks for whom it is tied to; the longest one wins."""
    held = titles.SPOKESPEOPLE | titles.HEADS | titles.ADVOCATES | titles.OFFICIALS
    ordered = "|".join(sorted(map(re.escape, held), key=len, reverse=True))
    return re.compile(rf"\b({ordered})s?\b", re.IGNORECASE)


def spokespeople(sentence: Sentence, kinds: Mapping[str, str]) -> Iterator[Spokesperson]:
    """Who is said in a sentence to speak for which of its actors.

    Parameters
    ----------
    sentence
        With its parse and its mentions.
    kinds
        Kind of each actor.
    """
    for mention in sentence.mentions:
        if mention.kind != "pronoun":
            yield from _after(sentence, mention, kinds)
            yield from _before(sentence, mention, kinds)


def _after(
    sentence: Sentence, mention: Mention, kinds: Mapping[str, str]
) -> Iterator[Spokesperson]:
    """ "The company's CEO X", "X, the White House press secretary", "a Y spokesman"."""
    text = sentence.text
    office = _office().search(text, mention.end)
    if office is None or not _fits(office[1], kinds[mention.actor]):
        return
    between = [t for t in sentence.tokens if mention.end <= t.start < office.start()]
    owned = bool(between) and between[0].tag == "POS"
    words = between[1:] if owned else between
    if len(words) > _MOST_BETWEEN or any(t.pos not in ("ADJ", "NOUN", "PROPN") for t in words):
        return
    if any(t.text.lower() in titles.PAST for t in words) or _is_past(text[: mention.start]):
        return
    if not owned and kinds[mention.actor] == "person" and words:
        return  # "Trump chief of staff" is near enough, "Trump ... official" is not
    behind = re.match(rf",?\s+({NAME})", text[office.end() :])
    ahead = re.search(rf"({NAME})\s*,\s+(?:(?:the|a|an)\s+)?$", text[: mention.start])
    name = behind[1] if behind else ahead[1] if ahead else ""
    name = name if _is_held(office[1]) else ""
    yield Spokesperson(name, office[1], mention.actor, office.start(), office.end())


def _before(
    sentence: Sentence, mention: Mention, kinds: Mapping[str, str]
) -> Iterator[Spokesperson]:
    """ "X, a spokesman for Y", "the chief executive and founder of Y, X"."""
    text, head = sentence.text, sentence.last_token(mention)
    follows = text[mention.end :].lstrip('”"')
    if head is None or head.dep in ("compound", "poss") or re.match(r"['’]", follows):
        return
    linked = re.search(_TIED, text[: mention.start])
    if linked is None:
        return
    office = next((o for o in _office().finditer(text) if o.end() == linked.start()), None)
    if office is None or not _fits(office[1], kinds[mention.actor]):
        return
    before = text[: office.start()]
    if _is_past(before):
        return
    ahead = re.search(rf"({NAME})\s*,\s+(?:(?:the|a|an)\s+)?(?:[\w-]+ ){{0,3}}$", before)
    behind = re.match(rf",\s+({NAME})", text[mention.end :])
    name = ahead[1] if ahead else behind[1] if behind else ""
    yield Spokesperson(name, office[1], mention.actor, office.start(), office.end())


def _fits(office: str, kind: str) -> bool:
    """Heads speak for what they lead, officials for a country; spokespeople for anybody."""
    name = office.casefold()
    if kind == "person":
        return name in titles.SPOKESPEOPLE | titles.ADVOCATES
    own = titles.OFFICIALS if kind in ("country", "institution") else frozenset()
    leading = titles.HEADS if kind != "country" else frozenset()
    return name in titles.SPOKESPEOPLE | own | leading


def _is_held(office: str) -> bool:
    """Whether somebody with a name holds it, as no one person holds a government."""
    return office.casefold() not in (titles.ADVOCATES | titles.OFFICIALS) - {"attorney", "lawyer"}


def _is_past(before: str) -> bool:
    return (before.split() or [""])[-1].casefold() in titles.PAST
