"""Where the study's actors are mentioned: by name, alias, description or pronoun.

The study says who the actors are and what they are called; the rules here know
no word of any article.  :func:`find_mentions` looks for the study's phrases
(longest first, so that "Eugene Kaspersky" is not "Kaspersky"), drops what only
looks like them, and adds the pronouns that :mod:`analysis_utils.annotation.pronouns`
resolves.  No learned coreference is used: rules are open to inspection, and
how far they agree with hand codes is counted by
:mod:`analysis_utils.themes.actor_sentiment.mentioned`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation import people, pronouns
from analysis_utils.annotation.parsed import Mention, Sentence, read_sentences
from analysis_utils.schemas import Mentions
from analysis_utils.words import actors as actor_words
from analysis_utils.words import derived, times, titles

_DETERMINER = re.compile(r"(?:the|a|an|this|that|our|its|his|her|their|some)\s+", re.IGNORECASE)

_INITIAL = re.compile(r"[A-Z]\.")


@derived
def before_names() -> frozenset[str]:
    """What may stand before a person's surname without making it somebody else's."""
    return titles.COURTESY | titles.HONOURS | titles.OFFICES


class Phrase(NamedTuple):
    """A phrase of the study: whom it means and how."""

    actor: str
    kind: str
    anaphoric: bool = False
    single_word: bool = False
    common: bool = False


@dataclass(frozen=True)
class PhraseBook:
    """All phrases of a study's actors, ready to be looked for."""

    pattern: re.Pattern
    phrases: dict[str, Phrase]
    kinds: dict[str, str]


def find_mentions(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Sequence,
) -> pd.DataFrame:
    """Every mention of the study's actors.

    Phrases match whole words and exact capitals ("US" is never "us"); only a
    description may begin with a capital where the study has none.  Shapes of
    apostrophes and hyphens make no difference.  Mentions never overlap, and a
    "the" right before a phrase belongs to it.  Checks follow:

    - A word joined by a hyphen is no mention ("Trump-era", "anti-Trump"); of two names joined
      by a dash, each is one ("US–China talks").
    - A single name inside a longer name of somebody else is no mention
      ("Ivanka Trump", "Trump Tower" for Trump; "The Washington Post").  Titles
      such as "President", and a country's initials ("US Senate"), are allowed.
    - A surname is no mention where it is a month or another one's first name ("in May",
      "Paul D. Rennie").
    - A name without any capital ("migrants") is one where it heads its phrase, and may begin a
      sentence.
    - A description without any capital ("the company") only points back: its
      actor must have been mentioned before, or stand in the same sentence, and
      its last word must be a noun that heads the phrase ("a firm friend" is
      none of "the firm").

    Parameters
    ----------
    sentences, tokens, quotations
        Tables of the corpus; each article's sentences in reading order.
    actors
        The study's actors, with ``id``, ``name``, ``kind``, ``aliases``,
        ``descriptions`` and ``pronouns``.

    Returns
    -------
    Table ``mentions`` in reading order.
    """
    if not actors:
        return Mentions.checked([])
    book = phrase_book(actors)
    allowed = {actor.id: people.agreeing(actor.name, actor.pronouns) for actor in actors}
    rows: list[dict] = []
    parsed = read_sentences(sentences, tokens, quotations)
    for _, group in groupby(parsed, key=attrgetter("article_id")):
        article = list(group)
        known: set[str] = set()
        for sentence in article:
            sentence.mentions = list(_phrases_in(sentence, book, known))
            known.update(mention.actor for mention in sentence.mentions)
        pronouns.resolve(article, book.kinds, allowed)
        for sentence in article:
            rows.extend(_rows(sentence))
    return Mentions.checked(rows)


def phrase_book(actors: Iterable) -> PhraseBook:
    """The study's phrases as one pattern, the longest phrase first."""
    actors = list(actors)
    phrases: dict[str, Phrase] = {}
    for actor in actors:
        for text in actor.descriptions:
            common = _is_common(text)
            phrase = Phrase(actor.id, "description", anaphoric=common, common=common)
            for either in _with_both_first_letters(text):
                phrases.setdefault(_normal(either), phrase)
    for kind, names in (("alias", attrgetter("aliases")), ("name", _name)):
        for actor in actors:
            for text in names(actor):
                common = _is_common(text)
                phrase = Phrase(actor.id, kind, single_word=" " not in text, common=common)
                small = common or text[0].islower()  # "von der Leyen" may begin a sentence
                for either in _with_both_first_letters(text) if small else (text,):
                    phrases[_normal(either)] = phrase
    phrases = {the + text: phrases[text] for text in phrases for the in ("the ", "The ")} | phrases
    longest_first = sorted(phrases, key=lambda text: (-len(text), text))
    either = "|".join(map(_as_pattern, longest_first))
    pattern = re.compile(rf"(?<![\w@#&‐‑-])(?:{either})(?!\w|[-‐‑]\w|–[a-z]|\.[a-z])")
    return PhraseBook(pattern, phrases, {actor.id: actor.kind for actor in actors})


