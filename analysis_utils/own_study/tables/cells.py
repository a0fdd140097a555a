"""What a cell of a table holds, as plain text."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from analysis_utils.annotation.cleaning.html import visible_text
from analysis_utils.annotation.cleaning.plain import joined_lines, with_right_signs
from analysis_utils.words import columns

#: Keys under which exports put a text that they wrap in an object: WordPress's, news services'.
_WRAPPED_IN = ("rendered", "name", "title", "full")
#: Where services cut a text, and tell so.
_CUT = re.compile(r"(?:\[\+\d+ chars\]|\[(?:…|\.\.\.)\])\s*$")
_MARKUP = re.compile(r"</\w+>|<(?:p|br|div)\b[^>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]\w+);", re.IGNORECASE)
_NEWLINE = re.compile(r"(?:\\r)?\\n")
_LIST = re.compile(r"\s*\[\s*['\"].*['\"]\s*,?\s*\]\s*", re.DOTALL)


def is_unreadable(value: Any) -> bool:
    """Whether a cell holds an object or a list that is no text."""
    return isinstance(unwrapped(value), Mapping | list)


def unwrapped(value: Any) -> Any:
    """What a cell holds: exports wrap a text in an object, or list the paragraphs of it."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _WRAPPED_IN if key in value), value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    missing = value is None or value != value  # no number, as Python's json writes it
    return "" if missing else value


def as_text(value: Any) -> str:
    """A cell as a text, empty where it holds nothing.

    >>> as_text(float("nan")), as_text(20230314.0), as_text("nan ")
    ('', '20230314', '')
    """
    value = unwrapped(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    # A page holds neither zero bytes nor halves of a sign.
    text = str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()
    return "" if text.casefold() in columns.NOTHING else text


def is_nothing(value: Any) -> bool:
    """Whether nothing is in a cell, or a word for that."""
    return not as_text(value)


def readable(text: str) -> str:
    r"""A text as a reader sees it: without tags, entities and lists of Python, lines whole.

    >>> readable("<p>Fish &amp; chips</p>"), readable("['One line.', 'Two.']")
    ('Fish & chips', 'One line.\nTwo.')
    """
    text = _unlisted(text)
    if "\n" not in text or len(_NEWLINE.findall(text)) > 1:
        text = _NEWLINE.sub("\n", text)
    if _MARKUP.search(text):
        text = visible_text(text)
    for _ in range(2):  # "&amp;#8220;" was escaped twice
        text = _ENTITY.sub(lambda sign: html.unescape(sign[0]), text)
    return joined_lines(with_right_signs(text))


def _unlisted(text: str) -> str:
    """The paragraphs of a list that Python printed, one a line; any other text as it is."""
    if not _LIST.fullmatch(text):
        return text
    try:
        read = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return "\n".join(read) if all(isinstance(each, str) for each in read) else text


def where_cut(text: str) -> str:
    """The mark by which a service tells that it cut a text; empty without one.

    >>> where_cut("The ferry ran [+904 chars]")
    '[+904 chars]'
    """
    found = _CUT.search(text)
    return found[0].strip() if found else ""


def without_outlet(headline: str, outlet: str) -> str:
    """A headline without the outlet's name at its end, which search services put there.

    >>> without_outlet("Ferry hits reef - Daily Courier", "Daily Courier")
    'Ferry hits reef'
    """
    ending = re.compile(rf"\s+[-–—|]\s+{re.escape(outlet)}\s*$", re.IGNORECASE)
    return ending.sub("", headline) if outlet else headline
