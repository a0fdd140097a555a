"""Coverage beside hand codes: aligned pairs, sentences told alone, facts told by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted
from analysis_utils.schemas import VALIDATION_COLUMNS, in_articles_of
from analysis_utils.themes.coverage.alignment import VIEWS
from analysis_utils.themes.coverage.details import find_details

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Study
    from analysis_utils.themes.coverage.differing_words import SentenceWords


def coded_pairs(pairs: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """The pairs with what the coder says of them.

    Parameters
    ----------
    pairs
        As :func:`~analysis_utils.themes.coverage.alignment.align` gives them.
    codes
        Hand codes with ``sentence_id``, ``other_id`` and ``strength`` (``strong``,
        ``partial``, or ``none`` with an empty ``other_id``: told by nobody else); None if the
        study has none, which gives an empty table.

    Returns
    -------
    The pairs with ``strength``, empty where the coder has no pair.  Pairs with an article that
    has no code are left out: the coder did not read it.
    """
    if codes is None:
        return pd.DataFrame()
    coded = codes[codes["strength"] != "none"]
    strength = {
        frozenset(ids): strong
        for *ids, strong in coded[["sentence_id", "other_id", "strength"]].itertuples(index=False)
    }
    read = [*codes["sentence_id"], *codes["other_id"]]
    pairs = pairs[
        in_articles_of(pairs["sentence_id"], read) & in_articles_of(pairs["other_id"], read)
    ]
    ids = zip(pairs["sentence_id"], pairs["other_id"], strict=True)
    return pairs.assign(strength=[strength.get(frozenset(pair), "") for pair in ids])


def evaluate_similarity(coded: pd.DataFrame) -> pd.DataFrame:
    """How well each view alone, and their mean, ranks the coder's pairs first.

    Returns
    -------
    One row a view and a last one for the mean: ``similarity``, ``average_precision`` (0 to
    1; of all pairs of headline with headline and body with body), ``right_first`` (the
    coder's pairs before the first that is none), ``n`` (pairs) and ``coded`` (the coder's).
    Empty without hand codes, or if the coder has none of the pairs.
    """
    truth = coded["strength"] != "" if len(coded) else pd.Series(dtype=bool)
    if not truth.any():
        return pd.DataFrame()
    from sklearn.metrics import average_precision_score  # heavy: only where codes exist

    rows = []
    for view in (*VIEWS, "similarity"):
        ranked = truth.loc[coded[view].sort_values(ascending=False, kind="stable").index]
        rows.append(
            {
                "similarity": VIEWS.get(view, "mean of the four"),
                "average_precision": average_precision_score(truth, coded[view]),
                "right_first": int(ranked.cumprod().sum()),
                "n": len(coded),
                "coded": int(truth.sum()),
            }
        )
    return pd.DataFrame(rows)


def evaluate_links(coded: pd.DataFrame) -> pd.DataFrame:
    """How many of the pairs that were linked the coder has, by kind of link.

    Returns
    -------
    ``link``, ``pairs``, ``right`` (the coder has them) and ``of_coded`` (share of the coder's
    pairs found so, 0 to 1). Empty without hand codes.
    """
    if coded.empty:
        return pd.DataFrame()
    total = (coded["strength"] != "").sum()
    rows = []
    for link in ("counterpart", "possible"):
        linked = coded[coded["link"] == link]
        right = int((linked["strength"] != "").sum())
        rows.append((link, len(linked), right, right / max(total, 1)))
    return pd.DataFrame(rows, columns=["link", "pairs", "right", "of_coded"])


def evaluate_alone(told: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Sentences called alone, by the machine and by the coder.

    Returns
    -------
    One row a sentence that either calls alone: ``sentence_id``, ``machine`` and
    ``coder`` (whether each does). Empty without hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    coder = set(codes.loc[codes["strength"] == "none", "sentence_id"])
    machine = set(told.loc[told["told"] == "one", "sentence_id"])
    known = set(codes["sentence_id"]) | set(codes["other_id"])
    ordered = [
        name for name in told["sentence_id"] if name in coder or (name in machine and name in known)
    ]
    return pd.DataFrame(
        {
            "sentence_id": ordered,
            "machine": [name in machine for name in ordered],
            "coder": [name in coder for name in ordered],
        }
    )


def evaluate_facts(
    facts: pd.DataFrame | None,
    told: pd.DataFrame,
    readings: Mapping[str, SentenceWords],
    pairs: pd.DataFrame,
) -> pd.DataFrame:
    """Whether each fact that one outlet alone tells was named, by sentence or by detail.

    Parameters
    ----------
    facts
        Hand codes with ``fact_id``, ``fact``, ``status`` (``<outlet>_only``, ``shared``, ...)
        and ``sentence_ids``; None if the study has none, which gives an empty table.
    told, readings, pairs
        As :mod:`analysis_utils.themes.coverage` gives them.

    Returns
    -------
    One row a fact that one outlet alone tells: ``fact_id``, ``fact``, ``sentence_ids``,
    ``named`` (``sentence``, ``detail`` or empty) and ``by`` (the detail, or the sentence's id).
    That a detail stands in the right sentence is counted; read whether it is the fact.
    """
    if facts is None:
        return pd.DataFrame()
    details = find_details(readings, pairs[pairs["link"] != ""])
    alone = set(told.loc[told["told"] == "one", "sentence_id"])
    rows = []
    for fact in facts[facts["status"].str.endswith("_only")].itertuples():
        ids = fact.sentence_ids.split()
        phrases = details.loc[details["sentence_id"].isin(ids), "text"].tolist()
        sentences = [name for name in ids if name in alone]
        named = "sentence" if sentences else "detail" if phrases else ""
        by = ", ".join(sentences) if sentences else "; ".join(dict.fromkeys(phrases))
        rows.append((fact.fact_id, fact.fact, fact.sentence_ids, named, by))
    return pd.DataFrame(rows, columns=["fact_id", "fact", "sentence_ids", "named", "by"])


def conclusion(similarity: pd.DataFrame, alone: pd.DataFrame, facts: pd.DataFrame) -> str:
    """What the hand codes say of the measure, as prose."""
    parts = [_similarity_conclusion(similarity)]
    if not alone.empty:
        coder = int(alone["coder"].sum())
        both = int((alone["coder"] & alone["machine"]).sum())
        false = int((~alone["coder"] & alone["machine"]).sum())
        parts.append(
            f"Of {counted(coder, 'sentence')} that the coder found in one outlet alone,"
            f" {both} {'is' if both == 1 else 'are'} found; {false or 'no'} other that the coder"
            f" aligned {'is' if false < 2 else 'are'} called so."
        )
    if not facts.empty:
        named = int((facts["named"] != "").sum())
        parts.append(
            f"Of {counted(len(facts), 'fact')} that one outlet alone tells, {named} are"
            " pointed to by a sentence or a detail."
        )
    return " ".join(parts)


def _similarity_conclusion(similarity: pd.DataFrame) -> str:
    if similarity.empty:
        return (
            "This study has no hand-coded pairs of sentences, so how well they are aligned here"
            " is not known; the scores on other articles above are the best guide."
        )
    *views, mean = similarity.itertuples()
    best = max(views, key=lambda view: view.average_precision)
    return (
        f"The mean of the four views ranks the coder's {counted(mean.coded, 'pair')} among"
        f" {mean.n:,} with an average precision of {mean.average_precision:.2f}; the best view"
        f" alone, {best.similarity}, reaches {best.average_precision:.2f}."
    )


def validate(
    corpus: Corpus, pairs: pd.DataFrame, told: pd.DataFrame, readings: Mapping[str, SentenceWords]
) -> pd.DataFrame:
    """The scores of coverage for the table of all measures.

    Returns
    -------
    ``measure``, ``against``, ``score``, ``value`` (0 to 1), ``n``, ``unit``, ``baseline``,
    ``baseline_value`` and ``known_errors``.  A measure of which nothing is coded has no row.
    """
    rows = _public_scores()
    codes = corpus.study.codes("alignment")
    coded = coded_pairs(pairs, codes)
    similarity = evaluate_similarity(coded)
    if not similarity.empty:
        rows += [_alignment_row(similarity), _counterparts_row(evaluate_links(coded), similarity)]
    alone = evaluate_alone(told, codes)
    if not alone.empty and alone["coder"].any():
        rows.append(_alone_row(alone, codes))
    facts = evaluate_facts(corpus.study.codes("facts"), told, readings, pairs)
    if not facts.empty:
        rows.append(_facts_row(facts))
    return pd.DataFrame(rows, columns=list(VALIDATION_COLUMNS))


def has_codes(study: Study) -> bool:
    """Whether a study has hand codes that coverage can be laid against."""
    return any(study.codes(name) is not None for name in ("alignment", "facts"))


def public_validation() -> pd.DataFrame:
    """The rows of :func:`validate` that every study has: scores on public articles."""
    return pd.DataFrame(_public_scores(), columns=list(VALIDATION_COLUMNS))


def _public_scores() -> list[dict]:
    from analysis_utils.study import benchmark_results

    results = benchmark_results("alignment").set_index("similarity")
    mean, written = results.loc["mean of the four"], results.loc[VIEWS["written"]]
    return [
        {
            "measure": "sentences of two outlets that tell the same",
            "against": "NewsWCL50, ten articles on two events, pairs read for this project",
            "score": "average precision",
            "value": mean["average_precision"],
            "n": int(mean["counterparts"]),
            "unit": "pairs that tell the same",
            "baseline": "sentence embeddings of the text as written",
            "baseline_value": written["average_precision"],
            "known_errors": "Sentences on the same topic are taken for the same statement, most"
            " of all where an event repeats itself in an article. Pairs that nobody read count as"
            " different, and which were read hung partly on this method's own ranking.",
        }
    ]


def _alignment_row(similarity: pd.DataFrame) -> dict:
    mean = similarity.iloc[-1]
    written = similarity.set_index("similarity").loc[VIEWS["written"]]
    return {
        "measure": "sentences of two outlets that tell the same",
        "against": "hand codes",
        "score": "average precision",
        "value": mean["average_precision"],
        "n": int(mean["coded"]),
        "unit": "pairs that tell the same",
        "baseline": "sentence embeddings of the text as written",
        "baseline_value": written["average_precision"],
        "known_errors": "Two sentences of which only a part is the same rank low.",
    }


def _counterparts_row(links: pd.DataFrame, similarity: pd.DataFrame) -> dict:
    """Of the coder's pairs, those that are surely linked; a trivial method links none."""
    sure = links.set_index("link").loc["counterpart"]
    return {
        "measure": "pairs that tell the same, linked as sure counterparts",
        "against": "hand codes",
        "score": "recall",
        "value": float(sure["of_coded"]),
        "n": int(similarity.iloc[-1]["coded"]),
        "unit": "pairs that tell the same",
        "baseline": "no links",
        "baseline_value": 0.0,
        "known_errors": "Most pairs of which only a part is the same are called possible only.",
    }


def _alone_row(alone: pd.DataFrame, codes: pd.DataFrame) -> dict:
    both, coder = (alone["coder"] & alone["machine"]).sum(), alone["coder"].sum()
    coded = {*codes["sentence_id"], *codes["other_id"]} - {""}
    return {
        "measure": "sentences that one outlet alone tells",
        "against": "hand codes",
        "score": "F1",
        "value": _f1(both, alone["machine"].sum(), coder),
        "n": int(coder),
        "unit": "sentences",
        "baseline": "every coded sentence alone",
        "baseline_value": _f1(coder, len(coded), coder),
        "known_errors": "A sentence that shares one half sentence with another outlet may be"
        " called alone.",
    }


def _f1(both: int, found: int, coded: int) -> float:
    return float(2 * both / (found + coded))


def _facts_row(facts: pd.DataFrame) -> dict:
    return {
        "measure": "facts that one outlet alone tells, pointed to by a sentence or a detail",
        "against": "hand codes",
        "score": "recall",
        "value": float((facts["named"] != "").mean()),
        "n": len(facts),
        "unit": "facts",
        "baseline": "sentences alone, without details",
        "baseline_value": float((facts["named"] == "sentence").mean()),
        "known_errors": "What others say in quite other words counts as a detail too.",
    }
