"""A cell run before those that it builds on: the reader is told what to do, and only then."""

import subprocess
import sys

import nbformat.v4 as v4
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config.loader import PyFileConfigLoader

from analysis_utils.files.workspace import collection, data_folder
from analysis_utils.lab.cell_order import load_ipython_extension
from analysis_utils.report.notebooks import Failure, run_notebooks, save
from analysis_utils.study import DEFAULT_STUDY

ADVICE = (
    "`corpus` is not there yet: it is made by a cell further up that has not been run."
    " Run the notebook from its first cell: menu Run > Run All Cells."
)


@pytest.fixture
def shell():
    load_ipython_extension(InteractiveShell.instance())
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def told(shell, capsys, code):
    """What is printed below the error of a cell."""
    shell.run_cell(code)
    return capsys.readouterr().out


def test_a_name_that_no_cell_made_is_told_with_what_to_do(shell, capsys):
    printed = told(shell, capsys, "corpus.sentences")
    assert "NameError" in printed and printed.rstrip().endswith(ADVICE)


def test_a_name_missing_inside_a_cells_own_function_is_told_too(shell, capsys):
    assert ADVICE in told(shell, capsys, "def size():\n    return len(corpus)\n\nsize()")


@pytest.mark.parametrize(
    "code",
    [
        "corpus = 1\ncorpus",
        "1 / 0",
        "def size():\n    n = n + 1\n\nsize()",
        "raise NameError('no name given')",
        "import textwrap, types\n"
        "slip = types.FunctionType(compile('corpus', 'slip.py', 'eval'), vars(textwrap))\nslip()",
    ],
    ids=["made", "other_error", "local_name", "no_name", "slip_in_a_package"],
)
def test_other_errors_stay_as_they_are(shell, capsys, code):
    assert "not there yet" not in told(shell, capsys, code)


@pytest.mark.slow
def test_the_kernels_of_this_environment_tell_it_below_the_traceback(tmp_path):
    cell = v4.new_code_cell("corpus.sentences")
    save(v4.new_notebook(cells=[cell]), tmp_path / "late.ipynb")
    (run,) = run_notebooks([tmp_path / "late.ipynb"], data_folder() / DEFAULT_STUDY)
    error, advice = run.notebook.cells[0].outputs
    assert run.failure == Failure(1, "NameError: name 'corpus' is not defined", "corpus.sentences")
    assert error.output_type == "error"
    assert advice.data["text/plain"] == ADVICE
    assert "<code>corpus</code>" in advice.data["text/html"]


@pytest.mark.parametrize("there", [True, False])
def test_kernels_load_it_only_where_the_package_is(monkeypatch, there):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: there or None)
    settings = collection() / "jupyter" / "etc" / "ipython"
    config = PyFileConfigLoader("ipython_kernel_config.py", str(settings)).load_config()
    assert ("InteractiveShellApp" in config) == there


def test_a_kernel_starts_without_what_draws_or_parses():
    probe = (
        "import sys, analysis_utils.lab.cell_order;"
        "print(sorted({'matplotlib', 'spacy', 'pandas', 'seaborn'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
