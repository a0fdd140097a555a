"""Two at once, and runs that are ended: the next one gives the same, and nothing is left."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat.v4 as v4
import pytest

from analysis_utils import cli
from analysis_utils.files.locks import UNATTENDED, WaitError, held
from analysis_utils.files.workspace import data_folder
from analysis_utils.files.writing import remove_left_over
from analysis_utils.report import notebooks
from analysis_utils.study import DEFAULT_STUDY, read_study

#: A figure and what stands behind it, as a notebook makes them.
TELLING = (
    "from analysis_utils.output import figures",
    "from analysis_utils.annotation.corpus import load_corpus",
    "from analysis_utils.study import current_study",
    "import matplotlib.pyplot as plt",
    "from functools import partial",
    "corpus = load_corpus(current_study())",
    "counts = corpus.sentences.groupby('outlet', as_index=False)['n_words'].sum()",
    "def plot(counts, width):",
    "    fig, ax = plt.subplots(figsize=(width, 2))",
    "    ax.bar(counts['outlet'], counts['n_words'])",
    "    return fig",
    "draw = partial(plot, counts)",
    "figure = figures.Figure('{name}', draw, counts, 'Words', 'Words.', 'Bars.')",
    "figures.export(figure, corpus.study)",
)

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


class Place:
    """A study, notebooks, and folders for results and for what is temporary, all of one test."""

    def __init__(self, folder: Path):
        self.study = folder / "bridge"
        shutil.copytree(
            data_folder() / DEFAULT_STUDY, self.study, ignore=shutil.ignore_patterns("coding")
        )
        self.notebooks, self.build, self.temporary = (
            folder / name for name in ("notebooks", "build", "temporary")
        )
        self.notebooks.mkdir()
        self.temporary.mkdir()
        self.results = self.build / "bridge"

    def notebook(self, name: str, *lines: str) -> Path:
        path = self.notebooks / f"{name}.ipynb"
        cells = [v4.new_markdown_cell(f"# {name}?", id="c0")]
        cells.append(v4.new_code_cell("\n".join(lines), id="c1"))
        notebooks.save(v4.new_notebook(cells=cells), path)
        return path

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "analysis_utils", *arguments],
            env=os.environ | {"FRAMING_BUILD": str(self.build), "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def report(self) -> subprocess.Popen:
        arguments = ("--study", str(self.study), "--notebooks", str(self.notebooks))
        return self.start("report", *arguments, "--workers", "1")

    def left_over(self) -> list[Path]:
        """Hidden files and folders, and all that is temporary."""
        folders = (self.results, self.study.parent, self.notebooks)
        hidden = [path for folder in folders for path in folder.rglob(".*")]
        locks = self.build / ".locks"
        own = [path for path in hidden if path != locks and locks not in path.parents]
        return sorted({*own, *self.temporary.iterdir(), *locks.glob("*.txt")})

    def made(self) -> dict[str, bytes]:
        """What a run makes, but for its cache."""
        files = [path for path in self.results.rglob("*") if path.is_file()]
        return {
            str(path.relative_to(self.results)): path.read_bytes()
            for path in files
            if "cache" not in path.parts
        }


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def ended(process: subprocess.Popen) -> tuple[int, str]:
    """Exit code and standard error."""
    _, told = process.communicate(timeout=180)
    return process.returncode, told


# --- Two at once --------------------------------------------------------------------------


@pytest.mark.slow
def test_two_reports_at_once_on_a_cold_cache(place):
    place.notebook("1_words", *(line.format(name="words") for line in TELLING))
    both = [place.report(), place.report()]
    results = [ended(each) for each in both]
    assert [code for code, _ in results] == [0, 0], results
    told = "".join(text for _, text in results)
    pids = "|".join(str(each.pid) for each in both)
    assert re.search(rf"Waiting for process ({pids}) \(analysis_utils report .*since", told)
    assert place.left_over() == []
    assert {"words.png", "words.svg"} <= {path.name for path in place.results.glob("figures/*")}


EXPORTS = """\
import sys
from functools import partial
from types import SimpleNamespace
from pathlib import Path
import matplotlib.pyplot as plt, pandas as pd
from analysis_utils.output import figures
study = SimpleNamespace(build_folder=Path(sys.argv[1]), figures_folder=Path(sys.argv[1], "figures"))
def plot(number, width):
    fig, ax = plt.subplots(figsize=(width, 1))
    ax.plot([0, number])
    return fig
for number in range(12):
    draw = partial(plot, number % 3)
    figures.export(figures.Figure("one", draw, pd.DataFrame(), "A title", "c", "a"), study)
