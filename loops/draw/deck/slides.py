"""Native slide shapes, which PowerPoint and its relatives can select, restyle and reshape. In points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from pptx.oxml import parse_xml

from loops.draw.archive import printable

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement as Element
    from pptx.slide import Slide

WIDE, HIGH = 960.0, 540.0
"""A slide of 16 to 9."""
EMU = 12_700
"""The unit of the file format: so many to a point."""
End: TypeAlias = Literal["headEnd", "tailEnd"]
"""The beginning and the end of a line, as the file format calls them."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES = f'xmlns:a="{_DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec='
    '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class Area(NamedTuple):
    """A rectangle on the slide, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Stroke:
    """A line: its colour as ``#rrggbb``, its width, its dash as the file format calls it, its arrowhead."""

    colour: str
    width: float
    dash: str = "solid"
    head: End | None = None


@dataclass(frozen=True)
class Words:
    """Text in a shape, one paragraph for each entry. `across` is l, ctr or r, and `down` is t, ctr or b."""

    paragraphs: Sequence[str]
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    across: str = "l"
    down: str = "t"
    wrap: bool = True
    apart: float = 0.0
    """Space below each paragraph."""
    inset: float = 0.0
    """Space kept free on either side."""


@dataclass(frozen=True)
class Shape:
    """A shape: `form` is the name of a preset form, or XML of its own; `said` is for who cannot see it.

    A shape with neither words nor anything said is decoration.
    """

    name: str
    area: Area
    form: str = "rect"
    fill: str | None = None
    stroke: Stroke | None = None
    words: Words | None = None
    said: str = ""


class Sheet:
    """The shapes of one slide, in the order in which they are put on it: from the back to the front."""

    def __init__(self, slide: Slide) -> None:
        """Go on in front of what the slide holds already."""
        self._at: Element = slide.shapes.element
        self._ids = count(1 + max(shape.shape_id for shape in slide.shapes))

    def add(self, *shapes: Shape) -> None:
        """Put shapes on the slide."""
        for shape in shapes:
            form = shape.form if shape.form.startswith("<") else _preset(shape.form)
            fill = _solid(shape.fill) if shape.fill else "<a:noFill/>"
            decoration = shape.words is None and not shape.said
            self._at.append(
                parse_xml(
                    f"<p:sp {_SPACES}><p:nvSpPr>{self._named(shape.name, shape.said, decoration)}"
                    f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{_measured(shape.area)}</a:xfrm>"
                    f"{form}{fill}{_line(shape.stroke)}</p:spPr>{_body(shape.words)}</p:sp>"
                )
            )

    @contextmanager
    def group(self, name: str, said: str) -> Iterator[None]:
        """Shapes put on the slide inside this block move as one and are read out as one."""
        outer = self._at
        made = parse_xml(
            f"<p:grpSp {_SPACES}><p:nvGrpSpPr>{self._named(name, said, False)}<p:cNvGrpSpPr/><p:nvPr/>"
            f"</p:nvGrpSpPr><p:grpSpPr/></p:grpSp>"
        )
        outer.append(made)
        self._at = made
        yield
        self._at = outer
        made[1].append(parse_xml(f"<a:xfrm {_SPACES}>{_around(made)}</a:xfrm>"))

    def _named(self, name: str, said: str, decoration: bool) -> str:
        described = f'id="{next(self._ids)}" name="{_safe(name)}" descr="{_safe(said)}"'
        return f"<p:cNvPr {described}>{_DECORATION if decoration else ''}</p:cNvPr>"


def _measured(area: Area) -> str:
    left, top, width, height = (round(n * EMU) for n in area)
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'


def _preset(name: str) -> str:
    return f'<a:prstGeom prst="{name}"><a:avLst/></a:prstGeom>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def _line(stroke: Stroke | None) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    head = f'<a:{stroke.head} type="triangle" w="med" len="med"/>' if stroke.head else ""
    return (
        f'<a:ln w="{round(stroke.width * EMU)}">{_solid(stroke.colour)}<a:prstDash val="{stroke.dash}"/>'
        f"<a:round/>{head}</a:ln>"
    )


def _body(words: Words | None) -> str:
    """The text of a shape, which fills its area but for the space kept free."""
    if words is None:
        return ""
    side = round(words.inset * EMU)
    margins = f'lIns="{side}" tIns="0" rIns="{side}" bIns="0"'
    paragraphs = "".join(_paragraph(text, words) for text in words.paragraphs)
    return (
        f'<p:txBody><a:bodyPr wrap="{"square" if words.wrap else "none"}" {margins} anchor="{words.down}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>"
    )


def _paragraph(text: str, words: Words) -> str:
    # the format knows no letters smaller than a point
    kind = f'sz="{max(round(words.size * 100), 100)}" b="{int(words.bold)}" i="{int(words.italic)}"'
    # a break has a size of its own, and a large one would set its line apart
    runs = f"<a:br><a:rPr {kind}/></a:br>".join(
        f'<a:r><a:rPr lang="en-GB" {kind}>{_solid(words.colour)}</a:rPr><a:t>{_safe(line)}</a:t></a:r>'
        for line in text.split("\n")
    )
    apart = f'<a:spcAft><a:spcPts val="{round(words.apart * 100)}"/></a:spcAft>'
    return f'<a:p><a:pPr algn="{words.across}">{apart}</a:pPr>{runs}</a:p>'


def _around(group: Element) -> str:
    """The smallest rectangle around the shapes of a group, in its own measure and in the slide's."""
    corners = [
        (int(at.get("x")), int(at.get("y")), int(size.get("cx")), int(size.get("cy")))
        for at, size in (xfrm[:2] for xfrm in group.iter(f"{{{_DRAWING}}}xfrm"))
    ]
    left, top = min(x for x, _, _, _ in corners), min(y for _, y, _, _ in corners)
    width = max(x + wide for x, _, wide, _ in corners) - left
    height = max(y + high for _, y, _, high in corners) - top
    where = f'x="{left}" y="{top}"/>', f'cx="{width}" cy="{height}"/>'
    return f"<a:off {where[0]}<a:ext {where[1]}<a:chOff {where[0]}<a:chExt {where[1]}"


def _safe(text: str) -> str:
    return escape(printable(text))
