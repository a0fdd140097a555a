"""How far the terms of frames, and the cues of functions, agree with codes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes.frames.codebook import groups
from analysis_utils.themes.frames.coded import measure, most_say, whose_codes
from analysis_utils.themes.frames.entman import cues_beside_statements

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

_KNOWN_ERRORS = (
    "Terms hear words only: they miss a frame that a sentence implies without any of them, and"
    " find one where a word means something else."
)


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far the terms and the cues agree with the study's codes.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`: one row a kind of frame, against what most
    coders say, and one for the cues.  Empty without codes.
    """
    truth = most_say(tables.coded).rename(columns={"present": "coded"})
    both = tables.scores.merge(truth, on=["sentence_id", "frame"])
    rows = []
    for kind, members in groups(tables.codebook).items():
        mine = both[both["frame"].isin(members)]
        if mine.empty:
            continue
        rows.append(
            {
                "measure": f"{kind} of a sentence, by their terms",
                "against": whose_codes(tables.coded),
                "value": measure(mine["coded"], mine["present"])["f1"],
                "n": len(mine),
                "unit": "pairs of sentence and frame",
                "baseline": "always present",
                "baseline_value": measure(mine["coded"], np.ones(len(mine), dtype=int))["f1"],
            }
        )
    if len(tables.statements):
        cues = cues_beside_statements(tables, corpus.sentences)
        rows.append(
            {
                "measure": "sentences with a problem, cause, judgement or remedy, by cue words",
                "against": "hand codes",
                "value": cues["f1"],
                "n": cues["n"],
                "unit": "pairs of sentence and function",
                "baseline": "every sentence",
                "baseline_value": cues["f1_every"],
            }
        )
    table = pd.DataFrame(rows).assign(score="F1", known_errors=_KNOWN_ERRORS)
    return table.reindex(columns=list(VALIDATION_COLUMNS))
