"""The kit, made once: what the same code made of the same study before is used again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

import analysis_utils
from analysis_utils.annotation.corpus import fingerprint, load_corpus
from analysis_utils.files.kept import NotKeptError, keep, read_kept
from analysis_utils.files.kept_tables import remove_older
from analysis_utils.files.workspace import collection
from analysis_utils.files.writing import write_whole

if TYPE_CHECKING:
    from analysis_utils.study import Study


def write_kit(
    study: Study, notebooks: Sequence[Path], folder: Path, *, with_articles: bool = False
) -> None:
    """Write the kit of a study into a folder; see :func:`.kit.make_kit`.

    Parameters
    ----------
    study
        What is compared.
    notebooks
        What was run, for who runs it again.
    folder
        Where the files go.
    with_articles
        Whether ``replication.zip`` holds the pages of the articles, which mostly belong to others.
    """
    key = _key(study, notebooks, with_articles)
    place = study.build_folder / "cache" / f"write-up-{key}"
    try:
        files = read_kept(place)
    except NotKeptError:
        from analysis_utils.report.write_up.kit import make_kit  # heavy: all themes

        files = make_kit(load_corpus(study), notebooks, with_articles=with_articles)
        keep(place, files)
        remove_older(place, "write-up-????????????????")
    for name, content in files.items():
        write_whole(folder / name, content)


def _key(study: Study, notebooks: Sequence[Path], with_articles: bool) -> str:
    """Hash of all that the kit depends on: 16 hexadecimal digits."""
    digest = hashlib.sha256(f"{fingerprint(study)} {with_articles}".encode())
    digest.update(
        " ".join(sorted(f"{each.name} {each.version}" for each in distributions())).encode()
    )
    package = Path(analysis_utils.__file__).parent
    code = [path for path in package.rglob("*.*") if path.suffix in (".py", ".bib", ".yml", ".csv")]
    scores = (collection() / "benchmarks").rglob("*.csv")
    own = [
        *study.folder.glob("*.*"),
        *study.folder.glob("codes/**/*.*"),
        *study.folder.glob("words/*"),
    ]
    for path in sorted({*code, *scores, *own, *notebooks}):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]
