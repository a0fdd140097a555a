"""One sentence with its parse, its quotations and its mentions, for rules that walk it.

Tables are right for counting; rules that climb from a word to its clause are
clearer on a small object.  :func:`read_sentences` makes these from the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

#: Relations of a subject to its verb.
SUBJECTS = ("nsubj", "nsubjpass")

#: Relations in which a verb opens a clause that can have a subject of its own.
CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "acl", "xcomp", "pcomp")


#: Tokens on each side of the actor where a sentence has no usable parse.
WINDOW = 8

_CLAUSE_RELATIONS = ("ccomp", "advcl", "relcl", "conj", "parataxis", "csubj")
_ANY_SUBJECT = ("nsubj", "nsubjpass", "csubj", "expl")


class Mention(NamedTuple):
    """A mention of an actor in a sentence; offsets are half-open."""

    start: int
    end: int
    text: str
    actor: str
    kind: str


@dataclass
class Sentence:
    """A sentence, its tokens (rows of ``tokens``) and what stands in it."""

    sentence_id: str
    article_id: str
    outlet: str
    part: str
    paragraph: int
    text: str
    tokens: list
    quotations: list  # (quotation_id, start, end)
    mentions: list[Mention] = field(default_factory=list)

    def at(self, number: int):
        """The token at a place in the sentence, or None outside it."""
        return self.tokens[number] if 0 <= number < len(self.tokens) else None

    def head(self, token):
        """The head of a token; the token itself if it is the root."""
        return self.tokens[token.head]

    def children(self, token) -> list:
        """The tokens that hang on a token, in reading order."""
        return [child for child in self.tokens if child.head == token.token and child is not token]

    def subject(self, verb):
        """The last subject before, else the first after, a verb; None without one."""
        subjects = [child for child in self.children(verb) if child.dep in SUBJECTS]
        before = [subject for subject in subjects if subject.token < verb.token]
        return before[-1] if before else (subjects[0] if subjects else None)

    def last_token(self, mention: Mention):
        """The last token of a mention, or None if tokens and mention disagree."""
        inside = [t for t in self.tokens if mention.start <= t.start < mention.end]
        return inside[-1] if inside else None

    def head_of(self, mention: Mention) -> int:
        """Place of the token of a mention that hangs on none of the others, -1 without one."""
        inside = {t.token: t for t in self.tokens if mention.start <= t.start < mention.end}
        heads = [n for n, token in inside.items() if token.head == n or token.head not in inside]
        nouns = [n for n in heads if inside[n].pos not in ("DET", "PUNCT", "PART")]
        return (nouns or heads or [-1])[-1]

    def mention_at(self, token) -> Mention | None:
        """The mention that covers a token."""
        for mention in self.mentions:
            if mention.start <= token.start < mention.end:
                return mention
        return None

    def actor_at(self, token) -> Mention | None:
        """The mention that a noun heads or stands beside: "the firm, Kaspersky Lab, said"."""
        beside = [child for child in self.children(token) if child.dep == "appos"]
        found = (self.mention_at(word) for word in (token, *beside))
        return next(filter(None, found), None)

    def quotation_at(self, token) -> str:
        """Id of the quotation a token stands in, or empty."""
        for quotation_id, start, end in self.quotations:
            if start <= token.start < end:
                return quotation_id
        return ""

    def clause_of(self, token):
        """The nearest verb at or above a token that opens a clause; the root at the latest."""
        token = self.head(token)
        while token.dep not in CLAUSES or token.pos not in ("VERB", "AUX"):
            if token.head == token.token:
                break
            token = self.head(token)
        return token


def read_sentences(
    sentences: pd.DataFrame, tokens: pd.DataFrame, quotations: pd.DataFrame | None = None
) -> Iterator[Sentence]:
    """Every sentence of a corpus as an object, in reading order, without mentions.

    Without ``quotations`` nothing is known of quotation marks.
    """
    by_sentence = defaultdict(list)
    for token in tokens.itertuples(index=False, name="Token"):
        by_sentence[token.sentence_id].append(token)
    marked = defaultdict(list)
    for row in quotations.itertuples(index=False) if quotations is not None else ():
        marked[row.sentence_id].append((row.quotation_id, row.start, row.end))
    for row in sentences.itertuples(index=False):
        yield Sentence(
            row.sentence_id,
            row.article_id,
            row.outlet,
            row.part,
            row.paragraph,
            row.text,
            by_sentence[row.sentence_id],
            marked[row.sentence_id],
        )


def clause_runs(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clause around some mentions of an actor, as runs of characters.

    A clause is led by the root or by a verb with a subject of its own; each
    word belongs to the nearest leader above it.  The actor's clause is made of
    the words with the same leader as one of its mentions, and of a relative or
    participle clause that hangs on the mention itself ("Kaspersky Lab, which
    has always been a partner").  Without a parsed verb it is the window of
    ``WINDOW`` tokens around each mention.
    """
    at = [t.token for t in sentence.tokens for a, b in spans if a < t.end and t.start < b]
    if not any(token.pos in ("VERB", "AUX") for token in sentence.tokens):
        inside = [t for t in sentence.tokens if any(abs(t.token - n) <= WINDOW for n in at)]
        return _runs(sentence, [token.token for token in inside])
    leaders = _leaders(sentence)
    wanted = {leaders[number] for number in at}
    wanted |= {
        token.token
        for token in sentence.tokens
        if token.dep == "relcl" and token.head in at and leaders[token.token] == token.token
    }
    return _runs(sentence, [number for number, leader in enumerate(leaders) if leader in wanted])


def _leaders(sentence: Sentence) -> list[int]:
    """For each token the verb that leads its clause."""
    has_subject = {token.head for token in sentence.tokens if token.dep in _ANY_SUBJECT}
    leads = {
        token.token
        for token in sentence.tokens
        if token.head == token.token
        or (token.dep in _CLAUSE_RELATIONS and token.token in has_subject)
    }
    leaders = []
    for token in sentence.tokens:
        while token.token not in leads:
            token = sentence.head(token)
        leaders.append(token.token)
    return leaders


def _runs(sentence: Sentence, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Tokens as runs of characters; neighbours are one run, and none begins with a mark."""
    runs: list[tuple[int, int]] = []
    last = -1
    for number in sorted(numbers):
        token = sentence.tokens[number]
        if runs and number == last + 1:
            runs[-1] = (runs[-1][0], token.end)
        elif token.pos == "PUNCT":
            continue
        else:
            runs.append((token.start, token.end))
        last = number
    return runs
