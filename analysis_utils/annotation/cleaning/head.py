"""The head of an article: headline, standfirst, section, date and byline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis_utils.annotation.cleaning.article import Label, Labels, is_byline, is_dated_line
from analysis_utils.annotation.cleaning.lines import PageLine
from analysis_utils.annotation.cleaning.metadata import is_dated

#: How many lines with text above the body the headline may stand.
HEAD_REACH = 80
#: A headline has so many words.
HEADLINE_WORDS = range(3, 41)
#: Most headlines have so many.
USUAL_WORDS = range(5, 26)
#: What speaks for and against a line being the headline, in points.
HEADLINE_POINTS = {
    "set off": 3.0,
    "length": 2.0,
    "repeated": 1.0,
    "byline or date below": 2.0,
    "byline or date above": -1.5,
    "full stop": -2.5,
    "box above": -3.0,
    "list of titles": -1.5,
}
#: The further above the body, the less; points a line.
DISTANCE_POINTS = -0.04
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
        points += DISTANCE_POINTS * distance
        if points >= best_points:
            best, best_points = i, points
    return best if best is None else _line_over(lines, above, best)


def _line_over(lines, above, best) -> int:
    """The line right over the best one, if that reads as a headline over its standfirst."""
    place = above.index(best)
    over = lines[above[place - 1]] if place else None
    if over is None or not _can_be_headline(over) or not over.blank_after:
        return best
    return above[place - 1] if over.n_words >= 5 and not over.ends_sentence else best


def _shown_above(lines, start) -> list[int]:
    return [i for i in range(max(0, start - 3 * HEAD_REACH), start) if not lines[i].blank][
        -HEAD_REACH:
    ]


def _can_be_headline(line: PageLine) -> bool:
    plain = line.cue is None and not is_dated(line.clean) and not line.clean.startswith("(")
    return plain and line.n_words in HEADLINE_WORDS


def _headline_points(lines, i, below, said) -> float:
    """How much a line stands like a headline; ``below`` are the lines down to the body."""
    line, above = lines[i], [lines[j] for j in range(max(0, i - 6), i) if not lines[j].blank]
    signs = {
        "set off": line.blank_after,
        "length": line.n_words in USUAL_WORDS,
        "repeated": said[line.clean] > 1 and line.n_words in USUAL_WORDS,
        "byline or date below": any(_says_who_or_when(lines[j]) for j in below[:6]),
        "byline or date above": any(_says_who_or_when(near) for near in above[-3:]),
        "full stop": line.clean.endswith("."),
        "box above": any(near.cue and near.cue.opens for near in above[-3:]),
        "list of titles": _among_titles(lines, above, below),
    }
    return sum(HEADLINE_POINTS[sign] for sign, holds in signs.items() if holds)


def _says_who_or_when(line: PageLine) -> bool:
    return is_byline(line) or is_dated_line(line)


def _among_titles(lines, above, below) -> bool:
    """Whether three of the four lines around a line look like headlines too."""
    around = [*above[-2:], *(lines[j] for j in below[:2])]
    return sum(_can_be_headline(near) and near.blank_after for near in around) >= 3


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
