"""From pages to a study's folder, whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from analysis_utils.annotation.which_language import KNOWN, language_name, language_of
from analysis_utils.files.workspace import data_folder
from analysis_utils.files.writing import remove_left_over, scratch_folder, write_whole
from analysis_utils.own_study.event import Event, find_event, headline_of
from analysis_utils.own_study.intake import Intake, IntakeError, enough_outlets, take_in
from analysis_utils.own_study.kept import kept_words
from analysis_utils.own_study.outlet_names import same_outlet
from analysis_utils.own_study.page import Page, SetAside
from analysis_utils.own_study.proposals import Proposal, propose_actors
from analysis_utils.own_study.reading import Text
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


class Choices(NamedTuple):
    """What a user says about a new study; everything else is found in the articles.

    ``title``, ``start`` and ``end`` are the event's; ``columns`` the headings of tables by what
    they hold; ``language`` is ``en``, or ``any`` to show articles in other languages too;
    ``same_outlets`` holds ``name=name to use``.
    """

    title: str = ""
    start: str = ""
    end: str = ""
    columns: Mapping[str, str] = {}
    language: str = KNOWN
    same_outlets: Sequence[str] = ()


class Prepared(NamedTuple):
    """A study that could be made: nothing of it is written yet."""

    folder: Path
    taken: Intake
    languages: list[str]
    event: Event
    outlets: list[Outlet]
    entries: list[Entry]


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
    return write_study(prepare(place, wanted, Choices(title, start, end)))


def prepare(place: str, wanted: Sequence[str], choices: Choices) -> Prepared:
    """Read everything that a study is to be made of, and write nothing.

    Raises
    ------
    IntakeError
        As :func:`new_study`.
    """
    folder = _free_folder(place)
    taken = take_in(wanted, choices.columns, choices.same_outlets)
    languages = [language_of(_plain_text(page)) for page in taken.pages]
    if choices.language == KNOWN:
        taken, languages = _without_foreign(taken, languages)
    scored = [page for page, code in zip(taken.pages, languages, strict=True) if code == KNOWN]
    enough_outlets(scored, taken.set_aside)
    event = find_event(scored, choices.title, choices.start, choices.end)
    outlets = _outlets(taken.pages)
    entries = list(_entries(taken.pages, outlets, languages))
    return Prepared(folder, taken, languages, event, list(outlets.values()), entries)


def write_study(prepared: Prepared) -> NewStudy:
    """Write a study, whole or not at all.

    Raises
    ------
    IntakeError
        If its folder cannot be made.
    """
    folder, taken, _, event, outlets, entries = prepared
    both = list(zip(taken.pages, entries, strict=True))
    texts = [_text(page, entry) for page, entry in both if entry.language == KNOWN]
    proposals = propose_actors(texts, [outlet.name for outlet in outlets])
    content = study_text(event, outlets, entries, proposals)
    _write(folder, content, taken.pages, entries)
    n_words = {entry.id: kept_words(page.lines).n_kept for page, entry in both}
    left_out = [f"left out: {each.source}: {each.reason}" for each in taken.set_aside]
    notes = [*event.notes, *taken.notes, *left_out]
    return NewStudy(read_study(folder), n_words, proposals, notes)


def _plain_text(page: Page) -> str:
    return "\n".join(page.lines.loc[page.lines["kept"], "clean"])


def _without_foreign(taken: Intake, languages: Sequence[str]) -> tuple[Intake, list[str]]:
    """The articles in English; the others are set aside, each with its language."""
    both = list(zip(taken.pages, languages, strict=True))
    foreign = [
        SetAside(
            page.source,
            f"it is in {language_name(code)}, and every method here knows English only. To show it"
            " without any score, add --language any.",
        )
        for page, code in both
        if code != KNOWN
    ]
    known = [page for page, code in both if code == KNOWN]
    aside = [*taken.set_aside, *foreign]
    return taken._replace(pages=known, set_aside=aside), [KNOWN] * len(known)


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


def _entries(
    pages: Sequence[Page], outlets: dict[str, Outlet], languages: Sequence[str]
) -> Iterator[Entry]:
    """An entry for each page, named after its outlet, with a number if that has several."""
    owners = [outlets[same_outlet(page.outlet)].id for page in pages]
    taken: set[str] = set()
    together = zip(pages, owners, languages, strict=True)
    for place, (page, owner, language) in enumerate(together):
        several = owners.count(owner) > 1
        name = f"{owner}-{owners[: place + 1].count(owner)}" if several else owner
        id_ = _free_id(name, "article", taken)
        page_name = f"pages/{id_}{page.suffix}"
        remark = f"from {page.source}"
        yield Entry(id_, owner, page_name, page.published, page.address, remark, language)


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
