"""Pieces of sentences as they may be quoted: what only describes, and how well they read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis_utils.themes.coverage.differing_words import SentenceWords, Word
from analysis_utils.themes.coverage.pieces import is_headless, subtrees
from analysis_utils.words import speech

#: How well a piece reads that hangs on another clause.
HARDLY = 0.5

#: How a word hangs on a name that it only describes.
_DESCRIBING = frozenset(("amod", "appos", "compound", "nmod"))


@dataclass(frozen=True, eq=False)
class Piece:
    """A stretch of a sentence with its content words."""

    reading: SentenceWords
    start: int
    end: int
    words: tuple[Word, ...]

    @cached_property
    def asides(self) -> set[int]:
        """Where its words begin that only describe somebody: "the dean, who was killed", "the
        presumptive nominee Ann Lee"."""
        sentence = self.reading.sentence
        inside = [t for t in sentence.tokens if self.start <= t.start < self.end]
        tops = [t for t in inside if t.dep == "relcl" or (t.dep == "acl" and t.tag == "VBN")]
        people = {m.start for m in self.reading.words if m.kind == "actor"}
        tops += [t for t in inside if t.dep in _DESCRIBING and sentence.head(t).tag == "NNP"]
        tops = [t for t in tops if t.start not in people]
        below = subtrees(sentence)
        return {
            sentence.tokens[number].start
            for top in tops
            if self.start <= sentence.head(top).start < self.end
            for number in below[top.token]
        }

    @property
    def text(self) -> str:
        """As it is quoted: what lacks the subject of its verb begins with dots."""
        sentence = self.reading.sentence
        dots = "… " if is_headless(sentence, self.start, self.end) else ""
        return dots + sentence.text[self.start : self.end]


def only_presents(piece: Piece) -> bool:
    """Whether a piece says only who spoke where, or who somebody is: "Reed is a fellow"."""
    top = _top(piece)
    if top is None or top.pos not in ("VERB", "AUX"):
        return False
    beside = [t for t in piece.reading.sentence.children(top) if piece.start <= t.start < piece.end]
    if top.lemma.lower() == "be":
        is_person = any(t.dep == "nsubj" and t.tag == "NNP" for t in beside)
        return is_person and any(t.dep == "attr" for t in beside)
    content = any(t.dep in ("ccomp", "dobj", "xcomp", "oprd") for t in beside)
    return top.lemma.lower() in speech.VERBS_SAY | speech.REPORTING and not content


def reads_well(piece: Piece) -> float:
    """How well a piece stands by itself: a main clause with its subject best."""
    inside = [t for t in piece.reading.sentence.tokens if piece.start <= t.start < piece.end]
    top = _top(piece)
    if top is None:
        return 0.0
    if top.pos not in ("VERB", "AUX"):
        tells = top.dep.startswith("nsubj") and any(t.dep == "acl" for t in inside)
        return 1.5 if tells and piece.reading.sentence.head(top).dep == "ROOT" else 0.0
    is_beside = top.dep in ("relcl", "acl", "advcl", "xcomp", "pcomp")  # what it happens beside
    if is_beside:
        return HARDLY
    if is_headless(piece.reading.sentence, piece.start, piece.end):
        return 0.0
    subjects = [t for t in inside if t.head == top.token and t.dep.startswith("nsubj")]
    if not subjects or subjects[0].tag in ("PRP", "DT"):  # nobody knows who "he" is
        return 1.0
    return 2.5 if top.dep in ("ROOT", "ccomp") else 2.0


def _top(piece: Piece):
    """The token that the others of a piece hang on."""
    inside = [t for t in piece.reading.sentence.tokens if piece.start <= t.start < piece.end]
    numbers = {t.token for t in inside}
    return next((t for t in inside if t.head not in numbers or t.head == t.token), None)
