"""The pages of a new study and whose they are: files, folders and tables.

Every fault of every page is found in one go, each told with file, place and mend.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis_utils.annotation.cleaning import PageError, clean_page
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.files.progress import shown
from analysis_utils.own_study.page import Page, PageFault
from analysis_utils.own_study.rows import read_articles
from analysis_utils.study.checks import PAGE_SUFFIXES, TABLE_HEADINGS
from analysis_utils.study.file import no_file

TABLE_SUFFIXES = (".csv", ".jsonl")

#: More faults than this are not listed: they mostly have one cause.
MOST_FAULTS = 20


_NO_FILE_MEND = "Put the page itself there, or delete it."


class IntakeError(ValueError):
    """Pages that no study can be made of; the message has every fault with its mend."""

    def __init__(self, faults: Sequence[str]):
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        more = len(faults) - MOST_FAULTS
        shown = [*faults[:MOST_FAULTS], *([f"and {more} more."] if more > 0 else [])]
        super().__init__("\n- ".join([f"No study was made, for {count}:", *shown]))


class Intake(NamedTuple):
    """The articles, and what was left out or could not be read for sure."""

    pages: list[Page]
    notes: list[str]


def take_in(wanted: Sequence[str]) -> Intake:
    """Read the pages that values such as ``The Herald=herald.html`` name.

    Parameters
    ----------
    wanted
        ``outlet=path`` or a path: of a page, a folder of pages, or a table of
        articles.  Without the outlet, a page is of an outlet that has its name,
        the folders in a folder are outlets, and a table has a column for it.

    Raises
    ------
    IntakeError
        With every fault, or if there are fewer than two outlets.
    """
    pages: list[Page] = []
    notes: list[str] = []
    faults: list[str] = []
    for value in wanted:
        try:
            _take(*_outlet_and_path(value), pages, notes, faults)
        except (PageFault, PageError) as fault:
            faults.append(str(fault))
    faults += _wrong_outlets(pages)
    if not faults and len({same_outlet(page.outlet) for page in pages}) < 2:
        faults.append(_too_few(pages))
    if faults:
        raise IntakeError(faults)
    return Intake(pages, notes)


def same_outlet(name: str) -> str:
    """The form in which two names of outlets are the same."""
    return tidy(name).casefold()


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


def _take(outlet: str, path: Path, pages: list[Page], notes: list[str], faults: list[str]) -> None:
    """Add what a value names to the pages, and what is to be said about it."""
    if path.suffix.lower() in TABLE_SUFFIXES and path.is_file():
        reading = read_articles(path, outlet, faults)
        pages += reading.pages
        notes += reading.notes
        return
    files = (
        _in_folder(outlet, path, notes, faults) if path.is_dir() else [(outlet or path.stem, path)]
    )
    for name, file in shown(files, "Reading"):
        try:
            pages.append(_page(tidy(name), file))
        except (PageFault, PageError) as fault:
            faults.append(str(fault))


def _in_folder(
    outlet: str, folder: Path, notes: list[str], faults: list[str]
) -> list[tuple[str, Path]]:
    """The pages of a folder, each with its outlet; what nothing can be read from is a fault."""
    found: list[tuple[str, Path]] = []
    left_out: list[str] = []
    wrong: list[str] = []
    for file in _files(folder, wrong):
        if file.suffix.lower() not in PAGE_SUFFIXES:
            left_out.append(str(file.relative_to(folder)))
            continue
        inside = file.relative_to(folder).parts
        found.append((outlet or (inside[0] if len(inside) > 1 else file.stem), file))
    faults += wrong
    if not found and not wrong:
        raise PageFault(
            f"{folder}: there is no page in this folder. Pages end in {', '.join(PAGE_SUFFIXES)}."
        )
    if left_out:
        notes.append(f"{folder}: left out, as they are no pages: {', '.join(left_out)}.")
    return found


def _files(
    folder: Path,
    wrong: list[str],
    above: tuple[str, ...] = (),
    read: dict[str, Path] | None = None,
) -> Iterator[Path]:
    """All files in a folder and the folders in it, sorted.

    Hidden ones are left out, and the folders with pictures that a browser makes
    beside a page that it saves ("page_files" beside "page.html").  Faults of links, pipes
    and folders that cannot be read go to ``wrong``, and so do links to a folder that is ``read``
    already: a few folders with links to each other have millions of paths.
    """
    real, read = os.path.realpath(folder), {} if read is None else read
    above, read[real] = (*above, real), folder
    try:
        inside = sorted(folder / name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        wrong.append(f"{folder}: the folder cannot be read ({error.strerror}). Make it readable.")
        return
    pictures = {f"{path.stem}_files" for path in inside if os.path.isfile(path)}
    for path in inside:
        if os.path.isfile(path):
            yield path
        elif not os.path.isdir(path):
            wrong.append(f"{path}: {no_file(path)} {_NO_FILE_MEND}")
        elif os.path.realpath(path) in above:
            wrong.append(f"{path}: this link leads back to a folder that it lies in. Delete it.")
        elif (first := read.get(os.path.realpath(path))) is not None:
            wrong.append(f"{path}: this is the folder {first} again. Delete the link to it.")
        elif path.name not in pictures:
            yield from _files(path, wrong, above, read)


def _page(outlet: str, path: Path) -> Page:
    if problem := no_file(path):
        raise PageFault(f"{path}: {problem} {_NO_FILE_MEND}")
    suffix = path.suffix.lower()
    if suffix not in PAGE_SUFFIXES:
        kinds = ", ".join(PAGE_SUFFIXES)
        tables = " or ".join(TABLE_SUFFIXES)
        raise PageFault(
            f"{path}: this is no kind of page that can be read. Save it as one of {kinds};"
            f" a table of articles ends in {tables}."
        )
    lines = clean_page(path, "page")
    return Page(outlet, path.name, suffix, path.read_bytes(), lines)


def _wrong_outlets(pages: Iterable[Page]) -> Iterator[str]:
    for name in sorted({page.outlet for page in pages}):
        if same_outlet(name) in TABLE_HEADINGS:
            yield (
                f"{name}: an outlet cannot be called so, as tables have a column of that name."
                f" Write another name before the page, as in 'The {name.capitalize()}=FILE'."
            )
        elif not name.isprintable():
            yield f"{name!r}: this is no name of an outlet. Write it without special characters."


def _too_few(pages: Sequence[Page]) -> str:
    told = f"all pages are of {pages[0].outlet}" if pages else "there is no page"
    return (
        f"a comparison needs two outlets or more, and {told}. Add another one with"
        " --page outlet=PATH."
    )
