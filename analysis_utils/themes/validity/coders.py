"""Whose codes these are: the names that tables use themselves, and how a coder may be called."""

from __future__ import annotations

import re

from analysis_utils.files.normal_text import normal_text
from analysis_utils.themes.frames.coded import CODER, MODEL_CODER

#: Whose the codes in a study's ``codes/*.csv`` are, where the file does not say.
FIRST_CODER = "hand codes"

#: The "coder" of what the methods say.
METHOD = "method"

#: The "coder" of what most coders say.
MAJORITY = "most coders"

#: Where coders have a column each, these are other columns.
_COLUMNS = ("coder", "unit", "unit_id", "variable", "value", "text", "context", "remark")

#: How the tables call the coders of a study's ``codes/frames.csv``.
_BEGINNINGS = (CODER, MODEL_CODER)

RESERVED = (FIRST_CODER, METHOD, MAJORITY, *_COLUMNS)


def name_key(name: str) -> str:
    """What is the same for all ways to write a name: "Anna", "anna" and " ANNA "."""
    return " ".join(normal_text(name).split()).casefold()


def reserved_fault(name: str) -> str:
    """Why nobody can be called so, with the mend; "" if somebody can."""
    key = name_key(name)
    if key not in RESERVED and not key.startswith(_BEGINNINGS):
        return ""
    return (
        f"{name!r} cannot be the name of a coder, as the tables call something else so. Use"
        f" another name; not one of {', '.join(RESERVED)}, nor one that begins with"
        f" {' or '.join(each.strip() for each in _BEGINNINGS)}."
    )


def file_fault(name: str) -> str:
    """Why the files of a coder cannot be called so, with the mend; "" if they can."""
    if re.fullmatch(r"[^\W\d_][\w.-]*", name):
        return reserved_fault(name)
    return (
        f"{name!r} cannot be the name of a coder. Begin with a letter, and use letters, digits,"
        " - and _ only."
    )
