"""What the tables of actor sentiment say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.actor_sentiment import coded
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL, name_of
from analysis_utils.themes.actor_sentiment.scoring import nearest

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Whose words were scored, over a panel.
VOICES = {"own": "The outlet's own voice", "reported": "Reported speech", "quoted": "Quoted"}

#: The same inside a sentence.
_IN_VOICE = {
    "own": "in its own voice",
    "reported": "in reported speech",
    "quoted": "in quotations",
}

#: From this many sentences on, a bootstrap interval of a mean is about as wide as it should be
#: (see :mod:`analysis_utils.measures.intervals`); with fewer, intervals apart are no finding.
ENOUGH = 15

#: What a method's polarity is a mean of, and what to bear in mind.
_MEASURES = {
    "clause": (
        "of the clauses around each actor",
        "A lexicon does not know of whom a word is said.",
    ),
    "target": (
        "toward each actor where it stands: probability of positive minus that of negative",
        "The model reads whole sentences; the voice is that of the clause around the actor.",
    ),
}


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What is judged in each telling and in whose words, and whether the outlets differ: by the
    target model, and by the hand codes if there are any."""
    scores, summary = (of_method(table, TARGET_MODEL) for table in (tables.scores, tables.summary))
    codes = coded.count_codes(corpus.study.codes("sentiment"), corpus.sentences)
    parts = [
        judgements_finding(nearest(scores), corpus.outlets),
        f"{headline(summary, corpus.names['actor'], TARGET_MODEL)}.",
        coded_voices(codes),
    ]
    return " ".join(filter(None, parts))


def of_method(table: pd.DataFrame, method: str) -> pd.DataFrame:
    """The rows of one method."""
    return table[table["method"] == method]


def judgements_finding(scores: pd.DataFrame, outlets: Mapping[str, str], by: str = "outlet") -> str:
    """How often each outlet's sentences judge an actor, and how often in others' words.

    Parameters
    ----------
    scores
        Rows of one method, one a sentence and actor.
    outlets
        Names by id.
    by
        The column that holds these ids: with ``article_id`` and names of articles, by article.
    """
    return " ".join(
        _judgements(scores[scores[by] == outlet], name) for outlet, name in outlets.items()
    )


def headline(
    summary: pd.DataFrame, actors: Mapping[str, str], method: str, by: str = "outlet"
) -> str:
    """For whom the outlets differ, as the title of the figure of one method.

    Two outlets differ if both have ``ENOUGH`` sentences and their intervals do not overlap,
    in the same voice. Scores that are all alike have no interval.

    Parameters
    ----------
    summary
        As :func:`~analysis_utils.themes.actor_sentiment.summaries.summarise` gives it, for one
        method and scope.
    actors
        Names by id.
    method
        Id of the method.
    by
        The column of what is compared: ``outlet``, or ``article_id`` for articles.

    Raises
    ------
    ValueError
        If the summary holds several methods or scopes.
    """
    check_one_method(summary)
    name, compared = name_of(method), _compared(by)
    if summary.empty:
        return f"{name}: no sentence mentions an actor of the study"
    firm = summary[(summary["n_units"] >= ENOUGH) & (summary["low"] < summary["high"])]
    same = [column for column in ("actor", "voice") if column in summary]
    groups = [rows for _, rows in firm.groupby(same, sort=False) if len(rows) > 1]
    if not groups:
        return f"{name}: too few sentences to tell the {compared} apart"
    apart = [
        actors[rows["actor"].iloc[0]] for rows in groups if rows["low"].max() > rows["high"].min()
    ]
    if not apart:
        return f"{name}: no difference where two {compared} have {ENOUGH} sentences or more"
    return f"{name}: intervals do not overlap for {listed(list(dict.fromkeys(apart)))}"


