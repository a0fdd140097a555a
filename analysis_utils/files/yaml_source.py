"""YAML files of keys and values, read so that every fault can be told with its line and mend.

All values are read as plain text, with the line of every key; what they mean is for those to say
who use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from itertools import takewhile
from operator import getitem
from pathlib import Path
from typing import Any, cast

import yaml

from analysis_utils.files.faults import Fault, StudyError, no_file
from analysis_utils.files.normal_text import normal_text

#: Bytes of a file: ten thousand articles have less, and reading more takes minutes.
MOST_BYTES = 4_000_000

#: Parts inside parts, more than any study needs and few enough for every reader.
MOST_DEEP = 50

#: Tags of YAML that change nothing here, as every value is a text, a list or keys.
_PLAIN_TAGS = (None, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")))

#: What ``study.yml`` begins with.
STUDY_KEYS = "`event:`, `outlets:` and `articles:`"

#: Where a value stands: keys, and places in lists counted from 0.
Place = tuple[str | int, ...]


@dataclass
class Source:
    """Content of a YAML file, the line of every value, and the faults found in reading."""

    path: Path
    data: dict = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, problem: str, mend: str) -> Fault:
        """A fault at a place; one that the file leaves out has the line of its parent."""
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        key = " > ".join(part if isinstance(part, str) else f"no. {part + 1}" for part in place)
        return Fault(str(self.path), self.lines.get(known, 1), key, problem, mend)

    def texts(self) -> Iterator[tuple[Place, str]]:
        """All texts of the file that are no keys, with their places."""
        for place in self.lines:
            value: Any = None
            with suppress(KeyError):  # a key whose value is left empty has none
                value = reduce(getitem, place, cast("Any", self.data))
            if isinstance(value, str):
                yield place, value

    def entries(self, key: str) -> Iterator[tuple[Place, dict]]:
        """The entries of a list of the file, with their places; what is no entry is left out."""
        for number, entry in listed(self.data, key):
            if isinstance(entry, dict):
                yield (key, number), entry


def listed(mapping: dict, key: str) -> Iterator[tuple[int, Any]]:
    """Numbered items of a list, if there is one under this key."""
    items = mapping.get(key)
    return enumerate(items if isinstance(items, list) else [])


class _Loader(yaml.BaseLoader):
    """Every value is text: a country called No stays a text, and so does a wrong date."""

    depth = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        if complaint := self._complaint(event):
            raise yaml.composer.ComposerError(None, None, complaint, event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _complaint(self, event: yaml.Event) -> str:
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor} stands for another part"
        if event.tag not in _PLAIN_TAGS:
            return f"{event.tag} tags a value, and no value has a tag here"
        if self.depth >= MOST_DEEP:
            return f"more than {MOST_DEEP} parts stand inside each other"
        return ""


#: Keys whose values no text of an article is compared with as they stand: a file keeps its name,
#: and what a regular expression says literally is told from the rest of it where it is used.
_AS_WRITTEN = (("page",), ("pattern",))

#: What to do about what YAML complains of, by words of its complaint.
YAML_MENDS = {
    "escape": "Write \\\\ for a backslash, or leave out the quotation marks around the text.",
    "incompatible YAML": "Delete the line that begins with %.",
    "found '<scalar>'": "Correct the indentation, or leave out the quotation marks around a text"
    " that holds such marks itself.",
    r"\t": "Indent with spaces, not with tabs.",
    "mapping values": "Put the value in quotation marks if it holds a colon, or correct the"
    " indentation.",
    "stands for another part": "Write that part out in full.",
    "tags a value": "Delete the tag, or put the whole value in quotation marks.",
    "inside each other": "Delete brackets or spaces before the line.",
    "single document": "Delete the line --- that begins a second document.",
    "quoted scalar": "Close the quotation mark that was opened here.",
    "token": "Put the value in quotation marks.",
}


def read_source(path: Path, begin: str = STUDY_KEYS) -> Source:
    """Read a YAML file of keys and values.

    Parameters
    ----------
    path
        The file, in UTF-8.
    begin
        What a file of this kind begins with, to tell whoever has written no keys.

    Returns
    -------
    Source
        All values as normal text; keys whose value is left empty are left out.  Keys
        given twice are among its ``faults``.

    Raises
    ------
    StudyError
        If the file is no YAML mapping at all, so that nothing else can be checked.
    """
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = f"the character U+{error.character:04X} cannot stand in YAML."
        raise StudyError([Fault(str(path), line, "", problem, "Delete it.")]) from error
    except yaml.MarkedYAMLError as error:
        raise StudyError([_broken(path, text, error)]) from error
    except (ValueError, OverflowError) as error:  # the loader makes signs of numbers unchecked
        raise StudyError([_no_sign(path, text)]) from error
    if not isinstance(node, yaml.MappingNode):
        problem, mend = "it holds no keys.", f"Begin with {begin}."
        raise StudyError([Fault(str(path), 1, "", problem, mend)])
    source = Source(path)
    source.data = _value(node, (), source)
    return source


def _text(path: Path) -> str:
    """What stands in a file, if that is text at all."""
    fault = Fault(str(path), None, "", no_file(path), "Put a file with this name there.")
    if not fault.problem and path.stat().st_size > MOST_BYTES:
        problem = f"the file is larger than {MOST_BYTES // 1_000_000} MB."
        fault = fault._replace(problem=problem, mend="Leave out what does not belong to a study.")
    try:
        text = "" if fault.problem else path.read_text(encoding="utf-8-sig")
        if "\0" in text:
            problem = "this is no text in UTF-8: it holds zero bytes, as UTF-16 and pictures do."
            fault = fault._replace(problem=problem, mend="Save it as text with the encoding UTF-8.")
    except UnicodeDecodeError:
        problem, mend = "the file is not in UTF-8.", "Save it again with the encoding UTF-8."
        fault = fault._replace(problem=problem, mend=mend)
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})."
        fault = fault._replace(problem=problem, mend="Make it readable for yourself.")
    if fault.problem:
        raise StudyError([fault])
    return text


def _broken(path: Path, text: str, error: yaml.MarkedYAMLError) -> Fault:
    complaint = f"{error.context or ''} {error.problem}"
    mends = (mend for words, mend in YAML_MENDS.items() if words in complaint)
    fallback = "Correct the indentation, or a bracket or quotation mark left open above."
    mark, mend = error.problem_mark, next(mends, fallback)
    if opened := _left_open(text, error):
        sign = text[opened.index]
        mend = f"Close the {_OPENING[sign]} {sign} that was opened here"
        mend += "." if "quoted" in complaint else f", or correct line {mark.line + 1}."
        mark = opened
    problem = f"this is no valid YAML ({error.problem})."
    return Fault(str(path), mark.line + 1, f"column {mark.column + 1}", problem, mend)


def _no_sign(path: Path, text: str) -> Fault:
    r"""The fault of the first ``\U`` whose number is beyond all signs."""
    found = re.search(r"\\U(?!000|0010)", text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    problem = "no sign has the number that stands behind \\U."
    return Fault(str(path), line, "", problem, "Write the sign itself.")


#: What can be left open, by the sign that opens it.
_OPENING = {'"': "quotation mark", "'": "quotation mark", "[": "bracket", "{": "bracket"}


def _left_open(text: str, error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where a bracket, or a quotation mark that the next one closes, was left open before."""
    end, begin = error.problem_mark, error.context_mark
    over_lines = [
        token.start_mark
        for token in _tokens(text, end.index)
        if getattr(token, "style", None) in ('"', "'")
        and token.start_mark.line < token.end_mark.line == end.line
    ]
    if over_lines:
        return over_lines[-1]
    is_open = begin and begin.line < end.line and text[begin.index : begin.index + 1] in _OPENING
    return begin if is_open else None


