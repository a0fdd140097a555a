"""Scores of every sentence: for each actor that it mentions, and as a whole, whoever it speaks of.

Lexicons add up words; they do not know of whom a word is said.  "Prosecutors praised Acme
for its help and condemned Norvik" gets one score for all of its actors.  The model of
target-dependent sentiment answers for each of them apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis_utils.annotation.parsed import Mention, Sentence, clause_runs, read_sentences
from analysis_utils.annotation.voice import voice_of_spans
from analysis_utils.measures.target_sentiment import Span
from analysis_utils.themes.actor_sentiment.answers import Scores, words_with_values
from analysis_utils.themes.actor_sentiment.methods import METHODS, Method

#: Columns of a method's probabilities, in the order of the labels -1, 0 and 1.
PROBABILITIES = ("negative", "neutral", "positive")

#: Kinds of mentions, from specific to vague.
_FROM_SPECIFIC = (("name", "alias"), ("description",), ("pronoun",))

#: Whose somebody is, before a description: it names nobody, and can tell who speaks.
_POSSESSIVE = re.compile(r"(?:my|our|your|his|her|its|their)\s+(?=\S)", re.IGNORECASE)

#: Columns of a table of scores; what they are says
#: :class:`~analysis_utils.themes.actor_sentiment.tables.Scored`.
SCORE_COLUMNS = (
    "sentence_id",
    "article_id",
    "outlet",
    "part",
    "actor",
    "method",
    "scope",
    "narrowest",
    "polarity",
    "label",
    *PROBABILITIES,
    "subjectivity",
    "words",
    "voice",
    "speaker",
    "text",
)


class _Question(NamedTuple):
    """What a method is asked: a text with an actor in it, and for which row of the table.

    ``runs`` are the characters of the sentence whose voice the answer has.
    """

    row: dict
    text: str
    target: list[Span]
    runs: list[Span]


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
        Methods by id.  Another method is one more entry, which tables and figures call by its
        id: ``METHODS | {"My method": Method(one_by_one(function))}``.

    Returns
    -------
    One row a sentence, actor, method and scope, in reading order, with the columns of
    :class:`~analysis_utils.themes.actor_sentiment.tables.Scored`.
    """
    of_sentence = defaultdict(list)
    columns = ["sentence_id", *Mention._fields]
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_sentence[sentence_id].append(Mention(*mention))
    questions = [
        question
        for sentence in read_sentences(sentences, tokens)
        if sentence.sentence_id in of_sentence
        for question in _questions(sentence, of_sentence[sentence.sentence_id], methods)
    ]
    answers = _ask(questions, methods)
    rows = [_row(*each) for each in zip(questions, answers, strict=True)]
    scores = pd.DataFrame(rows, columns=[*SCORE_COLUMNS, "runs"])
    voices = _voices(scores["sentence_id"], scores["runs"], quotes, sentences)
    return scores.assign(**voices)[list(SCORE_COLUMNS)]


