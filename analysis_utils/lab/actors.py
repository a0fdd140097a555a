"""Actors to explore: the sentences that speak of one, by score, with the words that made it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.lab.view import Choice, View
from analysis_utils.measures.intervals import FEW
from analysis_utils.output import cells
from analysis_utils.output.annotate import Mark, annotated, badges, by_sentence
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted
from analysis_utils.themes import actor_sentiment
from analysis_utils.themes.actor_sentiment.evidence import model_evidence
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL, name_of
from analysis_utils.themes.actor_sentiment.scoring import nearest
from analysis_utils.themes.contract import theme_tables

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

VOICES = {
    "all": "all voices",
    "own": "the outlet’s own",
    "reported": "reported",
    "quoted": "quoted",
}

#: Sentences that are shown at most, half of them from either end.
MOST_SENTENCES = 40

#: Sentences whose words are looked for when they are first shown: it costs a reading by the
#: target model for every word.
EXPLAINED = 1

_LABELS = {-1: "− unfavourable", 0: "neutral", 1: "+ favourable"}
_CELL = "text-align: left; vertical-align: top; white-space: normal"


def actor_explorer(corpus: Corpus, tables: SimpleNamespace | None = None) -> View:
    """The sentences that speak of an actor, from the most unfavourable to the most favourable.

    Choices: the actor, the method, in whose voice the actor is spoken of, and the outlet.
    Beside each sentence stand its score and the words that made it: for a lexicon its words
    with their values, for the target model the words that move its judgement most (of the
    sentences whose words its theme has looked for, and of the strongest that are shown).

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.
    tables
        Tables of :mod:`analysis_utils.themes.actor_sentiment` with ``scores`` and ``evidence``;
        by default those that are kept beside the corpus.

    Returns
    -------
    View
    """
    tables = tables or theme_tables(actor_sentiment, corpus)
    scores, names = nearest(tables.scores), corpus.names["actor"]
    counts = scores.drop_duplicates(["sentence_id", "actor"])["actor"].value_counts()
    actors = {actor: f"{names[actor]} ({n})" for actor, n in counts.items()}
    methods = {name: name_of(name) for name in reversed(scores["method"].unique())}
    controls = (
        Choice("actor", "Actor", actors),
        Choice("method", "Method", methods),
        Choice("voice", "Voice", VOICES),
        Choice("outlet", "Outlet", {"all": "all outlets", **corpus.outlets}),
    )
    return View(
        "actors", "Actor explorer", controls, _Sentences(corpus, scores, tables.evidence).show
    )


class _Sentences:
    """Scored sentences, and the words behind the target model's scores as far as known."""

    def __init__(self, corpus: Corpus, scores: pd.DataFrame, evidence: pd.DataFrame) -> None:
        self._corpus, self._scores = corpus, scores
        self._known = badges(corpus.names["actor"])
        self._marks = by_sentence(corpus.mentions, Mark)
        self._texts = dict(corpus.sentences[["sentence_id", "text"]].itertuples(index=False))
        self._words: dict[tuple[str, str], str] = {}
        self._remember(evidence)

    def show(self, actor: str | None, method: str, voice: str, outlet: str) -> Shown:
        rows = self._chosen(actor, method, voice, outlet)
        if rows.empty:
            return cells.prose("No sentence of this kind.")
        rows = rows.sort_values(["polarity", "sentence_id"], kind="stable")
        shown = _both_ends(rows)
        if method == TARGET_MODEL:
            self._explain(shown)
        places = [self._cells(row) for row in shown.itertuples()]
        text = "\n".join(f"{row.polarity:+.2f} {row.text}" for row in shown.itertuples())
        return Shown(f"<p>{self._said(rows, shown)}</p>{_table(places)}", text)

    def _chosen(self, actor: str | None, method: str, voice: str, outlet: str) -> pd.DataFrame:
        wanted = {"actor": actor, "method": method, "voice": voice, "outlet": outlet}
        rows = self._scores
        for column, value in wanted.items():
            if value != "all":
                rows = rows[rows[column] == value]
        return rows

    def _explain(self, shown: pd.DataFrame) -> None:
        """Look for the words behind the strongest judgements that are shown."""
        strength = shown["polarity"].abs().where(shown["label"] != 0, 0)
        strongest = shown.loc[strength.sort_values(ascending=False, kind="stable").index]
        keys = zip(strongest["sentence_id"], strongest["actor"], strict=True)
        unknown = strongest[[key not in self._words for key in keys]]
        corpus = self._corpus
        rows = unknown[unknown["label"] != 0].head(EXPLAINED)
        self._remember(model_evidence(rows, corpus.mentions, corpus.sentences))

    def _remember(self, evidence: pd.DataFrame) -> None:
        for row in evidence.to_dict("records"):
            pushed = filter(None, (row["pushed_down_by"], row["pushed_up_by"]))
            self._words[row["sentence_id"], row["actor"]] = "; ".join(pushed)

    def _cells(self, row) -> list[str]:
        names = self._corpus.names
        marks = [m for m in self._marks.get(row.sentence_id, []) if m.actor == row.actor]
        words = row.words or self._words.get((row.sentence_id, row.actor))
        voice = row.voice if row.voice == "own" else f"{row.voice}: {_speaker(row, names)}"
        return [
            f"{row.polarity:+.2f}",
            _LABELS[row.label],
            html.escape(names["outlet"][row.outlet]),
            html.escape(voice),
            html.escape(row.sentence_id),
            annotated(self._texts[row.sentence_id], marks, [], self._known),
            html.escape(words or ("not looked for" if _has_more(row) else "–")),
        ]

    def _said(self, rows: pd.DataFrame, shown: pd.DataFrame) -> str:
        told = counted(len(rows), "sentence")
        if len(rows) >= FEW:
            told += f", mean score {rows['polarity'].mean():+.2f}"
        left = len(rows) - len(shown)
        if left:
            told += f"; {left} between the lowest and the highest are left out here"
        return f"{told}. How often such scores are wrong stands under “How far to trust it” above."


def _speaker(row, names: Mapping[str, Mapping[str, str]]) -> str:
    return names["actor"].get(row.speaker, "another source")


def _has_more(row) -> bool:
    return row.method == TARGET_MODEL and row.label != 0


def _both_ends(rows: pd.DataFrame) -> pd.DataFrame:
    half = MOST_SENTENCES // 2
    if len(rows) <= MOST_SENTENCES:
        return rows
    return pd.concat([rows.head(half), rows.tail(half)])


def _table(rows: list[list[str]]) -> str:
    heads = ("score", "label", "outlet", "voice", "sentence", "text", "words that made it")
    head = "".join(f'<th scope="col" style="{_CELL}">{each}</th>' for each in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
