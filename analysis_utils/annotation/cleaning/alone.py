"""Articles that stand alone in their file: nothing around the text, and fields above it.

``framing new-study`` writes such files from tables and exports of archives, which tell where a
text begins and ends.  Above the first blank line stand fields ("Headline: ..."); below it every
line is the article's but for what sites put into their texts ("Advertisement", "Sign up ...").
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

#: Kinds of inserts that are whole sentences.
_ALWAYS = ("advertisement", "related", "footer")

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
    has_text = any(label.kind == "body" for label in labels.values())
    if not has_text:  # a text of one line that reads like a label is one all the same
        labels |= {i: _BODY for i, line in enumerate(lines) if i > above and not line.blank}
    return read, labels


_BODY = Label("body", "the file has nothing but the article")


def _label(line: PageLine) -> Label:
    if line.blank:
        return Label("blank", "nothing on the line")
    cue = line.cue
    # A whole sentence is an insert of the site only where it says so itself.
    if cue is not None and (cue.sure or not line.running or cue.kind in _ALWAYS):
        return Label(cue.kind, cue.reason)
    return _BODY
