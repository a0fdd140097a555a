"""Contents: what a cue attributes, as stretches of words or whole quotations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.blocks import Block
from analysis_utils.annotation.attribution.sources import Range

#: One or more stretches, in reading order: a quotation is often cut by its cue.
Content = tuple[Range, ...]

_MOST_STARTS, _MOST_ENDS = 8, 14
_OPENERS = (",", ":", "--", "―", "—", "-", "–")
_BREAKS = (",", ";", ":", "--", "―", "—", "–", "-", "(", ")")


def candidates(article: Article, cue: Range, head: int, source: Range | None) -> list[Content]:
    """Everything a cue could attribute: what follows it, what precedes it, what is quoted."""
    taken = [cue, source] if source else [cue]
    core = _core(article, cue, source)
    after = [
        (start, end)
        for start in _starts(article, cue, core)
        for end in _ends(article, head, core)
        if start <= end
    ]
    before = [(start, end) for start, end in _before(article, head, core) if start <= end]
    found: dict[Content, None] = {}
    for span in [*after, *before]:
        found[(span,)] = None
    whole = _whole_rest(article, core)
    for first in before:
        for second in whole:
            found[(first, second)] = None
    for run in _quoted(article, core):
        found[run] = None
    return [content for content in found if not _touches(content, taken)]


def _core(article: Article, cue: Range, source: Range | None) -> Range:
    """Source and cue as one stretch, if they stand in one sentence side by side."""
    if source is None or article.sentence[source[0]] != article.sentence[cue[0]]:
        return cue
    gap = range(min(source[1], cue[1]) + 1, max(source[0], cue[0]))
    if len(gap) > 3 and not all(article.pos[place] == "PUNCT" for place in gap):
        return cue
    return min(source[0], cue[0]), max(source[1], cue[1])


def _touches(content: Content, taken: list[Range]) -> bool:
    return any(start <= last and first <= end for start, end in content for first, last in taken)


def _starts(article: Article, cue: Range, core: Range) -> list[int]:
    """Where a content after its cue could begin."""
    found = []
    _, last = article.sentence_bounds(cue[0])
    for edge in sorted({cue[1], core[1]}):
        start = edge + 1
        found.append(start)
        while start < last and (
            article.text[start] in _OPENERS or article.dep[start] in ("mark", "prep", "cc", "agent")
        ):
            start += 1
            found.append(start)
    for place in range(cue[1] + 1, min(last, cue[1] + 25)):
        left = article.left[place]
        if left > cue[1] and article.dep[place] in _ARGUMENTS:
            found.append(left)
    found = list(dict.fromkeys(start for start in found if start < last))
    return found[:_MOST_STARTS]


_ARGUMENTS = ("ccomp", "xcomp", "dobj", "pobj", "pcomp", "acl", "advcl", "oprd", "prep", "relcl")


def _ends(article: Article, head: int, core: Range) -> list[int]:
    """Where a content after its cue could end: edges of phrases, breaks, the sentence's end."""
    _, last = article.sentence_bounds(core[1])
    final = last - 1
    found = [final]
    while final > core[1] and article.pos[final] in ("PUNCT", "SPACE"):
        final -= 1
        found.append(final)
    rights = {article.right[kid] for kid in article.kids[head]}
    for place in range(core[1] + 1, last):
        nearby = place + 1 < last
        if place in rights:
            found.append(place)
            if article.text[place] in _BREAKS:
                found.append(place - 1)
        elif nearby and (_breaks(article, place + 1) or _closes(article, place)):
            found.append(place)
    found = list(dict.fromkeys(found))
    return found[:3] + sorted(found[3:])[: _MOST_ENDS - 3]


def _closes(article: Article, place: int) -> bool:
    return article.is_mark(place) and bool(article.quotation[place - 1])


def _breaks(article: Article, place: int) -> bool:
    """Whether a sign of a break stands here, or a clause, an aside or a further member begins."""
    if article.text[place] in _BREAKS or article.dep[place] == "cc":
        return True
    above = place
    while article.left[article.head[above]] == place and article.head[above] != above:
        above = article.head[above]
    return article.left[above] == place and article.dep[above] in (
        "advcl", "conj", "prep", "relcl", "npadvmod", "acl", "parataxis", "appos"
    )  # fmt: skip


def _before(article: Article, head: int, core: Range) -> list[Range]:
    """Stretches before cue and source, ending right before them."""
    first, _ = article.sentence_bounds(core[0])
    ends = []
    end = core[0] - 1
    ends.append(end)
    while end >= first and article.text[end] in _OPENERS:
        end -= 1
        ends.append(end)
    if end < first:
        return []
    starts = [first]
    start = first
    while start < end and (
        article.dep[start] in ("cc", "mark", "advmod") or article.text[start] in _OPENERS
    ):
        start += 1
        starts.append(start)
    for place in (head, *article.ancestors(head)):
        starts += [article.left[kid] for kid in article.kids[place] if kid < core[0]]
        starts.append(article.left[place])
    for place in range(first, end):
        if article.text[place] in (",", ";", "--", ":", "—") or article.is_mark(place):
            starts.append(place + 1)
    starts = list(dict.fromkeys(start for start in starts if first <= start <= end))
    return [(start, end) for start in starts[:12] for end in ends[-2:]]


