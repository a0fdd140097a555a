"""The paragraphs of articles, read by the language model with its tagger of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis_utils.annotation.language import MODEL_NAMES, load_pipeline
from analysis_utils.files.progress import shown

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Text(NamedTuple):
    """The kept lines of an article, without its headline, and whose it is."""

    article: str
    outlet: str
    headline: str
    lines: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Headline and lines, one a line."""
        return "\n".join((self.headline, *self.lines))


def paragraphs(texts: Sequence[Text]) -> Iterator[tuple[Doc, str, Text]]:
    """Every paragraph of some articles, the first word of the one after it, and its article.

    Headlines are left out: capitals say nothing of names there.
    """
    told = [
        (line, (after.split(maxsplit=1)[0] if after.split() else "", text))
        for text in texts
        for line, after in zip(text.lines, (*text.lines[1:], ""), strict=True)
    ]
    read = _pipeline().pipe(told, as_tuples=True, batch_size=64)
    for doc, (after, text) in shown(read, "Looking for names", "paragraph", len(told)):
        yield doc, after, text


@cache
def _pipeline() -> Language:
    """The project's language model with its tagger of names."""
    import spacy

    load_pipeline()  # tells how to mend it if no model is there
    name = next(name for name in MODEL_NAMES if spacy.util.is_package(name))
    return spacy.load(name, exclude=["lemmatizer"])
