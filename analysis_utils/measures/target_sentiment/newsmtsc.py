"""Sentences with a coded target, in the format of NewsMTSC (Hamborg and Donnay 2021).

One JSON object a line: ``sentence``, ``start`` and ``end`` of the target's mention
(half-open, in characters), ``mention`` (its text), ``label`` (-1, 0, 1) and, if there
are any, ``further`` mentions of the same target as pairs of offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis_utils.measures.target_sentiment.model import LABELS, MODEL, classify
from analysis_utils.measures.target_sentiment.pieces import Span


class DataError(ValueError):
    """A file of labelled sentences that cannot be read, with its line and how to mend it."""


class Example(NamedTuple):
    """A sentence, all mentions of its target, and how it puts the target by people's label."""

    sentence: str
    target: tuple[Span, ...]
    label: int


def read_examples(path: Path) -> list[Example]:
    """The labelled sentences of a file, in its order.

    Raises
    ------
    DataError
        If the file is missing, empty or not UTF-8, or a line is no such object; the message
        names the file, the line and the fault.
    """
    examples = [_example(path, number, line) for number, line in _lines(path)]
    if not examples:
        raise DataError(f"{path}: the file is empty. Each line should hold one JSON object.")
    return examples


def classify_examples(examples: Sequence[Example], model: Path = MODEL) -> np.ndarray:
    """What a model says of examples, as ``classify`` gives
    it; their labels are not looked at."""
    sentences, targets, _ = zip(*examples, strict=True)
    return classify(sentences, targets, model)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror}). Put it there, or give another folder."
        ) from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not UTF-8. Save it anew in that encoding.") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _example(path: Path, number: int, line: str) -> Example:
    place = f"{path}, line {number}"
    try:
        row = json.loads(line)
        sentence, label = row["sentence"], row["label"]
        first = (row["start"], row["end"])
        spans = tuple((start, end) for start, end in [first, *row.get("further", [])])
        mention = sentence[slice(*first)]
        if not isinstance(sentence, str):
            raise TypeError
        outside = [span for span in spans if not 0 <= span[0] < span[1] <= len(sentence)]
    except json.JSONDecodeError as error:
        raise DataError(f"{place}: is no JSON ({error.msg}).") from None
    except KeyError as error:
        raise DataError(
            f"{place}: has no {error}. An object needs sentence, start, end and label."
        ) from None
    except (AttributeError, TypeError, ValueError):
        raise DataError(
            f"{place}: is no object with a sentence in quotation marks, whole numbers as start and"
            " end, and pairs of them as further mentions. Mend the line."
        ) from None
    if type(label) is not int or label not in LABELS:
        raise DataError(
            f"{place}: the label is {label!r}. It should be -1, 0 or 1, as a whole number."
        )
    if row.get("mention", mention) != mention:
        raise DataError(
            f"{place}: the mention is {row['mention']!r}, but the characters from {first[0]} to"
            f" {first[1]} are {mention!r}. Mend the offsets."
        )
    if outside:
        start, end = outside[0]
        raise DataError(f"{place}: a mention from {start} to {end} is not in the sentence.")
    return Example(sentence, spans, label)
