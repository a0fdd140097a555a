r"""One spelling for one text: what is done to every text where it enters.

Two texts that read alike can be written with different characters: an accent apart from
its letter, a hyphen that shows at a line's end alone, a mark without width.  A word with
one of them is another word to every method, and no mention, term or quote is found in it.
Whatever is read (pages, tables, ``study.yml``, codes, words typed in a view) therefore goes
through :func:`normal_text` before anything is compared.

Nothing that a reader sees is lost: ½, ² and ™ stay, which Unicode's form NFKC would change.
"""

from __future__ import annotations

import re
import unicodedata

# Symbols and emoji, of which a joiner makes one sign.
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001ffff"

#: Characters that nobody sees and that :func:`normal_text` takes out: controls, soft hyphens,
#: marks without width, of order and of direction, tags, and what chooses among shapes.  Joiners
#: stay inside an emoji, which would fall apart; elsewhere they only shape letters.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
    f"|(?<![{_EMOJI}])[\ufe00-\ufe0f]"
    f"|(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f)[\u200c\u200d]"
    f"|[\u200c\u200d](?![{_EMOJI}])"
)

#: Whatever parts words and is no plain space, tab or end of a line.
_SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)

# Signs as wide or narrow as an ideograph: "Ａ" is an A.
_WIDTHS = {
    chr(code): chr(int(unicodedata.decomposition(chr(code)).split()[1], 16))
    for code in range(0xFF00, 0xFFF0)
    if unicodedata.decomposition(chr(code))
}
_LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0xFB00, 0xFB07))}
#: Controls that are curly quotes and dashes of Windows-1252, read as if they were Latin-1, and
#: what they are; U+0085 parts lines.
MISREAD = {
    chr(code): bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_PLAIN = _WIDTHS | _LIGATURES | MISREAD | dict.fromkeys(_SPACES, " ")
_ODD = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")

# In a regular expression: an escape, or a sign that is not ASCII, with a backslash or without.
_PATTERN_SIGN = re.compile(r"\\[\0-\x7f]|\\?([^\0-\x7f])")


def normal_text(text: str) -> str:
    r"""A text in the one spelling in which texts are compared.

    Letters and their accents are one character (Unicode's form NFC), what nobody sees is taken
    out (:data:`UNSEEN`), letters of other widths and ligatures are plain letters, and every
    space and separator of lines but ``\n``, ``\r`` and tab is a plain space, one for one.

    >>> normal_text("Kas\u00adpers\u200bky Ｌａｂ, Zoe\u0308")
    'Kaspersky Lab, Zoë'
    """
    plain = _ODD.sub(lambda sign: _PLAIN[sign[0]], unicodedata.normalize("NFC", text))
    # Once more, as a mark taken out may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", UNSEEN.sub("", plain))


def normal_pattern(pattern: str) -> str:
    r"""A regular expression that finds in normal text what it was written to find.

    What it says literally is spelt as :func:`normal_text` spells it; what has a meaning keeps
    it, and what had none gets none.

    >>> normal_pattern(r"^Ｐhoto（s）\d+")
    '^Photo\\(s\\)\\d+'
    """
    return normal_text(_PATTERN_SIGN.sub(_literal, pattern))


def _literal(sign: re.Match) -> str:
    if sign[1] is None:
        return sign[0]
    plain = normal_text(sign[1])
    return re.escape(plain) if plain and plain.isascii() else sign[1]