"""


@pytest.mark.slow
def test_two_kernels_may_draw_figures_of_one_name_at_once(tmp_path):
    script = tmp_path / "exports.py"
    script.write_text(EXPORTS, encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [ended(each) for each in both] == [(0, ""), (0, "")]
    assert sorted(path.name for path in tmp_path.rglob(".*")) == []


@pytest.mark.slow
def test_a_notebook_beside_a_report_never_waits_for_it(place, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(place.build))
    code = (
        "from analysis_utils.annotation.corpus import load_corpus\n"
        "from analysis_utils.study import current_study\n"
        f"print(len(load_corpus(current_study({str(place.study)!r})).articles))"
    )
    with held(place.results, "run"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=120
        )
    assert (done.stdout, done.stderr) == ("2\n", "")


@pytest.mark.slow
def test_notebooks_that_make_the_cache_again_do_not_wait_for_their_own_report(place):
    spoil = "import shutil; shutil.rmtree(current_study().build_folder / 'cache')"
    for name in ("first", "second"):
        place.notebook(name, TELLING[1], TELLING[2], spoil, TELLING[5], "print(len(corpus.lines))")
    code, told = ended(place.report())
    assert code == 0, told


@pytest.mark.slow
def test_a_report_inside_a_report_is_refused_instead_of_waiting_for_ever(place):
    inner = f"['report', '--study', {str(place.study)!r}, '--notebooks', '.']"
    place.notebook("inner", "from analysis_utils import cli", f"print('code', cli.main({inner}))")
    code, told = ended(place.report())
    assert code == 0, told
    executed = (place.results / "notebooks" / "inner.ipynb").read_text(encoding="utf-8")
    assert "code 2" in executed and "would wait for it for ever" in executed


HOLDER = """\
import sys, time
from pathlib import Path
from analysis_utils.files.locks import held
with held(Path(sys.argv[1]), "run"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(folder: Path, seconds: float) -> subprocess.Popen:
    command = [sys.executable, "-c", HOLDER, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_who_waits_says_for_whom_and_since_when(tmp_path, capsys):
    with holder(tmp_path / "bridge", 3) as other, held(tmp_path / "bridge", "run"):
        told = capsys.readouterr().err
    assert re.fullmatch(
        rf"Waiting for process {other.pid} \(-c .*, since .* \d\d:\d\d:\d\d\),"
        r" which works on bridge too \.\.\.\n",
        told,
    )


def test_a_notebook_that_nobody_watches_waits_without_a_word(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv(UNATTENDED, "yes")
    with holder(tmp_path / "bridge", 2), held(tmp_path / "bridge", "run"):
        assert capsys.readouterr().err == ""


def test_the_lock_of_the_dead_is_free_at_once(tmp_path, capsys):
    with holder(tmp_path / "bridge", 60) as other:
        other.kill()
        other.wait()
        with held(tmp_path / "bridge", "run"):
            pass
    assert capsys.readouterr().err == ""


def test_a_process_started_meanwhile_does_not_wait_for_its_ancestor(tmp_path):
    with held(tmp_path / "bridge", "run"):
        with pytest.raises(WaitError, match="for ever"), held(tmp_path / "bridge", "run"):
            pass
        with held(tmp_path / "bridge", "cache"):
            pass
    with held(tmp_path / "bridge", "run"):
        pass


def test_two_checkouts_that_share_a_build_folder_do_not_overwrite_each_other(
    study, tmp_path, monkeypatch
):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    folders = []
    for name in ("one", "two", "one"):
        monkeypatch.setenv("FRAMING_WORKSPACE", str(tmp_path / name))
        place = tmp_path / name / "data" / study.name
        if not place.exists():
            shutil.copytree(study.folder, place)
        own = read_study(place)
        own.claim_build_folder()
        folders.append(own.build_folder)
    assert folders[0] == folders[2] == tmp_path / "build" / study.name
    assert folders[1].name.startswith(f"{study.name}-")


# --- Ended half way -----------------------------------------------------------------------


def after(process: subprocess.Popen, seconds: float, number: int) -> int:
    """End a process some time after its start; its exit code."""
    time.sleep(seconds)
    process.send_signal(number)
    return ended(process)[0]


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_a_report_that_was_ended_leaves_the_old_one_and_the_next_gives_the_same(place, name):
    place.notebook("1_words", *(line.format(name="words") for line in TELLING))
    assert ended(place.report())[0] == 0
    before = place.made()
    for moment in (0.2, 1.5, 3, 4.5):
        shutil.rmtree(place.results / "cache", ignore_errors=True)
        code = after(place.report(), moment, getattr(signal, name))
        assert code in (0, -getattr(signal, name), 128 + getattr(signal, name))
        kept = place.made()
        assert {path: kept[path] for path in before} == before
    code, told = ended(place.report())
    assert code == 0, told
    assert place.made() == before
    assert place.left_over() == []


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_report_that_is_told_to_end_clears_away_and_ends_its_kernels(place, name, code):
    note = place.temporary.parent / "kernel"
    wait = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid()))"
    place.notebook("waits", wait, "time.sleep(120)")
    for number in range(3):  # of which none has begun
        place.notebook(f"{number}_later", "1")
    running = place.report()
    while not (note.exists() and note.read_text(encoding="utf-8")):
        time.sleep(0.1)
        assert running.poll() is None, ended(running)
    running.send_signal(getattr(signal, name))
    found, told = ended(running)
    assert found == code and told.endswith("Stopped.\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text(encoding="utf-8")), 0)
    assert place.left_over() == []
    assert not (place.results / "report").exists()


@pytest.mark.slow
@on_posix
def test_a_new_study_that_was_killed_leaves_nothing_to_the_next(place):
    target = place.study.parent / "studies" / "new"
    pages = [f"{name}={place.study / 'pages' / name}.txt" for name in ("tass", "rferl")]
    arguments = ("new-study", str(target), *(word for page in pages for word in ("--page", page)))
    for moment in (1, 2.5, 3.5, 4, 4.5):
        after(place.start(*arguments), moment, signal.SIGKILL)
        if target.exists():
            read_study(target)
            shutil.rmtree(target)
    code, told = ended(place.start(*arguments))
    assert code == 0, told
    assert [path.name for path in target.parent.iterdir()] == ["new"]


def test_a_new_study_on_a_full_disk_names_its_folder_and_leaves_nothing(
    study, tmp_path, monkeypatch, capsys
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "studies" / "new"
    pages = [f"{name}={study.folder / 'pages' / name}.txt" for name in ("tass", "rferl")]
    monkeypatch.setattr(os, "replace", full)
    told = ["new-study", str(target), "--page", pages[0], "--page", pages[1]]
    assert cli.main(told) == 2
    assert f"{target}: it cannot be made (No space left on device)" in capsys.readouterr().err
    assert list(target.parent.iterdir()) == []


@pytest.mark.slow
@on_posix
def test_coding_sheets_that_were_killed_are_completed(place):
    arguments = ("coding-sheet", "--study", str(place.study), "--coder", "ann")
    for moment in (2, 3, 3.5, 4):
        after(place.start(*arguments), moment, signal.SIGKILL)
    code, told = ended(place.start(*arguments))
    assert code == 0 or "there already" in told, told
    written = {path.name for path in (place.study / "coding").iterdir()}
    kinds = ("sentences", "mentions", "quotes")
    sheets = {f"{kind}-ann.{ending}" for kind in kinds for ending in ("csv", "xlsx")}
    assert written == sheets | {f"{kind}-codebook.md" for kind in kinds}
    assert place.left_over() == []


def test_what_a_living_process_writes_is_left_alone(tmp_path, monkeypatch):
    from analysis_utils.files import writing as files

    with files.scratch_folder(tmp_path, "report") as living:
        dead = tmp_path / re.sub(r"-\d+-", "-99999999-", living.name)
        dead.mkdir()
        (dead / "half").write_bytes(b"")
        old = tmp_path / re.sub(r"\.[0-9a-f]{8}-", ".00000000-", living.name)
        old.mkdir()
        recent = old.with_name(f"{old.name}x")
        recent.mkdir()
        os.utime(old, (0, 0))
        (tmp_path / ".git").mkdir()
        remove_left_over(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {living.name, recent.name, ".git"}
    remove_left_over(tmp_path / "missing")


DROPPING = """\
import os, signal, sys, time
from analysis_utils.files.stopping import exit_code, stoppable

class Careless:
    def __del__(self):
        os.kill(os.getpid(), int(sys.argv[1]))
        for _ in range(1000): pass

try:
    with stoppable():
        Careless()
        time.sleep(30)
except KeyboardInterrupt as stopped:
    sys.exit(exit_code(stopped))
"""


@on_posix
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_stop_that_comes_where_python_drops_errors_is_not_lost(name, code):
    command = [sys.executable, "-c", DROPPING, str(int(getattr(signal, name)))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (code, "")


def test_a_kernel_that_died_while_it_started_is_not_ended_again(tmp_path):
    client = notebooks._client(v4.new_notebook(), tmp_path, tmp_path)
    client._cleanup_kernel()  # what Python does when it ends
    assert client.km is None
