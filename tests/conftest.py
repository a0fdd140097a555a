"""What the tests share: the default study, its hand codes and its tables."""

import os

import pytest
from hypothesis import settings

from analysis_utils.study import DEFAULT_STUDY, read_study
from analysis_utils.workspace import data_folder

# No test hangs on the speed of the machine; on a shared one, each run tries the same examples.
settings.register_profile("here", deadline=None)
settings.register_profile("shared", deadline=None, derandomize=True)
settings.load_profile("shared" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def build_folder(tmp_path_factory):
    """A build folder for this run, so that no test reads or writes the project's own."""
    folder = tmp_path_factory.mktemp("build")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_BUILD", str(folder))
        patch.delenv("FRAMING_STUDY", raising=False)
        yield folder


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
    from analysis_utils.corpus import load_corpus  # heavy: only for tests that ask for it

    return load_corpus(study)


def pytest_collection_modifyitems(items):
    """Fast tests first, so that most faults show within seconds."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
