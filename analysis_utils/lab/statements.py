"""Aligned statements to explore: sentences that tell the same, side by side."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import TYPE_CHECKING

from analysis_utils.lab.view import Choice, View, Words
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.side_by_side import side_by_side

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

LINKS: dict[Hashable, str] = {"counterpart": "counterparts", "all": "possible ones as well"}

ORDERS: dict[Hashable, str] = {"similar": "most similar first", "different": "least similar first"}

#: Pairs that are shown at most.
MOST_PAIRS = 15


def statement_explorer(corpus: Corpus) -> View:
    """Pairs of sentences that tell the same, with the words that differ marked.

    Choices: the two outlets, how sure the link must be, the order, and a word that one of the
    sentences holds.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.

    Returns
    -------
    View
    """
    outlets = corpus.outlets
    between: dict[Hashable, str] = {
        two: f"{outlets[two[0]]} and {outlets[two[1]]}" for two in combinations(outlets, 2)
    }
    if len(between) > 1:
        between = {"all": "all outlets", **between}
    controls = (
        Choice("outlets", "Outlets", between),
        Choice("link", "Show", LINKS),
        Choice("order", "Order", ORDERS),
        Words("word", "With the word", hint="any"),
    )
    return View("statements", "Aligned statements", controls, _Pairs(corpus).show)


class _Pairs:
    """Linked pairs with the texts of both sentences."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._tables = corpus, theme_tables(coverage, corpus)
        texts = corpus.sentences.set_index("sentence_id")["text"]
        linked = self._tables.pairs[self._tables.pairs["link"] != ""]
        both = linked["sentence_id"].map(texts) + "\n" + linked["other_id"].map(texts)
        self._pairs = linked.assign(both=both.str.casefold())

    def show(self, outlets: tuple[str, str] | str, link: str, order: str, word: str) -> Shown:
        rows = self._pairs
        if outlets != "all":
            rows = rows[rows["outlet"].isin(outlets) & rows["other_outlet"].isin(outlets)]
        if link != "all":
            rows = rows[rows["link"] == link]
        rows = rows[rows["both"].str.contains(word.strip().casefold(), regex=False)]
        rows = rows.sort_values("similarity", ascending=order == "different", kind="stable")
        shown = side_by_side(
            rows.head(MOST_PAIRS), self._tables.words, self._corpus.sentences, self._corpus.outlets
        )
        told = cells.prose(
            f"{counted(len(rows), 'pair')} of sentences, at most {MOST_PAIRS} shown. Words"
            " without a match in the other sentence are bold and underlined."
        )
        return Shown(told.html + shown.html, shown.text)
