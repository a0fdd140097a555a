"""Every attribution of an article: cue, then source, then content, each by its best score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis_utils.annotation.attribution import contents, cues, sources
from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.contents import Content
from analysis_utils.annotation.attribution.linear import Weights, best, probability
from analysis_utils.annotation.attribution.sources import Range

#: Least probability of a cue.
THRESHOLD = 0.5


@dataclass(frozen=True)
class Attribution:
    """Places in the article; ranges hold their first and last place."""

    head: int
    cue: Range
    source: Range | None
    source_head: int
    content: Content
    probability: float


def find_attributions(
    article: Article,
    weights: Mapping[str, Weights],
    threshold: float = THRESHOLD,
    nested: bool = False,
) -> list[Attribution]:
    """The attributions of an article in reading order of their cues.

    Parameters
    ----------
    article
        As :func:`~analysis_utils.annotation.attribution.article.read_articles` gives it.
    weights
        Of the steps ``cue``, ``left``, ``right``, ``source`` and ``content``.
    threshold
        Least probability of a cue, between 0 and 1.
    nested
        Whether to add what is told inside the reported contents found ("he says
        that they deny it").  In the training texts a word belongs to one attribution
        only, so such cues are not marked, and are judged by themselves here.
    """
    found = []
    for head in cues.candidates(article):
        likely = probability(weights["cue"], cues.features(article, head))
        if likely >= threshold:
            attribution = _complete(article, weights, head, likely)
            if attribution:
                found.append(attribution)
    if nested:
        found += _nested(article, weights, threshold, found)
    return sorted(found, key=lambda each: each.head)


def _nested(
    article: Article,
    weights: Mapping[str, Weights],
    threshold: float,
    outer: list[Attribution],
) -> Iterator[Attribution]:
    """Attributions with a source inside the contents of others, outside quotation marks."""
    inside = {place for each in outer for a, b in each.content for place in range(a, b + 1)}
    inside -= {each.head for each in outer}
    for head in cues.candidates(article):
        if head not in inside or article.quotation[head]:
            continue
        likely = probability(weights["cue"], cues.features(article, head, by_itself=True))
        attribution = _complete(article, weights, head, likely) if likely >= threshold else None
        if attribution and attribution.source:
            yield attribution


def _complete(
    article: Article, weights: Mapping[str, Weights], head: int, likely: float
) -> Attribution | None:
    """The attribution around the head of a cue; None if there is nothing to attribute."""
    cue = _grown(article, weights, head)
    phrases = sources.candidates(article, cue, head)
    scored = [sources.features(article, cue, head, phrase) for phrase in phrases]
    chosen = phrases[best(weights["source"], scored)]
    source, source_head = chosen or (None, -1)
    options = contents.candidates(article, cue, head, source)
    if not options:
        return None
    scored = [contents.features(article, cue, head, source, option) for option in options]
    content = options[best(weights["content"], scored)]
    return Attribution(head, cue, source, source_head, content, likely)


def _grown(article: Article, weights: Mapping[str, Weights], head: int) -> Range:
    """The cue around its head."""
    size = {}
    for name, step, sizes in (
        ("left", -1, cues.spans_before(article, head)),
        ("right", 1, cues.spans_after(article, head)),
    ):
        scored = [cues.growth_features(article, head, count, step) for count in sizes]
        size[name] = sizes[best(weights[name], scored)]
    return head - size["left"], head + size["right"]
