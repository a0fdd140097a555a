"""The sentences behind the heaviest omissions, each beside what comes nearest elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import listed

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Matters that are shown.
_MOST = 5


def evidence(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """Rows for :func:`~analysis_utils.output.cells.evidence`: headlines, then omissions.

    Parameters
    ----------
    tables, corpus
        The theme's tables, and what they were made from.
    """
    matters = tables.omissions.groupby("matter", sort=False)
    rows = list(_headlines(tables.openings))
    rows += [row for _, matter in list(matters)[:_MOST] for row in _matter(matter, tables, corpus)]
    table = pd.DataFrame(rows, columns=["matter", "head", "outlet", "sentence_id", "note"])
    table = table.drop_duplicates("sentence_id")
    texts = corpus.sentences.set_index("sentence_id")["text"]
    return table.assign(text=table["sentence_id"].map(texts))


def _headlines(openings: pd.DataFrame) -> Iterator[tuple]:
    """The first headline of each outlet."""
    headed = openings[openings["headline"] != ""].drop_duplicates("outlet")
    for row in headed.itertuples():
        yield -1, "Headlines", row.outlet, row.headline_id, ""


def _matter(matter: pd.DataFrame, tables: SimpleNamespace, corpus: Corpus) -> Iterator[tuple]:
    first = next(matter.itertuples())
    missing = first.missing.split()
    names = listed([corpus.outlets[outlet] for outlet in missing])
    head = f"Told by {corpus.outlets[first.outlet]}, not by {names}"
    for row in matter.head(2).itertuples():
        yield first.matter, head, row.outlet, row.sentence_id, ""
    pairs = tables.pairs
    for outlet in missing:
        one = (pairs["sentence_id"] == first.sentence_id) & (pairs["other_outlet"] == outlet)
        two = (pairs["other_id"] == first.sentence_id) & (pairs["outlet"] == outlet)
        near = [*pairs.loc[one, "other_id"].head(1), *pairs.loc[two, "sentence_id"].head(1)]
        for name in near:
            yield first.matter, head, outlet, name, "the nearest sentence"
