"""What the themes found of one study, side by side: what the profile is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.themes import actor_sentiment, coverage, frames, portrayal, voices
from analysis_utils.themes.contract import theme_tables

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


@dataclass(frozen=True)
class Themes:
    """What the themes found: each table as its own theme gives it.

    ``clauses`` are the target model's nearest scores, ``coded_frames`` the coders' counts side
    by side, ``frame_names`` names by id.
    """

    clauses: pd.DataFrame
    speaker_shares: pd.DataFrame
    heard: pd.DataFrame
    roles: pd.DataFrame
    role_shares: pd.DataFrame
    verbs: pd.DataFrame
    labels: pd.DataFrame
    act_labels: pd.DataFrame
    told: pd.DataFrame
    tellings: pd.DataFrame
    details: pd.DataFrame
    summaries: pd.DataFrame
    conflicts: pd.DataFrame
    frame_shares: pd.DataFrame
    coded_frames: pd.DataFrame
    frame_names: dict[str, str]


def gather(corpus: Corpus) -> Themes:
    """The tables of all themes that the profile is made of."""
    sentiment, heard, portrayed, covered, framed = (
        theme_tables(theme, corpus)
        for theme in (actor_sentiment, voices, portrayal, coverage, frames)
    )
    scores = actor_sentiment.scoring.nearest(sentiment.scores)
    return Themes(
        clauses=scores[scores["method"] == actor_sentiment.methods.TARGET_MODEL],
        speaker_shares=heard.shares,
        heard=heard.heard,
        roles=portrayed.roles,
        role_shares=portrayed.role_shares,
        verbs=portrayed.verbs,
        labels=portrayed.actor_labels,
        act_labels=portrayed.act_labels,
        told=covered.told,
        tellings=covered.counts,
        details=covered.details,
        summaries=covered.summaries,
        conflicts=covered.conflicts,
        frame_shares=framed.shares,
        coded_frames=frames.coded.side_by_side(framed.coded_counts),
        frame_names=frames.codebook.frame_names(framed.codebook),
    )
