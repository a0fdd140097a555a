"""What the page of every theme has in common: how far to trust it, its method, its tables."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

from analysis_utils.files.kept import NotKeptError, keep, read_kept, remove_kept
from analysis_utils.files.writing import write_whole
from analysis_utils.files.xlsx_tables import SheetError
from analysis_utils.output import cells, spreadsheets
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted, listed
from analysis_utils.output.references import cited, references
from analysis_utils.output.spreadsheets import csv_bytes
from analysis_utils.study import benchmark_results

if TYPE_CHECKING:
    import pandas as pd

    from analysis_utils.annotation.corpus import Corpus


#: Cells of all tables of a theme from which on they are saved as CSV only: more take too long.
MOST_CELLS = 200_000


def trust(theme: ModuleType) -> Shown:
    """One line: the theme's scores on texts that nobody tuned on, beside the trivial method's.

    Parameters
    ----------
    theme
        A theme's folder, such as :mod:`analysis_utils.themes.voices`.

    Returns
    -------
    A paragraph; empty of numbers where nothing was scored.
    """
    scores = benchmark_results("unseen")
    scores = scores[(scores["theme"] == name_of(theme)) & (scores["on_page"] == "yes")]
    if scores.empty:
        return cells.prose("What is counted here is counted, so there is no score of it.")
    told = [_told(measure, rows) for measure, rows in scores.groupby("measure", sort=False)]
    return cells.prose(f"Scores on texts that nobody tuned on; 1 is best. {' '.join(told)}")


def _told(measure: str, scores: pd.DataFrame) -> str:
    """A measure with its scores, and beside them those of the trivial method."""
    rivals = [
        f"{baseline}: {_values(rows['baseline_value'])}"
        for baseline, rows in scores.dropna(subset=["baseline"]).groupby("baseline", sort=False)
    ]
    beside = f" ({', '.join(rivals)})" if rivals else ""
    score = scores["score"].iloc[0]
    return f"{measure[0].upper()}{measure[1:]}: {_values(scores['value'])}, {score}{beside}."


def _values(numbers: pd.Series) -> str:
    return listed(list(dict.fromkeys(f"{number:.2f}" for number in numbers)))


def method(theme: ModuleType, tables: SimpleNamespace, corpus: Corpus) -> Shown:
    """How it was measured, as a paragraph ready for a methods section, its sources folded below.

    Parameters
    ----------
    theme, tables, corpus
        The theme's folder, its tables, and what they were made from.

    Raises
    ------
    KeyError
        If the paragraph cites what ``output/references.bib`` does not have.
    """
    text = theme.words.method(tables, corpus)
    return cells.together(cells.prose(cited(text)), _folded(references(text)))


def _folded(entries: list[str]) -> Shown:
    if not entries:
        return Shown("", "")
    listed = "".join(f"<li>{html.escape(entry)}</li>" for entry in entries)
    head = f"<summary>{counted(len(entries), 'reference')}</summary>"
    return Shown(
        f'<details class="references">{head}<ul>{listed}</ul></details>', "\n".join(entries)
    )


def save_tables(theme: ModuleType, tables: SimpleNamespace, corpus: Corpus) -> Shown:
    """Save all tables of a theme, each as CSV and all in one XLSX file, and say so in one line.

    Parameters
    ----------
    theme, tables, corpus
        The theme's folder, its tables, and what they were made from.
    """
    folder, name = corpus.study.tables_folder, name_of(theme)
    as_csv = {table: csv_bytes(frame) for table, frame in vars(tables).items()}
    for table, content in as_csv.items():
        write_whole(folder / f"{name}_{table}.csv", content)
    n_cells = sum(frame.size for frame in vars(tables).values())
    try:
        if n_cells > MOST_CELLS:
            raise SheetError(f"{n_cells:,} cells")
        workbook = _kept_or_made(name, tables, as_csv, corpus)
    except SheetError:
        (folder / f"{name}.xlsx").unlink(missing_ok=True)
        return cells.prose(
            f"All {len(as_csv)} tables behind this page are saved as CSV: tables/{name}_….csv."
            " They are too large for a spreadsheet."
        )
    write_whole(folder / f"{name}.xlsx", workbook)
    return cells.prose(
        f"All {len(as_csv)} tables behind this page are saved: tables/{name}.xlsx, and each as CSV"
        " beside it."
    )


def _kept_or_made(
    name: str, tables: SimpleNamespace, as_csv: Mapping[str, bytes], corpus: Corpus
) -> bytes:
    """The tables as XLSX; the file of the same tables is used again, as making one takes long."""
    digest = hashlib.sha256(Path(spreadsheets.__file__).read_bytes())
    for table, content in as_csv.items():
        digest.update(f"{table} {len(content)} ".encode() + content)
    cache = corpus.study.build_folder / "cache" / "tables"
    folder = cache / f"{name}-{digest.hexdigest()[:16]}"
    try:
        return read_kept(folder, ["xlsx"])["xlsx"]
    except NotKeptError:
        workbook = spreadsheets.xlsx_bytes(vars(tables), called=f"{name}.xlsx")
        keep(folder, {"xlsx": workbook})
        for outdated in set(cache.glob(f"{name}-{'?' * 16}")) - {folder}:
            remove_kept(outdated)
        return workbook


def name_of(theme: ModuleType) -> str:
    """The name of a theme's folder."""
    return theme.__name__.rpartition(".")[2]
