"""The objects of a JSON file: one on each line, one list of them, or one that holds a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis_utils.own_study.page import PageFault

#: An object and the number of its line, or its place in the list.
Numbered = list[tuple[int, dict[str, Any]]]

#: How deep in an answer of a service its articles lie.
_DEEPEST = 4


def read_json(text: str, path: Path, faults: list[str]) -> tuple[str, Numbered]:
    """What each object is called ("line", "no."), and the objects with their numbers.

    Parameters
    ----------
    text
        The file's text: an object a line, a list of objects, or an object in which there is
        one, as services answer; or a single article.
    path
        The file, for what is told.
    faults
        A list that lines without an object are added to.

    Raises
    ------
    PageFault
        If a list is not closed.
    """
    try:
        whole = _json(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("["):
            raise _no_list(path, f", line {error.lineno}", error.msg) from error
        return "line", _lines(text, path, faults)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("["):
            raise _no_list(path, "", str(error)) from error
        return "line", _lines(text, path, faults)
    if isinstance(whole, dict):
        listed = _listed(whole)
        if listed is None:
            return "line", [(1, whole)]
        whole = listed
    if not isinstance(whole, list):
        return "line", _objects([(1, whole)], f"{path}, line", faults)
    return "no.", _objects([*enumerate(whole, start=1)], f"{path}, no.", faults)


def _no_list(path: Path, line: str, problem: str) -> PageFault:
    return PageFault(
        f"{path}{line}: this begins as a list [ of JSON and is none ({problem}). Close the list, or"
        " write one object {...} on each line, without brackets and commas around."
    )


def _listed(answer: Mapping[str, Any], depth: int = 1) -> list | None:
    """The longest list of objects inside an answer that is no article itself."""
    found = []
    for value in answer.values():
        if isinstance(value, list) and len(value) > 0 and all(isinstance(x, dict) for x in value):
            found.append(value)
        elif isinstance(value, dict) and depth < _DEEPEST and (inner := _listed(value, depth + 1)):
            found.append(inner)
    has_text = any(isinstance(value, str) and len(value) > 200 for value in answer.values())
    return None if has_text else max(found, key=len, default=None)


def _lines(text: str, path: Path, faults: list[str]) -> Numbered:
    read = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            read.append((number, _json(line)))
        except (ValueError, RecursionError) as error:
            problem = f"this is no JSON ({getattr(error, 'msg', error)})."
            faults.append(
                f"{path}, line {number}: {problem} Write one object {{...}} on each line."
            )
    return _objects(read, f"{path}, line", faults)


def _objects(read: Sequence[tuple[int, Any]], where: str, faults: list[str]) -> Numbered:
    """The numbered objects; what is none goes to ``faults``."""
    faults += (
        f"{where} {number}: this is no object. Write keys and values in braces, as in"
        ' {"outlet": "...", "text": "..."}.'
        for number, each in read
        if not isinstance(each, dict)
    )
    return [(number, _flat(each)) for number, each in read if isinstance(each, dict)]


def _flat(record: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, Any]:
    """An object, and what stands in the objects inside it under both names ("fields.body")."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        flat[f"{before}{key}"] = value
        if isinstance(value, dict) and depth < _DEEPEST:
            flat |= _flat(value, f"{before}{key}.", depth + 1)
    return flat


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_without_repeats)


def _without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which the last of two equal keys would win."""
    repeated = [key for key, n in Counter(key for key, _ in pairs).items() if n > 1]
    if repeated:
        raise ValueError(f"the key {repeated[0]!r} stands in it twice")
    return dict(pairs)
