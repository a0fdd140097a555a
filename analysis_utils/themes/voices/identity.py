"""Who a source is that the articles only point at: "the president said", "he added".

The corpus leaves such sources open unless a strict rule settles them, since sentiment hangs on
them too.  For whose words fill an article an open source is an error as well, so that here the
nearest person who fits is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.antecedents import antecedents
from analysis_utils.annotation.parsed import SUBJECTS, Mention, Sentence, read_sentences
from analysis_utils.annotation.people import People, agreeing
from analysis_utils.schemas import article_of
from analysis_utils.themes.voices.camps import NAME, Spokesperson, spokespeople
from analysis_utils.words import derived, speech, titles

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: "He said" looks this many sentences back, those of a quotation not counted.
REACH = 3

#: What a courtesy tells of the pronoun for a name.
_PRONOUNS = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}

_FORMS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}

#: The pronouns that are traced.
FAMILIES = ("he", "she")


def identified(corpus: Corpus) -> pd.DataFrame:
    """The quotes of a corpus with their sources known as far as the articles tell.

    Returns
    -------
    Table ``quotes`` with ``speaker`` and ``source`` filled in where a pronoun or a title alone
    names the source, and three columns more: ``as_written``, the source as it was, ``speaks_for``,
    the actor whose words a spokesperson gives, and ``office``, in what role; both empty for
    everybody else.
    """
    articles = _articles(corpus)
    kinds = {actor.id: actor.kind for actor in corpus.study.actors}
    allowed = {one.id: agreeing(one.name, one.pronouns) for one in corpus.study.actors}
    readings = {article: _Reading(told, kinds, allowed) for article, told in articles.items()}
    quotes = corpus.quotes.assign(as_written=corpus.quotes["source"])
    found = {}
    for quote_id, rows in quotes.groupby("quote_id", sort=False):
        content = list(zip(rows["sentence_id"], rows["start"], rows["end"], strict=True))
        reading = readings[article_of(rows["sentence_id"].iloc[0])]
        found[quote_id] = reading.who(next(rows.itertuples()), content)
    who = [found[quote_id] for quote_id in quotes["quote_id"]]
    columns = ["speaker", "source", "speaks_for", "office"]
    quotes[columns] = pd.DataFrame(who, columns=columns, index=quotes.index, dtype="str")
    return quotes


def _articles(corpus: Corpus) -> dict[str, list[Sentence]]:
    """The sentences of each article with their mentions."""
    mentions = defaultdict(list)
    for row in corpus.mentions.itertuples():
        found = Mention(row.start, row.end, row.text, row.actor, row.kind)
        mentions[row.sentence_id].append(found)
    articles = defaultdict(list)
    for sentence in read_sentences(corpus.sentences, corpus.tokens, corpus.quotations):
        sentence.mentions = mentions[sentence.sentence_id]
        articles[sentence.article_id].append(sentence)
    return articles


class _Reading:
    """What one article tells of its people; pronouns are read in the order of the text."""

    def __init__(
        self,
        sentences: list[Sentence],
        kinds: Mapping[str, str],
        allowed: Mapping[str, frozenset[str]],
    ) -> None:
        self.kinds = kinds
        self.allowed = allowed
        self.sentences = sentences
        self.place = {one.sentence_id: place for place, one in enumerate(sentences)}
        body = [one for one in sentences if one.part == "body"]
        self.spoken_for = [
            (one.sentence_id, found) for one in body for found in spokespeople(one, kinds)
        ]
        self.mentioned = _counted(sentences)
        self.titles = _titles(sentences, kinds)
        self.pronouns = _pronouns(sentences)
        self.people = People(sentences, kinds, allowed)
        self.persons = antecedents(sentences, kinds, allowed)
        self.said: list[tuple[str, int, int]] = []  # what the quote at hand says
        self.known: dict[tuple[str, int], tuple[str, str]] = {}  # pronouns settled before

    def who(self, quote, content: list[tuple[str, int, int]]) -> tuple[str, str, str, str]:
        """Speaker, source, whom it speaks for, and in which office."""
        sentence, head = self._source(quote)
        if sentence is None or head is None:
            return quote.speaker, quote.source, "", ""
        if _is_addressee(sentence, head):
            return "", "", "", ""
        spoken = self._spokesperson(quote)
        if spoken is not None:
            own = spoken.name if quote.speaker == spoken.actor else quote.source
            speaker = "" if quote.speaker == spoken.actor and spoken.name else quote.speaker
            return speaker, own or quote.source, spoken.actor, spoken.office
        if quote.speaker:
            return quote.speaker, quote.source, "", ""
        self.said = content
        speaker, source = self._person(sentence, head, quote.source)
        return speaker, source, "", ""

    def _source(self, quote):
        """The sentence and the head word of a source; without one, the subject of the cue."""
        if quote.source_start >= 0 and quote.source_sentence_id in self.place:
            sentence = self.sentences[self.place[quote.source_sentence_id]]
            return sentence, _head(sentence, quote.source_start, quote.source_end)
        if quote.source or quote.cue_sentence_id not in self.place:
            return None, None
        sentence = self.sentences[self.place[quote.cue_sentence_id]]
        verb = _head(sentence, quote.cue_start, quote.cue_end)
        passive = verb is not None and any(t.dep == "auxpass" for t in sentence.children(verb))
        if verb is None or passive:
            return None, None
        return sentence, sentence.subject(verb) or (
            verb.dep == "ROOT" and _opening(sentence)
        ) or None

    def _spokesperson(self, quote) -> Spokesperson | None:
        """The office that the source is said to hold, here or where it was introduced."""
        words = _plain(quote.source)
        for sentence_id, found in self.spoken_for:
            here = sentence_id == quote.source_sentence_id
            inside = quote.source_start <= found.start and found.end <= quote.source_end
            same = bool(found.name and words) and self._is_named(found, quote)
            bare = words == found.office.casefold() and quote.source.lower().startswith("the ")
            named = same or bare or (here and inside and not found.name)
            if named and self._leads(found, quote.speaker):
                return found
        return None

    def _is_named(self, found: Spokesperson, quote) -> bool:
        """Whether the source is the one who holds the office; a firm may bear its head's name."""
        if quote.speaker == found.actor or found.name in quote.source:
            return found.name in quote.source
        if quote.speaker and self.kinds[quote.speaker] != "person":
            return False
        return _plain(found.name).split()[-1] == _plain(quote.source).split()[-1]

    def _leads(self, found: Spokesperson, speaker: str) -> bool:
        """Whether the one spoken for is told more of than the one who speaks."""
        if speaker in ("", found.actor):
            return True
        return self.mentioned.get(found.actor, 0) > self.mentioned.get(speaker, 0)

    def _person(self, sentence: Sentence, head, source: str) -> tuple[str, str]:
        """The actor or the name that a pronoun, a title or a possessive stands for."""
        if head.text.lower() in FAMILIES:
            return self._pronoun(sentence, head)
        if mention := sentence.mention_at(head):
            return mention.actor, source
        owner = _owner(sentence, head)
        if owner is not None and head.lemma.lower() in speech.NOUNS_SAYING:
            return owner.actor, source
        who = self.people.at(self.place[sentence.sentence_id], head)
        actor = self.people.everybody[who].actor or self._titled(sentence, source)
        return (actor, source) if actor else ("", source or _name_at(sentence, head))

    def _pronoun(self, sentence: Sentence, pronoun) -> tuple[str, str]:
        """Whom "he" or "she" stands for, settled once."""
        place = (sentence.sentence_id, pronoun.start)
        if place not in self.known:
            mention = sentence.mention_at(pronoun)
            person = self.persons.get((sentence.sentence_id, pronoun.token))
            if mention:
                self.known[place] = mention.actor, ""
            elif person and person.name and not person.actor:
                self.known[place] = "", person.name
            else:
                self.known[place] = self._nearest(sentence, pronoun, pronoun.text.lower())
        return self.known[place]

    def _titled(self, sentence: Sentence, source: str) -> str:
        """The one actor who holds the title of "the president"; of several, the last mentioned."""
        found = re.match(r"[Tt]he (?:[\w-]+ )??([\w ]+?)(?:,|$)", source)
        if found is None:
            return ""
        fitting = self.titles.get(_title(found[1]), set())
        if len(fitting) <= 1:
            return next(iter(fitting), "")
        place = self.place[sentence.sentence_id]
        for one in reversed(self.sentences[max(place - 1, 0) : place + 1]):
            named = [m.actor for m in one.mentions if m.actor in fitting]
            if named:
                return named[0]
        return ""

    def _nearest(self, sentence: Sentence, pronoun, family: str) -> tuple[str, str]:
        """The nearest person before a pronoun: the main subject of a sentence, else another."""
        place, left = self.place[sentence.sentence_id], REACH
        for one in reversed(self.sentences[: place + 1]):
            end = pronoun.start if one is sentence else len(one.text)
            subjects = [
                token for token in _subjects(one) if token.start < end and not self._is_said(token)
            ]
            main = _opening(one)
            for token in sorted(subjects, key=lambda t: one.head(t).dep != "ROOT" and t != main):
                found = self._fitting(one, token, family)
                if found != ("", ""):
                    return found
            people = {
                m.actor for m in one.mentions if m.end < end and self._can_be(m.actor, family)
            }
            if one is not sentence and len(people) == 1 and subjects:
                return people.pop(), ""
            left -= bool(subjects) and one is not sentence
            if not left:
                break
        return "", ""

    def _is_said(self, token) -> bool:
        return any(
            token.sentence_id == where and start <= token.start < end
            for where, start, end in self.said
        )

    def _fitting(self, sentence: Sentence, token, family: str) -> tuple[str, str]:
        """Whom a subject names, if the pronoun can stand for it."""
        if token.text.lower() == family:
            return self._pronoun(sentence, token)
        mention = sentence.actor_at(token) or _owner(sentence, token)
        if mention is not None:
            return (mention.actor, "") if self._can_be(mention.actor, family) else ("", "")
        name = _name_at(sentence, token)
        if not name:
            actor = self._titled(sentence, f"the {token.text}")
            return (actor, "") if actor and self._can_be(actor, family) else ("", "")
        told = self.pronouns.get(name.split()[-1], family)
        return ("", name) if told == family else ("", "")

    def _can_be(self, actor: str, family: str) -> bool:
        told = self.pronouns.get(actor, family)
        return self.kinds[actor] == "person" and told == family and family in self.allowed[actor]


