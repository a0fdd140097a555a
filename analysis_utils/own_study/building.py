"""From pages to a study's folder, whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from analysis_utils.annotation.language import count_words
from analysis_utils.files.workspace import data_folder
from analysis_utils.files.writing import remove_left_over, scratch_folder, write_whole
from analysis_utils.own_study.event import find_event, headline_of
from analysis_utils.own_study.intake import IntakeError, same_outlet, take_in
from analysis_utils.own_study.names import Text
from analysis_utils.own_study.page import Page
from analysis_utils.own_study.proposals import Proposal, propose_actors
from analysis_utils.own_study.writing import Entry, study_text
from analysis_utils.study import STUDY_FILE, Study, read_study
from analysis_utils.study.checks import TABLE_HEADINGS
from analysis_utils.study.parts import Outlet

#: Ids name files: longer ones are cut.
_LONGEST_ID = 40


class NewStudy(NamedTuple):
    """A study that was made, the words kept of each article, its actors, and what to know."""

    study: Study
    n_words: dict[str, int]
    proposals: list[Proposal]
    notes: list[str]


def new_study(
    place: str, wanted: Sequence[str], title: str = "", start: str = "", end: str = ""
) -> NewStudy:
    """Make a study of pages.

    Parameters
    ----------
    place
        A name, for a folder under ``data/``, or a folder, told by a slash in it.
    wanted
        Where the pages are; see :func:`~analysis_utils.own_study.intake.take_in`.
    title, start, end
        The event; found in the articles where it is not given.

    Raises
    ------
    IntakeError
        If the folder is there already and not empty, or no study can be made of
        these pages; nothing is written then.
    """
    folder = _free_folder(place)
    pages, notes = take_in(wanted)
    event = find_event(pages, title, start, end)
    outlets = _outlets(pages)
    entries = list(_entries(pages, outlets))
    proposals = propose_actors(
        [_text(page, entry) for page, entry in zip(pages, entries, strict=True)],
        [outlet.name for outlet in outlets.values()],
    )
    content = study_text(event, list(outlets.values()), entries, proposals)
    _write(folder, content, pages, entries)
    n_words = {
        entry.id: sum(map(count_words, page.lines.loc[page.lines["kept"], "clean"]))
        for page, entry in zip(pages, entries, strict=True)
    }
    study = read_study(folder)
    return NewStudy(study, n_words, proposals, [*event.notes, *notes])


def _free_folder(place: str) -> Path:
    is_name = not re.search(r"[/\\]", place)
    folder = data_folder() / place if is_name else Path(os.path.expanduser(place)).absolute()
    if not place.strip() or place in (".", ".."):
        raise IntakeError([f"{place!r}: this is no name of a study. Write a name, or a folder."])
    if os.path.lexists(folder) and not (os.path.isdir(folder) and not os.listdir(folder)):
        _refuse(folder)
    return folder


def _refuse(folder: Path) -> NoReturn:
    raise IntakeError(
        [f"{folder}: this is there already. Choose another name, or delete it first."]
    )


def _outlets(pages: Sequence[Page]) -> dict[str, Outlet]:
    """The outlets by their name as it is compared."""
    outlets: dict[str, Outlet] = {}
    taken = set(TABLE_HEADINGS)  # tables have a column an outlet
    for page in pages:
        name = same_outlet(page.outlet)
        if name not in outlets:
            outlets[name] = Outlet(id=_free_id(page.outlet, "outlet", taken), name=page.outlet)
    return outlets


def _free_id(name: str, fallback: str, taken: set[str]) -> str:
    """An id made of a name that none has yet; adds it to those taken."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    letters = re.sub(r"(?<=\w)[/&.'](?=\w)", "", letters)
    plain = re.sub(r"[^a-z0-9_]+", "-", letters)[:_LONGEST_ID].strip("-_") or fallback
    free, number = plain, 2
    while free in taken:
        free, number = f"{plain}-{number}", number + 1
    taken.add(free)
    return free


def _entries(pages: Sequence[Page], outlets: dict[str, Outlet]) -> Iterator[Entry]:
    """An entry for each page, named after its outlet, with a number if that has several."""
    owners = [outlets[same_outlet(page.outlet)].id for page in pages]
    taken: set[str] = set()
    for place, (page, owner) in enumerate(zip(pages, owners, strict=True)):
        several = owners.count(owner) > 1
        name = f"{owner}-{owners[: place + 1].count(owner)}" if several else owner
        id_ = _free_id(name, "article", taken)
        page_name = f"pages/{id_}{page.suffix}"
        remark = f"from {page.source}"
        yield Entry(id_, owner, page_name, page.published, page.address, remark)


def _text(page: Page, entry: Entry) -> Text:
    kept = page.lines[page.lines["kept"] & (page.lines["kind"] != "headline")]
    return Text(entry.id, entry.outlet, headline_of(page), tuple(kept["clean"]))


def _write(folder: Path, content: str, pages: Sequence[Page], entries: Sequence[Entry]) -> None:
    """Make the folder beside its place, try whether it can be read, and move it in."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_left_over(folder.parent)
        with scratch_folder(folder.parent, folder.name) as scratch:
            _fill(made := scratch / folder.name, content, pages, entries)
            with suppress(OSError):  # only an empty one: Windows moves nothing onto a folder
                folder.rmdir()
            made.replace(folder)
    except OSError as error:
        if os.path.isdir(folder) and os.listdir(folder):
            _refuse(folder)  # another one was quicker
        mend = "Choose a folder that can be written to, or free some space."
        problem = f"{folder}: it cannot be made ({error.strerror}). {mend}"
        raise IntakeError([problem]) from error


def _fill(folder: Path, content: str, pages: Sequence[Page], entries: Sequence[Entry]) -> None:
    for page, entry in zip(pages, entries, strict=True):
        write_whole(folder / entry.page, page.content)
    write_whole(folder / STUDY_FILE, content.encode("utf-8"))
    read_study(folder)
