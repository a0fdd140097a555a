"""The house style of the figures, and :func:`export`, which saves one for a write-up.

One colour and one marker an outlet in every figure.  Neighbouring colours
differ in lightness as well as hue, so that they hold for colour-blind readers
and in grey print, and the marker says the same once more.  Text stays dark.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axis import Axis
from matplotlib.text import Text

from analysis_utils.files.kept import NotKeptError, keep, read_kept, remove_kept
from analysis_utils.files.writing import write_whole
from analysis_utils.output import cells
from analysis_utils.output.spreadsheets import write_csv

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture
    from matplotlib.transforms import Bbox
    from PIL import Image

    from analysis_utils.study import Study

#: In the order that outlets are given; dark and light alternate.
COLOURS = (
    "#004488", "#D27C0C", "#882255", "#3B9C8C", "#444444",
    "#6AAED6", "#7A7A1F", "#E39AA8", "#332288", "#8C8C8C",
)  # fmt: skip
#: One more than there are colours: only from the 111th outlet on does a pair come again.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "h", "*")

#: Text and rules: dark enough for a contrast of more than 7 on white.
INK = "#222222"
FAINT = "#595959"

#: Pixels an inch: for print, and for the picture inside a notebook.
PRINT_DPI = 300
SHRINK = 3
SCREEN_DPI = PRINT_DPI // SHRINK

#: Nothing that changes from run to run may enter a file.
_METADATA = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}

_STYLE = {
    "font.family": "DejaVu Sans",  # travels with matplotlib: the same letters everywhere
    "text.parse_math": False,  # a dollar sign in a name or an article begins no formula
    "font.size": 9,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#BBBBBB",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "pdf.fonttype": 42,  # TrueType: journals ask for it, and text stays text
    "svg.hashsalt": "framing-analysis",  # the same ids in every run
    "figure.dpi": SCREEN_DPI,
}


def house_style() -> None:
    """Set the style that every figure of the project shares, whatever somebody's own settings."""
    mpl.rcdefaults()
    sns.set_theme(style="whitegrid", rc=_STYLE)


def outlet_colours(outlets: Iterable[str]) -> dict[str, str]:
    """One colour an outlet, by its place in the study."""
    return dict(zip(outlets, cycle(COLOURS), strict=False))


def outlet_markers(outlets: Iterable[str]) -> dict[str, str]:
    """One marker an outlet, so that colour is never the only sign."""
    return dict(zip(outlets, cycle(MARKERS), strict=False))


