"""Cues: the words that attribute, such as "said", "has accused" or "according to".

A cue is found by its head word, then grown over the words around it that
belong to it: auxiliaries, adverbs and negation before, particles and
prepositions after ("did not respond to").
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis_utils.annotation.attribution.article import SUBJECTS, Article
from analysis_utils.annotation.attribution.words import (
    adjective_classes,
    noun_classes,
    verb_classes,
)

#: The most words of a cue before and after its head.
BEFORE, AFTER = 4, 6

_SIGNS = (":", "--", "―", "—", "-")
_PERSONS = ("i", "we", "you")


def candidates(article: Article) -> list[int]:
    """Places of the words that could head a cue: verbs, nouns, colons and dashes."""
    return [place for place in range(len(article)) if _may_attribute(article, place)]


def _may_attribute(article: Article, place: int) -> bool:
    pos, dep = article.pos[place], article.dep[place]
    if pos in ("VERB", "NOUN"):
        return True
    if pos == "AUX":
        return dep not in ("aux", "auxpass")
    return article.text[place] in _SIGNS


def features(article: Article, place: int, by_itself: bool = False) -> list[str]:
    """What speaks for or against a word being the head of a cue.

    ``by_itself`` leaves out what the word hangs on: a cue that somebody else
    tells of is then judged as it would be in a sentence of its own.
    """
    found = ["bias", *_word(article, place), *_around(article, place), *_marks(article, place)]
    if not by_itself:
        found += _above(article, place)
    for name in _below(article, place):
        found += [name, f"{article.pos[place]}&{name}"]
    return found


def _classes(article: Article, place: int) -> tuple[str, ...]:
    words = noun_classes() if article.pos[place] == "NOUN" else verb_classes()
    return words.get(article.lemma[place], ())


def _word(article: Article, place: int) -> Iterator[str]:
    lemma, pos, tag = article.lemma[place], article.pos[place], article.tag[place]
    yield f"lemma={lemma}/{pos}"
    yield f"lemma={lemma}/{tag}"
    yield f"tag={tag}"
    yield f"end={lemma[-4:]}/{pos}"
    classes = _classes(article, place)
    for name in classes or ("other",):
        yield f"class={name}/{pos}"
    if article.parts[article.sentence[place]] == "headline":
        yield f"headline/{pos}"


def _above(article: Article, place: int) -> Iterator[str]:
    head, dep = article.head[place], article.dep[place]
    yield f"dep={dep}/{article.pos[place]}"
    for name in _classes(article, place) or ("other",):
        yield f"class={name}/{article.tag[place]}/{dep}"
    if head != place:
        yield f"above={article.lemma[head]}"
        yield f"above={article.pos[head]}/{dep}"
        for name in _classes(article, head):
            yield f"above-class={name}/{dep}"


def _around(article: Article, place: int) -> Iterator[str]:
    first, last = article.sentence_bounds(place)
    for step in (-2, -1, 1, 2):
        at = place + step
        inside = first <= at < last
        yield f"word{step}={article.lower[at] if inside else '|'}"
        if inside:
            yield f"pos{step}={article.pos[at]}"
    yield f"length={min((last - first) // 5, 8)}"


def _marks(article: Article, place: int) -> Iterator[str]:
    """Quotation marks: whether it stands in them, and whether they touch its clause."""
    first, last = article.sentence_bounds(place)
    if article.text[place] in _SIGNS:
        yield from _sign(article, place)
    if article.quotation[place]:
        yield f"quoted/{article.pos[place]}"
        yield f"quoted/{article.lemma[place]}"
        return
    quoted = any(article.quotation[first:last])
    yield f"sentence-quotes={quoted}/{article.pos[place]}"
    classes = _classes(article, place) or ("other",)
    for name in classes:
        yield f"sentence-quotes={quoted}/{name}"
    left, right = place, place
    while left > first and not article.is_mark(left - 1) and place - left < 8:
        left -= 1
    while right < last - 1 and not article.is_mark(right + 1) and right - place < 8:
        right += 1
    if left > first and article.is_mark(left - 1):
        yield f"mark-before={min(place - left, 4)}/{article.pos[place]}"
    if right < last - 1 and article.is_mark(right + 1):
        yield f"mark-after={min(right - place, 4)}/{article.pos[place]}"


def _sign(article: Article, place: int) -> Iterator[str]:
    """A colon after a name, or a dash between a quotation and a name, can attribute."""
    first, last = article.sentence_bounds(place)
    marked = place > 0 and article.is_mark(place - 1)
    opens = place + 1 < last and article.is_mark(place + 1)
    follows = article.pos[place + 1] if place + 1 < last else "|"
    sign = ":" if article.text[place] == ":" else "dash"
    yield f"sign={sign}/{marked}/{follows}"
    yield f"sign={sign}/opens={opens}/{article.pos[place - 1] if place > first else '|'}"
    yield f"sign={sign}/{min(place - first, 4)}/{min(last - place, 4)}"


def _below(article: Article, place: int) -> Iterator[str]:
    kids = article.kids[place]
    relations = {article.dep[kid] for kid in kids}
    for relation in sorted(relations - {"punct"}):
        yield f"has={relation}"
    yield f"frame={'+'.join(sorted(relations & _FRAME))}"
    for kid in kids:
        dep, lemma = article.dep[kid], article.lemma[kid]
        side = "L" if kid < place else "R"
        if dep in SUBJECTS:
            yield from _subject(article, kid)
        elif dep in ("prep", "prt", "aux", "neg", "agent", "mark"):
            yield f"{dep}={lemma}"
        elif dep in ("ccomp", "xcomp", "advcl", "acl"):
            yield f"{dep}={side}/{article.tag[kid]}"
            opener = article.kid(kid, "mark", "aux")
            yield f"{dep}-opens={article.lemma[opener] if opener >= 0 else '-'}"
        elif dep in ("dobj", "attr", "acomp", "oprd"):
            yield f"{dep}={lemma}"
            yield f"{dep}={article.pos[kid]}"
            of_kind = adjective_classes if article.pos[kid] in ("ADJ", "VERB") else noun_classes
            for name in of_kind().get(lemma, ()):
                yield f"{dep}-class={name}"
            for below in article.kids[kid]:
                yield f"{dep}>{article.dep[below]}"
        elif dep == "poss":
            yield f"poss={article.pos[kid]}"


_FRAME = {"ccomp", "xcomp", "dobj", "oprd", "acomp", "attr", "prep", "prt", "nsubj", "nsubjpass"}


def _subject(article: Article, kid: int) -> Iterator[str]:
    lower, pos = article.lower[kid], article.pos[kid]
    yield f"subject={pos}"
    if pos == "PRON":
        yield f"subject={lower}"
    else:
        yield f"subject-lemma={article.lemma[kid]}"
        plural = article.tag[kid] in ("NNS", "NNPS")
        yield f"subject-plural={plural}"
    if lower in _PERSONS:
        yield "subject=speaker"


def spans_before(article: Article, head: int) -> list[int]:
    """How many words before its head a cue could take in: 0 to ``BEFORE``."""
    first, _ = article.sentence_bounds(head)
    return list(range(min(BEFORE, head - first) + 1))


def spans_after(article: Article, head: int) -> list[int]:
    """How many words after its head a cue could take in: 0 to ``AFTER``."""
    _, last = article.sentence_bounds(head)
    return list(range(min(AFTER, last - 1 - head) + 1))


def growth_features(article: Article, head: int, size: int, step: int) -> list[str]:
    """What speaks for a cue that ends ``size`` words before (step -1) or after (1) its head."""
    edge, beyond = head + step * size, head + step * (size + 1)
    first, last = article.sentence_bounds(head)
    lemma = article.lemma[head]
    found = [f"size={size}", f"size={size}/{article.pos[head]}", f"size={size}/{lemma}"]
    found += [f"in={name}" for name in _place(article, head, edge)] if size else []
    inside = first <= beyond < last
    out = list(_place(article, head, beyond)) if inside else ["|"]
    found += [f"out={name}" for name in out]
    for place in range(head + step, edge + step, step):
        found += [f"any={article.dep[place]}/{_link(article, head, place)}"]
        found += [f"any={article.dep[place]}/{lemma}"]
    return found


def _place(article: Article, head: int, place: int) -> Iterator[str]:
    dep, link = article.dep[place], _link(article, head, place)
    yield f"{dep}/{link}"
    yield f"{article.lower[place]}/{link}"
    yield f"{article.lower[place]}/{article.lemma[head]}"
    yield f"{article.tag[place]}/{link}"
    yield f"{dep}/{article.pos[head]}"
    yield f"{dep}/{article.lemma[head]}"
    if article.quotation[place] or article.is_mark(place):
        yield "quoted"


def _link(article: Article, head: int, place: int) -> str:
    """How a word hangs on the head: child, grandchild, above or other."""
    if article.head[place] == head:
        return "child"
    if article.head[article.head[place]] == head:
        return f"grandchild-{article.dep[article.head[place]]}"
    return "above" if place in article.ancestors(head) else "other"
