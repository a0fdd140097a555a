"""Keeps the alternative texts of pictures when nbconvert makes a page of a notebook.

nbconvert's own templates leave them out.  The settings of this environment name this class for
``--to html``, ``slides`` and ``webpdf``.
"""

from __future__ import annotations

import html

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

PICTURE = "image/png"


class AlternativeText(Preprocessor):
    """Gives a picture that has an alternative text as HTML that says it."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        """The cell with its pictures described; nbconvert calls this."""
        for output in cell.get("outputs", []):
            alt = output.get("metadata", {}).get(PICTURE, {}).get("alt")
            if alt and PICTURE in output.get("data", {}):
                picture = output.data.pop(PICTURE).replace("\n", "")
                output.data["text/html"] = (
                    f'<img alt="{html.escape(alt)}" src="data:{PICTURE};base64,{picture}">'
                )
        return cell, resources
