"""Two sentences side by side: which words they share, and which stand in the same place.

Words are matched in three steps.  Equal terms are the same word (spelling
variants merged, an actor's mentions are one word however it is called).  Words
in the same place of the parse are put in one another's stead: "suspend" and
"halt" if both are what was done "temporarily", "partner" and "friend" if both
are what somebody "has been".  What is left is the same word if it is spelled
nearly alike ("cooperation", "cooperate").  The second step is a simple case of
aligning dependency trees from what they share (Meyers, Yangarber and Grishman
1996).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.parsed import Mention, Sentence, read_sentences
from analysis_utils.measures.terms import find_terms
from analysis_utils.themes.coverage.alignment import letter_runs

if TYPE_CHECKING:
    from analysis_utils.study.parts import Actor

#: Relations that fill the same place.
_PLACES = {
    "subject": ("nsubj", "nsubjpass", "csubj", "agent"),
    "object": ("dobj", "attr", "oprd", "acomp", "dative"),
    "clause": ("xcomp", "ccomp", "acl", "relcl", "advcl", "conj", "parataxis"),
    "modifier": ("amod", "nummod", "nmod", "poss"),
    "compound": ("compound",),
    "adverb": ("advmod", "npadvmod"),
    "preposition": ("pobj", "pcomp"),
}
_PLACE_OF = {relation: place for place, relations in _PLACES.items() for relation in relations}

#: Classes of words by part of speech; words of the same class can stand for one another.
_CLASS_OF = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adjective",
    "NUM": "number",
    "ADV": "adverb",
}

#: All classes: those, the mention of an actor, a form of "to be", and function words.
KINDS = (*dict.fromkeys(_CLASS_OF.values()), "actor", "link", "function")

#: Places in which the words below two matched words may answer each other, the safest first.
_DOWN = ("subject", "object", "clause", "modifier", "adverb", "preposition")

#: Places from which two matched words may make the words above them answer each other.  An
#: object does not: who "uses products" does not do what he does who "abandons" them.
_UP = ("subject", "adverb")

#: Classes of words whose spelling is compared.
_SPELLED = ("verb", "noun", "adjective", "adverb")

#: Cosine of the letter runs of two words that are spelled nearly alike.
NEARLY_ALIKE = 0.45

#: Answers kept at most: pairs of sentences, single words, pairs of words.
_KEPT_PAIRS, _KEPT_WORDS, _KEPT_WORD_PAIRS = 2**15, 2**13, 2**17


@dataclass(frozen=True)
class Word:
    """A term of a sentence, or the whole mention of an actor.

    ``head`` is the number of the word it hangs on, through prepositions, or -1; ``place``
    its place there.
    """

    start: int
    end: int
    text: str
    key: str
    kind: str  # one of ``KINDS``
    head: int
    place: str

    @property
    def marked(self) -> bool:
        """Whether it is shown as differing if nothing matches it."""
        return self.kind not in ("function", "link")


@dataclass(frozen=True, eq=False)
class SentenceWords:
    """A sentence as its words, for comparison with others; equal to itself alone."""

    sentence: Sentence
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Word ``one`` of a sentence and word ``two`` of another: the ``same``, or ``instead``."""

    one: int
    two: int
    kind: str


def read_words(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Iterable[Actor] = (),
    merge_terms: Mapping[str, Iterable[str]] | None = None,
    terms: pd.DataFrame | None = None,
) -> dict[str, SentenceWords]:
    """Every sentence as a :class:`SentenceWords`, by its id.

    Parameters
    ----------
    sentences, tokens, mentions, quotations
        Tables of the corpus.
    actors, merge_terms
        Of the study, for what counts as one word.
    terms
        The terms of the sentences, if they are found already.
    """
    if terms is None:
        terms = find_terms(sentences, tokens, actors, merge_terms)
    of_terms = dict(list(terms.groupby("sentence_id")))
    of_mentions: dict[str, list[Mention]] = {}
    columns = ["sentence_id", *Mention._fields]
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_mentions.setdefault(sentence_id, []).append(Mention(*mention))
    readings = {}
    for sentence in read_sentences(sentences, tokens, quotations):
        sentence.mentions = of_mentions.get(sentence.sentence_id, [])
        words = _words(sentence, of_terms.get(sentence.sentence_id, terms.iloc[:0]))
        readings[sentence.sentence_id] = SentenceWords(sentence, tuple(words))
    return readings


