"""How far methods and codes can be trusted, in sentences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.agreement import RELIABLE, TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed, percent
from analysis_utils.themes import actor_sentiment
from analysis_utils.themes.actor_sentiment.coded import right_alone
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL
from analysis_utils.themes.actor_sentiment.scoring import of_method
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.frames.coded import MODEL_CODER
from analysis_utils.themes.validity.tables import OWN

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: So many of the least trustworthy measures are named.
WEAKEST = 3

#: How the names of scores begin that are shares of units, and so compare with each other.
_SHARE = "share"


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What does better than a trivial method on unseen texts, what does worst, and here."""
    told = [_unseen_told(tables.unseen), _weakest_told(tables.unseen), _own_told(tables.scores)]
    return " ".join(told)


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """None: how good a method is tells nothing of the event."""
    return []


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How trust was measured, as a paragraph for a methods section."""
    own = tables.scores[tables.scores["basis"] == OWN]
    coded = (
        f"{counted(len(own), 'score')} rest on codes of this study."
        if len(own)
        else "This study has no codes of its own."
    )
    return (
        "Trust was measured in two steps [@song2020; @grimmer2013]. Whether coders agree was"
        " measured by Krippendorff's alpha [@krippendorff2018] with bootstrap intervals"
        " [@zapf2016]. Methods were compared with coders beside a trivial method. The unseen texts"
        " are the test parts of NewsMTSC [@hamborg2021] and PolNeAR [@newell2018], labelled"
        f" articles on other events, and pages of other sites. {coded}"
    )


def scores_headline(unseen: pd.DataFrame) -> str:
    """How many methods do better than another on unseen texts, as a title."""
    better, compared = _compared(unseen)
    return f"On unseen texts {better} of {compared} scores are above the trivial or rival method's"


def scores_caption(unseen: pd.DataFrame, own: pd.DataFrame) -> str:
    """The caption of ``figures.scores``; takes the table ``unseen`` and the study's own scores."""
    told = (
        f"{counted(len(unseen), 'score')} on unseen texts, measured in November 2026. Scores of"
        " different names do not compare with each other."
    )
    if own.empty:
        return told
    return (
        f"{told} Those on codes of this study are flattering where rules or lists of names were"
        " made with its articles in view, as in the default study; in a narrow figure they are"
        " left out."
    )


def compact(tables: SimpleNamespace) -> pd.DataFrame:
    """What each theme scores on unseen texts, and what it is known to get wrong.

    Parameters
    ----------
    tables
        The theme's tables.

    Returns
    -------
    ``theme``, ``on unseen texts`` (its scores, the trivial or rival method's in brackets) and
    ``known errors``, a row a theme.
    """
    shown = tables.unseen[tables.unseen["on_page"] == "yes"]
    rows = [
        {
            "theme": theme.replace("_", " "),
            "on unseen texts": "; ".join(
                f"{measure}: {_values(rows)}"
                for measure, rows in of_theme.groupby("measure", sort=False)
            ),
            "known errors": " ".join(filter(None, of_theme["known_errors"])),
        }
        for theme, of_theme in shown.groupby("theme", sort=False)
    ]
    return pd.DataFrame(rows, columns=["theme", "on unseen texts", "known errors"])


def coders_told(tables: SimpleNamespace) -> str:
    """Whether coders agree, and the methods with them, in short."""
    agreed, beside = tables.agreement, tables.beside
    known = agreed.dropna(subset=["alpha"])
    if known.empty:
        told = ["No two coders coded the same here, so how far coders agree is not known."]
    else:
        reliable = int((known["alpha"] >= RELIABLE).sum())
        told = [
            f"Coders agree with an alpha of {RELIABLE:.2f} or more on {reliable} of"
            f" {counted(len(known), 'variable')} that two of them coded"
            f"{_named(known[known['alpha'] < RELIABLE])}."
        ]
        if beside["coder"].str.startswith(MODEL_CODER).any():
            told.append("Where both are language models, that says little of people.")
    enough = beside[beside["n"] >= FEW].dropna(subset=["alpha"])
    if len(enough):
        alphas = enough.groupby("variable", sort=False)["alpha"].mean()
        fits = int((alphas >= TENTATIVE).sum())
        told.append(
            f"Alpha between method and coder is {TENTATIVE} or more for {fits} of"
            f" {counted(len(alphas), 'variable')}."
        )
    return " ".join(told)


def model_told(corpus: Corpus) -> str:
    """The target model beside always neutral on the same coded pairs; empty without codes."""
    codes = corpus.study.codes("sentiment")
    if codes is None:
        return ""
    scores = theme_tables(actor_sentiment, corpus).scores
    near = of_method(scores[scores["narrowest"]], TARGET_MODEL)
    ours, theirs, chance = right_alone(near, codes)
    return (
        f"Of {counted(len(codes), 'coded pair')} of sentence and actor, only the sentiment model is"
        f" right in {ours}, and only calling all neutral in {theirs}. Chance would part them so"
        f" unevenly in {percent(chance)} of cases (McNemar's exact test)."
    )


def units_told(units: pd.DataFrame) -> str:
    """How much there is to code, from the table ``units``."""
    sizes = [counted(row.n, row.unit.removesuffix("s")) for row in units.itertuples()]
    return f"A full set of sheets for this study has {listed(sizes)} to code."


def _named(agreed: pd.DataFrame) -> str:
    names = [f"{row.variable.replace('_', ' ')} {row.alpha:.2f}" for row in agreed.itertuples()]
    return f"; less on {listed(names)}" if names else ""


def _values(rows: pd.DataFrame) -> str:
    """The scores of one measure, each with the rival's."""
    values = [
        f"{row.value:.2f}"
        + (f" ({row.baseline} {row.baseline_value:.2f})" if row.baseline_value >= 0 else "")
        for row in rows.itertuples()
    ]
    return f"{rows['score'].iloc[0]} {listed(values)}"


def _compared(unseen: pd.DataFrame) -> tuple[int, int]:
    """How many scores are above the one beside them, of how many that have one."""
    compared = unseen.dropna(subset=["baseline_value"])
    return int((compared["value"] > compared["baseline_value"]).sum()), len(compared)


def _unseen_told(unseen: pd.DataFrame) -> str:
    better, compared = _compared(unseen)
    return (
        f"Of {counted(len(unseen), 'score')} on texts that nobody tuned on, {compared} have a"
        f" trivial or rival method beside them, and {better} are above it."
    )


def _weakest_told(unseen: pd.DataFrame) -> str:
    shares = unseen[unseen["score"].str.startswith(_SHARE)]
    weakest = shares.sort_values("value", kind="stable").head(WEAKEST)
    told = [f"{row.measure} ({percent(row.value)} right)" for row in weakest.itertuples()]
    return f"Least to be trusted: {listed(told)}." if told else ""


def _own_told(scores: pd.DataFrame) -> str:
    own = scores[scores["basis"] == OWN].dropna(subset=["value"])
    if own.empty:
        return (
            "This study has no codes of its own, so how well the methods do on its articles is not"
            " known; code a sample, as told below."
        )
    better, compared = _compared(own)
    return f"On codes of this study {better} of {compared} scores are above the trivial method's."
