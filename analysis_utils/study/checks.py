"""Faults of a study that only show when its parts are compared, or its folder is looked at.

They are looked for in the values as read from ``study.yml``, not in the
models, so that they are told together with the faults within a part.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Any

from analysis_utils.schemas import MENTION_KINDS
from analysis_utils.study.code_checks import Known, code_faults
from analysis_utils.study.file import (
    NO_SUCH_FILE,
    Fault,
    Place,
    Source,
    StudyError,
    listed,
    nearest,
    no_file,
    read_source,
)
from analysis_utils.words import FRAME_FILE, PLACE, read_changes

#: Headings that tables with one column an outlet have besides.
TABLE_HEADINGS = (
    *("actor", *MENTION_KINDS),  # mentions by actor
    *("term", "variant", "merge", "total", "of_term"),  # terms and their spellings
    *("construction", "modality", "relation", "meaning"),  # kinds of acts and labels
    *("statement", "told_by", "first"),  # who tells what
    *("frame", "function"),  # frames, and what they do
)

#: Kinds of page that cleaning reads.
PAGE_SUFFIXES = (".txt", ".html", ".htm", ".pdf")


def cross_faults(source: Source) -> Iterator[Fault]:
    """Faults between the parts of a study, and between the study and its folder."""
    yield from _too_few(source)
    for key in ("outlets", "articles", "actors", "frames"):
        yield from same_ids(source, key)
    yield from _wrong_outlets(source)
    yield from _outlets_like_columns(source)
    yield from _same_outlet_names(source)
    yield from _shared_names(source)
    yield from _wrong_pages(source)
    yield from _shared_spellings(source)
    yield from _wrong_codes(source)
    yield from _wrong_words(source)


def article_id(entry: dict) -> Any:
    """Id of an article's entry: as given, else the file name of its page without suffix."""
    # Windows paths know both kinds of slash.
    return entry.get("id") or PureWindowsPath(str(entry.get("page", ""))).stem


def _number(place: Place) -> int:
    """Which entry of its list an entry is, from 1."""
    return int(place[-1]) + 1


def _too_few(source: Source) -> Iterator[Fault]:
    needed = {
        "outlets": (2, "a comparison needs two outlets or more.", "Add an outlet."),
        "articles": (1, "there are no articles.", "Add one or more for each outlet."),
    }
    for key, (least, problem, mend) in needed.items():
        entries = source.data.get(key, [])
        if isinstance(entries, list) and len(entries) < least:
            yield source.fault((key,), problem, mend)


def same_ids(source: Source, key: str) -> Iterator[Fault]:
    """Entries of a list of the file that have the id of an entry above them."""
    seen: dict[str, Place] = {}
    for place, entry in source.entries(key):
        name = str(article_id(entry) if key == "articles" else entry.get("id", ""))
        if not name:
            continue
        first = seen.setdefault(name.casefold(), place)
        if first != place:
            problem = f"the id {name!r} is taken by no. {_number(first)}."
            mend = "Write another `id`; small and capital letters count as the same."
            yield source.fault((*place, "id"), problem, mend)


def _wrong_outlets(source: Source) -> Iterator[Fault]:
    outlets = [outlet for _, outlet in source.entries("outlets") if "id" in outlet]
    ids = sorted({str(outlet["id"]).strip() for outlet in outlets})
    told = [(place, article.get("outlet")) for place, article in source.entries("articles")]
    for place, outlet in told:
        if ids and isinstance(outlet, str) and outlet.strip() not in ids:
            problem = f"there is no outlet with the id {outlet!r}."
            mend = f"{nearest(outlet, ids)}The ids are {', '.join(ids)}."
            yield source.fault((*place, "outlet"), problem, mend)
    tellers = {outlet.strip() for _, outlet in told if isinstance(outlet, str)}
    for place, entry in source.entries("outlets"):
        if "id" in entry and str(entry["id"]).strip() not in tellers:
            mend = "Add an article of this outlet, or delete the outlet."
            yield source.fault(place, f"{entry['id']} has no article.", mend)


def _outlets_like_columns(source: Source) -> Iterator[Fault]:
    for place, outlet in source.entries("outlets"):
        for key in ("id", "name"):
            heading = str(outlet.get(key)).strip().casefold()
            if heading in TABLE_HEADINGS:
                problem = f"tables have a column {heading!r} beside the outlets'."
                yield source.fault((*place, key), problem, f"Write another `{key}`.")


def _same_outlet_names(source: Source) -> Iterator[Fault]:
    seen: dict[str, Place] = {}
    for place, outlet in source.entries("outlets"):
        name = outlet.get("name")
        if not isinstance(name, str) or not name.strip():
            continue
        first = seen.setdefault(" ".join(name.casefold().split()), place)
        if first != place:
            problem = f"{name!r} is the name of no. {_number(first)} already."
            mend = "Write what tells them apart, as in 'The Herald (Glasgow)'."
            yield source.fault((*place, "name"), problem, mend)


