"""What stands behind the scores: the words that made them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import pandas as pd

from analysis_utils.annotation.parsed import Mention
from analysis_utils.measures.target_sentiment import Span, word_effects
from analysis_utils.themes.actor_sentiment.answers import words_with_values
from analysis_utils.themes.actor_sentiment.scoring import most_specific

#: Words that move a polarity less than this are not shown: it would round to zero.
SMALLEST_EFFECT = 0.005


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
    for row in judged.loc[strongest].sort_index().to_dict("records"):
        found = of_pair.get_group((row["sentence_id"], row["actor"]))[list(Mention._fields)]
        named = [Mention(*each) for each in found.itertuples(index=False)]
        text = texts[row["sentence_id"]]
        pushed = _pushed(text, most_specific(named), most)
        known = {column: row[column] for column in ("sentence_id", "outlet", "actor", "polarity")}
        rows.append({**known, **pushed, "text": text})
    columns = ["sentence_id", "outlet", "actor", "polarity", "pushed_down_by", "pushed_up_by"]
    return pd.DataFrame(rows, columns=[*columns, "text"])


def _pushed(text: str, target: Sequence[Span], most: int) -> dict[str, str]:
    """The words that lower a polarity most, strongest first, and those that raise it most."""
    effects = sorted(word_effects(text, target), key=itemgetter(1))
    down = [each for each in effects if each[1] <= -SMALLEST_EFFECT]
    up = [each for each in reversed(effects) if each[1] >= SMALLEST_EFFECT]
    return {
        "pushed_down_by": words_with_values(down[:most]),
        "pushed_up_by": words_with_values(up[:most]),
    }
