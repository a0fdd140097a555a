"""The findings with their sentences, and the figures with their captions: Markdown and Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis_utils.output import word
from analysis_utils.output.cells import visible
from analysis_utils.output.figures import ExportedFigure, export
from analysis_utils.output.snippets import markdown_text
from analysis_utils.themes import findings
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.findings.words import (
    MOST_MARKS,
    NOTHING,
    THEMES,
    chosen,
    introduction,
    limits_of_size,
    sureness,
)
from analysis_utils.themes.page import name_of

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.finding import Finding


@dataclass(frozen=True)
class Part:
    """A part of the story: its kind (title, heading, text, item, quote or figure) and its text."""

    kind: str
    text: str
    figure: ExportedFigure | None = None


def story(corpus: Corpus) -> list[Part]:
    """What was found, in the order in which it is told.

    Parameters
    ----------
    corpus
        The study's corpus; figures that are not drawn yet are drawn into its folder.
    """
    picked = chosen(corpus)
    paragraphs = introduction(corpus).split("\n\n")
    return [
        Part("title", corpus.study.event.title),
        *(Part("text", paragraph) for paragraph in paragraphs),
        Part("heading", "Findings"),
        *(_with_sentences(picked, corpus) if picked else [Part("text", NOTHING)]),
        Part("heading", "How sure this is"),
        Part("text", sureness(picked)),
        Part("text", limits_of_size(corpus)),
        Part("heading", "Figures"),
        *(Part("figure", each.caption, each) for each in _figures(picked, corpus)),
    ]


def _with_sentences(picked: list[Finding], corpus: Corpus) -> Iterator[Part]:
    sentences = corpus.sentences.set_index("sentence_id")
    for finding in picked:
        yield Part("item", finding.sentence)
        for sentence in finding.evidence[:MOST_MARKS]:
            row = sentences.loc[sentence]
            place = f"sentence {row['position']}" if row["part"] == "body" else row["part"]
            yield Part("quote", f"{row['text']} ({corpus.outlets[row['outlet']]}, {place})")


def _figures(picked: list[Finding], corpus: Corpus) -> Iterator[ExportedFigure]:
    """The figure of the first page, then those of the themes that the findings come from."""
    named = {finding.theme: None for finding in picked}
    by_name = {name_of(theme): theme for theme in THEMES}
    for theme in (findings, *(by_name[name] for name in named)):
        drawn = next(iter(theme.figures.FIGURES.values()))
        yield export(drawn(theme_tables(theme, corpus), corpus), corpus.study)


def as_markdown(told: list[Part]) -> str:
    """The story as Markdown, its figures beside it in the folder ``figures``."""
    before = {"title": "# ", "heading": "## ", "item": "1. ", "quote": "   > ", "text": ""}
    lines = [
        _markdown_figure(part) if part.figure else before[part.kind] + markdown_text(part.text)
        for part in told
    ]
    return visible("\n\n".join(lines) + "\n")


def _markdown_figure(part: Part) -> str:
    assert part.figure
    picture = f"![{markdown_text(part.figure.alt)}](../figures/{part.figure.name}.png)"
    return f"{picture}\n\n*{markdown_text(part.text)}*"


def as_word(told: list[Part]) -> bytes:
    """The story as a Word document, its figures with captions that Word numbers and lists."""
    document = word.new_document(told[0].text)
    number = 0
    for part in told:
        if part.figure:
            number += 1
            picture = part.figure.folder / f"{part.figure.name}.png"
            word.add_picture(document, picture, part.figure.alt)
            word.add_caption(document, "Figure", number, part.text)
        else:
            styles = {"title": "Title", "heading": "Heading 1", "item": "List Number"}
            style = styles.get(part.kind, "Quote" if part.kind == "quote" else "Normal")
            document.add_paragraph(visible(part.text), style=style)
    return word.saved(document)
