"""The names in articles: where they stand and what is said beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import regex

from analysis_utils.annotation.actors import before_names
from analysis_utils.own_study.kinds import country_code, kind_by_words
from analysis_utils.own_study.signs import Signs, signs_of, text_after
from analysis_utils.words import actors, derived, times

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Labels of spaCy's entities that can be actors.
_LABELS = ("PERSON", "ORG", "GPE", "NORP")
#: Longer names are mostly several that were taken for one; a person's has fewer words.
_MOST_WORDS, _MOST_OF_PERSON = 7, 4
#: Parts of speech that begin a sentence with a capital and are no name.
_NO_NAMES = ("ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ")
#: Above this share of long words with capitals a line without a full stop is a headline or a link.
_TITLE_CASE, _LONG_WORD = 0.7, 4

#: A span with spaCy's label, which is empty for what the tagger does not know.
Labelled = tuple["Span", str]


class Name(NamedTuple):
    """A name at one place: its words, spaCy's label, the title before it, what is beside it."""

    text: str
    label: str
    title: str
    signs: Signs


@derived
def _not_actors() -> frozenset[str]:
    return actors.NEVER.union(map(str.casefold, times.WEEKDAYS))


@derived
def _run() -> regex.Pattern:
    """Words with capitals in a row, with the small words that names have inside."""
    short = "|".join(sorted(title for title in before_names() if len(title) <= _LONG_WORD))
    capital = r"(?:\p{Lu}['’])?\p{Lu}\p{L}+(?:-\p{L}+)*|(?:\p{Lu}\.)+"
    word, with_article = rf"(?:(?:{short})\.|{capital})", r"\p{Ll}{1,3}-\p{Lu}\p{L}+"
    inside = "|".join(sorted(actors.INSIDE_NAMES))
    return regex.compile(rf"(?<![\w-]){word}(?: (?:(?:{inside}) )*(?:{word}|{with_article}))*")


@derived
def _of_what() -> re.Pattern:
    """What goes on after the noun of a public body: "Department | of Energy"."""
    return re.compile(r" (?:of|for) (?:the )?[A-Z][\w-]+(?:(?:,| and|, and)? [A-Z][\w-]+)*")


def is_prose(line: str) -> bool:
    """Whether capitals in a line tell of names, which those of a headline or a link do not."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() for word in words)
    ends = line.rstrip("”\"’' ").endswith((".", "!", "?", ",", ":"))
    return len(words) < 3 or capitals <= (len(words) - 1 if ends else _TITLE_CASE * len(words))


def names_in(doc: Doc, goes_on: str = "") -> Iterator[Name]:
    """Every name of a person, body, place or group in a paragraph.

    Parameters
    ----------
    doc
        The paragraph with spaCy's tags and entities.
    goes_on
        The first word of the paragraph after it.
    """
    if not is_prose(doc.text):
        return
    found = sorted(_spans(doc), key=lambda each: each[0].start)
    found = [(span, label) for span, label in found if label != "NORP" or _is_group(span)]
    signs = signs_of(doc, [span for span, _ in found], goes_on)
    for (span, label), beside in zip(found, signs, strict=True):
        text, title = _trimmed(_whole(span))
        if _can_be_actor(text, label) and not _is_of_office(span):
            yield Name(text, label, title or _title_before(span), beside)


def _spans(doc: Doc) -> Iterator[Labelled]:
    """What can be a name: entities, and words with capitals where these cut or miss one.

    The tagger knows few names that are rare in American news.
    """
    entities = [part for entity in doc.ents for part in _parts(entity)]
    used: set[int] = set()
    for match in _run().finditer(doc.text):
        whole = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        run = _bare(whole) if whole else None
        inside = [each for each in entities if run and _overlap(each[0], run)]
        if run and (_is_missed(run) if not inside else _is_cut(run, inside)):
            used.update(span.start for span, _ in inside)
            known = [label for _, label in inside if label in _LABELS]
            yield run, known[0] if known else ""
    for entity, label in entities:
        is_word = len(entity) == 1 and entity[0].pos_ in _NO_NAMES
        if label in _LABELS and entity.start not in used and not is_word:
            yield entity, label


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _parts(entity: Span) -> Iterator[Labelled]:
    """An entity, or those that "and the" joins."""
    start = entity.start
    for token in entity[1:-2]:
        if token.lower_ == "and" and token.nbor().lower_ == "the":
            yield entity.doc[start : token.i], entity.label_
            start = token.i + 1
    yield entity.doc[start : entity.end], entity.label_


def _bare(run: Span) -> Span | None:
    """Words with capitals without titles and what only begins the sentence, None if none is left.

    A name ends in no title, and one after a title begins there: "Transport Minister Ada North".
    """
    words = [token.text.strip(".") for token in run]
    at = [place for place, word in enumerate(words[:-1]) if _is_role(word)]
    if at and not kind_by_words(run.text):
        run = run[at[-1] + 1 :]
    elif run[0].pos_ in _NO_NAMES or (run[0].pos_ != "PROPN" and run[0].lower_ in actors.UNTOLD):
        run = run[1:]
    while run and not run[0].text[0].isupper():
        run = run[1:]
    return run or None


def _is_role(word: str) -> bool:
    return word in before_names() or word.casefold() in actors.TOLD_PERSON


def _is_missed(run: Span) -> bool:
    """Whether a run without any entity can be a name."""
    if len(run.text) < 3 or any(token.text in before_names() for token in run):
        return False
    return len(run) > 1 or run[0].pos_ in ("PROPN", "NOUN", "ADJ", "X")


def _is_cut(run: Span, inside: Sequence[Labelled]) -> bool:
    """Whether entities are pieces of a person's name: "Nneka | Okafor"."""
    first, last = inside[0][0], inside[-1][0]
    if first.start < run.start or last.end > run.end:
        return False
    longer = any(label == "PERSON" and " " in span.text for span, label in inside)
    whole = first.start == run.start and last.end == run.end and len(inside) == 1
    pieces = [span.text for span, _ in inside]
    known = any(kind_by_words(piece) or country_code(piece) for piece in (*pieces, run.text))
    groups = any(label == "NORP" for _, label in inside)
    names = [word for word in run.text.split() if word[0].isupper()]
    long = any(len(piece.split()) > 1 for piece in pieces) and len(pieces) > 1
    longer = longer and first.start > run.start
    return not (whole or known or groups or long or longer) and 1 < len(names) <= _MOST_OF_PERSON


