"""Measures a figure as it will be printed: what is too small, and what stands outside or over.

Every theme's tests can hold their figures to it: ``assert print_faults(figure) == []``.
"""

import io
from itertools import combinations

from matplotlib.text import Text
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from analysis_utils.output.drawing import drawn
from analysis_utils.output.figures import HIGHEST, WIDTHS, Figure

POINT = 25.4 / 72  # in millimetres

#: In points: no letter is smaller in print.
SMALLEST = 7

#: How far texts may reach into each other, in pixels: their boxes are larger than their letters.
REACH = 2


def print_faults(figure: Figure, widths=tuple(WIDTHS)) -> list[str]:
    """What is wrong with a figure at each width, in words; an empty list where nothing is."""
    faults = []
    for width in widths:
        overlaps = overlapping(figure, width)
        page = printed_page(figure, width)
        faults += [f"{width}: {fault}" for fault in (*page_faults(page, width), *overlaps)]
    return faults


def printed_page(figure: Figure, width: str):
    """The page of its PDF file, as pdfminer reads it."""
    files = drawn(figure.picture(width), figure.title, figure.alt, show_title=True)
    (page,) = extract_pages(io.BytesIO(files["pdf"]))
    return page


def page_faults(page, width):
    letters = list(characters(page))
    if abs(page.width * POINT - WIDTHS[width]) > 0.1:
        yield f"{page.width * POINT:.1f} mm wide"
    if page.height * POINT > HIGHEST + 20:  # the title above
        yield f"{page.height * POINT:.0f} mm high"
    small = sorted({letter.get_text() for letter in letters if size(letter) < SMALLEST - 0.01})
    if small:
        yield f"smaller than {SMALLEST} points: {''.join(small)}"
    outside = "".join(letter.get_text() for letter in letters if sticks_out(letter, page))
    if outside:
        yield f"outside: {outside}"


def characters(part):
    if isinstance(part, LTChar):
        yield part
    elif isinstance(part, LTContainer):
        for inner in part:
            yield from characters(inner)


def size(letter):
    """Points, also of text that runs upwards."""
    along, up, *_ = letter.matrix
    return letter.height if abs(along) >= abs(up) else letter.width


def sticks_out(letter, page):
    x0, y0, x1, y1 = letter.bbox
    return x0 < -0.5 or x1 > page.width + 0.5 or y0 < -2 or y1 > page.height + 2


def overlapping(figure: Figure, width: str = "page") -> list[str]:
    """Pairs of texts of a figure that stand over each other."""
    picture = figure.picture(width)
    picture.draw_without_rendering()
    hidden = hidden_texts(picture)
    shown = [text for text in picture.findobj(Text) if text.get_text() and text not in hidden]
    boxes = [(text.get_text(), text.get_window_extent()) for text in shown if text.get_visible()]
    return [
        f"{one!r} and {other!r} stand over each other"
        for (one, here), (other, there) in combinations(boxes, 2)
        if overlap(here, there)
    ]


def hidden_texts(picture):
    """Labels of ticks outside the limits of an axis, and all labels of axes that are off."""
    hidden = set()
    for axes in picture.axes:
        for axis in (axes.xaxis, axes.yaxis):
            drawn_ticks = axis._update_ticks() if axes.axison and axis.get_visible() else []
            for tick in {*axis.get_major_ticks(), *axis.get_minor_ticks()} - set(drawn_ticks):
                hidden |= {tick.label1, tick.label2}
            if not axes.axison:
                hidden.add(axis.label)
    return hidden


def overlap(here, there):
    across = min(here.x1, there.x1) - max(here.x0, there.x0)
    down = min(here.y1, there.y1) - max(here.y0, there.y0)
    return across > REACH and down > REACH
