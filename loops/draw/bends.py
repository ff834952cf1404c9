"""How far each arrow bows: as the file says, or else outwards from its loops and clear of everything."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from loops.draw.arcs import Points, between, crossings
from loops.draw.places import Box
from loops.model import Link, Model

_BENDS = tuple(side * size for size in (0.12, 0.2, 0.3, 0.42) for side in (1, -1))
_DEEP = tuple(side * size / 100 for size in range(56, 200, 14) for side in (1, -1))
"""The bends tried, and those of still more arrows between the same two boxes."""
_APART = 0.139
"""Least difference of bends between arrows that join the same two boxes."""
CROWD = 60
"""Boxes beyond which bends are not searched for: with thousands of arrows it would take too long."""
_MANY = 150
"""Arrows beyond which the search does not look at what they cross."""


def bends(model: Model, links: Mapping[str, Link], boxes: Mapping[str, Box]) -> dict[str, float]:
    """The bend of every link by key; links from a node to itself have none."""
    outward = _outward(model, boxes)
    chosen: dict[str, float] = {}
    drawn: list[Points] = []
    beside: dict[frozenset[str], list[float]] = {}
    for key, link in links.items():
        if link.source == link.target:
            continue
        # the same bend seen from the other end lies on the other side
        facing = 1.0 if link.source < link.target else -1.0
        used = beside.setdefault(frozenset((link.source, link.target)), [])
        if link.bend is not None:
            bend = link.bend
        else:
            bend = _choose(link, boxes, drawn, outward, [facing * one for one in used])
        chosen[key] = bend
        used.append(facing * bend)
        if len(links) <= _MANY and len(boxes) <= CROWD:
            drawn.append(between(boxes[link.source], boxes[link.target], bend)[::4])
    return chosen


def _outward(model: Model, boxes: Mapping[str, Box]) -> dict[tuple[str, str], float]:
    """For each pair on a named loop, the side away from the loop's middle; short loops weigh more."""
    sides: dict[tuple[str, str], float] = {}
    for loop in model.loops:
        places = np.array([(boxes[name].x, boxes[name].y) for name in loop.path])
        middle = places.mean(axis=0)
        for pair, start, end in zip(loop.pairs, places, np.roll(places, -1, axis=0), strict=True):
            way = end - start
            off = float(np.sign(((start + end) / 2 - middle) @ np.array([way[1], -way[0]])))
            sides[pair] = sides.get(pair, 0.0) + off / len(places) ** 2
    return sides


def _free(choice: tuple[float, ...], used: list[float]) -> list[float]:
    return [bend for bend in choice if all(abs(bend - one) >= _APART for one in used)]


def _choose(
    link: Link,
    boxes: Mapping[str, Box],
    drawn: list[Points],
    outward: Mapping[tuple[str, str], float],
    used: list[float],
) -> float:
    free = _free(_BENDS, used) or _free(_DEEP, used)[:1] or list(_BENDS)
    side = outward.get((link.source, link.target), 0.0)
    if len(boxes) > CROWD:
        return free[0] if side >= 0 else min(free, key=lambda bend: (bend > 0, abs(bend)))
    others = [box for name, box in boxes.items() if name not in (link.source, link.target)]
    walls = np.array([(box.x, box.y, box.half_width + 8, box.half_height + 8) for box in others])
    walls = walls.reshape(-1, 4)
    stack = np.array(drawn)

    def cost(bend: float) -> float:
        points = between(boxes[link.source], boxes[link.target], bend)
        off = np.abs(points[:, None] - walls[:, :2]) < walls[:, 2:]
        through = int(off.all(axis=2).any(axis=0).sum())
        crossed = int(crossings(points[::4], stack).sum()) if drawn else 0
        depth = abs(bend) * float(np.hypot(*(points[-1] - points[0]))) / 120
        return 12 * through + 2 * crossed + depth + 2 * (bend * side < 0) + 4 * abs(abs(bend) - 0.2)

    return min(free, key=cost)
