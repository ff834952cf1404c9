"""The slide that says how to read the drawing: what its marks mean, and how well the arrows are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from loops.draw.deck import freeform
from loops.draw.deck.slides import Area, Shape, Sheet, Stroke, Words
from loops.draw.deck.stage import DASHES
from loops.draw.elements import GRADES, SIGNS
from loops.draw.palette import LIGHT
from loops.draw.scale import SCALE
from loops.draw.shapes import mix
from loops.model import Model

_SIZE = 17.0
_LEFT, _RIGHT, _TOP, _ROW = 40.0, 500.0, 124.0, 62.0
_SAMPLE, _TEXT = 86.0, 346.0
_MEANS = {
    "stated": "a source says so in its own words",
    "inferred": "it follows from what a source says",
    "assumed": "no source says so: our assumption",
    "contested": "sources point both ways",
}


def reading(sheet: Sheet, model: Model) -> None:
    """Put the explanations on a slide, in two columns."""
    counts = Counter(link.grade for link in model.links)
    loops = (
        (_arrow(LIGHT.positive, "solid", "+"), "More leads to more, and less leads to less."),
        (_arrow(LIGHT.negative, "solid", "-"), "More leads to less, and less leads to more."),
        ((*_arrow(LIGHT.muted, "solid", ""), _bars()), "Two bars: it takes time."),
        (_ring(LIGHT.reinforcing, "R"), "Snowball: a change feeds on itself, either way."),
        (_ring(LIGHT.balancing, "B"), "Brake: a change is held back. It blames nobody."),
    )
    diamond = Shape("contested", Area(26, -8, 12, 12), "diamond", LIGHT.paper, Stroke(LIGHT.muted, 1.5))
    known = tuple(
        (
            (*_arrow(LIGHT.muted, DASHES[grade], ""), *([diamond] if grade == "contested" else ())),
            f"{grade.capitalize()}: {_MEANS[grade]} ({counts[grade]}).",
        )
        for grade in GRADES
    )
    full = (_boxes(), "How far something has come: not yet, a little, partly, mostly, fully.")
    _column(sheet, _LEFT, "Arrows and loops", loops)
    _column(sheet, _RIGHT, f"How we know each of the {len(model.links)} arrows", (*known, full))


def _column(sheet: Sheet, x: float, title: str, rows: Iterable[tuple[Iterable[Shape], str]]) -> None:
    head = Words((title,), _SIZE, LIGHT.muted, bold=True)
    sheet.add(Shape("heading", Area(x, _TOP - 28, _SAMPLE + _TEXT, 22), words=head))
    for row, (sample, text) in enumerate(rows):
        y = _TOP + row * _ROW
        with sheet.group("How to read it", text):
            sheet.add(*(_moved(shape, x, y + _ROW / 2) for shape in sample))
        words = Words((text,), _SIZE, LIGHT.ink, down="ctr")
        sheet.add(Shape("meaning", Area(x + _SAMPLE, y, _TEXT, _ROW), words=words))


def _moved(shape: Shape, x: float, y: float) -> Shape:
    """A sample drawn with its left end at (0, 0), in its place."""
    area = shape.area._replace(left=shape.area.left + x, top=shape.area.top + y)
    return Shape(shape.name, area, shape.form, shape.fill, shape.stroke, shape.words)


def _arrow(colour: str, dash: str, sign: str) -> tuple[Shape, ...]:
    points = np.array([(0.0, 8.0), (36.0, -2.0), (72.0, 8.0)])
    area, form = freeform.curve(points)
    arrow = Shape("arrow", area, form, stroke=Stroke(colour, 2.5, dash, "tailEnd"))
    if not sign:
        return (arrow,)
    words = Words((SIGNS[sign],), 20, colour, bold=True, across="ctr", down="ctr", wrap=False)
    return arrow, Shape("sign", Area(56, -20, 20, 20), words=words)


def _bars() -> Shape:
    area, form = freeform.bars([np.array([(x, -9.0), (x, 5.0)]) for x in (33.5, 38.5)])
    return Shape("takes time", area, form, stroke=Stroke(LIGHT.ink, 2.25))


def _ring(colour: str, letter: str) -> tuple[Shape, ...]:
    form, head = freeform.ring(clockwise=True)
    area = Area(18, -18, 36, 36)
    words = Words((letter,), 17, colour, bold=True, across="ctr", down="ctr", wrap=False)
    turn = Shape("ring", area, form, stroke=Stroke(colour, 2.5, head=head))
    return turn, Shape("letter", area, words=words)


def _boxes() -> tuple[Shape, ...]:
    outline = Stroke(LIGHT.muted, 1)
    return tuple(
        Shape("box", Area(15.0 * at, -8, 13, 16), "roundRect", mix(LIGHT.mid, LIGHT.high, level), outline)
        for at, (level, _) in enumerate(SCALE)
    )
