"""Learning the weights of attribution from articles marked by hand.

Cues are told from other words by logistic regression.  The other steps choose
one of several candidates, so they are learnt by conditional logistic regression
(McFadden 1974): the marked candidate against its rivals.  Each step learns
from the marked outcome of the step before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis_utils.annotation.attribution import contents, cues, sources
from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.brat import Places, Reading
from analysis_utils.annotation.attribution.contents import Content

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: Inverse strengths of the L2 penalty, and how often a feature must occur.
CUE_C, CHOICE_C, FEWEST = 0.3, 1.0, 2

#: Weights nearer to zero than this are dropped; the others have two decimals.
SMALLEST = 0.03

Features = list[str]


class Choice(NamedTuple):
    """The features of some candidates, and the place of the right one."""

    candidates: list[Features]
    right: int


class Examples(NamedTuple):
    """What one reading teaches: words that are cues or not, and choices by step."""

    words: list[Features]
    is_cue: list[bool]
    choices: dict[str, list[Choice]]


def examples(reading: Reading) -> Examples:
    """The training examples of one reading."""
    article = reading.article
    heads = {cue_head(article, marked["cue"]) for marked in reading.attributions}
    words = cues.candidates(article)
    choices: dict[str, list[Choice]] = {"left": [], "right": [], "source": [], "content": []}
    for marked in reading.attributions:
        for step, choice in _choices(article, marked):
            choices[step].append(choice)
    return Examples(
        [cues.features(article, word) for word in words], [word in heads for word in words], choices
    )


def cue_head(article: Article, cue: Places) -> int:
    """The word of a cue that the others hang on, a verb if several stand apart."""
    tops = [p for p in sorted(cue) if article.head[p] not in cue or article.head[p] == p]
    rank = {"VERB": 0, "AUX": 0, "NOUN": 1}
    return min(tops, key=lambda place: (rank.get(article.pos[place], 2), place))


def _choices(article: Article, marked: dict[str, Places]):
    """The choices behind one marked attribution, where the right one is a candidate."""
    head = cue_head(article, marked["cue"])
    cue = min(marked["cue"]), max(marked["cue"])
    if len(marked["cue"]) == cue[1] - cue[0] + 1:
        for step, sign, sizes, right in (
            ("left", -1, cues.spans_before(article, head), head - cue[0]),
            ("right", 1, cues.spans_after(article, head), cue[1] - head),
        ):
            if right in sizes:
                grown = [cues.growth_features(article, head, size, sign) for size in sizes]
                yield step, Choice(grown, sizes.index(right))
    source = (min(marked["source"]), max(marked["source"])) if marked["source"] else None
    phrases = sources.candidates(article, cue, head)
    spans = [phrase and phrase[0] for phrase in phrases]
    if source in spans:
        found = [sources.features(article, cue, head, phrase) for phrase in phrases]
        yield "source", Choice(found, spans.index(source))
    options = contents.candidates(article, cue, head, source)
    content = ranges(marked["content"])
    if content in options:
        found = [contents.features(article, cue, head, source, option) for option in options]
        yield "content", Choice(found, options.index(content))


def ranges(places: Places) -> Content:
    """Places as stretches: ``{3, 4, 5, 9}`` as ``((3, 5), (9, 9))``."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return tuple(found)


def learn(taught: Sequence[Examples]) -> dict[str, dict[str, float]]:
    """The weights of every step from the examples of some readings."""
    words = [features for each in taught for features in each.words]
    is_cue = [answer for each in taught for answer in each.is_cue]
    weights = {"cue": _logistic(words, is_cue)}
    for step in ("left", "right", "source", "content"):
        weights[step] = _conditional([choice for each in taught for choice in each.choices[step]])
    return weights


def _logistic(rows: list[Features], answers: list[bool]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression  # heavy: only to learn

    matrix, names = _matrix(rows)
    model = LogisticRegression(C=CUE_C, max_iter=300, fit_intercept=False)
    return _named(model.fit(matrix, answers).coef_[0], names)


def _conditional(choices: list[Choice]) -> dict[str, float]:
    from scipy.optimize import minimize  # heavy: only to learn

    matrix, names = _matrix([row for choice in choices for row in choice.candidates])
    transposed = matrix.T.tocsr()
    sizes = np.array([len(choice.candidates) for choice in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.zeros(len(names) and matrix.shape[0])
    right[starts + [choice.right for choice in choices]] = 1
    told = transposed @ right

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        highest = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - np.repeat(highest, sizes))
        sums = np.add.reduceat(odds, starts)
        value = (np.log(sums) + highest).sum() - scores @ right
        slope = transposed @ (odds / np.repeat(sums, sizes)) - told
        return value + weights @ weights / (2 * CHOICE_C), slope + weights / CHOICE_C

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 120}
    )
    return _named(found.x, names)


def _matrix(rows: list[Features]) -> tuple[csr_matrix, list[str]]:
    """Candidates by features, 1 where a feature is present, without rare features."""
    from scipy.sparse import csr_matrix  # heavy: only to learn

    counts = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    column = {name: number for number, name in enumerate(names)}
    indices, ends = [], [0]
    for row in rows:
        indices += sorted(column[name] for name in set(row) if name in column)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), (len(rows), len(names))), names


def _named(weights: np.ndarray, names: list[str]) -> dict[str, float]:
    rounded = zip(names, np.round(weights, 2).tolist(), strict=True)
    return {name: weight for name, weight in rounded if abs(weight) >= SMALLEST}
