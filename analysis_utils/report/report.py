"""Builds the report: runs the notebooks on a study and makes a page of each.

The report is made in a temporary folder and moved into place when it is
whole; if anything breaks on the way, or no notebook comes to its end, the old one stays as it
was.  Two runs on a study never work at once: the second waits for the first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.files.locks import held
from analysis_utils.files.writing import remove, scratch_folder
from analysis_utils.report import notebooks
from analysis_utils.report.notebooks import COLLECTION, NotebookError, Run
from analysis_utils.report.provenance import citation, fingerprint, versions

if TYPE_CHECKING:
    from analysis_utils.report.pages import Chapter
    from analysis_utils.study import Study

#: Files of a figure and what the report calls them.
FIGURE_FILES = {
    "png": "PNG",
    "svg": "SVG",
    "pdf": "PDF",
    "csv": "data (CSV)",
    "md": "caption and snippets",
}

#: Outlets that the first page names at most.
MOST_OUTLETS = 12


@dataclass(frozen=True)
class Report:
    """A finished report."""

    index: Path  #: its first page
    failed: tuple[Run, ...]  #: runs of the notebooks that stopped early, in reading order


def build_report(
    study: Study, paths: Sequence[Path], workers: int = 2, *, with_articles: bool = False
) -> Report:
    """Run notebooks on a study and put the report into ``study.report_folder``.

    The executed notebooks go into ``notebooks/`` beside it, and the kit for a write-up into
    ``write-up/`` where the whole collection has run.  A notebook that
    fails still gets its page, which shows the error.  If every notebook failed, the pages go
    into ``failed-report/`` instead, and a report that was there stays.

    Parameters
    ----------
    study
        What is compared.
    paths
        The notebooks in reading order, see :func:`analysis_utils.report.notebooks.find_notebooks`.
    workers
        How many notebooks run at once.
    with_articles
        Whether the archive for replication holds the articles' pages too.

    Returns
    -------
    Report

    Raises
    ------
    NotebookError
        If two notebooks would make the same page.
    """
    _check_names(paths)
    folder = study.build_folder
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder, "run"), scratch_folder(folder, "report") as scratch:
        for name in ("notebooks", "write-up", study.report_folder.name):
            _put_back(folder / name)
        pages, executed = scratch / "report", scratch / "notebooks"
        pages.mkdir()
        executed.mkdir()
        runs = _write_pages(study, paths, workers, pages, executed, with_articles)
        place = _put_in_place(study, runs, pages, executed)
    return Report(place / "index.html", tuple(run for run in runs if run.failure))


def _put_in_place(study: Study, runs: list[Run], pages: Path, executed: Path) -> Path:
    """Move what was made to where it belongs; returns the folder of the pages."""
    failed = study.build_folder / "failed-report"
    if runs and all(run.failure for run in runs):
        _replace_folder(pages, failed)
        return failed
    _replace_folder(executed, study.build_folder / "notebooks")
    _replace_folder(pages, study.report_folder)
    remove(failed)
    return study.report_folder


def with_progress(runs: Generator[Run], total: int) -> Generator[Run]:
    """The same runs, with a bar on a terminal, else one line a notebook, on standard error."""
    from tqdm import tqdm

    on_terminal = sys.stderr.isatty()
    bar = tqdm(total=total, unit="notebook", disable=not on_terminal)
    with bar, closing(runs):  # if it is not read to its end, the kernels end here
        for run in runs:
            bar.set_postfix_str(run.path.stem, refresh=False)
            bar.update()
            if run.failure or not on_terminal:
                bar.write(_progress_line(run), file=sys.stderr)
            yield run


def _progress_line(run: Run) -> str:
    return f"{run.path.name}: {'failed' if run.failure else 'done'}"


def _check_names(paths: Iterable[Path]) -> None:
    names = [path.name for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "index.ipynb" in names:
        name = (twice or ["index.ipynb"])[0]
        raise NotebookError(f"{name}: the report has another page of that name. Rename it.")


def _write_pages(
    study: Study,
    paths: Sequence[Path],
    workers: int,
    pages: Path,
    executed: Path,
    with_articles: bool,
) -> list[Run]:
    """Run the notebooks and write each page while the others still run."""
    from analysis_utils.report.pages import page_exporter

    chapters = [_chapter(path) for path in paths]
    exporter = page_exporter(chapters)
    runs: dict[Path, Run] = {}
    running = notebooks.run_notebooks(paths, study.folder, workers)
    with closing(with_progress(running, len(paths))) as finished:
        for run in finished:
            notebooks.save(run.notebook, executed / run.path.name)
            html = _page(exporter, study, chapters, run)
            _write(pages / f"{run.path.stem}.html", html)
            runs[run.path] = run
    in_order = [runs[path] for path in paths]
    write_up = _write_kit(study, in_order, executed.parent / "write-up", with_articles)
    _write(pages / "index.html", _contents(study, chapters, in_order, write_up))
    return in_order


def _write_kit(study: Study, runs: list[Run], scratch: Path, with_articles: bool) -> bool:
    """Make the kit for a write-up, where the whole collection has run to its end; else say no."""
    whole = set(COLLECTION) <= {run.path.stem for run in runs if not run.failure}
    if whole:
        from analysis_utils.report.write_up import write_kit

        write_kit(study, [run.path for run in runs], scratch, with_articles=with_articles)
        _replace_folder(scratch, study.write_up_folder)
    return whole


def _chapter(path: Path) -> Chapter:
    from analysis_utils.report.pages import Chapter, read_chapter

    try:
        return read_chapter(path, notebooks.read_notebook(path))
    except NotebookError:  # its run tells why
        return Chapter(path, path.name)


def _page(exporter, study: Study, chapters: list[Chapter], run: Run) -> str:
    from analysis_utils.report.pages import render_page, saved_figures

    return render_page(
        exporter,
        run.notebook,
        next(chapter for chapter in chapters if chapter.path == run.path),
        chapters,
        study=study.event.title,
        files={name: figure_files(study, name) for name in saved_figures(run.notebook)},
        failure=_where(run),
    )


def _where(run: Run) -> str:
    if run.failure is None:
        return ""
    line = f" In the line: {run.failure.line}" if run.failure.line else ""
    return f"{str(run.failure).removesuffix('.')}.{line}"


def figure_files(study: Study, name: str) -> list[dict[str, str]]:
    """The files of a saved figure: ``figure``, ``label``, and ``address`` from the report."""
    return _files(study, study.figures_folder, name, FIGURE_FILES)


def table_files(study: Study) -> dict[str, list[dict[str, str]]]:
    """The workbook of each theme's tables, as :func:`figure_files` gives those of a figure."""
    names = sorted(path.stem for path in study.tables_folder.glob("*.xlsx"))
    return {name: _files(study, study.tables_folder, name, {"xlsx": "XLSX"}) for name in names}


