"""Where the ring of each loop stands with its name: inside the loop, where there is most room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from loops.draw.arcs import Points, clockwise, enclosed
from loops.draw.letters import width, wrap
from loops.draw.places import NAME, NAME_LINE, RING, Box, Ring
from loops.feedback import Feedback

_CELL = 8.0
_ACROSS = 220
"""Cells along the longer side of the drawing, at most."""
_BOX, _LABEL, _LINE = 60.0, 30.0, 1.3
"""What it costs to cover a cell of a box, of a mark or another ring, of an arrow."""
_OUTSIDE, _OFF, _SHARED, _FAR, _TIGHT = 14.0, 0.2, 0.8, 0.02, 0.06
"""What it costs to stand outside the loop and for each unit further off, inside one more loop, for each unit
from its middle, and for each taken cell round about."""
_ROOM = 16.0
_COARSE = 6
"""One point in so many is enough to tell what lies inside a loop."""
CROWD = 60
"""Loops beyond which a ring stands in the middle of its loop, whatever is there."""


@dataclass(frozen=True)
class _Shape:
    """A ring with its name beside or below: half its size, and where ring and name are from its centre."""

    half: tuple[float, float]
    ring: tuple[float, float]
    name: tuple[float, float]
    lines: tuple[str, ...]


class _Ground:
    """The drawing as a grid of cells, each with the cost of covering it."""

    def __init__(self, corner: Points, size: Points) -> None:
        self.corner = corner
        self.cell = max(_CELL, float(size.max()) / _ACROSS)
        columns, rows = (int(n) + 1 for n in size / self.cell)
        self.cost = np.zeros((rows, columns))
        across, down = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        self.centres: Points = corner + self.cell * np.column_stack([across.ravel(), down.ravel()])

    def cover(self, x: float, y: float, half: tuple[float, float], cost: float) -> None:
        """Raise the cost of the cells under a rectangle."""
        left, top = ((np.array([x, y]) - half - self.corner) / self.cell).astype(int).clip(0)
        right, bottom = ((np.array([x, y]) + half - self.corner) / self.cell).astype(int).clip(-1)
        patch = self.cost[top : bottom + 1, left : right + 1]
        np.maximum(patch, cost, out=patch)

    def draw(self, points: Points, cost: float) -> None:
        """Raise the cost of the cells along a curve."""
        steps = np.linspace(0, len(points) - 1, 4 * len(points))
        fine = np.column_stack([np.interp(steps, np.arange(len(points)), axis) for axis in points.T])
        columns, rows = ((fine - self.corner) / self.cell).astype(int).T
        columns, rows = columns.clip(0, self.cost.shape[1] - 1), rows.clip(0, self.cost.shape[0] - 1)
        self.cost[rows, columns] = np.maximum(self.cost[rows, columns], cost)

    def off(self, within: NDArray[np.bool_]) -> NDArray[np.float64]:
        """How far each cell is from those `within`."""
        if not within.any():
            return np.zeros(within.size)
        distance: NDArray[np.float64] = distance_transform_edt(~within.reshape(self.cost.shape))
        return self.cell * distance.ravel()

    def under(self, half: tuple[float, float]) -> NDArray[np.float64]:
        """For a rectangle of this half size centred on each cell: the cost of what it would cover."""
        room = (half[0] + _ROOM, half[1] + _ROOM)
        return self._sums(self.cost, half) + _TIGHT * self._sums(self.cost > 0, room)

    def _sums(self, values: NDArray[Any], half: tuple[float, float]) -> NDArray[np.float64]:
        total = np.pad(values.astype(float).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        rows, columns = values.shape
        reach, drop = (int(np.ceil(n / self.cell)) for n in half)
        left, right = (np.arange(columns) - reach).clip(0), (np.arange(columns) + reach + 1).clip(max=columns)
        top, bottom = (np.arange(rows) - drop).clip(0), (np.arange(rows) + drop + 1).clip(max=rows)
        covered: NDArray[np.float64] = (
            total[np.ix_(bottom, right)]
            - total[np.ix_(top, right)]
            - total[np.ix_(bottom, left)]
            + total[np.ix_(top, left)]
        )
        return covered.ravel()


def rings(
    named: Sequence[Feedback],
    outlines: Sequence[Points],
    boxes: Sequence[Box],
    curves: Sequence[Points],
    marks: Sequence[Box],
) -> dict[str, Ring]:
    """Place the ring of each loop; `outlines` are the curves round each, `marks` must stay readable."""
    if not named:
        return {}
    if len(named) > CROWD:
        return {
            one.named.id: _ring(one, outline, outline.mean(axis=0), _shapes(one)[0])
            for one, outline in zip(named, outlines, strict=True)
            if one.named
        }
    ground = _ground(boxes, curves, marks)
    within = [enclosed(ground.centres, outline[::_COARSE]) for outline in outlines]
    crowd = np.sum(within, axis=0)
    placed: dict[str, Ring] = {}
    for place in sorted(range(len(named)), key=lambda place: len(named[place].links)):
        loop, outline = named[place], outlines[place]
        far = np.hypot(*(ground.centres - _middle(outline)).T)
        liking = _OUTSIDE * ~within[place] + _OFF * ground.off(within[place])
        liking += _SHARED * (crowd - within[place]) + _FAR * far
        best: tuple[float, int, _Shape] | None = None
        for shape in _shapes(loop):
            cost = liking + ground.under(shape.half)
            at = int(np.argmin(cost))
            if best is None or cost[at] < best[0]:
                best = (float(cost[at]), at, shape)
        if best and loop.named:
            _, at, shape = best
            centre = ground.centres[at]
            placed[loop.named.id] = _ring(loop, outline, centre, shape)
            ground.cover(float(centre[0]), float(centre[1]), shape.half, _LABEL)
    return placed


def _ground(boxes: Sequence[Box], curves: Sequence[Points], marks: Sequence[Box]) -> _Ground:
    halves = np.array([(box.half_width, box.half_height) for box in boxes])
    centres = np.array([(box.x, box.y) for box in boxes])
    every = np.vstack([centres - halves, centres + halves, *curves])
    corner, far = every.min(axis=0), every.max(axis=0)
    ground = _Ground(corner, far - corner)
    for curve in curves:
        ground.draw(curve, _LINE)
    for mark in marks:
        ground.cover(mark.x, mark.y, (mark.half_width, mark.half_height), _LABEL)
    for box in boxes:
        ground.cover(box.x, box.y, (box.half_width, box.half_height), _BOX)
    return ground


def _middle(outline: Points) -> Points:
    middle: Points = (outline.min(axis=0) + outline.max(axis=0)) / 2
    return middle


def _shapes(loop: Feedback) -> list[_Shape]:
    """The name below the ring, or to its right or left, on one line or more."""
    shapes = []
    for widest in (1e4, 130.0):
        lines = wrap(loop.name, NAME, min(widest, 260.0), 3)
        wide = max(width(line, NAME) for line in lines) / 2 + 2
        high = len(lines) * NAME_LINE / 2
        below = RING + 6 + high
        shapes.append(_Shape((max(wide, RING), below), (0, RING - below), (0, below - high), lines))
        beside = RING + 8 + wide
        tall = max(RING, high)
        shapes.append(_Shape((beside, tall), (RING - beside, 0), (beside - wide, 0), lines))
        shapes.append(_Shape((beside, tall), (beside - RING, 0), (wide - beside, 0), lines))
    return shapes


def _ring(loop: Feedback, outline: Points, centre: Points, shape: _Shape) -> Ring:
    x, y = (float(n) for n in centre)
    wide = max(width(line, NAME) for line in shape.lines) / 2
    name = Box(x + shape.name[0], y + shape.name[1], wide, len(shape.lines) * NAME_LINE / 2, shape.lines)
    label = (loop.named.label if loop.named else None) or loop.letter
    return Ring(x + shape.ring[0], y + shape.ring[1], clockwise(outline), label, name)
