"""How each outlet speaks of each actor, and in whose voice.

For every sentence that mentions an actor, each method scores the whole
sentence and the clause around the actor.  Words in quotation marks are kept
apart from the outlet's own.  No number stands without the words that made it
(:func:`word_evidence`), the sentences where methods disagree
(:func:`disagreements`) and the comparison with hand codes and with a method
that always answers "neutral" (:func:`evaluate`).

Lexicons add up words; they do not know of whom a word is said.  "It shows
obvious disrespect towards Kaspersky Lab, Europe's reliable partner" gets one
score for all of its actors.  A scorer that reads the target plugs in as a
:class:`~analysis_utils.lexicons.Method`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis_utils import show
from analysis_utils.language import count_words
from analysis_utils.lexicons import METHODS, Method
from analysis_utils.parsed import Mention, Sentence, clause_runs, read_sentences
from analysis_utils.uncertainty import mean_intervals

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
    "text",
)

#: A score nearer to zero than this counts as neutral (VADER's own convention).
NEUTRAL_BELOW = 0.05


def score_mentions(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    methods: Mapping[str, Method] = METHODS,
) -> pd.DataFrame:
    """Score every sentence for every actor it mentions.

    Parameters
    ----------
    mentions, sentences, tokens, quotations
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
    made the score ("unfair -0.50; safe +0.50"), ``voice`` (``quoted`` if
    half of the scored words or more stand in quotation marks, else ``own``)
    and ``text``, what was scored.
    """
    of_sentence = defaultdict(list)
    columns = ["sentence_id", *Mention._fields]
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_sentence[sentence_id].append(Mention(*mention))
    rows = []
    for sentence in read_sentences(sentences, tokens, quotations):
        if sentence.sentence_id in of_sentence:
            rows.extend(_score_sentence(sentence, of_sentence[sentence.sentence_id], methods))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


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


def disagreements(scores: pd.DataFrame, threshold: float = NEUTRAL_BELOW) -> pd.DataFrame:
    """Sentences where methods contradict each other, or one is silent.

    Returns
    -------
    ``sentence_id``, ``outlet``, ``actor``, ``scope``, one column of polarity a
    method, and ``disagreement``: ``opposite signs`` or ``one is silent``.
    Rows where all methods have the same sign are left out.
    """
    key = ["sentence_id", "outlet", "actor", "scope"]
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


def evaluate(
    scores: pd.DataFrame, codes: pd.DataFrame | None, threshold: float = NEUTRAL_BELOW
) -> pd.DataFrame:
    """Each method's labels beside hand codes and beside "always neutral".

    Parameters
    ----------
    scores
        As :func:`score_mentions` gives them.
    codes
        Hand codes with ``sentence_id``, ``actor`` and ``polarity`` (-1, 0, 1); None if the
        study has none, which gives an empty table.
    threshold
        See :func:`label`.

    Returns
    -------
    One row a method and scope, and a last one ``always neutral``: ``n`` (coded
    pairs of sentence and actor), ``scored`` (pairs whose sentence mentions the
    actor; the others count as neutral), ``accuracy``, ``macro_f1`` (mean F1 of
    the three labels) and ``opposite`` (pairs with the opposite sign).
    """
    if codes is None:
        return pd.DataFrame()
    key = ["sentence_id", "actor"]
    rows = []
    for (method, scope), group in scores.groupby(["method", "scope"], sort=False):
        pairs = codes[key].merge(group[[*key, "polarity"]], on=key, how="left")["polarity"]
        guesses = [label(polarity, threshold) for polarity in pairs.fillna(0)]
        rows.append(_agreement(method, scope, codes["polarity"], guesses, int(pairs.count())))
    rows.append(_agreement("always neutral", "", codes["polarity"], [0] * len(codes), 0))
    return pd.DataFrame(rows)


def count_codes(codes: pd.DataFrame | None, sentences: pd.DataFrame) -> pd.DataFrame:
    """What the coder found: how each outlet puts each actor, and in whose voice.

    Returns
    -------
    One row an outlet and actor: ``outlet``, ``actor``, ``badly``, ``neither``, ``well``
    (sentences), and ``by the outlet itself`` (of those coded badly or well, the ones in the
    reporter's voice). Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    coded = codes.merge(sentences[["sentence_id", "outlet"]], on="sentence_id")
    signs = {-1: "badly", 0: "neither", 1: "well"}
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
    """Whose the judgements are, from :func:`count_codes`, as Markdown."""
    if counts.empty:
        return ""
    judged = int(counts[["badly", "well"]].sum().sum())
    own = int(counts["by the outlet itself"].sum())
    return (
        f"Of {show.counted(judged, 'judgement')} that the coder found, {judged - own} are in"
        f" somebody else's voice and {own} in the outlet's own."
    )


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
                    "voice": _voice(sentence, runs[scope]),
                    "text": _cut(sentence.text, runs[scope], spans[0])[0],
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


def _voice(sentence: Sentence, runs: Sequence[tuple[int, int]]) -> str:
    """``quoted`` if half of the words or more stand inside quotation marks."""
    words = sum(count_words(sentence.text[start:end]) for start, end in runs)
    quoted = sum(
        count_words(sentence.text[max(start, first) : min(end, last)])
        for start, end in runs
        for _, first, last in sentence.quotations
        if max(start, first) < min(end, last)
    )
    return "quoted" if words and quoted >= words / 2 else "own"


def _agreement(
    method: str, scope: str, truth: pd.Series, guesses: Sequence[int], scored: int
) -> dict:
    from sklearn.metrics import accuracy_score, f1_score  # heavy: only where codes exist

    opposite = int((truth.to_numpy() * np.asarray(guesses) < 0).sum())
    return {
        "method": method,
        "scope": scope,
        "n": len(truth),
        "scored": scored,
        "accuracy": accuracy_score(truth, guesses),
        "macro_f1": f1_score(truth, guesses, labels=[-1, 0, 1], average="macro", zero_division=0),
        "opposite": opposite,
    }


def conclusion(evaluation: pd.DataFrame) -> str:
    """What :func:`evaluate` allows one to conclude, as a paragraph of Markdown."""
    if evaluation.empty:
        return (
            "This study has no hand codes of sentiment, so nothing is known about how far these"
            " scores agree with a reader here. Treat them as a way into the sentences."
        )
    *_, neutral = evaluation.itertuples()
    methods = evaluation[evaluation["method"] != neutral.method]
    best = next(methods.sort_values("macro_f1", ascending=False, kind="stable").itertuples())
    verdict = (
        "It does better than giving no score at all, and is still wrong too often to be quoted"
        " without its sentences."
        if best.accuracy > neutral.accuracy
        else "Whoever says nothing is right more often. These scores are a way into the sentences;"
        " they are no finding about how an outlet speaks of an actor."
    )
    return (
        f"Of {show.counted(neutral.n, 'coded pair')} of sentence and actor, a method that always"
        f" answers *neutral* is right in {neutral.accuracy:.0%}. The best lexicon here,"
        f" {best.method} on the {best.scope}, is right in {best.accuracy:.0%} and has"
        f" {show.counted(best.opposite, 'pair')} with the sign the wrong way round; its macro-F1,"
        f" which counts the three labels alike, is {best.macro_f1:.2f} against"
        f" {neutral.macro_f1:.2f}. {verdict}"
    )


def disagreement_finding(differing: pd.DataFrame, scores: pd.DataFrame) -> str:
    """How often methods disagree, as Markdown; takes :func:`disagreements` and its scores."""
    pairs = len(scores.drop_duplicates(["sentence_id", "actor", "scope"]))
    opposite = (differing["disagreement"] == "opposite signs").sum()
    silent = len(differing) - opposite
    return (
        f"Of {show.counted(pairs, 'pair')} of sentence and actor, the methods give"
        f" {opposite} opposite signs, and in {silent} one hears tone where another hears none;"
        f" in {pairs - len(differing)} they agree."
    )
