"""Sources: the noun phrases that a cue attributes words to."""

from __future__ import annotations

from collections.abc import Iterator

from analysis_utils.annotation.attribution.article import SUBJECTS, Article

#: A stretch of an article: its first and its last place.
Range = tuple[int, int]

_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET")
_INNER = ("compound", "nummod", "det", "case", "quantmod", "nmod", "amod")
_CUTS = ("relcl", "appos", "acl", "prep", "cc", "case", "punct", "advcl", "parataxis", "npadvmod")


def candidates(article: Article, cue: Range, head: int) -> list[tuple[Range, int] | None]:
    """Noun phrases that could be the source, each with its head word; first None, for none."""
    first, last = article.sentence_bounds(head)
    found: dict[Range, int] = {}
    for place in range(first, last):
        if article.pos[place] in _NOMINAL and article.dep[place] not in _INNER:
            for span in _phrases(article, place):
                if span[1] < cue[0] or span[0] > cue[1]:
                    found.setdefault(span, place)
    return [None, *sorted(found.items())]


def _phrases(article: Article, place: int) -> Iterator[Range]:
    """A noun's phrase whole, and cut short before what is added after the noun."""
    left, right = _trimmed(article, article.left[place], article.right[place], place)
    yield left, right
    _, end = article.sentence_bounds(place)
    after = right + 1
    if after < end and article.text[after] == "," and _holds_comma(article, left, right):
        yield left, after
    for kid in article.kids[place]:
        if kid > place and article.dep[kid] in _CUTS:
            cut = _trimmed(article, left, article.left[kid] - 1, place)
            if cut[1] < right:
                yield cut
                if article.text[cut[1] + 1] == "," and _holds_comma(article, *cut):
                    yield cut[0], cut[1] + 1


def _trimmed(article: Article, left: int, right: int, place: int) -> Range:
    while right > place and article.pos[right] in ("PUNCT", "SPACE") and article.text[right] != ")":
        right -= 1
    while left < place and (
        article.pos[left] in ("PUNCT", "CCONJ", "SPACE") or article.dep[left] in ("mark", "preconj")
    ):
        left += 1
    return left, right


def _holds_comma(article: Article, left: int, right: int) -> bool:
    return "," in article.text[left : right + 1]


def features(article: Article, cue: Range, head: int, candidate) -> list[str]:
    """What speaks for or against one candidate for the source."""
    kind = article.pos[head]
    if candidate is None:
        has_subject = any(article.dep[kid] in SUBJECTS for kid in article.kids[head])
        found = ["none", f"none/{kind}", f"none/{article.dep[head]}/{has_subject}"]
        passive = article.kid(head, "nsubjpass", "auxpass") >= 0
        agent = article.kid(head, "agent") >= 0
        return [*found, f"none/{passive}/{agent}/{kind}", f"none/{article.lemma[head]}"]
    (left, right), place = candidate
    path = path_between(article, place, head)
    side = "before" if right < cue[0] else "after"
    gap = left - cue[1] - 1 if side == "after" else cue[0] - right - 1
    found = [
        f"path={path}",
        f"path={path}/{article.lemma[head]}",
        f"path={path}/{kind}/{article.dep[head]}",
        f"path={path}/{article.pos[place]}",
        f"side={side}/{article.dep[place]}",
        f"gap={side}/{min(gap, 6)}",
        f"gap={side}/{min(gap, 2)}/{path}",
        f"quoted={bool(article.quotation[place])}/{bool(article.quotation[head])}",
        f"cue={article.lemma[head]}/{article.lower[cue[1]]}/{side}/{min(gap, 1)}",
    ]
    found.append(f"logical={place == logical_subject(article, head)}/{kind}")
    found.append(f"logical={place == logical_subject(article, head)}/{article.dep[head]}")
    found += _shape(article, left, right, place)
    return found


def logical_subject(article: Article, head: int) -> int:
    """Who does what a word tells: its subject, its agent or its owner, or the subject of the
    verb it hangs on ("they left, citing risks"); -1 if none is found."""
    at = head
    while True:
        agent = article.kid(at, "agent")
        if agent >= 0:
            return article.kid(agent, "pobj")
        subject = article.kid(at, "nsubj", "poss")
        if subject >= 0:
            return subject
        if article.dep[at] in ("relcl", "acl") or article.head[at] == at:
            return article.head[at] if article.head[at] != at else -1
        at = article.head[at]


def _shape(article: Article, left: int, right: int, place: int) -> Iterator[str]:
    """The phrase itself: its head, what it leaves out and what it ends on."""
    pos = article.pos[place]
    yield f"head={pos}"
    yield f"head={article.tag[place]}"
    if pos == "PRON":
        yield f"head={article.lower[place]}"
    for kid in article.kids[place]:
        if kid > place:
            where = "in" if article.right[kid] <= right else "out"
            yield f"{where}={article.dep[kid]}"
            yield f"{where}={article.dep[kid]}/{article.pos[place]}"
            yield f"{where}={article.dep[kid]}/{article.lemma[kid]}"
            comma = article.text[article.left[kid] - 1] == "," or article.text[kid] == ","
            yield f"{where}={article.dep[kid]}/comma={comma}"
    yield f"last={article.text[right] if article.pos[right] == 'PUNCT' else article.pos[right]}"
    yield f"first={article.pos[left]}"
    yield f"first={article.lower[left]}" if article.pos[left] in ("DET", "ADV", "ADP") else "first"
    after = right + 1
    if after < len(article):
        commas = _holds_comma(article, left, right)
        yield f"next={article.text[after] if article.pos[after] == 'PUNCT' else article.pos[after]}"
        yield f"next-comma={article.text[after] == ','}/{commas}/{article.text[right] == ','}"
    yield f"length={min((right - left) // 3, 6)}"


def path_between(article: Article, place: int, head: int) -> str:
    """The relations from a word up to what it shares with the cue's head, and down again."""
    above = [head, *article.ancestors(head)]
    up, at = [], place
    while at not in above:
        up.append(article.dep[at])
        if article.head[at] == at or len(up) > 4:
            return "far"
        at = article.head[at]
    down = [article.dep[each] for each in above[: above.index(at)]]
    return ">".join(up) + "<" + "<".join(down[:4])
