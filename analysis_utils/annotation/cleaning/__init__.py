"""From the page of an article to labelled lines: what is article and what is page.

- ``labels`` labels every line of a page; the rest is its parts:
- ``wording``: the wording that news sites share, in one table
- ``lines``: the shape of lines, and the stretch that holds the article
- ``article``, ``head``,
  :mod:`~analysis_utils.annotation.cleaning.rest`: the lines of the article, above it and around it
- :mod:`~analysis_utils.annotation.cleaning.alone`: articles that stand alone in their file
- ``repeats``: summaries, and standfirsts that repeat a paragraph
- :mod:`~analysis_utils.annotation.cleaning.metadata`: dates, datelines, section tags
- ``published``: what the lines say about the article, and which date is its own
- ``plain``, ``markdown``: right signs, whole lines, no marks of Markdown
- ``stubs``: what stands where an article should
- :mod:`~analysis_utils.annotation.cleaning.pages`: the text of a page on disk
- :mod:`~analysis_utils.annotation.cleaning.html`: the visible lines of an HTML page
- ``pdf``, ``layout``: those of a PDF
"""

from analysis_utils.annotation.cleaning.labels import (
    clean_page,
    dropped_by_repeats,
    label_article,
    label_html,
    label_lines,
)
from analysis_utils.annotation.cleaning.pages import PageError
from analysis_utils.annotation.cleaning.published import read_metadata
from analysis_utils.annotation.cleaning.wording import PatternError

__all__ = [
    "PageError",
    "PatternError",
    "clean_page",
    "dropped_by_repeats",
    "label_article",
    "label_html",
    "label_lines",
    "read_metadata",
]
