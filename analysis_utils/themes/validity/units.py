"""The units that there are to code: sentences, mentions and quotes, each in its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: What can be coded, each in a sheet of its own.
UNITS = ("sentences", "mentions", "quotes")

#: Stand around the unit in its context.
OPENING, CLOSING = "⟦", "⟧"


def unit_spans(corpus: Corpus, unit: str) -> pd.DataFrame:
    """Where the units of one kind stand: rows of the corpus's table with their ``unit_id``.

    A sentence has its ``sentence_id``; a mention or quote is named after its place, as in
    ``tass:s05:12-25``, so that its codes hold as long as it is found there, whatever else is
    found around it.  A quote over several sentences is named after its first and last letter.
    Two mentions, or quotes, in the same place are one unit.

    Raises
    ------
    ValueError
        If there is no such unit.
    """
    if unit not in UNITS:
        raise ValueError(f"units are {', '.join(UNITS)}; there are no {unit!r}")
    if unit == "sentences":
        told = corpus.sentences
        return told.assign(unit_id=told["sentence_id"], start=0, end=told["text"].str.len())
    if unit == "mentions":
        places = _places(corpus.mentions, corpus.mentions)
        return corpus.mentions.assign(unit_id=places).drop_duplicates("unit_id")
    quotes = corpus.quotes.groupby("quote_id", sort=False)
    places = _places(quotes.first(), quotes.last()).drop_duplicates()
    units = corpus.quotes.assign(unit_id=corpus.quotes["quote_id"].map(places))
    return units.dropna(subset="unit_id")


def coding_units(corpus: Corpus, unit: str) -> pd.DataFrame:
    """The units of one kind that there are to code, in reading order.

    Returns
    -------
    ``unit_id`` (see :func:`unit_spans`), ``text`` (what is to be coded) and ``context``: the
    sentences that it stands in with one before and one after, and the unit between ``⟦`` and ``⟧``.
    """
    rows = list(_in_context(unit_spans(corpus, unit), corpus.sentences))
    return pd.DataFrame(rows, columns=["unit_id", "text", "context"])


def all_units(corpus: Corpus) -> pd.DataFrame:
    """The units of every kind, to be built once and passed on.

    Returns
    -------
    ``unit`` (one of ``UNITS``), ``unit_id``, ``text`` and ``context``, as in :func:`coding_units`.
    """
    tables = [coding_units(corpus, unit).assign(unit=unit) for unit in UNITS]
    return pd.concat(tables, ignore_index=True)[["unit", "unit_id", "text", "context"]]


def count_units(units: pd.DataFrame) -> pd.DataFrame:
    """How many units of each kind there are in :func:`all_units`: ``unit`` and ``n``."""
    counts = units["unit"].value_counts().reindex(UNITS, fill_value=0)
    return counts.rename_axis("unit").rename("n").reset_index()


def _places(first: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    """Names of places from first to last letter: ``tass:s03:1-83``, ``tass:s03:1-s04:161``."""
    sentence, other = first["sentence_id"].astype("str"), last["sentence_id"].astype("str")
    ends = last["end"].astype("str")
    ends = ends.where(sentence == other, other.str.split(":").str[-1] + ":" + ends)
    return sentence + ":" + first["start"].astype("str") + "-" + ends


def _in_context(spans: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Id, text and context of every unit; a unit may have several spans."""
    texts, articles = sentences["text"].tolist(), sentences["article_id"].tolist()
    place_of = {sentence: place for place, sentence in enumerate(sentences["sentence_id"])}
    runs_of: dict[str, dict[int, list[tuple[int, int]]]] = {}
    columns = spans[["unit_id", "sentence_id", "start", "end"]]
    for unit_id, sentence_id, *run in columns.itertuples(index=False, name=None):
        marked = runs_of.setdefault(unit_id, {})
        marked.setdefault(place_of[sentence_id], []).append(tuple(run))
    for unit_id, marked in runs_of.items():
        first, last = min(marked), max(marked)
        around = [
            _marked(texts[place], marked.get(place, []))
            for place in range(max(first - 1, 0), min(last + 2, len(texts)))
            if articles[place] == articles[first]
        ]
        parts = (texts[p][start:end] for p, runs in sorted(marked.items()) for start, end in runs)
        yield unit_id, " ".join(parts), " ".join(around)


def _marked(text: str, runs: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(runs, reverse=True):
        text = f"{text[:start]}{OPENING}{text[start:end]}{CLOSING}{text[end:]}"
    return text