def _is_group(span: Span) -> bool:
    """Whether a name such as "Republicans" means people, and does not only qualify a noun."""
    root = span.root
    return root.text.endswith("s") and root.dep_ not in ("amod", "compound")


def _whole(span: Span) -> str:
    """The name with what a hyphen joins to it, and with what a body is of, where it was cut off."""
    after = text_after(span)
    joined = re.match(r"(?:-[^\W\d_A-Z][^\W\d_]*)*(?:-[A-Z]\b)?", after)
    if joined and joined[0]:
        return span.text + joined[0]  # "Jae-in", "Chick-fil-A"
    of_what = _of_what().match(after)
    last = span[-1].lower_
    is_body = last in actors.INSTITUTION_WORDS and kind_by_words(span.text) == "institution"
    return span.text + of_what[0] if of_what and is_body else span.text


def _trimmed(name: str) -> tuple[str, str]:
    """A name without article, titles and what shows possession; the last title that it had."""
    name = re.sub(r"[’'‘](?:s\b)?\W*$|[^\w.)]+$", "", " ".join(name.split()))
    name = re.sub(r"[\[\]]", "", name)
    words = re.sub(r"^(?:the|The)\s+|^\W+", "", name).split()
    first, last = 0, len(words)
    while first < last - 1 and _is_role(words[first].strip(".")):
        first += 1
    while last > first + 1 and (
        words[last - 1].strip(".") in before_names() or words[last - 1] in actors.JOINING
    ):
        last -= 1
    if first and kind_by_words(" ".join(words)):
        first = 0  # "General Motors", "Justice Department"
    title = [word.strip(".") for word in words[max(first - 2, 0) : first]]
    return " ".join(words[first:last]), " ".join(title).casefold()


def _title_before(span: Span) -> str:
    """The title before a name, in small letters: "vice president"."""
    words = [token.text.strip(".") for token in span.doc[max(span.start - 2, 0) : span.start]]
    if not words or words[-1] not in before_names():
        return ""
    title = " ".join(words).casefold()
    of_body = words[0][:1].isupper() and words[-1] == "President" and not country_code(words[0])
    is_whole = words[0].casefold() in actors.BEFORE_TITLES or of_body  # "Club President Ada North"
    return title if is_whole else words[-1].casefold()


def _is_of_office(span: Span) -> bool:
    """Whether it belongs to an office: "Secretary of State"."""
    words = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start]]
    return words[1:] == ["of"] and words[0] in actors.OFFICE_OF


def _can_be_actor(text: str, label: str) -> bool:
    words = text.split()
    if not words or len(words) > _MOST_WORDS or not words[0][0].isupper():
        return False
    several = label in ("PERSON", "GPE", "") and " and " in text
    letters = sum(map(str.isalpha, text))
    ends = {words[0].casefold(), words[-1].casefold()}
    is_thing = words[-1].casefold() in actors.THINGS or re.match(r"[A-Z]-[A-Z]", text)  # "R-Texas"
    ends.add(" ".join(words).casefold())
    is_month = len(words) == 1 and text in times.MONTHS
    return letters > 1 and not (is_month or several or is_thing or ends & _not_actors())


def without_owner(name: str, known: Collection[str]) -> str:
    """A name without another one that it belongs to: "Russia's Kaspersky Lab"."""
    owner, apart, owned = name.partition("’s " if "’s " in name else "'s ")
    if apart and owned[:1].isupper() and (owner in known or country_code(owner)):
        return owned
    return name
