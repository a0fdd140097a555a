"""The rest of a page: what stands before and after the article."""

from __future__ import annotations

from collections.abc import Sequence

from analysis_utils.annotation.cleaning.article import Label, Labels, is_byline, is_dated_line
from analysis_utils.annotation.cleaning.lines import PageLine
from analysis_utils.annotation.cleaning.metadata import is_dated
from analysis_utils.schemas import KEPT_KINDS

#: A line of so many words after the article is taken for a headline, not for a button.
_TITLE_WORDS = 4
#: Boxes below the article whose lines are named after the box.
_BOXES = ("related", "comments", "footer")


def label_rest(lines: Sequence[PageLine], labels: Labels) -> Labels:
    """Labels of the lines that have none yet: blanks, the page's head and its foot."""
    article = [i for i in labels if labels[i].kind in KEPT_KINDS]
    start = min(article, default=len(lines))
    said = {lines[i].clean for i in article if lines[i].n_words >= _TITLE_WORDS}
    rest: Labels = {}
    box: Label | None = None
    for i, line in enumerate(lines):
        if i in labels:
            continue
        if line.blank:
            rest[i] = Label("blank", "nothing on the line")
        elif line.clean in said:
            rest[i] = Label("duplicate", "the same line stands in the article")
        elif i < start:
            rest[i] = _label_before(line)
        else:
            box = _open_box(line) or box
            rest[i] = _label_after(line, box)
    return rest


def _label_before(line: PageLine) -> Label:
    if is_dated_line(line):
        return Label("date", "date above the article")
    if line.cue is not None and not is_byline(line):
        return Label(line.cue.kind, line.cue.reason)
    return Label("navigation", "stands above the article")


def _open_box(line: PageLine) -> Label | None:
    if line.cue is None or not line.cue.opens or line.cue.kind not in _BOXES:
        return None
    return Label(line.cue.kind, f"in the box under '{line.clean[:40]}'")


def _label_after(line: PageLine, box: Label | None) -> Label:
    if line.cue is not None and not (is_byline(line) and box is not None):
        return Label(line.cue.kind, line.cue.reason)
    if box is not None:
        return box
    if line.n_words >= _TITLE_WORDS or is_dated(line.clean):
        return Label("related", "stands below the article")
    return Label("navigation", "short line below the article")
