"""The codebook: which frames are looked for, read from its files, with their terms checked.

A frame has a description, which says what a coder looks for, and terms, which are
all that a machine looks for.  Generic frames stand in ``data/generic_frames.yml``,
the frames of one issue in the study's own file; both are there to be edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field, ValidationError

from analysis_utils.files.workspace import data_file
from analysis_utils.measures.terms.phrases import HYPHENS
from analysis_utils.study import STUDY_FILE
from analysis_utils.study.checks import GENERIC_FILE, same_ids
from analysis_utils.study.file import (
    Fault,
    Source,
    StudyError,
    in_plain_words,
    listed,
    read_source,
)
from analysis_utils.study.parts import Frame, Part, Words

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: What a row of a codebook can be.
KINDS = ("generic", "issue", "function")

#: Letters that must stand before a ``*``, so that a stem is no accident.
SHORTEST_STEM = 3


class GenericFrame(Frame):
    """A frame that fits any event, and the work that describes it."""

    source: Words = Field("", description="the work that describes the frame")


class FrameFile(Part):
    """What ``generic_frames.yml`` holds."""

    frames: tuple[GenericFrame, ...] = Field((), description="frames that fit any event")
    functions: tuple[GenericFrame, ...] = Field(
        (), description="the functions of a frame, with cues for sentences that may fulfil them"
    )


def read_frame_file(path: Path | None = None) -> FrameFile:
    """Read the generic frames and the cues of Entman's functions.

    Parameters
    ----------
    path
        The file; ``data/generic_frames.yml`` if left out.

    Raises
    ------
    StudyError
        With every fault at once, each with file, line, key and mend.
    """
    path = path or data_file(GENERIC_FILE)
    if not path.is_file():
        mend = "Put it back, or write one with the key `frames:` and a list of frames."
        raise StudyError([Fault(str(path), None, "", "there is no such file.", mend)])
    source = read_source(path)
    faults = [*source.faults]
    for key in FrameFile.model_fields:
        faults += [*_term_faults(source, key), *same_ids(source, key)]
    try:
        content = FrameFile.model_validate(source.data)
    except ValidationError as error:
        faults += in_plain_words(error, source, FrameFile)
    if faults:
        raise StudyError(faults)
    return content


def study_frames(study: Study, path: Path | None = None) -> tuple[Frame, ...]:
    """The frames to look for: the generic ones, then those of the study's issue.

    A frame of the study with the id of a generic one takes its place.

    Parameters
    ----------
    study
        The study.
    path
        See :func:`read_frame_file`.

    Raises
    ------
    StudyError
        If the file of generic frames, or a term in ``study.yml``, has a fault.
    """
    generic = {frame.id: frame for frame in read_frame_file(path).frames}
    if faults := list(_term_faults(read_source(study.folder / STUDY_FILE), "frames")):
        raise StudyError(faults)
    return tuple((generic | {frame.id: frame for frame in study.frames}).values())


def frame_table(
    frames: Sequence[Frame], issue: Collection[str] = (), kind: str = "generic"
) -> pd.DataFrame:
    """Frames as the table of a codebook.

    Parameters
    ----------
    frames
        The frames, in order.
    issue
        Ids of those that the study defines itself.
    kind
        What the others are: one of ``KINDS``.

    Returns
    -------
    One row a frame: ``frame`` (id), ``name``, ``kind``, ``description`` and ``terms`` (with
    commas between).
    """
    rows = [
        {
            "frame": frame.id,
            "name": frame.name,
            "kind": "issue" if frame.id in issue else kind,
            "description": frame.description,
            "terms": ", ".join(frame.terms),
        }
        for frame in frames
    ]
    return pd.DataFrame(rows, columns=["frame", "name", "kind", "description", "terms"])


def frame_names(codebook: pd.DataFrame) -> dict[str, str]:
    """Names by id, in the order of the codebook."""
    return dict(zip(codebook["frame"], codebook["name"], strict=True))


def groups(codebook: pd.DataFrame) -> dict[str, list[str]]:
    """Ids of the frames by kind: ``all frames``, ``generic frames`` and ``issue frames``."""
    every = {"all frames": codebook["frame"].tolist()}
    for kind in ("generic", "issue"):
        every[f"{kind} frames"] = codebook.loc[codebook["kind"] == kind, "frame"].tolist()
    return {name: members for name, members in every.items() if members}


def written_words(term: str) -> list[str]:
    """The words of a term; a hyphen parts them as a space does."""
    for hyphen in HYPHENS:
        term = term.replace(hyphen, " ")
    return term.split()


def what_is_wrong(term: str) -> tuple[str, str] | None:
    """Problem and mend of a term that cannot be looked for."""
    for word in written_words(term) or [""]:
        if "*" in word.removesuffix("*"):
            return f"{word!r} has a * inside it.", "Put one * at the end of a word only."
        if word.endswith("*") and len(word) <= SHORTEST_STEM:
            return f"{word!r} would find almost anything.", "Write more letters before the *."
        if not re.search(r"[^\W_]", word):
            return f"{word!r} is no word.", "Write letters or digits, or delete it."
    return None


def _term_faults(source: Source, key: str) -> Iterator[Fault]:
    """Terms that cannot be looked for, with their lines."""
    for place, entry in source.entries(key):
        for number, term in listed(entry, "terms"):
            if isinstance(term, str) and term and (wrong := what_is_wrong(term)):
                yield source.fault((*place, "terms", number), *wrong)
