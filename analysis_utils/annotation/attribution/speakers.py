"""Which of the study's actors a source is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from analysis_utils.annotation.attribution.article import SUBJECTS, Article
from analysis_utils.annotation.attribution.sources import Range
from analysis_utils.annotation.people import agreeing
from analysis_utils.words import pronouns


class Actors:
    """Mentions of actors by sentence, to ask who a noun phrase is."""

    def __init__(self, mentions: pd.DataFrame, actors: Iterable) -> None:
        self._pronouns = {one.id: agreeing(one.name, one.pronouns) for one in actors}
        self._by_sentence = defaultdict(list)
        for mention in mentions.itertuples(index=False):
            self._by_sentence[mention.sentence_id].append(mention)

    def of(self, article: Article, source: Range | None, head: int) -> list[str]:
        """Ids of the actors who are a source, the first named first; empty if none is.

        A source is the actor that its head noun names, or else one in apposition
        to it ("the chief executive, Eugene Kaspersky"); members joined by "and"
        are further actors.  A name inside it that only qualifies it is not
        ("a Kaspersky customer").
        """
        if source is None:
            return []
        found = [self._one(article, source, noun) for noun in _members(article, source, head)]
        return list(dict.fromkeys(filter(None, found)))

    def may_be(self, actor: str, pronoun: str) -> bool:
        """Whether a pronoun can stand for an actor; not if "he" and "she" both can."""
        allowed = self._pronouns.get(actor, frozenset())
        return pronoun in allowed and not {"he", "she"} <= allowed

    def at(self, article: Article, place: int) -> str:
        """The actor whose mention covers a token, or empty."""
        sentence_id = article.sentence_ids[article.sentence[place]]
        for mention in self._by_sentence[sentence_id]:
            if mention.start <= article.start[place] < mention.end:
                return mention.actor
        return ""

    def _one(self, article: Article, source: Range, noun: int) -> str:
        beside = [
            kid
            for kid in article.kids[noun]
            if _stands_beside(article, noun, kid) and source[0] <= kid <= source[1]
        ]
        # "The company's CEO, Jane Doe": the name says more than the description.
        for place in (*_person_first(article, noun, beside), noun, *beside):
            if actor := self.at(article, place):
                return actor
        if article.lower[noun] in pronouns.RELATIVE and article.dep[noun] in SUBJECTS:
            verb = article.head[noun]
            if article.dep[verb] == "relcl":
                return self.at(article, article.head[verb])
        return ""


def _stands_beside(article: Article, noun: int, kid: int) -> bool:
    """Whether a noun is in apposition, with nobody else's name or clause between the two."""
    between = range(noun + 1, article.left[kid])
    return article.dep[kid] == "appos" and not any(
        article.pos[place] in ("VERB", "AUX") for place in between
    )


def _person_first(article: Article, noun: int, beside: list[int]) -> list[int]:
    if article.pos[noun] == "PROPN":
        return []
    return [place for place in beside if article.pos[place] == "PROPN"]


def _members(article: Article, source: Range, head: int) -> Iterator[int]:
    yield head
    for kid in article.kids[head]:
        if article.dep[kid] == "conj" and source[0] <= kid <= source[1]:
            yield from _members(article, source, kid)
