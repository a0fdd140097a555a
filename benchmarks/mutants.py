"""Do the tests of a module notice when a number or a comparison in it changes?

Changes one number (by one) or one comparison (``<`` to ``<=``, ``in`` to ``not in``) of a module
at a time, runs the tests each time, and prints the changes that no test notices.  The libraries are
loaded once and every change is tried in a fork, so that it takes seconds; without ``fork``
(Windows) it does not run.

    python benchmarks/mutants.py MODULE TEST_FILE... [--limit 60]
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: What a comparison is changed to.
OTHERS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip

#: Loaded before the forks; the module under test and what uses it are not.
LIBRARIES = ("pandas", "scipy", "sklearn", "seaborn", "spacy", "pandera.pandas", "hypothesis")


class Mutant(NamedTuple):
    """One change: the place of its node in the tree, which operator, and its line."""

    node: int
    operator: int
    line: int


def main() -> int:
    options = _options()
    path = Path(importlib.util.find_spec(options.module).origin)
    for name in [name for name in sys.modules if name.startswith("analysis_utils")]:
        del sys.modules[name]
    for library in LIBRARIES:
        importlib.import_module(library)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if _noticed(tree, path, options):
        print("The tests fail without a change.")
        return 1
    mutants = _chosen(list(_mutants(tree)), options.limit, options.seed)
    alive = [mutant for mutant in mutants if not _noticed(_mutated(tree, mutant), path, options)]
    lines = path.read_text(encoding="utf-8").splitlines()
    for mutant in alive:
        print(f"line {mutant.line}: {_change(tree, mutant)} in {lines[mutant.line - 1].strip()}")
    died = len(mutants) - len(alive)
    print(f"{options.module}: {died} of {len(mutants)} changes are noticed")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+", help="files of tests")
    parser.add_argument("--limit", type=int, default=0, help="draw so many changes (all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=240, help="for one run of the tests")
    return parser.parse_args()


def _mutants(tree: ast.Module) -> Iterator[Mutant]:
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield Mutant(number, -1, node.lineno)
        elif isinstance(node, ast.Compare):
            yield from (Mutant(number, place, node.lineno) for place in range(len(node.ops)))


def _chosen(mutants: list[Mutant], limit: int, seed: int) -> list[Mutant]:
    if limit and len(mutants) > limit:
        mutants = random.Random(seed).sample(mutants, limit)
    return sorted(mutants, key=lambda mutant: mutant.line)


def _node(tree: ast.Module, mutant: Mutant) -> ast.AST:
    return list(ast.walk(tree))[mutant.node]


def _mutated(tree: ast.Module, mutant: Mutant) -> ast.Module:
    changed = copy.deepcopy(tree)
    node = _node(changed, mutant)
    if isinstance(node, ast.Compare):
        node.ops[mutant.operator] = OTHERS[type(node.ops[mutant.operator])]()
    elif isinstance(node, ast.Constant):
        node.value = node.value + 1
    return changed


def _change(tree: ast.Module, mutant: Mutant) -> str:
    node = _node(tree, mutant)
    if isinstance(node, ast.Compare):
        before = type(node.ops[mutant.operator])
        return f"{before.__name__} to {OTHERS[before].__name__}"
    return f"{node.value} to {node.value + 1}"


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the changed tree in the module's place."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name, path, target=None):
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module) -> None:
        exec(compile(self.tree, self.path, "exec"), module.__dict__)


def _noticed(tree: ast.Module, path: Path, options: argparse.Namespace) -> bool:
    """Whether the tests fail, or take too long, with a module that reads so."""
    child = os.fork()
    if not child:
        os._exit(_test(tree, path, options))
    return os.waitpid(child, 0)[1] != 0


def _test(tree: ast.Module, path: Path, options: argparse.Namespace) -> int:
    import pytest

    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    sys.meta_path.insert(0, _Changed(options.module, path, tree))
    signal.alarm(options.seconds)
    try:
        return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *options.tests]) != 0)
    except BaseException:
        return 1


if __name__ == "__main__":
    sys.exit(main())
