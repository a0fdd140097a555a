"""How it was measured: the paragraphs of all themes, with this study's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis_utils.output.cells import visible
from analysis_utils.output.english import counted, listed
from analysis_utils.output.snippets import markdown_cited, markdown_text
from analysis_utils.report.provenance import versions
from analysis_utils.themes import findings, page_cleaning, validity
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.findings.words import THEMES
from analysis_utils.themes.page import name_of

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: What turns the file into a document with its references.
_HOW = "<!-- pandoc methods.md --citeproc --bibliography references.bib -o methods.docx -->"


def methods(corpus: Corpus) -> str:
    """The paragraphs as Markdown, citations as Pandoc reads them.

    Parameters
    ----------
    corpus
        The study's corpus.
    """
    parts = {"Material": markdown_text(_material(corpus))}
    for theme in (page_cleaning, findings, *THEMES, validity):
        title = name_of(theme).replace("_", " ").capitalize()
        parts[title] = markdown_cited(theme.words.method(theme_tables(theme, corpus), corpus))
    parts["Software"] = markdown_cited(_software())
    told = "\n\n".join(f"## {title}\n\n{text}" for title, text in parts.items())
    return visible(f"{_HOW}\n\n# Methods\n\n{told}\n")


def _material(corpus: Corpus) -> str:
    event, articles = corpus.study.event, corpus.articles
    told = [
        f"{name} ({counted(len(rows), 'article')}, {counted(int(rows['n_words'].sum()), 'word')})"
        for outlet, name in corpus.outlets.items()
        if len(rows := articles[articles["outlet"] == outlet])
    ]
    return (
        f"The material is {counted(len(articles), 'article')} on one event, {event.title}:"
        f" {listed(told)}."
    )


def _software() -> str:
    made = versions()
    return (
        f"All measures were made with analysis_utils {made['analysis_utils']} in Python"
        f" {made['Python']}; sentences, words and their relations are those of spaCy"
        f" [@honnibal2020] with the model {made['Language model']}. The versions of all packages"
        " are in the replication archive."
    )
