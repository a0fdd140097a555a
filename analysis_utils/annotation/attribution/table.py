"""From the attributions of an article to rows of the table ``quotes``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis_utils.annotation.attribution.article import SUBJECTS, Article
from analysis_utils.annotation.attribution.blocks import Block
from analysis_utils.annotation.attribution.contents import Content
from analysis_utils.annotation.attribution.extract import Attribution
from analysis_utils.annotation.attribution.narrow import narrowed
from analysis_utils.annotation.attribution.sources import Range
from analysis_utils.annotation.attribution.speakers import Actors
from analysis_utils.annotation.attribution.voiced import base_form, is_voice
from analysis_utils.annotation.language import count_words
from analysis_utils.words import pronouns

#: Words from which on a quotation that nothing attributes is no title and no scare quote.
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Quote:
    """A content of one kind with who says it; ``attribution`` None if nothing says so."""

    kind: str
    content: Content
    attribution: Attribution | None
    actors: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        return self.content[0][0]

    @property
    def cued(self) -> Attribution:
        """The attribution of a quote that has one."""
        assert self.attribution
        return self.attribution


class _Known:
    """Quotes by where they stand, so that a stretch is compared with its neighbours only."""

    def __init__(self, article: Article, quotes: list[Quote]) -> None:
        self._article = article
        self.held: set[int] = set()
        #: Quotes whose cue stands outside quotation marks, by the sentence of the cue, and by
        #: the sentences in which their stretches end.
        self.cued: dict[int, list[Quote]] = defaultdict(list)
        self.ended: dict[int, list[Quote]] = defaultdict(list)
        for quote in quotes:
            self.add(quote)

    def add(self, quote: Quote) -> None:
        self.held.update(_places(quote.content))
        if quote.attribution and not self._article.quotation[quote.attribution.head]:
            self.cued[self._article.sentence[quote.attribution.head]].append(quote)
            for number in {self._article.sentence[end] for _, end in quote.content}:
                self.ended[number].append(quote)


def find_rows(
    article: Article,
    attributions: list[Attribution],
    texts: dict[str, str],
    actors: Actors,
) -> list[dict]:
    """Rows of :class:`~analysis_utils.schemas.Quotes` of one article, in reading order."""
    quotes = []
    found = _distinct(attributions)
    for attribution, who in zip(found, _who(article, found, actors), strict=True):
        kinds = dict(by_kind(article, attribution))
        if is_voice(article, attribution, "direct" in kinds):
            quotes += [Quote(kind, content, attribution, who) for kind, content in kinds.items()]
    quotes = _claimed_once(article, quotes)
    quotes += _left_over(article, quotes)
    held = zip(quotes, _holders(quotes), strict=True)
    quotes = [quote for quote, holder in held if not _is_self(article, quote, holder)]
    quotes.sort(key=lambda quote: (quote.first, quote.content[-1][1]))
    ids = {quote: f"{article.article_id}:v{n:02d}" for n, quote in enumerate(quotes, start=1)}
    return [
        row
        for quote, holder in zip(quotes, _holders(quotes), strict=True)
        for row in _rows(article, quote, ids, holder, texts)
    ]


def _who(article: Article, voices: list[Attribution], actors: Actors) -> Iterator[tuple[str, ...]]:
    """The actors behind each source.  A pronoun that the mentions leave open is whoever
    the attribution right before it names, in this paragraph or the one before."""
    before: tuple[str, ...] = ()
    paragraph = 0
    for attribution in voices:
        who = tuple(actors.of(article, attribution.source, attribution.source_head))
        here = article.paragraphs[article.sentence[attribution.head]][1]
        pronoun = attribution.source and article.lower[attribution.source_head]
        if not who and pronoun and len(before) == 1 and here - paragraph <= 1:
            who = before if actors.may_be(before[0], pronoun) else ()
        if not article.quotation[attribution.head]:
            before, paragraph = who, here
        yield who


def _distinct(attributions: list[Attribution]) -> list[Attribution]:
    """Of attributions whose cues overlap, the likeliest."""
    kept: list[Attribution] = []
    taken: set[int] = set()
    for each in sorted(attributions, key=lambda each: -each.probability):
        cue = set(_places((each.cue,)))
        if taken.isdisjoint(cue):
            kept.append(each)
            taken |= cue
    return sorted(kept, key=lambda each: each.head)


def by_kind(article: Article, attribution: Attribution) -> Iterator[tuple[str, Content]]:
    """An attribution's content as one quote a kind: direct, partial and reported.

    Whole sentences and clauses in quotation marks are direct, other quoted
    words partial.  What stands around quoted words is reported if it is a
    clause ("said the plan was 'a farce'"); a noun that only leads up to them is
    the outlet's ("demanded a ban on 'malicious programs'").
    """
    content = narrowed(article, attribution)
    if article.quotation[attribution.head]:
        pieces = [("reported", span) for span in content]
    else:
        pieces = [piece for span in content for piece in _pieces(article, span)]
    quoted = any(kind != "reported" for kind, _ in pieces)
    around = set(_places(tuple(span for kind, span in pieces if kind == "reported")))
    lead = quoted and not any(
        article.dep[place] in (*SUBJECTS, "expl") and article.head[place] in around
        for place in around
    )
    for kind in ("direct", "partial", "reported"):
        spans = tuple(dict.fromkeys(span for name, span in pieces if name == kind))
        if kind == "reported" and (lead or not _says_something(article, spans)):
            continue
        if spans:
            yield kind, spans


def _says_something(article: Article, content: Content) -> bool:
    """Whether a reported content is more than a name or a pronoun ("described Japan")."""
    inside = set(_places(content))
    tops = {article.pos[p] for p in inside if article.head[p] not in inside or article.head[p] == p}
    return bool(tops - {"PROPN", "PRON", "ADP", "ADV", "PUNCT", "PART", "CCONJ", "DET"})


def _pieces(article: Article, span: Range) -> Iterator[tuple[str, Range]]:
    """A stretch cut where quotation marks open and close, each piece with its kind."""
    start, end = span
    at = start
    while at <= end:
        quotation = article.quotation[at]
        first = at
        while at <= end and article.quotation[at] == quotation:
            at += 1
        words = [p for p in range(first, at) if article.pos[p] not in ("PUNCT", "SPACE")]
        if quotation and words:
            here = article.blocks.touching(first, first)
            block = next(block for block in here if block.quotation_id == quotation)
            direct = is_direct(article, block)
            yield ("direct", inner(article, block)) if direct else ("partial", (first, at - 1))
        elif any(article.pos[p] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") for p in words):
            yield "reported", (words[0], words[-1])


def inner(article: Article, block: Block) -> Range:
    """The places of a quotation without its marks."""
    inside = [p for p in range(block.first, block.last + 1) if article.quotation[p]]
    return inside[0], inside[-1]


def _claimed_once(article: Article, quotes: list[Quote]) -> list[Quote]:
    """Every stretch belongs to the quote whose cue is nearest to it."""
    owners: dict[tuple[bool, Range], Quote] = {}
    for quote in quotes:
        for span in quote.content:
            key = quote.kind == "reported", span
            rival = owners.setdefault(key, quote)
            if _distance(article, quote, span) < _distance(article, rival, span):
                owners[key] = quote
    kept = []
    for quote in quotes:
        reported = quote.kind == "reported"
        content = tuple(span for span in quote.content if owners[reported, span] is quote)
        if content:
            kept.append(replace(quote, content=content))
    return kept


def _distance(article: Article, quote: Quote, span: Range) -> tuple[bool, int]:
    """Whether the cue that claims a stretch is in another sentence, and the words between."""
    head = quote.cued.head
    elsewhere = article.sentence[head] not in {article.sentence[place] for place in span}
    return elsewhere, max(span[0] - head, head - span[1])


def is_direct(article: Article, block: Block) -> bool:
    """Whether a quotation holds a whole sentence or main clause."""
    if article.sentence[block.first] != article.sentence[block.last]:
        return True
    inside = range(block.first, block.last + 1)
    first, last = article.sentence_bounds(block.first)
    if all(
        article.quotation[p] or article.pos[p] in ("PUNCT", "SPACE") for p in range(first, last)
    ):
        return True
    for place in inside:
        subject = article.kid(place, *SUBJECTS, "expl")
        leads = article.dep[place] in ("ROOT", "ccomp", "parataxis", "advcl", "conj", "pcomp")
        if leads and subject in inside and article.tag[subject] not in ("WDT", "WP"):
            return True
    return False


def _left_over(article: Article, quotes: list[Quote]) -> Iterator[Quote]:
    """Quotations that no content holds: their source is in the sentence before, or nowhere."""
    known = _Known(article, quotes)
    for block in article.blocks:
        if block.n_words < FEWEST_WORDS or _covered(block, known):
            continue
        if not is_direct(article, block):
            continue
        before = _speaker_before(article, block, known)
        quote = Quote("direct", (inner(article, block),), None)
        if before:
            quote = replace(quote, attribution=before.attribution, actors=before.actors)
        known.add(quote)
        yield quote


def _covered(block: Block, known: _Known) -> bool:
    places = range(block.first, block.last + 1)
    return len(known.held.intersection(places)) * 2 > len(places)


def _speaker_before(article: Article, block: Block, known: _Known) -> Quote | None:
    """Who spoke last: in the same sentence or the one before, or, of a paragraph that is
    all quotation, at the end of the paragraph before."""
    number = article.sentence[block.first]
    first, _ = article.bounds[number]
    alone = all(
        article.quotation[p] or article.pos[p] == "PUNCT" for p in range(first, block.first)
    )
    here = known.cued[number]
    if here or not alone:
        return min(here, key=lambda q: abs(q.cued.head - block.first), default=None)
    earlier = known.cued[number - 1]
    if not earlier:
        earlier = [quote for quote in known.ended[number - 1] if quote.kind == "direct"]
    if not earlier or article.parts[number] != article.parts[number - 1]:
        return None
    return max(earlier, key=lambda q: q.cued.head)


def _is_self(article: Article, quote: Quote, holder: Quote | None) -> bool:
    """Whether it is only speakers on their own words: "We are convinced that ..."."""
    if holder is None:
        return bool(quote.attribution and article.quotation[quote.attribution.head])
    pronoun = article.lower[quote.cued.source_head] if quote.cued.source else "i"
    same = bool(set(quote.actors) & set(holder.actors))
    return same or pronoun in pronouns.SPEAKERS or (pronoun in pronouns.OTHERS and not quote.actors)


def _holders(quotes: list[Quote]) -> list[Quote | None]:
    """For each quote, the smallest other one that holds its cue and content."""
    places = [frozenset(_places(quote.content)) for quote in quotes]
    over: dict[int, list[int]] = defaultdict(list)
    for number, held in enumerate(places):
        for place in held:
            over[place].append(number)
    found = []
    for number, quote in enumerate(quotes):
        around = over[quote.attribution.head] if quote.attribution else []
        holders = [other for other in around if other != number and places[number] <= places[other]]
        smallest = min(holders, key=lambda other: len(places[other]), default=None)
        found.append(None if smallest is None else quotes[smallest])
    return found


def _places(content: Content) -> Iterator[int]:
    for start, end in content:
        yield from range(start, end + 1)


def _rows(
    article: Article, quote: Quote, ids: dict[Quote, str], holder: Quote | None, texts: dict
) -> Iterator[dict]:
    said = quote.attribution
    shared = {
        "quote_id": ids[quote],
        "kind": quote.kind,
        "speaker": quote.actors[0] if quote.actors else "",
        "joint": " ".join(quote.actors[1:]),
        "inside": ids[holder] if holder else "",
        "cue": base_form(article, said) if said else "",
        **_located(article, "cue", said.cue if said else None),
        **_located(article, "source", said.source if said else None),
    }
    source = shared["source_sentence_id"]
    shared["source"] = (
        texts[source][shared["source_start"] : shared["source_end"]] if source else ""
    )
    for sentence_id, start, end in _cut_at_sentences(article, quote.content):
        text = texts[sentence_id][start:end]
        yield shared | {
            "sentence_id": sentence_id,
            "start": start,
            "end": end,
            "text": text,
            "n_words": count_words(text),
        }


def _located(article: Article, name: str, span: Range | None) -> dict:
    if not span:
        return {f"{name}_sentence_id": "", f"{name}_start": -1, f"{name}_end": -1}
    return {
        f"{name}_sentence_id": article.sentence_ids[article.sentence[span[0]]],
        f"{name}_start": article.start[span[0]],
        f"{name}_end": article.end[span[1]],
    }


def _cut_at_sentences(article: Article, content: Content) -> Iterator[tuple[str, int, int]]:
    """Stretches of one sentence each, as character offsets, without marks at their edges."""
    for start, end in content:
        places = range(start, end + 1)
        for number in sorted({article.sentence[place] for place in places}):
            here = [p for p in places if article.sentence[p] == number]
            while here and article.is_mark(here[0]):
                here.pop(0)
            while here and article.is_mark(here[-1]):
                here.pop()
            if here:
                yield article.sentence_ids[number], article.start[here[0]], article.end[here[-1]]
