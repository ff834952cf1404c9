"""An empty deck in this product's clothes, and its slides with a title and the presenter's notes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.util import Emu, Pt

from loops.draw.archive import printable, settled
from loops.draw.deck.slides import EMU, HIGH, WIDE, Area, Shape, Sheet, Words
from loops.draw.letters import wrap
from loops.draw.palette import LIGHT

if TYPE_CHECKING:
    from pptx.opc.package import Part
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

TITLE = Area(40, 36, 880, 46)
"""Where the title of a slide stands, below a line that says where in the deck we are."""
_TITLE_ONLY = 5
_ABOVE, _FOOT, _NUMBER = Area(40, 18, 880, 16), Area(40, 514, 780, 14), Area(860, 514, 60, 14)
LINE = 1.2
"""Distance of lines, in sizes of the letters."""
_FONT = b'<a:latin typeface="Arial" panose="020B0604020202020204" pitchFamily="34" charset="0"/>'
"""The last three parts describe the face: a machine that does not have it takes one that is like it."""


def deck(title: str) -> Deck:
    """An empty deck: 16 to 9, Arial throughout, the colours of the charts for whatever is added."""
    made = Presentation()
    across, down = WIDE * EMU / int(made.slide_width or 1), HIGH * EMU / int(made.slide_height or 1)
    made.slide_width, made.slide_height = Pt(WIDE), Pt(HIGH)
    # the library's own template is 4 to 3
    for layer in (made.slide_master, *made.slide_layouts):
        for shape in layer.placeholders:
            shape.left, shape.width = Emu(int(shape.left * across)), Emu(int(shape.width * across))
            shape.top, shape.height = Emu(int(shape.top * down)), Emu(int(shape.height * down))
    _dress(made.slide_master.part.part_related_by(RELATION.THEME))
    about = made.core_properties
    about.title, about.author, about.last_modified_by, about.language = printable(title), "", "", "en-GB"
    return made


def _dress(theme: Part) -> None:
    written = theme.blob.replace(b'<a:latin typeface="Calibri"/>', _FONT)
    for number, colour in enumerate(LIGHT.curves, start=1):
        accent = f'<a:accent{number}><a:srgbClr val="{colour.lstrip("#").upper()}"/>'
        written = re.sub(rf"<a:accent{number}><a:srgbClr [^>]*/>".encode(), accent.encode(), written)
    theme._blob = written


def slide(made: Deck, title: str, *, notes: Sequence[str], area: Area = TITLE, size: float = 28) -> Slide:
    """A new slide with its title in an area, and what the presenter reads while it is on the screen.

    The title is as large as `size` if it fits.
    """
    new: Slide = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    heading = new.shapes.title
    if heading is None:
        raise AssertionError("the layout has a title")
    heading.left, heading.top, heading.width, heading.height = (Pt(n) for n in area)
    frame = heading.text_frame
    frame.text = " ".join(printable(title).split())
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    font = frame.paragraphs[0].font
    font.size, font.bold, font.color.rgb = Pt(fitting(title, area, size)), True, colour(LIGHT.ink)
    room = new.notes_slide.notes_text_frame
    if room is not None:
        room.text = printable("\n".join(notes))
    return new


def around(sheet: Sheet, number: int, above: str, below: str) -> None:
    """Where in the deck we are, above the title; what holds for every slide, and its number, at the foot."""
    sheet.add(
        Shape("where we are", _ABOVE, words=Words(wrap(above, 12, _ABOVE.width, 1), 12, LIGHT.muted)),
        Shape("what this is", _FOOT, words=Words((below,), 10.5, LIGHT.muted)),
        Shape("number", _NUMBER, words=Words((str(number),), 10.5, LIGHT.muted, across="r")),
    )


def fitting(text: str, area: Area, largest: float, *, bold: bool = True) -> float:
    """The size of letters, at most `largest` and at least 8, with which a text fits into an area."""
    size = largest
    while size > 8:
        across = area.width / (1.06 if bold else 1)  # the widths known are those of the regular face
        if len(wrap(text, size, across, len(text) + 1)) * size * LINE <= area.height:
            break
        size -= 1
    return size


def colour(text: str) -> RGBColor:
    """A colour such as ``#1a1a1a``, as the library wants it."""
    made: RGBColor = cast("Any", RGBColor)(*bytes.fromhex(text.lstrip("#")))  # the library says no types here
    return made


def saved(made: Deck) -> bytes:
    """The deck as a file."""
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())
