"""The article that a page carries as data for search engines (JSON-LD), beside what it shows."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_SCRIPT = re.compile(
    r"<script[^>]*application/ld\+json[^>]*>(?P<data>.*?)</script>", re.IGNORECASE | re.DOTALL
)
#: A text of fewer words is a summary.
_FEWEST_WORDS = 60
#: A text without lines is cut into paragraphs of so many sentences.
_SENTENCES = 3
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"'”’]))\s+(?=[\"'“‘]?[A-Z])")
_DEEPEST = 6


def article_in_data(page: str) -> str:
    """Headline, writer, date and text that a page has as data, a paragraph a line; empty if none.

    >>> body = "The ferry ran aground on rocks and its crew was safe. " * 10
    >>> data = json.dumps({"headline": "Ferry hits reef", "articleBody": body})
    >>> told = article_in_data(f'<script type="application/ld+json">{data}</script>')
    >>> told.split("\\n")[0]
    'Ferry hits reef'
    """
    found = [each for script in _SCRIPT.finditer(page) for each in _objects(_read(script["data"]))]
    best = max(found, key=lambda each: len(each["articleBody"]), default=None)
    if best is None or len(best["articleBody"].split()) < _FEWEST_WORDS:
        return ""
    lines = [best.get("headline"), _writers(best.get("author")), best.get("datePublished")]
    told = [html.unescape(line) for line in lines if isinstance(line, str) and line.strip()]
    return "\n\n".join([*told, *_paragraphs(html.unescape(best["articleBody"]))])


def _read(data: str) -> Any:
    try:
        return json.loads(data.strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects that have the text of an article, however deep."""
    if isinstance(value, dict) and isinstance(value.get("articleBody"), str):
        yield value
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner, depth + 1)


def _writers(author: Any) -> str:
    named = [each.get("name") if isinstance(each, dict) else each for each in _listed(author)]
    plain = [each for each in named if isinstance(each, str) and each.strip()]
    return f"By {' and '.join(plain)}" if plain else ""


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else [value]


def _paragraphs(text: str) -> list[str]:
    lines = [line.strip() for line in re.split(r"[\r\n]+|<br\s*/?>|</?p>", text) if line.strip()]
    if len(lines) > 1:
        return lines
    sentences = _SENTENCE_END.split(text.strip())
    groups = range(0, len(sentences), _SENTENCES)
    return [" ".join(sentences[i : i + _SENTENCES]) for i in groups]
