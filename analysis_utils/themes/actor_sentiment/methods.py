"""The methods side by side, behind one small interface.

A method is asked for many texts at once, each with the places of an actor in it.  The
lexicons ignore the places; the model of target-dependent sentiment answers for that actor alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from analysis_utils.measures import target_sentiment
from analysis_utils.measures.target_sentiment import Span
from analysis_utils.themes.actor_sentiment.answers import Scores
from analysis_utils.themes.actor_sentiment.lexicons import score_textblob, score_vader

Scorer = Callable[[Sequence[str], Sequence[Sequence[Span]]], Sequence[Scores]]


class Method(NamedTuple):
    """A scorer, what it is called if not by its id, and how it is used.

    ``masks_names`` hides what the actors are called, letter by letter, so that
    a lexicon does not score the "United" of a country's name or the
    "intelligence" of a service's; what is said of them stays.  ``scopes`` are what it is given to
    score: the whole sentence, the clause around the actor, or, as ``target``, the actor where it
    stands in the whole sentence.
    """

    score: Scorer
    name: str = ""
    masks_names: bool = True
    scopes: tuple[str, ...] = ("sentence", "clause")

    @property
    def narrowest(self) -> str:
        """The scope that is nearest to the actor."""
        return self.scopes[-1]


def one_by_one(score: Callable[[str], Scores]) -> Scorer:
    """A scorer of many texts from a function that scores one, without regard to the actor."""
    return lambda texts, targets: [score(text) for text in texts]


def score_targets(texts: Sequence[str], targets: Sequence[Sequence[Span]]) -> list[Scores]:
    """The model of :mod:`analysis_utils.measures.target_sentiment`, asked for these actors.

    Polarity is the probability of positive minus that of negative.
    """
    found = target_sentiment.classify(texts, targets)
    polarities = target_sentiment.polarity(found)
    return [
        Scores(float(polarity), probabilities=tuple(map(float, row)))
        for polarity, row in zip(polarities, found, strict=True)
    ]


METHODS: Mapping[str, Method] = {
    "textblob": Method(one_by_one(score_textblob), "TextBlob"),
    "vader": Method(one_by_one(score_vader), "VADER"),
    "target_model": Method(score_targets, "Target model", masks_names=False, scopes=("target",)),
}

#: What tables and figures call the methods.
METHOD_NAMES = {method_id: method.name for method_id, method in METHODS.items()}


def name_of(method: str) -> str:
    """What tables and figures call a method: one that is none of ``METHODS`` by its id."""
    return METHOD_NAMES.get(method, method)


#: The methods that know words alone.
LEXICONS = ("textblob", "vader")

#: The method that knows of whom a word is said: its answers stand for tone elsewhere.
TARGET_MODEL = "target_model"
