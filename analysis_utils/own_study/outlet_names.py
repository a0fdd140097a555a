"""Names of outlets: which are alike, and which the names of files tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.page import PageFault

#: Names of so many letters that differ in one or two of them are alike.
_LEAST_LETTERS, _LEAST_ALIKE = 8, 0.9
#: What outlets have beside their name: a place, an edition, the ending of a web address.
_BESIDE_NAME = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|^www\.|\.(?:com|org|net|co\.uk|news|tv)\b(?:\.\w\w)?"
    r"|\b(?:online|newspaper|print edition|web edition|international edition)\b|\bthe\b|[^\w\s]",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?P<name>.+\S) \([^()]+\)")
#: Numbers and days around the name of an outlet in the name of a file.
_NUMBERING = r"(?:\d{1,4}(?:[-_. ]\d{1,4}){0,2}|\(\d+\))"
_AROUND = re.compile(rf"^{_NUMBERING}[-_. ]+(?=\D)|[-_. ]*{_NUMBERING}$")


def same_outlet(name: str) -> str:
    """The form in which two names of outlets are the same."""
    return tidy(name).casefold()


def alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of different names that may mean one outlet, the one that reads better first.

    >>> alike(["dailycourier.com", "Daily Courier", "Harbour Times"])
    [('Daily Courier', 'dailycourier.com')]
    """
    different = {same_outlet(name): name for name in names}.values()
    pairs = combinations(sorted(different, key=_looks), 2)
    return [(first, second) for first, second in pairs if _alike(first, second)]


def _looks(name: str) -> tuple:
    """How a name looks: as an address, in capitals, with brackets; the fewer the better."""
    is_cut = " " not in name and "." in name
    return is_cut, name.isupper(), name.islower(), "(" in name, -len(name), name


def _alike(first: str, second: str) -> bool:
    one, other = (
        re.sub(r"\s+", "", _BESIDE_NAME.sub("", name.casefold())) for name in (first, second)
    )
    if not one or not other:
        return False
    if one == other:
        return True
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return min(len(one), len(other)) >= _LEAST_LETTERS and ratio >= _LEAST_ALIKE


def _letters(name: str) -> str:
    return re.sub(r"\s+", "", _BESIDE_NAME.sub("", name.casefold()))


def without_places(names: Iterable[str]) -> dict[str, str]:
    """Names with a place in brackets that stand without it too, by the form that is compared.

    Archives add the place; where a second one has the same name, none is changed.

    >>> without_places(["The Herald (London)", "The Herald", "The Post (London)"])
    {'the herald (london)': 'The Herald'}
    """
    known = {same_outlet(name): name for name in names}
    placed: dict[str, list[str]] = {}
    for name in known:
        if found := _PLACED.fullmatch(name):
            placed.setdefault(found["name"], []).append(name)
    single = {base: names[0] for base, names in placed.items() if len(names) == 1}
    return {name: known[base] for base, name in single.items() if base in known}


def read_renaming(values: Sequence[str]) -> dict[str, str]:
    """What values such as ``Harbour Times=The Harbour Times`` say, by the form that is compared."""
    renaming = {}
    for value in values:
        name, equals, chosen = value.partition("=")
        if not equals or not tidy(name) or not tidy(chosen):
            raise PageFault(f"--same-outlet {value!r}: write it as 'This name=The name to use'.")
        renaming[same_outlet(name)] = tidy(chosen)
    return renaming


def names_of_files(files: Sequence[Path]) -> Mapping[Path, str]:
    """The outlet of each file of one folder by its name: "herald_1" and "herald_2" are one's."""
    bases = {file: _AROUND.sub("", _AROUND.sub("", file.stem)).strip(" -_.") for file in files}
    counts = Counter(map(same_outlet, bases.values()))
    shared = len(counts) > 1 and max(counts.values()) > 1 and all(bases.values())
    return bases if shared else {file: file.stem for file in files}
