"""How far an arrow bows, from what drawing programs say of it, and views in a row. On a screen y is down."""

from __future__ import annotations

import math
from collections.abc import Sequence

_MOST = 2.0
"""The largest bow that a link may have, as a share of its length."""
_STRAIGHT = 1e-9

_FARTHEST = 1e6

Point = tuple[float, float]


def point_of(x: float | None, y: float | None) -> Point | None:
    """A place on a drawing; none where a number is missing or beyond any drawing."""
    if x is None or y is None or max(abs(x), abs(y)) > _FARTHEST:
        return None
    return x, y


def bend_through(start: Point, end: Point, via: Point) -> float:
    """The bow of the circular arc from `start` over `via` to `end`: its height as a share of the chord.

    Positive to the left of the way. If the arc is seen from `via` under the angle a, its height is
    cot(a/2)/2 chords (inscribed angle theorem). 0 where the three lie on one line.

    >>> round(bend_through((0, 0), (10, 0), (5, -2)), 6), round(bend_through((0, 0), (10, 0), (5, 5)), 6)
    (0.2, -0.5)
    """
    ux, uy, vx, vy = start[0] - via[0], start[1] - via[1], end[0] - via[0], end[1] - via[1]
    turn = ux * vy - uy * vx
    lengths = math.hypot(ux, uy) * math.hypot(vx, vy)
    if abs(turn) <= _STRAIGHT * lengths or lengths == 0:
        return 0.0
    return _bounded(-(lengths + ux * vx + uy * vy) / (2 * turn))


def bend_leaving(start: Point, end: Point, degrees: float) -> float:
    """The bow of the circular arc that leaves `start` at an angle (0 to the right, 90 up) and ends in `end`.

    An arc that leaves its chord at the angle d is tan(d/2)/2 chords high. Positive to the left of the way.

    >>> round(bend_leaving((0, 0), (10, 0), 90), 6), round(bend_leaving((0, 0), (0, 10), 180), 6)
    (0.5, -0.5)
    """
    if start == end:
        return 0.0
    chord = math.atan2(start[1] - end[1], end[0] - start[0])
    off = math.remainder(math.radians(degrees) - chord, math.tau)
    return _bounded(math.tan(off / 2) / 2)


def _bounded(bend: float) -> float:
    return min(max(bend, -_MOST), _MOST) if math.isfinite(bend) else 0.0


def side_by_side(views: Sequence[Sequence[float]], gap: float = 200.0) -> list[float]:
    """How far to move each of some views to the right, given what is on it from left to right.

    >>> side_by_side([[0, 100], [50, 80], [], [0]])
    [0.0, 250.0, 0.0, 530.0]
    """
    shifts: list[float] = []
    edge: float | None = None
    for across in views:
        shifts.append(edge - min(across) if edge is not None and across else 0.0)
        edge = max(across) + shifts[-1] + gap if across else edge
    return shifts