def word_table(readings: Mapping[str, SentenceWords]) -> pd.DataFrame:
    """The words of all sentences as a table, without the parse they were read from.

    Returns
    -------
    See :class:`~analysis_utils.themes.coverage.tables.Words`.
    """
    rows = ((name, *astuple(word)) for name, reading in readings.items() for word in reading.words)
    return pd.DataFrame(rows, columns=["sentence_id", *(part.name for part in fields(Word))])


def words_of(table: pd.DataFrame, sentence_ids: Iterable[str]) -> dict[str, tuple[Word, ...]]:
    """The words of some sentences, by their id.

    Parameters
    ----------
    table
        As :func:`word_table` gives it.
    sentence_ids
        Whose words; each may be named more than once.
    """
    ids = dict.fromkeys(sentence_ids)
    words: dict[str, list[Word]] = {sentence_id: [] for sentence_id in ids}
    kept = table[table["sentence_id"].isin(list(ids))]
    for sentence_id, *word in kept.itertuples(index=False, name=None):
        words[sentence_id].append(Word(*word))
    return {sentence_id: tuple(found) for sentence_id, found in words.items()}


def _words(sentence: Sentence, terms: pd.DataFrame) -> Iterator[Word]:
    spans = [
        (m.start, m.end, f"@{m.actor}", "actor") for m in sentence.mentions if m.kind != "pronoun"
    ]
    for term in terms.itertuples():
        if not any(start < term.end and term.start < end for start, end, *_ in spans):
            kind = "function" if term.is_function_word else ""
            spans.append((term.start, term.end, term.term, kind))
    spans.sort()
    heads = [_head_token(sentence, start, end) for start, end, *_ in spans]
    word_of = {
        token.token: number
        for number, (start, end, *_) in enumerate(spans)
        for token in sentence.tokens
        if start <= token.start < end
    }
    for number, ((start, end, key, kind), token) in enumerate(zip(spans, heads, strict=True)):
        head, place = _governor(sentence, token, word_of, spans, number)
        kind = _kind(kind, token)
        yield Word(start, end, sentence.text[start:end], key, kind, head, place)


def _kind(kind: str, token) -> str:
    if token is None or (len(token.text.strip("'’")) < 2 and token.pos != "NUM"):
        return "function"
    if kind == "function" and token.pos in ("VERB", "AUX") and not token.dep.startswith("aux"):
        return "link"
    return kind or _CLASS_OF.get(token.pos, "function")


def _head_token(sentence: Sentence, start: int, end: int):
    """The token of a span that hangs on something outside it."""
    inside = [token for token in sentence.tokens if start <= token.start < end]
    numbers = {token.token for token in inside}
    outside = [t for t in inside if t.head not in numbers or t.head == t.token]
    return (outside or inside or [None])[0]


def _governor(sentence, token, word_of, spans, number) -> tuple[int, str]:
    """The word that a token hangs on, prepositions and auxiliaries passed over."""
    if token is None or token.head == token.token:
        return -1, ""
    place = _PLACE_OF.get(token.dep, "")
    while token.head != token.token:
        token = sentence.head(token)
        if place == "preposition" and token.pos == "ADP":
            place = f"preposition {token.text.lower()}"
        at = word_of.get(token.token, -1)
        if at == number:
            continue
        passed_over = token.dep in ("prep", "agent") or token.pos in ("ADP", "PART", "SCONJ")
        if at >= 0 and not passed_over:
            return at, place
    return -1, place


@lru_cache(maxsize=_KEPT_PAIRS)
def match_words(one: SentenceWords, two: SentenceWords) -> tuple[Match, ...]:
    """The words of two sentences that are the same or stand in the same place.

    Details, phrases and conflicts all ask about the same pairs, so answers are kept.
    """
    return match_lists(one.words, two.words)


def match_lists(one: Sequence[Word], two: Sequence[Word]) -> tuple[Match, ...]:
    """What :func:`match_words` finds, for the words of two sentences; no answer is kept."""
    matches = {(match.one, match.two): match for match in _equal(one, two)}
    while found := _next_instead(one, two, list(matches.values())):
        matches[found.one, found.two] = found
    for match in _nearly_equal(one, two, list(matches.values())):
        matches[match.one, match.two] = match
    return tuple(sorted(matches.values(), key=lambda match: match.one))


