"""What is wrong with a study, or too thin for what it is to show: :func:`review`.

Faults in ``study.yml`` come as :class:`~analysis_utils.study.file.StudyError` when a
study is read.  Here its pages and actors are looked at, as a colleague would.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from analysis_utils.annotation.corpus import Corpus, load_corpus
from analysis_utils.annotation.which_language import KNOWN, language_name, language_of
from analysis_utils.measures.copies import shared_texts
from analysis_utils.own_study.kept import doubts
from analysis_utils.study import STUDY_FILE, Study

#: Fewer words than this say little about how an outlet tells an event.
FEW_WORDS = 100
#: An outlet with so many times the words of another one outweighs it.
UNEVEN = 4
#: Articles appear within so many days of the event.
DAYS_AROUND = 30
#: Two articles are copies if they share this share of the shorter one's passages.
COPIED_SHARE = 0.8
_PASSAGE = 5


class Finding(NamedTuple):
    """Something thin, where, and its mend."""

    where: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} {self.mend}"


def review(study: Study) -> list[Finding]:
    """Everything that is thin in a study, in the order of its file.

    Parameters
    ----------
    study
        As :func:`~analysis_utils.study.read_study` gives it.

    Raises
    ------
    PageError
        If pages cannot be read or hold no article; the message names them all.
    """
    corpus = load_corpus(study)
    return [
        *_outlets(corpus),
        *_articles(corpus),
        *_dates(corpus),
        *_copies(corpus),
        *_wire_copies(corpus),
        *_actors(corpus),
        *_phrases(corpus),
    ]


def _outlets(corpus: Corpus) -> Iterator[Finding]:
    table = corpus.articles.groupby("outlet")["n_words"].agg(["size", "sum"])
    single = [name for outlet, name in corpus.outlets.items() if table.loc[outlet, "size"] == 1]
    if single:
        yield Finding(
            f"{'outlet' if len(single) == 1 else 'outlets'} {', '.join(single)}",
            "with one article only, what is the outlet's and what is that article's cannot be told"
            " apart.",
            "Add more of its articles on the event, if there are any.",
        )
    most, least = table["sum"].idxmax(), table["sum"].idxmin()
    if table.loc[most, "sum"] > UNEVEN * table.loc[least, "sum"]:
        names = corpus.outlets
        yield Finding(
            f"outlets {names[most]} and {names[least]}",
            f"they are of very uneven size, {table.loc[most, 'sum']:,} and"
            f" {table.loc[least, 'sum']:,} words.",
            "Add articles of the smaller one, or leave some of the larger one out.",
        )


def _articles(corpus: Corpus) -> Iterator[Finding]:
    lines = dict(list(corpus.lines.groupby("article_id")))
    for article in corpus.articles.itertuples():
        where = _article(article)
        yield from _kept(where, lines[article.article_id])
        if (code := language_of(article.text)) != KNOWN:
            yield Finding(
                where,
                f"it reads as {language_name(code)}, and every method here knows English only.",
                f"Add `language: {code}` to the article in {STUDY_FILE}: it is then shown in"
                " notebook 7, and scored nowhere.",
            )
        if article.n_words < FEW_WORDS:
            yield Finding(
                where,
                f"{article.n_words} words are kept of it.",
                "See in notebook 7 which lines were left out. If it is not so short, save the page"
                " again or give the outlet a page pattern.",
            )
        if not article.headline:
            yield Finding(
                where,
                "no headline was found.",
                "If the page has one, let it stand above the text, a blank line after it.",
            )


def _kept(where: str, lines: pd.DataFrame) -> Iterator[Finding]:
    for doubt in doubts(lines):
        yield Finding(
            where,
            doubt,
            "See in notebook 7 what was left out, and why. If it belongs to the article, give the"
            f" outlet a page pattern of kind 'body' in {STUDY_FILE}.",
        )


def _article(article) -> str:
    return f"article {article.article_id} ({article.page})"


def _dates(corpus: Corpus) -> Iterator[Finding]:
    event, around = corpus.study.event, timedelta(days=DAYS_AROUND)
    for article in corpus.articles.itertuples():
        if not article.published:
            yield Finding(
                _article(article),
                "no date was found.",
                f"Add `published: 2018-06-14`, with its day, to the article in {STUDY_FILE}.",
            )
            continue
        day = date.fromisoformat(article.published[:10])
        if event.start and event.end and not event.start - around <= day <= event.end + around:
            yield Finding(
                _article(article),
                f"it is of {day}, far from the event ({event.start} to {event.end}).",
                f"Correct the event's days or the article's `published` in {STUDY_FILE}, or leave"
                " the article out.",
            )


def _copies(corpus: Corpus) -> Iterator[Finding]:
    articles = list(corpus.articles.itertuples())
    for first, second in _alike([_passages(article.text) for article in articles]):
        earlier, article = articles[first], articles[second]
        of_one = article.outlet == earlier.outlet
        yield Finding(
            f"articles {earlier.article_id} and {article.article_id}",
            "they have the same text" + ("." if of_one else ", though of two outlets."),
            "Leave one of the two out."
            if of_one
            else "If one took it from the other or from an agency, say so in a `note`: what"
            " they share says nothing about either.",
        )


def _wire_copies(corpus: Corpus) -> Iterator[Finding]:
    for row in shared_texts(corpus.sentences, corpus.quotations, corpus.lines).itertuples():
        named = f"; both name {row.agencies}" if row.agencies else ""
        yield Finding(
            f"articles {row.article_id} and {row.other_article}",
            f"{row.shared} of the {row.sentences} sentences of the shorter stand in both,"
            f" quotations apart{named}.",
            "What they share is one telling, not two that agree. If both print an agency, say so"
            " in a `note`.",
        )


def _alike(passages: Sequence[Collection[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Places of two articles that share most of the shorter one's passages, the later one second.

    All are compared at once: one by one, a thousand articles would take minutes.
    """
    import numpy as np
    from scipy.sparse import csr_array

    known: dict[tuple[str, ...], int] = {}
    columns = [known.setdefault(each, len(known)) for own in passages for each in own]
    sizes = np.array([len(own) for own in passages])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    ones = np.ones(len(columns), dtype=np.int32)
    told = csr_array((ones, columns, starts), shape=(len(passages), max(len(known), 1)))
    shared = (told @ told.T).tocoo()
    least = np.minimum(sizes[shared.row], sizes[shared.col])
    is_copy = (shared.col < shared.row) & (shared.data >= COPIED_SHARE * least)
    places = sorted(zip(shared.row[is_copy].tolist(), shared.col[is_copy].tolist(), strict=True))
    yield from ((first, second) for second, first in places)


