"""A profile of each outlet's telling: what the themes found, laid out on one page.

The themes are asked for their tables (:mod:`analysis_utils.themes.profile.themes`); here they are
only laid side by side: by :func:`measures` in numbers, by :func:`actor_cells` and
:func:`outlet_cells` in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.schemas import Table
from analysis_utils.themes.profile.cells import (
    ACTOR_MATTERS,
    NOTHING,
    OUTLET_MATTERS,
    cells_of_actor,
    cells_of_outlet,
)
from analysis_utils.themes.profile.themes import gather

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.profile.themes import Themes

#: What is measured, and of what the shares are.
MEASURES = {
    "mentions": ("Mentioned", "of the outlet's mentions of actors"),
    "words": ("Heard", "of the words of its articles"),
    "agent": ("Acts", "of the places where an actor acts"),
    "patient": ("Is acted upon", "of the places where an actor is acted upon"),
    "frames": ("Terms of the frame", "of its sentences"),
    "told": ("Told by", "of its sentences"),
}

#: By how many a sentence is told, as figures say it.
TOLD_BY = {
    "all": "all outlets",
    "some": "some others",
    "possibly": "perhaps another",
    "one": "this outlet alone",
}


class Measures(Table):
    """One row a measure, item and outlet."""

    measure: Series[str] = pa.Field(isin=list(MEASURES), description="what is measured")
    item: Series[str] = pa.Field(
        description="id of an actor or a frame, or by how many a sentence is told"
    )
    outlet: Series[str] = pa.Field(description="outlet")
    n: Series[int] = pa.Field(ge=0, description="mentions, words, acts or sentences")
    of: Series[int] = pa.Field(ge=0, description="what they are a part of")
    share: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="n / of; none of nothing"
    )
    low: Series[float] = pa.Field(nullable=True, description="lower bound of the share, if any")
    high: Series[float] = pa.Field(nullable=True, description="upper bound of the share, if any")
    sentences: Series[float] = pa.Field(
        ge=0, nullable=True, description="in how many an actor acts or is acted upon"
    )


class ActorCells(Table):
    """One row an actor that is mentioned, matter and outlet."""

    actor: Series[str] = pa.Field(description="id of the actor")
    matter: Series[str] = pa.Field(isin=ACTOR_MATTERS, description="what is told of it")
    outlet: Series[str] = pa.Field(description="outlet")
    told: Series[str] = pa.Field(description="what this outlet tells, or a dash")


class OutletCells(Table):
    """One row a matter and outlet."""

    matter: Series[str] = pa.Field(isin=OUTLET_MATTERS, description="what is told of the outlet")
    outlet: Series[str] = pa.Field(description="outlet")
    told: Series[str] = pa.Field(description="how it is with this outlet, or a dash")


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "measures": Measures,
    "actors": ActorCells,
    "outlets": OutletCells,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``."""
    themes = gather(corpus)
    return {
        "measures": measures(themes, corpus.outlets),
        "actors": actor_cells(themes, corpus),
        "outlets": outlet_cells(themes, corpus),
    }