@dataclass(frozen=True)
class Figure:
    """A figure as one value: what is drawn, and all that has to be said of it.

    Attributes
    ----------
    name
        File name without ending.
    picture
        What is drawn.
    data
        The table that it was drawn from.
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
    picture: Picture
    data: pd.DataFrame
    title: str
    caption: str
    alt: str

    def __post_init__(self) -> None:
        for part in ("title", "caption", "alt"):
            if not getattr(self, part).strip():
                raise ValueError(f"figure {self.name}: give it a text for {part}")


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


def export(figure: Figure, study: Study) -> ExportedFigure:
    """Save a figure and the table behind it for a write-up.

    Writes ``<name>.png`` (300 dots an inch), ``.svg``, ``.pdf`` (embedded
    TrueType), ``.csv`` (the table, safe to open in a spreadsheet: a text that it might take for a
    formula has an apostrophe before it) and ``.md`` (caption, alternative text and
    snippets for LaTeX, Markdown and Word) into ``study.figures_folder``.  Two
    runs on the same data write the same bytes.

    Parameters
    ----------
    figure
        What to save; its picture is closed afterwards.
    study
        Decides the folder.

    Returns
    -------
    An object that shows the figure and its caption in a notebook.
    """
    caption, alt = cells.visible(figure.caption), cells.visible(figure.alt)
    _make_visible(figure.picture)
    with _own_style():
        drawn = _draw(figure.picture, study.build_folder / "cache" / "figures", figure.name)
    plt.close(figure.picture)
    files = {kind: drawn[kind] for kind in ("png", "svg", "pdf")} | {
        "md": _write_up(figure.name, caption, alt).encode(),
    }
    folder = study.figures_folder
    for kind, content in files.items():
        write_whole(folder / f"{figure.name}.{kind}", content)
    write_csv(folder / f"{figure.name}.csv", figure.data)
    return ExportedFigure(figure.name, folder, drawn["screen.png"], caption, alt)


@contextmanager
def _own_style() -> Iterator[None]:
    """The house style at the moment of writing too, whatever style the caller has set since."""
    with mpl.rc_context():
        house_style()
        yield


def _make_visible(fig: Picture) -> None:
    """Let no text of a figure hold a character that only acts: files of pictures break at some."""
    for text in fig.findobj(Text):
        text.set_text(cells.visible(text.get_text()))
    for axis in fig.findobj(Axis):  # which writes its labels anew whenever it is drawn
        for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
            visible = _visible_labels(formatter.format_ticks)
            formatter.format_ticks = visible  # type: ignore[method-assign]


def _visible_labels(written: Callable[..., list[str]]) -> Callable[..., list[str]]:
    return lambda values: [cells.visible(label) for label in written(values)]


def _draw(fig: Picture, cache: Path, name: str) -> dict[str, bytes]:
    """The figure in every format; what was drawn of the same figure before is used again.

    The SVG says all there is to a figure and is quick to make: if it is the same as last
    time, so are the others.
    """
    box = _tight_box(fig)
    svg = _vector(fig, "svg", box)
    key = hashlib.sha256(f"{mpl.__version__} {PRINT_DPI} {SHRINK}".encode() + svg).hexdigest()[:16]
    folder = cache / f"{name}-{key}"
    try:
        return {"svg": svg} | read_kept(folder, ("png", "screen.png", "pdf"))
    except NotKeptError:
        image = _drawn(fig, box)
        drawn = {
            "png": _png(image, PRINT_DPI),
            "screen.png": _png(image.reduce(SHRINK), SCREEN_DPI),
            "pdf": _vector(fig, "pdf", box),
        }
        keep(folder, drawn)
        for outdated in set(cache.glob(f"{name}-{'?' * len(key)}")) - {folder}:
            remove_kept(outdated)
        return {"svg": svg} | drawn


def _tight_box(fig: Picture) -> Bbox:
    """What of the figure is drawn on, in inches: laid out and measured once for all formats."""
    fig.draw_without_rendering()
    fig.set_layout_engine("none")
    return fig.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])


def _drawn(fig: Picture, box: Bbox) -> Image.Image:
    """The figure in pixels, ``PRINT_DPI`` to the inch."""
    from PIL import Image

    pixels = io.BytesIO()
    fig.savefig(pixels, format="rgba", dpi=PRINT_DPI, bbox_inches=box)
    # As in matplotlib's own writer of PNG: the size that the box has in whole pixels.
    size = (int(box.width * PRINT_DPI), int(box.height * PRINT_DPI))
    return Image.frombytes("RGBA", size, pixels.getvalue()).convert("RGB")


def _png(image: Image.Image, dpi: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dpi, dpi))
    return buffer.getvalue()


def _vector(fig: Picture, kind: str, box: Bbox) -> bytes:
    buffer = io.BytesIO()
    fig.savefig(buffer, format=kind, metadata=_METADATA[kind], bbox_inches=box)
    return buffer.getvalue()


def _write_up(name: str, caption: str, alt: str) -> str:
    return textwrap.dedent("""\
        # {name}

        **Caption.** {caption}

        **Alternative text.** {alt}

        ## LaTeX

        ```latex
        \\begin{{figure}}[t]
          \\centering
          \\includegraphics[width=\\linewidth]{{{name}.pdf}}
          \\caption{{{latex}}}
          \\label{{fig:{name}}}
        \\end{{figure}}
        ```

        ## Markdown

        ```markdown
        ![{markdown_alt}]({name}.png)

        *{markdown_caption}*
        ```

        ## Word

        Insert > Pictures > `{name}.png` (or `{name}.svg`); then References > Insert Caption:

        > {caption}

        and Picture Format > Alt Text:

        > {alt}
        """).format(
        name=name,
        caption=caption,
        alt=alt,
        latex=latex_text(caption),
        markdown_alt=_markdown(alt),
        markdown_caption=_markdown(caption),
    )


def latex_text(text: str) -> str:
    """Text with LaTeX's special characters escaped, and with those that act as their numbers."""
    escapes = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    escapes |= {character: f"\\{character}" for character in "&%$#_{}"}
    return cells.visible(text).translate({ord(sign): escape for sign, escape in escapes.items()})


def _markdown(text: str) -> str:
    """Text on one line with Markdown's special characters escaped."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", " ".join(text.split()))
