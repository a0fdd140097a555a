"""Pieces of a sentence that can be quoted: clauses and phrases, cut only where the parse allows."""

from __future__ import annotations

from collections.abc import Iterator

from analysis_utils.annotation.language import count_words
from analysis_utils.annotation.parsed import CLAUSES, SUBJECTS, Sentence
from analysis_utils.words import acts, titles

#: Words of a piece at least.
FEWEST_WORDS = 3

#: What may be left off at the end of a piece, and at its beginning.
_LOOSE = frozenset(
    ("advcl", "relcl", "acl", "prep", "conj", "cc", "parataxis", "appos", "npadvmod", "advmod")
)
_OPENING = frozenset(("mark", "cc", "punct", "advcl", "advmod", "prep", "npadvmod", "intj", "det"))

_SUBJECTS = (*SUBJECTS, "csubj", "csubjpass")
_VERBS = ("VERB", "AUX")
_BOUND = ("of", "to", "for")
_MODIFIERS = frozenset(("amod", "compound", "det", "poss", "nummod", "nmod", "aux", "auxpass"))
_UNENDED = frozenset(("cc", "mark", "det", "aux", "poss", "case"))
_BEFORE_A_VERB = ("aux", "auxpass", "neg", "advmod")
_ASKING = frozenset(("WP", "WDT", "WRB", "WP$"))
_TENSED = frozenset(("MD", "VBD", "VBP", "VBZ"))
_FINITE = _TENSED | {"VBN"}
_COMPLEMENTS = frozenset(("acomp", "attr", "prep", "oprd"))
_NEEDED = frozenset(("ccomp", "dative", "dobj", "prep", "prt", "xcomp"))
_OPEN_ENDED = frozenset(("acl", "advcl", "ccomp", "pcomp", "xcomp"))
_PHRASES = ("NOUN", "PROPN")
_PAUSES = frozenset((",", "—", "–", "-", "--", "(", ";"))
_BARE = frozenset(".,;:!?\"'“”‘’—–- ()")


def pieces(sentence: Sentence, most: int) -> list[tuple[int, int]]:
    """Stretches of a sentence that read well by themselves, as offsets.

    Parameters
    ----------
    sentence
        With its parse.
    most
        Words of a piece at most; the sentence itself is one if it is no longer.

    Returns
    -------
    In reading order: clauses with their subject or from the verb on, and longer noun phrases.
    What is too long loses clauses and phrases that may be left off at its end.
    """
    below = subtrees(sentence)
    found = {
        cut
        for token in sentence.tokens
        for first, last in _wholes(sentence, token, below)
        if (cut := _shortened(sentence, first, last, below, most))
    }
    return sorted(piece for piece in found if not _is_otherwise_outside(sentence, *piece))