def _passages(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + _PASSAGE]) for i in range(len(words) - _PASSAGE + 1)}


def _actors(corpus: Corpus) -> Iterator[Finding]:
    if not corpus.study.actors:
        yield Finding(
            STUDY_FILE,
            "there are no actors, so that notebooks 2, 4 and 5 have little to tell.",
            "Add `actors:` with those that the articles speak of.",
        )
    for actor in corpus.study.actors:
        own = corpus.mentions[corpus.mentions["actor"] == actor.id]
        named = own[own["kind"] != "pronoun"]
        tellers = [
            corpus.outlets[outlet] for outlet in corpus.outlets if outlet in set(own["outlet"])
        ]
        where = f"actor {actor.name}"
        if own.empty:
            yield Finding(
                where,
                "no article mentions it.",
                "Compare its name and aliases with the articles, letter by letter; or delete it.",
            )
        elif named.empty:
            yield Finding(
                where,
                "it is mentioned by pronouns only.",
                "Add the names that the articles call it by.",
            )
        elif len(tellers) == 1:
            yield Finding(
                where,
                f"only {tellers[0]} mentions it.",
                "If others call it something else, add that to its aliases; if not, that is a"
                " finding.",
            )


def _phrases(corpus: Corpus) -> Iterator[Finding]:
    """Names that may mention somebody or something else as well."""
    actors = corpus.study.actors
    words = set(corpus.tokens.loc[corpus.tokens["pos"] != "PROPN", "text"])
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            where = f"actor {actor.name}, {name!r}"
            if _is_party(actor, name):
                continue
            if name == name.lower():
                yield Finding(
                    where,
                    "it has no capital letter, so wherever these words stand they mention it.",
                    "Write it as the articles do, or make it one of the `descriptions`.",
                )
            elif name.lower() in words:
                yield Finding(
                    where,
                    f"the articles have the ordinary word {name.lower()!r} too, which looks the"
                    " same where a sentence begins with it.",
                    "Read its mentions in notebook 2; if they are wrong, delete it.",
                )
        for other in actors:
            yield from _inside(actor, other) if other is not actor else ()


def _is_party(actor, name: str) -> bool:
    """Whether articles have no name for an actor: "migrants", "the gunman"."""
    return actor.kind == "group" or (actor.kind == "person" and name.startswith("the "))


def _inside(actor, other) -> Iterator[Finding]:
    for alias in (actor.name, *actor.aliases):
        word = re.compile(rf"(?<!\w){re.escape(alias)}(?!\w)")
        longer = [name for name in (other.name, *other.aliases) if word.search(name)]
        if longer:
            yield Finding(
                f"actor {actor.name}, {alias!r}",
                f"it stands inside {longer[0]!r}, a name of {other.name}: alone it always means"
                f" {actor.name}.",
                "Read some of its mentions in notebook 2; give it to the other one if that is"
                " mostly meant.",
            )
