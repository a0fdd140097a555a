"""Reading lists of words: those of the collection, and what a study changes in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis_utils.files.faults import Fault, StudyError, nearest, no_file
from analysis_utils.files.yaml_source import Place, Source, read_source

#: Where the lists of the collection lie, and what the folder of a study's own is called.
PLACE, FOLDER = Path(__file__).parent, "words"

#: The frames that fit any event, with their terms.
FRAME_FILE = "generic_frames.yml"

#: Verbs with what they tell of the outlet's stance: a table, as each row has its source.
VERB_FILE = "reporting_verbs.csv"

#: Kinds of words that are needed before there is a study.
_BEFORE_STUDIES = {
    "actors": (
        "these words propose actors before there is a study.",
        "Delete the file, and change in study.yml whom the study follows.",
    ),
    "columns": (
        "these words tell the columns of a table before there is a study.",
        "Delete the file, and name the columns with --columns.",
    ),
}

#: How a study changes a list, instead of writing its own.
_WAYS = ("add", "remove")

#: The words of a group in the order of the file; each with what stands behind it, if anything.
Group = dict[str, str | tuple[str, ...]]

#: What a study makes of some groups: kind, group and its words.
Changes = tuple[tuple[str, str, tuple[tuple[str, str | tuple[str, ...]], ...]], ...]


@cache
def of_collection(kind: str) -> Mapping[str, Group]:
    """The groups of a kind of words by name, as they come with the package."""
    text = (PLACE / f"{kind}.yml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    if f"{kind}.yml" == FRAME_FILE:
        data = {entry["id"]: entry["terms"] for entries in data.values() for entry in entries}
    return {name: _group(words) for name, words in data.items()}


def _group(words: Any) -> Group:
    if isinstance(words, Mapping):
        return {word: tuple(of) if isinstance(of, list) else of for word, of in words.items()}
    return dict.fromkeys(words, "")


def read_changes(folder: Path) -> Changes:
    """What a study changes in the lists, by the files in its folder ``words``.

    Parameters
    ----------
    folder
        The study's folder; without a folder ``words`` it changes nothing.

    Raises
    ------
    StudyError
        With every fault at once, each with file, line, key and mend.
    """
    faults: list[Fault] = []
    changes = []
    for path in own_files(folder):
        if wrong := _wrong_file(path):
            faults.append(Fault(str(path), None, "", *wrong))
        elif path.name != VERB_FILE:
            try:
                source = read_source(path, "the name of a list, as in `reporting: {add: [joke]}`")
            except StudyError as error:
                faults += error.faults
                continue
            changed = _Changed(source, of_collection(path.stem), path.name != FRAME_FILE)
            changes += [(path.stem, name, tuple(group.items())) for name, group in changed.groups()]
            faults += source.faults
    if faults:
        raise StudyError(faults)
    return tuple(changes)


def own_files(folder: Path) -> list[Path]:
    """The files with a study's own words, sorted."""
    place = folder / FOLDER
    found = place.iterdir() if place.is_dir() else ()
    return sorted(path for path in found if not path.name.startswith("."))


def _wrong_file(path: Path) -> tuple[str, str] | None:
    """Problem and mend of a file that holds no words of a study."""
    files = sorted(each.name for each in PLACE.iterdir() if each.suffix in (".yml", ".csv"))
    files = [name for name in files if Path(name).stem not in _BEFORE_STUDIES]
    if path.stem in _BEFORE_STUDIES:
        return _BEFORE_STUDIES[path.stem]
    if path.name not in files:
        mend = f"{nearest(path.name, files)}The files are {', '.join(files)}."
        return "there is no list of words in a file of this name.", mend
    if problem := no_file(path):
        return problem, "Put a file with this name there."
    return None


