"""Actor sentiment beside hand codes and people's labels on public news, and so its mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.agreement import f1
from analysis_utils.output.english import percent
from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.study import benchmark_results
from analysis_utils.themes.actor_sentiment.coded import (
    ALWAYS_NEUTRAL,
    evaluate,
    right_alone,
    voices_right,
)
from analysis_utils.themes.actor_sentiment.judges import judges
from analysis_utils.themes.actor_sentiment.mentioned import agreement_with_codes
from analysis_utils.themes.actor_sentiment.methods import LEXICONS, METHODS, TARGET_MODEL, name_of
from analysis_utils.themes.actor_sentiment.scoring import of_method
from analysis_utils.themes.actor_sentiment.words import MEASURE

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

_BY_WORDS = (
    "Words are added up, whomever they are said of; words for the matter at hand are"
    " taken for tone."
)

_KNOWN_ERRORS = {
    **dict.fromkeys(LEXICONS, _BY_WORDS),
    TARGET_MODEL: "Many judgements are called neutral; halting something, and bad news about an"
    " actor, can be taken for blame, a fault shown towards it for its own; words inside a name are"
    " not read.",
}

#: Accuracy is what a method that never judges is good at, macro-F1 what it is bad at: both count.
_TONE_SCORES = {"accuracy": "accuracy", "macro_f1": "macro-F1"}


def validate(tables: SimpleNamespace, corpus: Corpus) -> pd.DataFrame:
    """How far mentions and tone agree with hand codes, and tone with people's labels.

    Parameters
    ----------
    tables
        The theme's tables.
    corpus
        The corpus they were made from.

    Returns
    -------
    See :class:`~analysis_utils.schemas.Validation`.  Without hand codes only the rows on
    public data.
    """
    rows = [*_mentions(corpus), *_hand_coded(tables, corpus), *_public(), *_ordering()]
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS)


def _mentions(corpus: Corpus) -> Iterator[dict]:
    """The score of finding the actors; names in full are the trivial method."""
    codes = corpus.study.codes("mentions")
    if codes is None:
        return
    in_full = corpus.mentions[corpus.mentions["kind"] == "name"]
    found, trivial = (
        agreement_with_codes(mentions, codes).iloc[-1] for mentions in (corpus.mentions, in_full)
    )
    yield {
        "measure": "mentions of the actors",
        "against": "hand codes",
        "score": "F1",
        "value": f1(found["precision"], found["recall"]),
        "n": found["n_codes"],
        "unit": "mentions",
        "baseline": "full names only",
        "baseline_value": f1(trivial["precision"], trivial["recall"]),
        "known_errors": "A pronoun that two actors fit is left open, and names that stand before a"
        " noun are mostly left out; the lists of names were written with the texts in view.",
    }


def _hand_coded(tables: SimpleNamespace, corpus: Corpus) -> Iterator[dict]:
    codes = corpus.study.codes("sentiment")
    if codes is None:
        return
    near = tables.scores[tables.scores["narrowest"]]
    paired = {method: _paired(near, method, codes) for method in METHODS}
    yield from _tones(evaluate(near, codes), "hand codes", paired)
    yield from _judges(corpus, codes)


def _paired(scores: pd.DataFrame, method: str, codes: pd.DataFrame) -> str:
    """A method and always neutral on the same pairs, in a sentence."""
    ours, theirs, chance = right_alone(of_method(scores, method), codes)
    return (
        f" Of the same pairs, it alone is right in {ours} and always neutral alone in {theirs}"
        f" (McNemar's exact p = {chance:.2f})."
    )


def _judges(corpus: Corpus, codes: pd.DataFrame) -> Iterator[dict]:
    """How often it is found rightly whether a judgement is the outlet's own."""
    judged = codes[codes["polarity"] != 0].merge(
        corpus.mentions[["sentence_id", "actor"]].drop_duplicates(), on=["sentence_id", "actor"]
    )
    if judged.empty:
        return
    told = corpus.sentences, corpus.tokens, corpus.quotes, corpus.quotations
    right = voices_right(judged, judges(judged, corpus.mentions, *told))
    yield {
        "measure": "whether a judgement is the outlet's own",
        "against": "hand codes",
        "score": "accuracy",
        "value": right.mean(),
        "n": len(judged),
        "unit": "judgements",
        "baseline": "always others'",
        "baseline_value": (~judged["voice"].str.startswith("reporter")).mean(),
        "known_errors": "A judgement that somebody reports of a third is given to the one who"
        " reports it.",
    }


def _public() -> Iterator[dict]:
    """Scores on public sentences as the benchmark last saved them; none if it never ran."""
    try:
        saved = benchmark_results("target_sentiment")
    except FileNotFoundError:
        return
    for kind, table in saved.groupby("sentences", sort=False):
        yield from _tones(table, f"NewsMTSC: {kind}")


def _ordering() -> Iterator[dict]:
    """How often the harsher outlet is found, as the benchmark last saved it."""
    try:
        saved = benchmark_results("ordering")
    except FileNotFoundError:
        return
    of_measure = saved[(saved["method"] == MEASURE) & (saved["actors"] == "all")]
    for row in of_measure[of_measure["right"].notna()].itertuples():
        yield {
            "measure": "which outlet is harsher on an actor",
            "against": f"BASIL, {row.labels}; cross-validated over events",
            "score": f"share right, of the {percent(row.told)} of pairs that are told",
            "value": row.right,
            "n": round(row.pairs * row.told),
            "unit": "pairs of articles",
            "baseline": "a coin",
            "baseline_value": 0.5,
            "known_errors": "Of articles that readers labelled alike some are told apart; groups"
            " are ordered worse than persons.",
        }


def _tones(
    evaluation: pd.DataFrame, against: str, paired: Mapping[str, str] | None = None
) -> Iterator[dict]:
    """A row a method and score, of a table with a row a method."""
    table = evaluation.set_index("method")
    for method in METHODS:
        if method in table.index:  # of one added since, nothing is saved
            for column, score in _TONE_SCORES.items():
                yield {
                    "measure": f"tone toward an actor, {name_of(method)}",
                    "against": against,
                    "score": score,
                    "value": table.loc[method, column],
                    "n": table.loc[method, "n"],
                    "unit": "pairs of sentence and actor",
                    "baseline": ALWAYS_NEUTRAL,
                    "baseline_value": table.loc[ALWAYS_NEUTRAL, column],
                    "known_errors": _KNOWN_ERRORS[method] + (paired or {}).get(method, ""),
                }
