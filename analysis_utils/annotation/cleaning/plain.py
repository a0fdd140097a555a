"""A text as its readers meant it, before it is cut into lines.

Signs that a program wrote in another encoding, paragraphs that were wrapped at the edge of a
screen or of a column of print, and the marks of Markdown: each is undone where it is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis_utils.annotation.cleaning.layout import Paragraph, join, mend_hyphens
from analysis_utils.annotation.cleaning.markdown import without_markdown
from analysis_utils.annotation.cleaning.metadata import is_dated

#: Lines that are longer were not wrapped.
_WIDEST = 110
#: Pairs of lines that tell whether a text is wrapped, and the share that must: of few pairs all.
_FEWEST_PAIRS, _FEW_PAIRS, _WRAPPED_SHARE = 3, 6, 0.65
#: At most this share of wrapped lines ends a sentence.
_ENDING_SHARE = 0.45
#: Long lines that a wrapped text may have.
_LONG_SHARE = 0.05

_END = re.compile(r"[.!?…:][\"'”’)\]»]*$")
_ITEM = re.compile(r"[-*•·–—] |\d{1,2}[.)] ")
#: What texts in a wrong encoding have, and hardly any other.
_SUSPICIOUS = re.compile("[ÂÃâ][\x80-\xbf€‘-›ŒœŠšŸŽžƒˆ˜†-•…™�]|ï»¿|ðŸ")
#: A closing quotation mark of which the last part was lost, which nothing else begins like.
_LOST_CLOSING = re.compile("â€(?:\ufffd|(?=[\\s,.;:!?)<]|$))")


def plain_text(page: str) -> str:
    """The text of a page with right signs, without the marks of Markdown, lines whole."""
    return joined_lines(without_markdown(with_right_signs(page)))


def with_right_signs(text: str) -> str:
    """A text whose signs were read in a wrong encoding, as it was written (ftfy, Speer 2019).

    >>> with_right_signs("â€œWhyâ€\ufffd, he said. Itâ€™s late")
    '“Why”, he said. It’s late'
    """
    if not _SUSPICIOUS.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    told = _LOST_CLOSING.sub("”", text)
    if not is_bad(told):
        return told
    return "".join(
        fix_encoding(line, TextFixerConfig(unescape_html=False)) if is_bad(line) else line
        for line in told.splitlines(keepends=True)
    )


def joined_lines(text: str) -> str:
    """A text in which each paragraph is one line, if its lines were wrapped."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
    blocks = list(_blocks(lines))
    if not _is_wrapped(blocks):
        return text
    paragraphs = [each for block in blocks for each in _paragraphs(block)]
    mended = mend_hyphens([Paragraph(each, 0, False, True) for each in paragraphs])
    return "\n\n".join(each.text for each in mended) + "\n"


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that no blank line parts."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _is_wrapped(blocks: Sequence[list[str]]) -> bool:
    lengths = [len(line) for block in blocks for line in block]
    if not lengths or sum(n > _WIDEST for n in lengths) > _LONG_SHARE * len(lengths):
        return False
    pairs = [(line, below, _width(block)) for block in blocks for line, below in pairwise(block)]
    # The last lines of paragraphs are short in any text.
    inner = [
        pair for pair in pairs if not (_END.search(pair[0]) and _fits(*pair)) and len(pair[0]) > 19
    ]
    if len(inner) < _FEWEST_PAIRS:
        return False
    wrapped = sum(not _fits(*pair) for pair in inner)
    ending = sum(bool(_END.search(line)) for line, _, _ in inner)
    going_on = sum(below.strip()[0].islower() for _, below, _ in inner)
    share = _WRAPPED_SHARE if len(inner) >= _FEW_PAIRS else 1.0
    sure = wrapped >= share * len(inner) and ending <= _ENDING_SHARE * len(inner)
    return sure and going_on >= len(inner) / 3


def _width(block: Sequence[str]) -> int:
    return max(map(len, block))


def _fits(line: str, below: str, width: int) -> bool:
    """Whether the first word below would have fitted at the end of a line."""
    return len(line) + 1 + len(below.split()[0]) <= width


def _paragraphs(block: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a block of lines."""
    width = _width(block)
    text = block[0].strip()
    for line, below in pairwise(block):
        if _goes_on(line, below, width):
            text = join(text, below.strip())
        else:
            yield text
            text = below.strip()
    yield text


def _goes_on(line: str, below: str, width: int) -> bool:
    """Whether a paragraph goes on in the line below."""
    if is_dated(line) or is_dated(below) or _ITEM.match(below.strip()):
        return False
    if line.isupper() or below.isupper():
        return line.isupper() and below.isupper()  # a headline in capitals
    if len(below) - len(below.lstrip()) > len(line) - len(line.lstrip()) + 1:
        return False  # indented, as first lines are
    return not _fits(line, below, width) or (below.strip()[0].islower() and not _END.search(line))