def _is_common(text: str) -> bool:
    """Whether a phrase has no capital, and so no name in it."""
    bare = _DETERMINER.sub("", text, count=1)
    return bare == bare.lower()


def _with_both_first_letters(text: str) -> tuple[str, str]:
    return text[0].lower() + text[1:], text[0].upper() + text[1:]


def _name(actor) -> tuple[str]:
    return (actor.name,)


def _normal(text: str) -> str:
    """A phrase as the phrase book spells it."""
    text = re.sub(r"[’‘ʼ]", "'", text)
    text = re.sub(r"[‐‑–]", "-", text)
    return re.sub(r"\s+", " ", text.strip())


def _as_pattern(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\ ", r"\s+")
    return escaped.replace("'", "[’‘ʼ']").replace(r"\-", "[-‐‑–]")


def _phrases_in(sentence: Sentence, book: PhraseBook, known: set[str]) -> Iterator[Mention]:
    matches = list(book.pattern.finditer(sentence.text))
    if not matches:
        return
    phrases = [book.phrases[_normal(match[0])] for match in matches]
    here = {phrase.actor for phrase in phrases if not phrase.anaphoric}
    title_case = _in_title_case(sentence)
    for match, phrase in zip(matches, phrases, strict=True):
        mention = Mention(match.start(), match.end(), match[0], phrase.actor, phrase.kind)
        if phrase.common:
            told = not phrase.anaphoric or phrase.actor in known | here
            is_mention = told and _heads_its_phrase(sentence, mention)
        elif phrase.single_word:
            kind = book.kinds[phrase.actor]
            is_mention = not (
                _is_word_of_time(sentence, mention)
                or _is_first_name(sentence, mention)
                or (not title_case and _part_of_another_name(sentence, mention, kind))
            )
        else:
            is_mention = True
        if is_mention:
            yield mention


def _heads_its_phrase(sentence: Sentence, mention: Mention) -> bool:
    """Whether the last word of a description is a noun and qualifies no other noun."""
    last = sentence.last_token(mention)
    if last is None or last.text.lower() in ("s", "'s", "’s"):
        return True
    return last.pos in ("NOUN", "PROPN") and last.dep not in ("compound", "amod")


def _part_of_another_name(sentence: Sentence, mention: Mention, kind: str) -> bool:
    """Whether a single name belongs to a longer name that the study does not know."""
    name = sentence.last_token(mention)
    if name is None:
        return False
    before, after = sentence.at(name.token - 1), sentence.at(name.token + 1)
    if _is_name_part(before) and before.head == name.token:
        return True
    # "US Senate" is still the country; "The Washington Post" is not.
    is_adjective = kind == "country" and name.text.isupper()
    if is_adjective or not _is_name_part(after) or name.head <= name.token:
        return False
    return name.head in (after.token, after.head)


def _is_first_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether initials and another name follow: "Paul D. Rennie" for a surname Paul."""
    name = sentence.last_token(mention)
    if name is None:
        return False
    initial, surname = sentence.at(name.token + 1), sentence.at(name.token + 2)
    return (
        initial is not None
        and _INITIAL.fullmatch(initial.text) is not None
        and surname is not None
        and _is_name_part(surname)
    )


def _is_word_of_time(sentence: Sentence, mention: Mention) -> bool:
    """Whether a surname is a month or a verb here: "in May", "May 3", "May I ask"."""
    if mention.text not in times.MONTHS:
        return False
    name = sentence.last_token(mention)
    if name is None:
        return False
    before, after = sentence.at(name.token - 1), sentence.at(name.token + 1)
    dated = after is not None and after.text[:1].isdigit()
    when = before is not None and (
        before.text.lower() in actor_words.OF_TIME or before.text[:1].isdigit()
    )
    return dated or when or name.pos == "AUX"


def _is_name_part(token) -> bool:
    """Whether a token is a capitalised proper noun and no title."""
    return (
        token is not None
        and token.pos == "PROPN"
        and token.text[:1].isupper()
        and not token.text.isupper()
        and token.text.strip(".") not in before_names()
    )


def _in_title_case(sentence: Sentence) -> bool:
    """Whether most long words are capitalised, so that capitals say nothing of names."""
    words = [
        token.text for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()
    ]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _rows(sentence: Sentence) -> Iterator[dict]:
    ordered = sorted(sentence.mentions, key=attrgetter("start"))
    for number, mention in enumerate(ordered, start=1):
        yield {
            "mention_id": f"{sentence.sentence_id}:m{number}",
            "sentence_id": sentence.sentence_id,
            "outlet": sentence.outlet,
            **mention._asdict(),
            "head": sentence.head_of(mention),
        }