def nearest(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a sentence, actor and method: the score of the narrowest scope, which is the clause
    for lexicons and the target for a model that knows it.  Standfirsts, which mostly repeat the
    text, are left out."""
    return scores[scores["narrowest"].astype(bool) & (scores["part"] != "standfirst")]


def score_sentences(
    sentences: pd.DataFrame, mentions: pd.DataFrame, methods: Mapping[str, Method] = METHODS
) -> pd.DataFrame:
    """Score every sentence as a whole, whoever it speaks of.

    Parameters
    ----------
    sentences, mentions
        Tables of the corpus.
    methods
        Methods by id; those that answer for one actor only are left out.

    Returns
    -------
    One row a sentence and method, in reading order: ``sentence_id``, ``outlet``, ``part``,
    ``method``, ``polarity`` and ``label``.
    """
    called = mentions[mentions["kind"] != "pronoun"].groupby("sentence_id")
    spans = {name: list(zip(rows["start"], rows["end"], strict=True)) for name, rows in called}
    texts = list(sentences["text"])
    masked = [
        mask_spans(text, spans.get(name, []))
        for name, text in zip(sentences["sentence_id"], texts, strict=True)
    ]
    place = sentences[["sentence_id", "outlet", "part"]].reset_index(drop=True)
    parts = []
    for name, method in methods.items():
        if "sentence" in method.scopes:
            answers = method.score(masked if method.masks_names else texts, [[] for _ in texts])
            found = {"polarity": [a.polarity for a in answers], "label": [a.label for a in answers]}
            parts.append(place.assign(method=name, **found))
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every letter, digit and dot of the spans made an x; the length stays."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[\w.]", "x", text[start:end]) + text[end:]
    return text


def most_specific(mentions: Sequence[Mention]) -> list[Span]:
    """The mentions of one actor by which the target model is asked for it.

    All names and aliases, so that the model sees none of them; without any, all descriptions;
    else the pronouns.  What is less specific stays readable: people labelled sentences for
    one plain mention, too.  So does a possessive before a description ("*our* company").
    """
    found = [[m for m in mentions if m.kind in kinds] for kinds in _FROM_SPECIFIC]
    return [(_after_possessive(m), m.end) for m in next(filter(None, found), mentions)]


def _after_possessive(mention: Mention) -> int:
    found = _POSSESSIVE.match(mention.text) if mention.kind == "description" else None
    return mention.start + (found.end() if found else 0)


def _questions(
    sentence: Sentence, mentions: Sequence[Mention], methods: Mapping[str, Method]
) -> Iterator[_Question]:
    called = [(m.start, m.end) for m in mentions if m.kind != "pronoun"]
    masked = mask_spans(sentence.text, called)
    for actor in dict.fromkeys(mention.actor for mention in mentions):
        named = [mention for mention in mentions if mention.actor == actor]
        spans = [(mention.start, mention.end) for mention in named]
        asked = {"sentence": spans, "clause": spans, "target": most_specific(named)}
        clause, whole = clause_runs(sentence, spans), [(0, len(sentence.text))]
        scored = {"sentence": whole, "clause": clause, "target": whole}
        voiced = scored | {"target": clause}
        for name, method in methods.items():
            text = masked if method.masks_names else sentence.text
            for scope in method.scopes:
                row = {
                    "sentence_id": sentence.sentence_id,
                    "article_id": sentence.article_id,
                    "outlet": sentence.outlet,
                    "part": sentence.part,
                    "actor": actor,
                    "method": name,
                    "scope": scope,
                    "narrowest": scope == method.narrowest,
                    "text": _cut(sentence.text, scored[scope], spans)[0],
                }
                yield _Question(row, *_cut(text, scored[scope], asked[scope]), voiced[scope])


def _ask(questions: Sequence[_Question], methods: Mapping[str, Method]) -> list[Scores]:
    """The answer to each question; each method is asked all of its questions at once."""
    answers: dict[int, Scores] = {}
    for name, method in methods.items():
        places = [place for place, asked in enumerate(questions) if asked.row["method"] == name]
        texts = [questions[place].text for place in places]
        targets = [questions[place].target for place in places]
        answers |= zip(places, method.score(texts, targets), strict=True)
    return [answers[place] for place in range(len(questions))]


def _row(question: _Question, scores: Scores) -> dict:
    return question.row | {
        "polarity": scores.polarity,
        "label": scores.label,
        **dict(zip(PROBABILITIES, scores.probabilities or [np.nan] * 3, strict=True)),
        "subjectivity": scores.subjectivity,
        "words": words_with_values(scores.words),
        "runs": question.runs,
    }


def _cut(text: str, runs: Sequence[Span], target: Sequence[Span]) -> tuple[str, list[Span]]:
    """The runs of a text joined by spaces, and where the mentions of the target lie in them."""
    pieces, offset, places = [], 0, []
    for start, end in runs:
        places += [
            (offset + first - start, offset + min(last, end) - start)
            for first, last in target
            if start <= first < end
        ]
        pieces.append(text[start:end])
        offset += end - start + 1
    return " ".join(pieces), places


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
