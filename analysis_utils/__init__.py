"""How news outlets tell the same event differently.

This is the door: the names that a notebook needs, in the order of the data's way.  Each is loaded
when it is first used, so that importing the package costs next to nothing.

>>> import analysis_utils as au
>>> corpus = au.load_corpus(au.current_study())  # doctest: +SKIP
"""

import logging
import os
from importlib import import_module

# onnxruntime sends what it is run on to its makers, unless this stands before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# A first list of fonts that takes long makes Matplotlib say so: not in a notebook, please.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

__version__ = "0.4.0"

#: What stands behind the door, by room: functions and classes of a module, or modules of a folder.
_BEHIND = {
    "study": ("current_study", "read_study", "study_names", "benchmark_results", "StudyError"),
    "annotation.corpus": ("load_corpus", "Corpus"),
    "schemas": ("CORPUS_TABLES",),
    "annotation": ("actors", "cleaning"),
    "measures": ("terms", "embeddings", "target_sentiment", "intervals", "agreement"),
    "themes.contract": ("theme_tables", "validated"),
    "themes.finding": ("Finding",),
    "themes.page": ("trust", "method", "save_tables"),
    "themes": (
        *("findings", "term_contrast", "actor_sentiment", "coverage", "voices", "portrayal"),
        *("frames", "page_cleaning", "validity"),
    ),
    "output": ("cells", "figures", "marks", "style"),
    "output.figures": ("Figure", "export"),
    "lab": (
        *("article_reader", "term_explorer", "actor_explorer", "statement_explorer"),
        *("frame_explorer", "tellings_explorer"),
    ),
    "own_study.building": ("new_study",),
    "own_study.review": ("review",),
    "report.report": ("build_report",),
    "report.notebooks": ("find_notebooks", "run_notebooks"),
}

_ROOM_OF = {name: room for room, names in _BEHIND.items() for name in names}

__all__ = list(_ROOM_OF)


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = import_module(f"{__name__}.{_ROOM_OF[name]}")
    if not hasattr(room, name):
        return import_module(f"{room.__name__}.{name}")
    return getattr(room, name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
