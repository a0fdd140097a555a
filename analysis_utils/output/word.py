"""Word documents: pictures, captions that Word numbers, tables, the same bytes in every run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.files.archives import undated
from analysis_utils.output.cells import visible
from analysis_utils.output.tables import as_read, longest

if TYPE_CHECKING:
    from docx.document import Document

#: Sides and margins of A4, in millimetres.
_WIDE, _HIGH, _MARGIN = 210, 297, 25

#: Letters that a column of a table is given at least and at most room for.
_ROOM = (13, 60)


def new_document(title: str) -> Document:
    """An empty document that says nothing of who made it.

    Parameters
    ----------
    title
        What its properties call it.
    """
    import docx  # heavy: only where one is written
    from docx.shared import Mm, RGBColor

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_WIDE), Mm(_HIGH)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    caption = document.styles["Caption"].font  # type: ignore[attr-defined]
    caption.bold, caption.color.rgb = False, RGBColor(0x22, 0x22, 0x22)
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)  # type: ignore[attr-defined]
    document.core_properties.title = visible(title)[:255]
    document.core_properties.author = document.core_properties.comments = ""
    return document


def saved(document: Document) -> bytes:
    """The document's file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def add_picture(document: Document, picture: Path, alt: str) -> None:
    """Add a picture as wide as the text, on the page of what comes next.

    Parameters
    ----------
    document
        As :func:`new_document` gives it.
    picture
        Its file.
    alt
        The picture in words.
    """
    from docx.shared import Mm

    document.add_picture(str(picture), width=Mm(_WIDE - 2 * _MARGIN))
    about = document.inline_shapes[-1]._inline.docPr
    about.set("descr", visible(alt))
    about.set("name", picture.stem)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def add_caption(document: Document, kind: str, number: int, text: str) -> None:
    """Add a caption whose number is a field: Word counts on and can list all captions.

    Parameters
    ----------
    document
        As :func:`new_document` gives it.
    kind
        ``Figure`` or ``Table``.
    number
        What is shown until Word counts.
    text
        The caption.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.add_paragraph(f"{kind} ", style="Caption")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f"SEQ {kind} \\* ARABIC")
    field.append(paragraph.add_run(str(number))._r)
    paragraph._p.append(field)
    paragraph.add_run(f". {visible(text)}")
    paragraph.paragraph_format.keep_with_next = kind == "Table"


def add_table(document: Document, table: pd.DataFrame) -> None:
    """Add a table as wide as the text; its heading comes again on every page.

    Parameters
    ----------
    document
        As :func:`new_document` gives it.
    table
        What to show, as it is to be read: names rather than ids.
    """
    from docx.shared import Mm

    read = as_read(table)
    letters = [min(max(longest(read[column]), _ROOM[0]), _ROOM[1]) for column in read]
    widths = [Mm((_WIDE - 2 * _MARGIN) * room / sum(letters)) for room in letters]
    grid = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for values in (read.columns, *read.itertuples(index=False)):
        row = grid.add_row()
        _set_property(row, "w:cantSplit")
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.text, cell.width = value, width
    _set_property(grid.rows[0], "w:tblHeader")
    for cell in grid.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _set_property(row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
