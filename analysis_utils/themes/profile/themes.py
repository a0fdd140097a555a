"""What the themes found of one study, side by side: what the profile is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.themes import actor_sentiment, coverage, frames, portrayal, voices
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.conflicts import find_conflicts

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


@dataclass(frozen=True)
class Themes:
    """What the themes found: each table as its own module makes it."""

    clauses: pd.DataFrame
    speaker_shares: pd.DataFrame
    heard: pd.DataFrame
    triples: pd.DataFrame
    role_shares: pd.DataFrame
    labels: pd.DataFrame
    act_labels: pd.DataFrame
    told: pd.DataFrame
    details: pd.DataFrame
    summaries: pd.DataFrame
    conflicts: pd.DataFrame
    frame_shares: pd.DataFrame
    coded_frames: pd.DataFrame
    frame_names: dict[str, str]


def gather(corpus: Corpus) -> Themes:
    """The tables of all themes that the profile is made of."""
    return Themes(
        clauses=_clauses(corpus), **_voices(corpus), **_portrayal(corpus), **_coverage(corpus),
        **_frames_found(corpus),
    )  # fmt: skip


def _voices(corpus: Corpus) -> dict[str, pd.DataFrame]:
    quotes, sentences, outlets = corpus.quotes, corpus.sentences, corpus.outlets
    return {
        "speaker_shares": voices.tables.speaker_shares(quotes, sentences, outlets),
        "heard": voices.tables.talked_about(
            corpus.mentions, quotes, sentences, corpus.study.actors, outlets
        ),
    }


def _portrayal(corpus: Corpus) -> dict[str, pd.DataFrame]:
    triples, labels = portrayal.tables.find_triples(corpus), portrayal.tables.find_labels(corpus)
    return {
        "triples": triples,
        "role_shares": portrayal.tables.role_shares(triples, corpus.outlets, corpus.names["actor"]),
        "labels": portrayal.tables.label_table(labels),
        "act_labels": portrayal.tables.label_table(labels, of="act"),
    }


def _coverage(corpus: Corpus) -> dict[str, pd.DataFrame]:
    pairs, readings = coverage.tables.align_corpus(corpus), coverage.tables.read_corpus(corpus)
    told = coverage.tables.tellings(corpus.sentences, pairs, corpus.outlets)
    linked = pairs[pairs["link"] != ""]
    return {
        "told": told,
        "details": coverage.tables.unshared_details(readings, pairs, told),
        "summaries": coverage.tables.summaries(corpus.lines, corpus.sentences),
        "conflicts": find_conflicts(linked, readings, corpus.articles),
    }


def _frames_found(corpus: Corpus) -> dict:
    """Sentences with each frame: by its terms, and by the hand codes if there are any."""
    tables = theme_tables(frames, corpus)
    return {
        "frame_shares": tables.shares,
        "coded_frames": frames.coded.side_by_side(tables.coded_counts),
        "frame_names": frames.codebook.frame_names(tables.codebook),
    }


def _clauses(corpus: Corpus) -> pd.DataFrame:
    """Tone toward each actor in its clauses, by the target model; standfirsts left out."""
    told = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    model = {
        actor_sentiment.methods.TARGET_MODEL: actor_sentiment.methods.METHODS[
            actor_sentiment.methods.TARGET_MODEL
        ]
    }
    return actor_sentiment.tables.score_mentions(
        corpus.mentions, told, corpus.tokens, corpus.quotes, model
    )