def _whole_rest(article: Article, core: Range) -> list[Range]:
    """From after the cue to the end of the sentence, without and with its full stop."""
    _, last = article.sentence_bounds(core[1])
    start = core[1] + 1
    found = []
    while start < last and article.text[start] in _OPENERS:
        start += 1
    end = last - 1
    while end > start and article.pos[end] in ("PUNCT", "SPACE") and not article.is_mark(end):
        end -= 1
    if start < end:
        found.append((start, end))
        if end < last - 1:
            found.append((start, last - 1))
    return found


def _quoted(article: Article, core: Range) -> Iterator[Content]:
    """Quotations around the cue: before it, after it, and those that follow it up."""
    key = article.paragraph(core[0])
    before = _block_before(article, core)
    after = article.blocks.after(core[1])
    here = list(takewhile(lambda block: article.paragraph(block.first) == key, after))
    _, last = article.sentence_bounds(core[1])
    same = [block for block in here if block.first < last]
    later = [block for block in here if block.first >= last]
    run = list(same)
    for block in _followers(article, later, last):
        run.append(block)
    following = next(article.blocks.after(core[1]), None)
    if not here and following and following.first == last:
        run = [following]
    lead = [before] if before else []
    for blocks in (lead, same, run, lead + same, lead + run, lead + run[len(same) :], same[:1]):
        if blocks:
            yield tuple((block.first, block.last) for block in blocks)


def _followers(article: Article, blocks: list[Block], at: int) -> Iterator[Block]:
    """Quotations that stand alone and follow one another without a word between."""
    for block in blocks:
        _, last = article.sentence_bounds(block.last)
        rest = range(block.last + 1, last)
        if block.first != at or any(article.pos[p] not in ("PUNCT", "SPACE") for p in rest):
            return
        yield block
        at = last


def _block_before(article: Article, core: Range) -> Block | None:
    """The quotation that ends right before the cue, or up to a few words before it."""
    block = article.blocks.before(core[0])
    if block is None:
        return None
    first, _ = article.sentence_bounds(core[0])
    near = block.last >= first - 1
    return block if near and article.paragraph(block.last) == article.paragraph(core[0]) else None


def features(
    article: Article, cue: Range, head: int, source: Range | None, content: Content
) -> list[str]:
    """What speaks for or against one candidate for the content."""
    core = _core(article, cue, source)
    lemma, kind = article.lemma[head], article.pos[head]
    after = content[0][0] > cue[1]
    shape = ("after" if after else "before") + str(min(len(content), 3))
    if not after and content[-1][0] > cue[1]:
        shape = "around" + str(min(len(content), 3))
    whole = [_is_block(article, span) for span in content]
    quoted = "all" if all(whole) else "some" if any(whole) else "no"
    order = "?" if source is None else "SV" if source[0] < cue[0] else "VS"
    found = [
        f"shape={shape}",
        f"shape={shape}/{kind}",
        f"shape={shape}/{lemma}",
        f"shape={shape}/{article.dep[head]}",
        f"shape={shape}/{order}",
        f"quoted={quoted}/{shape}",
        f"quoted={quoted}/{shape}/{lemma}",
        f"balance={_balance(article, content)}",
    ]
    found += _ending(article, head, content[-1], shape)
    found += _beginning(article, head, cue, core, content[0], shape)
    found += [f"{name}/{quoted}" for name in _around_blocks(article, core, content, shape)]
    if len(content) > 1 and not whole[0]:
        found.append(f"first-end={article.pos[content[0][1]]}/{article.lower[content[0][1]]}")
    found += _held_breaks(article, head, content[-1], shape)
    size = sum(end - start + 1 for start, end in content)
    found.append(f"size={min(size // 4, 8)}/{after}")
    found.append(f"single={size == 1}/{lemma}")
    return found


def _is_block(article: Article, span: Range) -> bool:
    return any((block.first, block.last) == span for block in article.blocks.touching(*span))


def _balance(article: Article, content: Content) -> str:
    """Whether every quotation that a content touches lies inside it."""
    places = [place for start, end in content for place in (start, end)]
    cut = 0
    for start, end in content:
        for block in article.blocks.touching(start, end):
            cut += block.first < start or block.last > end
    return f"cut{min(cut, 2)}" if any(article.quotation[p] for p in places) or cut else "none"