def _head(sentence: Sentence, start: int, end: int):
    """The word of a stretch that hangs on none of its others."""
    inside = {t.token: t for t in sentence.tokens if start <= t.start < end}
    heads = [t for t in inside.values() if t.head == t.token or t.head not in inside]
    nouns = [t for t in heads if t.pos not in ("DET", "PUNCT", "PART")]
    return (nouns or heads or [None])[0]


def _is_addressee(sentence: Sentence, head) -> bool:
    """Whether the "source" is only whom something went to: "letters to Congress saying"."""
    preposition = sentence.head(head)
    return (
        head.dep == "pobj"
        and preposition.text.lower() in ("to", "against", "with")
        and (sentence.head(preposition).text.lower() != "according")
    )


def _subjects(sentence: Sentence) -> list:
    """The subjects of a sentence outside quotation marks."""
    told = [t for t in sentence.tokens if t.dep in SUBJECTS and not sentence.quotation_at(t)]
    opening = _opening(sentence)
    return told if opening is None or opening in told else [opening, *told]


def _opening(sentence: Sentence):
    """The actor that opens a sentence without another main subject: "X, however, said"."""
    root = next((t for t in sentence.tokens if t.dep == "ROOT"), None)
    if root is None or sentence.subject(root) is not None:
        return None
    return next((sentence.last_token(m) for m in sentence.mentions if m.start == 0), None)


