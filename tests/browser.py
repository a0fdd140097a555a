"""A real JupyterLab in a real browser: what the browser tests drive.

The browser is Chromium, from ``CHROMIUM`` or where systems put it.  JupyterLab is
started by ``framing lab`` with settings and folders of its own.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from analysis_utils.files.workspace import collection
from analysis_utils.report import notebooks
from analysis_utils.report.pages import saved_figures
from analysis_utils.report.report import FIGURE_FILES, build_report

#: Headless; asks nothing of the network by itself; works as root and in small containers.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip

#: Milliseconds that a page, and seconds that a server or a kernel may take: for a busy machine.
PATIENCE, LONG = 120_000, 300

#: Size of the window, and the height that a picture of a whole notebook may have.
WINDOW, MOST_HEIGHT = {"width": 1400, "height": 1000}, 15_000

#: In JavaScript: the notebook in front, and its kernel.
PANEL = "jupyterapp.shell.currentWidget"
KERNEL = f"{PANEL}.sessionContext.session?.kernel"

#: What a view shows below its controls.
SHOWN = ".framing-shown"

#: A complaint of JupyterLab that is these tests' own doing: they end kernels at once, while it
#: still asks them what they can do (its debugger, and its list of what runs beside).
OWN_DOING = re.compile(r"Canceled future for (debug|create_subshell)_request")


def find_chromium() -> str | None:
    """Path of Chromium, None if there is none."""
    named = os.environ.get("CHROMIUM")
    places = [named] if named else ["/usr/bin/chromium", "chromium", "chromium-browser"]
    return next(filter(None, map(shutil.which, places)), None)


@dataclass
class Watch:
    """What a page did that nobody asked it to."""

    errors: list[str] = field(default_factory=list)  #: errors of its scripts and its console
    dialogs: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)  #: requests to other hosts

    def on(self, page, home: str):
        """Watch a page from now on; requests that do not begin with home are noted."""
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", self._hear)
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self._follow(request.url, home))
        page.on("websocket", lambda socket: self._follow(socket.url, home))
        return self

    def unasked(self) -> list[str]:
        """All of it since the last call."""
        told = [*self.errors, *self.dialogs, *self.strangers]
        for each in (self.errors, self.dialogs, self.strangers):
            each.clear()
        return told

    def _hear(self, message) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location.get('url', '')})")

    def _note(self, error: str) -> None:
        if not OWN_DOING.search(error):
            self.errors.append(error)

    def _dismiss(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _follow(self, address: str, home: str) -> None:
        if not address.replace("ws:", "http:", 1).startswith((home, "data:", "blob:")):
            self.strangers.append(address)


@contextmanager
def lab_server(folder: Path):
    """JupyterLab on a copy of the notebooks in a folder; yields the address of its first page."""
    root, settings = folder / "project", folder / "settings"
    shutil.copytree(collection() / "notebooks", root / "notebooks")
    port, token = free_port(), secrets.token_hex(16)
    options = (
        "--no-browser", "--allow-root", f"--ServerApp.root_dir={root}", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
    )  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "analysis_utils", "lab", "--", *options],
            env=os.environ | _own_folders(settings),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api?token={token}", server, folder / "server.log")
            yield f"{address}/?token={token}"
        finally:
            _stop(server)


def _own_folders(settings: Path) -> dict[str, str]:
    """Nobody's own settings, layouts and start-up files."""
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "lab",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {name: str(settings / folder) for name, folder in names.items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + LONG
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGTERM)  # it ends its kernels, then itself
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@contextmanager
def browser_page(playwright, chromium: str):
    """A page of a new Chromium; nothing that it shows waits longer than :data:`PATIENCE`."""
    with tempfile.TemporaryDirectory(prefix="framing-", ignore_cleanup_errors=True) as home:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env=os.environ | {"HOME": home}
        )
        page = browser.new_context(viewport=dict(WINDOW)).new_page()
        page.set_default_timeout(PATIENCE)
        try:
            yield page
        finally:
            browser.close()


def open_lab(page, address: str) -> None:
    """Open JupyterLab and wait until its layout stands."""
    page.goto(address)
    page.wait_for_function("window.jupyterapp !== undefined")
    page.evaluate("window.jupyterapp.restored.then(() => true)")


