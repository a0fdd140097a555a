"""Two lexicons: they add up the words of a text, whomever these are said of.

- TextBlob (Loria 2020; the lexicon of Pattern, De Smedt and Daelemans 2012):
  mean polarity of known adjectives and adverbs, made from product reviews.
- VADER (Hutto and Gilbert 2014): summed valences of known words, made for
  social media, squeezed to -1..1.

Both know nothing of news: "unprecedented" is praise to TextBlob (+0.6),
"politicized" is no word to either, "United" States is joy to VADER (+1.8).
"""

from __future__ import annotations

from functools import cache, lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText

from analysis_utils.themes.actor_sentiment.answers import Scores


def score_textblob(text: str) -> Scores:
    """TextBlob's polarity and subjectivity of a text.

    ``textblob.en.sentiment`` gives what ``TextBlob(text).sentiment`` gives at
    half the cost; rounded to four digits, as VADER's are.  It hears "not good"
    but not "isn't good", whatever the apostrophe.
    """
    return _textblob(text)


def score_vader(text: str) -> Scores:
    """VADER's compound score of a text.

    Curly apostrophes are made straight, as "isn’t" is no negation to it otherwise.
    """
    return _vader(text)


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
