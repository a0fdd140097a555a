"""Runs notebooks, several at once, each in a kernel of its own.

A run never touches the file it came from.  :func:`as_text` gives an executed
notebook the same bytes in every run, and :func:`save` puts it in place of the
file, for outputs that are to be committed.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from traitlets.config import Config

from analysis_utils.files.locks import UNATTENDED
from analysis_utils.files.workspace import own_folders, workspace
from analysis_utils.files.writing import scratch_folder, write_whole

KERNEL = "python3"

#: The collection's own notebooks, in reading order.
COLLECTION = (
    *("0_findings", "1_term_contrast", "2_actor_sentiment", "3_coverage", "4_voices"),
    *("5_portrayal", "6_frames", "7_cleaning", "8_validity"),
)

#: Seconds a kernel may take to start: generous, for a busy or a cold machine.
START_LIMIT = 180

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": KERNEL},
    # What `nbconvert --to script` names its file by, and other tools colour the code by.
    "language_info": {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}

#: Terminal colours in tracebacks.
_ANSI = re.compile(r"\x1b\[[0-9;]*m")

#: The line that a traceback points at, as in ``----> 2 plot(table)``.
_FAILING_LINE = re.compile(r"^-+> \d+ (.*)$", re.MULTILINE)

#: The made-up file name that a syntax error gives a cell.
_CELL_FILE = re.compile(r"\(\d+\.py, line (\d+)\)")


#: A cell that opens a part of its notebook.
_HEADING = re.compile(r"##? ")


class NotebookError(Exception):
    """A notebook, or the folder of the notebooks, cannot be read."""


@dataclass(frozen=True)
class Failure:
    """Where a notebook stopped, and why."""

    cell: int  #: code cells counted from 1, as the number in ``[3]:``; 0 if none was reached
    error: str
    line: str = ""  #: the line of the cell that failed, where it is known

    def __str__(self) -> str:
        place = f"code cell {self.cell}: " if self.cell else ""
        return f"{place}{self.error}"


@dataclass(frozen=True)
class Run:
    """A notebook as it stood after a run."""

    path: Path
    notebook: NotebookNode
    failure: Failure | None = None


def find_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of the numbers they begin with.

    Raises
    ------
    NotebookError
        If the folder is missing or holds no notebook.
    """
    if not folder.is_dir():
        raise NotebookError(f"{folder}: there is no such folder of notebooks.")
    paths = sorted(folder.glob("*.ipynb"), key=_place)
    if not paths:
        raise NotebookError(f"{folder}: there are no notebooks (*.ipynb) in this folder.")
    return paths


def _place(path: Path) -> tuple[float, str]:
    number = re.match(r"\d+", path.name)
    return (int(number[0]) if number else float("inf"), path.name)


def read_notebook(path: Path) -> NotebookNode:
    """A notebook from its file; cells without an id get one from their place.

    Raises
    ------
    NotebookError
        If the file is missing or is no notebook of format 4.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["nbformat"] != 4:
            raise NotebookError(f"{path}: save it from JupyterLab as a notebook of format 4.")
        for number, cell in enumerate(content["cells"], start=1):
            cell.setdefault("id", f"cell-{number}")
        content["nbformat_minor"] = max(5, content.get("nbformat_minor", 0))
        notebook = nbformat.reads(json.dumps(content), as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise NotebookError(f"{path}: there is no such notebook.") from None
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise NotebookError(
            f"{path}: this is no readable notebook ({type(error).__name__}: {reason})."
            " Open it in JupyterLab and save it again, or take it from the repository anew."
        ) from None
    return notebook


def run_notebooks(paths: Iterable[Path], study_folder: Path, workers: int = 2) -> Generator[Run]:
    """Run notebooks on a study and yield each as soon as it is done.

    A notebook that fails yields a :class:`Run` with its failure, and the
    others go on.  Files are only read.  If the caller stops early, the
    kernels that are still running are ended.

    Parameters
    ----------
    paths
        The notebooks; each kernel works in its notebook's folder, as in JupyterLab.
    study_folder
        Handed to the kernels as ``FRAMING_STUDY``.
    workers
        How many run at once.
    """
    clients: list[NotebookClient] = []
    with scratch_folder(Path(tempfile.gettempdir()), "framing") as settings:
        environment = kernel_environment(study_folder, str(settings))
        with ThreadPoolExecutor(max(1, workers)) as pool:
            # Those with most output take longest: begun first, none is left alone at the end.
            largest_first = sorted(paths, key=_size, reverse=True)
            jobs = [
                pool.submit(_run, path, environment, settings, clients) for path in largest_first
            ]
            try:
                for job in as_completed(jobs):
                    yield job.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                _end_kernels(jobs, clients)
                raise


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def kernel_environment(study_folder: Path, settings: str) -> dict[str, str]:
    """The environment of the kernels: the caller's, less what would change results."""
    return {
        **os.environ,
        **own_folders(),
        "FRAMING_STUDY": str(Path(study_folder).absolute()),
        "FRAMING_WORKSPACE": str(workspace()),
        "IPYTHONDIR": settings,  # nobody's own start-up files and settings
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "FRAMING_VIEWS": "static",  # nobody is there to click
        UNATTENDED: "yes",
        # The notebooks are what runs at once: one thread each leaves the processors to them.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _run(
    path: Path, environment: dict[str, str], settings: Path, clients: list[NotebookClient]
) -> Run:
    try:
        notebook = without_outputs(read_notebook(path))
    except NotebookError as error:
        return Run(path, _unreadable(path), Failure(0, str(error).removeprefix(f"{path}: ")))
    client = _client(notebook, path.parent, settings)
    clients.append(client)
    try:
        client.execute(env=environment)
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
        failure = _failure(error, client.code_cells_executed, notebook)
        return Run(path, normalised(notebook), failure)
    return Run(path, normalised(notebook))


