"""What the tests share: the default study, its hand codes and its tables.

While they run nobody else is asked for anything, and the home folder stays empty.
"""

import os
import sys

import pytest
from hypothesis import settings

from analysis_utils.files.workspace import collection, data_folder, own_folders
from analysis_utils.study import DEFAULT_STUDY, read_study

# No test hangs on the speed of the machine; on a shared one, each run tries the same examples.
settings.register_profile("here", deadline=None)
settings.register_profile("shared", deadline=None, derandomize=True)
settings.load_profile("shared" if os.environ.get("CI") else "here")


def pytest_configure(config):
    sys.addaudithook(refuse_strangers)


def refuse_strangers(event, arguments):
    """Let nothing be asked of another machine: an audit hook of Python."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        stranger = arguments[1][0]
    elif event == "socket.getaddrinfo":
        stranger = arguments[0]
    else:
        return
    if str(stranger) not in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "None", ""):
        raise PermissionError(f"a test asks {stranger} for something")


@pytest.fixture(scope="session", autouse=True)
def home_folder(tmp_path_factory):
    """An empty home folder, which is empty after the tests too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "CI"):
            patch.delenv(name, raising=False)
        yield home
    left = sorted(str(path.relative_to(home)) for path in home.rglob("*"))
    assert left == [], f"the tests left files in the home folder: {', '.join(left)}"


@pytest.fixture(scope="session", autouse=True)
def build_folder(tmp_path_factory):
    """A build folder for this run, so that no test reads or writes the project's own."""
    folder = tmp_path_factory.mktemp("build")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_BUILD", str(folder))
        for name in ("FRAMING_STUDY", "FRAMING_WORKSPACE"):
            patch.delenv(name, raising=False)
        for name, place in own_folders().items():
            patch.setenv(name, place)
        yield folder


@pytest.fixture(autouse=True)
def no_study_for_another_test():
    """The command names its study in the environment: no other test goes by it."""
    before = os.environ.get("FRAMING_STUDY")
    yield
    if before is None:
        os.environ.pop("FRAMING_STUDY", None)
    else:
        os.environ["FRAMING_STUDY"] = before


@pytest.fixture(scope="session")
def study():
    """The default study."""
    return read_study(data_folder() / DEFAULT_STUDY)


@pytest.fixture(scope="session")
def codes(study):
    """The hand codes by name: ``codes("sentences")``."""
    return study.codes


@pytest.fixture(scope="session")
def corpus(study):
    """The tables of the default study, made once a run."""
    from analysis_utils.annotation.corpus import (
        load_corpus,  # heavy: only for tests that ask for it
    )

    return load_corpus(study)


@pytest.fixture(scope="module")
def page():
    """A page of Chromium."""
    from browser import browser_page, find_chromium

    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium here: install Debian's chromium, or name it in CHROMIUM")
    with api.sync_playwright() as playwright, browser_page(playwright, chromium) as page:
        yield page


@pytest.fixture
def tab(page):
    """Another page of the same browser."""
    tab = page.context.new_page()
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def report(study, tmp_path_factory):
    """The default study's report, from the notebooks' outputs as committed."""
    from browser import report_of

    from analysis_utils.report.notebooks import Run, find_notebooks, read_notebook

    paths = find_notebooks(collection() / "notebooks")
    runs = [Run(path, read_notebook(path)) for path in paths]
    return report_of(study, runs, tmp_path_factory.mktemp("report"))


def pytest_collection_modifyitems(items):
    """Fast tests first, so that most faults show within seconds."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
