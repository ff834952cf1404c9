"""Lay a diagram out: every box, arrow, sign and ring, placed once for each set of boxes shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from loops.draw import draft
from loops.draw.arcs import Points, around, between
from loops.draw.bends import bends
from loops.draw.letters import width, wrap
from loops.draw.places import FONT, LINE, SIGN, Box, Frame, Layout, Ring, Wire, marks_on
from loops.draw.rings import rings
from loops.draw.signs import signs
from loops.editing.pieces import link_keys
from loops.feedback import Feedback, arrows_of, named_of
from loops.model import Link, Model

__all__ = [
    "Box",
    "Frame",
    "Layout",
    "Ring",
    "Wire",
    "link_keys",
    "loop_keys",
    "loops_by_id",
    "place",
    "revealed",
]

_WIDEST, _LINES = 182.0, 4
"""A label is broken at this width and cut after this many lines."""
_PAD = (15.0, 12.0)
_MARGIN = 24.0


@lru_cache(maxsize=64)
def loops_by_id(model: Model) -> dict[str, Feedback]:
    """The named loops by their id in the file, in its order."""
    found: dict[str, Feedback] = {}
    for loop in named_of(model, arrows_of(model)).values():
        if loop.named:
            found.setdefault(loop.named.id, loop)
    return found


@lru_cache(maxsize=64)
def loop_keys(model: Model) -> dict[str, tuple[str, ...]]:
    """The keys of the links along each named loop, by the loop's id in the file."""
    keys = {link: key for key, link in reversed(link_keys(model).items())}
    return {name: tuple(keys[link] for link in loop.links) for name, loop in loops_by_id(model).items()}


def place(model: Model, shown: Sequence[str] | None = None, *, short: bool = False) -> Layout:
    """Lay out the nodes of `shown` (all if none are given) with the links among them.

    In a partial view every box stands where it stands in the whole. With `short` the labels are those of the
    opening view. Raises :class:`KeyError` for an unknown node.
    """
    chosen = tuple(model.nodes) if shown is None else tuple(dict.fromkeys(shown))
    return _placed(model, chosen, short)


def revealed(model: Model, layout: Layout, seen: frozenset[str] | None) -> Layout:
    """The part of a layout that is seen: the loops and boxes in `seen`, or everything if it is none.

    A loop brings its arrows, a box the arrows between it and any other box seen. The frame stays, so that
    nothing moves from step to step.
    """
    if seen is None:
        return layout
    placed = {name: one for name, one in layout.rings.items() if name in seen}
    keys = {key for name in placed for key in loop_keys(model)[name]}
    on_loops = {end for wire in layout.wires if wire.key in keys for end in _ends(wire.link)}
    boxes = {name: box for name, box in layout.boxes.items() if name in seen or name in on_loops}
    wires = tuple(
        wire
        for wire in layout.wires
        if wire.key in keys or (_ends(wire.link) <= boxes.keys() and _ends(wire.link) & seen)
    )
    return Layout(boxes, wires, placed, layout.frame)


def _ends(link: Link) -> set[str]:
    return {link.source, link.target}


@lru_cache(maxsize=128)
def _placed(model: Model, shown: tuple[str, ...], short: bool) -> Layout:
    labels = {name: _lines(model, name, short) for name in shown}
    centres, curved = _centres(model), _bends(model)
    links = {
        key: link for key, link in link_keys(model).items() if link.source in labels and link.target in labels
    }
    boxes = {name: _box(*centres[name], lines) for name, lines in labels.items()}
    curves = {key: _curve(boxes, link, curved.get(key, 0.0)) for key, link in links.items()}
    return _assembled(model, boxes, links, curves, curved)


def _assembled(
    model: Model,
    boxes: dict[str, Box],
    links: Mapping[str, Link],
    curves: dict[str, Points],
    curved: Mapping[str, float],
) -> Layout:
    marks = [mark for key, link in links.items() for mark in marks_on(link, curves[key])]
    spots = signs(curves, curved, [*boxes.values(), *marks])
    wires = tuple(
        Wire(link, key, curves[key], spots[key], curved.get(key, 0.0)) for key, link in links.items()
    )
    whole = {name: keys for name, keys in loop_keys(model).items() if set(keys) <= set(curves)}
    placed = rings(
        [loops_by_id(model)[name] for name in whole],
        [np.vstack([curves[key] for key in keys]) for keys in whole.values()],
        list(boxes.values()),
        list(curves.values()),
        [*marks, *(Box(x, y, SIGN, SIGN, ()) for x, y in spots.values())],
    )
    in_order = {name: placed[name] for name in whole}
    return Layout(boxes, wires, in_order, frame_around(boxes, wires, in_order))


@lru_cache(maxsize=64)
def _centres(model: Model) -> draft.Places:
    return draft.positions(model)


@lru_cache(maxsize=64)
def _bends(model: Model) -> dict[str, float]:
    """Bends are chosen in the whole diagram, so that an arrow bows the same way in every view."""
    centres = _centres(model)
    boxes = {name: _box(*centres[name], _lines(model, name, False)) for name in model.nodes}
    return bends(model, link_keys(model), boxes)


def _lines(model: Model, name: str, short: bool) -> tuple[str, ...]:
    node = model.nodes[name]
    return wrap((node.short if short else None) or node.label, FONT, _WIDEST, _LINES)


def _box(x: float, y: float, lines: tuple[str, ...]) -> Box:
    wide = max(width(line, FONT) for line in lines) / 2 + _PAD[0]
    return Box(x, y, max(wide, 44.0), len(lines) * LINE / 2 + _PAD[1], lines)


def _curve(boxes: Mapping[str, Box], link: Link, bend: float) -> Points:
    if link.source == link.target:
        return around(boxes[link.source])
    return between(boxes[link.source], boxes[link.target], bend)


def frame_around(boxes: Mapping[str, Box], wires: Sequence[Wire], placed: Mapping[str, Ring]) -> Frame:
    """The rectangle that holds some boxes, arrows and rings, with a margin."""
    rectangles = [*boxes.values(), *(ring.name for ring in placed.values())]
    centres = np.array([(one.x, one.y) for one in rectangles]).reshape(-1, 2)
    halves = np.array([(one.half_width, one.half_height) for one in rectangles]).reshape(-1, 2)
    spots = np.array([wire.sign_at for wire in wires]).reshape(-1, 2)
    middles = np.array([(ring.x, ring.y) for ring in placed.values()]).reshape(-1, 2)
    around_all = [centres - halves, centres + halves, spots - SIGN, spots + SIGN, middles - 30, middles + 30]
    points = np.vstack([*around_all, *(wire.points for wire in wires)])
    if not len(points):
        return Frame(0.0, 0.0, 400.0, 200.0)
    (left, top), (right, bottom) = points.min(axis=0) - _MARGIN, points.max(axis=0) + _MARGIN
    return Frame(float(left), float(top), float(right - left), float(bottom - top))