class _Changed:
    """The groups that a file of a study changes; what is wrong goes to the source's faults."""

    def __init__(self, source: Source, known: Mapping[str, Group], word_by_word: bool) -> None:
        self._source, self._known, self._word_by_word = source, known, word_by_word

    def groups(self) -> Iterator[tuple[str, Group]]:
        """Names and words of the groups."""
        for name in [place[0] for place in self._source.lines if len(place) == 1]:
            if name not in self._known:
                mend = f"{nearest(str(name), self._known)}The lists are {', '.join(self._known)}."
                self._fault((name,), f"there is no list {str(name)!r} in this file.", mend)
            elif name not in self._source.data:
                self._fault((name,), "there are no words here.", _mend(str(name)))
            else:
                yield str(name), self._group(str(name), self._source.data[name])

    def _group(self, name: str, value: Any) -> Group:
        group = self._known[name]
        if not isinstance(value, dict) or not (set(value) & set(_WAYS)):
            return self._words((name,), value, group)
        for way in set(value) - set(_WAYS):
            mend = f"{nearest(way, _WAYS)}{_mend(name)}"
            self._fault((name, way), f"{way!r} is no way to change a list.", mend)
        removed = self._removed((name, "remove"), value.get("remove", []), group)
        added = self._words((name, "add"), value["add"], group) if "add" in value else {}
        return {word: of for word, of in group.items() if word not in removed} | added

    def _words(self, place: Place, value: Any, group: Group) -> Group:
        """Words that are given for a group or added to it."""
        behind = next(iter(group.values()), "")
        if isinstance(value, dict) != bool(behind) or not isinstance(value, dict | list):
            kind = "words, each with what belongs to it, belong" if behind else "a list belongs"
            self._fault(place, f"{kind} here.", _mend(str(place[0]), bool(behind)))
            return {}
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            word = key if isinstance(value, dict) else value[key]
            self._check((*place, key), word, group)
            if isinstance(value, dict) and isinstance(value[key], list) != isinstance(
                behind, tuple
            ):
                wanted = "[..]" if isinstance(behind, tuple) else "one word"
                self._fault((*place, key), "this is not what belongs here.", f"Write {wanted}.")
        return _group({str(k): v for k, v in value.items()} if behind else map(str, value))

    def _removed(self, place: Place, value: Any, group: Group) -> list:
        if not isinstance(value, list):
            self._fault(place, "a list belongs here.", "Write the words in brackets: [..].")
            return []
        for number, word in enumerate(value):
            if word not in group:
                mend = f"{nearest(str(word), group)}Write a word of the list, or delete it."
                self._fault((*place, number), f"{word!r} is not in the list.", mend)
        return value

    def _check(self, place: Place, word: Any, group: Group) -> None:
        """A word that nothing could find, since the others of its list are written otherwise."""
        if not isinstance(word, str):
            self._fault(place, "a word belongs here, not a list or keys.", "Write one word.")
        elif not word:
            self._fault(place, "this is empty.", "Write a word, or delete it.")
        elif not self._word_by_word:
            return
        elif " " in word and not any(" " in each for each in group):
            mend = "Write the word of it that tells, or delete it."
            self._fault(place, f"{word!r} is several words, and this list has single ones.", mend)
        elif word != word.lower() and not any(each != each.lower() for each in group):
            problem = f"{word!r} has capitals, and this list has none."
            self._fault(place, problem, f"Write {word.lower()}.")
        elif not word[0].isupper() and all(each[0].isupper() for each in group):
            problem = f"{word!r} has no capital, and this list has them."
            self._fault(place, problem, f"Write {word.capitalize()}.")

    def _fault(self, place: Place, problem: str, mend: str) -> None:
        self._source.faults.append(self._source.fault(place, problem, mend))


def _mend(name: str, behind: bool = False) -> str:
    words = "{word: ..}" if behind else "[..]"
    return (
        f"Write `{name}: {words}` for a list of your own, or"
        f" `{name}: {{add: {words}, remove: [..]}}` to change ours."
    )
