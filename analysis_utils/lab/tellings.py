"""The tellings side by side to explore: which articles, and what is marked in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis_utils.lab.reader import article_names
from analysis_utils.lab.view import Several, Switch, View
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.themes import coverage, findings
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.findings.layout import lay_out
from analysis_utils.themes.findings.side_by_side import page
from analysis_utils.themes.findings.tables import MOST_COLUMNS, first_articles

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def tellings_explorer(corpus: Corpus) -> View:
    """Any articles side by side: what they share on one level, what one tells alone marked.

    Choices: two to five articles, and whether voices, actors and differing words are marked.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.

    Returns
    -------
    View
    """
    names = article_names(corpus)
    first = first_articles(corpus)
    aligned, spoken = theme_tables(coverage, corpus), theme_tables(findings, corpus).spoken

    def show(articles: tuple[str, ...], **marks: bool) -> Shown:
        if not 2 <= len(articles) <= MOST_COLUMNS:
            raise ValueError(f"choose two to {MOST_COLUMNS} articles, with Ctrl or Shift held down")
        chosen = [mark for mark, on in marks.items() if on]
        laid = lay_out(corpus.sentences, aligned.pairs, articles)
        return page(laid, spoken, aligned.words, corpus, chosen, ids=False)

    controls = (
        Several("articles", "Articles", names, tuple(first)),
        Switch("voices", "Shade voices", True),
        Switch("actors", "Mark actors", True),
        Switch("words", "Mark differing words", True),
    )
    still = cells.prose("In JupyterLab other articles can be chosen and marks switched off.")
    return View("tellings", "The tellings side by side", controls, show, still=lambda **_: still)
