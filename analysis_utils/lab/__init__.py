"""Views to explore a study in JupyterLab: choices to click, and what they show.

One call a view, as the last line of a cell.  Where a kernel answers, the view has its
controls; anywhere else (the report, a notebook that nbconvert ran) it shows what the
controls begin with.  :mod:`analysis_utils.lab.view` says how.  A view is loaded when it is
first used, as every kernel loads this folder when it starts.
"""

from importlib import import_module
from typing import Any

_ROOM_OF = {
    "View": "view",
    "actor_explorer": "actors",
    "article_reader": "reader",
    "frame_explorer": "frames",
    "statement_explorer": "statements",
    "tellings_explorer": "tellings",
    "term_explorer": "terms",
}

__all__ = list(_ROOM_OF)


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
