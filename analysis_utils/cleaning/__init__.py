"""From the page of an article to labelled lines: what is article and what is page.

- :mod:`~analysis_utils.cleaning.labels` labels every line of a page; the rest is its parts:
- :mod:`~analysis_utils.cleaning.wording`: the wording that news sites share, in one table
- :mod:`~analysis_utils.cleaning.lines`: the shape of lines, and the stretch that holds the article
- :mod:`~analysis_utils.cleaning.article`, :mod:`~analysis_utils.cleaning.head`,
  :mod:`~analysis_utils.cleaning.rest`: the lines of the article, above it and around it
- :mod:`~analysis_utils.cleaning.repeats`: summaries, and standfirsts that repeat a paragraph
- :mod:`~analysis_utils.cleaning.metadata`: dates, datelines, section tags
- :mod:`~analysis_utils.cleaning.pages`: the text of a page on disk
- :mod:`~analysis_utils.cleaning.html`: the visible lines of an HTML page
- :mod:`~analysis_utils.cleaning.pdf`, :mod:`~analysis_utils.cleaning.layout`: those of a PDF
"""

from analysis_utils.cleaning.labels import (
    clean_page,
    dropped_by_repeats,
    label_html,
    label_lines,
)
from analysis_utils.cleaning.metadata import read_metadata
from analysis_utils.cleaning.pages import PageError

__all__ = [
    "PageError",
    "clean_page",
    "dropped_by_repeats",
    "label_html",
    "label_lines",
    "read_metadata",
]
