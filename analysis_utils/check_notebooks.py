"""Compares the outputs of notebooks with those of another run: are the committed ones true?"""

from __future__ import annotations

import base64
import difflib
import io
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from nbformat import NotebookNode

if TYPE_CHECKING:
    import numpy as np

#: Pictures are compared block by block, by the mean colour of each.  Another
#: build of a font library smooths edges a little differently, which evens out
#: in a block, whereas a point or a bar that moved does not.
BLOCK = 8  #: pixels each way
TOLERANCE = 0.1  #: of the full range of a colour

#: Lines of a difference that are shown.
SHOWN_LINES = 12

IMAGES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class Difference:
    """An output that is not what it was."""

    cell: int  #: code cells counted from 1
    what: str
    diff: str = ""

    def __str__(self) -> str:
        shown = "".join(f"\n    {line}" for line in self.diff.splitlines())
        return f"code cell {self.cell}: {self.what}{shown}"


def compare_notebooks(committed: NotebookNode, rerun: NotebookNode) -> list[Difference]:
    """What differs between the outputs of two notebooks, cell by cell.

    Text is compared exactly, pictures block by block within :data:`TOLERANCE`.

    Parameters
    ----------
    committed, rerun
        The notebook as its file has it, and as a new run left it.

    Returns
    -------
    Differences in the order of the cells; empty if there are none.
    """
    pairs = zip_longest(_code_cells(committed), _code_cells(rerun))
    return [
        difference
        for number, (old, new) in enumerate(pairs, start=1)
        for difference in _compare_cells(number, old, new)
    ]


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells that run: those that are not empty."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _compare_cells(
    number: int, old: NotebookNode | None, new: NotebookNode | None
) -> list[Difference]:
    if old is None or new is None or old.source != new.source:
        return [Difference(number, "the cells are not the same")]
    if old.execution_count != new.execution_count:
        change = f"was run as number {old.execution_count}, not {new.execution_count}"
        return [Difference(number, change)]
    if len(old.outputs) != len(new.outputs):
        counts = f"{len(old.outputs)} outputs became {len(new.outputs)}"
        return [Difference(number, counts, _diff(_all_text(old), _all_text(new)))]
    pairs = zip(old.outputs, new.outputs, strict=True)
    return [found for pair in pairs for found in _compare_outputs(number, *pair)]


def _compare_outputs(number: int, old: NotebookNode, new: NotebookNode) -> list[Difference]:
    old_data, new_data = _data(old), _data(new)
    found = []
    for kind in sorted(old_data.keys() | new_data.keys()):
        before, after = old_data.get(kind, ""), new_data.get(kind, "")
        if before == after:
            continue
        if kind in IMAGES and before and after:
            change = image_change(before, after)
            found += [Difference(number, f"{kind}: {change}")] if change else []
        else:
            diff = "" if kind in IMAGES else _diff(before, after)
            found.append(Difference(number, f"{kind} differs", diff))
    return found


def _data(output: NotebookNode) -> dict[str, str]:
    """The contents of an output by their kind, with what is said about pictures."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    described = {f"{kind} {key}": str(value) for kind, key, value in _descriptions(output)}
    return {**{kind: str(value) for kind, value in output.data.items()}, **described}


def _descriptions(output: NotebookNode):
    for kind in IMAGES:
        for key, value in output.metadata.get(kind, {}).items():
            yield kind, key, value


def _all_text(cell: NotebookNode) -> str:
    return "\n".join(
        text for output in cell.outputs for kind, text in _data(output).items()
        if kind not in IMAGES
    )  # fmt: skip


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "committed", "now", n=0, lineterm=""
    )
    changes = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    hidden = len(changes) - SHOWN_LINES
    shown = [line[:160] for line in islice(changes, SHOWN_LINES)]
    return "\n".join([*shown, f"... and {hidden} lines more"] if hidden > 0 else shown)


def image_change(before: str, after: str) -> str:
    """How two pictures differ, in words; empty if they are the same to the eye."""
    import numpy as np  # with Pillow only needed where two pictures are not the same bytes
    from PIL import Image

    old, new = (
        Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGBA")
        for picture in (before, after)
    )
    if old.size != new.size:
        return "{}x{} pixels became {}x{}".format(*old.size, *new.size)
    blocks = [_block_means(np.asarray(image, dtype=float) / 255) for image in (old, new)]
    change = np.abs(blocks[0] - blocks[1]).max()
    return f"parts of the picture differ by up to {change:.0%}" if change > TOLERANCE else ""


def _block_means(pixels: np.ndarray) -> np.ndarray:
    """Mean colours of the blocks of a picture (rows, columns, bands)."""
    import numpy as np

    missing = [(0, -length % BLOCK) for length in pixels.shape[:2]]
    padded = np.pad(pixels, [*missing, (0, 0)], mode="edge")
    rows, columns = (length // BLOCK for length in padded.shape[:2])
    return padded.reshape(rows, BLOCK, columns, BLOCK, -1).mean(axis=(1, 3))
