"""What a figure is, and :func:`export`, which saves one for a write-up."""

from __future__ import annotations

import base64
import hashlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.files.kept import NotKeptError, keep, read_kept, remove_kept
from analysis_utils.files.writing import write_whole
from analysis_utils.output import cells
from analysis_utils.output.snippets import write_up
from analysis_utils.output.spreadsheets import write_csv

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

    from analysis_utils.study import Study

#: Widths for print in millimetres: a column of a journal's page, and the page.
WIDTHS = {"column": 85, "page": 174}
#: Nothing is higher than a page has room for, in millimetres.
HIGHEST = 230
_MM = 25.4  # in an inch

#: What is kept of a figure.
_KINDS = ("svg", "pdf", "png", "screen.png")


@dataclass(frozen=True)
class Figure:
    """A figure as one value: how it is drawn, and all that has to be said of it.

    Attributes
    ----------
    name
        File name without ending.
    draw
        Draws it: a function of ``width`` in inches that gives a Matplotlib figure of just this
        width, without a title; a :func:`functools.partial` of a plotting function over tables,
        names and numbers.  It is called only where the picture is not kept already.
    data
        The table that it is drawn from.
    title
        What it shows, as a finding.
    caption
        One or two sentences: what is shown, n, the method, the interval.
    alt
        What a reader who cannot see the figure needs to know.

    Raises
    ------
    ValueError
        If title, caption or alternative text is empty.
    """

    name: str
    draw: partial[Picture]
    data: pd.DataFrame
    title: str
    caption: str
    alt: str

    def __post_init__(self) -> None:
        for part in ("title", "caption", "alt"):
            if not getattr(self, part).strip():
                raise ValueError(f"figure {self.name}: give it a text for {part}")

    def picture(self, width: str = "page") -> Picture:
        """The figure, drawn at a width of ``WIDTHS``, without its title.

        Raises
        ------
        ValueError
            If the width is none of ``WIDTHS``, or the figure is drawn wider or higher than a page.
        """
        from analysis_utils.output.drawing import make_visible, own_style

        if width not in WIDTHS:
            raise ValueError(f"width {width!r} of a figure: choose {' or '.join(WIDTHS)}")
        with own_style():
            picture = self.draw(width=WIDTHS[width] / _MM)
            make_visible(picture)
        self._check_size(picture, WIDTHS[width])
        return picture

    def _check_size(self, picture: Picture, wanted: float) -> None:
        width, height = _MM * picture.get_size_inches()
        if abs(width - wanted) > 0.1:
            raise ValueError(f"figure {self.name} is {width:.0f} mm wide: draw it {wanted} mm wide")
        if height > HIGHEST:
            raise ValueError(
                f"figure {self.name} is {height:.0f} mm high, and a page has room for {HIGHEST}:"
                " show fewer rows"
            )


@dataclass(frozen=True)
class ExportedFigure:
    """A saved figure; as the last line of a notebook cell it shows itself with its caption."""

    name: str
    folder: Path
    picture: bytes
    caption: str
    alt: str

    def _ipython_display_(self) -> None:
        from IPython.display import display

        encoded = base64.b64encode(self.picture).decode("ascii")
        display(
            {"image/png": encoded, "text/plain": self.alt},
            metadata={"image/png": {"alt": self.alt, "figure": self.name}},
            raw=True,
        )
        display(cells.caption(self.caption))


def export(
    figure: Figure, study: Study, *, width: str = "page", title: bool = True
) -> ExportedFigure:
    """Save a figure and the table behind it for a write-up.

    Writes ``<name>.png`` (300 dots an inch), ``.svg`` (text as text), ``.pdf`` (embedded
    TrueType), ``.csv`` (the table, safe to open in a spreadsheet: a text that it might take for a
    formula has an apostrophe before it) and ``.md`` (caption, alternative text and
    snippets for LaTeX, Markdown and Word) into ``study.figures_folder``.  Two
    runs on the same data write the same bytes.  A figure that was drawn of the same tables by the
    same code before is not drawn again.

    Parameters
    ----------
    figure
        What to save.
    study
        Decides the folder.
    width
        ``"page"`` (174 mm) or ``"column"`` (85 mm); a column's files end in ``_column``.
    title
        Whether the title stands above the figure.

    Returns
    -------
    An object that shows the figure and its caption in a notebook.

    Raises
    ------
    ValueError
        If the width is none of ``WIDTHS``, or the figure is drawn wider or higher than a page.
    """
    caption, alt = cells.visible(figure.caption), cells.visible(figure.alt)
    name = figure.name if width == "page" else f"{figure.name}_{width}"
    drawn = _kept_or_drawn(figure, name, width, title, study.build_folder / "cache" / "figures")
    files = {kind: drawn[kind] for kind in ("png", "svg", "pdf")} | {
        "md": write_up(name, caption, alt, wide=width == "page").encode(),
    }
    folder = study.figures_folder
    for kind, content in files.items():
        write_whole(folder / f"{name}.{kind}", content)
    write_csv(folder / f"{name}.csv", figure.data)
    return ExportedFigure(name, folder, drawn["screen.png"], caption, alt)


def _kept_or_drawn(
    figure: Figure, name: str, width: str, title: bool, cache: Path
) -> dict[str, bytes]:
    """The figure in every format; what was drawn of the same figure before is used again."""
    key = _key(figure, width, title)
    folder = cache / f"{name}-{key}"
    try:
        return read_kept(folder, _KINDS)
    except NotKeptError:
        from analysis_utils.output.drawing import drawn as draw  # heavy: only what is not kept

        files = draw(figure.picture(width), figure.title, figure.alt, show_title=title)
        keep(folder, files)
        for outdated in set(cache.glob(f"{name}-{'?' * len(key)}")) - {folder}:
            remove_kept(outdated)
        return files


def _key(figure: Figure, width: str, title: bool) -> str:
    """Hash of all that a picture depends on: what is drawn, by which code: 16 digits."""
    said = [figure.name, figure.title, figure.alt, width, str(title)]
    told = [*said, _written(figure.draw.args), _written(figure.draw.keywords)]
    # Of a function of a notebook there is no file, but its source is known.
    told.append(inspect.getsource(figure.draw.func))
    digest = hashlib.sha256(_code(Path(inspect.getfile(figure.draw.func)).parent).encode())
    for part in told:
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:16]


def _written(value: object) -> str:
    """What a figure is drawn from, as text that is alike only where it is."""
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return f"{value.index.names} {value.to_csv()}"
    if isinstance(value, Mapping):
        return f"{{{' '.join(f'{key!r}: {_written(held)}' for key, held in value.items())}}}"
    if isinstance(value, (tuple, list)):
        return f"[{' '.join(map(_written, value))}]"
    if value is None or isinstance(value, (str, int, float)):
        return repr(value)
    raise TypeError(f"a figure is drawn from tables, names and numbers, not from {type(value)}")


@cache
def _code(theme: Path) -> str:
    """Hash of the code that draws the figures of a theme, and of the libraries' versions."""
    told = [f"{library} {version(library)}" for library in ("matplotlib", "seaborn", "pandas")]
    output = Path(__file__).parent
    for path in sorted({*output.glob("*.py"), *theme.glob("*.py")}):
        told.append(path.read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()
