"""The articles of a new study and whose they are: files, folders, tables and exports.

Every fault of every file is found in one go, each told with file, place and mend.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis_utils.annotation.cleaning import PageError, clean_page, label_html, label_lines
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.files.progress import shown
from analysis_utils.own_study.exports.documents import kind_of
from analysis_utils.own_study.exports.reading import Exported, as_single, is_note, read_export
from analysis_utils.own_study.folders import files_of
from analysis_utils.own_study.outlet_names import (
    names_of_files,
    read_renaming,
    same_outlet,
    without_places,
)
from analysis_utils.own_study.page import (
    NoArticleError,
    Page,
    PageFault,
    Reading,
    SetAside,
    as_page,
)
from analysis_utils.own_study.rows import (
    TABLE_KINDS,
    TABLE_SUFFIXES,
    is_table,
    read_articles,
)
from analysis_utils.study.checks import PAGE_SUFFIXES, TABLE_HEADINGS
from analysis_utils.study.file import no_file

#: More faults than this are not listed: they mostly have one cause.
MOST_FAULTS = 20
#: What the names of files end in that may hold articles.
DOCUMENT_SUFFIXES = (
    *PAGE_SUFFIXES,
    *(".docx", ".rtf", ".mhtml", ".mht", ".md", ".text", ".xhtml", ".doc", ".odt", ".epub"),
    *(".eml", ".warc", ".ris"),
)
#: Files that systems and programs leave in folders.
_CLUTTER = ("thumbs.db", "desktop.ini", "~$")
#: Names of kinds for readers.
_KINDS = {
    "text": "a text", "html": "a web page", "pdf": "a PDF", "docx": "a Word file",
    "rtf": "an RTF file", "mhtml": "a saved web page",
}  # fmt: skip


class IntakeError(ValueError):
    """Pages that no study can be made of; the message has every fault with its mend."""

    def __init__(self, faults: Sequence[str]):
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        more = len(faults) - MOST_FAULTS
        shown = [*faults[:MOST_FAULTS], *([f"and {more} more."] if more > 0 else [])]
        super().__init__("\n- ".join([f"No study was made, for {count}:", *shown]))


class FileTaken(NamedTuple):
    """A file that articles were taken from: what it is, and which column of it is what."""

    path: Path
    kind: str
    n_articles: int
    columns: Mapping[str, str]


class Intake(NamedTuple):
    """The articles, the files they came from, what was left out, and what is to be said."""

    pages: list[Page]
    files: list[FileTaken]
    set_aside: list[SetAside]
    notes: list[str]
    faults: list[str]

    def add(self, path: Path, reading: Reading) -> None:
        """Take the articles of a file."""
        self.pages.extend(reading.pages)
        self.set_aside.extend(reading.set_aside)
        self.notes.extend(reading.notes)
        self.files.append(FileTaken(path, reading.kind, len(reading.pages), reading.columns))


def take_in(
    wanted: Sequence[str],
    columns: Mapping[str, str] | None = None,
    same_outlets: Sequence[str] = (),
) -> Intake:
    """Read the pages that values such as ``The Herald=herald.html`` name.

    Parameters
    ----------
    wanted
        ``outlet=path`` or a path: of a page, a folder of pages, a table of articles or an
        export of an archive.  Without the outlet, a page is of an outlet that has its name,
        the folders in a folder are outlets, and tables and exports tell it themselves.
    columns
        Headings of tables by what their columns hold, where a guess would be wrong.
    same_outlets
        ``name=name to use`` for names of outlets that mean one.

    Raises
    ------
    IntakeError
        With every fault.
    """
    taken = Intake([], [], [], [], [])
    for value in wanted:
        try:
            _take(*_outlet_and_path(value), columns or {}, taken)
        except (PageFault, PageError) as fault:
            taken.faults.append(str(fault))
    try:
        renaming = read_renaming(same_outlets)
    except PageFault as fault:
        taken.faults.append(str(fault))
        renaming = {}
    taken = _with_names(taken, renaming)
    taken.faults.extend(_wrong_outlets(taken.pages))
    if taken.faults:
        raise IntakeError(taken.faults)
    return taken


def _with_names(taken: Intake, renaming: Mapping[str, str]) -> Intake:
    """The articles with the names of outlets that are to be used."""
    names = [renaming.get(same_outlet(page.outlet), page.outlet) for page in taken.pages]
    placed = without_places(names)
    notes = [f"{name!r} stands for {each!r}, too." for each, name in _pairs(names, placed)]
    pages = [
        replace(page, outlet=placed.get(same_outlet(name), name))
        for page, name in zip(taken.pages, names, strict=True)
    ]
    return taken._replace(pages=pages, notes=[*taken.notes, *notes])


def _pairs(names: Sequence[str], placed: Mapping[str, str]) -> list[tuple[str, str]]:
    known = dict.fromkeys(names)
    return [(name, placed[key]) for name in known if (key := same_outlet(name)) in placed]


def enough_outlets(pages: Sequence[Page], set_aside: Sequence[SetAside]) -> None:
    """Raise an :class:`IntakeError` for fewer than two outlets, with what was left out."""
    if len({same_outlet(page.outlet) for page in pages}) > 1:
        return
    told = f"all pages are of {pages[0].outlet}" if pages else "there is no page"
    few = (
        f"a comparison needs two outlets or more, and {told}. Add another one with"
        " --page outlet=PATH."
    )
    left_out = [f"{each.source}: left out, since {each.reason}" for each in set_aside]
    raise IntakeError([few, *left_out])


def _outlet_and_path(value: str) -> tuple[str, Path]:
    if _is_there(value):
        return "", Path(os.path.expanduser(value))
    outlet, equals, path = value.partition("=")
    if not equals:
        raise PageFault(
            f"{value}: there is no such file or folder. Correct the path, or write outlet=path, as"
            " in 'The Herald=pages/herald.html'."
        )
    if not tidy(outlet):
        raise PageFault(f"{value}: no outlet stands before the sign =. Write outlet=path.")
    if not _is_there(path):
        raise PageFault(
            f"{path or value}: there is no such file or folder (for {outlet.strip()})."
            " Correct the path after the sign =."
        )
    return tidy(outlet), Path(os.path.expanduser(path))


def _is_there(path: str) -> bool:
    return bool(path.strip()) and os.path.exists(os.path.expanduser(path))


def _take(outlet: str, path: Path, columns: Mapping[str, str], taken: Intake) -> None:
    """Add what a value names to the articles, and what is to be said about it."""
    if not path.is_dir():
        taken.add(path, _read(outlet, path, columns, taken.faults))
        return
    for name, file in shown(_in_folder(outlet, path, taken), "Reading"):
        try:
            taken.add(file, _read(name, file, columns, taken.faults, is_folder=True))
        except NoArticleError as reason:
            told = str(reason).removeprefix(f"{file}: ")
            taken.set_aside.append(SetAside(str(file.relative_to(path)), told))
        except (PageFault, PageError) as fault:
            taken.faults.append(str(fault))


def _in_folder(outlet: str, folder: Path, taken: Intake) -> list[tuple[str, Path]]:
    """The pages of a folder, each with its outlet, or its tables where it has nothing else; other
    files are set aside."""
    files: list[Path] = []
    tables: list[Path] = []
    told = len(taken.faults)
    for file in files_of(folder, taken.faults):
        place = str(file.relative_to(folder))
        if file.name.lower().startswith(_CLUTTER):
            taken.set_aside.append(SetAside(place, "it is a file of the system, no page."))
        elif file.suffix.lower() in TABLE_SUFFIXES:
            tables.append(file)
        elif file.suffix.lower() not in DOCUMENT_SUFFIXES:
            taken.set_aside.append(SetAside(place, "it is no kind of page that can be read."))
        else:
            files.append(file)
    if tables and not files:
        return [(outlet, table) for table in tables]
    taken.set_aside.extend(_beside_pages(table, folder) for table in tables)
    if not files and len(taken.faults) == told:
        raise PageFault(
            f"{folder}: there is no page in this folder. Pages end in {', '.join(PAGE_SUFFIXES)}."
        )
    flat = names_of_files([file for file in files if file.parent == folder])
    if not outlet and any(file.stem != name for file, name in flat.items()):
        names = ", ".join(sorted(set(flat.values())))
        taken.notes.append(
            f"{folder}: the outlets are those that the names of files tell: {names}."
        )
    return [(outlet or flat.get(file) or file.relative_to(folder).parts[0], file) for file in files]


def _beside_pages(table: Path, folder: Path) -> SetAside:
    mend = f"To take its articles, add --page {table}."
    return SetAside(str(table.relative_to(folder)), f"it is a table in a folder of pages. {mend}")


def _read(
    outlet: str,
    path: Path,
    columns: Mapping[str, str],
    faults: list[str],
    is_folder: bool = False,
) -> Reading:
    """The articles of a file, whatever it is."""
    if problem := no_file(path):
        raise PageFault(f"{path}: {problem} Put the page itself there, or delete it.")
    kind = _kind(path)
    is_named = path.suffix.lower() in TABLE_SUFFIXES or kind in TABLE_KINDS
    if is_named or (kind == "text" and is_table(path)):
        return read_articles(path, outlet, faults, columns)
    if path.suffix and path.suffix.lower() not in DOCUMENT_SUFFIXES and kind == "text":
        raise PageFault(
            f"{path}: this is no kind of page that can be read. Save it as one of"
            f" {', '.join(PAGE_SUFFIXES)}; a table of articles ends in"
            f" {' or '.join(TABLE_SUFFIXES)}."
        )
    exported = read_export(path, kind)
    if exported.articles:
        return _exported(outlet, path, exported, is_folder)
    if is_folder and is_note(exported.document.lines):
        raise NoArticleError(f"{path}: it has a few words only, no article.")
    page = _page(tidy(outlet or path.stem), path, kind, exported)
    return Reading([page], [], [], _KINDS[kind], {})


def _kind(path: Path) -> str:
    try:
        return kind_of(path)
    except OSError as error:
        raise PageError(f"{path}: cannot be read ({error.strerror}).") from error


def _page(outlet: str, path: Path, kind: str, exported: Exported) -> Page:
    """The page of a file that holds one article, as it is where cleaning reads such files."""
    suffix = path.suffix.lower()
    own = {"text": (".txt",), "html": (".html", ".htm"), "pdf": (".pdf",)}.get(kind, ())
    if suffix in own or (suffix in PAGE_SUFFIXES and kind == "text"):
        return Page(outlet, path.name, suffix, path.read_bytes(), clean_page(path, "page"))
    suffix, content = as_single(exported)
    if kind == "pdf":
        suffix, content = ".pdf", path.read_bytes()
    label = label_html if suffix == ".html" else label_lines
    lines = (
        label(content.decode("utf-8", "replace"), "page")
        if kind != "pdf"
        else clean_page(path, "page")
    )
    if not (lines["kind"] == "body").any():
        raise PageError(f"{path}: no article found in it. Copy its text into a .txt file.")
    return Page(outlet, path.name, suffix, content, lines)


def _exported(outlet: str, path: Path, exported: Exported, is_folder: bool) -> Reading:
    """The articles of an export, whose own names of outlets go before the name of the file."""
    told = {same_outlet(each.outlet): each.outlet for each in exported.articles if each.outlet}
    notes = []
    if outlet and len(told) > 1 and not is_folder:
        names = ", ".join(sorted(told.values()))
        raise PageFault(
            f"{path}: all articles should be of {outlet}, but the file tells their outlets:"
            f" {names}. Write {path} without an outlet before it."
        )
    if outlet and len(told) == 1 and not is_folder:
        told = {}
    pages, set_aside = [], []
    for article in exported.articles:
        name = (article.outlet if told else "") or outlet or path.stem
        try:
            pages.append(as_page(replace(article, outlet=name)))
        except NoArticleError as reason:
            set_aside.append(SetAside(article.source, str(reason)))
    undated = [each.source for each in pages if each.date and not each.published]
    if undated:
        notes.append(f"{path}: {len(undated)} dates cannot be read for sure (first: {undated[0]}).")
    kind = f"an export of {exported.archive}" if told else exported.archive
    return Reading(pages, notes, set_aside, kind, {})


def _wrong_outlets(pages: Sequence[Page]) -> Iterator[str]:
    for name in sorted({page.outlet for page in pages}):
        if same_outlet(name) in TABLE_HEADINGS:
            yield (
                f"{name}: an outlet cannot be called so, as tables have a column of that name."
                f" Write another name before the page, as in 'The {name.capitalize()}=FILE'."
            )
        elif not name.isprintable():
            yield f"{name!r}: this is no name of an outlet. Write it without special characters."
