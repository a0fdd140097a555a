"""Text with its actors and voices marked, as HTML in which nothing of the text is markup.

Colour is never the only sign: an actor's mention has the actor's letters after it, and a
stretch in somebody else's voice begins with whose it is and is underlined.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import matplotlib.colors

from analysis_utils.output import cells
from analysis_utils.output.figures import COLOURS, INK

#: How much white is in the colour behind a mention: text on it keeps a contrast of over 7.
_WHITE = 0.78

#: How words of others are underlined.
_LINES = {"direct": "solid", "partial": "solid", "reported": "dotted"}

_SMALL = f"font-size: 75%; color: {INK}"


class Mark(NamedTuple):
    """A stretch that mentions an actor."""

    start: int
    end: int
    actor: str


class Voice(NamedTuple):
    """A stretch in somebody else's voice."""

    start: int
    end: int
    kind: str
    speaker: str


class Badge(NamedTuple):
    """How an actor is marked."""

    name: str
    letters: str
    colour: str


def badges(names: Mapping[str, str]) -> dict[str, Badge]:
    """A colour and letters for each actor, by id; letters are never those of another.

    >>> [badge.letters for badge in badges({"a": "Kaspersky Lab", "b": "Kim Lee"}).values()]
    ['KL', 'KL2']
    """
    found: dict[str, Badge] = {}
    taken: list[str] = []
    for place, (actor, name) in enumerate(names.items()):
        words = re.findall(r"\w+", name)
        letters = "".join(word[0] for word in words).upper() if len(words) > 1 else name
        letters = letters[:3]
        taken.append(letters)
        again = taken.count(letters)
        colour = _tint(COLOURS[place % len(COLOURS)])
        found[actor] = Badge(name, f"{letters}{again}" if again > 1 else letters, colour)
    return found


def legend(known: Mapping[str, Badge], actors: Iterable[str]) -> str:
    """What the marks mean, for the actors that occur."""
    present = [known[actor] for actor in known if actor in set(actors)]
    entries = [_mention(html.escape(badge.name), badge) for badge in present]
    return f"<p>Actors: {' '.join(entries)}</p>" if entries else "<p>No actor is mentioned.</p>"


def annotated(
    text: str, marks: Sequence[Mark], voices: Sequence[Voice], known: Mapping[str, Badge]
) -> str:
    """The text as HTML, with its marks and voices.

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
    """
    stretches: list[Mark | Voice] = [*marks, *voices]
    edges = {0, len(text), *(edge for each in stretches for edge in (each.start, each.end))}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    pieces = []
    for start, end in pairwise(cuts):
        mark = _around(marks, start, end)
        voice = _around(voices, start, end)
        piece = html.escape(cells.shortened(text[start:end]))
        if mark:
            piece = _mention(piece, known[mark.actor], closes=end == mark.end)
        pieces.append(_spoken(piece, voice, opens=start == voice.start) if voice else piece)
    return "".join(pieces)


def _around(stretches: Sequence, start: int, end: int):
    return next((each for each in stretches if each.start <= start and end <= each.end), None)


def _mention(escaped: str, badge: Badge, closes: bool = True) -> str:
    style = f"background-color: {badge.colour}; color: {INK}; padding: 0 2px"
    letters = f'<sup style="{_SMALL}">{html.escape(badge.letters)}</sup>' if closes else ""
    return f'<span style="{style}" title="{html.escape(badge.name)}">{escaped}{letters}</span>'


def _spoken(piece: str, voice: Voice, opens: bool) -> str:
    style = f"border-bottom: 2px {_LINES[voice.kind]} #595959"
    how = "reported" if voice.kind == "reported" else "quoted"
    label = f"[{html.escape(voice.speaker or 'somebody')}, {how}] "
    label = f'<small style="{_SMALL}">{label}</small>' if opens else ""
    return f'{label}<span style="{style}">{piece}</span>'


def _tint(colour: str) -> str:
    red, green, blue = matplotlib.colors.to_rgb(colour)
    return matplotlib.colors.to_hex(
        (red + (1 - red) * _WHITE, green + (1 - green) * _WHITE, blue + (1 - blue) * _WHITE)
    )
