"""Articles that stand alone in their file: nothing around the text, and fields above it.

``framing new-study`` writes such files from tables and exports of archives, which tell where a
text begins and ends.  Above the first blank line stand fields ("Headline: ..."); below it every
line is the article's, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis_utils.annotation.cleaning.article import Label, Labels
from analysis_utils.annotation.cleaning.lines import PageLine
from analysis_utils.annotation.cleaning.metadata import FIELD, FIELDS

#: What the name of such a file ends in.
ALONE_SUFFIX = ".article.txt"

_WORDS = re.compile(r"Length: ([\d,]+) words")


def stands_alone(path: Path) -> bool:
    """Whether a file has the article alone, by its name."""
    return path.name.lower().endswith(ALONE_SUFFIX)


def words_given(texts: Sequence[str]) -> int | None:
    """The length that the source of an article gives, in words, from the article's raw lines."""
    found = (_WORDS.fullmatch(text) for text in texts[: len(FIELDS)])
    return next((int(each[1].replace(",", "")) for each in found if each), None)


def label_alone(lines: Sequence[PageLine]) -> tuple[list[PageLine], Labels]:
    """The lines, those of fields without the field's name, and the label of each."""
    read, labels = list(lines), {}
    above = next((i for i, line in enumerate(lines) if line.blank), 0)
    for i, line in enumerate(lines):
        field = FIELD.fullmatch(line.clean) if i < above else None
        if field:
            read[i] = replace(line, clean=field["value"])
            labels[i] = Label(FIELDS[field["name"]], "the file says so")
        else:
            labels[i] = _label(line)
    return read, labels


def _label(line: PageLine) -> Label:
    if line.blank:
        return Label("blank", "nothing on the line")
    if line.cue is not None and line.cue.sure:
        return Label(line.cue.kind, line.cue.reason)
    return Label("body", "the file has nothing but the article")
