"""Phrases that count as one term: names of several words, and the study's own variants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.measures.terms.word_forms import is_acronym, normal_form

if TYPE_CHECKING:
    from analysis_utils.study.parts import Actor

#: What may stand between the parts of a hyphenated word.
HYPHENS = ("-", "‐", "‑")

# What may stand between the words of a phrase, beside the end of a possessive.
_JOINTS = ("", " ", " & ", *HYPHENS)

# Stands for the joint behind a sentence's last word; joins nothing.
_END = "\n"

_POSSESSIVE = re.compile(r"['’]s(?!\w)")


@dataclass(frozen=True)
class Phrase:
    """Words that count as one term wherever they stand side by side."""

    term: str
    forms: tuple[str, ...]
    rule: str

    @property
    def letters(self) -> str:
        return "".join(self.forms).lower()

    @property
    def acronyms(self) -> tuple[str, ...]:
        return tuple(form for form in self.forms if is_acronym(form))


def find_phrases(
    actors: Iterable[Actor], merge_terms: Mapping[str, Iterable[str]]
) -> dict[str, Phrase]:
    """The study's variants and names by their letters, without spaces and in small letters.

    A variant goes before a name.  An alias that only adds to a shorter name of the
    same actor is left out, save the actor's own name.

    Raises
    ------
    ValueError
        If a variant stands under two terms.
    """
    phrases: dict[str, Phrase] = {}
    for term, variants in merge_terms.items():
        for variant in (term, *variants):
            phrase = Phrase(term, _forms(variant), "study")
            other = phrases.setdefault(phrase.letters, phrase)
            if other.term != term:
                raise ValueError(
                    f"merge_terms: {variant!r} stands under {other.term!r} and under {term!r};"
                    " leave it under one of them"
                )
    for actor in actors:
        for name in _names(actor):
            forms = _forms(name)
            term = " ".join(
                normal_form(part) if is_acronym(part) else part for part in name.split()
            )
            phrases.setdefault("".join(forms).lower(), Phrase(term, forms, "name"))
    return phrases


def _forms(phrase: str) -> tuple[str, ...]:
    """The words of a phrase: "Procter & Gamble" has two; "People's Party" keeps its possessive."""
    parts = phrase.replace("-", " ").split()
    return tuple(normal_form(part) for part in parts if part != "&")


def _names(actor: Actor) -> list[str]:
    """An actor's name and aliases without those that only add to a shorter one."""
    names = [actor.name, *actor.aliases]
    padded = {name: f" {' '.join(_forms(name))} " for name in names}
    return [
        name
        for name in names
        if name == actor.name
        or not any(
            padded[other] in padded[name] for other in names if padded[other] != padded[name]
        )
    ]


def join_phrases(words: pd.DataFrame, phrases: Mapping[str, Phrase]) -> pd.DataFrame:
    """Make one term of the longest phrase that begins at each word, from left to right.

    Parameters
    ----------
    words
        Words with their forms (:func:`~analysis_utils.measures.terms.word_forms.add_forms`), the
        ``joint`` to the next word of the sentence (None at its end), and ``term``,
        ``merge`` and ``first``.
    phrases
        As :func:`find_phrases` gives them.

    Returns
    -------
    The same rows; those of a phrase have its ``term``, its rule as ``merge``, and as
    ``first`` the number of its first word.
    """
    beginnings = {letters[:size] for letters in phrases for size in range(1, len(letters) + 1)}
    lower, base = words["form"].str.lower(), words["base"].str.lower()
    columns = _Columns(
        lower.tolist(),
        base.tolist(),
        words["form"].tolist(),
        words["text"].tolist(),
        words["joint"].fillna(_END).tolist(),
    )
    term, merge, first, kind = (words[name].tolist() for name in ("term", "merge", "first", "kind"))
    free = 0
    for start in np.flatnonzero(lower.isin(beginnings) | base.isin(beginnings)):
        if start < free:
            continue
        end, phrase = _longest(columns, int(start), phrases, beginnings)
        if phrase is None:
            continue
        for place in range(start, end):
            term[place], merge[place], first[place] = phrase.term, phrase.rule, start
            if phrase.rule == "name":
                kind[place] = "name"
        free = end
    return words.assign(term=term, merge=merge, first=first, kind=kind)


@dataclass(frozen=True)
class _Columns:
    """Columns of the words as lists, which are quick to step through."""

    lower: list[str]
    base: list[str]
    form: list[str]
    text: list[str]
    joint: list[str]


def _longest(
    columns: _Columns, start: int, phrases: Mapping[str, Phrase], beginnings: set[str]
) -> tuple[int, Phrase | None]:
    """The end of the longest phrase that begins at a word, and the phrase."""
    found: tuple[int, Phrase | None] = (start, None)
    before = ""
    for place in range(start, len(columns.lower)):
        possessive, joint = _cut_possessive(columns.joint[place])
        whole = columns.lower[place] + possessive
        for last in (columns.lower[place], columns.base[place], whole):
            phrase = phrases.get(before + last)
            if phrase and _capitals_agree(phrase, columns, start, place + 1):
                found = (place + 1, phrase)
        before += whole
        if before not in beginnings or joint not in _JOINTS:
            break
    return found


def _cut_possessive(joint: str) -> tuple[str, str]:
    """The end of a possessive that stands between two words, in one form, and what is left."""
    return ("'s", joint[2:]) if _POSSESSIVE.match(joint) else ("", joint)


def _capitals_agree(phrase: Phrase, columns: _Columns, start: int, end: int) -> bool:
    """Whether a name begins with its capital, and an acronym is all capitals."""
    capital = columns.text[start][0].isupper() or not phrase.term[0].isupper()
    return (capital or phrase.rule != "name") and set(phrase.acronyms) <= set(
        columns.form[start:end]
    )
