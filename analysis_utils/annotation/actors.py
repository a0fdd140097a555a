"""Where the study's actors are mentioned: by name, alias, description or pronoun.

The study says who the actors are and what they are called; the rules here know
no word of any article.  :func:`find_mentions` looks for the study's phrases
(longest first, so that "Eugene Kaspersky" is not "Kaspersky"), drops what only
looks like them, and adds the pronouns that :mod:`analysis_utils.annotation.pronouns`
resolves.  No learned coreference is used: rules are open to inspection, and
their errors are counted by :func:`agreement_with_codes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation import pronouns
from analysis_utils.annotation.parsed import Mention, Sentence, read_sentences
from analysis_utils.schemas import MENTION_KINDS, Mentions, in_articles_of
from analysis_utils.words import derived, titles

#: Kinds of hand codes that a mention of the study's actors is expected for.
EXPECTED_KINDS = ("name", "alias", "description", "pronoun")

_DETERMINER = re.compile(r"(?:the|a|an|this|that|our|its|his|her|their|some)\s+", re.IGNORECASE)


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
    "the" right before a phrase belongs to it.  Three checks follow:

    - A word joined by a hyphen is no mention ("Trump-era", "anti-Trump"); of two names joined
      by a dash, each is one ("US–China talks").
    - A single name inside a longer name of somebody else is no mention
      ("Ivanka Trump", "Trump Tower" for Trump; "The Washington Post").  Titles
      such as "President", and a country's initials ("US Senate"), are allowed.
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
    allowed = {actor.id: frozenset(actor.pronouns) for actor in actors}
    rows = []
    parsed = read_sentences(sentences, tokens, quotations)
    for _, article in groupby(parsed, key=attrgetter("article_id")):
        article = list(article)
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
            bare = _DETERMINER.sub("", text, count=1)
            phrase = Phrase(actor.id, "description", anaphoric=bare == bare.lower())
            for first in (text[0].lower(), text[0].upper()):
                phrases.setdefault(_normal(first + text[1:]), phrase)
    for kind, names in (("alias", attrgetter("aliases")), ("name", _name)):
        for actor in actors:
            for text in names(actor):
                phrases[_normal(text)] = Phrase(actor.id, kind, single_word=" " not in text)
    phrases = {the + text: phrases[text] for text in phrases for the in ("the ", "The ")} | phrases
    longest_first = sorted(phrases, key=lambda text: (-len(text), text))
    either = "|".join(map(_as_pattern, longest_first))
    pattern = re.compile(rf"(?<![\w@#&‐‑-])(?:{either})(?!\w|[-‐‑]\w|–[a-z]|\.[a-z])")
    return PhraseBook(pattern, phrases, {actor.id: actor.kind for actor in actors})


def count_mentions(
    mentions: pd.DataFrame, actors: Iterable, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """How often each outlet mentions each actor, and how often by each kind of words.

    Returns
    -------
    One row an actor in the order of the study: ``actor`` (its name), one column an
    outlet (headed by its name), and one column a kind (over all outlets).
    """
    names = {actor.id: actor.name for actor in actors}
    by_outlet = pd.crosstab(mentions["actor"], mentions["outlet"]).reindex(columns=list(outlets))
    by_kind = pd.crosstab(mentions["actor"], mentions["kind"]).reindex(columns=list(MENTION_KINDS))
    table = pd.concat([by_outlet, by_kind], axis=1).reindex(list(names)).fillna(0).astype(int)
    table.columns = [*outlets.values(), *MENTION_KINDS]
    table.insert(0, "actor", list(names.values()))
    return table.reset_index(drop=True)


def agreement_with_codes(mentions: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """How the mentions found agree with the hand codes, by kind.

    A mention and a code match if they stand in the same sentence, mean the same
    actor and overlap.  Appositions count as descriptions.  Codes of the kinds
    ``attributive`` ("Russian", "Kaspersky products") and ``label`` need not be
    found, so they do not enter recall over all kinds; but a mention that matches
    one is right.  Codes of the kind ``trap`` have no actor, so nothing matches
    them.  Mentions in articles without a code are left out: the coder did not read them.

    Parameters
    ----------
    mentions
        Table ``mentions``, or one with its columns.
    codes
        Hand codes with ``sentence_id``, ``start``, ``end``, ``text``, ``actor``
        and ``kind``; None if the study has none, which gives an empty table.

    Returns
    -------
    One row a kind and a last row ``all``: ``kind``, ``n_codes``, ``found``,
    ``missed``, ``recall``, ``exact`` (found with the same words, but for an
    article), ``n_mentions`` (of this kind), ``false_alarms``, ``precision``.
    """
    if codes is None:
        return pd.DataFrame()
    codes = codes.assign(kind=codes["kind"].replace("apposition", "description"))
    codes = codes.reset_index(names="code")
    read = in_articles_of(mentions["sentence_id"], codes["sentence_id"])
    found = mentions[read].reset_index(names="mention")
    pairs = codes.merge(found, on=["sentence_id", "actor"], suffixes=("", "_found"))
    pairs = pairs[(pairs["start"] < pairs["end_found"]) & (pairs["start_found"] < pairs["end"])]
    same_words = pairs["text"].map(_without_article) == pairs["text_found"].map(_without_article)
    codes["found"] = codes["code"].isin(pairs["code"])
    codes["exact"] = codes["code"].isin(pairs.loc[same_words, "code"])
    found["right"] = found["mention"].isin(pairs["mention"])
    rows = [
        _agreement(kind, codes[codes["kind"] == kind], found[found["kind"] == kind])
        for kind in (*EXPECTED_KINDS, "attributive", "label")
    ]
    rows.append(_agreement("all", codes[codes["kind"].isin(EXPECTED_KINDS)], found))
    return pd.DataFrame(rows)


def _agreement(kind: str, codes: pd.DataFrame, found: pd.DataFrame) -> dict:
    right = int(found["right"].sum())
    return {
        "kind": kind,
        "n_codes": len(codes),
        "found": int(codes["found"].sum()),
        "missed": int((~codes["found"]).sum()),
        "recall": codes["found"].mean() if len(codes) else float("nan"),
        "exact": int(codes["exact"].sum()),
        "n_mentions": len(found),
        "false_alarms": len(found) - right,
        "precision": right / len(found) if len(found) else float("nan"),
    }


def _without_article(text: str) -> str:
    return re.sub(r"^the\s+|[’']s?$", "", text, flags=re.IGNORECASE)


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
        if phrase.anaphoric:
            is_mention = phrase.actor in known | here and _heads_its_phrase(sentence, mention)
        elif phrase.single_word and not title_case:
            is_mention = not _part_of_another_name(sentence, mention, book.kinds[phrase.actor])
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
        }
