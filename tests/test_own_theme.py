"""The page on a theme of one's own works to the letter."""

import re

import nbformat.v4 as v4
import pytest

from analysis_utils.files.workspace import collection
from analysis_utils.report.notebooks import run_notebooks, save

GUIDE = collection() / "docs" / "your-own-theme.md"

MOST_LINES = 25


def code_cells():
    return re.findall(r"(?ms)^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"))


def test_the_theme_is_short():
    lines = [line for cell in code_cells() for line in cell.splitlines() if line.strip()]
    assert 10 < len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= 100


@pytest.mark.slow
def test_the_theme_runs_as_written(study, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    (question,) = re.findall(r"(?ms)^```markdown\n(.*?)^```", GUIDE.read_text(encoding="utf-8"))
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell(question, id="question"),
            *(v4.new_code_cell(code, id=f"c{n}") for n, code in enumerate(code_cells())),
        ]
    )
    path = tmp_path / "10_adjectives.ipynb"
    save(notebook, path)
    (run,) = run_notebooks([path], study.folder, 1)
    assert run.failure is None, run.failure
    saved = {file.suffix for file in (tmp_path / "build").rglob("adjectives.*")}
    assert saved == {".png", ".svg", ".pdf", ".csv", ".md"}
