"""How far to trust each measure: every score beside the trivial method's, in one table.

"Validate, validate, validate" (Grimmer and Stewart 2013): no method is used here without
its score against people's codes, beside that of a method that looks at next to nothing.  Scores
on texts that nobody tuned on come first.  Beside them: how far coders agree with each other
(:mod:`analysis_utils.measures.agreement`), and with the methods, unit by unit
(:mod:`analysis_utils.themes.validity.comparison`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures import agreement
from analysis_utils.schemas import Table, Validation
from analysis_utils.study import benchmark_results
from analysis_utils.themes import (
    actor_sentiment,
    coverage,
    findings,
    frames,
    page_cleaning,
    portrayal,
    term_contrast,
    voices,
)
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.validity import codebook, comparison, hand_coding
from analysis_utils.themes.validity.units import UNITS, all_units, count_units

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The themes whose scores are gathered, in the order of the notebooks.
THEMES = (
    *(page_cleaning, findings, term_contrast, actor_sentiment, voices, portrayal),
    *(coverage, frames),
)


#: What a score rests on: texts that rules and weights were made with, or codes of the study.
DEVELOPMENT, OWN = "development texts", "codes of this study"


class _OfTheme(Table):
    """One row of a theme; a base, so that its columns stand first."""

    theme: Series[str] = pa.Field(description="whose measure it is")
    basis: Series[str] = pa.Field(isin=[DEVELOPMENT, OWN], description="what the score rests on")


class Scores(Validation, _OfTheme):
    """One row a measure of a theme, with its score and the trivial method's."""


class Unseen(Table):
    """One row a score on texts that no rule or weight was made with, measured in November 2026."""

    theme: Series[str] = pa.Field(description="whose measure it is")
    measure: Series[str] = pa.Field(description="what is measured, in plain words")
    texts: Series[str] = pa.Field(description="on which texts")
    score: Series[str] = pa.Field(description="name of the score, such as F1")
    value: Series[float] = pa.Field(ge=0, le=1, description="the score, from 0 to 1")
    baseline: Series[str] = pa.Field(nullable=True, description="the trivial or a rival method")
    baseline_value: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="its score; none if it was not measured"
    )
    on_page: Series[str] = pa.Field(
        isin=["yes", "no"], description="whether the theme's own page tells it"
    )
    known_errors: Series[str] = pa.Field(description="what goes wrong there, once a theme")


class Units(Table):
    """One row a kind of unit that can be coded."""

    unit: Series[str] = pa.Field(isin=UNITS, unique=True, description="sentences, mentions, quotes")
    n: Series[int] = pa.Field(ge=0, description="how many there are in the study")


class Agreement(Table):
    """One row a variable: how far the coders agree on it."""

    variable: Series[str] = pa.Field(unique=True, description="what was coded")
    level: Series[str] = pa.Field(isin=["nominal", "ordinal"], description="of measurement")
    coders: Series[int] = pa.Field(ge=1, description="how many coded it")
    units: Series[int] = pa.Field(ge=0, description="units that two or more coded")
    pairable: Series[int] = pa.Field(ge=0, description="codes of these units")
    percent_agreement: Series[float] = pa.Field(
        ge=0, le=1, nullable=True, description="share of pairs of codes that are the same"
    )
    alpha: Series[float] = pa.Field(le=1, nullable=True, description="Krippendorff's alpha")
    low: Series[float] = pa.Field(nullable=True, description="its lower bound, if any")
    high: Series[float] = pa.Field(nullable=True, description="its upper bound, if any")
    note: Series[str] = pa.Field(description="why a number is missing, or empty")


class Beside(Table):
    """One row a variable and coder: what the methods say beside what the coder says."""

    variable: Series[str] = pa.Field(description="what was coded")
    coder: Series[str] = pa.Field(description="by whom, or most coders")
    n: Series[int] = pa.Field(ge=1, description="units of which both say something")
    accuracy: Series[float] = pa.Field(ge=0, le=1, description="share of them alike")
    accuracy_baseline: Series[float] = pa.Field(
        ge=0, le=1, description="that of always giving the coder's commonest value"
    )
    macro_f1: Series[float] = pa.Field(ge=0, le=1, description="mean F1 of the coder's values")
    macro_f1_baseline: Series[float] = pa.Field(
        ge=0, le=1, description="that of always giving the coder's commonest value"
    )
    alpha: Series[float] = pa.Field(
        le=1, nullable=True, description="nominal; none where all values are the same"
    )


class Different(Table):
    """One row a unit that was coded differently, variable and coder, in reading order."""

    variable: Series[str] = pa.Field(description="what was coded")
    coder: Series[str] = pa.Field(description="by whom; method: what the methods say")
    value: Series[str] = pa.Field(description="the code, or empty if this coder has none")
    unit_id: Series[str] = pa.Field(description="the unit")
    context: Series[str] = pa.Field(description="the sentences around it, the unit marked")


#: The theme's tables by name.
SCHEMAS: dict[str, type[Table]] = {
    "unseen": Unseen,
    "scores": Scores,
    "units": Units,
    "agreement": Agreement,
    "disagreements": Different,
    "beside": Beside,
    "against_method": Different,
}


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The theme's tables by name, see ``SCHEMAS``.

    Raises
    ------
    SheetError
        If a filled sheet has faults.
    """
    units = all_units(corpus)
    codes = hand_coding.all_codes(corpus, units)
    said = hand_coding.method_codes(
        corpus, theme_tables(actor_sentiment, corpus), theme_tables(frames, corpus)
    )
    return {
        "unseen": benchmark_results("unseen").fillna({"known_errors": ""}),
        "scores": scoreboard(corpus),
        "units": count_units(units),
        "agreement": agreement.agreement(codes, codebook.levels(corpus.study)),
        "disagreements": comparison.disagreements(codes, units),
        "beside": comparison.beside_coders(codes, said),
        "against_method": comparison.against_method(codes, said, units),
    }


def scoreboard(corpus: Corpus) -> pd.DataFrame:
    """Every measure of every theme with its score, its trivial baseline and its known errors.

    Parameters
    ----------
    corpus
        The corpus that is measured.

    Returns
    -------
    See :class:`Scores`.  Without hand codes the study has the rows of public data only.
    """
    parts = [validated(theme, corpus).assign(theme=_name(theme.__name__)) for theme in THEMES]
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    is_own = table["against"].str.contains("codes")
    return Scores.checked(table.assign(basis=is_own.map({True: OWN, False: DEVELOPMENT})))


def _name(module: str) -> str:
    return module.rpartition(".")[2]
