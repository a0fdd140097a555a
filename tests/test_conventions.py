"""What Jupyter's other tools make of the notebooks, and which study these are about."""

import ast
import os
import re
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis_utils import cli
from analysis_utils.files.workspace import collection, data_folder
from analysis_utils.report.notebooks import COLLECTION, read_notebook, run_notebooks, save
from analysis_utils.study import DEFAULT_STUDY, current_study, read_study

NOTEBOOK = collection() / "notebooks" / "1_term_contrast.ipynb"


def convert(kind, tmp_path):
    """What `nbconvert --to` makes of a committed notebook."""
    command = ["-m", "nbconvert", "--to", kind, "--output-dir", str(tmp_path), str(NOTEBOOK)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    (made,) = tmp_path.iterdir()
    return made


def pictures():
    """Alternative texts of the notebook's pictures."""
    outputs = [each for cell in read_notebook(NOTEBOOK).cells for each in cell.get("outputs", [])]
    described = [each.get("metadata", {}).get("image/png", {}) for each in outputs]
    return [each["alt"] for each in described if each]


@pytest.mark.slow
def test_a_script_is_python(tmp_path):
    made = convert("script", tmp_path)
    assert made.suffix == ".py"
    ast.parse(made.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html", "slides"])
def test_pages_keep_the_alternative_texts(kind, tmp_path):
    soup = BeautifulSoup(convert(kind, tmp_path).read_text(encoding="utf-8"), "html.parser")
    assert [image["alt"] for image in soup.find_all("img")] == pictures()
    assert pictures()


@pytest.mark.slow
def test_each_heading_begins_a_slide(tmp_path):
    soup = BeautifulSoup(convert("slides", tmp_path).read_text(encoding="utf-8"), "html.parser")
    slides = soup.select(".slides > section")
    headings = re.findall(
        r"^##? (.+)$",
        "\n".join(c.source for c in read_notebook(NOTEBOOK).cells if c.cell_type == "markdown"),
        re.MULTILINE,
    )
    assert len(slides) == len(headings) > 3
    for slide, heading in zip(slides, headings, strict=True):
        assert slide.find(["h1", "h2"]).get_text().startswith(heading)


@pytest.mark.slow
def test_the_variable_names_another_study(tmp_path):
    other = tmp_path / "other"
    text = "The mayor opened the bridge on Monday. It cost the city two million euros."
    pages = [tmp_path / "herald.txt", tmp_path / "times.txt"]
    for page in pages:
        page.write_text(f"Bridge opens\n\n{text}\n", encoding="utf-8")
    wanted = [word for page in pages for word in ("--page", f"{page.stem}={page}")]
    assert cli.main(["new-study", str(other), *wanted]) == 0
    (run,) = run_notebooks([NOTEBOOK], other)
    assert run.failure is None
    shown = str([cell.get("outputs") for cell in run.notebook.cells])
    assert "herald" in shown and "TASS" not in shown


def test_a_named_study_goes_before_the_variable(monkeypatch, study):
    monkeypatch.setenv("FRAMING_STUDY", "nowhere")
    assert current_study(DEFAULT_STUDY).folder == study.folder
    assert current_study(str(study.folder)).folder == study.folder


def test_the_report_runs_the_collections_own_notebooks_only(tmp_path):
    for name in (*COLLECTION, "0_findings.nbconvert", "1_term_contrast-Copy1", "Untitled"):
        save(nbformat.v4.new_notebook(), tmp_path / f"{name}.ipynb")
    chosen = cli.choose_notebooks(tmp_path, [])
    assert [path.stem for path in chosen] == list(COLLECTION)
    everything = cli.choose_notebooks(tmp_path, [], whole_folder=True)
    assert len(everything) == len(COLLECTION) + 3


def test_the_readmes_line_for_nbconvert_writes_into_build():
    readme = (collection() / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"jupyter nbconvert --to notebook [^`\n]*(?:\n[^`\n]*)?", readme)
    assert "--output-dir build/" in line and "notebooks/*.ipynb" in line


def test_the_study_of_a_kernel_is_found_from_its_folder(monkeypatch):
    monkeypatch.chdir(collection() / "notebooks")
    assert current_study().folder == read_study(data_folder() / DEFAULT_STUDY).folder
    assert os.path.samefile(data_folder(), collection() / "data")
