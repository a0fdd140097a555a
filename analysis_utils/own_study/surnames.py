"""By which name alone a person is called: the surname, where nobody else bears it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from analysis_utils.annotation.actors import before_names
from analysis_utils.own_study.kinds import country_code
from analysis_utils.words import actors, times, titles


def surname(full: str, others: Iterable[str], text: str) -> str | None:
    """The name alone that some articles call a person by, None if they do not or it is in doubt.

    Parameters
    ----------
    full
        The person's whole name.
    others
        The whole names of the other persons.
    text
        The articles.
    """
    borne = {word for other in others for word in (other.split()[0], *_last_names(other))}
    for name in _last_names(full):
        if name not in borne and not country_code(name) and _alone(name, text):
            return name
    return None


def _last_names(full: str) -> list[str]:
    """
    >>> _last_names("Ursula von der Leyen"), _last_names("Rita Paul")
    (['von der Leyen', 'Leyen'], ['Paul'])
    """
    words = full.split()
    if len(words) < 2:
        return []
    small = [place for place, word in enumerate(words) if place and word in actors.INSIDE_NAMES]
    with_small = [" ".join(words[small[0] :])] if small else []
    return [*with_small, words[-1]]


def _alone(name: str, text: str) -> bool:
    """Whether a name stands without another one beside it, surely as a name."""
    word = name[0].upper() + name[1:]
    # What begins a sentence shows by its capital no name, if it is a word besides.
    is_word = name[0].isupper() and re.search(rf"(?<![\w-]){name.lower()}(?![\w-])", text)
    found = re.finditer(rf"(?<![\w-])(?:{re.escape(name)}|{re.escape(word)})(?![\w-])", text)
    return any(_is_name(match, text, bool(is_word)) for match in found)


def _is_name(match: re.Match, text: str, is_word: bool) -> bool:
    ahead, after = text[: match.start()], text[match.end() :]
    before = re.search(r"([\w.'’-]+) $", ahead[-30:])
    word = before[1] if before else ""
    titled = word.strip(".") in before_names()
    if word[:1].isupper() and not titled and not word.endswith("."):
        return False
    if re.match(r" [A-Z](?:\.|[a-z]+\b)", after) and not _is_day(after):
        return False
    if match[0] in times.MONTHS and not titled and (word in actors.OF_TIME or _is_number(after)):
        return False
    begins = not word or word.endswith(".") or ahead[-1:] in '\n“"'
    return titled or not (is_word and begins)


def _is_day(after: str) -> bool:
    word = after.split(maxsplit=1)[0]
    return re.sub(r"\W", "", word) in times.WEEKDAYS | times.MONTHS


def _is_number(after: str) -> bool:
    return bool(re.match(r",? \d", after))


def descriptions(titles_of: Mapping[str, Mapping[str, int]], text: str) -> dict[str, list[str]]:
    """Offices by which the articles call persons who alone bear them: "the president".

    Parameters
    ----------
    titles_of
        By person, the titles that stand before the name.
    text
        The articles.
    """
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, borne in titles_of.items():
        for title in borne:
            bearers[titles.ALIKE.get(title, title)].add(name)
    told: dict[str, list[str]] = defaultdict(list)
    for title, names in bearers.items():
        alike = [word for word, other in titles.ALIKE.items() if other == title]
        for word in (title, *alike):
            if len(names) == 1 and word in actors.LONE_OFFICES and f"the {word}" in text:
                told[min(names)].append(f"the {word}")
    return told
