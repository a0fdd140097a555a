"""What is compared: the event, the outlets, their articles and the actors.

A study is a folder with a file ``study.yml`` and the pages it names.  Reading
it is strict and patient: every fault in the file is found in one go, and each
is told with its file, line, key and mend.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from analysis_utils.files.locks import held
from analysis_utils.files.workspace import (
    build_root,
    collection,
    data_folders,
    is_delivered,
    workspace,
)
from analysis_utils.files.writing import write_whole
from analysis_utils.study.checks import cross_faults
from analysis_utils.study.codes import read_codes
from analysis_utils.study.file import (
    Fault,
    StudyError,
    in_plain_words,
    nearest,
    no_file,
    read_source,
)
from analysis_utils.study.parts import Actor, Outlet, StudyFile

if TYPE_CHECKING:
    import pandas as pd

#: The study that the notebooks tell unless ``FRAMING_STUDY`` says otherwise.
DEFAULT_STUDY = "kaspersky-europol"

STUDY_FILE = "study.yml"

#: File in a build folder that names the study which builds there.
_OWNER_FILE = "study.txt"


def _by_id(parts: tuple, wanted: str) -> Any:
    for part in parts:
        if part.id == wanted:
            return part
    raise KeyError(f"no {wanted!r} among {', '.join(part.id for part in parts)}")


class Study(StudyFile):
    """A study: what its file holds, and the folder it lies in."""

    folder: Path = Field(description="the study's folder")

    @property
    def name(self) -> str:
        """Name of the study: that of its folder."""
        return self.folder.name

    def outlet(self, outlet_id: str) -> Outlet:
        """The outlet with this id; raises ``KeyError`` if there is none."""
        return _by_id(self.outlets, outlet_id)

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id; raises ``KeyError`` if there is none."""
        return _by_id(self.actors, actor_id)

    @property
    def outlet_names(self) -> dict[str, str]:
        """Names of the outlets by id, in the study's order."""
        return {outlet.id: outlet.name for outlet in self.outlets}

    @property
    def build_folder(self) -> Path:
        """Where everything made from the study goes, ``build/<name>``; not created here.

        A study elsewhere that has the name of one under ``data/``, or any that has the name
        of one that :meth:`claim_build_folder` noted there, gets eight characters after
        it that stand for its place, so that it never overwrites the other.  In the workspace's
        own ``build/``, the studies under its ``data/`` come first.
        """
        usual = build_root() / self.name
        place = self.folder.resolve()
        is_free = _owner(usual) in (None, place)
        if place.parent in [folder.resolve() for folder in data_folders()]:
            if is_free or workspace().resolve() in build_root().resolve().parents:
                return usual
        elif is_free and self.name not in study_names():
            return usual
        return usual.with_name(f"{self.name}-{hashlib.sha256(str(place).encode()).hexdigest()[:8]}")

    def claim_build_folder(self) -> None:
        """Make the build folder and note in its ``study.txt`` whose it is."""
        place = self.folder.resolve()
        with held(build_root() / self.name, "owner"):  # of two at once, the second sees the first
            folder = self.build_folder
            if _owner(folder) != place:
                write_whole(folder / _OWNER_FILE, f"{place}\n".encode())

    @property
    def coding_folder(self) -> Path:
        """Where sheets to fill in by hand go: into the study, never where results are made anew.

        Those of a study that came with an installed package, or cannot be written, go into
        ``coding/<name>`` in the workspace.
        """
        if is_delivered(self.folder) or not os.access(self.folder, os.W_OK):
            return workspace() / "coding" / self.name
        return self.folder / "coding"

    @property
    def figures_folder(self) -> Path:
        """Where the study's figures go."""
        return self.build_folder / "figures"

    @property
    def tables_folder(self) -> Path:
        """Where the tables behind the pages go."""
        return self.build_folder / "tables"

    @property
    def report_folder(self) -> Path:
        """Where the study's report goes."""
        return self.build_folder / "report"

    @property
    def write_up_folder(self) -> Path:
        """Where the kit for a write-up goes."""
        return self.build_folder / "write-up"

    def codes(self, name: str) -> pd.DataFrame | None:
        """Hand codes ``codes/<name>.csv``, None if there are none; see :func:`read_codes`."""
        return read_codes(self.folder, name)


def _owner(build_folder: Path) -> Path | None:
    """Folder of the study that a build folder belongs to, if it is still there."""
    note = build_folder / _OWNER_FILE
    owner = Path(note.read_text("utf-8", "replace").rstrip("\n")) if note.is_file() else None
    return owner if owner and (owner / STUDY_FILE).is_file() else None


def benchmark_results(name: str) -> pd.DataFrame:
    """Scores on public data as the script ``benchmarks/<name>.py`` last saved them."""
    import pandas as pd

    return pd.read_csv(collection() / "benchmarks" / "results" / f"{name}.csv")


def study_names() -> list[str]:
    """Names of the studies under ``data/``, sorted; the collection's own among them."""
    return sorted(_studies())


def _studies() -> dict[str, Path]:
    """Folders of the studies by name: the workspace's, and those of the collection besides."""
    found = [path for folder in data_folders() for path in folder.glob(f"*/{STUDY_FILE}")]
    return {path.parent.name: path.parent for path in reversed(found)}


def _choices() -> str:
    return f"Studies under data/: {', '.join(study_names()) or 'none'}."


def current_study(wanted: str = "") -> Study:
    """The study that is meant, else the one that ``FRAMING_STUDY`` names, else the default one.

    Parameters
    ----------
    wanted
        The name of a study under ``data/``, a folder or its ``study.yml``; a relative path is
        looked for from the working directory, then from the workspace.

    Raises
    ------
    StudyError
        If there is none of that name, or the study has faults.
    """
    named = str(wanted or os.environ.get("FRAMING_STUDY") or DEFAULT_STUDY)
    studies = _studies()
    if named in studies:
        return read_study(studies[named])
    for base in (Path.cwd(), workspace()):
        path = base / os.path.expanduser(named)
        if os.path.isdir(path):
            return read_study(path)
        if path.name == STUDY_FILE and os.path.isfile(path):
            return read_study(path.parent)
    mend = nearest(named, study_names()) + _choices()
    problem = "there is no such study or folder."
    if os.path.lexists(os.path.expanduser(named)):
        problem = "this is no folder of a study."
    place = named if wanted else f"FRAMING_STUDY={named}"
    raise StudyError([Fault(place, None, "", problem, mend)])


def read_study(folder: str | Path) -> Study:
    """Read and check the study in a folder.

    Parameters
    ----------
    folder
        Folder with ``study.yml``, the pages that it names and any hand codes.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        With every fault at once, each with file, line, key and mend.
    """
    folder = Path(os.path.abspath(folder))
    path = folder / STUDY_FILE
    if problem := no_file(path):
        mend = _choices()
        if os.path.isdir(folder):
            mend = f"Make a study of your own pages with `framing new-study`. {mend}"
        elif problem == no_file(folder):
            problem = "there is no such folder."
        raise StudyError([Fault(str(path), None, "", problem, mend)])
    source = read_source(path)
    faults = [*source.faults, *cross_faults(source)]
    try:
        content = StudyFile.model_validate(source.data)
    except ValidationError as error:
        faults += in_plain_words(error, source, StudyFile)
    if faults:
        raise StudyError(faults)
    return Study(folder=folder, **dict(content))
