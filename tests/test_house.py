"""The order of the house: a room imports only from those above it in the README's list."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "analysis_utils"

#: From the ground up.  Rooms on one floor may use each other.
FLOORS = (
    {"files", "kept", "locks", "stopping"},
    {"tables", "normal_text", "workspace", "model_files", "budget", "csv_tables"},
    {"study", "study_parts", "study_file", "study_checks", "codes", "code_checks", "code_files"},
    {"cleaning", "language", "quotation", "parsed", "spreadsheets", "xlsx_tables"},
    {"actors", "speakers", "pronouns"},
    {"attribution"},
    {"corpus"},
    {"embeddings", "uncertainty", "show", "terms", "target_sentiment"},
    {"agreement", "figures"},
    {"drawing", "table_files"},
    {"voices"},
    {"overview", "cleaning_check", "new_study", "study_review"},
    {"term_contrast", "actor_sentiment", "portrayal", "coverage", "frames"},
    {"profile", "validity"},
    {"explore"},
    {"notebooks", "check_notebooks", "alternative_text", "pages", "lab", "cell_order"},
    {"report"},
    {"study_commands"},
    {"cli"},
)  # fmt: skip

#: Themes on the same floor that never use each other.
THEMES = ("term_contrast", "actor_sentiment", "portrayal", "coverage", "frames")

ROOMS = {room: level for level, floor in enumerate(FLOORS) for room in floor}


def rooms():
    """Every room with its files."""
    found = {path.stem: [path] for path in PACKAGE.glob("*.py") if path.stem[:2] != "__"}
    for door in PACKAGE.glob("*/__init__.py"):
        found[door.parent.name] = sorted(door.parent.glob("*.py"))
    return found


def imported(path):
    """Rooms that a file imports when it is loaded or run; imports for types alone are left out."""
    names = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node not in for_types:
            package, _, inside = node.module.partition(".")
            if package == "analysis_utils":
                names |= {inside.split(".")[0]} if inside else {each.name for each in node.names}
    return names & set(ROOMS)


def test_every_room_has_its_floor():
    assert set(rooms()) == set(ROOMS)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_from_its_floor_or_below(room):
    used = set().union(*map(imported, rooms()[room])) - {room}
    above = {each for each in used if ROOMS[each] > ROOMS[room]}
    assert not above


def test_the_list_in_the_readme_names_every_room_in_this_order():
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    lines = readme.partition("## The house")[2].partition("\n\nIn a theme")[0].splitlines()
    named = {
        room.rstrip("/"): line
        for line, text in enumerate(lines)
        if text.startswith("|")
        for room in re.findall(r"`(\w+/?)`", text)
        if room.rstrip("/") in ROOMS
    }
    assert set(named) == set(ROOMS)
    for room, files in rooms().items():
        used = set().union(*map(imported, files)) - {room}
        assert not {each for each in used if named[each] > named[room]}, room


@pytest.mark.parametrize("theme", THEMES)
def test_themes_do_not_use_each_other(theme):
    used = set().union(*map(imported, rooms()[theme]))
    assert not used & (set(THEMES) - {theme})


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_no_room_is_too_long_to_read(room):
    for path in rooms()[room]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name
