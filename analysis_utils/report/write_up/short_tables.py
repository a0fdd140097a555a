"""Short tables for a paper: who speaks, what is left out, which terms set apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output import word
from analysis_utils.output.english import counted
from analysis_utils.output.tables import MISSING, latex_table
from analysis_utils.themes import coverage, term_contrast, voices
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.voices.sources import OWN_VOICE

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Rows that a table has at most, shared among the outlets, and those of one outlet.
MOST_ROWS, MOST_OF_ONE = 20, 7


@dataclass(frozen=True)
class ShortTable:
    """A table as it is to be read."""

    name: str
    table: pd.DataFrame
    caption: str


def short_tables(corpus: Corpus) -> list[ShortTable]:
    """The tables of a study; one that would have no row is left out.

    Parameters
    ----------
    corpus
        The study's corpus.
    """
    made = [_speakers(corpus), _left_out(corpus), _terms(corpus)]
    return [each for each in made if len(each.table)]


def latex_files(tables: list[ShortTable]) -> dict[str, bytes]:
    """A file for each table, by name."""
    return {
        f"table_{each.name}.tex": latex_table(each.table, each.name, each.caption).encode()
        for each in tables
    }


def word_file(tables: list[ShortTable]) -> bytes:
    """All tables in one Word document."""
    document = word.new_document("Tables")
    for number, each in enumerate(tables, start=1):
        word.add_caption(document, "Table", number, each.caption)
        word.add_table(document, each.table)
        document.add_paragraph()
    return word.saved(document)


def _shared(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The first rows of each outlet, as many as there is room for, under the outlets' names."""
    n = min(max(MOST_ROWS // len(corpus.outlets), 1), MOST_OF_ONE)
    first = table.groupby("outlet", sort=False).head(n)
    order = {outlet: place for place, outlet in enumerate(corpus.outlets)}
    first = first.sort_values("outlet", key=lambda ids: ids.map(order), kind="stable")
    return first.assign(Outlet=first["outlet"].map(corpus.outlets)).head(MOST_ROWS)


def _speakers(corpus: Corpus) -> ShortTable:
    actors = {actor.id: actor.name for actor in corpus.study.actors}
    shares = theme_tables(voices, corpus).shares
    rows = _shared(shares[shares["words"] > 0], corpus)
    who = [
        actors.get(speaker) or source or OWN_VOICE
        for speaker, source in zip(rows["speaker"], rows["source"], strict=True)
    ]
    interval = [
        f"{100 * low:.0f}–{high:.0%}" if pd.notna(low) else MISSING
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "Outlet": rows["Outlet"],
            "Who speaks": who,
            "Words": rows["words"],
            "Share": [f"{share:.0%}" for share in rows["share"]],
            "95 % CI": interval,
        }
    )
    n = counted(int(corpus.articles["n_words"].sum()), "word")
    caption = f"Whose words the articles give: shares of {n}, those who have most."
    return ShortTable("speakers", table, caption)


def _left_out(corpus: Corpus) -> ShortTable:
    rows = _shared(theme_tables(coverage, corpus).omissions, corpus)
    table = pd.DataFrame({"Told by": rows["Outlet"], "In its words": rows["text"]})
    caption = "What an outlet tells and others leave out, the most salient first."
    return ShortTable("left_out", table, caption)


def _terms(corpus: Corpus) -> ShortTable:
    leading = theme_tables(term_contrast, corpus).leading
    rows = _shared(leading.sort_values("z", ascending=False, kind="stable"), corpus)
    table = pd.DataFrame(
        {
            "Outlet": rows["Outlet"],
            "Term": rows["term"],
            "Here": rows["count"],
            "Elsewhere": rows["count_rest"],
            "Log-odds": rows["delta"],
            "z": rows["z"],
        }
    )
    caption = (
        "Terms that set an outlet apart: occurrences here and in the other outlets, log-odds with"
        " an informative prior, and their z."
    )
    return ShortTable("terms", table, caption)
