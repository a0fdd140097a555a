"""Classes of words that attribute, after the groups of VerbNet and FrameNet.

They help the model with a verb it has seldom or never met: Levin (1993) and
Kipper et al. (2008) group verbs that take the same arguments.
"""

from __future__ import annotations

from analysis_utils.words import derived, speech

#: Classes of each part of speech, in the order in which the model has learnt them.
_VERBS = ("say", "claim", "think", "want", "order", "judge", "ask", "find", "speak", "appear")
_NOUNS = ("saying", "stance")
_ADJECTIVES = ("stance", "appearing")


def _by_word(part: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    groups = {name: speech.listed(f"{part}_{name}") for name in names}
    words = sorted({word for group in groups.values() for word in group})
    return {word: tuple(name for name in names if word in groups[name]) for word in words}


@derived
def verb_classes() -> dict[str, tuple[str, ...]]:
    """The classes of each verb by its base form."""
    return _by_word("verbs", _VERBS)


@derived
def noun_classes() -> dict[str, tuple[str, ...]]:
    """The classes of each noun by its base form."""
    return _by_word("nouns", _NOUNS)


@derived
def adjective_classes() -> dict[str, tuple[str, ...]]:
    """The classes of each adjective by its base form."""
    return _by_word("adjectives", _ADJECTIVES)
