"""Who is made to say it: one outlet's own statement that is somebody's claim in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from analysis_utils.annotation.parsed import SUBJECTS, Sentence
from analysis_utils.study.parts import PRONOUNS
from analysis_utils.themes.coverage.differing_words import SentenceWords
from analysis_utils.themes.coverage.pieces import pieces
from analysis_utils.words import acts, speech, weight

#: Words of a piece, tried one after the other: the shortest that holds the statement is taken.
_LENGTHS = (7, 10, 13, 16)

#: Cosine from which on pieces of sentences that are surely aligned state the same.
SAME = 0.25

#: So many words in a row that another's quotation has too are copied from where both have them.
_COPIED = 5

_IFS = {"if", "whether", "unless"}

#: What begins a clause and tells nothing by itself.
_LEADS = ("who ", "which ", "that ")

COLUMNS = (
    *("outlet", "sentence_id", "text", "other_outlet", "other_id", "other_text", "speaker"),
    "similarity",
)


def attributions(
    matched: pd.DataFrame,
    voices: pd.DataFrame,
    readings: Mapping[str, SentenceWords],
    pairs: pd.DataFrame,
) -> pd.DataFrame:
    """Statements that are an outlet's own in one article and somebody's claim in the other.

    Parameters
    ----------
    matched
        As :func:`~analysis_utils.themes.coverage.matched_phrases.match_phrases` gives them.
    voices
        Of :func:`~analysis_utils.themes.coverage.matched_phrases.spans_of` them, in their order.
    readings
        As :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.
    pairs
        Table of the theme: only sentences that are surely aligned are compared.

    Returns
    -------
    See :class:`~analysis_utils.themes.coverage.tables.Attributions`, the surest first.  What the
    outlet's own sentence tells as an announcement or a report is not its own.
    """
    from analysis_utils.measures.embeddings import embed

    found = pd.DataFrame(list(_candidates(matched, voices, readings)), columns=COLUMNS[:-1])
    sure = pairs.loc[pairs["link"] == "counterpart", ["sentence_id", "other_id"]]
    linked = {frozenset(ids) for ids in sure.itertuples(index=False)}
    ids = zip(found["sentence_id"], found["other_id"], strict=True)
    found = found[pd.Series([frozenset(pair) in linked for pair in ids], dtype=bool)]
    found = found.drop_duplicates(["sentence_id", "other_id"])
    near = (embed(found["text"].tolist()) * embed(found["other_text"].tolist())).sum(axis=1)
    found = found.assign(similarity=near.astype(float))
    found = found[found["similarity"] >= SAME]
    return found.sort_values("similarity", ascending=False, ignore_index=True)


def _candidates(matched, voices, readings) -> Iterator[tuple]:
    half = len(matched)
    rows = matched[matched["match"] == "same"].itertuples()
    for row in rows:
        one, two = voices.iloc[row.Index], voices.iloc[row.Index + half]
        if (one["voice"] == "own") == (two["voice"] == "own"):
            continue
        sides = [(row.sentence_id, row.start, one), (row.other_id, row.other_start, two)]
        (name, start, _), (other, other_start, voice) = sides[:: 1 if one["voice"] == "own" else -1]
        speaker = voice["speaker"] or voice["source"]
        own, said = readings[name].sentence, readings[other].sentence
        is_known = speaker and speaker.lower() not in PRONOUNS and len(speaker.split()) <= 4
        if own.part != "body" or said.part != "body" or not is_known:
            continue
        text, told = _clause(own, start), _clause(said, other_start)
        of_themselves = told.split(" ")[0] in ("I", "We", "we")
        copied = _is_copied(text, said)
        if text and told and not of_themselves and not copied and _is_own(own, start):
            text = next((text.removeprefix(w) for w in _LEADS if text.startswith(w)), text)
            yield own.outlet, name, text, said.outlet, other, told, speaker


def _is_copied(text: str, said: Sentence) -> bool:
    """Whether a clause stands word for word in what somebody says elsewhere: a post or a document
    that is printed without quotation marks is no statement of the outlet."""
    return len(text.split()) >= _COPIED and _folded(text) in _folded(said.text)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _clause(sentence: Sentence, place: int) -> str:
    """The shortest clause with its subject that states what stands at a place."""
    for most in _LENGTHS:
        for start, end in pieces(sentence, most):
            if start <= place < end and _is_clause(sentence, start, end, place):
                return sentence.text[start:end]
    return ""


def _is_clause(sentence: Sentence, start: int, end: int, place: int) -> bool:
    """Whether a piece is a clause of which the word at a place is the verb or its complement."""
    inside = {t.token: t for t in sentence.tokens if start <= t.start < end}
    top = next((t for t in inside.values() if t.head not in inside or t.head == t.token), None)
    if top is None or top.pos not in ("VERB", "AUX"):
        return False
    has_subject = any(t.head == top.token and t.dep in SUBJECTS for t in inside.values())
    word = next((t for t in inside.values() if t.start == place), None)
    is_said = word is not None and (
        word is top or (word.head == top.token and word.dep in ("acomp", "attr"))
    )
    return has_subject and is_said


def _is_own(sentence: Sentence, place: int) -> bool:
    """Whether a sentence states what stands at a place: nothing above says that somebody says
    it, no quotation mark stands around it, and no "if" or "reportedly" before it."""
    token = next((t for t in sentence.tokens if t.start == place), None)
    told_by_others = speech.REPORTING | speech.VERBS_SAY | set(acts.ACT_NOUNS)
    if token is None or sentence.quotation_at(token):
        return False
    while True:
        beside = {t.lemma.lower() for t in sentence.children(token)}
        if token.lemma.lower() in told_by_others or beside & (_IFS | weight.HEDGES):
            return False
        if token.head == token.token:
            return True
        token = sentence.head(token)
