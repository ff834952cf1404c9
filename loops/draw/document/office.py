"""A written document as a Word file: A4, headings a reader can jump between, tables whose titles repeat."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Mm, Pt, RGBColor

from loops.draw.archive import printable, settled
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Picture, Table
from loops.draw.palette import LIGHT
from loops.draw.raster import pngs

if TYPE_CHECKING:
    from docx.document import Document as Open
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell

_FONT = "Arial"
_QUIET = "Remark"
_MARGIN = Cm(2.2)
_WIDTH = Cm(21) - 2 * _MARGIN
_SHARP = 2.0
"""Dots of a picture to a unit of its drawing."""
_TALL = Cm(1.1)
"""Room for a signature."""
_SIZES = {"Normal": 11.0, "Title": 24.0, "Heading 1": 16.0, "Heading 2": 13.0, _QUIET: 9.5}


def word(blocks: Iterable[Block], *, title: str, foot: str) -> bytes:
    """The blocks as a Word file with `foot` and the number of the page at the bottom of each page."""
    document = Document()
    _dress(document, title)
    _foot(document, foot)
    for block in blocks:
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _dress(document: Open, title: str) -> None:
    """Paper, fonts and language; the library's own name leaves the properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = _MARGIN
    page.top_margin = page.bottom_margin = Cm(2)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = printable(title)[:255], "", "", "en-GB"
    document.styles.add_style(_QUIET, WD_STYLE_TYPE.PARAGRAPH)
    for name, size in _SIZES.items():
        style = cast("ParagraphStyle", document.styles[name])
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), size > 11
        style.font.color.rgb = _colour(LIGHT.muted if name == _QUIET else LIGHT.ink)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), _FONT)
        style.paragraph_format.space_after = Pt(6)
    for line in document.styles["Title"].element.xpath(".//w:pBdr"):
        line.getparent().remove(line)
    for language in document.styles.element.xpath(".//w:lang"):
        language.set(qn("w:val"), "en-GB")


def _foot(document: Open, foot: str) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.style = _QUIET
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(f"{printable(foot)}   Page ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)


def _add(document: Open, block: Block) -> None:
    match block:
        case Heading(text, depth):
            document.add_heading(printable(text), depth - 1)
        case Paragraph(text, quiet):
            document.add_paragraph(printable(text), _QUIET if quiet else None)
        case Bullets(items):
            for item in items:
                document.add_paragraph(printable(item), "List Bullet").paragraph_format.space_after = Pt(2)
        case Table():
            _table(document, block)
        case Picture():
            _picture(document, block)


def _picture(document: Open, picture: Picture) -> None:
    """A drawing as wide as the page, or as high as it may be."""
    (data,) = pngs([picture.svg], scale=_SHARP)
    drawn = document.add_picture(io.BytesIO(data), width=_WIDTH)
    if drawn.height > (most := Mm(picture.high)):
        drawn.width, drawn.height = Emu(round(drawn.width * most / drawn.height)), most
    drawn._inline.docPr.set("descr", printable(picture.alt))


def _table(document: Open, table: Table) -> None:
    """A table ruled between its rows; the row of titles repeats on every page and no row is broken."""
    made = document.add_table(0, len(table.head))
    made.autofit = False
    widths = [Emu(_WIDTH * share // sum(table.shares)) for share in table.shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for place, texts in enumerate((table.head, *table.rows)):
        row = made.add_row()
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if place == 0:
            settings.append(OxmlElement("w:tblHeader"))
        elif table.tall:
            row.height = _TALL
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _fill(cell, text, title=place == 0)
    _rule(made)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: Cell, text: str, *, title: bool) -> None:
    said = cell.paragraphs[0]
    said.paragraph_format.space_before = said.paragraph_format.space_after = Pt(3)
    said.add_run(printable(text)).bold = title or None


def _rule(made: WordTable) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "B8BCC2")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    made._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.lstrip("#").upper())
