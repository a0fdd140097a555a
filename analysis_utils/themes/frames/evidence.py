"""The sentences behind frames, with the words that were found marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis_utils.output import cells
from analysis_utils.output.cells import Shown

# Stand-ins that no font shows and no article needs; they become marks after all text is escaped.
_OPEN, _CLOSE = "\ue000", "\ue001"


def evidence(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    frames: Iterable[str],
    most: int | None = None,
) -> pd.DataFrame:
    """Sentences with a hit, frame by frame.

    Parameters
    ----------
    hits
        As :func:`~analysis_utils.themes.frames.tables.find_in_voices` gives them.
    sentences
        Table of the corpus, or the part of it to show.
    frames
        Ids of the frames, in order.
    most
        At most so many sentences of an outlet for each frame.

    Returns
    -------
    One row a frame and sentence: ``frame``, ``outlet``, ``voice`` (of its hits, "own,
    quoted"), ``sentence_id``, ``text`` and ``spans`` (where the hits stand), by frame and
    in reading order within.
    """
    found = hits.assign(span=list(zip(hits["start"], hits["end"], strict=True)))
    rows = found.groupby(["frame", "sentence_id"], sort=False).agg(
        voice=("voice", lambda voices: ", ".join(dict.fromkeys(voices))), spans=("span", list)
    )
    table = rows.reset_index().merge(sentences[["sentence_id", "outlet", "text"]])
    places = {
        "frame": {frame: place for place, frame in enumerate(frames)},
        "sentence_id": {each: place for place, each in enumerate(sentences["sentence_id"])},
    }
    table = table.sort_values(
        list(places), key=lambda column: column.map(places[column.name]), ignore_index=True
    )
    if most is not None:
        table = table.groupby(["frame", "outlet"], sort=False).head(most)
    columns = ["frame", "outlet", "voice", "sentence_id", "text", "spans"]
    return table[columns].reset_index(drop=True)


def marked(
    table: pd.DataFrame,
    caption: str = "",
    names: Mapping[str, Mapping[str, str]] | None = None,
    empty: str = "None.",
) -> Shown:
    """A table whose ``spans`` are marked in its ``text``; all text is escaped.

    Parameters
    ----------
    table
        With ``text`` and ``spans`` (lists of start and end), as :func:`evidence` gives it.
    caption, names, empty
        As for :func:`analysis_utils.output.cells.table`.
    """
    texts = [mark(row.text, row.spans) for row in table[["text", "spans"]].itertuples()]
    shown = cells.table(
        table.assign(text=texts).drop(columns="spans"), caption, names=names, empty=empty
    )
    return Shown(shown.html.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"), shown.text)


def mark(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stand-ins for marks around the spans; spans that touch are one mark."""
    inside = {place for start, end in spans for place in range(start, end)}
    pieces = []
    for place, character in enumerate(text):
        if place in inside and place - 1 not in inside:
            pieces.append(_OPEN)
        pieces.append(" " if character in (_OPEN, _CLOSE) else character)
        if place in inside and place + 1 not in inside:
            pieces.append(_CLOSE)
    return "".join(pieces)
