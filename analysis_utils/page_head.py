"""The head of an article: headline, standfirst, section, date and byline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis_utils.page_article import Label, Labels, is_byline, is_dated_line
from analysis_utils.page_lines import PageLine
from analysis_utils.page_metadata import is_dated

#: How many lines with text above the body the headline may stand.
HEAD_REACH = 80
#: A headline has so many words.
HEADLINE_WORDS = range(3, 41)
#: Words of a section tag at most, and of a name.
TAG_WORDS = 5
NAME_WORDS = range(2, 5)
#: A line right under the headline is a standfirst from so many words; further down, from so many.
STANDFIRST_WORDS = 6
LATER_STANDFIRST_WORDS = 12


def find_headline(lines: Sequence[PageLine], start: int) -> int | None:
    """The line above the body that stands most like a headline."""
    above = _shown_above(lines, start)
    said = Counter(line.clean for line in lines if not line.blank)
    best, best_points = None, 0.0
    for distance, i in enumerate(reversed(above)):
        if not _can_be_headline(lines[i]):
            continue
        points = _headline_points(lines, i, above[len(above) - distance :], said)
        points -= 0.04 * distance
        if points >= best_points:
            best, best_points = i, points
    return best if best is None else _line_over(lines, above, best)


def _line_over(lines, above, best) -> int:
    """The line right over the best one, if that reads as a headline over its standfirst."""
    place = above.index(best)
    over = lines[above[place - 1]] if place else None
    reads = over is not None and _can_be_headline(over) and over.blank_after
    return above[place - 1] if reads and over.n_words >= 5 and not over.ends_sentence else best


def _shown_above(lines, start) -> list[int]:
    return [i for i in range(max(0, start - 3 * HEAD_REACH), start) if not lines[i].blank][
        -HEAD_REACH:
    ]


def _can_be_headline(line: PageLine) -> bool:
    return line.n_words in HEADLINE_WORDS and line.cue is None and not is_dated(line.clean)


def _headline_points(lines, i, below, said) -> float:
    """How much a line stands like a headline; ``below`` are the lines down to the body."""
    line = lines[i]
    points = 3.0 if line.blank_after else 0.0
    points += 2.0 if 5 <= line.n_words <= 25 else 0.0
    points += 1.0 if said[line.clean] > 1 and line.n_words >= 5 else 0.0
    points -= 2.5 if line.clean.endswith(".") else 0.0
    next_few = [lines[j] for j in below[:6]]
    points += 2.0 if any(is_byline(near) or is_dated_line(near) for near in next_few) else 0.0
    points -= (
        2.0 if any(is_byline(near) or is_dated_line(near) for near in _above_few(lines, i)) else 0.0
    )
    points -= 3.0 if any(near.cue and near.cue.opens for near in _above_few(lines, i)) else 0.0
    return points


def _above_few(lines, i) -> list[PageLine]:
    return [lines[j] for j in range(max(0, i - 5), i) if not lines[j].blank][-3:]


def label_head(lines: Sequence[PageLine], headline: int | None, start: int) -> Labels:
    """Labels of the headline and of the lines from it down to the body."""
    if headline is None:
        return {}
    labels = {headline: Label("headline", "title above the text")}
    said = Counter(line.clean for line in lines if not line.blank)
    below = [i for i in range(headline + 1, start) if not lines[i].blank]
    clear = True  # only metadata so far between headline and this line
    for place, i in enumerate(below):
        labels[i] = _label_below(lines, i, first=place == 0, clear=clear, said=said)
        clear = clear and labels[i].kind in ("date", "byline", "section")
    _label_names(lines, below, labels)
    above = _shown_above(lines, headline)[-2:]
    for i in above:
        if _is_tag(lines[i], said):
            labels[i] = Label("section", "short line over the headline that the menu has too")
    return labels


def _label_below(lines, i, first, clear, said) -> Label:
    line = lines[i]
    if is_dated_line(line):
        return Label("date", "date between headline and text")
    if line.cue is not None:
        return Label(line.cue.kind, line.cue.reason)
    if _is_standfirst(line, first, clear):
        return Label("standfirst", "stands between headline and text")
    if _is_tag(line, said):
        return Label("section", "short line at the headline that the menu has too")
    if line.n_words > TAG_WORDS:
        return Label("credit", "caption or other line between headline and text")
    return Label("navigation", "short line between headline and text")


def _is_standfirst(line, first, clear) -> bool:
    if first:
        return line.n_words >= STANDFIRST_WORDS
    return clear and line.n_words >= LATER_STANDFIRST_WORDS


def _is_tag(line, said) -> bool:
    short = line.cue is None and line.n_words <= TAG_WORDS and not line.ends_sentence
    return short and said[line.clean] > 1 and bool(re.search(r"[^\W\d]{2}", line.clean))


def _label_names(lines, below, labels) -> None:
    """A name beside the date or the byline is a byline."""
    for place, i in enumerate(below):
        beside = [below[j] for j in (place - 1, place + 1) if 0 <= j < len(below)]
        near = any(labels[j].kind in ("date", "byline") for j in beside)
        if near and labels[i].kind == "navigation" and lines[i].cue is None and _is_name(lines[i]):
            labels[i] = Label("byline", "reads as a name, beside the date or byline")


def _is_name(line: PageLine) -> bool:
    words = line.clean.split()
    return len(words) in NAME_WORDS and all(word[0].isupper() for word in words)
