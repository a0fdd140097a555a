"""The ``framing`` command.

Heavy modules are imported by the sub-command that needs them, so that
``framing --help`` answers at once.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils import __version__
from analysis_utils.files.stopping import exit_code, stoppable
from analysis_utils.own_study.commands import add_study_commands

if TYPE_CHECKING:
    from analysis_utils.report.notebooks import Run
    from analysis_utils.study import Study

#: Exit codes: a notebook failed or differs; the command cannot start.
FAILED, UNUSABLE = 1, 2

#: More notebooks than this at once would be short of memory on a common laptop.
MOST_WORKERS = 4

#: Errors that no code can help: no space, no permission.  Any other keeps its traceback.
MACHINE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


class BuildFolderError(Exception):
    """Nothing can be written where results go."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0 done, 1 a notebook failed, 2 bad input.

    If it is stopped from outside, it clears away what it began, and the code is 128 and the
    number of the signal.
    """
    options = _parser().parse_args(arguments)
    if options.study:
        os.environ["FRAMING_STUDY"] = options.study
    try:
        with stoppable():
            return options.command(options)
    except KeyboardInterrupt as stopped:
        with suppress(OSError):  # a terminal that was closed takes no words
            _say("Stopped.")
        return exit_code(stopped)
    except Exception as error:
        if isinstance(error, _known_errors()):
            _say(str(error))
        elif isinstance(error, OSError) and error.errno in MACHINE_ERRORS:
            _say(_unusable_file(error))
        else:
            raise
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="framing", description="How news outlets tell the same event differently."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    purpose = "run the notebooks on a study and build its report"
    report = _add_command(commands, _report, "report", purpose)
    told = "put the articles' pages into the archive for replication too"
    report.add_argument("--with-articles", action="store_true", help=told)
    _add_command(
        commands,
        _run,
        "run",
        "run notebooks and write the outputs into their files, to be committed",
    )
    _add_command(
        commands, _compare, "compare", "rerun notebooks and compare with the outputs in their files"
    )
    add_study_commands(commands)
    _add_start(commands)
    _add_coding_sheet(commands)
    _add_lab(commands)
    return parser


def _new_command(commands, function, name: str, purpose: str) -> argparse.ArgumentParser:
    """A command of its own, with what all commands take."""
    parser = commands.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    parser.set_defaults(command=function)
    parser.add_argument(
        "--study",
        metavar="NAME_OR_FOLDER",
        help="a study under data/, or the folder of one (FRAMING_STUDY, else the default study)",
    )
    return parser


def _add_command(commands, function, name: str, purpose: str) -> argparse.ArgumentParser:
    """A command that runs notebooks."""
    parser = _new_command(commands, function, name, purpose)
    parser.add_argument(
        "notebook",
        nargs="*",
        help="notebook to run: a file, or its name or number in the folder of notebooks (all)",
    )
    parser.add_argument(
        "--notebooks", type=Path, metavar="FOLDER", help="folder of the notebooks (notebooks/)"
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        default=min(MOST_WORKERS, os.cpu_count() or 1),
        metavar="N",
        help="how many notebooks run at once (one a processor, four at most)",
    )
    return parser


def _add_coding_sheet(commands) -> None:
    purpose = "write sheets of sentences, mentions and quotes for people to code"
    parser = _new_command(commands, _coding_sheet, "coding-sheet", purpose)
    parser.add_argument(
        "--unit",
        choices=("sentences", "mentions", "quotes", "all"),
        default="all",
        help="what to code (all)",
    )
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "both"), default="both", help="file format (both)"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the sheets go (the folder coding in the study's own)"
    )
    parser.add_argument("--coder", default="coder1", help="name of the coder (coder1)")
    parser.add_argument(
        "--sample",
        type=_count,
        metavar="N",
        help="how many of each kind, drawn at random (all there are)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="the same seed draws the same ones for every coder (0)"
    )


def _add_lab(commands) -> None:
    parser = _new_command(commands, _lab, "lab", "explore the notebooks in JupyterLab")
    parser.add_argument(
        "options", nargs="*", metavar="OPTION", help="options of JupyterLab, after --"
    )


def _add_start(commands) -> None:
    purpose = "make a workspace: the notebooks and the default study in a folder of your own"
    parser = commands.add_parser("start", help=purpose, description=f"M{purpose[1:]}.")
    parser.set_defaults(command=_start, study=None)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="FOLDER", help="where to (here)"
    )


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of rows: give 1 or more")
    return int(value)


def _workers(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of notebooks: give 1 or more")
    return int(value)


def _report(options: argparse.Namespace) -> int:
    from analysis_utils.report.report import build_report

    study, paths = _inputs(options)
    report = build_report(study, paths, options.workers, with_articles=options.with_articles)
    _say_failures(report.failed, len(paths))
    print(f"Report: {report.index}")
    return FAILED if report.failed else 0


def _run(options: argparse.Namespace) -> int:
    from analysis_utils.report.notebooks import save

    runs = _finished_runs(options)
    for run in runs:
        if not run.failure:
            save(run.notebook, run.path)
    failed = [run for run in runs if run.failure]
    _say_failures(failed, len(runs), "Their files were left as they are.")
    return FAILED if failed else 0


def _compare(options: argparse.Namespace) -> int:
    from analysis_utils.report.check_notebooks import compare_notebooks
    from analysis_utils.report.notebooks import read_notebook

    runs = _finished_runs(options)
    failed = [run for run in runs if run.failure]
    differences = [
        f"{run.path.name}, {difference}"
        for run in runs
        if not run.failure
        for difference in compare_notebooks(read_notebook(run.path), run.notebook)
    ]
    _say_failures(failed, len(runs))
    for difference in differences:
        _say(difference)
    if differences:
        _say("If the new outputs are right, write them into the files with `framing run`.")
    return FAILED if failed or differences else 0


def _coding_sheet(options: argparse.Namespace) -> int:
    from analysis_utils.annotation.corpus import load_corpus
    from analysis_utils.files.writing import remove_left_over
    from analysis_utils.study import current_study
    from analysis_utils.themes.validity.coding_sheets import FORMATS, UNITS, sheets_in, write_sheets

    study = current_study()
    _prepare(study)
    folder = options.folder or study.coding_folder
    remove_left_over(folder)
    if former := sheets_in(study.build_folder / "coding"):
        _say(
            f"{former[0].parent}: here lie sheets of an earlier version ({len(former)}), among"
            f" results that are made anew. If somebody has filled them in, move them to {folder}."
        )
    written = write_sheets(
        load_corpus(study),
        folder,
        UNITS if options.unit == "all" else (options.unit,),
        FORMATS if options.format == "both" else (options.format,),
        options.coder,
        options.sample,
        options.seed,
    )
    for path in written:
        print(f"Sheet: {path}")
    if not written:
        _say("There is nothing of this kind to code in this study.")
    return 0


def _start(options: argparse.Namespace) -> int:
    from analysis_utils.files.workspace import start

    placed = start(options.folder)
    for path in placed:
        print(path)
    print(f"In {options.folder.absolute()}: framing report")
    return 0


def _lab(options: argparse.Namespace) -> int:
    from analysis_utils.lab.jupyter import open_lab
    from analysis_utils.study import current_study

    study = current_study()
    _claim_build_folder(study)
    open_lab(study, options.options)
    return 0


def _inputs(options: argparse.Namespace) -> tuple[Study, list[Path]]:
    from analysis_utils.files.workspace import notebooks_folder, own_folders
    from analysis_utils.files.writing import remove_left_over
    from analysis_utils.study import current_study

    folder = options.notebooks or notebooks_folder()
    study = current_study()
    paths = choose_notebooks(folder, options.notebook, whole_folder=bool(options.notebooks))
    _prepare(study)
    os.environ |= own_folders()  # for what Jupyter writes in this process
    for place in {path.parent for path in paths}:
        remove_left_over(place)
    return study, paths


def _prepare(study: Study) -> None:
    """Get the build folder ready: ours, without what dead runs left, with a cache that is whole."""
    from analysis_utils.files.kept import remove_damaged
    from analysis_utils.files.writing import remove_left_over

    _claim_build_folder(study)
    remove_left_over(study.build_folder, deep=True)
    remove_left_over(Path(tempfile.gettempdir()))
    remove_damaged(study.build_folder / "cache" / "figures")
    _read_pages_once(study)


def _claim_build_folder(study: Study) -> None:
    try:
        study.claim_build_folder()
    except OSError as error:
        raise BuildFolderError(_unusable_file(error)) from error


def _read_pages_once(study: Study) -> None:
    """Fill the cache before the notebooks start, so that they need not each read the pages,
    and a page that cannot be read is told once."""
    from analysis_utils.annotation.corpus import is_cached, load_corpus

    if not is_cached(study):
        _say(f"Reading the pages of {study.name} ...")
        load_corpus(study)


def choose_notebooks(folder: Path, wanted: Sequence[str], whole_folder: bool = False) -> list[Path]:
    """The notebooks meant by files, names or numbers.

    If none is given, those of the collection in the folder, or all that are there.

    Raises
    ------
    NotebookError
        If one is not there, with the names of those that are.
    """
    from analysis_utils.report.notebooks import COLLECTION, NotebookError, find_notebooks

    if wanted and all(Path(name).is_file() for name in wanted):
        return [Path(name).absolute() for name in wanted]
    there = find_notebooks(folder.absolute())
    if not wanted:
        own = [path for path in there if path.stem in COLLECTION]
        return there if whole_folder else own or there
    chosen = []
    for name in wanted:
        fits = [path for path in there if name in (path.name, path.stem, path.stem.split("_")[0])]
        if not fits and not Path(name).is_file():
            names = ", ".join(path.stem for path in there)
            raise NotebookError(f"{name}: there is no such notebook. Notebooks: {names}.")
        chosen += fits or [Path(name).absolute()]
    return chosen


def _finished_runs(options: argparse.Namespace) -> list[Run]:
    from analysis_utils.files.locks import held
    from analysis_utils.report.notebooks import run_notebooks
    from analysis_utils.report.report import with_progress

    study, paths = _inputs(options)
    with held(study.build_folder, "run"):
        runs = run_notebooks(paths, study.folder, options.workers)
        return sorted(with_progress(runs, len(paths)), key=lambda run: paths.index(run.path))


def _say_failures(failed: Sequence[Run], total: int, consequence: str = "") -> None:
    if not failed:
        return
    _say(f"{len(failed)} of {total} notebooks failed. {consequence}".rstrip())
    for run in failed:
        _say(f"  {run.path.name}, {run.failure}")
        if run.failure and run.failure.line:
            _say(f"      {run.failure.line}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _unusable_file(error: OSError) -> str:
    from analysis_utils.files.workspace import build_root

    root = build_root().absolute()
    file = Path(error.filename or root).absolute()
    told = f"{file}: {error.strerror or error}. Make the file or folder usable, or free some space"
    if root in (file, *file.parents) or file in root.parents:
        return f"{told}; results go to {root}, and FRAMING_BUILD names another folder."
    return f"{told}."


def _known_errors() -> tuple[type[Exception], ...]:
    """Errors whose message says all that a user needs."""
    from analysis_utils.annotation.cleaning import PageError
    from analysis_utils.files.locks import WaitError
    from analysis_utils.files.model_files import ModelError
    from analysis_utils.files.workspace import WorkspaceError
    from analysis_utils.output.spreadsheets import SheetError
    from analysis_utils.own_study.intake import IntakeError
    from analysis_utils.report.notebooks import NotebookError
    from analysis_utils.study import StudyError

    return (
        *(StudyError, PageError, IntakeError, NotebookError),
        *(ModelError, SheetError, BuildFolderError, WorkspaceError, WaitError),
    )