def _phrases(actor: dict) -> Iterator[tuple[Place, Any]]:
    yield ("name",), actor.get("name")
    for key in ("aliases", "descriptions"):
        for number, phrase in listed(actor, key):
            yield (key, number), phrase


def same_phrase(phrase: str) -> str:
    """The form in which two phrases that mention an actor count as the same.

    Case, spaces, the shape of apostrophes and hyphens and a leading "the" make
    no difference.

    >>> same_phrase("The  EU’s Parliament")
    "eu's parliament"
    """
    plain = re.sub(r"[‐‑–]", "-", re.sub(r"[’‘ʼ]", "'", phrase.casefold()))
    return re.sub(r"^the(\s+|$)", "", " ".join(plain.split()))


def _shared_names(source: Source) -> Iterator[Fault]:
    owners: dict[str, tuple[Place, str]] = {}
    for place, actor in source.entries("actors"):
        for inside, phrase in _phrases(actor):
            if not isinstance(phrase, str) or not phrase.strip():
                continue
            if not (key := same_phrase(phrase)):
                mend = "Add the noun, as in 'the company'."
                yield source.fault((*place, *inside), f"{phrase!r} names nobody.", mend)
                continue
            owner, name = owners.setdefault(key, (place, str(actor.get("id", ""))))
            if owner != place:
                problem = f"{phrase!r} is a name of {name or f'no. {_number(owner)}'} already."
                mend = "Leave it with the one actor that it always means here."
                if inside == ("name",):
                    mend = "Write what tells them apart, such as the full name."
                yield source.fault((*place, *inside), problem, mend)


def _wrong_pages(source: Source) -> Iterator[Fault]:
    folder = source.path.parent
    seen: dict[str, Place] = {}
    for place, article in source.entries("articles"):
        page = article.get("page")
        if not isinstance(page, str):
            continue
        if wrong := _page_fault(folder, page.strip()):
            yield source.fault((*place, "page"), *wrong)
            continue
        first = seen.setdefault(os.path.realpath(folder / page.strip()), place)
        if first != place:
            problem = f"{page} is the page of no. {_number(first)} already."
            yield source.fault((*place, "page"), problem, "Name another page, or delete the entry.")


def _page_fault(folder: Path, page: str) -> tuple[str, str] | None:
    """Problem and mend of a page, or None if it can be read."""
    if not page.isprintable():
        return f"{page!r} is no name of a file.", "Write the name without special characters."
    if "\\" in page:
        return f"{page} has backslashes.", f"Write {PureWindowsPath(page).as_posix()}."
    real = Path(os.path.realpath(folder / page))
    if os.path.isabs(page) or not real.is_relative_to(os.path.realpath(folder)):
        mend = f"Copy the page into {folder} and name it from there, as in pages/{real.name}."
        return f"{page} lies outside the study's folder.", mend
    if real.suffix.lower() not in PAGE_SUFFIXES:
        kinds = f"Save it as one of {', '.join(PAGE_SUFFIXES)}."
        return f"{page} is no kind of page that can be read.", kinds
    if problem := no_file(folder / page):
        if problem != NO_SUCH_FILE:
            return f"{page}: {problem}", "Save the page there as a file of its own."
        pages = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.*"))]
        there = [each for each in pages if each.lower().endswith(PAGE_SUFFIXES)]
        mend = f"{nearest(page, there)}Save the page there, or correct the name."
        return f"there is no file {page} in {folder}.", mend
    if not os.access(real, os.R_OK):
        return f"{page} may not be read by you.", "Make it readable for yourself."
    return None


def _wrong_codes(source: Source) -> Iterator[Fault]:
    folder = source.path.parent
    articles = [str(article_id(entry)).strip() for _, entry in source.entries("articles")]
    generic = _generic_frames() if os.path.isdir(folder / "codes") else None
    known = Known(
        articles,
        _ids(source, "outlets"),
        _ids(source, "actors"),
        [*dict.fromkeys((*_ids(generic, "frames"), *_ids(source, "frames")))] if generic else None,
        _ids(generic, "functions") if generic else None,
    )
    yield from code_faults(folder, known)


def _wrong_words(source: Source) -> Iterator[Fault]:
    try:
        read_changes(source.path.parent)
    except StudyError as error:
        yield from error.faults


def _ids(source: Source, key: str) -> list[str]:
    return [str(entry["id"]).strip() for _, entry in source.entries(key) if "id" in entry]


def _generic_frames() -> Source | None:
    """The frames that fit any event; None if they cannot be read, which who uses them tells."""
    try:
        return read_source(PLACE / FRAME_FILE)
    except StudyError:
        return None


def _shared_spellings(source: Source) -> Iterator[Fault]:
    terms = source.data.get("merge_terms")
    owners: dict[str, str] = {}
    terms = terms if isinstance(terms, dict) else {}
    for term in terms:
        for number, spelling in listed(terms, term):
            if not isinstance(spelling, str):
                continue
            owner = owners.setdefault(spelling.casefold().strip(), term)
            if owner != term:
                problem = f"{spelling!r} is merged into {owner!r} already."
                place = ("merge_terms", term, number)
                yield source.fault(place, problem, "Keep it under one term.")
