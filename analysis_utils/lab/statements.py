"""Aligned statements to explore: sentences that tell the same, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.lab.view import Choice, View, Words
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted
from analysis_utils.themes.coverage.differing_words import SentenceWords
from analysis_utils.themes.coverage.wording import side_by_side

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

LINKS = {"counterpart": "counterparts", "all": "possible ones as well"}

ORDERS = {"similar": "most similar first", "different": "least similar first"}

#: Pairs that are shown at most.
MOST_PAIRS = 15


def statement_explorer(
    corpus: Corpus, pairs: pd.DataFrame, readings: Mapping[str, SentenceWords]
) -> View:
    """Pairs of sentences that tell the same, with the words that differ marked.

    Choices: the two outlets, how sure the link must be, the order, and a word that one of the
    sentences holds.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.
    pairs
        As :func:`~analysis_utils.themes.coverage.tables.align_corpus` gives them.
    readings
        As :func:`~analysis_utils.themes.coverage.tables.read_corpus` gives them.

    Returns
    -------
    View
    """
    outlets = corpus.outlets
    of_two = {two: f"{outlets[two[0]]} and {outlets[two[1]]}" for two in combinations(outlets, 2)}
    between = {"all": "all outlets", **of_two} if len(of_two) > 1 else of_two
    controls = (
        Choice("outlets", "Outlets", between),
        Choice("link", "Show", LINKS),
        Choice("order", "Order", ORDERS),
        Words("word", "With the word", hint="any"),
    )
    return View("statements", "Aligned statements", controls, _Pairs(corpus, pairs, readings).show)


class _Pairs:
    """Linked pairs with the outlets and texts of both sentences."""

    def __init__(
        self, corpus: Corpus, pairs: pd.DataFrame, readings: Mapping[str, SentenceWords]
    ) -> None:
        self._outlets, self._readings = corpus.outlets, readings
        sentences = corpus.sentences.set_index("sentence_id")
        linked = pairs[pairs["link"].isin(["counterpart", "possible"])]
        texts = [linked[column].map(sentences["text"]) for column in ("sentence_id", "other_id")]
        self._pairs = linked.assign(
            one=linked["sentence_id"].map(sentences["outlet"]),
            two=linked["other_id"].map(sentences["outlet"]),
            both=(texts[0] + "\n" + texts[1]).str.casefold(),
        )

    def show(self, outlets: tuple[str, str] | str, link: str, order: str, word: str) -> Shown:
        rows = self._pairs
        if outlets != "all":
            rows = rows[rows["one"].isin(outlets) & rows["two"].isin(outlets)]
        if link != "all":
            rows = rows[rows["link"] == link]
        rows = rows[rows["both"].str.contains(word.strip().casefold(), regex=False)]
        rows = rows.sort_values("similarity", ascending=order == "different", kind="stable")
        shown = side_by_side(rows.head(MOST_PAIRS), self._readings, self._outlets)
        told = cells.prose(
            f"{counted(len(rows), 'pair')} of sentences, at most {MOST_PAIRS} shown. Words"
            " without a match in the other sentence are bold and underlined."
        )
        return Shown(told.html + shown.html, shown.text)
