"""Text with its actors, voices and differing words marked, as HTML; nothing of it is markup.

Colour is never the only sign: a stretch in somebody else's voice is shaded and begins with whose
it is, and an actor is bold, with the actor's letters where the words do not name it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from textwrap import shorten
from typing import NamedTuple

import pandas as pd

from analysis_utils.output import cells
from analysis_utils.output.style import FAINT

#: Colours behind the words of those who speak most: text on them keeps a contrast of over 7.
SHADES = ("#C3DDF7", "#FADFB5", "#E6C9E4", "#C4E8DC", "#DDDDA0", "#F8CFCF", "#D3CCF2")

#: Behind the words of all others.
OTHERS_SHADE = "#D8D8D8"

#: What can be marked.
MARKS = ("voices", "actors", "words")

_LETTERS = "font-size: 65%; font-weight: normal; line-height: 0"

#: Letters of a speaker's name that stand before their words, if the speaker has no letters.
_LONGEST_NAME = 24


class Mark(NamedTuple):
    """A stretch that mentions an actor."""

    start: int
    end: int
    actor: str


class Voice(NamedTuple):
    """A stretch in the voice of somebody else, by name; unnamed if empty."""

    start: int
    end: int
    who: str


class Badge(NamedTuple):
    """How an actor or a speaker is marked."""

    name: str
    letters: str
    shade: str = OTHERS_SHADE


def badges(names: Mapping[str, str], speakers: Iterable[str] = ()) -> dict[str, Badge]:
    """Letters for each name, never those of another, and shades for the first speakers.

    Parameters
    ----------
    names
        By id.
    speakers
        Names of those who speak, those who speak most first.

    Returns
    -------
    By id, and of the first speakers that have no id by name.

    >>> [badge.letters for badge in badges({"a": "Kaspersky Lab", "b": "Kim Lee"}).values()]
    ['KL', 'KL2']
    """
    speakers = list(speakers)[: len(SHADES)]
    shades = dict(zip(speakers, SHADES, strict=False))
    others = {name: name for name in speakers if name not in set(names.values())}
    found: dict[str, Badge] = {}
    taken: list[str] = []
    for key, name in {**names, **others}.items():
        words = re.findall(r"\w+", name)
        letters = "".join(word[0] for word in words).upper() if len(words) > 1 else name
        letters = letters[:3]
        taken.append(letters)
        again = taken.count(letters)
        letters = f"{letters}{again}" if again > 1 else letters
        found[key] = Badge(name, letters, shades.get(name, OTHERS_SHADE))
    return found


def by_sentence(stretches: pd.DataFrame, kind: type[Mark] | type[Voice]) -> dict[str, list]:
    """Stretches of each sentence, as marks of a kind.

    Parameters
    ----------
    stretches
        One row a stretch: ``sentence_id``, ``start``, ``end``, and ``actor`` or ``who``.
    kind
        What they become.
    """
    found: dict[str, list] = {}
    columns = stretches[["sentence_id", *kind._fields]]
    for sentence_id, *mark in columns.itertuples(index=False, name=None):
        found.setdefault(sentence_id, []).append(kind(*mark))
    return found


def legend(known: Mapping[str, Badge], marks: Collection[str]) -> str:
    """What the marks mean, of ``MARKS``, in sentences."""
    told = []
    if "voices" in marks:
        shaded = [badge for badge in known.values() if badge.shade != OTHERS_SHADE]
        shaded.sort(key=lambda badge: SHADES.index(badge.shade))
        entries = [
            _shaded(html.escape(each.name), each.shade, f"{each.letters} ") for each in shaded
        ]
        others = _shaded("somebody else", OTHERS_SHADE)
        told.append(
            f"Shaded: words of {' '.join([*entries, others])}. Not shaded: the outlet’s own words."
        )
    if "actors" in marks:
        told.append("<b>Bold</b>: actors, with their letters where the words do not name them.")
    if "words" in marks:
        told.append("<u>Underlined</u>: words that the sentence beside it does not have.")
    return " ".join(told)


def annotated(
    text: str,
    marks: Sequence[Mark],
    voices: Sequence[Voice],
    known: Mapping[str, Badge],
    differs: Sequence[tuple[int, int]] = (),
) -> str:
    """The text as HTML, with its marks.

    Parameters
    ----------
    text
        A sentence.
    marks
        Mentions in it; they do not overlap.
    voices
        Stretches of others, of one level: they do not overlap either.
    known
        As :func:`badges` gives them.
    differs
        Stretches that are underlined.
    """
    by_name = {badge.name: badge for badge in known.values()}
    stretches = [*((start, end) for start, end, _ in (*marks, *voices)), *differs]
    edges = {0, len(text), *(edge for stretch in stretches for edge in stretch)}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    pieces, before = [], None
    for start, end in pairwise(cuts):
        piece = html.escape(cells.shortened(text[start:end]))
        if any(first <= start and end <= last for first, last in differs):
            piece = f"<u>{piece}</u>"
        if mark := _around(marks, start, end):
            words = text[mark.start : mark.end]
            piece = _mention(piece, words, known[mark.actor], closes=end == mark.end)
        if voice := _around(voices, start, end):
            opens = start == voice.start and voice.who != before
            piece, before = _spoken(piece, voice, by_name, opens), voice.who
        pieces.append(piece)
    return "".join(pieces)


def _around(stretches: Sequence, start: int, end: int):
    return next((each for each in stretches if each.start <= start and end <= each.end), None)


def _mention(piece: str, words: str, badge: Badge, closes: bool) -> str:
    letters = html.escape(badge.letters) if closes and not _names(words, badge) else ""
    letters = letters and f'<sup style="{_LETTERS}">{letters}</sup>'
    return f'<b style="font-weight: 600" title="{html.escape(badge.name)}">{piece}{letters}</b>'


def _names(words: str, badge: Badge) -> bool:
    """Whether words name an actor, so that a reader knows whom they mean."""
    said, name = (set(re.findall(r"\w{3,}", each.casefold())) for each in (words, badge.name))
    return bool(said & name) or words.replace(".", "") == badge.letters


def _spoken(piece: str, voice: Voice, by_name: Mapping[str, Badge], opens: bool) -> str:
    badge = by_name.get(voice.who, Badge(voice.who, ""))
    name = shorten(voice.who, _LONGEST_NAME, placeholder="…") or "?"
    label = f"{name}: " if badge.shade == OTHERS_SHADE else f"{badge.letters} "
    return _shaded(piece, badge.shade, label if opens else "", voice.who)


def _shaded(piece: str, shade: str, label: str = "", title: str = "") -> str:
    label = label and f'<small style="color: {FAINT}">{html.escape(label)}</small>'
    title = title and f' title="{html.escape(title)}"'
    return f'<span style="background-color: {shade}"{title}>{label}{piece}</span>'