def measures(themes: Themes, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The profile in numbers.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    outlets
        Names by id, in the order wanted.

    Returns
    -------
    See :class:`Measures`; the intervals are 95 % bootstrap intervals.
    """
    actors = _every_actor(themes.heard, outlets)
    parts = [
        _mentions(actors),
        _words(themes.speaker_shares, actors),
        _roles(themes.role_shares),
        _frames(themes.frame_shares),
        _told(themes.tellings),
    ]
    return Measures.checked(pd.concat(parts, ignore_index=True))


def _every_actor(heard: pd.DataFrame, outlets: Iterable[str]) -> pd.DataFrame:
    """Mentions of each actor in each outlet: 0 where an outlet passes it over, which is a
    finding too."""
    actors = heard["actor"].unique()
    index = pd.MultiIndex.from_product([outlets, actors], names=["outlet", "item"])
    mentions = heard.set_index(["outlet", "actor"])["mentions"].rename_axis(index.names)
    return mentions.reindex(index, fill_value=0).rename("n").reset_index()


def _mentions(table: pd.DataFrame) -> pd.DataFrame:
    of = table.groupby("outlet")["n"].transform("sum")
    return table.assign(measure="mentions", of=of, share=table["n"] / of.clip(lower=1))


def _words(shares: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Words given to each actor; none for those who are only talked about."""
    total = shares.groupby("outlet")["words"].sum()
    spoken = shares[shares["role"] == "actor"].rename(columns={"speaker": "item", "words": "n"})
    table = actors[["outlet", "item"]].merge(spoken, on=["outlet", "item"], how="left")
    table["n"] = table["n"].fillna(0).astype(int)
    return table.assign(
        measure="words", of=table["outlet"].map(total), share=table["share"].fillna(0.0)
    )


def _roles(role_shares: pd.DataFrame) -> pd.DataFrame:
    sentences = role_shares["sentence_ids"].str.split().str.len()
    table = role_shares.rename(columns={"actor": "item", "role": "measure", "n_all": "of"})
    return table.assign(sentences=sentences)


def _frames(frame_shares: pd.DataFrame) -> pd.DataFrame:
    present = frame_shares[frame_shares["value"] == "present"]
    names = {"frame": "item", "count": "n", "n": "of", "mean": "share"}
    return present.rename(columns=names).assign(measure="frames")


def _told(tellings: pd.DataFrame) -> pd.DataFrame:
    counts = tellings.rename(columns={"told": "item"})
    total = counts.groupby("outlet")["n"].transform("sum")
    # "some" of two outlets are none; what nobody tells needs no row.
    shown = counts["item"].map(counts.groupby("item")["n"].sum()) > 0
    return counts.assign(measure="told", of=total)[shown]


def actor_cells(themes: Themes, corpus: Corpus) -> pd.DataFrame:
    """How each outlet presents each actor that is mentioned, see :class:`ActorCells`.

    Matters of which no outlet tells anything have no row.  Matters: mentions; what the actor is
    called, by the outlet itself and in others' words; what its acts are called; its verbs as the
    one who acts and who is acted upon, marked as in the table ``verbs`` of the portrayal; what it
    is given to say; in whose voice the clauses around it stand; and the mean tone toward it by
    voice, by the target model.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    corpus
        Decides the names and their order.
    """
    mentioned = set(themes.heard.loc[themes.heard["mentions"] > 0, "actor"])
    names = corpus.names["actor"]
    rows = []
    for actor in (actor for actor in names if actor in mentioned):
        told = {outlet: cells_of_actor(themes, outlet, actor, names) for outlet in corpus.outlets}
        rows += [
            {"actor": actor, "matter": matter, "outlet": outlet, "told": cells[matter]}
            for matter in ACTOR_MATTERS
            if any(cells[matter] != NOTHING for cells in told.values())
            for outlet, cells in told.items()
        ]
    return ActorCells.checked(rows)


def outlet_cells(themes: Themes, corpus: Corpus) -> pd.DataFrame:
    """Each outlet's telling in figures and words, see :class:`OutletCells`.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    corpus
        Decides the names and their order.
    """
    articles = corpus.articles["outlet"].value_counts()
    told = {
        outlet: cells_of_outlet(themes, outlet, corpus.names["actor"], articles.get(outlet, 0))
        for outlet in corpus.outlets
    }
    return OutletCells.checked(
        {"matter": matter, "outlet": outlet, "told": cells[matter]}
        for matter in OUTLET_MATTERS
        for outlet, cells in told.items()
    )


def side_by_side(told: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The table ``actors`` or ``outlets`` as one to read: a column an outlet, with all names.

    Parameters
    ----------
    told
        One of the two tables.
    corpus
        Decides the names and their order.
    """
    keys = [column for column in told.columns if column not in ("outlet", "told")]
    wide = told.pivot(index=keys, columns="outlet", values="told").reset_index()
    shown = told[keys].drop_duplicates().merge(wide, on=keys)  # in the order of the table
    shown = shown.reindex(columns=[*keys, *corpus.outlets]).replace(
        {"actor": corpus.names["actor"]}
    )
    return shown.rename(columns=corpus.outlets)
