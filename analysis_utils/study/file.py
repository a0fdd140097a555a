"""Telling what is wrong with ``study.yml``: each fault in plain words, with its line and mend.

The file is read by :mod:`analysis_utils.files.yaml_source`; what the values mean is for the models
in :mod:`analysis_utils.study.parts` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from analysis_utils.files.faults import NO_SUCH_FILE, Fault, StudyError, nearest, no_file
from analysis_utils.files.yaml_source import Place, Source, listed, read_source

__all__ = [
    "NO_SUCH_FILE",
    "Fault",
    "Place",
    "Source",
    "StudyError",
    "fault",
    "in_plain_words",
    "listed",
    "nearest",
    "no_file",
    "read_source",
]

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
