"""What somebody else needs to run a study again and to see that it is the same."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.files.archives import zipped
from analysis_utils.report.notebooks import as_text, read_notebook, without_outputs
from analysis_utils.report.provenance import fingerprint, versions

if TYPE_CHECKING:
    from analysis_utils.study import Study

_HOW = """\
# {title}: replication

What was compared is in `study/study.yml`, with codes made by people or language models, if there
are any, in `study/codes/`. `articles.csv` names the articles with the SHA-256 of each page.
`packages.txt` has the version of everything that was installed, with Python {python}.
`notebooks/` are the notebooks as they were run, without outputs.

{articles}

To run it again:

    pip install -r packages.txt
    framing report --study study --notebooks notebooks

The study and its pages have the fingerprint (SHA-256)

    {fingerprint}

which the first page of a report names too: the same there means the same study and the same pages.
"""

_WITHOUT = """\
The pages of the articles are not here, as they mostly belong to others. Put them where `study.yml`
says, under `study/`; each has to have the SHA-256 that `articles.csv` tells."""

_WITH = "The pages of the articles lie under `study/`, where `study.yml` says."


def replication(study: Study, notebooks: Sequence[Path], *, with_articles: bool = False) -> bytes:
    """The archive, with the same bytes in every run on the same machine.

    Parameters
    ----------
    study
        What is compared.
    notebooks
        What was run.
    with_articles
        Whether the pages of the articles are in it too.
    """
    pages = {entry.page for entry in study.articles}
    how = _HOW.format(
        title=study.event.title,
        python=versions()["Python"],
        fingerprint=fingerprint(study),
        articles=_WITH if with_articles else _WITHOUT,
    )
    parts = {
        "README.md": how.encode(),
        "articles.csv": _articles(study),
        "packages.txt": _packages(),
        **{f"notebooks/{path.name}": _unrun(path) for path in notebooks if path.is_file()},
    }
    for name in (*_own_files(study), *(sorted(pages) if with_articles else ())):
        parts[f"study/{name}"] = (study.folder / name).read_bytes()
    return zipped(parts)


def _own_files(study: Study) -> Iterator[str]:
    """The study's file, its codes and its own words: not what lies beside them."""
    yield "study.yml"
    for pattern in ("codes/**/*.csv", "codes/**/*.yml", "codes/**/*.md", "words/*"):
        for path in sorted(study.folder.glob(pattern)):
            if path.is_file():
                yield path.relative_to(study.folder).as_posix()


def _articles(study: Study) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["article", "outlet", "page", "address", "bytes", "sha256"])
    for entry in study.articles:
        page = (study.folder / entry.page).read_bytes()
        about = (len(page), hashlib.sha256(page).hexdigest())
        writer.writerow([entry.id, entry.outlet, entry.page, entry.address or "", *about])
    return buffer.getvalue().encode()


def _packages() -> bytes:
    installed = {f"{each.name}=={each.version}" for each in distributions() if each.name}
    return "".join(f"{name}\n" for name in sorted(installed, key=str.casefold)).encode()


def _unrun(path: Path) -> bytes:
    return as_text(without_outputs(read_notebook(path))).encode()
