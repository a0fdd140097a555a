"""Which column of a table is what: by its heading, and by what its cells hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis_utils.files.normal_text import normal_text
from analysis_utils.own_study.page import PageFault
from analysis_utils.own_study.tables.cells import as_text
from analysis_utils.words import columns as words

#: What columns can hold, by the lists of headings in ``words/columns.yml``.
MEANINGS = ("outlet", "date", "headline", "text", "address", "byline", "section")
#: What two columns of one meaning would both tell.
_TOLD = ("outlet", "date", "headline", "text")
#: A column that is not filled more than this share of another one is not read in its place.
_FILLED_SHARE = 0.5
#: Nor is one whose texts have less than this share of the letters of another one's.
_LENGTH_SHARE = 0.25
#: How many rows tell what a column holds.
_ROWS = 500

_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.)?([^/\s?#:]+)", re.IGNORECASE)

_FETCH = (
    "Open each address, save the page (in the browser: File, Save page as, Webpage HTML only) into"
    " a folder for each outlet, and give the folder above: --page FOLDER."
)
_ZOTERO = (
    "In Zotero select the entries, choose Export Items with 'Export Files', put the saved pages or"
    " PDFs of each paper into a folder with its name, and give the folder above: --page FOLDER."
)


def plain(heading: str) -> str:
    """A heading in small letters, without spaces and signs."""
    return re.sub(r"[\W_]", "", normal_text(str(heading)).casefold())


def known_columns(headings: Sequence[str]) -> dict[str, str]:
    """Columns by what they hold, the best heading of each, whatever its spelling."""
    return {meaning: own[0] for meaning in MEANINGS if (own := _candidates(headings, meaning))}


def _candidates(headings: Sequence[str], meaning: str) -> list[str]:
    """The headings that can mean something, the best first."""
    spelled: dict[str, str] = {}
    for heading in headings:
        spelled.setdefault(plain(heading), heading)
    return [spelled[name] for name in words.listed(meaning) if name in spelled]


def choose_columns(
    path: Path,
    headings: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    outlet: str,
    chosen: Mapping[str, str],
) -> tuple[dict[str, str], list[str]]:
    """The columns by what they hold, and what is to be said about the choice.

    Parameters
    ----------
    path
        The table, for what is told.
    headings, rows
        What stands in it.
    outlet
        Whose all rows are; empty if a column tells.
    chosen
        Headings that the user names, by what their columns hold.

    Raises
    ------
    PageFault
        If there is no column for the texts or the outlets, or not a sure one.
    """
    _raise_repeated(path, headings)
    known = _best(headings, rows) | _chosen(path, headings, chosen)
    if "text" not in known:
        raise PageFault(f"{path}: {_without_text(headings, known)}")
    if not outlet and "outlet" not in known:
        raise PageFault(
            f"{path}: there is no column for the outlet. {_there(headings)} Name it, as in"
            f" --columns outlet=HEADING, or, if all rows are of one outlet, write"
            f" 'The Outlet={path}'."
        )
    if outlet and "outlet" in known and plain(known["outlet"]) not in words.WEAK_OUTLET:
        raise PageFault(
            f"{path}: all rows should be of {outlet}, but the column {known['outlet']!r} tells the"
            f" outlet too. Write {path} without an outlet before it, or delete the column."
        )
    return known, list(_notes(path, headings, rows, known, outlet, chosen))


def _best(headings: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The best column for each meaning, by heading and by what its cells hold."""
    some = rows[:: max(1, len(rows) // _ROWS)]
    cells = {name: [as_text(row.get(name)) for row in some] for name in headings}
    choice: dict[str, Callable[[list[str]], str]] = {
        "outlet": lambda names: _best_outlet(names, cells),
        "text": lambda names: _longest_enough(names, cells),
    }
    best = {}
    for meaning in MEANINGS:
        names = _filled(_candidates(headings, meaning), cells)
        if names:
            best[meaning] = choice.get(meaning, lambda own: own[0])(names)
    if "sheet name" in headings:
        best.setdefault("outlet", "sheet name")
    for name in _candidates(headings, "outlet"):
        if _has_addresses(cells[name]):
            best.setdefault("address", name)
    if "outlet" not in best and "address" in best and "text" in best:
        best["outlet"] = best["address"]
    return best


def _has_addresses(cells: Sequence[str]) -> bool:
    """Whether all cells that are filled, if any, are addresses of pages."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(_ADDRESS.fullmatch, filled))


def _filled(names: Sequence[str], cells: Mapping[str, list[str]]) -> list[str]:
    """The columns that are filled about as often as the one that is most."""
    count = {name: sum(map(bool, cells[name])) for name in names}
    most = max(count.values(), default=0)
    return [name for name in names if most == 0 or count[name] > _FILLED_SHARE * most]


def _best_outlet(names: list[str], cells: Mapping[str, list[str]]) -> str:
    """A name goes before an address, and both before the archive that the table came from."""

    def doubt(name: str) -> int:
        filled = [cell for cell in cells[name] if cell]
        if filled and all(cell.casefold() in words.ARCHIVES for cell in filled):
            return 2
        return int(_has_addresses(filled))

    return min(names, key=doubt)


def _longest_enough(names: list[str], cells: Mapping[str, list[str]]) -> str:
    """The first column whose texts are not much shorter than those of another one."""
    length = {name: sum(map(len, cells[name])) for name in names}
    longest = max(length.values())
    return next(name for name in names if length[name] >= _LENGTH_SHARE * longest)


def host(text: str) -> str:
    """The name of a site in an address; any other text as it is.

    >>> host("https://www.example.org/news/1"), host("r/News")
    ('example.org', 'r/News')
    """
    found = _HOST.match(text) if _ADDRESS.fullmatch(text) else None
    return found[1].casefold() if found else text


def _chosen(path: Path, headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The columns that the user names."""
    spelled = {plain(name): name for name in headings}
    for meaning, column in chosen.items():
        if meaning not in MEANINGS:
            raise PageFault(
                f"--columns {meaning}={column}: a column can hold {', '.join(MEANINGS)}. Write one"
                " of these before the sign =."
            )
        if plain(column) not in spelled:
            raise PageFault(
                f"{path}: there is no column {column!r}. {_there(headings)} Correct --columns."
            )
    return {meaning: spelled[plain(column)] for meaning, column in chosen.items()}


def _there(headings: Sequence[str]) -> str:
    return f"The columns are {', '.join(map(repr, headings)) or 'none'}."


def _without_text(headings: Sequence[str], known: Mapping[str, str]) -> str:
    """What is told of a table without texts, with the mend that fits what it has."""
    names = set(map(plain, headings))
    if {"itemtype", "abstractnote"} <= names:
        return f"this is Zotero's list of entries, which has abstracts and no texts. {_ZOTERO}"
    alone = f"To compare headlines alone, add --columns text={known.get('headline', 'HEADING')}."
    if "address" in known:
        return (
            f"this table has links and no texts: they have to be fetched first. {_FETCH}"
            f" {alone if 'headline' in known else ''}"
        ).strip()
    named = "If a column has the texts, name it, as in --columns text=HEADING."
    if summary := next((each for each in headings if plain(each) in words.SUMMARY), ""):
        named += f" {summary!r} is a summary at most."
    only = alone if "headline" in known else ""
    return (
        f"there is no column for the text of the articles. {_there(headings)} {named} {only}"
    ).strip()


def _raise_repeated(path: Path, headings: Sequence[str]) -> None:
    """A fault if two columns have one heading that is read: either could be meant."""
    read = {name for meaning in MEANINGS for name in words.listed(meaning)}
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in headings:
        spelled[plain(name)].append(name)
    for name, same in spelled.items():
        nested = any("." in each for each in same)  # "body" and "fields.body" are two
        if name in read and len(same) > 1 and not nested:
            raise PageFault(
                f"{path}: {len(same)} columns have the heading {' or '.join(map(repr, same))}, and"
                " only one could be read. Give the others another heading, or delete them."
            )


def _notes(
    path: Path,
    headings: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    known: Mapping[str, str],
    outlet: str,
    chosen: Mapping[str, str],
) -> Iterator[str]:
    """What is to be said about columns that could be read, and of which another one is."""
    for meaning in _TOLD:
        names = [
            name
            for name in _candidates(headings, meaning)
            if plain(name) not in words.WEAK_OUTLET
            and not any(isinstance(row.get(name), Mapping) for row in rows[:_ROWS])
            and any(as_text(row.get(name)) for row in rows[:_ROWS])
        ]
        if len(names) > 1 and meaning not in chosen:
            yield (
                f"{path}: of the columns {', '.join(map(repr, names))}, {known[meaning]!r} is read"
                f" as the {meaning}. If another one is meant, add --columns {meaning}=HEADING."
            )
    told = {as_text(row.get(known.get("outlet", ""))) for row in rows}
    if not outlet and any(map(_ADDRESS.fullmatch, told)):
        yield (
            f"{path}: no column names the outlets, so they are called by the sites of their"
            f" addresses in {known['outlet']!r}."
        )
    if not outlet and told and {each.casefold() for each in told} <= words.ARCHIVES | {""}:
        yield (
            f"{path}: the column {known['outlet']!r} names archives"
            f" ({', '.join(sorted(filter(None, told)))}), which are no outlets. Name another"
            " column, as in --columns outlet=HEADING."
        )
