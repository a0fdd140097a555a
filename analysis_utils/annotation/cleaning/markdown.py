"""Markdown, as web clippers and note programs save pages, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<fields>(?:[^\n]*\n)*?)---[ \t]*(?:\r?\n|$)")
#: What only Markdown has.
_SIGNS = re.compile(
    r"^#{1,6} \S|!?\[[^\]\n]*\]\([^)\s]+[^)]*\)|\*\*[^*\n]+\*\*|\[\[[^\]\n]+\]\]", re.MULTILINE
)
#: So many of them tell that a text is Markdown.
_ENOUGH = 2

#: What is taken out, and what a reader sees instead.
_SHOWN = (
    (r"(?s:<!--.*?-->)", ""),
    (r"^(?:```|~~~).*$", ""),
    (r"!\[[^\]\n]*\]\([^)\n]*\)|!\[\[[^\]\n]*\]\]", ""),
    (r"\[\^[^\]\n]+\]:?", ""),
    (r"\[([^\]\n]*)\]\((?:<[^>\n]*>|[^()\n]*(?:\([^)\n]*\)[^()\n]*)*)\)", r"\1"),
    (r"\[([^\]\n]*)\]\[[^\]\n]*\]", r"\1"),
    (r"^\[[^\]\n]+\]: \S+.*$", ""),
    (r"\[\[(?:[^\]|\n]*\|)?([^\]\n]+)\]\]", r"\1"),
    (r"<(https?://[^>\s]+)>", ""),
    (r"^ {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,})$", ""),
    (r"^(?: {0,3}> ?)+", ""),
    (r"^ {0,3}#{1,6} +(.*?)[ #]*$", r"\1\n"),
    (r"^[ \t]*[-*+] +", ""),
    (r"(?<!\w)\*{1,3}(?=\S)([^*\n]+?)(?<=\S)\*{1,3}", r"\1"),
    (r"(?<!\w)_{1,3}(?=\S)([^_\n]+?)(?<=\S)_{1,3}(?!\w)", r"\1"),
    (r"~~([^~\n]+)~~", r"\1"),
    (r"\\([\\`*_{}\[\]()#+.!>~-])", r"\1"),
)
_SHOWN_PATTERNS = [(re.compile(old, re.MULTILINE), new) for old, new in _SHOWN]
_DATES = ("published", "date", "datepublished", "date_published")


def without_markdown(page: str) -> str:
    r"""A text without the marks of Markdown, with what its front matter tells above it.

    >>> without_markdown("# A *fall*\n\n**Ada North** saw [it](https://example.org).")
    'A fall\n\n\nAda North saw it.\n'
    """
    front = _FRONT.match(page)
    fields = _fields(front["fields"]) if front else {}
    if not fields and len(_SIGNS.findall(page)) < _ENOUGH:
        return page
    body = page[front.end() :] if front and fields else page
    for pattern, shown in _SHOWN_PATTERNS:
        body = pattern.sub(shown, body)
    body = body.strip()
    head = list(_head(fields))
    if head and body.startswith(head[0]):
        body = body.removeprefix(head[0]).strip()  # the headline stands in both
    return "\n\n".join([*head, body]) + "\n"


def _fields(text: str) -> dict[str, Any]:
    """The fields of a front matter; none if it is something else."""
    try:
        read = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return {}
    return {str(key).casefold(): read[key] for key in read} if isinstance(read, dict) else {}


def _head(fields: dict[str, Any]) -> Iterator[str]:
    """Headline, writers and date of a front matter, as a page shows them."""
    if title := str(fields.get("title", "")).strip():
        yield title
    writers = fields.get("author") or fields.get("authors") or ""
    names = writers if isinstance(writers, list) else [writers]
    plain = [re.sub(r"[\[\]]", "", str(name)).strip() for name in names]
    if any(plain):
        yield f"By {' and '.join(filter(None, plain))}"
    if day := next((fields[name] for name in _DATES if fields.get(name)), ""):
        yield str(day)
