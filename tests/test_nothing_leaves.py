"""Nothing is sent to anybody, and nothing is left outside the project: by a trace of the system's
calls, which sees what compiled packages do too."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest
from browser import free_port, wait_for

from analysis_utils.files.workspace import collection

pytestmark = pytest.mark.slow

#: Calls that reach another machine, or that make or change a file.
CALLS = "connect,sendto,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink"

#: An address that is asked, and a call that makes or changes a file, as strace prints them.
ASKED = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')
MADE = re.compile(
    r'\b(?:open|openat|creat|mkdir|mkdirat)\((?:AT_FDCWD<([^>]*)>, )?"([^"]+)"'
    r".*?(?:O_WRONLY|O_RDWR|O_CREAT|, 0\d+\)).* = \d+"
)

LOOPBACK = ("127.", "::1")

#: Where a process may write whatever it runs.
SYSTEM = ("/dev/", "/proc/", "/sys/")


class Trace(NamedTuple):
    """What a command did."""

    asked: set[str]
    made: set[str]
    home: list[Path]


def can_trace() -> bool:
    found = shutil.which("strace")
    return (
        bool(found) and subprocess.run([found, "-qq", "true"], capture_output=True).returncode == 0
    )


needs_strace = pytest.mark.skipif(
    not can_trace(), reason="no strace here, or it may not look: install Debian's strace"
)


@pytest.fixture
def traced(tmp_path):
    """Runs a command with an empty home folder; gives the process, then what it did."""
    home, scratch, log = tmp_path / "home", tmp_path / "tmp", tmp_path / "trace"
    for folder in (home, scratch):
        folder.mkdir()
    hidden = ("CI", "JUPYTER", "IPYTHON", "MPLCONFIG", "XDG_", "ORT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    environment = kept | {"HOME": str(home), "TMPDIR": str(scratch)}

    def start(*command, **more):
        flags = ("-f", "-qq", "-y", "--seccomp-bpf", "-s", "400", "-e", f"trace={CALLS}")
        return subprocess.Popen(
            ["strace", *flags, "-o", str(log), *command],
            env=environment | more,
            start_new_session=True,
        )

    def found():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        asked = {f"{host}:{port}" for line in lines for port, host in ASKED.findall(line)}
        made = {os.path.join(*place) for line in lines for place in MADE.findall(line)}
        outside = {place for place in made if not place.startswith((*SYSTEM, str(scratch)))}
        return Trace(asked, outside, sorted(home.rglob("*")))

    return start, found


def strangers(trace):
    """Who was asked outside this machine, and any look-up of a name, wherever it went."""
    return {each for each in trace.asked if not each.startswith(LOOPBACK) or each.endswith(":53")}


@needs_strace
def test_a_trace_would_show_it(traced):
    """The test can fail: one command asks a stranger and writes into the home folder."""
    start, found = traced
    code = (
        "import pathlib, socket; (pathlib.Path.home() / 'left').write_text('here');"
        "s = socket.socket(); s.settimeout(0.1); s.connect_ex(('192.0.2.1', 80))"
    )
    start(sys.executable, "-c", code).wait()
    trace = found()
    assert strangers(trace) == {"192.0.2.1:80"}
    assert [path.name for path in trace.home] == ["left"]
    assert any(place.endswith("/home/left") for place in trace.made)


@needs_strace
def test_a_report_asks_nobody_and_leaves_nothing_elsewhere(traced, study, tmp_path):
    start, found = traced
    build = tmp_path / "build"
    command = (sys.executable, "-m", "analysis_utils", "report")
    assert start(*command, FRAMING_BUILD=str(build)).wait() == 0
    trace = found()
    assert strangers(trace) == set()
    assert trace.home == []
    own = (str(build), str(study.coding_folder))  # results, and sheets to fill in
    assert {place for place in trace.made if not place.startswith(own)} == set()
    assert any(place.startswith(str(build)) for place in trace.made)


@needs_strace
def test_jupyterlab_asks_nobody_and_leaves_nothing_elsewhere(traced, tmp_path):
    start, found = traced
    build, port = tmp_path / "build", free_port()
    options = (
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=",
        "--allow-root", "--ServerApp.disable_check_xsrf=True",
    )  # fmt: skip
    server = start(
        *(sys.executable, "-m", "analysis_utils", "lab", "--", *options), FRAMING_BUILD=str(build)
    )
    try:
        home = f"http://127.0.0.1:{port}"
        wait_for(f"{home}/api", server, tmp_path / "trace")
        for page in ("lab", "lab/api/listings", "lab/api/news", "lab/api/update", "api/contents"):
            urllib.request.urlopen(f"{home}/{page}", timeout=60).close()
        urllib.request.urlopen(f"{home}/api/kernels", data=b'{"name": "python3"}').close()
        time.sleep(5)  # the kernel starts
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    trace = found()
    assert strangers(trace) == set()
    assert trace.home == []
    inside = (str(build), str(collection() / ".ipynb_checkpoints"))
    assert {place for place in trace.made if not place.startswith(inside)} == set()
