"""Articles with attributions marked by hand, from a folder in brat's standoff format.

The layout is that of PolNeAR (Newell, Margolin and Ruths 2018): ``text/NAME.txt``
and ``attributions/NAME_CODER.ann``, one file a coder.  A text may have several
coders; each file counts as a reading of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis_utils.annotation import language, quotation
from analysis_utils.annotation.attribution.article import Article, read_articles

#: What a marked attribution is made of.
ELEMENTS = ("source", "cue", "content")

#: Places of tokens in the article.
Places = frozenset[int]


@dataclass(frozen=True)
class Reading:
    """One coder's attributions of one article, each as its elements' tokens."""

    name: str
    article: Article
    attributions: list[dict[str, Places]]


class FolderError(ValueError):
    """The folder does not hold texts and attributions where they are expected."""


def read_folder(folder: Path) -> list[Reading]:
    """Every coder's reading of every text, sorted by file name.

    Each text is parsed once.  Two apostrophes that stand for a quotation mark
    are read as one, and a horizontal bar as a dash; offsets stay the file's.

    Raises
    ------
    FolderError
        If ``attributions`` holds no ``.ann`` file, or one of them has no text.
    """
    paths = sorted((folder / "attributions").glob("*.ann"))
    if not paths:
        raise FolderError(f"{folder / 'attributions'}: no .ann file. Give the folder above it.")
    names = {path: path.stem.rpartition("_")[0] for path in paths}
    articles = {name: _read_text(folder / "text" / f"{name}.txt") for name in _unique(names)}
    return [Reading(path.stem, *_marked(path, *articles[names[path]])) for path in paths]


def _unique(names: dict[Path, str]) -> list[str]:
    return sorted(set(names.values()))


def _read_text(path: Path) -> tuple[Article, list[tuple[int, int]]]:
    """A text parsed, and where each of its tokens begins and ends in the file."""
    if not path.is_file():
        raise FolderError(f"{path}: this text of an .ann file is missing.")
    text, offsets = _with_plain_marks(path.read_bytes().decode("utf-8"))
    sentences, tokens, starts = _sentences(path.stem, text)
    article = next(read_articles(sentences, tokens, quotation.find_quotations(sentences)))
    places = []
    for place in range(len(article)):
        first = starts[article.sentence_ids[article.sentence[place]]]
        start, end = first + article.start[place], first + article.end[place]
        places.append((offsets[start], offsets[end - 1] + 1))
    return article, places


def _with_plain_marks(text: str) -> tuple[str, list[int]]:
    """``''`` as one mark and a bar as a dash, with each character's offset in the file."""
    pieces = [(match.start(), match[0]) for match in re.finditer("''|.", text, re.DOTALL)]
    plain = {"''": '"', "―": "—"}
    return "".join(plain.get(piece, piece) for _, piece in pieces), [at for at, _ in pieces]


def _sentences(name: str, text: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Tables ``sentences`` and ``tokens``, and where each sentence begins: a line is a
    paragraph, the first one the headline."""
    lines = [match for match in re.finditer(r"[^\r\n]+", text) if match[0].strip()]
    sentences: list[dict] = []
    tokens: list[dict] = []
    starts: dict[str, int] = {}
    for number, (line, doc) in enumerate(
        zip(lines, language.parse([line[0] for line in lines]), strict=True)
    ):
        for span in doc.sents:
            sentence_id = f"{name}:s{len(sentences):03d}"
            sentences.append(
                {
                    "sentence_id": sentence_id,
                    "article_id": name,
                    "part": "body" if number else "headline",
                    "paragraph": number,
                    "text": span.text,
                    "n_words": language.count_words(span.text),
                }
            )
            tokens += language.token_rows(sentence_id, span)
            starts[sentence_id] = line.start() + span.start_char
    return pd.DataFrame(sentences), pd.DataFrame(tokens), starts


def _marked(
    path: Path, article: Article, places: list[tuple[int, int]]
) -> tuple[Article, list[dict[str, Places]]]:
    """The attributions of one file; those without a cue or a content are left out."""
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        # A marked text may go on in lines of its own.
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key):
            spans[key] = list(_offsets(rest.split("\t")[0]))
        elif re.fullmatch(r"E\d+", key):
            events.append([part.split(":") for part in rest.split()[1:]])
    found = []
    for event in events:
        elements: dict[str, set[int]] = defaultdict(set)
        for role, key in event:
            inside = elements[role.rstrip("0123456789").lower()]
            for start, end in spans[key]:
                inside.update(n for n, (a, b) in enumerate(places) if start < b and a < end)
        if elements["cue"] and elements["content"]:
            found.append({name: frozenset(elements[name]) for name in ELEMENTS})
    return article, found


def _offsets(mark: str) -> Iterator[tuple[int, int]]:
    """The stretches of a brat mark: ``Content 423 641;700 712``."""
    for stretch in mark.partition(" ")[2].split(";"):
        start, end = map(int, stretch.split())
        yield start, end
