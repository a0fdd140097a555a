"""Which words a score hangs on: the score of the sentence without each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis_utils.measures.target_sentiment.model import classify, polarity
from analysis_utils.measures.target_sentiment.pieces import Span

# A word as `language.count_words` counts it, from its first letter or digit to its last.
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")

_POSSESSIVE = re.compile(r"['’]s\b")


def word_effects(sentence: str, target: Sequence[Span]) -> list[tuple[str, float]]:
    """How far each word moves the polarity: by occlusion (Li, Monroe and Jurafsky 2016).

    Parameters
    ----------
    sentence, target
        As :func:`~analysis_utils.measures.target_sentiment.classify` takes them.

    Returns
    -------
    Each word outside the target, in reading order, with the polarity of the sentence minus
    that of the sentence without the word, -2 to 2: below zero the word makes the score more
    negative.  The numbers do not add up to the score, as words act together.
    """
    words = list(_words_outside(sentence, target))
    shortened = [_without(sentence, target, word.span()) for word in words]
    sentences, targets = zip((sentence, target), *shortened, strict=True)
    whole, *others = polarity(classify(sentences, targets))
    return [(word.group(), float(whole - other)) for word, other in zip(words, others, strict=True)]


def _words_outside(sentence: str, target: Sequence[Span]) -> Iterator[re.Match]:
    """The words before, between and behind the mentions, whose possessive ending is no word."""
    last = 0
    for start, end in [*sorted(target), (len(sentence), len(sentence))]:
        yield from _WORD.finditer(sentence, last, start)
        possessive = _POSSESSIVE.match(sentence, end)
        last = max(last, possessive.end() if possessive else end)


def _without(sentence: str, target: Sequence[Span], word: Span) -> tuple[str, list[Span]]:
    """The sentence with a word cut out, and where the target then stands."""
    start, end = word
    gone = end - start
    moved = [(a - gone, b - gone) if a >= end else (a, b) for a, b in target]
    return sentence[:start] + sentence[end:], moved
