"""How figures look, and a drawn one in every format: loaded only where something is drawn."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axis import Axis
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from analysis_utils.output import cells
from analysis_utils.output.style import PRINT_DPI, SCREEN_DPI, SHRINK, house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

#: Of the title above a figure, in points; and the room around it, in inches.
_TITLE_SIZE, _ROOM = 9, 0.06

#: The longest piece of a title that stays on one line, however narrow the figure.
_LONGEST_WORD = 30

#: Nothing that changes from run to run may enter a file.
_METADATA = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@contextmanager
def own_style() -> Iterator[None]:
    """The house style for a while, whatever style is set before and after."""
    with mpl.rc_context():
        house_style()
        yield


def make_visible(picture: Picture) -> None:
    """Let no text of a figure hold a character that only acts: files of pictures break at some."""
    for text in picture.findobj(Text):
        text.set_text(cells.visible(text.get_text()))
    for axis in picture.findobj(Axis):  # which writes its labels anew whenever it is drawn
        for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
            visible = _visible_labels(formatter.format_ticks)
            formatter.format_ticks = visible  # type: ignore[method-assign]


def _visible_labels(written: Callable[..., list[str]]) -> Callable[..., list[str]]:
    return lambda values: [cells.visible(label) for label in written(values)]


def drawn(picture: Picture, title: str, described: str, *, show_title: bool) -> dict[str, bytes]:
    """A picture in every format, laid out once for all of them; it is closed.

    Parameters
    ----------
    picture
        As a theme draws it, without a title.
    title, described
        What it shows, and in words for who cannot see it: both are written into the files.
    show_title
        Whether the title stands above the picture too.  It takes no room from it: the files are
        then so much higher.
    """
    with own_style():
        picture.draw_without_rendering()
        picture.set_layout_engine("none")
        _hold_legends(picture)
        width, height = picture.get_size_inches()
        above = _add_title(picture, cells.visible(title)) if show_title else 0
        area = Bbox.from_extents(0, 0, width, height + above)
        files = {kind: _file(picture, kind, area, title) for kind in _METADATA}
    plt.close(picture)
    with Image.open(io.BytesIO(files["png"])) as opened:
        image = opened.convert("RGB")
    return {
        "svg": _described(files["svg"], described),
        "pdf": files["pdf"],
        "png": _png(image, PRINT_DPI),
        "screen.png": _png(image.reduce(SHRINK), SCREEN_DPI),
    }


def _hold_legends(picture: Picture) -> None:
    """Let the legends of a figure stay where they are laid out, when a title is added above."""
    for legend in picture.legends:
        place = legend.get_bbox_to_anchor().transformed(picture.transFigure.inverted())
        legend.set_bbox_to_anchor(place, transform=picture.transFigure)


def _add_title(picture: Picture, title: str) -> float:
    """Write the title above a laid-out figure, in as many lines as it needs; inches that it takes.

    It is measured as it will be drawn.
    """
    width, height = picture.get_size_inches()
    place = {"x": _ROOM / width, "y": 1 + _ROOM / height, "ha": "left", "va": "bottom"}
    head = picture.text(s="", fontsize=_TITLE_SIZE, fontweight="bold", **place)
    lines = [""]
    for word in re.findall(rf"\S{{1,{_LONGEST_WORD}}}", title):
        longer = f"{lines[-1]} {word}".strip()
        head.set_text(longer)
        if lines[-1] and head.get_window_extent().width > (width - 2 * _ROOM) * picture.dpi:
            lines.append(word)
        else:
            lines[-1] = longer
    head.set_text("\n".join(lines))
    return head.get_window_extent().height / picture.dpi + 2 * _ROOM


def _file(picture: Picture, kind: str, area: Bbox, title: str) -> bytes:
    buffer = io.BytesIO()
    told = _METADATA[kind] | ({} if kind == "png" else {"Title": cells.visible(title)})
    picture.savefig(buffer, format=kind, dpi=PRINT_DPI, bbox_inches=area, metadata=told)
    return buffer.getvalue()


def _described(svg: bytes, described: str) -> bytes:
    """The picture with its description inside, after its title."""
    told = f"</title>\n <desc>{html.escape(cells.visible(described), quote=False)}</desc>"
    return svg.replace(b"</title>", told.encode(), 1)


def _png(image: Image.Image, dpi: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format="png", dpi=(dpi, dpi))
    return buffer.getvalue()
