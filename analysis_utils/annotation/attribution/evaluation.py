"""How well attributions are found: exact spans of source, cue and content.

A span is the set of tokens an element covers, also where it is cut in two; a
span found is right if a coder marked exactly the same tokens.  Within one
reading each span counts once, also if two attributions share a source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.brat import ELEMENTS, Places, Reading
from analysis_utils.annotation.attribution.extract import THRESHOLD, Attribution, find_attributions
from analysis_utils.annotation.attribution.learning import examples, learn
from analysis_utils.annotation.attribution.linear import Weights

Spans = dict[str, Places]
Finder = Callable[[Article], list[Spans]]


def found_spans(
    article: Article, weights: Mapping[str, Weights], threshold: float = THRESHOLD
) -> list[Spans]:
    """The attributions found in an article, as the tokens of their elements."""
    return [_spans(each) for each in find_attributions(article, weights, threshold)]


def _spans(attribution: Attribution) -> Spans:
    stretches = {
        "source": [attribution.source] if attribution.source else [],
        "cue": [attribution.cue],
        "content": attribution.content,
    }
    return {
        name: frozenset(place for start, end in spans for place in range(start, end + 1))
        for name, spans in stretches.items()
    }


def scores(readings: Sequence[Reading], finder: Finder) -> pd.DataFrame:
    """Agreement of what a finder finds with what the coders marked.

    Returns
    -------
    One row an element: ``element``, ``precision``, ``recall``, ``f1`` (0 to 1),
    ``right``, ``found`` and ``marked`` (spans).
    """
    counts = {name: [0, 0, 0] for name in ELEMENTS}
    by_name: dict[str, list[Spans]] = {}
    for reading in readings:
        name = reading.article.article_id
        if name not in by_name:
            by_name[name] = finder(reading.article)
        for element, count in counts.items():
            found = {each[element] for each in by_name[name]} - {frozenset()}
            marked = {each[element] for each in reading.attributions} - {frozenset()}
            for n, spans in enumerate((found & marked, found, marked)):
                count[n] += len(spans)
    rows = [(element, *_rates(*count), *count) for element, count in counts.items()]
    columns = ["element", "precision", "recall", "f1", "right", "found", "marked"]
    return pd.DataFrame(rows, columns=columns)


def _rates(right: int, found: int, marked: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / marked if marked else 0.0
    return precision, recall, 2 * right / (found + marked) if found + marked else 0.0


def cross_validated(
    readings: Sequence[Reading], folds: int = 5, threshold: float = THRESHOLD
) -> pd.DataFrame:
    """Scores of weights that never saw the article they are tried on.

    The articles, sorted by name, are dealt into folds in turn; all readings of
    an article share its fold, and the first of them teaches.

    Returns
    -------
    As :func:`scores`.
    """
    taught = {name: examples(reading) for name, reading in first_readings(readings).items()}
    names = sorted(taught)
    found: dict[str, list[Spans]] = {}
    articles = {reading.article.article_id: reading.article for reading in readings}
    for fold in range(min(folds, len(names))):
        held_out = set(names[fold::folds])
        weights = learn([taught[name] for name in names if name not in held_out])
        for name in sorted(held_out):
            found[name] = found_spans(articles[name], weights, threshold)
    return scores(readings, lambda article: found[article.article_id])


def first_readings(readings: Sequence[Reading]) -> dict[str, Reading]:
    """One reading an article, so that texts with many coders teach no more than others."""
    first: dict[str, Reading] = {}
    for reading in readings:
        first.setdefault(reading.article.article_id, reading)
    return first


def fingerprints(readings: Sequence[Reading]) -> list[str]:
    """A hash of every article's words, sorted: tells whether an article is known."""
    words = {" ".join(reading.article.text) for reading in readings}
    return sorted(hashlib.sha256(text.encode()).hexdigest()[:16] for text in words)
