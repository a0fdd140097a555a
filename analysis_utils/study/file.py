"""Reading ``study.yml`` so that every fault can be told with its line and mend.

YAML is read as plain text values with the line of every key; what the values
mean is for the models in :mod:`analysis_utils.study.parts` to say.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from analysis_utils.files.normal_text import normal_text

#: Bytes of a file: ten thousand articles have less, and reading more takes minutes.
MOST_BYTES = 4_000_000

#: Faults that a message lists.
MOST_FAULTS = 100

#: Parts inside parts, more than any study needs and few enough for every reader.
MOST_DEEP = 50

#: Tags of YAML that change nothing here, as every value is a text, a list or keys.
_PLAIN_TAGS = (None, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")))

#: Characters of a key, a problem or a mend that are shown, at its beginning and at its end.
_SHOWN_FIRST, _SHOWN_LAST = 500, 200

#: What :func:`no_file` says where nothing is.
NO_SUCH_FILE = "there is no such file."

#: Where a value stands: keys, and places in lists counted from 0.
Place = tuple[str | int, ...]


class Fault(NamedTuple):
    """One thing that is wrong with a study, and its mend."""

    file: str
    line: int | None
    key: str
    problem: str
    mend: str

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", _cut(self.key)]
        return f"{', '.join(filter(None, where))}: {_cut(self.problem)} {_cut(self.mend)}"


def _cut(text: str) -> str:
    """A text without its middle, if a value that somebody wrote makes it very long."""
    if len(text) <= _SHOWN_FIRST + _SHOWN_LAST:
        return text
    return f"{text[:_SHOWN_FIRST]} … {text[-_SHOWN_LAST:]}"


def no_file(path: str | Path) -> str:
    """Why nothing can be read from a path, in plain words; "" if a file is there."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if os.path.islink(path):
            return "this is a link that leads nowhere."
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return NO_SUCH_FILE
        return f"it cannot be read ({error.strerror})."
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "this is a folder and no file."
    return "this is no file, but a pipe, a socket or a device."


class StudyError(ValueError):
    """The study cannot be used; ``faults`` holds every reason, by file and line.

    The study's own file comes first, then those in its folders.
    """

    def __init__(self, faults: list[Fault]):
        def place(fault: Fault) -> tuple:
            return len(Path(fault.file).parts), fault.file, fault.line or 0, *map(str, fault)

        self.faults = sorted(set(faults), key=place)
        count = "one fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        more = len(self.faults) - MOST_FAULTS
        shown = [
            *map(str, self.faults[:MOST_FAULTS]),
            *([f"and {more:,} more."] if more > 0 else []),
        ]
        super().__init__("\n- ".join([f"The study has {count}:", *shown]))


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


def read_source(path: Path) -> Source:
    """Read a YAML file of keys and values.

    Parameters
    ----------
    path
        The file, in UTF-8.

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
        problem, mend = "it holds no keys.", "Begin with `event:`, `outlets:` and `articles:`."
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


#: Problem and mend by pydantic's type of error; no other types come from the models.
PLAIN_WORDS = {
    "missing": ("`{key}` is missing.", "Add `{key}:` ({meaning})."),
    "extra_forbidden": ("`{key}` is no key of this part.", "{nearest}The keys are {keys}."),
    "model_type": ("keys with values belong here.", "Write lines `key: value`, one a line."),
    "dict_type": ("terms with their spellings belong here.", "Write lines `term: [spelling]`."),
    "tuple_type": ("a list belongs here.", "Write `- ` before each entry, one a line."),
    "string_type": ("a text belongs here, not a list or keys.", "Write one text on the line."),
    "string_unicode": (
        "half of a sign stands in it (\\ud800 to \\udfff).",
        "Write the sign itself.",
    ),
    "string_too_short": ("this is empty.", "Write it out, or delete the line."),
}


def fault(problem: str, mend: str) -> PydanticCustomError:
    """The error to raise in a validator: a problem and its mend in plain words."""
    return PydanticCustomError("fault", "{problem} {mend}", {"problem": problem, "mend": mend})


def nearest(wanted: str, known: Iterable[str]) -> str:
    """A question for the known word most like the wanted one, or nothing."""
    near = difflib.get_close_matches(wanted, list(known), n=1)
    return f"Did you mean {near[0]}? " if near else ""


def in_plain_words(
    error: ValidationError, source: Source, model: type[BaseModel]
) -> Iterator[Fault]:
    """Faults of a validation against a model, each with line, key and mend."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":
            continue  # the value would follow from another one, whose fault is told there
        place = tuple(part for part in detail["loc"] if part != "[key]")
        if detail["type"] == "fault":
            yield source.fault(place, detail["ctx"]["problem"], detail["ctx"]["mend"])
            continue
        words = _words(place, model)
        fallback = ("this is not what belongs here.", "It stands for: {meaning}.")
        problem, mend = PLAIN_WORDS.get(detail["type"], fallback)
        yield source.fault(place, problem.format(**words), mend.format(**words))


def _words(place: Place, model: type[BaseModel]) -> dict[str, str]:
    """Words to tell a fault with: the key, what it means, and which keys there are."""
    names = [part for part in place if isinstance(part, str)]
    key = names[-1] if names else ""
    fields = _part_at(names[:-1], model).model_fields
    return {
        "key": key,
        "meaning": getattr(fields.get(key), "description", "value"),
        "nearest": nearest(key, fields),
        "keys": ", ".join(fields),
    }


def _part_at(names: list[str], model: type[BaseModel]) -> type[BaseModel]:
    """The model of the part that the keys lead to."""
    for name in names:
        kind = model.model_fields[name].annotation
        inner = [kind, *get_args(kind)]
        models = [each for each in inner if isinstance(each, type) and issubclass(each, BaseModel)]
        if not models:
            break
        model = models[0]
    return model
