"""Where on a page the article is, and what each line in and around it is.

Three steps, each a function from lines to labels: the body (paragraphs,
headings and what sites put between them), the head above it (headline,
standfirst, date, byline, section), and the rest of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis_utils.page_lines import PageLine, best_run, line_score, sets_paragraphs_off
from analysis_utils.page_metadata import find_date, is_age


@dataclass(frozen=True)
class Label:
    """What a line is and why."""

    kind: str
    reason: str


Labels = dict[int, Label]

#: How many lines with text above the body the headline may stand.
HEAD_REACH = 80


def find_body(lines: Sequence[PageLine]) -> tuple[int, int]:
    """Half-open ends of the stretch of lines that holds the article's text."""
    spaced = sets_paragraphs_off(lines)
    start, stop = best_run([line_score(line, spaced) for line in lines])
    while start < stop and not _is_paragraph(lines[start]):
        start += 1
    while start < stop and not _is_paragraph(lines[stop - 1]):
        stop -= 1
    return start, stop


def _is_paragraph(line: PageLine) -> bool:
    return line.running and line.cue is None


def label_body(lines: Sequence[PageLine], start: int, stop: int) -> Labels:
    """Labels of the lines of the stretch: paragraphs and what stands between them."""
    spaced = sets_paragraphs_off(lines[start:stop])
    labels: Labels = {}
    shown = [i for i in range(start, stop) if not lines[i].blank]
    box: Label | None = None
    for place, i in enumerate(shown):
        line = lines[i]
        before = lines[shown[place - 1]] if place else None
        after = lines[shown[place + 1]] if place + 1 < len(shown) else None
        if line.cue is not None:
            labels[i] = Label(line.cue.kind, line.cue.reason)
            if line.cue.opens:
                box = Label(line.cue.kind, f"in the box under '{line.clean[:40]}'")
        elif box and not _resumes(line, before, after, spaced):
            labels[i] = box
        else:
            box = None
            labels[i] = _label_plain(line, before, after, spaced)
    return labels


def _resumes(line, before, after, spaced) -> bool:
    """Whether the article goes on after a box: with a paragraph, or a heading over one."""
    if line.running:
        return line.blank_after or not spaced
    heading = spaced and line.blank_after and not before.blank_after
    return heading and after is not None and _is_paragraph(after) and after.blank_after


def _label_plain(line, before, after, spaced) -> Label:
    if line.running:
        if spaced and line.blank_before and not line.blank_after and line.n_words < 60:
            return Label("credit", "caption: not set off from what follows, as paragraphs are")
        return Label("body", "paragraph of running text")
    if not spaced:
        return Label("body", "heading or list item between paragraphs")
    if line.blank_after:
        return Label("body", "heading or short paragraph between paragraphs")
    if before is not None and before.clean.endswith(":"):
        return Label("body", "list item after a colon")
    return Label("related", "short line, not set off as paragraphs are")
