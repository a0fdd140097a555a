"""One article as a row of tokens with its parse and its quotations, for attribution.

Attributions cross sentences: a quotation goes on after "he said", its speaker
stands in the sentence before.  So an article is read as one run of tokens, and
every position below is a place in that run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

import pandas as pd

from analysis_utils.annotation.attribution.blocks import Block, Blocks
from analysis_utils.annotation.quotation import MARKS

#: Tokens that are a quotation mark unless they are an apostrophe.
SINGLE_MARKS = ("‘", "’", "'", "``", "''")

#: Relations of a subject to its verb.
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass
class Article:
    """Parallel lists, one entry a token; ``head`` holds places in the article."""

    article_id: str
    sentence_ids: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[tuple] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    quotation: list[str] = field(default_factory=list)
    kids: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    blocks: Blocks = field(default_factory=Blocks)

    def __len__(self) -> int:
        return len(self.text)

    def sentence_bounds(self, place: int) -> tuple[int, int]:
        """First place of the token's sentence, and the place after its last."""
        return self.bounds[self.sentence[place]]

    def paragraph(self, place: int) -> tuple:
        """Key of the paragraph a token stands in."""
        return self.paragraphs[self.sentence[place]]

    def ancestors(self, place: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while self.head[place] != place:
            place = self.head[place]
            yield place

    def kid(self, place: int, *relations: str) -> int:
        """The first child with one of the relations, or -1."""
        return next((kid for kid in self.kids[place] if self.dep[kid] in relations), -1)

    def is_mark(self, place: int) -> bool:
        """Whether a token is a quotation mark and nothing else."""
        if self.text[place] in SINGLE_MARKS:
            return self.pos[place] == "PUNCT" or self.tag[place] in ("``", "''")
        return all(character in MARKS for character in self.text[place])

    def words(self, places: Sequence[int]) -> str:
        """Some tokens as text, with one space between."""
        return " ".join(self.text[place] for place in places)


def read_articles(
    sentences: pd.DataFrame, tokens: pd.DataFrame, quotations: pd.DataFrame
) -> Iterator[Article]:
    """Every article of a corpus, in the order of ``sentences``."""
    by_sentence = defaultdict(list)
    for token in tokens.itertuples(index=False):
        by_sentence[token.sentence_id].append(token)
    marked = defaultdict(list)
    for row in quotations.itertuples(index=False):
        marked[row.sentence_id].append(row)
    columns = ["sentence_id", "article_id", "part", "paragraph"]
    rows = sentences[columns].itertuples(index=False)
    for article_id, group in groupby(rows, key=attrgetter("article_id")):
        article = Article(article_id)
        for row in group:
            _add_sentence(article, row, by_sentence[row.sentence_id], marked[row.sentence_id])
        _link(article)
        yield article


def _add_sentence(article: Article, row, tokens: list, marked: list) -> None:
    first, number = len(article), len(article.bounds)
    article.sentence_ids.append(row.sentence_id)
    article.parts.append(row.part)
    article.paragraphs.append((row.part, row.paragraph))
    article.bounds.append((first, first + len(tokens)))
    for token in tokens:
        article.start.append(token.start)
        article.end.append(token.end)
        article.text.append(token.text)
        article.lower.append(token.text.lower().replace("’", "'"))
        article.lemma.append(token.lemma.lower())
        article.pos.append(token.pos)
        article.tag.append(token.tag)
        article.dep.append(token.dep)
        article.head.append(first + token.head)
        article.sentence.append(number)
        inside = (q.quotation_id for q in marked if q.start <= token.start < q.end)
        article.quotation.append(next(inside, ""))


def _link(article: Article) -> None:
    """Children, the edges of every subtree, and the quotations as blocks."""
    count = len(article)
    article.kids = [[] for _ in range(count)]
    article.left, article.right = list(range(count)), list(range(count))
    for place in range(count):
        if article.head[place] != place:
            article.kids[article.head[place]].append(place)
        for above in article.ancestors(place):
            article.left[above] = min(article.left[above], place)
            article.right[above] = max(article.right[above], place)
    article.blocks = Blocks(_blocks(article))


def _blocks(article: Article) -> Iterator[Block]:
    places = defaultdict(list)
    for place, quotation_id in enumerate(article.quotation):
        if quotation_id:
            places[quotation_id].append(place)
    for quotation_id, inside in places.items():
        first, last = inside[0], inside[-1]
        words = sum(article.pos[place] not in ("PUNCT", "SPACE") for place in inside)
        if first > 0 and article.is_mark(first - 1):
            first -= 1
        if last + 1 < len(article) and article.is_mark(last + 1):
            last += 1
        yield Block(quotation_id, first, last, words)
