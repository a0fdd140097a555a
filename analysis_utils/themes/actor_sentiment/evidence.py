"""What stands behind the scores: the words that made them, and where methods disagree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis_utils.annotation.parsed import Mention
from analysis_utils.measures.target_sentiment import word_effects
from analysis_utils.themes.actor_sentiment.answers import words_with_values
from analysis_utils.themes.actor_sentiment.scoring import most_specific

#: Words that move a polarity less than this are not shown: it would round to zero.
SMALLEST_EFFECT = 0.005


def word_evidence(scores: pd.DataFrame) -> pd.DataFrame:
    """The words that made the scores, by outlet, voice, actor, method and scope.

    Returns
    -------
    ``outlet``, ``voice``, ``actor``, ``method``, ``scope``, ``word``, ``value``
    (mean value of the word), ``n`` (sentences) and ``sentence_ids``; strongest
    words first.
    """
    scored = scores[scores["words"] != ""]
    long = scored.assign(word=scored["words"].str.split("; ")).explode("word")
    parts = long["word"].astype("str").str.extract(r"^(.*) ([+-]\d+\.\d+)$")
    long = long.assign(word=parts[0], value=parts[1].astype(float))
    key = ["outlet", "voice", "actor", "method", "scope", "word"]
    found = long.groupby(key, sort=False).agg(
        value=("value", "mean"),
        n=("sentence_id", "nunique"),
        sentence_ids=("sentence_id", lambda ids: ", ".join(dict.fromkeys(ids))),
    )
    strongest = (found["value"].abs() * found["n"]).sort_values(ascending=False, kind="stable")
    return found.loc[strongest.index].reset_index()


def model_evidence(
    scores: pd.DataFrame,
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    pairs: int = 30,
    most: int = 3,
) -> pd.DataFrame:
    """The words that move the target model's judgements most, for and against.

    Parameters
    ----------
    scores
        Rows of the target model, as :func:`score_mentions` gives them; those it calls neutral
        are left out.
    mentions, sentences
        Tables of the corpus.
    pairs
        Judgements at most, those of strongest polarity.  Each costs a reading for every word of
        its sentence.
    most
        Words of each sign a pair at most.

    Returns
    -------
    One row a pair of sentence and actor, in reading order: ``sentence_id``, ``outlet``,
    ``actor``, ``polarity``, ``pushed_down_by`` and ``pushed_up_by`` (words with how far they
    move the polarity, see ``word_effects``) and ``text``.
    """
    texts = sentences.set_index("sentence_id")["text"]
    judged = scores[scores["label"] != 0]
    strongest = judged["polarity"].abs().sort_values(ascending=False, kind="stable").index[:pairs]
    of_pair = mentions.groupby(["sentence_id", "actor"])
    rows = []
    for row in judged.loc[strongest].sort_index().itertuples():
        found = of_pair.get_group((row.sentence_id, row.actor))[list(Mention._fields)]
        target = most_specific([Mention(*each) for each in found.itertuples(index=False)])
        effects = [
            each
            for each in word_effects(texts[row.sentence_id], target)
            if abs(each[1]) >= SMALLEST_EFFECT
        ]
        effects.sort(key=lambda each: each[1])
        down = words_with_values(each for each in effects[:most] if each[1] < 0)
        up = words_with_values(each for each in effects[::-1][:most] if each[1] > 0)
        rows.append((row.sentence_id, row.outlet, row.actor, row.polarity, down, up))
    columns = ["sentence_id", "outlet", "actor", "polarity", "pushed_down_by", "pushed_up_by"]
    return pd.DataFrame(rows, columns=columns).assign(
        text=lambda table: table["sentence_id"].map(texts)
    )


def disagreements(scores: pd.DataFrame) -> pd.DataFrame:
    """Pairs of sentence and actor where methods contradict each other, or one is silent.

    Parameters
    ----------
    scores
        One row a sentence, actor and method, as :func:`nearest` gives them.

    Returns
    -------
    ``sentence_id``, ``outlet``, ``actor``, ``text`` (the longest that was scored), one
    column of labels a method, and ``disagreement``: ``opposite signs`` or ``one is silent``.
    Rows where all methods have the same label are left out.
    """
    key = ["sentence_id", "outlet", "actor"]
    methods = list(dict.fromkeys(scores["method"]))
    signs = scores.pivot(index=key, columns="method", values="label")[methods]
    signs = signs.reindex(pd.MultiIndex.from_frame(scores[key].drop_duplicates()))
    opposite = (signs.max(axis=1) > 0) & (signs.min(axis=1) < 0)
    silent = (signs == 0).any(axis=1) & (signs != 0).any(axis=1)
    kind = np.select([opposite, silent], ["opposite signs", "one is silent"], default="")
    table = signs.assign(disagreement=kind).rename_axis(columns=None).reset_index()
    table = table.merge(longest_texts(scores), on=["sentence_id", "actor"])
    table = table[[*key, "text", *methods, "disagreement"]]
    return table[table["disagreement"] != ""].reset_index(drop=True)


def longest_texts(scores: pd.DataFrame) -> pd.DataFrame:
    """For each ``sentence_id`` and ``actor`` the longest ``text`` that a method scored."""
    key = ["sentence_id", "actor"]
    by_length = scores.assign(length=scores["text"].str.len()).sort_values(
        "length", ascending=False, kind="stable"
    )
    return by_length.drop_duplicates(key)[[*key, "text"]]
