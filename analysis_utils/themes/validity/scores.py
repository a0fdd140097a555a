"""How far to trust each measure: every score beside the trivial method's, in one table.

"Validate, validate, validate" (Grimmer and Stewart 2013): no method is used here without
its score against people's codes, and no score is shown without that of a method that looks
at next to nothing.  Agreement of people with each other is in
:mod:`analysis_utils.measures.agreement`, of methods with people unit by unit in
:mod:`analysis_utils.themes.validity.hand_coding`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures import agreement
from analysis_utils.output.english import counted
from analysis_utils.schemas import VALIDATION_COLUMNS, article_of
from analysis_utils.study import benchmark_results
from analysis_utils.themes.contract import validated

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Columns of :func:`scoreboard`.
COLUMNS = ["theme", *VALIDATION_COLUMNS]

#: What scores against the study's own codes are called in the column ``against``.
HAND_CODES = "hand codes"

#: The public data of the scripts in ``benchmarks/``.
_PAGES = "Newspaper4k evaluation set"

_ERRORS = {
    "cleaning": "Very short articles among long teasers and live blogs are cut wrongly; the rules"
    " were made with these pages in view.",
    "sentences": "A full stop after an abbreviation or inside a quotation can end a sentence too"
    " early.",
}


def scoreboard(corpus: Corpus) -> pd.DataFrame:
    """Every method's score, its trivial baseline and its known errors.

    Returns
    -------
    One row a measure: ``theme``, ``measure`` (what is measured), ``against`` (``hand codes``, or
    the name of public data), ``score`` (its name), ``value`` (0 to 1), ``n`` (coded units),
    ``unit``, ``baseline`` (the trivial method), ``baseline_value`` and ``known_errors``.  Without
    hand codes the study has the rows of public data only.
    """
    from analysis_utils.themes import coverage, frames, portrayal, voices

    parts = [cleaning(corpus), sentence_cutting(corpus), actors(corpus)]
    parts += [
        theme.validate(corpus).assign(theme=theme.__name__.rpartition(".")[2])
        for theme in (voices, portrayal, coverage, frames)
    ]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)[COLUMNS]


def cleaning(corpus: Corpus) -> pd.DataFrame:
    """Scores of cleaning: lines against hand codes, words on public pages."""
    from analysis_utils.themes.page_cleaning import agreement_with_codes

    rows = []
    coded = agreement_with_codes(corpus.lines, corpus.study.codes("lines"))
    if len(coded):
        rules, page = coded.to_dict("records")
        shares = [row["right"] / max(row["lines"], 1) for row in (rules, page)]
        rows.append(_row("article or page, line by line", "accuracy", shares, rules["lines"]))
        rows[-1] |= {"unit": "lines", "baseline": page["method"]}
    rules, page = benchmark_results("page_cleaning").to_dict("records")
    values = [rules["token F1"], page["token F1"]]
    rows.append(_row("article or page, word by word", "token F1", values, rules["pages"], _PAGES))
    rows[-1] |= {"unit": "pages", "baseline": page["method"]}
    return pd.DataFrame(rows).assign(theme="cleaning", known_errors=_ERRORS["cleaning"])


def sentence_cutting(corpus: Corpus) -> pd.DataFrame:
    """Score of sentence cutting against hand codes; cutting at every mark is the baseline."""
    codes = corpus.study.codes("sentences")
    if codes is None:
        return pd.DataFrame()
    coded = {_place(*row) for row in codes[["sentence_id", "line_no", "text"]].to_numpy()}
    articles = {article for article, *_ in coded}
    told = corpus.sentences[corpus.sentences["article_id"].isin(articles)]
    cut = {_place(*row) for row in told[["sentence_id", "line_no", "text"]].to_numpy()}
    kept = corpus.lines[corpus.lines["kept"] & corpus.lines["article_id"].isin(articles)]
    naive = {
        _place(line.article_id, line.line_no, part)
        for line in kept.itertuples()
        for part in re.split(r"(?<=[.!?])\s+", line.clean)
    }
    values = [agreement.overlap(found, coded)["f1"] for found in (cut, naive)]
    row = _row("sentences cut as the coder cut them", "F1", values, len(coded))
    row |= {"unit": "sentences", "baseline": "cut at every . ! ? before a space"}
    return pd.DataFrame([row]).assign(theme="sentences", known_errors=_ERRORS["sentences"])


def actors(corpus: Corpus) -> pd.DataFrame:
    """Scores of finding the actors, and of tone toward them, as their theme gives them."""
    from analysis_utils.themes import actor_sentiment

    rows = validated(actor_sentiment, corpus)
    return rows.assign(
        theme=["mentions" if unit == "mentions" else "sentiment" for unit in rows["unit"]]
    )


def scored(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`scoreboard` that have a score."""
    return table.dropna(subset=["value"])


def with_rival(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`scoreboard` that have a score, and a trivial method's beside it."""
    return table.dropna(subset=["value", "baseline_value"])


def measure_label(row) -> str:
    """What a row of :func:`scoreboard` measures, and against what public data."""
    return row.measure if row.against == HAND_CODES else f"{row.measure} ({row.against})"


def finding(table: pd.DataFrame) -> str:
    """What the scores of :func:`scoreboard` say, as a paragraph."""
    table = scored(table)
    if table.empty:
        return "There is no score of any method."
    compared = with_rival(table)
    behind = compared[compared["value"] <= compared["baseline_value"]]
    coded = int((table["against"] == HAND_CODES).sum())
    parts = [
        f"There are {counted(coded, 'score')} against hand codes of this study and"
        f" {len(table) - coded} against public data.",
        f"{len(compared) - len(behind)} of {len(compared)} are above the trivial method's.",
    ]
    if len(behind):
        names = [f"{measure_label(row)}, {row.score}" for row in behind.itertuples()]
        parts.append(f"Not so: {'; '.join(names)}.")
    if not (table["against"] == HAND_CODES).any():
        parts.append(
            "This study has no hand codes, so how well the methods do on its own texts is not"
            " known; code a sample, as shown below."
        )
    return " ".join(parts)


def _row(measure: str, score: str, values: list[float], n: int, against: str = HAND_CODES) -> dict:
    value, baseline_value = map(float, values)
    return {
        "measure": measure,
        "against": against,
        "score": score,
        "value": value,
        "n": int(n),
        "baseline_value": baseline_value,
    }


def _place(sentence_id: str, line_no: int, text: str) -> tuple[str, int, str]:
    return article_of(sentence_id), int(line_no), text.strip()