class _Client(NotebookClient):
    """Ends its kernel once: nbclient fails where a kernel that died while it started is ended again
    when Python ends."""

    async def _async_cleanup_kernel(self) -> None:
        if self.km is not None:
            await super()._async_cleanup_kernel()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)


def _client(notebook: NotebookNode, folder: Path, settings: Path) -> NotebookClient:
    config = Config()
    # Where it goes with all else, whatever becomes of this process.
    config.KernelManager.connection_file = str(settings / f"{uuid4()}.json")
    # Other users of the machine must not read along; without it kernels also warn.
    config.KernelManager.transport_encryption = "auto"
    return _Client(
        notebook,
        config=config,
        kernel_name=KERNEL,
        timeout=None,
        startup_timeout=START_LIMIT,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # how output is cut into messages differs from run to run
        shutdown_kernel="immediate",  # nothing is left to do once the last cell is done
        resources={"metadata": {"path": str(folder)}},
    )


def _end_kernels(jobs: list[Future], clients: list[NotebookClient]) -> None:
    """End kernels until no notebook runs: one that is just starting can be ended only then."""
    running = {job for job in jobs if not job.cancelled()}  # those are never told to be done
    while running:
        for client in list(clients):
            _end_kernel(client)
        running = wait(running, timeout=0.1).not_done


def _end_kernel(client: NotebookClient) -> None:
    provisioner = client.km and client.km.provisioner
    if provisioner and provisioner.has_process:
        run_sync(provisioner.kill)()


def _failure(error: Exception, cell: int, notebook: NotebookNode) -> Failure:
    if isinstance(error, DeadKernelError):
        return Failure(cell, "the kernel died, which mostly means that memory ran out")
    if isinstance(error, CellExecutionError):
        message = _ANSI.sub("", f"{error.ename}: {error.evalue}").strip().removesuffix(":")
        return Failure(cell, _CELL_FILE.sub(r"(line \1)", message), _failing_line(notebook))
    return Failure(cell, str(error))


def _failing_line(notebook: NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    errors = [output for output in outputs if output.output_type == "error"]
    traceback = "\n".join(line for error in errors for line in error.traceback)
    found = _FAILING_LINE.search(_ANSI.sub("", traceback))
    return found[1].strip() if found else ""


def _unreadable(path: Path) -> NotebookNode:
    heading = nbformat.v4.new_markdown_cell(f"# {path.name}", id="cell-1")
    return normalised(nbformat.v4.new_notebook(cells=[heading]))


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """The notebook as if never run, so that a failed one shows no older outputs."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def normalised(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs between machines and runs; changes it in place.

    Timings, widget states, view settings and the exact version of Python go;
    cell ids, tags, outputs and their metadata stay.  Each heading of the first two levels
    begins a slide, for `nbconvert --to slides`.
    """
    notebook.metadata = nbformat.from_dict(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(_cell_metadata(cell))
    return notebook


def _cell_metadata(cell: NotebookNode) -> dict:
    tags = cell.metadata.get("tags")
    kept = {"tags": tags} if tags else {}
    if cell.cell_type == "markdown" and _HEADING.match(cell.source):
        kept["slideshow"] = {"slide_type": "slide"}
    return kept


def as_text(notebook: NotebookNode) -> str:
    """The content of the notebook's file, the same in every run."""
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def save(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook into its file."""
    write_whole(path, as_text(notebook).encode())
