"""All files of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.output.references import bibtex
from analysis_utils.report.write_up.findings import as_markdown, as_word, story
from analysis_utils.report.write_up.methods import methods
from analysis_utils.report.write_up.replication import replication
from analysis_utils.report.write_up.short_tables import latex_files, short_tables, word_file

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def make_kit(
    corpus: Corpus, notebooks: Sequence[Path], *, with_articles: bool = False
) -> dict[str, bytes]:
    """The files of the kit by name; two runs on the same data give the same bytes.

    Parameters
    ----------
    corpus
        The study's corpus.
    notebooks
        What was run, for who runs it again.
    with_articles
        Whether ``replication.zip`` holds the pages of the articles, which mostly belong to others.
    """
    told, paragraphs, tables = story(corpus), methods(corpus), short_tables(corpus)
    return {
        "findings.md": as_markdown(told).encode(),
        "findings.docx": as_word(told),
        "methods.md": paragraphs.encode(),
        "references.bib": bibtex(paragraphs).encode(),
        "tables.docx": word_file(tables),
        **latex_files(tables),
        "replication.zip": replication(corpus.study, notebooks, with_articles=with_articles),
    }