def _files(study: Study, folder: Path, name: str, kinds: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"figure": name, "label": label, "address": _address(study, folder, f"{name}.{kind}")}
        for kind, label in kinds.items()
        if (folder / f"{name}.{kind}").is_file()
    ]


def write_up_files(study: Study) -> list[dict[str, str]]:
    """The files of the write-up that there are: ``label``, and ``address`` from the report."""
    folder = study.write_up_folder
    return [
        {"label": path.name, "address": _address(study, folder, path.name)}
        for path in sorted(folder.glob("*.*"))
    ]


def _address(study: Study, folder: Path, name: str) -> str:
    return f"{Path(os.path.relpath(folder, study.report_folder)).as_posix()}/{name}"


def _contents(study: Study, chapters: list[Chapter], runs: list[Run], write_up: bool) -> str:
    """The first page of the report."""
    from jinja2 import Environment, FileSystemLoader

    from analysis_utils.output.cells import visible
    from analysis_utils.report.pages import TEMPLATES, saved_figures, shown_findings

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "framing"), autoescape=True, trim_blocks=False
    )
    environment.filters["day"] = _day
    listed = [_listed(chapter, run) for chapter, run in zip(chapters, runs, strict=True)]
    figures = [name for run in runs for name in saved_figures(run.notebook)]
    contents = environment.get_template("contents.html.j2").render(
        event=study.event,
        study_name=study.name,
        chapters=listed,
        failures=[chapter for chapter in listed if chapter["failure"]],
        findings=shown_findings(chapters, [run.notebook for run in runs]),
        compared=_compared(study),
        write_up=write_up_files(study) if write_up else [],
        figures={name: figure_files(study, name) for name in figures},
        tables=table_files(study),
        versions=versions(),
        fingerprint=fingerprint(study),
        citation=citation(),
    )
    return visible(contents)


def _listed(chapter: Chapter, run: Run) -> dict:
    return {
        "file": chapter.path.name,
        "number": chapter.number,
        "page": chapter.page,
        "title": chapter.title,
        "failure": _where(run),
    }


def _compared(study: Study) -> str:
    from analysis_utils.output.english import counted, listed

    names = [outlet.name for outlet in study.outlets]
    if len(names) > MOST_OUTLETS:
        names[MOST_OUTLETS:] = [counted(len(names) - MOST_OUTLETS, "more outlet")]
    return f"{counted(len(study.articles), 'article')} by {listed(names)}"


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _replace_folder(new: Path, place: Path) -> None:
    """Move a folder to where an older one may stand; the old one goes last."""
    try:
        if place.exists():
            os.replace(place, _old(place))
        os.replace(new, place)
    finally:
        _put_back(place)


def _put_back(place: Path) -> None:
    """Put an old folder back if no new one took its place, as after a kill; else remove it."""
    if not place.exists() and _old(place).exists():
        os.replace(_old(place), place)
    remove(_old(place))


def _old(place: Path) -> Path:
    return place.with_name(f".old-{place.name}")
