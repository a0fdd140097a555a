"""The guide for a study of one's own: its commands, run as a reader types them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis_utils.files.workspace import collection

GUIDE = collection() / "docs" / "your-own-study.md"
COPIED = (
    *("analysis_utils", "data", "notebooks", "docs", "jupyter", "benchmarks"),
    *("Makefile", "make.py", "pyproject.toml", "requirements.lock"),
)


def commands():
    """The blocks of commands in the guide, in order."""
    return re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(tmp_path):
    """A copy of the project, set up already, so that nothing is installed."""
    root = tmp_path / "project"
    for name in COPIED:
        source = collection() / name
        skipped = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=skipped)
        else:
            shutil.copy(source, root / name)
    (root / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        (root / ".venv" / part.name).symlink_to(part)
    note = root / ".venv" / "requirements.ready"
    note.unlink(missing_ok=True)
    wanted = "import make; print(make._fingerprint(make.LOCK), end='')"
    done = subprocess.run([sys.executable, "-c", wanted], cwd=root, capture_output=True, check=True)
    note.write_bytes(done.stdout)  # so that `make` takes it for set up
    return root


def run(block, project):
    settings = {
        key: value for key, value in os.environ.items() if not key.startswith(("FRAMING_", "MAKE"))
    }
    # The copy's own package, not the one that this environment was made for.
    settings |= {"PYTHONPATH": str(project), "PYTHON": sys.executable}
    return subprocess.run(
        ["sh", "-ec", block], cwd=project, env=settings, capture_output=True, text=True
    )


def test_the_guide_has_commands_for_every_step():
    told = "".join(commands())
    for step in ("framing new-study", "framing check", "make report STUDY="):
        assert step in told


@pytest.mark.slow
def test_the_guide_works_to_the_letter(project):
    for block in commands():
        done = run(block, project)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    study = project / "data" / "my-study"
    pages = {path.read_bytes() for path in (study / "pages").iterdir()}
    examples = project / "data" / "kaspersky-europol" / "pages"
    assert pages == {path.read_bytes() for path in examples.iterdir()}
    assert "# Whom the articles speak of." in (study / "study.yml").read_text("utf-8")
    build = project / "build" / "my-study"
    assert "RFE/RL" in (build / "report" / "index.html").read_text("utf-8")
    assert list((build / "figures").glob("*.png")) and list((build / "tables").iterdir())
