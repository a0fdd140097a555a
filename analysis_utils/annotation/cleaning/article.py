"""Where on a page the article is, and what each line in and around it is.

Three steps, each a function from lines to labels: the body (paragraphs,
headings and what sites put between them), the head above it (headline,
standfirst, date, byline, section), and the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from analysis_utils.annotation.cleaning.lines import (
    PageLine,
    best_run,
    line_scores,
    sets_paragraphs_off,
)
from analysis_utils.annotation.cleaning.metadata import is_dated


@dataclass(frozen=True)
class Label:
    """What a line is and why."""

    kind: str
    reason: str


Labels = dict[int, Label]

#: Text before the byline or date is not the article's if it is less than this share of it.
LEAD_IN_SHARE = 0.3
#: The byline or date stands within so many lines with text above the body.
HEAD_LINES = 20
#: Headline and summary of another article take up to so many lines above its date.
TEASER_LINES = 4
#: Lines after a box are judged by their blank lines where this share of paragraphs has one.
WELL_SPACED = 0.6
#: Lines are called captions for lack of a blank line only where this share of paragraphs has one.
STRICTLY_SPACED = 0.8
#: So many short sentences close a text, of at least so many words.
CLOSING_LINES, CLOSING_WORDS = 4, 2
#: A caption is no longer than this, in words.
CAPTION_WORDS = 60


def find_body(lines: Sequence[PageLine]) -> tuple[int, int]:
    """Half-open ends of the stretch of lines that holds the article's text."""
    start, stop = best_run(line_scores(lines))
    if not _has_byline_above(lines, start):
        start = _after_byline(lines, start, stop)
    while start < stop and not is_paragraph(lines[start]):
        start += 1
    while start < stop and not is_paragraph(lines[stop - 1]):
        stop -= 1
    return start, _after_closing(lines, start, stop)


def _after_closing(lines: Sequence[PageLine], start: int, stop: int) -> int:
    """Where the text ends with the short sentences that close it."""
    spaced = sets_paragraphs_off(lines[start:stop], WELL_SPACED)
    shown = [i for i in range(stop, len(lines)) if not lines[i].blank][:CLOSING_LINES]
    closing = list(takewhile(lambda i: _is_closing(lines[i], spaced), shown))
    return closing[-1] + 1 if start < stop and closing else stop


def _is_closing(line: PageLine, spaced: bool) -> bool:
    """Whether a short line is a sentence, and no label, title or call to click."""
    words = line.clean.split()
    is_sentence = line.ends_sentence and line.clean[-1] not in ":;" and len(words) >= CLOSING_WORDS
    set_off = not spaced or (line.blank_before and line.blank_after)
    plain = line.cue is None and not is_dated(line.clean) and not line.clean.endswith(("...", "…"))
    small = sum(word[0].islower() for word in words[1:])
    return is_sentence and set_off and plain and 2 * small >= len(words) - 1


def is_paragraph(line: PageLine) -> bool:
    """Whether a line is running text without boilerplate wording."""
    return line.running and line.cue is None


def _has_byline_above(lines, start) -> bool:
    above = [line for line in lines[max(0, start - 3 * HEAD_LINES) : start] if not line.blank]
    return any(is_byline(line) or is_dated_line(line) for line in above[-HEAD_LINES:])


def _after_byline(lines, start, stop) -> int:
    """Where the text goes on after a byline or date near the top of the stretch."""
    words = [line.n_words if is_paragraph(line) else 0 for line in lines[start:stop]]
    read, allowed, begin = 0, LEAD_IN_SHARE * sum(words), start
    for i, n_words in enumerate(words, start):
        read += n_words
        if read > allowed:
            break
        if is_byline(lines[i]) or is_dated_line(lines[i]):
            begin = i
    return begin


def is_byline(line: PageLine) -> bool:
    """Whether a line names who wrote the article."""
    return line.cue is not None and line.cue.kind == "byline"


def is_dated_line(line: PageLine) -> bool:
    """Whether a short line is about a date."""
    return not line.blank and not line.running and is_dated(line.clean)


def label_body(lines: Sequence[PageLine], start: int, stop: int) -> Labels:
    """Labels of the lines of the stretch: paragraphs and what stands between them."""
    stretch = lines[start:stop]
    spaced = sets_paragraphs_off(stretch, WELL_SPACED)
    strict = sets_paragraphs_off(stretch, STRICTLY_SPACED)
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
        elif is_dated_line(line):
            labels[i] = Label("related", "date of another article")
            _label_teaser(lines, shown[max(0, place - TEASER_LINES) : place], labels)
        elif box and not _resumes(line, before, after, spaced):
            labels[i] = box
        else:
            box = None
            labels[i] = _label_plain(line, before, after, spaced, strict)
    return labels


def _label_teaser(lines, shown, labels) -> None:
    """Headline and summary over a date are another article's, if a short line leads them."""
    teaser: list[int] = []
    for i in reversed(shown):
        if labels[i].kind != "body" or (lines[i].running and any(lines[j].running for j in teaser)):
            break
        teaser.append(i)
    if teaser and lines[teaser[-1]].running:
        teaser.pop()
    for i in teaser:
        if any(not lines[j].running for j in teaser):
            labels[i] = Label("related", "headline or summary over the date of another article")


def _resumes(line, before, after, spaced) -> bool:
    """Whether the article goes on after a box: with a paragraph, or a heading over one."""
    if line.running:
        return line.blank_after or not spaced
    heading = spaced and line.blank_after and not before.blank_after
    return heading and after is not None and is_paragraph(after) and after.blank_after


def _label_plain(line, before, after, spaced, strict) -> Label:
    if line.running:
        if strict and _is_caption(line, before, after):
            return Label("credit", "caption: no blank line after it, as the paragraphs have")
        return Label("body", "paragraph of running text")
    if not spaced:
        return Label("body", "heading or list item between paragraphs")
    if line.blank_after:
        return Label("body", "heading or short paragraph between paragraphs")
    if before is not None and before.clean.endswith(":"):
        return Label("body", "list item after a colon")
    return Label("related", "short line, not set off as paragraphs are")


def _is_caption(line, before, after) -> bool:
    """Running text that stands alone without a blank line after it; a list has several."""
    if line.blank_after or line.n_words > CAPTION_WORDS:
        return False
    beside = [near for near in (before, after) if near is not None]
    in_list = any(near.running and not near.blank_after for near in beside)
    return not in_list and not (before is not None and before.clean.endswith(":"))
