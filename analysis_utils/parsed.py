"""One sentence with its parse, its quotations and its mentions, for rules that walk it.

Tables are right for counting; rules that climb from a word to its clause are
clearer on a small object.  :func:`read_sentences` makes these from the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

#: Relations of a subject to its verb.
SUBJECTS = ("nsubj", "nsubjpass")

#: Relations in which a verb opens a clause that can have a subject of its own.
CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "acl", "xcomp", "pcomp")


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

    def mention_at(self, token) -> Mention | None:
        """The mention that covers a token."""
        for mention in self.mentions:
            if mention.start <= token.start < mention.end:
                return mention
        return None

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
    sentences: pd.DataFrame, tokens: pd.DataFrame, quotations: pd.DataFrame
) -> Iterator[Sentence]:
    """Every sentence of a corpus as an object, in reading order, without mentions."""
    by_sentence = defaultdict(list)
    for token in tokens.itertuples(index=False, name="Token"):
        by_sentence[token.sentence_id].append(token)
    marked = defaultdict(list)
    for row in quotations.itertuples(index=False):
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
