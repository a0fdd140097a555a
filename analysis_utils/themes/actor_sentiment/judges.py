"""Whose judgement it is: the outlet's own, or that of somebody whom the sentence lets judge.

A judgement belongs to whoever makes it ("accused", "dismissed ... as unfair"), not to whoever
prints it.  What stands in somebody's reported or quoted words is theirs; so is what hangs on a
verb of judgement, or on what a source does and then gives a reason for; and where most of a
sentence is somebody's words, so is the sentence.  Only the rest is the outlet's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from analysis_utils.annotation.parsed import Mention, Sentence, read_sentences
from analysis_utils.words import derived, speech

#: Who judges: the outlet in its own words, the actor itself, or somebody else.
JUDGES = ("own", "itself", "others")

#: Relations in which a verb shares the subject of the one above it.
_SHARED = ("xcomp", "advcl", "conj", "ccomp", "acl", "pcomp", "prep")


class Judge(NamedTuple):
    """Who judges: one of ``JUDGES``, the id of the actor who does (or empty), and as written."""

    judge: str
    holder: str = ""
    source: str = ""


def judges(
    pairs: pd.DataFrame,
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotes: pd.DataFrame,
    quotations: pd.DataFrame,
) -> pd.DataFrame:
    """Whose a judgement of an actor in a sentence is, if there is one.

    Parameters
    ----------
    pairs
        With ``sentence_id`` and ``actor``; each actor is mentioned in its sentence.
    mentions, sentences, tokens, quotes, quotations
        Tables of the corpus.

    Returns
    -------
    ``judge``, ``holder`` and ``source`` with the index of ``pairs``; see :class:`Judge`.
    """
    wanted = set(pairs["sentence_id"])
    told = [table[table["sentence_id"].isin(wanted)] for table in (sentences, tokens, quotations)]
    of_sentence, said = defaultdict(list), defaultdict(list)
    columns = ["sentence_id", *Mention._fields]
    here = mentions[mentions["sentence_id"].isin(wanted)]
    for sentence_id, *mention in here[columns].itertuples(index=False, name=None):
        of_sentence[sentence_id].append(Mention(*mention))
    for quote in quotes[quotes["sentence_id"].isin(wanted)].itertuples(index=False):
        said[quote.sentence_id].append(quote)
    read = {}
    for sentence in read_sentences(*told):
        sentence.mentions = of_sentence[sentence.sentence_id]
        read[sentence.sentence_id] = _Reading(sentence, said[sentence.sentence_id])
    rows = [
        read[sentence_id].judge_of(actor)
        for sentence_id, actor in zip(pairs["sentence_id"], pairs["actor"], strict=True)
    ]
    return pd.DataFrame(rows, columns=list(Judge._fields), index=pairs.index)


@derived
def _judging() -> frozenset[str]:
    """Base forms of verbs whose subject judges."""
    return frozenset(
        speech.VERBS_JUDGE | speech.JUDGED_OF | speech.JUDGED_ON | speech.JUDGED_DIRECTLY
    )


@derived
def _holding() -> frozenset[str]:
    """Base forms of words whose subject says, thinks, asks or feels what the clause below says."""
    kinds = (speech.VERBS_SAY, speech.VERBS_CLAIM, speech.VERBS_THINK, speech.VERBS_WANT)
    more = (speech.VERBS_ASK, speech.VERBS_FIND, speech.ADJECTIVES_STANCE)
    return frozenset().union(*kinds, *more)


class _Reading:
    """A sentence and the quotes in it."""

    def __init__(self, sentence: Sentence, quotes: Sequence) -> None:
        self._sentence, self._quotes = sentence, quotes

    def judge_of(self, actor: str) -> Judge:
        """Who judges an actor: the first rule that finds somebody else, else the actor itself."""
        mentions = [each for each in self._sentence.mentions if each.actor == actor]
        found = [
            *(one for mention in mentions for one in self._quoted(mention)),
            *(one for mention in mentions for one in self._judged(mention)),
            *self._most(),
        ]
        others = [one for one in found if one.holder != actor]
        if others:
            return others[0]
        if found:
            return found[0]._replace(judge="itself")
        return self._before_colon(actor) or Judge("others" if self._sentence.quotations else "own")

    def _before_colon(self, actor: str) -> Judge | None:
        """Of a headline such as "Rice: visit destructive", the one who is named first."""
        said, colon, _ = self._sentence.text.partition(": ")
        if colon and self._sentence.part == "headline":
            for mention in self._sentence.mentions:
                if mention.text == said:
                    judge = "itself" if mention.actor == actor else "others"
                    return Judge(judge, mention.actor, said)
        return None

    def _quoted(self, mention: Mention) -> Iterator[Judge]:
        """The quotes whose words name the actor, the innermost first."""
        around = [q for q in self._quotes if q.start <= mention.start and mention.end <= q.end]
        for quote in sorted(around, key=lambda quote: quote.end - quote.start):
            yield Judge("others", quote.speaker, quote.source)

    def _judged(self, mention: Mention) -> Iterator[Judge]:
        """Those on whose verb of speech or judgement the actor hangs, the nearest first."""
        number = self._sentence.head_of(mention)
        if number < 0:
            return
        said, token = self._verbs_of_sources(), self._sentence.tokens[number]
        while token.head != token.token:
            below, token = token, self._sentence.head(token)
            word = token.lemma.lower()
            judged = token.pos == "VERB" and word in _judging()
            judged = token.pos == "VERB" and word in _judging()
            says = below.dep == "ccomp" or self._has(token, "ccomp")
            held = says and (word in _holding() or self._feels(token))
            if token.token in said:
                yield Judge("others", said[token.token].speaker, said[token.token].source)
            elif judged or held:
                yield self._subject_of(token)

    def _feels(self, verb) -> bool:
        """Whether a verb is completed by a feeling: "are worried that"."""
        beside = self._sentence.children(verb)
        return any(child.dep == "acomp" and child.lemma.lower() in _holding() for child in beside)

    def _has(self, verb, *relations: str) -> bool:
        return any(child.dep in relations for child in self._sentence.children(verb))

    def _verbs_of_sources(self) -> dict[int, Any]:
        """The verbs that bring in a quote, and those whose subject is its source."""
        found = {}
        for quote in self._quotes:
            for token in self._sentence.tokens:
                if _within(token, quote, "cue"):
                    found[token.token] = quote
                elif token.dep == "nsubj" and _within(token, quote, "source"):
                    found[token.head] = quote
        return found

    def _subject_of(self, verb) -> Judge:
        """Who does a judging verb: its subject, of a passive its agent, else that of the verb
        above."""
        if self._has(verb, "auxpass", "nsubjpass"):
            agents = [child for child in self._sentence.children(verb) if child.dep == "agent"]
            named = self._sentence.children(agents[0]) if agents else []
            return self._as_judge(named[0]) if named else Judge("others")
        while (subject := self._sentence.subject(verb)) is None:
            if verb.dep not in _SHARED or verb.head == verb.token:
                return Judge("others")
            verb = self._sentence.head(verb)
        return self._as_judge(subject)

    def _as_judge(self, noun) -> Judge:
        mention = self._sentence.actor_at(noun)
        return Judge("others", mention.actor if mention else "", self._phrase(noun))

    def _phrase(self, noun) -> str:
        """A noun with what hangs on it before it: "Other staffers"."""
        first = noun
        while before := [c for c in self._sentence.children(first) if c.token < first.token]:
            first = before[0]
        return self._sentence.text[first.start : noun.end]

    def _most(self) -> Iterator[Judge]:
        """Who says most of the sentence, if somebody says half of it or more."""
        words: dict[tuple[str, str], int] = defaultdict(int)
        for quote in self._quotes:
            if not quote.inside:
                words[quote.speaker, quote.source] += quote.n_words
        for (speaker, source), n_words in words.items():
            if 2 * n_words >= len(self._sentence.text.split()):
                yield Judge("others", speaker, source)


def _within(token, quote, part: str) -> bool:
    """Whether a token stands in the source or the cue of a quote, in the same sentence."""
    if getattr(quote, f"{part}_sentence_id") != quote.sentence_id:
        return False
    return getattr(quote, f"{part}_start") <= token.start < getattr(quote, f"{part}_end")
