"""The names in articles: where they stand and what is said beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis_utils.annotation.actors import before_names
from analysis_utils.annotation.language import MODEL_NAMES, load_pipeline
from analysis_utils.files.progress import shown
from analysis_utils.own_study.kinds import country_code, told_kind
from analysis_utils.words import actors, derived, times

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

#: Labels of spaCy's entities that can be actors.
_LABELS = ("PERSON", "ORG", "GPE", "NORP")
#: Longer names are mostly several that were taken for one.
_MOST_WORDS = 7


@derived
def _not_actors() -> frozenset[str]:
    days = map(str.casefold, times.MONTHS | times.WEEKDAYS)
    return actors.NEVER.union(days)


class Text(NamedTuple):
    """The kept lines of an article, without its headline, and whose it is."""

    article: str
    outlet: str
    headline: str
    lines: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Headline and lines, one a line."""
        return "\n".join((self.headline, *self.lines))


class Name(NamedTuple):
    """A name at one place.

    Its words, spaCy's label, the kind that a noun beside it tells, and whether a
    title, a "the" or an "a" stands before it.
    """

    text: str
    label: str
    told: str | None
    titled: bool
    with_the: bool
    one_of_many: bool


def names_in(texts: Iterable[Text]) -> list[Name]:
    """Every name of a person, body, place or group in the articles.

    Headlines are left out: capitals say nothing of names there.
    """
    lines = [line for text in texts for line in text.lines]
    docs = _pipeline().pipe(lines, batch_size=64)
    told = shown(docs, "Looking for names", "paragraph", len(lines))
    found = [name for doc in told for name in _names(doc)]
    known = {name.text for name in found}
    return [name._replace(text=_without_owner(name.text, known)) for name in found]


@cache
def _pipeline() -> Language:
    """The project's language model with its tagger of names."""
    import spacy

    load_pipeline()  # tells how to mend it if no model is there
    name = next(name for name in MODEL_NAMES if spacy.util.is_package(name))
    return spacy.load(name, exclude=["lemmatizer"])


def _names(doc: Doc) -> Iterator[Name]:
    for span in doc.ents:
        if span.label_ not in _LABELS or (span.label_ == "NORP" and not _is_group(span)):
            continue
        text, titled = _trimmed(_whole(doc, span))
        if _can_be_actor(text, span):
            beside = [kind for noun in _nouns_beside(span) if (kind := told_kind(noun))]
            titled = titled or _before(doc, span).strip(".") in before_names()
            told = beside[0] if beside else None
            with_the = span[0].lower_ == "the" or _before(doc, span).casefold() == "the"
            yield Name(text, span.label_, told, titled, with_the, _is_one_of_many(doc, span))


def _is_group(span: Span) -> bool:
    """Whether a name such as "Republicans" means people, and does not only qualify a noun."""
    root = span.root
    return root.text.endswith("s") and root.dep_ not in ("amod", "compound")


def _whole(doc: Doc, span: Span) -> str:
    """The name with what a hyphen joins to it, which spaCy may cut off: "Jae-in"."""
    joined = re.match(r"-[^\W\d_]+", doc.text[span.end_char :])
    return span.text + (joined[0] if joined and joined[0][1].islower() else "")


def _trimmed(name: str) -> tuple[str, bool]:
    """A name without article, titles and what shows possession; whether it had a title."""
    name = re.sub(r"[’'‘](?:s\b)?\W*$|[^\w.)]+$", "", " ".join(name.split()))
    words = re.sub(r"^(?:the|The)\s+|^\W+", "", name).split()
    first, last = 0, len(words)
    while first < last and words[first].strip(".") in before_names():
        first += 1
    while last > first + 1 and (
        words[last - 1] in before_names() or words[last - 1] in actors.JOINING
    ):
        last -= 1
    return " ".join(words[first:last]), first > 0


def _can_be_actor(text: str, span: Span) -> bool:
    words = text.split()
    if not words or len(words) > _MOST_WORDS or not words[0][0].isupper():
        return False
    several = span.label_ in ("PERSON", "GPE") and " and " in text
    letters = sum(map(str.isalpha, text))
    return letters > 1 and not several and words[0].casefold() not in _not_actors()


def _nouns_beside(span: Span) -> Iterator[str]:
    """Nouns that say what the name is: in apposition, or right before it."""
    root = span.root
    if root.dep_ == "appos":
        yield root.head.text
    for child in root.children:
        outside = not span.start <= child.i < span.end
        if outside and child.dep_ in ("appos", "compound"):
            yield child.text


def _before(doc: Doc, span: Span) -> str:
    """The word before a name; empty if it begins the text."""
    return doc[span.start - 1].text if span.start else ""


def _is_one_of_many(doc: Doc, span: Span) -> bool:
    """Whether the name is that of a kind of thing: "an ICBM"."""
    head = span.root.dep_ not in ("compound", "nmod", "amod", "poss")
    return head and _before(doc, span).casefold() in actors.ONE_OF_MANY


def _without_owner(name: str, known: Sequence[str] | set[str]) -> str:
    """A name without another one that it belongs to: "Russia's Kaspersky Lab"."""
    owner, apart, owned = name.partition("’s " if "’s " in name else "'s ")
    if apart and owned[:1].isupper() and (owner in known or country_code(owner)):
        return owned
    return name
