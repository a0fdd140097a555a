"""Views to explore a study in JupyterLab: choices to click, and what they show.

One call a view, as the last line of a cell.  Where a kernel answers, the view has its
controls; anywhere else (the report, a notebook that nbconvert ran) it shows what the
controls begin with.  :mod:`analysis_utils.lab.view` says how.
"""

from analysis_utils.lab.actors import actor_explorer
from analysis_utils.lab.frames import frame_explorer
from analysis_utils.lab.reader import article_reader
from analysis_utils.lab.statements import statement_explorer
from analysis_utils.lab.terms import term_explorer
from analysis_utils.lab.view import View

__all__ = [
    "View",
    "actor_explorer",
    "article_reader",
    "frame_explorer",
    "statement_explorer",
    "term_explorer",
]
