"""Patient rule induction (PRIM): the box of values in which failures crowd, found by thin slices.

Peel off, again and again, a thin slice at the end of one column where failures are missing; of the boxes on
the way take the best; then paste slices back on while that makes it better still.

References: Friedman & Fisher (1999), Bump hunting in high-dimensional data, Stat. Comput. 9:123-143; Bryant
& Lempert (2010), Thinking inside the box, Technol. Forecast. Soc. Change 77:34-49. They peel where the slice
itself is poorest. Among 170 columns some slice of a dozen worlds is always poor by luck, so here the end is
chosen by how unlikely its shortfall is, over widths of one slice and more; one slice is peeled all the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.kernel import Floats, Ints

Bools = NDArray[np.bool_]

SLICE = 0.05
"""The share of the worlds in the box that one peel takes off, or one paste puts back."""
LOOK_AHEAD = (1, 4, 8)
"""Slices over which the shortfall at the end of a column is judged: a twentieth, a fifth and two fifths."""
PATIENCE = (1.0, 0.5)
"""Largest shares of the worlds that one peel may take: both are tried. A column with two values has no thin
slice, and where most links are there, taking those worlds off at once may leave too few to go on with."""
MOST_COLUMNS = 5
"""Columns that a box may restrict: a box of many fits the luck of these worlds, and nobody could tell it."""
FEWEST = 10
"""Worlds that a box must hold."""
BELOW, ABOVE = 0, 1
"""Rows of a box's bounds."""


@dataclass(frozen=True)
class Box:
    """Worlds whose every column lies between two bounds, both included."""

    bounds: Floats  # (2, C) lowest and highest; infinite where nothing is asked

    @property
    def restricted(self) -> Ints:
        """The columns of which something is asked."""
        return np.flatnonzero(np.isfinite(self.bounds).any(axis=0))

    def holds(self, values: Floats, *, but: int | None = None) -> Bools:
        """Which worlds (W, C) are inside, whatever their value in column `but`; shape (W,)."""
        asked = [c for c in self.restricted if c != but]
        low, high = self.bounds[:, asked]
        inside: Bools = ((values[:, asked] >= low) & (values[:, asked] <= high)).all(axis=1)
        return inside

    def score(self, values: Floats, fails: Bools) -> float:
        """Correlation between being inside and failing (phi: Matthews 1975, Biochim. Biophys. Acta 405:442).

        1 when all failures and nothing else are inside, 0 when failures are no more frequent inside. It
        weighs coverage (failures that are inside) and density (inside that are failures) alike, whether
        failures are seldom or not. With h failures among the b of W worlds inside, and f failures in all, it
        is (W h - b f) / sqrt(b f (W - b) (W - f)).
        """
        inside = self.holds(values)
        worlds, within, failures = float(fails.size), float(inside.sum()), float(fails.sum())
        spread = within * failures * (worlds - within) * (worlds - failures)
        surplus = worlds * float(np.sum(inside & fails)) - within * failures
        return surplus / math.sqrt(spread) if spread else 0.0

    def with_bound(self, side: int, column: int, bound: float) -> Box:
        """The box with one bound moved."""
        bounds = self.bounds.copy()
        bounds[side, column] = bound
        return Box(bounds)


def best_box(values: Floats, fails: Bools) -> Box:
    """The box with the highest score on the way of peeling, pasted; without any bound if none is better.

    `values` is (W, C) in any units that keep the order, `fails` (W,). Raises :class:`ValueError` when nothing
    fails: then no box is better than another.
    """
    if not fails.any():
        raise ValueError("nothing fails: there is no box to look for")
    boxes = [box for most in PATIENCE for box in _peeled(values, fails, most)]
    return _pasted(max(boxes, key=lambda box: box.score(values, fails)), values, fails)


def _peeled(values: Floats, fails: Bools, most: float) -> list[Box]:
    """Every box on the way from all worlds to a few; a peel takes at most the share `most`."""
    world = np.argsort(values.T, axis=1, kind="stable")  # (C, n), each column in its own order
    ordered = np.take_along_axis(values.T, world, axis=1)
    column = np.arange(len(world))
    boxes = [Box(np.repeat([[-np.inf], [np.inf]], len(world), axis=1))]
    while world.shape[1] > FEWEST:
        failing = fails[world]
        low, lack, left = _low_end(ordered, failing)
        high, lack_high, left_high = _low_end(-ordered[:, ::-1], failing[:, ::-1])
        bounds, short, left = np.stack([low, -high]), np.stack([lack, lack_high]), np.stack([left, left_high])
        short[left < max(FEWEST, (1 - most) * world.shape[1])] = 0
        side, row = map(int, np.unravel_index(short.argmax(), short.shape))
        if short[side, row] <= 0:
            break
        boxes.append(boxes[-1].with_bound(side, int(column[row]), bounds[side, row]))
        if (asked := boxes[-1].restricted).size == MOST_COLUMNS:
            kept = np.isin(column, asked)
            column, world, ordered = column[kept], world[kept], ordered[kept]
        stays = boxes[-1].holds(values)[world]
        ordered = ordered[stays].reshape(len(world), -1)
        world = world[stays].reshape(len(world), -1)
    return boxes


def _low_end(ordered: Floats, failing: Bools) -> tuple[Floats, Floats, Ints]:
    """For each ordered column (C, n): lowest value left when a slice goes, the lack there, how many are left.

    The lack is how far failures fall short, in standard deviations: of m worlds drawn from n of which k fail,
    m k / n fail on average, with the variance of the hypergeometric distribution. The largest over slices of
    several widths counts. Equal values go together, so a slice may be wider than it should.
    """
    count, failed = ordered.shape[1], np.cumsum(failing, axis=1)
    rate, lowest = failing[0].mean(), np.sum(ordered == ordered[:, :1], axis=1)
    bounds, gone = [], []
    for many in LOOK_AHEAD:
        first = np.clip(lowest, math.ceil(SLICE * many * count), count - 1)
        bounds.append(np.take_along_axis(ordered, first[:, None], axis=1))
        gone.append(np.sum(ordered < bounds[-1], axis=1))
    drawn = np.stack(gone)
    hits = np.where(drawn, np.take_along_axis(failed, np.maximum(drawn.T - 1, 0), axis=1).T, 0)
    spread = np.sqrt(drawn * rate * (1 - rate) * (count - drawn) / (count - 1))
    lack = np.divide(drawn * rate - hits, spread, out=np.zeros(drawn.shape), where=spread > 0)
    return bounds[0][:, 0], lack.max(axis=0), count - drawn[0]


def _pasted(box: Box, values: Floats, fails: Bools) -> Box:
    """The box with slices put back while its score rises."""
    while True:
        sides = [(side, int(c)) for side, c in np.argwhere(np.isfinite(box.bounds))]
        wider = [_wider(box, side, c, values) for side, c in sides]
        best = max(wider, key=lambda each: each.score(values, fails), default=box)
        if best.score(values, fails) <= box.score(values, fails):
            return box
        box = best


def _wider(box: Box, side: int, column: int, values: Floats) -> Box:
    """The box with the nearest slice beyond one of its bounds, or without that bound."""
    free = np.inf if side == ABOVE else -np.inf
    within = box.with_bound(side, column, free)
    outside = values[within.holds(values) & ~box.holds(values), column]
    taken = int(np.ceil(SLICE * box.holds(values).sum()))
    if outside.size <= taken:
        return within
    ordered = np.sort(outside) if side == ABOVE else -np.sort(-outside)
    return box.with_bound(side, column, ordered[taken - 1])
