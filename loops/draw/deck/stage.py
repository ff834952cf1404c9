"""A diagram on a slide, as shapes that can be edited: boxes, arrows with their signs, rings of loops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from loops.draw.arcs import Points, along
from loops.draw.deck import freeform
from loops.draw.deck.slides import Area, Shape, Sheet, Stroke, Words
from loops.draw.elements import KINDS, SIGNS, colour, sentence
from loops.draw.layout import Box, Frame, Layout, Ring, Wire, loops_by_id
from loops.draw.letters import CUT
from loops.draw.palette import LIGHT
from loops.draw.places import FONT, MARK, NAME, RING, contested_at, delay_at
from loops.draw.scale import in_words
from loops.draw.shapes import mix
from loops.model import Context, Lever, Model

DASHES = {"stated": "solid", "inferred": "dash", "assumed": "sysDot", "contested": "lgDashDot"}
"""How well an arrow is known, as dashes of the file format."""
_EARLIER = 0.6
"""How far what was revealed before goes towards the colour of the paper."""
_SIGN, _LETTER, _SHORT_LETTER = 27.0, 17.0, 21.0
_INSET = 10.0
"""Space kept free at the sides of a box, in drawing units, so that a label breaks as in the drawing."""


@dataclass(frozen=True)
class Fit:
    """Drawing units to points of a slide, with the frame of a drawing in the middle of an area."""

    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, frame: Frame, area: Area) -> Fit:
        """As large as the area allows."""
        scale = min(area.width / frame.width, area.height / frame.height)
        left = area.left + (area.width - scale * frame.width) / 2 - scale * frame.left
        return cls(scale, left, area.top + (area.height - scale * frame.height) / 2 - scale * frame.top)

    def points(self, points: Points) -> Points:
        """Where points of the drawing lie on the slide."""
        return points * self.scale + (self.left, self.top)

    def around(self, x: float, y: float, half_width: float, half_height: float) -> Area:
        """Where a rectangle of the drawing lies on the slide."""
        (left, top), size = self.points(np.array([x - half_width, y - half_height])), 2 * self.scale
        return Area(float(left), float(top), half_width * size, half_height * size)


@dataclass(frozen=True)
class Stage:
    """What is on the slide, how it fits, what is new (none: nothing steps back), how full the boxes are."""

    model: Model
    layout: Layout
    fit: Fit
    new: frozenset[str] | None
    """Ids of boxes and loops, and keys of links."""
    levels: Mapping[str, float]

    def earlier(self, name: str) -> bool:
        """Whether something steps back behind what is new."""
        return self.new is not None and name not in self.new

    def put(self, sheet: Sheet) -> None:
        """Put everything on the slide, what is new in front."""
        for wire in sorted(self.layout.wires, key=lambda wire: not self.earlier(wire.key)):
            _arrow(sheet, self, wire)
        for name, box in self.layout.boxes.items():
            _box(sheet, self, name, box)
        for name, ring in self.layout.rings.items():
            _ring(sheet, self, name, ring)


def _arrow(sheet: Sheet, stage: Stage, wire: Wire) -> None:
    earlier, scale = stage.earlier(wire.key), stage.fit.scale
    ink = _faded(colour(wire.link, LIGHT), earlier)
    broad = max(1.25, 2.4 * scale) if earlier else max(2.25, 3.6 * scale)
    points = stage.fit.points(wire.points)
    with sheet.group(f"Arrow {wire.key}", sentence(stage.model, wire.link)):
        area, form = freeform.curve(points)
        sheet.add(Shape("arrow", area, form, stroke=Stroke(ink, broad, DASHES[wire.link.grade], "tailEnd")))
        if wire.link.delay:
            area, form = freeform.bars(_across(points, scale))
            sheet.add(Shape("takes time", area, form, stroke=Stroke(_faded(LIGHT.ink, earlier), broad)))
        if wire.link.grade == "contested":
            x, y = wire.points[contested_at(wire.points)]
            area = stage.fit.around(x, y, MARK, MARK)
            sheet.add(Shape("contested", area, "diamond", LIGHT.paper, Stroke(ink, 1.5)))
        sign = _label(SIGNS[wire.link.polarity], _SIGN * scale, ink, bold=True)
        sheet.add(Shape("sign", stage.fit.around(*wire.sign_at, 12, 15), words=sign))


def _across(points: Points, scale: float) -> list[Points]:
    """Two short bars across the middle of an arrow."""
    middle = delay_at(points)
    way = along(points, middle) * scale
    across = np.array([way[1], -way[0]])
    centres = [points[middle] + shift * way for shift in (-4, 4)]
    return [np.array([centre - 9 * across, centre + 9 * across]) for centre in centres]


def _box(sheet: Sheet, stage: Stage, name: str, box: Box) -> None:
    """A box by kind: rounded, square and thick for a lever, dashed for a circumstance."""
    node, level, earlier = stage.model.nodes[name], stage.levels.get(name), stage.earlier(name)
    stands = stage.new is not None and not earlier
    outline = Stroke(
        LIGHT.ink if stands else _faded(LIGHT.muted, earlier),
        (2.5 if isinstance(node, Lever) else 1.25) + stands,
        "dash" if isinstance(node, Context) else "solid",
    )
    said = node.label if level is None else f"{node.label}: {in_words(level)}"
    # a label that is all there may wrap anew when it is edited; one that was cut keeps its lines
    whole = not box.lines[-1].endswith(CUT) and " ".join(box.lines) == " ".join(node.label.split())
    label = Words(
        (node.label if whole else "\n".join(box.lines),),
        FONT * stage.fit.scale,
        LIGHT.muted if earlier and level is None else LIGHT.ink,
        across="ctr",
        down="ctr",
        wrap=whole,
        inset=_INSET * stage.fit.scale if whole else 0,
    )
    body = Shape(
        name,
        stage.fit.around(box.x, box.y, box.half_width, box.half_height),
        "rect" if isinstance(node, Lever) else "roundRect",
        LIGHT.box if level is None else mix(LIGHT.mid, LIGHT.high, level),
        outline,
        label,
        said,
    )
    if level is None:
        sheet.add(body)
        return
    with sheet.group(f"Box {name}", said):
        sheet.add(body, *_gauge(stage.fit, box, level))


def _gauge(fit: Fit, box: Box, level: float) -> Iterable[Shape]:
    """What the fill says, for those who see no colour: a bar as long as the level."""
    full = box.half_width - 12
    yield Shape("possible", fit.around(box.x, box.y + box.half_height - 6.5, full, 2.5), fill="#d5d8dc")
    share = min(max(level, 0.0), 1.0)
    if share > 0:
        x = box.x - full * (1 - share)
        bar = fit.around(x, box.y + box.half_height - 6.5, full * share, 2.5)
        yield Shape("so far", bar, fill=LIGHT.ink)


def _ring(sheet: Sheet, stage: Stage, name: str, ring: Ring) -> None:
    loop, earlier, fit = loops_by_id(stage.model)[name], stage.earlier(name), stage.fit
    inks = {"R": LIGHT.reinforcing, "B": LIGHT.balancing, "?": LIGHT.unknown}
    ink = _faded(inks[loop.letter], earlier)
    said = f"{ring.label} {loop.name}, {KINDS[loop.letter]}"
    form, head = freeform.ring(clockwise=ring.clockwise)
    size = (_SHORT_LETTER if len(ring.label) < 3 else _LETTER) * fit.scale
    letter = _label(ring.label, size, ink, bold=True)
    title = _label("\n".join(ring.name.lines), NAME * fit.scale, ink, italic=True)
    inner, place = RING - 4, ring.name
    # the name stands on paper, so that it reads across an arrow
    about = fit.around(place.x, place.y, place.half_width + 1, place.half_height)
    with sheet.group(f"Loop {ring.label}", said):
        sheet.add(
            Shape("disc", fit.around(ring.x, ring.y, RING, RING), "ellipse", LIGHT.paper),
            Shape(
                "ring",
                fit.around(ring.x, ring.y, inner, inner),
                form,
                stroke=Stroke(ink, max(1.5, (2.4 if earlier else 3.6) * fit.scale), head=head),
            ),
            Shape("letter", fit.around(ring.x, ring.y, inner, inner), words=letter),
            Shape("name", about, fill=LIGHT.paper, words=title),
        )


def _label(text: str, size: float, ink: str, *, bold: bool = False, italic: bool = False) -> Words:
    """Text in the middle of its place that keeps its lines."""
    return Words((text,), size, ink, bold, italic, "ctr", "ctr", wrap=False)


def _faded(ink: str, earlier: bool) -> str:
    return mix(ink, LIGHT.paper, _EARLIER) if earlier else ink
