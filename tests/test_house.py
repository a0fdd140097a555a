"""The order of the house: a folder imports only from those above it in the README's list."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "analysis_utils"

#: From the ground up, in the way of the data.
FLOORS = (
    *("files", "words", "schemas", "study", "annotation", "measures", "output"),
    *("themes", "own_study", "lab", "report", "cli"),
)

#: The door leads to every floor, and `python -m` to the command.
DOORS = {"__init__", "__main__"}


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def floor_of(module):
    return [*module.split("."), "__init__"][1]


def imported(path):
    """Modules of the house that a file imports when it is loaded or run, not for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in set(ast.walk(tree)) - for_types:
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                inside = f"{node.module}.{each.name}"
                yield inside if inside in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


GRAPH = {name: set(imported(path)) & set(MODULES) - {name} for name, path in MODULES.items()}

ROOMS = [name for name in MODULES if floor_of(name) not in DOORS]


def test_every_floor_is_named():
    assert {floor_of(name) for name in ROOMS} == set(FLOORS)


@pytest.mark.parametrize("module", ROOMS)
def test_a_room_imports_only_from_its_floor_or_below(module):
    level = FLOORS.index(floor_of(module))
    used = {name for name in GRAPH[module] if floor_of(name) not in DOORS}
    assert {name for name in used if FLOORS.index(floor_of(name)) > level} == set()


def test_no_circle_of_imports():
    TopologicalSorter(GRAPH).prepare()


def test_the_list_in_the_readme_names_every_floor_in_this_order():
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"(?m)^\| `(\w+)(?:/|\.py)` \|", readme.partition("## The house")[2].partition("\n## ")[0]
    )
    assert tuple(rows) == FLOORS


#: Themes that gather others; the rest stand side by side, and all may ask whose voice it is.
GATHERING = {"findings", "validity"}
ASKED_BY_ALL = {"contract", "voices", "findings", "page_cleaning"}


def theme_of(module):
    parts = module.split(".")
    return parts[2] if floor_of(module) == "themes" and len(parts) > 2 else None


@pytest.mark.parametrize("module", [name for name in ROOMS if theme_of(name)])
def test_themes_do_not_use_each_other(module):
    own = theme_of(module)
    if own not in GATHERING:
        others = {theme_of(name) for name in GRAPH[module]} - {None, own, "contract", "finding"}
        assert others - ASKED_BY_ALL == set()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_room_is_too_long_to_read(module):
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) < 400
