"""The set-up for every system: what it says when it cannot, and that make and it agree."""

import ast
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis_utils.files.workspace import collection

ROOT = collection()

sys.path.insert(0, str(ROOT))

import make  # noqa: E402 (it lies beside the package)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project's folder with locks, without an environment."""
    for name in ("ROOT", "VENV", "INSTALLER", "LOCK", "DEV_LOCK"):
        path = tmp_path / getattr(make, name).relative_to(ROOT)
        monkeypatch.setattr(make, name, path)
        if path.suffix == ".lock":
            path.write_text(f"{name}==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def installed(project, monkeypatch):
    """What is installed, in order, instead of installing it."""
    done = []

    def environment():
        make.VENV.mkdir()
        done.append("environment")

    monkeypatch.setattr(make, "_make_environment", environment)
    monkeypatch.setattr(make, "_install", lambda lock: done.append(lock.name))
    return done


def test_users_get_no_development_tools_and_nothing_is_installed_twice(installed):
    make.set_up(make.LOCK)
    make.set_up(make.LOCK)
    assert installed == ["environment", "requirements.lock"]
    make.set_up(make.DEV_LOCK)
    make.set_up(make.DEV_LOCK)
    assert installed[2:] == ["requirements-dev.lock"]


def test_a_set_up_that_broke_off_is_done_again(installed, monkeypatch):
    def broken(lock):
        raise make.Trouble("no network")

    with monkeypatch.context() as patch:
        patch.setattr(make, "_install", broken)
        with pytest.raises(make.Trouble):
            make.set_up(make.LOCK)
    make._note(make.LOCK).parent.rmdir()  # made by the first try
    make.set_up(make.LOCK)
    assert installed[-1] == "requirements.lock"


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_makes_the_environment_anew(installed, project, changed, monkeypatch):
    make.set_up(make.LOCK)
    (project / changed).write_text("other==2\n", encoding="utf-8")
    monkeypatch.setattr(make, "_make_environment", lambda: installed.append("anew"))
    make.set_up(make.LOCK)
    assert installed == ["environment", "requirements.lock", "anew", "requirements.lock"]


def test_two_set_ups_at_once_set_up_once(installed, monkeypatch, capsys):
    slow = make._make_environment

    def slowly():
        time.sleep(0.5)
        slow()

    monkeypatch.setattr(make, "_make_environment", slowly)
    others = [threading.Thread(target=make.set_up, args=(make.LOCK,)) for _ in range(2)]
    for each in others:
        each.start()
    for each in others:
        each.join(timeout=30)
    assert installed == ["environment", "requirements.lock"]
    assert "Waiting for another set-up" in capsys.readouterr().err


def test_clean_removes_what_was_made_and_no_work_of_people(project, capsys):
    build = project / "build"
    sheet = build / "bridge" / "coding" / "sentences-ann.csv"
    filled, empty = build / "bridge" / "functions.csv", build / "other" / "functions.csv"
    for path in (sheet, filled, empty, build / "bridge" / "report" / "index.html"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("outlet,statement\r\nnorth,\r\n", encoding="utf-8")
    filled.write_text("outlet,statement\r\nnorth,It floods\r\n", encoding="utf-8")
    (project / ".venv").mkdir()
    assert make.clean(None) == 0
    assert sorted(path for path in build.rglob("*") if path.is_file()) == [sheet, filled]
    told = capsys.readouterr().out
    assert str(sheet) in told and str(filled) in told and str(empty) not in told
    assert not (project / ".venv").exists()
    sheet.unlink()
    filled.unlink()
    make.clean(None)
    assert not build.exists()


@pytest.mark.skipif(os.name == "nt", reason="these signals are not of Windows")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_what_ends_the_script_ends_what_it_runs(tmp_path, name, code):
    begun = tmp_path / "begun"
    child = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)"
    script = (
        "import sys, pathlib, make; make.python = lambda venv: pathlib.Path(sys.executable);"
        f"sys.exit(make.run('-c', {child!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as running:
        while not begun.exists():
            time.sleep(0.05)
        running.send_signal(getattr(signal, name))
        assert running.wait(timeout=30) == code


PART = """\
import os, pathlib, sys, make
make.ROOT = pathlib.Path(sys.argv[1])
begun = make.ROOT / "begun"
part = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(4)"
inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {part!r}])"
(make.ROOT / "build").mkdir()
with make.alone():
    make._returncode(sys.executable, "-c", inner)
"""


@pytest.mark.skipif(os.name == "nt", reason="these signals are not of Windows")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_a_set_up_that_is_ended_never_works_beside_the_next(project, name, capsys):
    command = [sys.executable, "-c", PART, str(project)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        while not (project / "begun").exists():
            time.sleep(0.05)
        begun = time.time()
        running.send_signal(getattr(signal, name))
        running.wait(timeout=30)
    with make.alone():
        waited = time.time() - begun
    told = capsys.readouterr().err
    # Nobody can tell a killed one to end what it runs: the next waits for that.
    assert ("Waiting" in told and waited > 2) if name == "SIGKILL" else waited < 2


@pytest.mark.parametrize("version", [(3, 10, 1), (3, 15, 0)])
def test_another_python_is_refused_with_what_to_do(project, version, monkeypatch):
    monkeypatch.setattr(make.sys, "version_info", version)
    with pytest.raises(make.Trouble, match=r"needs Python 3\.11 to 3\.14; this is Python 3\.1[05]"):
        make.set_up(make.LOCK)
    assert not make.VENV.exists()


def test_a_folder_that_cannot_be_written_is_a_message(project, monkeypatch, capsys):
    make.VENV.write_text("a file where the environment should be", encoding="utf-8")
    with pytest.raises(make.Trouble, match="could not be made"):
        make._new_environment(make.VENV)
    assert make.VENV.read_text(encoding="utf-8").startswith("a file")


def test_a_project_that_cannot_be_written_is_a_message(project):
    (project / "build").write_text("a file where results should go", encoding="utf-8")
    with pytest.raises(make.Trouble, match="cannot be written"):
        make.set_up(make.LOCK)


def test_a_project_that_was_moved_is_set_up_anew(installed, project, monkeypatch):
    make.set_up(make.LOCK)
    monkeypatch.setattr(make, "ROOT", project.rename(project.with_name("moved")))
    for name in ("VENV", "LOCK"):
        monkeypatch.setattr(make, name, make.ROOT / getattr(make, name).name)
    assert not make._stands(make.LOCK, make._fingerprint(make.LOCK))


def test_the_installers_cache_lies_inside_and_goes(project, monkeypatch):
    seen = {}

    def watched(*command, environment):
        seen.update(environment)
        Path(environment["UV_CACHE_DIR"]).mkdir(parents=True)

    monkeypatch.setattr(make, "_checked", watched)
    make.uv("pip", "install", "nothing")
    assert Path(seen["UV_CACHE_DIR"]).is_relative_to(make.VENV)
    assert not Path(seen["UV_CACHE_DIR"]).exists()


def test_windows_keeps_its_python_elsewhere(monkeypatch):
    assert make.python(Path("here")) == Path("here/bin/python")
    monkeypatch.setattr(make, "ON_WINDOWS", True)
    assert make.python(Path("here")).parts == ("here", "Scripts", "python.exe")


def test_make_and_the_script_have_the_same_commands():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^COMMANDS := (.*)$", makefile, re.MULTILINE)[1].split()
    assert sorted(listed) == sorted(make.COMMANDS)
    told = re.findall(r'@echo "make ([\w-]+) ', makefile)
    assert set(told) == set(make.COMMANDS) - {"format"}


def test_the_script_says_what_it_can_do_without_an_environment():
    command = [sys.executable, str(ROOT / "make.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": ""})
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in make.COMMANDS)


def nameless(call):
    """Whether this opens a text file without saying in which encoding."""
    if getattr(getattr(call.func, "value", None), "id", "") in ("Image", "pdfplumber"):
        return False
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    words = [each.value for each in call.args if isinstance(each, ast.Constant)]
    if name not in ("read_text", "write_text", "open") or "utf-8" in words:
        return False
    binary = name == "open" and any(isinstance(word, str) and "b" in word for word in words)
    return not binary and "encoding" not in {each.arg for each in call.keywords}


def test_files_are_read_and_written_with_a_named_encoding():
    """Without one, Windows takes another than UTF-8."""
    folders = ("analysis_utils", "training", "benchmarks")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{path.name}, line {node.lineno}"
        for path in [*sources, ROOT / "make.py", ROOT / "hatch_build.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and nameless(node)
    ]
    assert found == []
