"""An article to read: actors and voices marked, each line beside the raw page it comes from."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.lab.view import Choice, Switch, View
from analysis_utils.output import cells
from analysis_utils.output.annotate import Mark, Voice, annotated, badges, by_sentence, legend
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted
from analysis_utils.schemas import LINE_KINDS
from analysis_utils.themes.findings.side_by_side import most_heard
from analysis_utils.themes.findings.tables import spoken

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Lines of a page that are shown at most: a page may be nothing but lines.
MOST_LINES = 400

_CELL = "text-align: left; vertical-align: top; white-space: normal"
_SMALL = "font-size: 85%; color: #595959"


def article_reader(corpus: Corpus) -> View:
    """An article with its actors and voices marked.

    Choices: the article; whether to mark actors and voices; whether to show the lines that
    were removed, with the reason; and whether the raw page stands beside.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.

    Returns
    -------
    View
    """
    pages = _Pages(corpus)
    controls = (
        Choice("article", "Article", article_names(corpus)),
        Switch("actors", "Mark actors", True),
        Switch("voices", "Mark voices", True),
        Switch("removed", "Show removed lines"),
        Switch("raw", "Raw page beside"),
    )
    return View("reader", "Article reader", controls, pages.show)


def article_names(corpus: Corpus) -> dict[str, str]:
    """What each article is called: outlet, day and headline."""
    return {
        row.article_id: ", ".join(
            filter(None, (corpus.outlets[row.outlet], row.published[:10], row.headline[:70]))
        )
        + f" ({row.article_id})"
        for row in corpus.articles.itertuples()
    }


class _Pages:
    """The tables of a corpus, ready to be read article by article."""

    def __init__(self, corpus: Corpus) -> None:
        names = corpus.names["actor"]
        said = spoken(corpus.quotes, names)
        self._known = badges(names, most_heard(said))
        self._lines = dict(list(corpus.lines.groupby("article_id")))
        self._sentences = dict(list(corpus.sentences.groupby("article_id")))
        self._actors = by_sentence(corpus.mentions, Mark)
        self._voices = by_sentence(said, Voice)

    def show(self, article: str, actors: bool, voices: bool, removed: bool, raw: bool) -> Shown:
        lines = self._lines[article]
        shown = (lines if removed else lines[lines["kept"]]).head(MOST_LINES)
        sentences = self._sentences.get(article, pd.DataFrame(columns=["sentence_id", "line_no"]))
        marks = self._actors if actors else {}
        voiced = self._voices if voices else {}
        shown_marks = [name for name, on in (("voices", voices), ("actors", actors)) if on]
        texts = {
            number: " ".join(self._sentence(row, marks, voiced) for row in rows.itertuples())
            for number, rows in sentences.groupby("line_no")
        }
        rows = [
            _row(line, texts.get(line.line_no, ""), removed, raw) for line in shown.itertuples()
        ]
        parts = [f"<p>{legend(self._known, shown_marks)}</p>"]
        parts += [f"<table>{_head(removed, raw)}<tbody>{''.join(rows)}</tbody></table>"]
        parts += [_left_out(len(lines), len(shown), int(lines["kept"].sum()), removed)]
        plain = "\n".join(sentences["text"]) if len(sentences) else "No text."
        return Shown("".join(parts), plain)

    def _sentence(self, row, marks: Mapping, voices: Mapping) -> str:
        name = row.sentence_id.partition(":")[2]
        found = marks.get(row.sentence_id, []), voices.get(row.sentence_id, [])
        text = annotated(row.text, *found, self._known)
        return f'<span><small style="{_SMALL}">{html.escape(name)}</small> {text}</span>'


def _head(removed: bool, raw: bool) -> str:
    columns = ["line", "article, cleaned", *["raw page"] * raw, *["what it is, and why"] * removed]
    headings = "".join(f'<th scope="col" style="{_CELL}">{column}</th>' for column in columns)
    return f"<thead><tr>{headings}</tr></thead>"


def _row(line, text: str, removed: bool, raw: bool) -> str:
    row = [str(line.line_no), text or f'<span style="{_SMALL}">removed</span>']
    if raw:
        row.append(html.escape(cells.shortened(line.text)))
    if removed:
        kind = f"{LINE_KINDS[line.kind]}; {line.reason}" if line.reason else LINE_KINDS[line.kind]
        row.append(f'<span style="{_SMALL}">{html.escape(cells.shortened(kind))}</span>')
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"


def _left_out(lines: int, shown: int, kept: int, removed: bool) -> str:
    told = f"{counted(lines, 'line')} on the page, {kept} of them kept."
    most = lines if removed else kept
    if shown < most:
        told += f" The first {shown} are shown."
    return f"<p>{told}</p>"