def _beginning(
    article: Article, head: int, cue: Range, core: Range, span: Range, shape: str
) -> Iterator[str]:
    start = span[0]
    lemma = article.lemma[head]
    word = article.lower[start]
    role = _role(article, head, start)
    gap = start - core[1] - 1
    yield f"start={shape}/{role}"
    yield f"start={shape}/{role}/{lemma}"
    yield f"start={shape}/{article.pos[start]}/{article.dep[start]}"
    yield f"start-word={shape}/{word}"
    yield f"start-word={lemma}/{word}"
    first, _ = article.sentence_bounds(cue[0])
    if shape.startswith("after"):
        yield f"gap={min(gap, 5)}"
        yield f"gap={min(gap, 5)}/{lemma}"
        yield f"gap={min(gap, 3)}/{role}"
        skipped = article.words(range(core[1] + 1, start)) if 0 < gap < 3 else ""
        yield f"skipped={skipped}"
        for place in range(core[1] + 1, start)[:6]:
            yield f"skips={article.dep[place]}/{_role(article, head, place)}"
    else:
        yield f"from-start={min(start - first, 4)}"
        for place in range(first, start)[:4]:
            yield f"skips-left={article.dep[place]}/{article.lower[place]}"


def _ending(article: Article, head: int, span: Range, shape: str) -> Iterator[str]:
    end = span[1]
    _, last = article.sentence_bounds(head)
    inner = f"{article.pos[end]}" if article.pos[end] != "PUNCT" else article.text[end]
    yield f"end={shape}/{inner}"
    if article.sentence[end] != article.sentence[head]:
        yield f"end={shape}/elsewhere"
        return
    tail = last - 1 - end
    rest = all(article.pos[place] in ("PUNCT", "SPACE") for place in range(end + 1, last))
    yield f"tail={shape}/{min(tail, 2)}/{rest}"
    yield f"tail={shape}/{rest}/{article.lemma[head]}"
    if rest:
        yield f"tail={shape}/{article.words(range(end + 1, last))}/{bool(article.quotation[end])}"
    if end + 1 < last and not rest:
        after = end + 1
        yield f"next={shape}/{article.lower[after] if article.pos[after] != 'PROPN' else 'NAME'}"
        at = after
        while at < last - 1 and article.pos[at] == "PUNCT":
            at += 1
        yield f"beyond={shape}/{article.dep[at]}/{_role(article, head, at)}"
        top = _top(article, at)
        where = _owner(article, head, span, article.head[top])
        yield f"clause={shape}/{article.dep[top]}/{where}"
        comma = article.text[after] == ","
        yield f"clause={shape}/{article.dep[top]}/{where}/{comma}/{article.tag[top]}"
    for kid in article.kids[head]:
        if article.right[kid] == end or article.right[kid] - 1 == end:
            yield f"closes={shape}/{article.dep[kid]}"


def _held_breaks(article: Article, head: int, span: Range, shape: str) -> Iterator[str]:
    """The asides and further clauses after a comma or dash that a content takes in."""
    start, end = span
    if article.sentence[start] != article.sentence[end]:
        return
    for place in range(start + 1, end):
        if article.text[place] not in _BREAKS or article.quotation[place]:
            continue
        top = _top(article, place + 1)
        where = _owner(article, head, span, article.head[top])
        yield f"holds={shape}/{article.dep[top]}/{where}"
        yield f"holds={shape}/{article.dep[top]}/{article.tag[top]}"
        yield f"holds={shape}/{article.text[place]}/{article.lower[place + 1]}"


def _top(article: Article, place: int) -> int:
    """The highest word whose phrase begins at a place."""
    left = place
    while article.head[place] != place and article.left[article.head[place]] >= left:
        place = article.head[place]
    return place


def _owner(article: Article, head: int, span: Range, place: int) -> str:
    if place == head:
        return "cue"
    if span[0] <= place <= span[1]:
        return "content"
    return "above" if place in article.ancestors(head) else "other"


def _role(article: Article, head: int, place: int) -> str:
    """The child of the cue's head that a word belongs to, and whether it begins it."""
    at = place
    while article.head[at] != at and article.head[at] != head:
        at = article.head[at]
    if article.head[at] != head or at == head:
        return "outside"
    return article.dep[at] + ("" if article.left[at] == place else "-inside")


def _around_blocks(article: Article, core: Range, content: Content, shape: str) -> Iterator[str]:
    """For quotations: how near they are, whether all that stand near are taken, whose they are."""
    near_before = _block_before(article, core)
    if near_before:
        taken = content[0][0] <= near_before.first and near_before.last <= content[0][1]
        gap = core[0] - near_before.last - 1
        yield f"before-taken={taken}/{min(gap, 3)}"
        yield f"before-size={taken}/{min(near_before.n_words // 3, 3)}"
    _, last = article.sentence_bounds(core[1])
    end = content[-1][1]
    following = next(article.blocks.after(max(end, core[1])), None)
    if following:
        same = article.paragraph(following.first) == article.paragraph(core[0])
        alone = following.first in (end + 1, last)
        yield f"leaves={same}/{alone}/{shape}"
    else:
        yield f"leaves=none/{shape}"
    if content[-1][0] > core[1]:
        gap = content[-1][0] - core[1] - 1
        yield f"quote-gap={min(gap, 4)}/{shape}"
        between = article.words(range(core[1] + 1, content[-1][0])[:2])
        yield f"quote-between={between}"
