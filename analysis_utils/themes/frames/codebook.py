"""The codebook: which frames are looked for, read from its files, with their terms checked.

A frame has a description, which says what a coder looks for, and terms, which are
all that a machine looks for.  Generic frames stand in ``words/generic_frames.yml`` of
the package, the frames of one issue in the study's own file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from pydantic import Field, ValidationError

from analysis_utils.measures.terms.phrases import HYPHENS
from analysis_utils.study import STUDY_FILE
from analysis_utils.study.checks import same_ids
from analysis_utils.study.file import (
    Fault,
    Source,
    StudyError,
    in_plain_words,
    listed,
    read_source,
)
from analysis_utils.study.parts import Frame, Part, Words
from analysis_utils.words import FOLDER, FRAME_FILE, PLACE, used_by
from analysis_utils.words import frames as frame_terms

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: What a row of a codebook can be.
KINDS = ("generic", "issue", "function")

#: Letters that must stand before a ``*``, so that a stem is no accident.
SHORTEST_STEM = 3


class GenericFrame(Frame):
    """A frame that fits any event, and the work that describes it."""

    source: Words = Field("", description="the work that describes the frame")
    statements: tuple[Words, ...] = Field((), description="sentences that the frame is told in")


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
        The file; if left out, the package's own, with the terms of the study at work
        (:func:`~analysis_utils.words.used_by`).

    Raises
    ------
    StudyError
        With every fault at once, each with file, line, key and mend.
    """
    place = path or PLACE / FRAME_FILE
    if not place.is_file():
        mend = "Put it back, or write one with the key `frames:` and a list of frames."
        raise StudyError([Fault(str(place), None, "", "there is no such file.", mend)])
    source = read_source(place)
    faults = [*source.faults]
    for key in FrameFile.model_fields:
        faults += [*_term_faults(source, key), *same_ids(source, key)]
    try:
        content = FrameFile.model_validate(source.data)
    except ValidationError as error:
        faults += in_plain_words(error, source, FrameFile)
    if faults:
        raise StudyError(faults)
    if path:
        return content
    return content.model_copy(update=dict(_with_own_terms(content)))


def _with_own_terms(content: FrameFile) -> Iterator[tuple[str, tuple[GenericFrame, ...]]]:
    for kind, entries in content:
        yield (
            kind,
            tuple(
                each.model_copy(update={"terms": frame_terms.listed(each.id)}) for each in entries
            ),
        )


def study_frames(study: Study, path: Path | None = None) -> tuple[Frame, ...]:
    """The frames to look for: the generic ones, then those of the study's issue.

    A frame of the study with the id of a generic one takes its place; the study's own lists of
    words change terms of the generic ones.

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
    with used_by(study.folder):
        generic = {frame.id: frame for frame in read_frame_file(path).frames}
    faults = list(_term_faults(read_source(study.folder / STUDY_FILE), "frames"))
    own = study.folder / FOLDER / FRAME_FILE
    faults += _own_term_faults(read_source(own)) if own.is_file() else []
    if faults:
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
    """Ids of the frames by kind: ``generic frames`` and ``issue frames``, as far as there are."""
    of_kinds = codebook.groupby("kind", sort=False)["frame"].agg(list)
    return {f"{kind} frames": of_kinds[kind] for kind in KINDS if kind in of_kinds}


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


def _own_term_faults(source: Source) -> Iterator[Fault]:
    """Terms that a study gives generic frames and that cannot be looked for."""
    for place, term in source.texts():
        if wrong := what_is_wrong(term):
            yield source.fault(place, *wrong)


def _term_faults(source: Source, key: str) -> Iterator[Fault]:
    """Terms that cannot be looked for, with their lines."""
    for place, entry in source.entries(key):
        for number, term in listed(entry, "terms"):
            if isinstance(term, str) and term and (wrong := what_is_wrong(term)):
                yield source.fault((*place, "terms", number), *wrong)
