"""Plane geometry of the drawing: circular arcs, rectangles, what crosses, what lies inside. y points down."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points in a row, shape (n, 2)."""
STRAIGHT = 1e-3
"""A bend smaller than this is drawn as a straight line."""
_SAMPLES = 49
_SEARCH = np.linspace(0, 1, 193)
_FINER = np.linspace(0, _SEARCH[1], 17)
_START_GAP, _TIP_GAP = 3.0, 5.0
"""Space between a box and the arrow that leaves it, and the tip of the arrow that reaches it."""
_SHORTEST = 8


class Rectangle(Protocol):
    """Anything with a centre and half a width and height."""

    @property
    def x(self) -> float:
        """Centre, from left to right."""

    @property
    def y(self) -> float:
        """Centre, from top to bottom."""

    @property
    def half_width(self) -> float:
        """Half of the width."""

    @property
    def half_height(self) -> float:
        """Half of the height."""


def arc(start: Points, end: Points, bend: float, at: NDArray[np.float64]) -> Points:
    """Points of the circular arc from `start` to `end` at the shares `at` of its way.

    Its middle stands off the straight line by `bend` of that line's length, to the left on the way along it.
    """
    way = end - start
    length = float(np.hypot(*way))
    if abs(bend) < STRAIGHT or length == 0:
        straight: Points = start + at[:, None] * way
        return straight
    off = bend * length
    radius = (length**2 / 4 + off**2) / (2 * off)
    centre = (start + end) / 2 + np.array([way[1], -way[0]]) / length * (off - radius)
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    angles = first + 4 * math.atan(2 * bend) * at
    return centre + abs(radius) * np.column_stack([np.cos(angles), np.sin(angles)])


def between(start: Rectangle, end: Rectangle, bend: float) -> Points:
    """The part outside both boxes of the arc that joins their centres."""
    first, last = np.array([start.x, start.y]), np.array([end.x, end.y])
    trial = arc(first, last, bend, _SEARCH)
    outside = np.flatnonzero(~(inside(trial, start, _START_GAP) | inside(trial, end, _TIP_GAP)))
    if outside.size < _SHORTEST:  # boxes that overlap: show that there is an arrow all the same
        return arc(first, last, bend, np.linspace(0.3, 0.7, _SAMPLES))
    # closer to the edges: the search alone could miss them by a hundredth of a long way
    leaving = _SEARCH[outside[0]] - _FINER
    leaving = leaving[~inside(arc(first, last, bend, leaving), start, _START_GAP)].min()
    coming = _SEARCH[outside[-1]] + _FINER
    coming = coming[~inside(arc(first, last, bend, coming), end, _TIP_GAP)].max()
    return arc(first, last, bend, np.linspace(leaving, coming, _SAMPLES))


def around(box: Rectangle) -> Points:
    """A small loop on top of a box, for an arrow from a node to itself."""
    angles = np.linspace(math.pi * 0.82, math.pi * 2.18, _SAMPLES)
    return np.column_stack([box.x + 30 * np.cos(angles), box.y - box.half_height - 20 + 30 * np.sin(angles)])


def inside(points: Points, box: Rectangle, pad: float = 0.0) -> NDArray[np.bool_]:
    """Which points lie in the rectangle, or closer to it than `pad` on each axis."""
    across: NDArray[np.bool_] = np.abs(points[..., 0] - box.x) < box.half_width + pad
    return across & (np.abs(points[..., 1] - box.y) < box.half_height + pad)


def touch(one: Rectangle, other: Rectangle, gap: float = 0.0) -> bool:
    """Whether two rectangles overlap, or come closer than `gap`."""
    return (
        abs(one.x - other.x) < one.half_width + other.half_width + gap
        and abs(one.y - other.y) < one.half_height + other.half_height + gap
    )


def along(points: Points, place: int) -> Points:
    """The direction of a curve at one of its points, of length 1."""
    way = points[min(place + 1, len(points) - 1)] - points[max(place - 1, 0)]
    direction: Points = way / (float(np.hypot(*way)) or 1.0)
    return direction


def crossings(curve: Points, others: Points) -> NDArray[np.intp]:
    """How often a curve (n, 2) crosses each of the others (m, k, 2), all as rows of straight pieces."""
    a, b = curve[None, :-1, None], curve[None, 1:, None]
    c, d = others[:, None, :-1], others[:, None, 1:]
    first = turn(a, b, c) * turn(a, b, d) < 0
    second = turn(c, d, a) * turn(c, d, b) < 0
    count: NDArray[np.intp] = np.count_nonzero(first & second, axis=(1, 2))
    return count


def turn(a: Points, b: Points, c: Points) -> NDArray[np.float64]:
    """Twice the area of the triangle from `a` over `b` to `c`: its sign says which way that turns."""
    doubled: NDArray[np.float64] = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (
        b[..., 1] - a[..., 1]
    ) * (c[..., 0] - a[..., 0])
    return doubled


def enclosed(points: Points, outline: Points) -> NDArray[np.bool_]:
    """Which points lie inside a closed outline (even-odd rule)."""
    x, y = points[:, None, 0], points[:, None, 1]
    start, end = outline, np.roll(outline, -1, axis=0)
    level = end[:, 1] - start[:, 1]
    slope = np.where(level == 0, 0.0, (end[:, 0] - start[:, 0]) / np.where(level == 0, 1.0, level))
    passes = (start[:, 1] > y) != (end[:, 1] > y)
    hits = passes & (x < start[:, 0] + slope * (y - start[:, 1]))
    odd: NDArray[np.bool_] = np.count_nonzero(hits, axis=1) % 2 == 1
    return odd


def clockwise(outline: Points) -> bool:
    """Whether a closed outline turns clockwise as seen on the screen."""
    following = np.roll(outline, -1, axis=0)
    return float(np.sum(outline[:, 0] * following[:, 1] - following[:, 0] * outline[:, 1])) > 0
