"""Where things lie: the collection as it was delivered, and the reader's own folder.

The *collection* is what comes with the package and is only read: notebooks, the default study,
scores on public data.  The *workspace* is the folder that somebody works in:
notebooks, studies under ``data/``, and ``build/`` for all that is made.  In a checkout both are
the checkout; from an installed package the workspace is the current folder, which
``framing start`` fills.
"""

from __future__ import annotations

import os
from pathlib import Path

from analysis_utils.files.writing import remove_left_over, scratch_folder, write_whole

_PACKAGE = Path(__file__).resolve().parent.parent

#: What ``framing start`` puts into a folder, each as it lies in the collection.  Only when the
#: last of them stands there is it a workspace.
_STARTED = ("data", "notebooks")

#: Left behind by tools or sheets of somebody's own, and no part of the collection.
_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "coding")

_GUIDE = """\
# A workspace for framing analysis

- `notebooks/` tell how outlets tell one event; `data/` holds the studies, each with a `study.yml`.
- `framing report` runs the notebooks and leaves the report and the figures in `build/`.
- `framing lab` opens them in JupyterLab.
- `framing new-study my-study --page "The Herald=herald.html" --page "The Times=times.pdf"` makes a
  study of your own pages, `framing check my-study` says what is wrong or thin in it, and
  `framing report --study my-study` tells it.
"""


class WorkspaceError(Exception):
    """A folder cannot become a workspace."""


def collection() -> Path:
    """The folder that holds what comes with the package: a checkout, or part of the package."""
    packed = _PACKAGE / "collection"
    return packed if packed.is_dir() else _PACKAGE.parent


def is_delivered(folder: Path) -> bool:
    """Whether a folder is part of an installed package, which nobody writes into."""
    packed = _PACKAGE / "collection"
    return packed.is_dir() and packed in folder.resolve().parents


def workspace() -> Path:
    """The folder that somebody works in.

    ``FRAMING_WORKSPACE``, else the nearest one from the current folder upwards that holds the
    notebooks and ``data/``, else the checkout, else the current folder.
    """
    named = os.environ.get("FRAMING_WORKSPACE")
    if named:
        return Path(named).expanduser().resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_workspace(folder):
            return folder
    return here if collection().parent == _PACKAGE else collection()


def _is_workspace(folder: Path) -> bool:
    return (folder / "data").is_dir() and any((folder / "notebooks").glob("0_*.ipynb"))


def data_folder() -> Path:
    """The folder with the workspace's own studies."""
    return workspace() / "data"


def data_folders() -> list[Path]:
    """Where studies are looked for: in the workspace, then in the collection."""
    return list(dict.fromkeys((data_folder(), collection() / "data")))


def notebooks_folder() -> Path:
    """The notebooks: the workspace's own, else those of the collection."""
    own = workspace() / "notebooks"
    return own if own.is_dir() else collection() / "notebooks"


def build_root() -> Path:
    """Where results go: ``FRAMING_BUILD`` (from the workspace if relative), else ``build/``."""
    return workspace() / (os.environ.get("FRAMING_BUILD") or "build")


def own_folders() -> dict[str, str]:
    """Variables that keep the settings and caches of Jupyter and matplotlib in the workspace.

    Nobody's own settings change a result, and nothing is left in the user's home folder.
    Folders that are named already stay; the one around the others is made.
    """
    folder = build_root() / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    names = {
        "JUPYTER_CONFIG_DIR": "jupyter",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
        "JUPYTERLAB_SETTINGS_DIR": "jupyter/lab/user-settings",
        "JUPYTERLAB_WORKSPACES_DIR": "jupyter/lab/workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    return {name: os.environ.get(name) or str(folder / place) for name, place in names.items()}


def start(folder: Path) -> list[Path]:
    """Make a workspace: notebooks, the default study, and a guide.

    What an earlier start has left that was killed is completed.

    Parameters
    ----------
    folder
        Where to; made if it is missing.  Other files in it are left alone.

    Returns
    -------
    What was put there.

    Raises
    ------
    WorkspaceError
        If the folder holds any of it already, or cannot be written.
    """
    folder = folder.expanduser().absolute()
    places = [folder / name for name in _STARTED]
    guide = folder / "README.md"
    guides = [] if guide.exists() else [guide]
    if os.path.lexists(places[-1]):
        raise _there_already(places[-1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_left_over(folder)
        with scratch_folder(folder, "start") as scratch:
            made = [_copied(collection() / place.name, scratch / place.name) for place in places]
            for new, place in zip(made, places, strict=True):
                if place.exists() and not _has_all_of(place, new):
                    raise _there_already(place)
            for each in guides:
                write_whole(each, _GUIDE.encode())
            for new, place in zip(made, places, strict=True):
                if not place.exists():
                    new.rename(place)
    except OSError as error:
        raise WorkspaceError(
            f"{folder}: {error.strerror}. Name a folder that can be written, or free some space."
        ) from error
    return [*places, *guides]


def _there_already(place: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{place.parent}: there is already {place.name}/ in it. Nothing was changed:"
        " name another folder, as in `framing start my-workspace`."
    )


def _has_all_of(place: Path, new: Path) -> bool:
    """Whether each file of a folder stands in another one too, just as it is."""
    files = [path.relative_to(new) for path in new.rglob("*") if path.is_file()]
    return all(
        (place / name).is_file() and (place / name).read_bytes() == (new / name).read_bytes()
        for name in files
    )


def _copied(source: Path, target: Path) -> Path:
    """Copy files and folders with the permissions of new ones: a package's may be read-only."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not set(path.relative_to(source).parts) & set(_LEFT_OUT):
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    return target
