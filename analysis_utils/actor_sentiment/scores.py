"""How each outlet speaks of each actor, and in whose voice.

For every sentence that mentions an actor, each method scores the whole
sentence and the clause around the actor.  What others say, reported or quoted,
is kept apart from the outlet's own voice.  No number stands without the words that made it
(:func:`word_evidence`), the sentences where methods disagree
(:func:`disagreements`) and the comparison with hand codes and with a method
that always answers "neutral" (:mod:`analysis_utils.actor_sentiment.hand_codes`).

Lexicons add up words; they do not know of whom a word is said.  "It shows
obvious disrespect towards Kaspersky Lab, Europe's reliable partner" gets one
score for all of its actors.  A scorer that reads the target plugs in as a
:class:`~analysis_utils.actor_sentiment.lexicons.Method`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis_utils import show
from analysis_utils.actor_sentiment.lexicons import METHODS, Method
from analysis_utils.parsed import Mention, Sentence, clause_runs, read_sentences
from analysis_utils.uncertainty import mean_intervals
from analysis_utils.voices.spans import voice_of_spans

#: Columns of a table of scores.
SCORE_COLUMNS = (
    "sentence_id",
    "article_id",
    "outlet",
    "actor",
    "method",
    "scope",
    "polarity",
    "subjectivity",
    "words",
    "voice",
    "speaker",
    "text",
)

#: A score nearer to zero than this counts as neutral (VADER's own convention).
NEUTRAL_BELOW = 0.05


def score_mentions(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotes: pd.DataFrame,
    methods: Mapping[str, Method] = METHODS,
) -> pd.DataFrame:
    """Score every sentence for every actor it mentions.

    Parameters
    ----------
    mentions, sentences, tokens, quotes
        Tables of the corpus.
    methods
        Methods by name.  A better model is one more entry:
        ``METHODS | {"my model": Method(function, masks_names=False)}``.

    Returns
    -------
    One row a sentence, actor, method and scope, in reading order:
    ``sentence_id``, ``article_id``, ``outlet``, ``actor``, ``method``,
    ``scope`` (``sentence``, or ``clause``: see :func:`~analysis_utils.parsed.clause_runs`),
    ``polarity`` (-1 to 1), ``subjectivity`` (0 to 1, or NaN), ``words`` that
    made the score ("unfair -0.50; safe +0.50"), ``voice`` and ``speaker`` of the
    larger part of what was scored (see :func:`~analysis_utils.voices.spans.voice_of_spans`)
    and ``text``, what was scored.
    """
    of_sentence = defaultdict(list)
    columns = ["sentence_id", *Mention._fields]
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_sentence[sentence_id].append(Mention(*mention))
    rows = []
    for sentence in read_sentences(sentences, tokens):
        if sentence.sentence_id in of_sentence:
            rows.extend(_score_sentence(sentence, of_sentence[sentence.sentence_id], methods))
    scores = pd.DataFrame(rows, columns=[*SCORE_COLUMNS, "runs"])
    voices = _voices(scores["sentence_id"], scores["runs"], quotes, sentences)
    return scores.assign(**voices)[list(SCORE_COLUMNS)]


def score_sentences(
    sentences: pd.DataFrame, mentions: pd.DataFrame, methods: Mapping[str, Method] = METHODS
) -> pd.DataFrame:
    """Score every sentence as a whole, whoever it speaks of.

    Returns
    -------
    One row a sentence and method: ``sentence_id``, ``outlet``, ``method``, ``polarity``.
    """
    called = mentions[mentions["kind"] != "pronoun"].groupby("sentence_id")
    spans = {name: list(zip(rows["start"], rows["end"], strict=True)) for name, rows in called}
    rows = []
    for sentence in sentences.itertuples():
        masked = mask_spans(sentence.text, spans.get(sentence.sentence_id, []))
        for name, method in methods.items():
            text = masked if method.masks_names else sentence.text
            polarity = method.score(text, (0, len(text))).polarity
            rows.append((sentence.sentence_id, sentence.outlet, name, polarity))
    return pd.DataFrame(rows, columns=["sentence_id", "outlet", "method", "polarity"])


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every letter and digit of the spans made an x; the length stays."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[\w.]", "x", text[start:end]) + text[end:]
    return text


def summarise(
    scores: pd.DataFrame,
    by: Sequence[str] = ("actor", "outlet", "voice", "method", "scope"),
    value: str = "polarity",
    seed: int = 0,
) -> pd.DataFrame:
    """Mean score of each group with a bootstrap interval over sentences.

    Returns
    -------
    Columns of ``by``, then ``n``, ``n_units`` (sentences), ``mean``, ``low``,
    ``high``; see :func:`analysis_utils.uncertainty.mean_intervals`.
    """
    return mean_intervals(scores, value, list(by), unit="sentence_id", seed=seed)


def by_speaker(scores: pd.DataFrame, methods: Iterable[str]) -> pd.DataFrame:
    """Mean score of each actor by who speaks.

    Returns
    -------
    One row an outlet, actor, voice and speaker, most sentences first: ``outlet``, ``actor``,
    ``voice``, ``speaker`` (empty: the outlet itself, or a source that is no actor), ``n``
    (sentences) and one column of mean polarity a method.
    """
    key = ["outlet", "actor", "voice", "speaker"]
    means = scores.pivot_table(index=key, columns="method", values="polarity", aggfunc="mean")
    means = means.reindex(columns=list(methods)).rename_axis(columns=None)
    means.insert(0, "n", scores.groupby(key)["sentence_id"].nunique())
    ordered = means.reset_index().sort_values(["n", *key], ascending=[False, *[True] * len(key)])
    return ordered.reset_index(drop=True)


def disagreements(scores: pd.DataFrame, threshold: float = NEUTRAL_BELOW) -> pd.DataFrame:
    """Sentences where methods contradict each other, or one is silent.

    Returns
    -------
    ``sentence_id``, ``outlet``, ``actor``, ``scope``, ``text`` (what was scored), one
    column of polarity a method, and ``disagreement``: ``opposite signs`` or ``one is silent``.
    Rows where all methods have the same sign are left out.
    """
    key = ["sentence_id", "outlet", "actor", "scope", "text"]
    methods = list(dict.fromkeys(scores["method"]))
    wide = scores.pivot(index=key, columns="method", values="polarity")[methods]
    wide = wide.reindex(scores.set_index(key).index.unique())
    signs = wide.map(lambda polarity: label(polarity, threshold))
    opposite = (signs.max(axis=1) > 0) & (signs.min(axis=1) < 0)
    silent = (signs == 0).any(axis=1) & (signs != 0).any(axis=1)
    kind = np.select([opposite, silent], ["opposite signs", "one is silent"], default="")
    table = wide.assign(disagreement=kind).reset_index().rename_axis(columns=None)
    return table[table["disagreement"] != ""].reset_index(drop=True)


def label(polarity: float, threshold: float = NEUTRAL_BELOW) -> int:
    """The sign of a score: -1, 0 or 1; nearer to zero than ``threshold`` is 0."""
    return 0 if abs(polarity) < threshold else int(np.sign(polarity))


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


def _score_sentence(
    sentence: Sentence, mentions: Sequence[Mention], methods: Mapping[str, Method]
) -> Iterator[dict]:
    called = [(m.start, m.end) for m in mentions if m.kind != "pronoun"]
    masked = mask_spans(sentence.text, called)
    for actor in dict.fromkeys(mention.actor for mention in mentions):
        spans = [(m.start, m.end) for m in mentions if m.actor == actor]
        runs = {"sentence": [(0, len(sentence.text))], "clause": clause_runs(sentence, spans)}
        for name, method in methods.items():
            text = masked if method.masks_names else sentence.text
            for scope in method.scopes:
                scores = method.score(*_cut(text, runs[scope], spans[0]))
                yield {
                    "sentence_id": sentence.sentence_id,
                    "article_id": sentence.article_id,
                    "outlet": sentence.outlet,
                    "actor": actor,
                    "method": name,
                    "scope": scope,
                    "polarity": scores.polarity,
                    "subjectivity": scores.subjectivity,
                    "words": "; ".join(f"{word} {value:+.2f}" for word, value in scores.words),
                    "text": _cut(sentence.text, runs[scope], spans[0])[0],
                    "runs": runs[scope],
                }


def _cut(
    text: str, runs: Sequence[tuple[int, int]], target: tuple[int, int]
) -> tuple[str, tuple[int, int]]:
    """The runs of a text joined by spaces, and where the target lies in them."""
    pieces, offset, place = [], 0, (0, 0)
    for start, end in runs:
        if start <= target[0] < end:
            place = (offset + target[0] - start, offset + min(target[1], end) - start)
        pieces.append(text[start:end])
        offset += end - start + 1
    return " ".join(pieces), place


def _voices(
    sentence_ids: pd.Series, runs: pd.Series, quotes: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """``voice`` and ``speaker`` of the larger part of each row's runs of characters."""
    long = pd.DataFrame({"sentence_id": sentence_ids, "run": runs}).explode("run")
    long["row"] = long.index
    spans = pd.DataFrame(long["run"].tolist(), columns=["start", "end"], dtype=int)
    spans = long.reset_index(drop=True).join(spans)
    spans = spans.join(voice_of_spans(spans, quotes, sentences))
    spans["length"] = spans["end"] - spans["start"]
    sizes = spans.groupby(["row", "voice", "speaker"], sort=False)["length"].sum().reset_index()
    largest = sizes.sort_values("length", ascending=False, kind="stable").drop_duplicates("row")
    return largest.set_index("row")[["voice", "speaker"]].reindex(sentence_ids.index)


def disagreement_finding(differing: pd.DataFrame, scores: pd.DataFrame) -> str:
    """How often methods disagree; takes :func:`disagreements` and its scores."""
    pairs = len(scores.drop_duplicates(["sentence_id", "actor", "scope"]))
    opposite = differing[differing["disagreement"] == "opposite signs"]
    sentences = show.counted(opposite["sentence_id"].nunique(), "sentence")
    silent = len(differing) - len(opposite)
    return (
        f"Of {show.counted(pairs, 'pair')} of sentence and actor, {len(opposite)} (in {sentences})"
        f" get opposite signs; in {silent} one method scores the clause as neutral and the other"
        f" does not; in {pairs - len(differing)} they agree."
    )