def voices_finding(
    summary: pd.DataFrame, outlets: Mapping[str, str], actors: Mapping[str, str], by: str = "outlet"
) -> str:
    """The means whose interval leaves out zero, by actor, outlet and voice, in words.

    Only means of ``FEW`` sentences or more have an interval.

    Parameters
    ----------
    summary, by
        As in :func:`headline`.
    outlets, actors
        Names by id.

    Raises
    ------
    ValueError
        If the summary holds several methods or scopes.
    """
    check_one_method(summary)
    enough = summary[summary["n"] >= FEW]
    clear = enough[(enough["low"] > 0) | (enough["high"] < 0)]
    if clear.empty:
        few = len(summary) - len(enough)
        return (
            f"No interval leaves out zero; {few} of {counted(len(summary), 'mean')} have none,"
            f" as they rest on fewer than {FEW} sentences."
        )
    said = [
        f"{actors[row['actor']]} in {outlets[row[by]]}, {_IN_VOICE[row['voice']]}"
        f" ({row['mean']:+.2f}, {row['low']:+.2f} to {row['high']:+.2f}, n={row['n']})"
        for row in clear.to_dict("records")
    ]
    return f"Intervals that leave out zero, of {FEW} sentences or more: {'; '.join(said)}."


def caption(scores: pd.DataFrame, method: str) -> str:
    """The caption of a figure of one method: what, how many, which interval.

    Parameters
    ----------
    scores
        Of one scope, as :func:`~analysis_utils.themes.actor_sentiment.scoring.nearest` gives them.
    method
        Id of the method.
    """
    pairs = len(scores.drop_duplicates(["sentence_id", "actor"]))
    measure, warning = _MEASURES["target" if (scores["scope"] == "target").any() else "clause"]
    return (
        f"Mean polarity ({name_of(method)}) {measure}; n is sentences."
        f" {counted(pairs, 'pair')} of sentence and actor, standfirsts left out. A"
        " clause has the voice of its larger part. Intervals are nominal 95% bootstrap"
        f" intervals over sentences, not drawn below {FEW} sentences; with so few they hold the"
        f" truth less often (about 60% at 5, 80% at 8, 90% at 15). {warning}"
    )


def conclusion(evaluation: pd.DataFrame) -> str:
    """What :func:`~analysis_utils.themes.actor_sentiment.coded.evaluate` allows one to conclude,
    as a paragraph."""
    if evaluation.empty:
        return (
            "This study has no hand codes of sentiment, so nothing is known about how far these"
            " scores agree with a reader here. Treat them as a way into the sentences."
        )
    *_, neutral = evaluation.to_dict("records")
    methods = evaluation[evaluation["method"] != neutral["method"]]
    pairs = f"{counted(neutral['n'], 'coded pair')} of sentence and actor"
    if methods.empty:
        return f"None of the {pairs} could be scored: no mention of an actor was found."
    ranked = methods.sort_values("macro_f1", ascending=False, kind="stable")
    best = ranked.to_dict("records")[0]
    return (
        f"Of {pairs}, a method that always"
        f" answers neutral is right in {neutral['accuracy']:.0%}. The best method here,"
        f" {_called(best)}, is right in {best['accuracy']:.0%} and has"
        f" {counted(best['opposite'], 'pair')} with the sign the wrong way round; its macro-F1,"
        f" which counts the three labels alike, is {best['macro_f1']:.2f} against"
        f" {neutral['macro_f1']:.2f}. {_verdict(best, neutral)}"
    )


def misses_finding(missed: pd.DataFrame, codes: pd.DataFrame | None, scores: pd.DataFrame) -> str:
    """How many of the coder's judgements each method misses.

    Parameters
    ----------
    missed
        As :func:`~analysis_utils.themes.actor_sentiment.coded.misses` gives them.
    codes
        Hand codes ``sentiment``, or None.
    scores
        The scores that they were made from.
    """
    if codes is None or missed.empty:
        return ""
    key = ["sentence_id", "actor"]
    judged = codes[codes["polarity"] != 0]
    unscored = len(judged) - len(judged.merge(scores[key].drop_duplicates(), on=key))
    parts = [f"{unscored} found no mention to score"] if unscored else []
    for method in missed.columns.drop([*key, "coded", "text"]):
        signs = missed[method] * missed["coded"]
        silent, opposite = int((signs == 0).sum()), int((signs < 0).sum())
        parts.append(f"{name_of(method)} calls {silent} neutral and turns {opposite} round")
    return f"Of {counted(len(judged), 'judgement')} of the coder, {'; '.join(parts)}."


