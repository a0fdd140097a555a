"""The committed notebooks: they run, their outputs are true, and they keep the house rules."""

import ast
import base64
import re
import subprocess

import pytest

from analysis_utils.files.workspace import collection, data_folder
from analysis_utils.report.check_notebooks import compare_notebooks, image_change
from analysis_utils.report.notebooks import COLLECTION, as_text, read_notebook, run_notebooks
from analysis_utils.study import DEFAULT_STUDY

FOLDER = collection() / "notebooks"

PATHS = [FOLDER / f"{name}.ipynb" for name in COLLECTION]

MOST_LINES, MOST_COLUMNS = 6, 100

#: What the page of a theme has below its answer and its figure; not all have a view to explore.
HEADINGS = ["Evidence", "How far to trust it", "Method", "Explore", "Limits"]

#: The figure of the answer, and one that bears on how far to trust it.
MOST_FIGURES = 2

#: The notebooks of the themes: those between the findings and the appendix.
THEMES = PATHS[1:7]

each_notebook = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


def code_cells(path):
    cells = read_notebook(path).cells
    return [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]


def outputs(path):
    return [output for cell in code_cells(path) for output in cell.outputs]


def statements(cell):
    """All nodes of a cell's code; lines for IPython (%, !) are left out."""
    lines = [line for line in cell.source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    return list(ast.walk(ast.parse("\n".join(lines))))


def test_the_collection_is_all_that_is_committed():
    listed = subprocess.run(
        ["git", "ls-files", "--", "*.ipynb"], cwd=FOLDER, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    assert sorted(listed.stdout.split()) == sorted(path.name for path in PATHS)


@each_notebook
def test_begins_with_a_question(path):
    first = read_notebook(path).cells[0]
    assert first.cell_type == "markdown"
    heading = first.source.splitlines()[0]
    assert heading.startswith("# ") and heading.endswith("?")


@each_notebook
def test_the_first_code_cell_loads_the_study(path):
    first = code_cells(path)[0]
    assert "corpus = load_corpus(current_study())" in first.source
    assert first.source.startswith("from analysis_utils import")


@pytest.mark.parametrize("path", THEMES, ids=[path.stem for path in THEMES])
def test_a_themes_page_is_an_answer_a_figure_and_what_bears_them_out(path):
    cells = read_notebook(path).cells
    assert [cell.cell_type for cell in cells[:4]] == ["markdown", "code", "code", "code"]
    assert "words.answer(tables, corpus)" in cells[2].source
    assert "export(" in cells[3].source
    assert sum("export(" in cell.source for cell in cells) <= MOST_FIGURES
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert headings == [each for each in HEADINGS if each != "Explore" or each in headings]


@each_notebook
def test_each_heading_begins_a_slide(path):
    cells = [cell for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
    slides = [cell for cell in cells if cell.metadata.get("slideshow")]
    assert slides == [cell for cell in cells if cell.source.startswith("#")]


@each_notebook
def test_cells_are_short_and_only_call(path):
    for number, cell in enumerate(code_cells(path), start=1):
        place = f"code cell {number}"
        lines = cell.source.strip().splitlines()
        assert len(lines) <= MOST_LINES, place
        assert max(map(len, lines)) <= MOST_COLUMNS, place
        for node in statements(cell):
            defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
            assert not isinstance(node, defined), place
            if number > 1:
                assert not isinstance(node, (ast.Import, ast.ImportFrom)), place
        assert not re.search(r"simplefilter|filterwarnings|%%capture", cell.source), place


@each_notebook
def test_was_run_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_outputs_hold_no_errors_warnings_places_or_addresses(path):
    for output in outputs(path):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.get("text")
    text = as_text(read_notebook(path))
    assert str(collection()) not in text
    assert not re.search(r"\bat 0x[0-9a-f]{6,}", text)


@each_notebook
def test_pictures_have_alternative_text(path):
    for output in outputs(path):
        if "image/png" in output.get("data", {}):
            assert output.metadata["image/png"]["alt"].strip()


@each_notebook
def test_links_between_notebooks_lead_somewhere(path):
    for cell in read_notebook(path).cells:
        if cell.cell_type == "markdown":
            for name in re.findall(r"\]\(([^)#\s]+\.ipynb)", cell.source):
                assert (path.parent / name).is_file(), name


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """A build folder of the runs' own."""
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="module")
def runs(build):
    """Two runs of every notebook; figures and tables go into a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_BUILD", str(build))
        study = data_folder() / DEFAULT_STUDY
        return [{run.path: run for run in run_notebooks(PATHS, study)} for _ in range(2)]


@pytest.mark.slow
@each_notebook
def test_runs_to_its_end(path, runs):
    assert runs[0][path].failure is None


@pytest.mark.slow
@each_notebook
def test_committed_outputs_are_true(path, runs):
    differences = compare_notebooks(read_notebook(path), runs[0][path].notebook)
    assert not differences, "\n".join(f"{path.name}, {each}" for each in differences)


@pytest.mark.slow
@each_notebook
def test_two_runs_give_the_same_bytes(path, runs):
    first, second = (run[path].notebook for run in runs)
    assert as_text(first) == as_text(second)


@pytest.mark.slow
def test_every_figure_has_all_its_files(build, runs):
    folder = build / DEFAULT_STUDY / "figures"
    names = {path.stem for path in folder.iterdir()}
    kinds = ("png", "svg", "pdf", "csv", "md")
    assert {path.name for path in folder.iterdir()} == {f"{n}.{k}" for n in names for k in kinds}
    assert len(names) >= 6


@pytest.mark.slow
def test_the_figure_in_the_readme_is_the_reports(build, runs):
    shown, made = (
        base64.b64encode(path.read_bytes()).decode()
        for path in (
            collection() / "docs" / "term_contrast.png",
            build / DEFAULT_STUDY / "figures" / "term_contrast.png",
        )
    )
    assert image_change(shown, made) == ""
