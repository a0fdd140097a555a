"""The package works from a wheel, in any folder, and leaves what it was installed from alone."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from analysis_utils.files import workspace
from analysis_utils.files.workspace import WorkspaceError, collection
from analysis_utils.study import DEFAULT_STUDY

pytestmark = pytest.mark.slow

JUPYTER_FILES = str(Path(sys.prefix, "share", "jupyter"))

#: A folder as people name theirs.
FOLDER = "Meine Ümläute & 1 Straße"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package's wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", str(folder)], cwd=collection(), check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel; what it needs is read from this environment."""
    venv = tmp_path_factory.mktemp("environment") / FOLDER
    binaries = venv / ("Scripts" if os.name == "nt" else "bin")
    # pip asks a Rust compiler on the path for its version, which may write into the home folder.
    alone = os.environ | {"PATH": str(binaries)}
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, env=alone)
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    subprocess.run([binaries / "python", *install], check=True, env=alone)
    packages = subprocess.run(
        [binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    Path(packages, "rest.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return binaries, Path(packages, "analysis_utils")


@pytest.fixture
def framing(installed, tmp_path):
    """Runs the command of the installed package in a folder, as from a fresh shell."""
    binaries, _ = installed

    def run(*words, at=tmp_path):
        hidden = ("FRAMING", "JUPYTER", "IPYTHON", "MPLCONFIG", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        return subprocess.run(
            [binaries / "framing", *words],
            cwd=at,
            # What Jupyter's packages bring besides code lies in the environment that they are in.
            env=kept | {"PYTHONDONTWRITEBYTECODE": "1", "JUPYTER_PATH": JUPYTER_FILES},
            capture_output=True,
            text=True,
        )

    return run


def contents(folder):
    return {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_wheel_holds_what_is_read_and_no_more(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    held = {name.removeprefix("analysis_utils/collection/") for name in names}
    for name in ("notebooks/0_findings.ipynb", f"data/{DEFAULT_STUDY}/study.yml", "CITATION.cff"):
        assert name in held
    assert "benchmarks/results/target_sentiment.csv" in held
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert any(name.endswith("LICENSE-Apache-2.0.txt") for name in licences) and len(licences) > 1
    assert not [name for name in names if name.startswith(("tests/", "training/"))]
    assert not [name for name in names if "checkpoint" in name or ".nbconvert." in name]


def test_a_started_folder_is_the_workspace(framing, installed, tmp_path):
    _, package = installed
    before = contents(package)
    done = framing("start", FOLDER)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / FOLDER
    done = framing("report", "0", "8", at=folder)
    assert done.returncode == 0, done.stderr
    report = folder / "build" / DEFAULT_STUDY / "report"
    assert {path.name for path in report.iterdir()} >= {"index.html", "8_validity.html"}
    pages = [tmp_path / name for name in ("herald.txt", "times.txt")]
    for page in pages:
        page.write_text("The mayor opened the bridge. " * 20, encoding="utf-8")
    wanted = [word for page in pages for word in ("--page", f"{page.stem}={page}")]
    done = framing("new-study", "brücke", *wanted, at=folder / "notebooks")
    assert done.returncode == 0, done.stderr
    assert (folder / "data" / "brücke" / "study.yml").is_file()
    assert contents(package) == before


def test_a_folder_without_anything_tells_the_default_study(framing, installed, tmp_path):
    _, package = installed
    before = contents(package)
    done = framing("report", "0")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "build" / DEFAULT_STUDY / "report" / "index.html").is_file()
    assert contents(package) == before


def test_start_changes_nothing_that_is_there(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="already data/ in it"):
        workspace.start(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["data", "mine.txt"]


def test_start_that_fails_leaves_no_half(tmp_path, monkeypatch):
    def full(source, target):
        target.mkdir(parents=True)
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(workspace, "_copied", full)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        workspace.start(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("moves", [0, 1])
def test_a_start_that_was_killed_between_its_moves_is_completed(tmp_path, monkeypatch, moves):
    workspace.start(tmp_path / "whole")
    folder = tmp_path / "killed"
    rename = Path.rename
    done = []

    def killed(path, target):
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(path)
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.start(folder)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    workspace.start(folder)
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"
    (folder / "mine.txt").unlink()
    made, whole = (
        {path.relative_to(place): path.read_bytes() for path in contents(place)}
        for place in (folder, tmp_path / "whole")
    )
    assert made == whole


def test_a_start_takes_no_changed_file_for_one_of_its_own(tmp_path):
    workspace.start(tmp_path)
    (tmp_path / "notebooks").rename(tmp_path / "away")
    changed = tmp_path / "data" / DEFAULT_STUDY / "study.yml"
    changed.write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="already data/ in it"):
        workspace.start(tmp_path)
    assert changed.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "notebooks").exists()


def test_nobodys_own_sheets_are_copied_wherever_the_collection_lies(tmp_path, monkeypatch):
    place = tmp_path / "coding" / "project"
    for name in ("notebooks/0_start.ipynb", "data/bridge/study.yml", "data/bridge/coding/ann.csv"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(workspace, "collection", lambda: place)
    workspace.start(tmp_path / "new")
    found = {path.name for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert found == {"0_start.ipynb", "study.yml", "README.md"}


def test_the_workspace_is_found_from_its_notebooks(tmp_path, monkeypatch):
    workspace.start(tmp_path)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert workspace.workspace() == tmp_path
    monkeypatch.setenv("FRAMING_WORKSPACE", str(tmp_path / "other"))
    assert workspace.workspace() == tmp_path / "other"