def _tokens(text: str, end: int) -> Iterator[yaml.Token]:
    """The tokens of a text up to a character, or to the first that cannot be read."""
    with suppress(yaml.YAMLError):
        yield from takewhile(lambda token: token.start_mark.index <= end, yaml.scan(text))


def _value(node: yaml.Node, place: Place, source: Source) -> Any:
    """What a node of the YAML tree holds; notes lines and faults in the source."""
    source.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, place, source))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, number), source) for number, item in enumerate(node.value)]
    if node.style is None and node.value in ("~", "null"):
        return ""
    return node.value if place[-1:] in _AS_WRITTEN else normal_text(node.value)


def _pairs(node: yaml.MappingNode, place: Place, source: Source) -> Iterator[tuple[str, Any]]:
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problem, mend = "a key must be a plain word.", "Put the line in quotation marks."
            source.faults.append(Fault(str(source.path), line, "", problem, mend))
            continue
        key = normal_text(key_node.value)
        here = (*place, key)
        if here in source.lines:
            problem = f"the key stands here again, after line {source.lines[here]}."
            again = source.fault(here, problem, "Keep one of the two.")
            source.faults.append(again._replace(line=line))
            continue
        source.lines[here] = line
        value = _value(value_node, here, source)
        if value != "":
            yield key, value
