"""Actor sentiment beside hand codes: how far each method agrees with a reader, what every
method misses, and what the reader found and in whose voice."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis_utils.measures.target_sentiment.evaluation import agreement
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.actor_sentiment.methods import name_of
from analysis_utils.themes.actor_sentiment.tables import longest_texts


def evaluate(scores: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Each method's labels beside hand codes and beside "always neutral".

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
    rows.append(_agreement("always neutral", "", codes, [0] * len(codes), len(codes)))
    return pd.DataFrame(rows)


def conclusion(evaluation: pd.DataFrame) -> str:
    """What :func:`evaluate` allows one to conclude, as a paragraph."""
    if evaluation.empty:
        return (
            "This study has no hand codes of sentiment, so nothing is known about how far these"
            " scores agree with a reader here. Treat them as a way into the sentences."
        )
    *_, neutral = evaluation.itertuples()
    methods = evaluation[evaluation["method"] != neutral.method]
    if methods.empty:
        return (
            f"None of the {counted(neutral.n, 'coded pair')} of sentence and actor could be"
            " scored: no mention of an actor was found."
        )
    best = next(methods.sort_values("macro_f1", ascending=False, kind="stable").itertuples())
    if best.accuracy > neutral.accuracy:
        more = round((best.accuracy - neutral.accuracy) * neutral.n)
        verdict = (
            f"It is right in {counted(more, 'pair')} more than always answering neutral, so"
            " its scores need their sentences beside them."
        )
    else:
        often = "more often" if best.accuracy < neutral.accuracy else "as often"
        verdict = (
            f"Always answering neutral is right {often}, though it never finds a judgement. These"
            " scores are a way into the sentences; they are no finding about how an outlet speaks"
            " of an actor."
        )
    return (
        f"Of {counted(neutral.n, 'coded pair')} of sentence and actor, a method that always"
        f" answers neutral is right in {neutral.accuracy:.0%}. The best method here,"
        f" {_called(best)}, is right in {best.accuracy:.0%} and has"
        f" {counted(best.opposite, 'pair')} with the sign the wrong way round; its macro-F1,"
        f" which counts the three labels alike, is {best.macro_f1:.2f} against"
        f" {neutral.macro_f1:.2f}. {verdict}"
    )


def misses(scores: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """The coder's judgements that some method misses: the sentences to learn from.

    Parameters
    ----------
    scores
        One row a sentence, actor and method, as
        :func:`~analysis_utils.themes.actor_sentiment.tables.nearest` gives them.
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


def misses_in_words(missed: pd.DataFrame, codes: pd.DataFrame | None, scores: pd.DataFrame) -> str:
    """How many of the coder's judgements each method misses; takes :func:`misses` and scores."""
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


def false_tones_in_words(codes: pd.DataFrame | None, scores: pd.DataFrame) -> str:
    """To how many pairs that the coder calls neither each method gives a tone.

    ``scores`` has one row a sentence, actor and method, as
    :func:`~analysis_utils.themes.actor_sentiment.tables.nearest` gives them.
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


def coded_voices(counts: pd.DataFrame) -> str:
    """Whose the judgements are, from :func:`count_codes`."""
    if counts.empty:
        return ""
    judged = int(counts[["unfavourably", "favourably"]].sum().sum())
    own = int(counts["by the outlet itself"].sum())
    return (
        f"Of {counted(judged, 'judgement')} that the coder found, {judged - own} are in"
        f" somebody else's voice and {own} wholly or partly in the outlet's own."
    )


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


def _called(row) -> str:
    """A row of :func:`evaluate` in words: the method and what it scored."""
    name = name_of(row.method)
    return name if row.scope == "target" else f"{name} on the {row.scope}"


def _agreement(
    method: str, scope: str, codes: pd.DataFrame, guesses: Sequence[int], scored: int
) -> dict:
    found = agreement(codes["polarity"], guesses, groups=codes["sentence_id"])
    return {"method": method, "scope": scope, "n": found.pop("n"), "scored": scored} | found