def open_notebook(page, name: str, study: Path | None = None) -> None:
    """Open a notebook in place of the one in front, and wait for its kernel, which can be given
    another study."""
    page.evaluate(
        f"""async path => {{
            const before = {PANEL};
            await before?.sessionContext?.ready;
            await before?.sessionContext?.shutdown();
            before?.dispose();  // unsaved
            const options = {{path, factory: 'Notebook'}};
            const panel = await jupyterapp.commands.execute('docmanager:open', options);
            await panel.context.ready;
            await panel.sessionContext.ready;
        }}""",
        f"notebooks/{name}.ipynb",
    )
    wait_until_idle(page)
    if study:
        code = f"import os; os.environ['FRAMING_STUDY'] = {str(study)!r}"
        page.evaluate(f"async code => {{ await {KERNEL}.requestExecute({{code}}).done }}", code)


def wait_until_idle(page) -> None:
    """Wait until the kernel of the notebook in front has nothing left to do."""
    page.wait_for_function(f"{KERNEL}?.status === 'idle'")


def run_all(page) -> None:
    """Run the cells of the notebook in front, up to the first that fails."""
    _command(page, "notebook:run-all-cells")


def run_cell(page, place: int) -> None:
    """Run one cell, counted from 0."""
    page.evaluate(f"place => {{ {PANEL}.content.activeCellIndex = place }}", place)
    _command(page, "notebook:run-cell")


def _command(page, name: str) -> None:
    """A command of JupyterLab, done when its cells are; an error if that takes too long."""
    page.evaluate(
        """([name, limit]) => Promise.race([
            jupyterapp.commands.execute(name).then(() => true),
            new Promise((_, fail) => setTimeout(() => fail(`${name} did not end`), limit)),
        ])""",
        [name, LONG * 1000],
    )
    wait_until_idle(page)


def notebook(page) -> NotebookNode:
    """The notebook in front, with its outputs."""
    text = page.evaluate(f"JSON.stringify({PANEL}.content.model.toJSON())")
    return nbformat.reads(text, as_version=4)


def errors(page) -> list[str]:
    """What went wrong in the cells of the notebook in front."""
    outputs = [output for cell in notebook(page).cells for output in cell.get("outputs", [])]
    return [f"{each.ename}: {each.evalue}" for each in outputs if each.output_type == "error"]


def photograph(page, file: Path) -> None:
    """Save a picture of the notebook in front from its top, as much of it as fits."""
    scroller = f"{PANEL}.content.node.querySelector('.jp-WindowedPanel-outer')"
    height = page.evaluate(f"{scroller}.scrollHeight")
    page.set_viewport_size(WINDOW | {"height": min(height + 150, MOST_HEIGHT)})
    page.evaluate(f"{scroller}.scrollTop = 0")
    page.wait_for_timeout(500)  # pictures and widgets are laid out anew
    page.screenshot(path=file)
    page.set_viewport_size(WINDOW)


def the_view(page, name: str):
    """A view for exploring, by its name."""
    return page.locator(f".framing-view-{name}")


def shown(view) -> str:
    """What a view shows below its controls."""
    return view.locator(SHOWN).inner_html()


def choose(view, label: str, option) -> None:
    """Use a control as a reader does, and wait until the view shows something else.

    A list takes the text or the place of an option, or several of them; a box yes or no; a
    field its text.
    """
    before = shown(view)
    control = view.get_by_label(label, exact=True)
    kind = control.evaluate("element => element.type")
    if kind == "checkbox":
        control.set_checked(option)
    elif kind.startswith("select"):
        wanted = option if isinstance(option, list) else [option]
        control.select_option(**{"index" if isinstance(wanted[0], int) else "label": wanted})
    else:
        control.fill(option)
        control.press("Enter")
    view.page.wait_for_function(
        "([element, before]) => element.innerHTML !== before",
        arg=[view.locator(SHOWN).element_handle(), before],
    )
    wait_until_idle(view.page)


def report_of(study, runs, folder):
    """The report's pages, of notebooks that have been run, as if all figures were saved."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_BUILD", str(folder))
        patch.setattr(notebooks, "run_notebooks", lambda *_: (run for run in runs))
        study.figures_folder.mkdir(parents=True)
        for name in (each for run in runs for each in saved_figures(run.notebook)):
            for kind in FIGURE_FILES:
                (study.figures_folder / f"{name}.{kind}").touch()
        index = build_report(study, [run.path for run in runs]).index
    return sorted(index.parent.glob("*.html"))