def false_tones_finding(codes: pd.DataFrame | None, scores: pd.DataFrame) -> str:
    """To how many pairs that the coder calls neither each method gives a tone.

    Parameters
    ----------
    codes
        Hand codes ``sentiment``, or None.
    scores
        One row a sentence, actor and method.
    """
    if codes is None or not (codes["polarity"] == 0).any():
        return ""
    neither = codes.loc[codes["polarity"] == 0, ["sentence_id", "actor"]]
    found = neither.merge(scores, on=["sentence_id", "actor"])
    parts = [
        f"{name_of(method)} gives a tone to {int((rows['label'] != 0).sum())}"
        for method, rows in found.groupby("method", sort=True)
    ]
    pairs = counted(len(neither), "pair")
    return f"Of {pairs} that the coder calls neither, {listed(parts or ['none is scored'])}."


def coded_voices(counts: pd.DataFrame) -> str:
    """Whose the judgements are, from
    :func:`~analysis_utils.themes.actor_sentiment.coded.count_codes`."""
    if counts.empty:
        return ""
    judged = int(counts[["unfavourably", "favourably"]].sum().sum())
    own = int(counts["by the outlet itself"].sum())
    return (
        f"Of {counted(judged, 'judgement')} that the coder found, {judged - own} are in"
        f" somebody else's voice and {own} wholly or partly in the outlet's own."
    )


def disagreement_finding(differing: pd.DataFrame, scores: pd.DataFrame) -> str:
    """How often methods disagree.

    Parameters
    ----------
    differing
        As :func:`~analysis_utils.themes.actor_sentiment.evidence.disagreements` gives them.
    scores
        The scores that they were made from.
    """
    pairs = len(scores.drop_duplicates(["sentence_id", "actor"]))
    opposite = differing[differing["disagreement"] == "opposite signs"]
    sentences = counted(opposite["sentence_id"].nunique(), "sentence")
    silent = len(differing) - len(opposite)
    return (
        f"Of {counted(pairs, 'pair')} of sentence and actor, {len(opposite)} (in {sentences})"
        f" get opposite signs; in {silent} one method or more answers neutral and another does"
        f" not; in {pairs - len(differing)} all agree."
    )


def check_one_method(summary: pd.DataFrame) -> None:
    """Refuse a summary of several methods or scopes, which are no one finding.

    Raises
    ------
    ValueError
        If it is one.
    """
    for column in ("method", "scope"):
        if column in summary and summary[column].nunique() > 1:
            found = ", ".join(map(str, summary[column].unique()))
            raise ValueError(f"choose one {column}, of {found}")


def _compared(by: str) -> str:
    """What a column holds, in words: ``outlets``, or ``articles``."""
    return f"{by.removesuffix('_id')}s"


def _judgements(scores: pd.DataFrame, name: str) -> str:
    if scores.empty:
        return f"{name} mentions no actor of the study."
    pairs = f"{counted(len(scores), 'pair')} of sentence and actor in {name}"
    judged = scores[scores["label"] != 0]
    if judged.empty:
        return f"Of {pairs}, the {_method_of(scores)} calls all neutral."
    against = int((judged["label"] < 0).sum())
    others = int((judged["voice"] != "own").sum())
    return (
        f"Of {pairs}, the {_method_of(scores)} calls {against} unfavourable and"
        f" {len(judged) - against} favourable, {others} of these {len(judged)} in reported or"
        " quoted speech."
    )


def _method_of(scores: pd.DataFrame) -> str:
    return name_of(scores["method"].iloc[0]).lower()


def _verdict(best: dict, neutral: dict) -> str:
    """What the best method is worth beside one that never judges."""
    if best["accuracy"] > neutral["accuracy"]:
        more = round((best["accuracy"] - neutral["accuracy"]) * neutral["n"])
        return (
            f"It is right in {counted(more, 'pair')} more than always answering neutral, so"
            " its scores need their sentences beside them."
        )
    often = "more often" if best["accuracy"] < neutral["accuracy"] else "as often"
    return (
        f"Always answering neutral is right {often}, though it never finds a judgement. These"
        " scores are a way into the sentences; they are no finding about how an outlet speaks"
        " of an actor."
    )


def _called(row: dict) -> str:
    """A row of ``evaluate`` in words: the method and what it scored."""
    name = name_of(row["method"])
    return name if row["scope"] == "target" else f"{name} on the {row['scope']}"
