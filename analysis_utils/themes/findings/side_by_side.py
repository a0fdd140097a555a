"""The tellings side by side as a page: what both tell on one level, what one tells alone marked."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.annotate import (
    MARKS,
    Mark,
    Voice,
    annotated,
    badges,
    by_sentence,
    legend,
)
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted
from analysis_utils.output.style import FAINT, outlet_colours
from analysis_utils.schemas import article_of
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.differing_words import match_lists, words_of
from analysis_utils.themes.findings.layout import links_of

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Lines of the page that are in sight; more are folded.
MOST_LINES = 72

#: Letters on a line of all columns together, about.
_LETTERS = 150

_CELL = "text-align: left; vertical-align: top; white-space: normal; padding: 1px 10px 1px 0"

_PARTS = {"headline": "font-size: 1.15em; font-weight: bold", "standfirst": "font-style: italic"}


#: The sentences of each article on one level.
_Row = dict[str, list]


def side_by_side(tables: SimpleNamespace, corpus: Corpus) -> Shown:
    """The tellings as a table: a column an article, each sentence once, with its id.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        What they were made from.
    """
    words = theme_tables(coverage, corpus).words
    return page(tables.tellings, tables.spoken, words, corpus)


def page(
    tellings: pd.DataFrame,
    spoken: pd.DataFrame,
    words: pd.DataFrame,
    corpus: Corpus,
    marks: Iterable[str] = MARKS,
    ids: bool = True,
) -> Shown:
    """Some articles side by side.

    Parameters
    ----------
    tellings, spoken
        See :class:`~analysis_utils.themes.findings.tables.Tellings` and ``Spoken``.
    words
        Words of all sentences, as the theme of coverage has them.
    corpus
        What they were made from.
    marks
        What is marked, of ``MARKS``: who speaks, who is mentioned, which words differ.
    ids
        Whether links can lead to the sentences; at one place of a page only.

    Returns
    -------
    The page, and its sentences as plain text.
    """
    written = _Written(tellings, spoken, words, corpus, frozenset(marks), ids)
    rows = _rows(tellings)
    first = _rows_in_sight(rows, tellings["article_id"].nunique())
    parts = [written.legend(), written.table(rows[:first])]
    if rest := rows[first:]:
        told = counted(sum(len(cell) for row in rest for cell in row.values()), "more sentence")
        parts.append(f"<details><summary>{told}</summary>{written.table(rest)}</details>")
    return Shown("".join(parts), "\n".join(written.plain()))


def most_heard(spoken: pd.DataFrame) -> list[str]:
    """Names of those who speak, those who have most words first.

    Parameters
    ----------
    spoken
        See :class:`~analysis_utils.themes.findings.tables.Spoken`.
    """
    words = spoken[spoken["who"] != ""].groupby("who", sort=False)["n_words"].sum()
    return list(words.sort_values(ascending=False, kind="stable").index)


def _rows(tellings: pd.DataFrame) -> list[_Row]:
    rows: dict[int, _Row] = {}
    for sentence in tellings.sort_values("row", kind="stable").itertuples():
        rows.setdefault(sentence.row, {}).setdefault(sentence.article_id, []).append(sentence)
    return list(rows.values())


def _rows_in_sight(rows: Iterable[_Row], columns: int) -> int:
    """How many rows stand in ``MOST_LINES`` lines."""
    letters = (
        max(sum(len(sentence.text) for sentence in cell) for cell in row.values()) for row in rows
    )
    lines = accumulate(each * columns / _LETTERS + 1 for each in letters)
    return max(1, sum(total <= MOST_LINES for total in lines))


class _Written:
    """Sentences as they are written on the page, with what is marked in them."""

    def __init__(
        self,
        tellings: pd.DataFrame,
        spoken: pd.DataFrame,
        words: pd.DataFrame,
        corpus: Corpus,
        marks: frozenset[str],
        ids: bool,
    ) -> None:
        self._tellings, self._corpus, self._marks, self._ids = tellings, corpus, marks, ids
        here = set(tellings["sentence_id"])
        said = spoken[spoken["sentence_id"].isin(here)]
        mentions = corpus.mentions[corpus.mentions["sentence_id"].isin(here)]
        self._known = badges(corpus.names["actor"], most_heard(said))
        self._voices = by_sentence(said, Voice) if "voices" in marks else {}
        self._actors = by_sentence(mentions, Mark) if "actors" in marks else {}
        self._words = words_of(words, here)
        self._links: dict[str, list] = {}
        for link in links_of(tellings).itertuples():
            self._links.setdefault(link.sentence_id, []).append(link)
        self._colours = outlet_colours(corpus.outlets)

    def table(self, rows: Iterable[_Row]) -> str:
        """Some rows, a column an article."""
        columns = self._tellings.drop_duplicates("article_id").set_index("article_id")["outlet"]
        names = [html.escape(self._corpus.outlets[outlet]) for outlet in columns]
        head = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name in names)
        body = "".join(
            "<tr>"
            + "".join(self._cell(row.get(article, [])) for article in columns.index)
            + "</tr>"
            for row in rows
        )
        return (
            f'<table class="evidence tellings" style="width: 100%"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )

    def _cell(self, sentences: list) -> str:
        """The sentences of one article on one level; above its first, how long it is."""
        first = sentences and sentences[0].row == 0
        size = self._size(sentences[0].article_id) if first else ""
        return f'<td style="{_CELL}">{size}{"".join(map(self._sentence, sentences))}</td>'

    def _size(self, article: str) -> str:
        told = self._tellings
        body = told[(told["article_id"] == article) & (told["part"] == "body")]
        alone = f"{(body['kind'] == 'alone').sum()} of {counted(len(body), 'sentence')} only here"
        size = f"{counted(int(body['n_words'].sum()), 'word')}, {alone}"
        return f'<p style="{_sentence_style()}"><small style="color: {FAINT}">{size}</small></p>'

    def _sentence(self, row) -> str:
        alone = row.kind == "alone" and row.part == "body"
        style = _sentence_style(self._colours[row.outlet] if alone else "transparent") + _PARTS.get(
            row.part, ""
        )
        name = f' id="{html.escape(row.sentence_id)}"' if self._ids else ""
        links = self._links.get(row.sentence_id, [])
        text = annotated(
            row.text,
            self._actors.get(row.sentence_id, []),
            self._voices.get(row.sentence_id, []),
            self._known,
            self._differing(row.sentence_id, links) if "words" in self._marks else [],
        )
        return f'<p{name} style="{style}">{text} {self._note(row, links)}</p>'

    def _differing(self, sentence: str, links: list) -> list[tuple[int, int]]:
        """Words that no sentence has that tells the same for sure and stands on the same level."""
        beside = [link.other_id for link in links if link.sure and link.level]
        if not beside:
            return []
        own = self._words[sentence]
        same = {
            match.one
            for other in beside
            for match in match_lists(own, self._words[other])
            if match.kind == "same"
        }
        return [
            (word.start, word.end)
            for number, word in enumerate(own)
            if word.marked and number not in same
        ]

    def _note(self, row, links: list) -> str:
        """The sentence's short name, and where else it is told."""
        notes = []
        if row.part == "body":
            notes += [html.escape(row.sentence_id.partition(":")[2])]
            notes += ["<b>only here</b>"] * (row.kind == "alone")
        notes += self._linked(links)
        return f'<small style="color: {FAINT}">{" ".join(notes)}</small>'

    def _linked(self, links: list) -> Iterator[str]:
        """A sign for a counterpart on the same level, or a link to it: one for each article."""
        beside = [link for link in links if link.level]
        if beside and not any(link.sure for link in beside):
            yield "≈"
        told = {article_of(link.other_id) for link in beside}
        for link in links:
            if article_of(link.other_id) not in told:
                told.add(article_of(link.other_id))
                other = html.escape(link.other_id)
                shown = f"↔&nbsp;{other}"
                yield f'<a href="#{other}">{shown}</a>' if self._ids else shown

    def legend(self) -> str:
        """What the marks mean."""
        rows = (
            "On one level stands what tells the same (≈ what may tell the same). ↔ leads to such a"
            " sentence on another level. A bar and <b>only here</b> mark what has none."
        )
        marks = legend(self._known, self._marks)
        return f"<p><small>{rows} {marks}</small></p>"

    def plain(self) -> Iterator[str]:
        """The sentences as plain text, row by row."""
        for row in self._tellings.sort_values("row", kind="stable").itertuples():
            alone = " [only here]" if row.kind == "alone" else ""
            yield f"{self._corpus.outlets[row.outlet]}: {row.text}{alone}"


def _sentence_style(bar: str = "transparent") -> str:
    return f"margin: 0; border-left: 4px solid {bar}; padding-left: 6px; "
