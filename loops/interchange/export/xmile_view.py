"""The drawing of an XMILE model: boxes, the two flows beside each variable, connectors, labels of loops.

A connector leads from a box to the flow that it acts on, so there is a + at each: more of the source wins
more, or loses more. What is lost then carries the - of the arrow on. A box has a connector to its own flows
too, as what is won is a share of what is missing: - at that, unless the box also acts on itself.
Source: XMILE 1.0 (OASIS, 2015), chapter 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from loops.interchange.curves import Point
from loops.interchange.export.running import Running, Stock, Term
from loops.interchange.export.xmile_words import LOST, WON, identifier, number
from loops.model import Loop, Model

_VALVE, _NEAR, _FAR = 90.0, 50.0, 130.0
"""How far a flow's valve and its two ends are from the middle of its box."""


@dataclass
class Drawing:
    """A view that is being drawn, with the names and places of what is on it."""

    view: Element
    names: Mapping[str, str]
    """Of boxes by id, of flows by :data:`WON` or :data:`LOST` and the id of their variable."""
    places: dict[str, Point]
    """By the same keys; empty where boxes have none."""
    uid: int = 0

    def thing(self, tag: str, key: str) -> Element:
        """Draw a box or flow where it stands."""
        return SubElement(self.view, tag, {"name": self.names[key], **_at(self.places.get(key))})

    def numbered(self, tag: str, attributes: Mapping[str, str]) -> Element:
        """Draw a connector or label, with a number of its own."""
        self.uid += 1
        return SubElement(self.view, tag, {"uid": str(self.uid), **attributes})


def draw(view: Element, model: Model, form: Running, names: Mapping[str, str]) -> None:
    """Draw all of `model`."""
    places = {key: node.position for key, node in model.nodes.items() if node.position is not None}
    drawing = Drawing(view, names, places)
    for stock in form.stocks:
        drawing.thing("stock", stock.node.id)
        _flow(drawing, WON + stock.node.id, stock.node.position, -1)
        _flow(drawing, LOST + stock.node.id, stock.node.position, 1)
    for drive in form.drives:
        drawing.thing("aux", drive.node.id)
    for stock in form.stocks:
        _connectors(drawing, stock, WON, stock.won)
        _connectors(drawing, stock, LOST, stock.lost)
    for loop in model.loops:
        _label(drawing, model, loop)


def _flow(drawing: Drawing, key: str, box: Point | None, side: int) -> None:
    """A flow to the left (-1) or right (1) of its box, from left to right."""
    if box is not None:
        drawing.places[key] = (box[0] + side * _VALVE, box[1])
    flow = drawing.thing("flow", key)
    if box is not None:
        points = SubElement(flow, "pts")
        for away in sorted((side * _NEAR, side * _FAR)):
            SubElement(points, "pt", _at((box[0] + away, box[1])))


def _at(place: Point | None) -> dict[str, str]:
    return {} if place is None else {"x": number(place[0]), "y": number(place[1])}


def _connectors(drawing: Drawing, stock: Stock, way: str, terms: Sequence[Term]) -> None:
    """The connectors to one flow: one from the source of each term, and one from its own box."""
    name, flow = stock.node.id, way + stock.node.id
    alone = "-" if way == WON else "+"
    if all(term.link.source != name for term in terms):
        _connect(drawing, (name, flow), {"polarity": alone})
    for term in terms:
        source, link = term.link.source, term.link
        angle = _leaving(drawing.places.get(source), drawing.places.get(flow), link.bend)
        delay = {"delay_mark": "true"} if link.delay else {}
        sign = "none" if source == name and way == WON else "+"
        _connect(drawing, (source, flow), {**angle, "polarity": sign, **delay})


def _connect(drawing: Drawing, ends: tuple[str, str], attributes: Mapping[str, str]) -> None:
    connector = drawing.numbered("connector", attributes)
    for tag, key in zip(("from", "to"), ends, strict=True):
        SubElement(connector, tag).text = identifier(drawing.names[key])


def _leaving(start: Point | None, end: Point | None, bend: float | None) -> dict[str, str]:
    """The angle at which an arc of this bow leaves `start`, as :func:`.bend_leaving` reads it."""
    if start is None or end is None or bend is None:
        return {}
    chord = math.atan2(start[1] - end[1], end[0] - start[0])
    return {"angle": number(math.degrees(chord + 2 * math.atan(2 * bend)) % 360)}


def _label(drawing: Drawing, model: Model, loop: Loop) -> None:
    """A loop's letter in its middle, with its name, its story, and what belongs to it in order."""
    spots = [place for node in loop.path if (place := drawing.places.get(node))]
    middle = tuple(sum(axis) / len(spots) for axis in zip(*spots, strict=True)) if spots else None
    label = drawing.numbered("isee:loop_indicator", {"text": loop.label or "", **_at(middle)})
    SubElement(label, "name").text = loop.name
    if loop.story:
        SubElement(label, "doc").text = loop.story
    entities = SubElement(label, "isee:entities")
    for source, target in loop.pairs:
        flow = LOST if model.signs[source, target] == {"-"} else WON
        SubElement(entities, "entity", {"name": drawing.names[source]})
        SubElement(entities, "entity", {"name": drawing.names[flow + target]})
