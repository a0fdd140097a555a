"""Articles under one another in a file of one's own: with fields, or lines of signs between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis_utils.annotation.cleaning.lines import is_running_text, tidy
from analysis_utils.own_study.exports.parts import (
    date_in,
    n_words_in,
    outlet_and_date,
    paragraphs,
    shown,
)
from analysis_utils.own_study.page import Taken

#: What fields are called, by what they hold.
_FIELDS = {
    "outlet": "outlet|source|publication|newspaper|paper|publisher|medium|journal",
    "date": "date|published|publication date|pub date|date published",
    "headline": "headline|title|heading",
    "byline": "byline|author|authors|by|reporter",
    "section": "section|page|pages|category",
    "address": "url|link|web address|address",
    "length": "length|words|word count",
    "text": "text|body|full text|content|article|article text",
}
_FIELD = re.compile(
    "|".join(rf"(?P<{name}>{spellings})" for name, spellings in _FIELDS.items()), re.IGNORECASE
)
_LABELLED = re.compile(r"(?P<label>[A-Za-z ]{2,20}?)\s*:\s*(?P<value>.*)")
_RULE = re.compile(r"([=\-_*#~+•%—–])(?:\s?\1){4,}")
_NEW_PAGE = re.compile(r"\f")
_COUNTED = re.compile(
    r"\W*(?:(?:article|document|item|text|story)\s+(?:no\.? ?)?\d+(?:\s*(?:of|/)\s*\d+)?)\W*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by:? (.{3,80})", re.IGNORECASE)
#: An article has so many words, or it is none.
FEWEST_WORDS = 40
#: A headline has so many words at most.
_HEADLINE_WORDS = 25
#: Date and name stand within so many lines below the headline.
_HEAD = 5
#: Articles without lines between them: as many words under a headline and a date, in so many
#: places, are no single article.
_SEVERAL_WORDS = 80


def collected_articles(lines: Sequence[str], source: str) -> list[Taken]:
    """The articles of a collection; none if the file is none."""
    for rule in (_COUNTED, _RULE, _NEW_PAGE):
        parts = _parts(lines, rule)
        taken = [_article(part, f"{source}, no. {i}") for i, part in enumerate(parts, start=1)]
        articles = [each for each in taken if each is not None and _stands_for_itself(each, rule)]
        if len(articles) == len(taken) > 1:
            return articles
    records = list(_records(lines))
    return [_labelled(part, f"{source}, no. {i}") for i, part in enumerate(records, start=1)]


def looks_like_several(lines: Sequence[str]) -> int:
    """How many articles seem to stand in a file without any sign between them; 0 for one alone."""
    plain = shown(lines)
    heads = [i for i in range(1, len(plain)) if _is_head(plain, i)]
    n_words = [
        sum(len(line.split()) for line in plain[start:stop] if _is_prose(line))
        for start, stop in pairwise([*heads, len(plain)])
    ]
    several = sum(n >= _SEVERAL_WORDS for n in n_words)
    is_page = not heads or heads[0] >= _HEAD  # menus stand above its first article
    return several if several > 1 and not is_page else 0


def _is_head(plain: Sequence[str], place: int) -> bool:
    """Whether a line is a date or who wrote it, below what can be a headline."""
    line, above = plain[place], plain[place - 1]
    told = date_in(line) or outlet_and_date(line)[1] or _BYLINE.fullmatch(line)
    return bool(told) and _can_be_headline(above) and not date_in(above)


def _is_prose(line: str) -> bool:
    return is_running_text(line, line.split())


def _can_be_headline(line: str) -> bool:
    return 2 < len(line.split()) <= _HEADLINE_WORDS and not line.endswith((".", ":", ",", ";"))


def _parts(lines: Sequence[str], rule: re.Pattern) -> list[list[str]]:
    """What stands between lines of signs, or between lines such as "Article 2 of 6"."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if rule.fullmatch(line.strip(" \t")):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if _n_words(part) >= FEWEST_WORDS]


def _stands_for_itself(taken: Taken, rule: re.Pattern) -> bool:
    """Whether a part is sure to be an article: a new page begins inside articles as well."""
    return rule is not _NEW_PAGE or bool(taken.date or taken.byline or taken.outlet)


def _n_words(part: Sequence[str]) -> int:
    return sum(len(line.split()) for line in part)


def _article(part: Sequence[str], source: str) -> Taken | None:
    """A part as an article; None if it has neither fields nor a headline."""
    if _label_of(next(iter(shown(part)))):
        return _labelled(part, source)
    places = [i for i, line in enumerate(part) if line.strip()]
    if len(places) < 2 or not _can_be_headline(tidy(part[places[0]])):
        return None
    outlet = date = byline = ""
    start = places[1]
    for i in places[1 : _HEAD + 1]:
        line = tidy(part[i])
        if by := _BYLINE.fullmatch(line):
            byline = by[1]
        elif not date and date_in(line):
            date = date_in(line)
        elif not date and outlet_and_date(line)[1]:
            outlet, date = outlet_and_date(line)
        else:
            start = i
            break
    text = paragraphs(part[start:])
    return Taken(outlet, source, text, tidy(part[places[0]]), byline, date=date)


def _label_of(line: str) -> tuple[str, str] | None:
    """What a line such as "Source: The Herald" tells, and its value."""
    found = _LABELLED.fullmatch(tidy(line))
    known = _FIELD.fullmatch(found["label"]) if found else None
    return (known.lastgroup or "", found["value"]) if known and found else None


def _records(lines: Sequence[str]) -> Iterator[list[str]]:
    """Stretches that each begin with the same field; none where there are fewer than two."""
    told = [(i, label[0]) for i, line in enumerate(lines) if (label := _label_of(line))]
    first = told[0][1] if told else ""
    starts = [i for i, name in told if name == first]
    kinds = {name for _, name in told}
    if len(starts) < 2 or len(kinds) < 2 or any(lines[: starts[0]]):
        return
    parts = [list(lines[i:j]) for i, j in pairwise([*starts, len(lines)])]
    if all(_n_words(part) >= FEWEST_WORDS for part in parts):
        yield from parts


def _labelled(part: Sequence[str], source: str) -> Taken:
    """An article with fields above its text; the text's own field may stand before it."""
    fields: dict[str, str] = {}
    start = 0
    for i, line in enumerate(part):
        label = _label_of(line)
        if label is None and line.strip():
            start = i
            break
        if label:
            name, value = label
            fields.setdefault(name, value)
            start = i + 1
            if name == "text":
                break
    text = [fields.pop("text", ""), *part[start:]]
    return Taken(
        outlet=fields.get("outlet", ""),
        source=source,
        text=paragraphs(text),
        headline=fields.get("headline", ""),
        byline=fields.get("byline", ""),
        section=fields.get("section", ""),
        date=fields.get("date", ""),
        address=fields.get("address", ""),
        n_given=n_words_in(fields.get("length", "")),
    )
