"""What coders are asked about sentences, mentions and quotes, and the allowed answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.themes.frames.codebook import study_frames

if TYPE_CHECKING:
    from analysis_utils.study import Study

_YES_NO = {"1": "yes", "0": "no"}
_SCALE = {"-1": "unfavourably", "0": "neither, or both alike", "1": "favourably"}

#: What stands in the place of allowed values where there are none.
_FREE_TEXT: dict[str | None, str] = {None: "free text"}

#: For every coder, whatever the unit.
INSTRUCTIONS = (
    "Code each row on its own. The text to code stands between ⟦ and ⟧ in its context.",
    "Write one of the values that are allowed; leave a cell empty if you cannot decide.",
    "Do not change the columns unit_id, text and context, and do not sort one column alone.",
    "Do not talk about single rows with another coder before both of you have finished.",
    "The column remark is yours.",
)


@dataclass(frozen=True)
class Variable:
    """What a coder decides about a unit.

    ``values`` are the allowed codes with their meaning, in order; without any, the code is
    free text.  ``level`` is the level of measurement: nominal or ordinal.
    """

    name: str
    question: str
    values: dict[str, str] = field(default_factory=dict)
    level: str = "nominal"


def variables(study: Study) -> dict[str, tuple[Variable, ...]]:
    """What coders are asked, by unit; the actors are those of the study, the frames the generic
    ones and those of the study."""
    actors = {actor.id: actor.name for actor in study.actors}
    others = {"other": "somebody who is not in this list"}
    frames = tuple(
        Variable(
            f"frame_{frame.id}",
            f"Is this frame in the sentence, whoever speaks? {frame.name}: {frame.description}",
            _YES_NO,
        )
        for frame in study_frames(study)
    )
    return {
        "sentences": (
            Variable("whole", "Is this one whole sentence or heading, cut right?", _YES_NO),
            Variable(
                "speech",
                "Does it give what somebody said, wrote or claimed, in quotation marks or not?",
                _YES_NO,
            ),
            Variable("tone", "How does it put what it is about?", _SCALE, "ordinal"),
            *frames,
        ),
        "mentions": (
            Variable(
                "actor", "Whom do the marked words mean?", actors | others | {"none": "nobody"}
            ),
            Variable(
                "polarity",
                "How does the sentence put whom the marked words mean, whoever speaks?",
                _SCALE,
                "ordinal",
            ),
        ),
        "quotes": (
            Variable(
                "kind",
                "How are the marked words given?",
                {
                    "direct": "whole clauses in quotation marks",
                    "partial": "some words in quotation marks inside the outlet's own sentence",
                    "reported": "somebody's words as the outlet puts them",
                    "none": "these are nobody's words but the outlet's own",
                },
            ),
            Variable(
                "speaker", "Whose words are they?", actors | others | {"none": "nobody is named"}
            ),
            Variable(
                "cue",
                "Which word or phrase says that these are somebody's words? Its base form,"
                " as in say or according to; none if there is none.",
            ),
        ),
    }


def levels(study: Study) -> dict[str, str]:
    """Level of measurement of each variable: nominal or ordinal."""
    return {each.name: each.level for unit in variables(study).values() for each in unit}


def codebook(asked: Sequence[Variable]) -> pd.DataFrame:
    """What coders are asked: one row a variable and allowed value.

    Returns
    -------
    ``variable``, ``question``, ``value`` (a number where codes are numbers; None where the
    code is free text) and ``meaning``.
    """
    rows = [
        (variable.name, variable.question, as_number(value), meaning)
        for variable in asked
        for value, meaning in (dict[str | None, str](variable.values) or _FREE_TEXT).items()
    ]
    return pd.DataFrame(rows, columns=["variable", "question", "value", "meaning"], dtype=object)


def as_markdown(unit: str, asked: Sequence[Variable]) -> str:
    """The codebook of one kind of unit as a text to read."""
    lines = [f"# Codebook: {unit}", "", *(f"- {each}" for each in INSTRUCTIONS)]
    for variable in asked:
        lines += ["", f"## {variable.name}", "", variable.question, ""]
        lines += [f"- `{value}`: {meaning}" for value, meaning in variable.values.items()]
    return "\n".join(lines).rstrip() + "\n"


def as_number(value: str | None) -> int | str | None:
    """A code as it stands in a file: a number where it is one, such as -1."""
    return int(value) if value is not None and re.fullmatch(r"-?\d", value) else value
