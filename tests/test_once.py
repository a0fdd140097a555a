"""No table is made twice in a report: counted in the kernels of all notebooks."""

import os
from collections import Counter

import pytest
from test_contract import NAMES

from analysis_utils import themes
from analysis_utils.files.workspace import collection
from analysis_utils.report.notebooks import find_notebooks, run_notebooks

#: Put into every kernel: notes each call of what makes a table, or of what costs most.
WATCH = '''
import importlib.abc, importlib.util, functools, os, sys

PLACE = os.environ["FRAMING_COUNTED"]
WATCHED = {watched!r}


def noted(name, function):
    @functools.wraps(function)
    def call(*arguments, **named):
        with open(PLACE, "a", encoding="utf-8") as file:
            file.write(name + "\\n")
        return function(*arguments, **named)
    return call


class Watch(importlib.abc.MetaPathFinder):
    """Wraps the watched functions of a module as soon as it is loaded."""

    def find_spec(self, name, path, target=None):
        watched = WATCHED.get(name) or (("make",) if self.makes(name) else ())
        if not watched:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            for each in watched:
                setattr(module, each, noted(f"{{name}}.{{each}}", getattr(module, each)))

        spec.loader.exec_module = exec_module
        return spec

    def makes(self, name):
        return name.startswith("analysis_utils.themes.") and name.endswith(".tables")


sys.meta_path.insert(0, Watch())
'''

#: What costs most, by its module.
COSTLY = {
    "analysis_utils.annotation.corpus": ["_make_tables"],
    "analysis_utils.measures.terms.find": ["find_terms"],
    "analysis_utils.themes.coverage.alignment": ["align"],
    "analysis_utils.themes.portrayal.agency": ["find_triples"],
    "analysis_utils.themes.portrayal.naming": ["find_labels"],
}


@pytest.mark.slow
def test_no_table_is_made_twice_in_a_report(study, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(WATCH.format(watched=COSTLY), encoding="utf-8")
    counted = tmp_path / "counted.txt"
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("FRAMING_COUNTED", str(counted))
    paths = filter(None, (str(tmp_path), os.environ.get("PYTHONPATH")))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    notebooks = find_notebooks(collection() / "notebooks")
    runs = list(run_notebooks(notebooks, study.folder, 2))
    assert [run.failure for run in runs if run.failure] == []
    calls = Counter(counted.read_text(encoding="utf-8").split())
    costly = {f"{module}.{name}" for module, names in COSTLY.items() for name in names}
    assert costly <= set(calls), "the watch sees nothing"
    made = {name for name in calls if name.endswith(".tables.make")}
    assert made == {f"{themes.__name__}.{name}.tables.make" for name in NAMES}
    assert {name: n for name, n in calls.items() if n > 1} == {}
