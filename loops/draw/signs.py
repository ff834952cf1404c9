"""Where the sign of each arrow stands: beside its arrowhead, at the clearest spot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from loops.draw.arcs import Points, along
from loops.draw.places import SIGN, Box

_BACK = (22.0, 32.0, 43.0, 56.0)
"""Distances behind the tip that are tried."""
_OFF = 15.0
"""Distance from the line."""
_CLEAR = 22.0
"""Beyond this distance from everything else a spot is as good as any."""
CROWD = 400
"""Arrows beyond which the first spot is taken."""


def signs(
    curves: Mapping[str, Points], bends: Mapping[str, float], boxes: Iterable[Box]
) -> dict[str, tuple[float, float]]:
    """The centre of the sign of each arrow."""
    walls = np.array([(box.x, box.y, box.half_width, box.half_height) for box in boxes]).reshape(-1, 4)
    names = list(curves)
    others = np.array([curves[name][::3] for name in names])
    placed: dict[str, tuple[float, float]] = {}
    for place, name in enumerate(names):
        outer = 1 if bends.get(name, 1.0) >= 0 else -1
        spots, merit = _spots(curves[name], outer)
        if len(names) <= CROWD:
            lines = np.delete(others, place, axis=0).reshape(-1, 2)
            taken = np.array(list(placed.values())).reshape(-1, 2)
            merit = merit + np.minimum(_clearance(spots, lines, taken, walls), _CLEAR)
        x, y = spots[int(np.argmax(merit))]
        placed[name] = (float(x), float(y))
    return placed


def _spots(points: Points, outer: int) -> tuple[Points, Points]:
    """Places on both sides of the last part of an arrow, and how much each is liked before looking around."""
    off = np.hypot(*(points - points[-1]).T)
    spots, merit = [], []
    for back in _BACK:
        at = int(np.argmin(np.abs(off - back)))
        way = along(points, at)
        for side in (outer, -outer):
            spots.append(points[at] + side * _OFF * np.array([way[1], -way[0]]))
            merit.append(-0.12 * back - (2.0 if side != outer else 0.0))
    return np.array(spots), np.array(merit)


def _clearance(spots: Points, lines: Points, taken: Points, walls: Points) -> Points:
    """How far each spot is from arrows, signs and boxes; far below 0 where the sign would touch one."""
    clear = np.full(len(spots), np.inf)
    if len(lines):
        clear = np.hypot(*(spots[:, None] - lines).T).min(axis=0)
    if len(taken):
        near = np.abs(spots[:, None] - taken).max(axis=2).min(axis=1)
        clear = np.minimum(clear, np.where(near < 2 * SIGN + 2, near - 120, np.inf))
    if len(walls):
        apart = np.abs(spots[:, None] - walls[:, :2]) - walls[:, 2:]
        gap = apart.max(axis=2).min(axis=1)
        clear = np.minimum(clear, np.where(gap < SIGN + 2, gap - 120, gap + 4))
    return clear
