"""JupyterLab as `make lab` opens it: layout, settings, and a reader's own layout kept."""

import json
import os

import pytest

from analysis_utils import cli
from analysis_utils.files.workspace import collection, data_folder
from analysis_utils.lab import jupyter as lab
from analysis_utils.study import DEFAULT_STUDY

SETTINGS = collection() / "jupyter/etc/jupyter/labconfig/default_setting_overrides.d/framing.json"


@pytest.fixture
def started(monkeypatch, tmp_path):
    """The options that JupyterLab was started with, in place of starting it."""
    starts = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", starts.append)
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / "workspaces"))
    for name in ("FRAMING_STUDY", "FRAMING_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back after the test
    monkeypatch.chdir(tmp_path)
    return starts


def test_opens_at_the_layout_with_the_study_for_every_kernel(started, tmp_path):
    assert cli.main(["lab", "--study", DEFAULT_STUDY, "--", "--no-browser"]) == 0
    assert started == [[f"--LabApp.default_url={lab.ADDRESS}", "--no-browser"]]
    assert os.environ["FRAMING_STUDY"] == str(data_folder() / DEFAULT_STUDY)
    assert os.getcwd() == str(collection())
    assert (tmp_path / "workspaces" / lab.LAYOUT.name).read_bytes() == lab.LAYOUT.read_bytes()


def test_a_study_that_is_not_there_is_told_before_jupyterlab_starts(started, capsys):
    assert cli.main(["lab", "--study", "nowhere"]) == cli.UNUSABLE
    assert not started
    assert "there is no such study or folder" in capsys.readouterr().err


def test_a_readers_own_layout_is_kept(tmp_path):
    lab.lay_out(tmp_path)
    (tmp_path / lab.LAYOUT.name).write_text("{}", encoding="utf-8")
    lab.lay_out(tmp_path)
    assert (tmp_path / lab.LAYOUT.name).read_text(encoding="utf-8") == "{}"


def test_the_layout_is_found_under_its_name_and_shows_a_notebook_that_exists():
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    layout = WorkspacesManager(str(lab.LAYOUT.parent)).load(lab.ADDRESS.rpartition("/")[2])
    opened = [each["data"] for name, each in layout["data"].items() if name.startswith("notebook:")]
    assert [each["path"] for each in opened] == ["notebooks/0_findings.ipynb"]
    assert (collection() / opened[0]["path"]).is_file()


def test_jupyterlab_knows_every_setting_and_has_it_as_default():
    from jupyterlab.commands import get_app_dir
    from jupyterlab_server.settings_utils import get_settings

    schemas = os.path.join(get_app_dir(), "schemas")
    for plugin, wanted in json.loads(SETTINGS.read_text(encoding="utf-8")).items():
        known, _ = get_settings("", schemas, "", plugin, overrides={})
        now, _ = get_settings("", schemas, "", plugin)
        for name, value in wanted.items():
            assert "type" in known["schema"]["properties"][name], f"{plugin} {name}"
            default = now["schema"]["properties"][name]["default"]
            assert default == value or value.items() <= default.items()
