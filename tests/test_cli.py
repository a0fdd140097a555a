"""The command: exit codes, messages in plain words, a quick start."""

import errno
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat.v4 as v4
import pytest

from analysis_utils import cli
from analysis_utils.report import notebooks, report
from analysis_utils.report.notebooks import Failure, NotebookError, Run


def write_notebook(path: Path, *sources: str) -> Path:
    cells = [v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    notebooks.save(v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def folder(tmp_path):
    """Three notebooks that run in no time."""
    made = tmp_path / "notebooks"
    made.mkdir()
    for name in ("0_start", "2_terms", "10_last"):
        write_notebook(made / f"{name}.ipynb", "print('told')", "2 + 2")
    return made


@pytest.fixture(autouse=True)
def own_build_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("FRAMING_STUDY", "")  # put back after the test, as --study sets it


def test_help_is_quick_because_nothing_heavy_is_imported():
    code = (
        "import sys\n"
        "from analysis_utils import cli\n"
        "try: cli.main(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'nbclient', 'nbformat', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--study" in done.stdout
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "--notebooks", "nowhere"], "there is no such folder of notebooks"),
        (["report", "--study", "nosuchstudy"], "nosuchstudy"),
        (["report", "9_none"], "9_none: there is no such notebook"),
        (["coding-sheet", "--coder", "a/b"], "'a/b' cannot be the name of a coder"),
        (["check", "nosuchstudy"], "nosuchstudy"),
        (["new-study", "mine", "--page", "nowhere.txt"], "nowhere.txt: there is no such file"),
    ],
)
def test_bad_input_is_a_message_and_exit_code_2(arguments, message, folder, capsys):
    if arguments[0] == "report" and "--notebooks" not in arguments:
        arguments = [*arguments, "--notebooks", str(folder)]
    assert cli.main(arguments) == 2
    told = capsys.readouterr().err
    assert message in told and "Traceback" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "COMMAND"),
        (["frob"], "'report'"),
        (["report", "--workers", "0"], "1 or more"),
        (["report", "--workers", "many"], "'many'"),
        (["coding-sheet", "--sample", "0"], "'0' is no number of rows"),
        (["coding-sheet", "--unit", "words"], "invalid choice: 'words'"),
    ],
)
def test_a_command_that_is_none(arguments, message, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_an_unknown_error_keeps_its_traceback(folder, monkeypatch):
    def crash(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(report, "build_report", crash)
    with pytest.raises(ZeroDivisionError):
        cli.main(["report", "--notebooks", str(folder)])


@pytest.mark.parametrize("place", ["file", "file/build"])
def test_an_unusable_build_folder_is_a_message(place, folder, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / place))
    assert cli.main(["report", "--notebooks", str(folder)]) == 2
    told = capsys.readouterr().err
    assert str(tmp_path / place) in told and "FRAMING_BUILD" in told and "Traceback" not in told


def failing_report(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(cli, "_read_pages_once", lambda study: None)
    monkeypatch.setattr(report, "build_report", fail)


@pytest.mark.parametrize("name", ["build/table.csv", "study/table.csv", None])
def test_a_full_disk_is_a_message(name, folder, tmp_path, monkeypatch, capsys):
    file = name and str(tmp_path / name)
    failing_report(monkeypatch, OSError(errno.ENOSPC, "No space left on device", file))
    assert cli.main(["report", "--notebooks", str(folder)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{file or tmp_path / 'build'}: No space left on device")
    assert ("FRAMING_BUILD" in told) == (name != "study/table.csv")  # of results alone


def test_a_file_that_the_code_should_have_made_keeps_its_traceback(folder, monkeypatch):
    failing_report(monkeypatch, FileNotFoundError(errno.ENOENT, "No such file", "page.html"))
    with pytest.raises(FileNotFoundError):
        cli.main(["report", "--notebooks", str(folder)])


def test_a_report_notes_whose_the_build_folder_is(folder, tmp_path, monkeypatch, study):
    failing_report(monkeypatch, KeyboardInterrupt)
    assert cli.main(["report", "--notebooks", str(folder)]) == 130
    note = tmp_path / "build" / study.name / "study.txt"
    assert note.read_text(encoding="utf-8") == f"{study.folder}\n"


def test_notebooks_are_chosen_by_number_name_or_file(folder):
    def chosen(*wanted):
        return [path.stem for path in cli.choose_notebooks(folder, wanted)]

    assert chosen() == ["0_start", "2_terms", "10_last"]  # by number, not by letter
    assert chosen("10", "2_terms", "0_start.ipynb") == ["10_last", "2_terms", "0_start"]
    assert chosen(str(folder / "2_terms.ipynb")) == ["2_terms"]
    with pytest.raises(NotebookError, match="0_start, 2_terms, 10_last"):
        chosen("1")


def test_a_failed_notebook_is_exit_code_1_and_named(folder, monkeypatch, capsys):
    def run(paths, study_folder, workers=2):
        for path in reversed(paths):
            failure = Failure(3, "KeyError: 'outlet'", "x['outlet']") if "2_" in path.name else None
            yield Run(path, notebooks.read_notebook(path), failure)

    monkeypatch.setattr(notebooks, "run_notebooks", run)
    before = (folder / "2_terms.ipynb").read_bytes()
    for command in ("report", "run", "compare"):
        assert cli.main([command, "--notebooks", str(folder)]) == 1
        told = capsys.readouterr()
        assert "1 of 3 notebooks failed" in told.err
        assert "2_terms.ipynb, code cell 3: KeyError: 'outlet'\n      x['outlet']" in told.err
    assert (folder / "2_terms.ipynb").read_bytes() == before


@pytest.mark.slow
def test_report_from_any_folder_through_python_m(folder, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "analysis_utils", "report", "0", "--notebooks", str(folder)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "0_start.ipynb: done"
    index = Path(done.stdout.removeprefix("Report: ").strip())
    assert index.is_file() and index.is_relative_to(tmp_path / "build")


@pytest.mark.slow
def test_run_writes_outputs_and_compare_compares_them(folder, capsys):
    path = folder / "2_terms.ipynb"
    arguments = ["2", "--notebooks", str(folder)]
    assert cli.main(["compare", *arguments]) == 1  # has no outputs yet
    assert "2_terms.ipynb, code cell 1" in capsys.readouterr().err
    assert cli.main(["run", *arguments]) == 0
    first = path.read_bytes()
    assert cli.main(["run", *arguments]) == 0
    assert path.read_bytes() == first
    assert cli.main(["compare", *arguments]) == 0
    path.write_bytes(first.replace(b"told\\n", b"said\\n"))
    capsys.readouterr()
    assert cli.main(["compare", *arguments]) == 1
    told = capsys.readouterr().err
    assert "2_terms.ipynb, code cell 1: stdout differs\n    -said\n    +told" in told
    assert "framing run" in told


@pytest.fixture
def own_study(tmp_path, study):
    """A copy of the default study, to write into."""
    return Path(
        shutil.copytree(
            study.folder, tmp_path / "own-study", ignore=shutil.ignore_patterns("coding")
        )
    )


def test_coding_sheets_are_written_once(own_study, capsys):
    arguments = ["coding-sheet", "--unit", "sentences", "--sample", "5", "--coder", "ann"]
    arguments += ["--study", str(own_study)]
    assert cli.main(arguments) == 0
    folder = own_study / "coding"
    told = capsys.readouterr().out.splitlines()
    assert told == [f"Sheet: {folder / 'sentences-ann'}.{kind}" for kind in ("csv", "xlsx")]
    text = (folder / "sentences-ann.csv").read_text(encoding="utf-8-sig")
    assert len(re.findall('^"(tass|rferl):', text, re.MULTILINE)) == 5
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(arguments) == 2
    refused = capsys.readouterr().err
    assert "there already" in refused and "--coder" in refused and "Traceback" not in refused
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_sheets_where_an_earlier_version_put_them_are_told(own_study, tmp_path, capsys):
    former = tmp_path / "build" / own_study.name / "coding" / "sentences-ann.csv"
    former.parent.mkdir(parents=True)
    former.write_text("filled in", encoding="utf-8")
    arguments = ["--study", str(own_study), "--unit", "sentences", "--coder", "ann"]
    assert cli.main(["coding-sheet", *arguments]) == 0
    told = capsys.readouterr().err
    assert f"{former.parent}: here lie sheets" in told and str(own_study / "coding") in told
    assert former.read_text(encoding="utf-8") == "filled in"


def test_a_coding_sheet_in_a_folder_and_format_of_choice(tmp_path):
    folder = tmp_path / "for ann"
    options = ["--unit", "mentions", "--format", "csv", "--folder", str(folder)]
    assert cli.main(["coding-sheet", *options]) == 0
    assert {path.name for path in folder.iterdir()} == {
        "mentions-coder1.csv",
        "mentions-codebook.md",
    }


@pytest.mark.parametrize("stage", ["import", "main"])
def test_a_stop_before_the_command_has_begun_says_nothing(stage):
    code = {
        "import": "import sys; sys.modules['analysis_utils.cli'] = Stop()",
        "main": "from analysis_utils import cli; cli.main = stop",
    }[stage]
    told = (
        "class Stop:\n"
        "    def __getattr__(self, name): raise KeyboardInterrupt\n"
        "def stop(*_, **__): raise KeyboardInterrupt\n"
        f"{code}\n"
        "from analysis_utils.__main__ import run\n"
        "raise SystemExit(run())"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
