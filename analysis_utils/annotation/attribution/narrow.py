"""From an attribution to the words that are put into somebody's mouth.

The model learns the wide contents of its training texts: "blamed (the decision
on political motives)".  For counting whose words a reader hears, a content is
made narrower here:

- of a judgement only what is said of its object: "political motives",
  "accused him of (lying)", "dismissed it as (a farce)", "called it (absurd)";
- without the word that opens it ("that"), marks and commas at its edges;
- without an explanation that the outlet adds to a name, at its end ("the No
  More Ransom project, a joint effort by governments to detect ransomware") or
  between commas ("with Europol, the Union's police agency, on crime");
- an object before its verb is the whole content ("allegations he denies");
- an explanation between a quotation and its cue is none of it ('"... with the
  Fund," Europe's lender of last resort, he said').
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from analysis_utils.annotation.attribution.article import SUBJECTS, Article
from analysis_utils.annotation.attribution.contents import Content
from analysis_utils.annotation.attribution.extract import Attribution
from analysis_utils.words import derived, pronouns, speech

#: What opens the part of a judgement that is said of its object, by the group of its verb.
_OPENERS = {
    "judged_of": ("of",),
    "judged_on": ("on", "for"),
    "judged_as": ("as", "for"),
    "judged_like": ("to", "with"),
}
_EDGES = (",", ";", ":", "--", "―", "—", "–", "-")


@derived
def _openers() -> dict[str, tuple[str, ...]]:
    """What opens that part, by verb."""
    return {verb: opens for group, opens in _OPENERS.items() for verb in speech.listed(group)}


def narrowed(article: Article, attribution: Attribution) -> Content:
    """The stretches of an attribution's content that its source is made to say."""
    content = attribution.content
    content = _object_before(article, attribution) or content
    content = _quotation_before(article, attribution, content) or content
    content = _predicate(article, attribution, content)
    content = _own_clause(article, attribution, content)
    content = _without_gloss(article, content)
    content = tuple(piece for span in content for piece in _around_glosses(article, *span))
    trimmed = (_trimmed(article, start, end) for start, end in content)
    return tuple(span for span in trimmed if span)


def _object_before(article: Article, attribution: Attribution) -> Content:
    """ "Allegations he denies": an object before its verb with the subject between them."""
    head = attribution.head
    fronted = [k for k in article.kids[head] if article.dep[k] == "dobj" and k < head]
    subjects = [k for k in article.kids[head] if article.dep[k] in SUBJECTS and k < head]
    if not fronted or not subjects or subjects[-1] < fronted[-1]:
        return ()
    if article.tag[fronted[-1]] in ("WP", "WDT"):
        return ()
    return ((article.left[fronted[-1]], article.right[fronted[-1]]),)


def _quotation_before(article: Article, attribution: Attribution, content: Content) -> Content:
    """The quotation that ends right before a content without a verb, itself before the cue."""
    start, end = content[-1]
    first, _ = article.sentence_bounds(start)
    if start <= first or end >= attribution.head or not article.is_mark(start - 1):
        return ()
    if any(
        article.pos[p] in ("VERB", "AUX") or article.quotation[p] for p in range(start, end + 1)
    ):
        return ()
    ended = article.blocks.touching(start - 1, start - 1)
    return tuple((block.first, block.last) for block in ended if block.last == start - 1)


def _predicate(article: Article, attribution: Attribution, content: Content) -> Content:
    head = attribution.head
    lemma = article.lemma[head]
    start, end = content[0][0], content[-1][1]
    if len(content) > 1 or article.kid(head, "ccomp") >= 0 or start < head:
        return content
    owners = (head, *article.kids[head])
    for place in range(start, end + 1):
        opens = article.lower[place] in _openers().get(lemma, ())
        if opens and article.dep[place] == "prep" and article.head[place] in owners:
            return ((place + 1, end),) if place < end else content
    if lemma in speech.JUDGED_DIRECTLY:
        said = [kid for kid in article.kids[head] if article.dep[kid] in ("oprd", "acomp")]
        if said and start < article.left[said[-1]] <= end:
            return ((article.left[said[-1]], end),)
    return content


def _own_clause(article: Article, attribution: Attribution, content: Content) -> Content:
    """Cut what is joined by "and" but told of the source: "he hopes they win and is ready"."""
    start, end = content[-1]
    if attribution.source is None or content[0][0] < attribution.head:
        return content
    for verb in range(start, end + 1):
        if article.dep[verb] != "conj" or article.kid(verb, *SUBJECTS) >= 0:
            continue
        first = article.head[verb]
        subject = article.kid(first, *SUBJECTS)
        number = _verb_number(article, verb)
        if subject < start or first < start or not number or article.quotation[verb]:
            continue
        numbers = _number(article, subject), _number(article, attribution.source_head)
        if numbers[0] != number and numbers[1] == number:
            joint = article.kid(first, "cc")
            cut = joint if start < joint < verb else article.left[verb]
            return (*content[:-1], (start, cut - 1))
    return content


def _number(article: Article, noun: int) -> str:
    plural = article.tag[noun] in ("NNS", "NNPS") or article.kid(noun, "conj") >= 0
    return "plural" if plural or article.lower[noun] in pronouns.PLURAL else "singular"


def _verb_number(article: Article, verb: int) -> str:
    """The number a finite verb agrees with; empty if its form shows none."""
    helper = article.kid(verb, "aux", "auxpass")
    shown = article.tag[helper if helper >= 0 else verb]
    return {"VBZ": "singular", "VBP": "plural"}.get(shown, "")


def _without_gloss(article: Article, content: Content) -> Content:
    """Cut an indefinite apposition after a name and a comma that ends a content."""
    start, end = content[-1]
    if end >= len(article) or article.quotation[end]:
        return content
    for place in range(end - 2, start + 1, -1):
        if article.text[place] != "," or article.lower[place + 1] not in ("a", "an"):
            continue
        named = any(article.pos[at] == "PROPN" for at in range(max(start, place - 3), place))
        noun = article.head[place + 1]
        explains = article.dep[noun] in ("appos", "dobj", "attr", "npadvmod", "conj")
        if named and explains and article.right[noun] >= end - 1:
            return (*content[:-1], (start, place - 1))
    return content


def _around_glosses(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a stretch without the appositions to names that stand between commas."""
    commas = [place for place in range(start, end + 1) if article.text[place] == ","]
    for first, second in pairwise(commas):
        if first >= start and _explains_name(article, first + 1, second - 1):
            yield start, first - 1
            start = second + 1
    yield start, end


def _explains_name(article: Article, start: int, end: int) -> bool:
    """Whether words between commas, outside quotation marks, are an apposition to a name."""
    inside = range(start, end + 1)
    if any(article.quotation[place] or article.pos[place] == "VERB" for place in inside):
        return False
    return any(
        article.dep[place] == "appos"
        and article.pos[place] == "NOUN"
        and article.head[place] < start
        and article.pos[article.head[place]] == "PROPN"
        for place in inside
    )


def _trimmed(article: Article, start: int, end: int):
    """Without marks, commas and an opening "that" at the edges; None if nothing is left."""
    while start <= end and (
        article.text[start] in _EDGES
        or article.is_mark(start)
        or (article.lower[start] == "that" and article.dep[start] == "mark")
    ):
        start += 1
    while end >= start and (article.text[end] in _EDGES or article.is_mark(end)):
        if article.is_mark(end) or not article.quotation[end]:
            end -= 1
        else:
            break
    return (start, end) if start <= end else None
