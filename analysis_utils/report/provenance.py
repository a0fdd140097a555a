"""What a report was made with and from: versions, the study's fingerprint, how to cite."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis_utils.study import Study

#: Packages whose version can change a result, beside the language model.
PACKAGES = (
    *("spacy", "textblob", "vaderSentiment", "onnxruntime", "tokenizers"),
    *("scikit-learn", "scipy", "pandas", "matplotlib"),
)


def versions() -> dict[str, str]:
    """What the report was made with: name to version."""
    from analysis_utils import __version__
    from analysis_utils.annotation.language import model_version

    return {
        "analysis_utils": __version__,
        "Python": platform.python_version(),
        "Language model": model_version(),
        "Packages": ", ".join(f"{name} {_installed(name)}" for name in PACKAGES),
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def fingerprint(study: Study) -> str:
    """SHA-256 of ``study.yml`` and the pages it names, whatever the study's folder is called."""
    names = ["study.yml", *sorted({entry.page for entry in study.articles})]
    total = hashlib.sha256()
    for name in names:
        content = (study.folder / name).read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def citation() -> str:
    """How to cite this software, from ``CITATION.cff``; empty if there is no such file."""
    from analysis_utils.files.workspace import collection

    path = collection() / "CITATION.cff"
    if not path.is_file():
        return ""
    import yaml

    cited = yaml.safe_load(path.read_text(encoding="utf-8"))
    address = cited.get("doi") or cited.get("url") or cited.get("repository-code") or ""
    year = str(cited.get("date-released", ""))[:4]
    parts = [
        "; ".join(_author(author) for author in cited.get("authors", []))
        + (f" ({year})" * bool(year)),
        f"{cited['title']}" + (f", version {cited['version']}" if "version" in cited else ""),
        str(address),
    ]
    return ". ".join(part for part in parts if part) + "."


def _author(author: dict) -> str:
    names = (author.get("family-names"), author.get("given-names"))
    return author.get("name") or ", ".join(name for name in names if name)