def _owner(sentence: Sentence, noun) -> Mention | None:
    """Whose the noun is: "X's comments"."""
    owners = [child for child in sentence.children(noun) if child.dep == "poss"]
    found = [sentence.mention_at(child) for child in owners if child.pos != "PRON"]
    return next(filter(None, found), None)


def _name_at(sentence: Sentence, token) -> str:
    """The name that ends with a word, of two words or with a title before it."""
    if token.tag != "NNP":
        return ""
    for found in re.finditer(NAME, sentence.text):
        if found.start() <= token.start < found.end() and (
            " " in found[0] and not found[0].startswith("The ") and found.end() >= token.end
        ):
            return re.sub(r"['’]s$", "", found[0])
    return ""


def _counted(sentences: list[Sentence]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one in sentences:
        for mention in one.mentions:
            counts[mention.actor] += mention.kind != "pronoun"
    return counts


def _titles(sentences: list[Sentence], kinds: Mapping[str, str]) -> dict[str, set[str]]:
    """Who is called by which title right before the name."""
    held: dict[str, set[str]] = defaultdict(set)
    for one in sentences:
        for mention in one.mentions:
            before = re.search(r"([\w-]+(?: [\w-]+)?)\.? $", one.text[: mention.start])
            if before and kinds[mention.actor] == "person" and mention.kind != "pronoun":
                held[_title(before[1])].add(mention.actor)
                held[_title(before[1].split()[-1])].add(mention.actor)
    return {title: who for title, who in held.items() if title.split()[-1] in _offices()}


@derived
def _offices() -> frozenset[str]:
    return frozenset(office.casefold() for office in titles.OFFICES)


def _title(words: str) -> str:
    """A title as it is compared: small letters, one form for all of one office."""
    *before, last = words.casefold().split() or [""]
    return " ".join([*before, titles.ALIKE.get(last, last)])


def _pronouns(sentences: list[Sentence]) -> dict[str, str]:
    """Which pronoun stands for an actor or a surname: by its courtesy, or where it is settled."""
    told: dict[str, str] = {}
    for one in sentences:
        for mention in one.mentions:
            word = mention.text.lower()
            if mention.kind == "pronoun":
                told.setdefault(
                    mention.actor, {"his": "he", "him": "he", "her": "she"}.get(word, "")
                )
        for found in re.finditer(rf"\b(Mrs?|Ms|Miss)\b\.? ({NAME})", one.text):
            family = _PRONOUNS[found[1].lower()]
            told[found[2].split()[-1].removesuffix("’s").removesuffix("'s")] = family
            for mention in one.mentions:
                if mention.start == found.start(2):
                    told[mention.actor] = family
    return {who: family for who, family in told.items() if family}


def _plain(words: str) -> str:
    """A name or a phrase without what stands before it, in small letters."""
    short = words.partition(",")[0].strip()
    return re.sub(r"^(?:the|an?|mrs?|ms)\.? ", "", short, flags=re.IGNORECASE).casefold()
