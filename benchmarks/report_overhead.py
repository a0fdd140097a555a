"""How much longer the report takes than notebooks that only import.

Runs, one after the other and several times over, (a) the report on the
project's notebooks, (b) as many notebooks that hold only the imports of their
first cells, (c) as many that hold only ``import analysis_utils``; each through
the project's own command, after one run that fills the cache.  Prints the
medians of the ratios of each round, of wall time and of processor time: the
latter hardly depends on what else the machine does.

    python benchmarks/report_overhead.py [--rounds 3] [--notebooks FOLDER] [--study NAME_OR_FOLDER]
"""

from __future__ import annotations

import argparse
import ast
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat.v4

from analysis_utils.files.workspace import notebooks_folder
from analysis_utils.report.notebooks import find_notebooks, read_notebook, save


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        environment = os.environ | {"FRAMING_BUILD": str(folder / "build")}
        if options.study:
            environment["FRAMING_STUDY"] = options.study
        paths = find_notebooks(options.notebooks.absolute())
        commands = {
            "report": ["report", "--notebooks", str(options.notebooks.absolute())],
            "imports": ["run", "--notebooks", str(_write(paths, folder / "imports", imports_of))],
            "bare": ["run", "--notebooks", str(_write(paths, folder / "bare", _bare))],
        }
        seconds(commands["report"], environment)
        rounds = [
            {name: seconds(command, environment) for name, command in commands.items()}
            for _ in range(options.rounds)
        ]
    _print(rounds, len(paths))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--notebooks", type=Path, default=notebooks_folder())
    parser.add_argument("--study")
    return parser.parse_args()


def imports_of(path: Path) -> str:
    """The import statements of a notebook."""
    cells = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]
    statements = [statement for source in cells for statement in ast.parse(source).body]
    imports = [node for node in statements if isinstance(node, (ast.Import, ast.ImportFrom))]
    return "\n".join(map(ast.unparse, imports))


def _bare(_: Path) -> str:
    return "import analysis_utils"


def _write(paths: list[Path], folder: Path, source_of) -> Path:
    """A folder of notebooks of the same names, one cell each."""
    folder.mkdir()
    for path in paths:
        cell = nbformat.v4.new_code_cell(source_of(path), id="imports")
        save(nbformat.v4.new_notebook(cells=[cell]), folder / path.name)
    return folder


def seconds(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Wall time and processor time of a sub-command of the project, kernels included."""
    start, before = time.perf_counter(), os.times()
    arguments = [sys.executable, "-m", "analysis_utils", *command]
    subprocess.run(arguments, env=environment, check=True, capture_output=True)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return {"wall": wall, "processor": used - before.children_user - before.children_system}


def _print(rounds: list[dict[str, dict[str, float]]], n_notebooks: int) -> None:
    print(f"{n_notebooks} notebooks, {len(rounds)} rounds")
    baselines = {"imports": "the imports of their first cells", "bare": "a bare import"}
    for baseline, words in baselines.items():
        for clock in ("wall", "processor"):
            ratios = [run["report"][clock] / run[baseline][clock] for run in rounds]
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            print(f"report / {words}, {clock} time: {statistics.median(ratios):.2f} ({spread})")


if __name__ == "__main__":
    main()
