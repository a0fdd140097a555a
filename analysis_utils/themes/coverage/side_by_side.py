"""Aligned sentences to look at: side by side, the words that differ marked."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis_utils.output.cells import Shown
from analysis_utils.themes.coverage.differing_words import Word, match_lists, words_of


def side_by_side(
    pairs: pd.DataFrame, words: pd.DataFrame, sentences: pd.DataFrame, outlets: Mapping[str, str]
) -> Shown:
    """Aligned sentences in two columns, the words that differ in bold and underlined.

    Function words are never marked.  As plain text the words stand between asterisks.

    Parameters
    ----------
    pairs
        Rows of :func:`~analysis_utils.themes.coverage.alignment.align`, in the order to show.
    words
        As :func:`~analysis_utils.themes.coverage.differing_words.word_table` gives it.
    sentences
        Table of the corpus.
    outlets
        Names of the outlets by id.
    """
    if pairs.empty:
        return Shown("<p>No sentences to lay side by side.</p>", "No sentences.")
    said = words_of(words, [*pairs["sentence_id"], *pairs["other_id"]])
    told = sentences.set_index("sentence_id")[["outlet", "text"]]
    rows, lines = [], []
    for pair in pairs.itertuples():
        matches = match_lists(said[pair.sentence_id], said[pair.other_id])
        cells = []
        for sentence_id, side in ((pair.sentence_id, "one"), (pair.other_id, "two")):
            same = {getattr(match, side) for match in matches if match.kind == "same"}
            outlet, text = told.loc[sentence_id]
            where = f"{outlets[outlet]}, {sentence_id}"
            cells.append((where, _marked(text, said[sentence_id], same)))
        rows.append(_as_row(cells, f"{pair.link}, {pair.similarity:.2f}"))
        lines += [f"{where}: {_plain(pieces)}" for where, pieces in cells]
    style = "text-align: left; vertical-align: top; white-space: normal; width: 46%"
    body = "".join(rows).replace("<td>", f'<td style="{style}">')
    return Shown(f"<table><tbody>{body}</tbody></table>", "\n".join(lines))


def _marked(text: str, words: Sequence[Word], same: set[int]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it differs."""
    pieces, offset = [], 0
    for number, word in enumerate(words):
        if number in same or not word.marked:
            continue
        pieces += [(text[offset : word.start], False), (text[word.start : word.end], True)]
        offset = word.end
    return [*pieces, (text[offset:], False)]


def _as_row(cells: Sequence[tuple[str, list[tuple[str, bool]]]], link: str) -> str:
    columns = [
        f"<td><small>{html.escape(where)}</small><br>"
        + "".join(
            f"<b><u>{html.escape(piece)}</u></b>" if differs else html.escape(piece)
            for piece, differs in pieces
        )
        + "</td>"
        for where, pieces in cells
    ]
    return f"<tr>{''.join(columns)}<td><small>{html.escape(link)}</small></td></tr>"


def _plain(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(f"*{piece}*" if differs else piece for piece, differs in pieces)
