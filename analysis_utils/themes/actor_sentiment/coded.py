"""The scores beside hand codes: how far each method agrees with a reader, what every method
misses, and what the reader found and in whose voice."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis_utils.measures.target_sentiment.evaluation import agreement
from analysis_utils.themes.actor_sentiment.evidence import longest_texts

#: The trivial method: it never judges.
ALWAYS_NEUTRAL = "always neutral"


def evaluate(scores: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Each method's labels beside hand codes and beside ALWAYS_NEUTRAL.

    Parameters
    ----------
    scores
        As :func:`score_mentions` gives them.
    codes
        Hand codes with ``sentence_id``, ``actor`` and ``polarity`` (-1, 0, 1); None if the
        study has none, which gives an empty table.

    Returns
    -------
    One row a method and scope, and a last one ``always neutral``: ``n`` (coded
    pairs of sentence and actor), ``scored`` (pairs whose sentence mentions the actor; the others
    count as called neutral; for ``always neutral`` all), and ``accuracy``, ``macro_f1`` with
    ``low`` and ``high`` (95 % bootstrap interval over sentences) and ``opposite``, as
    :func:`~analysis_utils.measures.target_sentiment.evaluation.agreement` gives them.
    """
    if codes is None:
        return pd.DataFrame()
    key = ["sentence_id", "actor"]
    rows = []
    for (method, scope), group in scores.groupby(["method", "scope"], sort=False):
        found = codes[key].merge(group[[*key, "label"]], on=key, how="left")["label"]
        guesses, scored = found.fillna(0).astype(int), int(found.count())
        rows.append(_agreement(method, scope, codes, guesses, scored))
    rows.append(_agreement(ALWAYS_NEUTRAL, "", codes, [0] * len(codes), len(codes)))
    return pd.DataFrame(rows)


def misses(scores: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """The coder's judgements that some method misses: the sentences to learn from.

    Parameters
    ----------
    scores
        One row a sentence, actor and method, as
        :func:`~analysis_utils.themes.actor_sentiment.scoring.nearest` gives them.
    codes
        See :func:`evaluate`.

    Returns
    -------
    One row a pair of sentence and actor that was coded -1 or 1 and that a method labels
    otherwise, those that most methods miss first: ``sentence_id``, ``actor``, ``coded``, one
    column of labels a method, and ``text``, the longest that was scored.  Empty if the study
    has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    key = ["sentence_id", "actor"]
    wide = scores.pivot(index=key, columns="method", values="label").reset_index()
    judged = codes.loc[codes["polarity"] != 0, [*key, "polarity"]]
    table = judged.rename(columns={"polarity": "coded"}).merge(wide, on=key)
    table = table.merge(longest_texts(scores), on=key).rename_axis(columns=None)
    methods = [column for column in wide.columns if column not in key]
    wrong = table[methods].ne(table["coded"], axis=0).sum(axis=1)
    order = wrong.sort_values(ascending=False, kind="stable").index
    return table.loc[order][wrong[order] > 0].reset_index(drop=True)


def count_codes(codes: pd.DataFrame | None, sentences: pd.DataFrame) -> pd.DataFrame:
    """What the coder found: how each outlet puts each actor, and in whose voice.

    Returns
    -------
    One row an outlet and actor: ``outlet``, ``actor``, ``unfavourably``, ``neither``,
    ``favourably`` (sentences), and ``by the outlet itself`` (of the judgements, those wholly or
    partly in the reporter's voice). Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    coded = codes.merge(sentences[["sentence_id", "outlet"]], on="sentence_id")
    signs = {-1: "unfavourably", 0: "neither", 1: "favourably"}
    coded = coded.assign(
        sign=coded["polarity"].map(signs),
        itself=coded["voice"].str.startswith("reporter") & (coded["polarity"] != 0),
    )
    groups = coded.groupby(["outlet", "actor"], sort=False)
    counts = groups["sign"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=list(signs.values()), fill_value=0)
    counts["by the outlet itself"] = groups["itself"].sum()
    return counts.rename_axis(columns=None).reset_index()


def coded_judgements(codes: pd.DataFrame | None, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind the coded judgements, neutral codes left out.

    Returns
    -------
    ``outlet``, ``actor``, ``polarity`` (-1 or 1), ``voice`` (whose judgement, as coded),
    ``sentence_id`` and ``text``. Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    judged = codes[codes["polarity"] != 0].merge(
        sentences[["sentence_id", "outlet", "text"]], on="sentence_id"
    )
    return judged[["outlet", "actor", "polarity", "voice", "sentence_id", "text"]]


def _agreement(
    method: str, scope: str, codes: pd.DataFrame, guesses: Sequence[int], scored: int
) -> dict:
    found = agreement(codes["polarity"], guesses, groups=codes["sentence_id"])
    return {"method": method, "scope": scope, "n": found.pop("n"), "scored": scored} | found