def _equal(one: Sequence[Word], two: Sequence[Word]) -> Iterator[Match]:
    """Equal terms in reading order; pronouns that are subjects are held to be equal too."""
    free = list(range(len(two)))
    for number, word in enumerate(one):
        if word.kind == "link" or (word.kind == "function" and word.place != "subject"):
            continue
        same = [at for at in free if two[at].key == word.key and two[at].kind == word.kind]
        same.sort(key=lambda at: (two[at].place != word.place, at))
        if same:
            free.remove(same[0])
            yield Match(number, same[0], "same")


def _next_instead(
    one: Sequence[Word], two: Sequence[Word], matches: Sequence[Match]
) -> Match | None:
    """One more pair of unmatched words in the same place, the safest first."""
    free = [
        {n for n, word in enumerate(words) if word.kind not in ("function", "actor")}
        - {getattr(match, side) for match in matches}
        for words, side in ((one, "one"), (two, "two"))
    ]
    for place in _DOWN:
        for match in matches:
            heads = one[match.one].head, two[match.two].head
            places = {one[match.one].place, two[match.two].place}
            answers = heads[0] in free[0] and heads[1] in free[1]
            alike = answers and one[heads[0]].kind == two[heads[1]].kind
            if alike and place in _UP and places == {place}:
                equal = one[heads[0]].key == two[heads[1]].key
                return Match(*heads, "same" if equal else "instead")
            if pair := _only_ones_below(one, two, match, free, place):
                return Match(*pair, "instead")
    return None


def _only_ones_below(
    one: Sequence[Word], two: Sequence[Word], match: Match, free: Sequence[set[int]], place: str
) -> tuple[int, int] | None:
    """The unmatched words in a place below two matched ones, if there is one on each side."""
    below = [
        [n for n in free[side] if words[n].head == at and words[n].place.startswith(place)]
        for side, (words, at) in enumerate(((one, match.one), (two, match.two)))
    ]
    if len(below[0]) != 1 or len(below[1]) != 1:
        return None
    first, second = one[below[0][0]], two[below[1][0]]
    alike = first.kind == second.kind != "link" and first.place == second.place
    return (below[0][0], below[1][0]) if alike else None


def _nearly_equal(
    one: Sequence[Word], two: Sequence[Word], matches: Sequence[Match]
) -> Iterator[Match]:
    taken = {match.two for match in matches}
    done = {match.one for match in matches}
    for number, word in enumerate(one):
        if number in done or word.kind not in _SPELLED:
            continue
        near = {
            at: max(spelled_alike(word.key, other.key), spelled_alike(word.text, other.text))
            for at, other in enumerate(two)
            if at not in taken and other.kind in _SPELLED
        }
        best = max(near, key=lambda at: near[at], default=-1)
        if near.get(best, 0) >= NEARLY_ALIKE:
            taken.add(best)
            yield Match(number, best, "same")


@lru_cache(maxsize=_KEPT_WORD_PAIRS)
def spelled_alike(one: str, two: str) -> float:
    """Cosine of the letter runs of two words, from 0 to 1.

    >>> round(spelled_alike("cooperation", "cooperate"), 2), spelled_alike("halt", "suspend")
    (0.67, 0.0)
    """
    (first, size), (second, other_size) = _run_counts(one), _run_counts(two)
    product = sum(count * second[run] for run, count in first.items() if run in second)
    return product / (size * other_size) if product else 0.0


@lru_cache(maxsize=_KEPT_WORDS)
def _run_counts(word: str) -> tuple[Counter[str], float]:
    """The letter runs of a word, counted, and the length of that vector."""
    runs = Counter(letter_runs(word))
    return runs, sqrt(sum(count**2 for count in runs.values()))


def phrase(reading: SentenceWords, number: int) -> tuple[int, int]:
    """The span of a word with its own modifiers, and an "of" with its noun.

    Clauses and actors that hang on it are left out: "obvious disrespect", "a
    distinct lack of respect".
    """
    words = reading.words
    start, end = words[number].start, words[number].end
    if words[number].kind != "noun":
        return start, end
    inside = {number}
    for at in range(number - 1, -1, -1):
        word = words[at]
        modifies = word.head in inside and word.place in ("modifier", "compound")
        if modifies and word.kind != "actor":
            inside.add(at)
            start = word.start
    for word in words[number + 1 :]:
        of = word.head == number and word.place == "preposition of" and word.kind != "actor"
        if of and reading.sentence.text[end : word.start] == " of ":
            end = word.end
    return start, end
