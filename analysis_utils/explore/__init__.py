"""Views to explore a study in JupyterLab: choices to click, and what they show.

One call a view, as the last line of a cell.  Where a kernel answers, the view has its
controls; anywhere else (the report, a notebook that nbconvert ran) it shows what the
controls begin with.  :mod:`analysis_utils.explore.view` says how.
"""

from analysis_utils.explore.actors import actor_explorer
from analysis_utils.explore.frames import frame_explorer
from analysis_utils.explore.reader import article_reader
from analysis_utils.explore.statements import statement_explorer
from analysis_utils.explore.terms import term_explorer
from analysis_utils.explore.view import View

__all__ = [
    "View",
    "actor_explorer",
    "article_reader",
    "frame_explorer",
    "statement_explorer",
    "term_explorer",
]
