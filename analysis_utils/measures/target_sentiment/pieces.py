"""From a sentence and its target to the pieces of words that the model reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.files.model_files import MODELS, checked

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: A mention as half-open offsets of characters in its sentence.
Span = tuple[int, int]

#: Words read on each side of the mentions: what is farther off tells little of the target.
WINDOW = 28

#: Pieces read at most; a sentence of 27 words has about 36.
MOST_PIECES = 160

#: The 30,522 pieces of BERT base, uncased, which the model shares with the sentence vectors.
VOCABULARY = MODELS / "minilm" / "vocab.txt"

#: Stands for each mention of the target.
BLANK = "[MASK]"

_FIRST, _LAST, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_WORD = re.compile(r"\S+")


def encode(sentence: str, target: Sequence[Span]) -> list[int]:
    """The sentence as numbers of pieces, with a blank for each mention of the target.

    Parameters
    ----------
    sentence
        A sentence in English; case is ignored.
    target
        All mentions of the target, in any order.  Of overlapping ones the first and longest
        counts.

    Returns
    -------
    Pieces from ``WINDOW`` words before the first mention to as many after the last, at most
    ``MOST_PIECES``, with one blank or more among them.

    Raises
    ------
    ValueError
        If there is no mention, or one is empty or not inside the sentence.
    """
    tokenizer = wordpieces()
    spans = _apart(sentence, target)
    start, end = _window(sentence, spans[0][0], spans[-1][1])
    blank = _number(BLANK)
    pieces: list[int] = []
    for first, last in spans:
        pieces += [*tokenizer.encode(sentence[start:first]).ids, blank]
        start = last
    pieces += tokenizer.encode(sentence[start:end]).ids
    return [_number(_FIRST), *_cut(pieces, blank), _number(_LAST)]


@cache
def wordpieces(vocabulary: Path = VOCABULARY) -> Tokenizer:
    """Cuts text into pieces of words (Wu et al. 2016), lower case, accents dropped.

    It knows no special pieces: "[MASK]" in an article is read as any other text.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    pieces = models.WordPiece.from_file(str(checked(vocabulary)), unk_token=_UNKNOWN)
    tokenizer = Tokenizer(pieces)
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def _number(piece: str) -> int:
    """What the model knows one of its own pieces by."""
    number = wordpieces().token_to_id(piece)
    assert number is not None, f"{piece} is missing from {VOCABULARY}"  # whose bytes are checked
    return number


def _apart(sentence: str, target: Sequence[Span]) -> list[Span]:
    """The mentions in reading order, without those that overlap an earlier or longer one."""
    if not target:
        raise ValueError(f"no mention of the target is given for the sentence {sentence!r}")
    apart: list[Span] = []
    for start, end in sorted(target, key=lambda span: (span[0], -span[1])):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(f"a mention from {start} to {end} is not inside {sentence!r}")
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _window(sentence: str, first: int, last: int) -> Span:
    """The stretch of a sentence around its mentions that is read."""
    before = list(_WORD.finditer(sentence, 0, first))[-WINDOW:]
    after = list(_WORD.finditer(sentence, last))[:WINDOW]
    return (before[0].start() if before else 0), (after[-1].end() if after else len(sentence))


def _cut(pieces: list[int], blank: int) -> list[int]:
    """At most ``MOST_PIECES``, those around the first blank, which is always among them."""
    room = MOST_PIECES - 2
    start = max(0, min(pieces.index(blank) - room // 2, len(pieces) - room))
    return pieces[start : start + room]
