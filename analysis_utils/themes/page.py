"""What the page of every theme has in common: how far to trust it, its method, its tables."""

from __future__ import annotations

import html
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted, listed
from analysis_utils.output.references import cited, references
from analysis_utils.output.spreadsheets import write_csv, write_xlsx
from analysis_utils.study import benchmark_results

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


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
    told = []
    for measure, rows in scores.groupby("measure", sort=False):
        values = listed([f"{row.value:.2f}{_beside(row)}" for row in rows.itertuples()])
        told.append(f"{measure}: {values} ({rows['score'].iloc[0]})")
    return cells.prose(f"On texts that nobody tuned on: {'; '.join(told)}.")


def _beside(row) -> str:
    named = isinstance(row.baseline, str) and row.baseline
    return f" against {row.baseline_value:.2f} of {row.baseline}" if named else ""


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
    for table, frame in vars(tables).items():
        write_csv(folder / f"{name}_{table}.csv", frame)
    write_xlsx(folder / f"{name}.xlsx", vars(tables))
    return cells.prose(
        f"All {len(vars(tables))} tables behind this page are saved: tables/{name}.xlsx, and each"
        " as CSV beside it."
    )


def name_of(theme: ModuleType) -> str:
    """The name of a theme's folder."""
    return theme.__name__.rpartition(".")[2]
