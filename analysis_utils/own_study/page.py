"""A page of a new study, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis_utils.study.parts import PagePattern


class PageFault(ValueError):
    """One fault of a page, row or option."""


@dataclass(frozen=True)
class Page:
    """An article: whose it is, its page byte for byte, and what is known of it.

    ``lines`` are the page's labelled lines.  ``published`` and ``address`` are
    known where a table told them; ``patterns`` are lines that cleaning would
    take for something else than a table says.
    """

    outlet: str
    source: str
    suffix: str
    content: bytes
    lines: pd.DataFrame
    published: str = ""
    address: str = ""
    patterns: tuple[PagePattern, ...] = ()