def _is_otherwise_outside(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what governs a piece is left out and makes another thing of it: a "not", a
    "refused", a "hopes" or a "denies"."""
    changing = acts.REFUSING | acts.PLANNING | acts.DENYING
    inside = {t.token for t in sentence.tokens if start <= t.start < end}
    above = {t.head for t in sentence.tokens if t.token in inside}
    while above:
        heads = [sentence.tokens[number] for number in above]
        for token in heads:
            denies = any(c.dep == "neg" and c.token not in inside for c in sentence.children(token))
            if denies or (token.start < start and token.lemma.lower() in changing):
                return True
        above = {t.head for t in heads if t.head != t.token and t.pos in _VERBS} - above
    return False


def subtrees(sentence: Sentence) -> list[set[int]]:
    """For each token the tokens that hang on it, itself included."""
    below: list[set[int]] = [{token.token} for token in sentence.tokens]
    for token in sentence.tokens:
        above = token
        while above.head != above.token:
            above = sentence.head(above)
            below[above.token].add(token.token)
    return below


def _wholes(sentence: Sentence, token, below) -> Iterator[tuple[int, int]]:
    """First and last token of the stretches that a token heads."""
    inside = below[token.token]
    first, last = min(inside), max(inside)
    if token.pos in _VERBS and (token.dep in CLAUSES or token.head == token.token):
        children = sentence.children(token)
        for child in children:  # without what leads into the clause
            if first in below[child.token] and child.dep in _OPENING and child.dep != "det":
                first = max(below[child.token]) + 1
        yield first, last
        starts = [child.token for child in children if child.dep in _BEFORE_A_VERB]
        yield min([n for n in starts if n < token.token] + [token.token]), last
        if token.tag == "VBN":
            yield token.token, last
        subjects = [min(below[c.token]) for c in children if c.dep in _SUBJECTS]
        if subjects:
            yield subjects[0], last
    elif token.pos in _PHRASES and last - first > 3:
        yield first, last


def _shortened(sentence: Sentence, first: int, last: int, below, most: int):
    """The stretch cut to the most words allowed, without marks at its ends; None if it cannot."""
    tokens = sentence.tokens
    while first <= last and (tokens[first].dep in ("cc", "mark") or _is_bare(tokens[first])):
        first += 1
    while True:
        while last > first and _is_unended(tokens, last):
            last -= 1
        if first > last:
            return None
        start, end = tokens[first].start, tokens[last].end
        words = count_words(sentence.text[start:end])
        if words < FEWEST_WORDS:
            return None
        if words <= most and not _is_open_ended(sentence, last):
            whole = not any(_leads_on(token, last) for token in tokens[first : last + 1])
            return (start, end) if whole and _is_well_formed(sentence, first, last) else None
        last = _before_loose_end(tokens, first, last, below)
        if last < first:
            return None


def _is_unended(tokens, last: int) -> bool:
    """Whether nothing can end with this token: a mark, an "and", a preposition without noun."""
    token = tokens[last]
    if _is_bare(token) or token.dep in _UNENDED or token.text.lower() in ("those", "that"):
        return True
    # "including" is left of "including with Europol", "in" of "in Europe": what hangs on it is off
    return token.dep == "prep" and any(t.head == last for t in tokens[last + 1 :])


def _is_well_formed(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a stretch makes sense by itself: no question or preposition without what it hangs
    on, no "is" without what it is."""
    tokens = sentence.tokens[first : last + 1]
    opening, end = tokens[0], tokens[-1]
    halved = opening.tag == "VBN" and any(
        t.dep == "conj" and t.head == opening.token and t.tag in _TENSED for t in tokens
    )
    # "addition to the rest" of "in addition to the rest"
    halved |= (
        opening.dep == "pobj"
        and opening.tag == "NN"
        and tokens[min(1, len(tokens) - 1)].dep == "prep"
    )
    asks = opening.tag in _ASKING and not any(t.head == t.token for t in tokens)
    does = opening.tag == "VB" and opening.head != opening.token  # whoever does it is left off
    if asks or does or halved or (opening.dep == "prep" and opening.text.lower() in _BOUND[:1]):
        return False
    if end.text.rstrip(".") in titles.OFFICES | titles.COURTESY and end.text != opening.text:
        return False
    for token in tokens:
        children = sentence.children(token)
        beside = [c for c in children if first <= c.token <= last]
        if token.lemma.lower() == "be" and token.pos in _VERBS and token.dep not in _BEFORE_A_VERB:
            needed = [c for c in children if c.dep in _COMPLEMENTS]
            if needed and not any(c in beside for c in needed):
                return False
    return True


def _is_open_ended(sentence: Sentence, last: int) -> bool:
    """Whether a stretch ends with a verb that needs what follows: "ready to meet" of "with us"."""
    end = sentence.tokens[last]
    needs = any(c.token > last and c.dep in _NEEDED for c in sentence.children(end))
    return needs and end.pos in _VERBS and end.dep in _OPEN_ENDED


def is_headless(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a stretch begins with a verb whose subject is left off: "have accused the firm"."""
    inside = [t for t in sentence.tokens if start <= t.start < end]
    top = opening = inside[0]
    while top.dep in _BEFORE_A_VERB and top.head != top.token:
        top = sentence.head(top)
    if top.pos not in _VERBS or opening.tag not in _FINITE:
        return False
    subjects = {c.token for c in sentence.children(top) if c.dep in _SUBJECTS}
    shares = top.dep == "conj" and opening.tag != "VBN"
    return (bool(subjects) or shares) and subjects.isdisjoint(t.token for t in inside)


def _is_bare(token) -> bool:
    return all(letter in _BARE for letter in token.text)


def _before_loose_end(tokens, first: int, last: int, below) -> int:
    """The last token before the shortest phrase at the end that may be left off."""
    for at in range(last, first, -1):
        for token in tokens[at : last + 1]:
            ends = {n for n in below[token.token] if n <= last}
            is_end = min(ends) == at and max(ends) == last and len(ends) == last - at + 1
            if is_end and token.head < at and _is_loose(token, tokens[token.head], tokens[at - 1]):
                return at - 1
    return first - 1


def _leads_on(token, last: int) -> bool:
    """Whether what a token belongs to is cut off: "deficit-reducing" of its budget."""
    return token.head > last and token.dep in _MODIFIERS


def _is_loose(token, head, before) -> bool:
    """Whether a phrase can be left off: not one item of a list, nor "of Europe" or "to it", nor
    without a comma before it what says which one is meant: "the degree to which it hurts"."""
    if token.dep == "relcl" and before.text not in _PAUSES:
        return False
    if token.dep in ("conj", "cc"):
        return head.pos in _VERBS
    bound = token.dep == "prep" and head.pos not in _VERBS and token.text.lower() in _BOUND
    return token.dep in _LOOSE and not bound
