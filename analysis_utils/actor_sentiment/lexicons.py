"""Lexicon scorers behind one small interface, and what they are worth.

A scorer is any function ``(sentence, target) -> Scores``: the text and the
offsets of the actor in it.  The lexicons here ignore the target: they add up
the words of whatever text they are given.  A model that reads who is spoken of
plugs in at the same place.

- TextBlob (Loria 2020; the lexicon of Pattern, De Smedt and Daelemans 2012):
  mean polarity of known adjectives and adverbs, made from product reviews.
- VADER (Hutto and Gilbert 2014): summed valences of known words, made for
  social media, squeezed to -1..1.

Both know nothing of news: "unprecedented" is praise to TextBlob (+0.6),
"politicized" is no word to either, "United" States is joy to VADER (+1.8).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText


class Scores(NamedTuple):
    """What a scorer says of a text.

    ``polarity`` from -1 (against) to 1 (in favour); ``subjectivity`` from 0 to
    1, NaN if the scorer has none; ``words`` that made the score, each with its
    own value on the scorer's scale (VADER: -4 to 4, divided by 4 here).
    """

    polarity: float
    subjectivity: float
    words: tuple[tuple[str, float], ...] = ()


Scorer = Callable[[str, tuple[int, int]], Scores]

#: What a method can score: the whole sentence, or the clause around the actor.
SCOPES = ("sentence", "clause")


def score_textblob(sentence: str, target: tuple[int, int] = (0, 0)) -> Scores:
    """TextBlob's polarity and subjectivity; the target is not looked at.

    ``textblob.en.sentiment`` gives what ``TextBlob(text).sentiment`` gives at
    half the cost; rounded to four digits, as VADER's are.  It hears "not good"
    but not "isn't good", whatever the apostrophe.
    """
    return _textblob(sentence)


def score_vader(sentence: str, target: tuple[int, int] = (0, 0)) -> Scores:
    """VADER's compound score; the target is not looked at.

    Curly apostrophes are made straight, as "isn’t" is no negation to it otherwise.
    """
    return _vader(sentence)


# A sentence with three actors is scored three times: remember the last ones.
@lru_cache(maxsize=1024)
def _textblob(text: str) -> Scores:
    from textblob.en import sentiment  # heavy: loads its lexicon

    score = sentiment(text)
    words = tuple(
        (" ".join(chunk), float(polarity))
        for chunk, polarity, _, _ in score.assessments
        if polarity
    )
    return Scores(round(score[0], 4), round(score[1], 4), words)


@lru_cache(maxsize=1024)
def _vader(text: str) -> Scores:
    scores = _analyzer().polarity_scores(text.replace("’", "'"))
    words = tuple((word.lower(), valence / 4) for word, valence in scores["words"] if valence)
    return Scores(scores["compound"], float("nan"), words)


class _Vader(SentimentIntensityAnalyzer):
    """VADER that also hands out the valence of each word."""

    def score_valence(self, sentiments: list[float], text: str) -> dict:
        words = SentiText(text).words_and_emoticons
        return super().score_valence(sentiments, text) | {
            "words": list(zip(words, sentiments, strict=True))
        }


@cache
def _analyzer() -> _Vader:
    return _Vader()


class Method(NamedTuple):
    """A scorer and how it is used.

    ``masks_names`` hides what the actors are called, letter by letter, so that
    a lexicon does not score the "United" of a country's name or the
    "intelligence" of a service's; what is said of them stays.
    """

    score: Scorer
    masks_names: bool = True
    scopes: tuple[str, ...] = SCOPES


METHODS: dict[str, Method] = {
    "textblob": Method(score_textblob),
    "vader": Method(score_vader),
}
