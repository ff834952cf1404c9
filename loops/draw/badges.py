"""What people said of a box as a word on its edge, where it hides no arrowhead and no sign."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from loops.draw.arcs import Points
from loops.draw.letters import width
from loops.draw.places import NAME, SIGN, Layout
from loops.draw.shapes import BADGE_WIDTH

_OUT = 8.0
"""How far the middle of a badge is from the edge of its box: the label inside stays free."""
_CLEAR = 14.0
"""Beyond this distance from every arrowhead and sign a spot is as good as any."""
_SPOTS = np.array([(along, side) for along in (0.0, 0.7, -0.7, 0.35, -0.35, 1.0, -1.0) for side in (1, -1)])
"""Shares of half the width and height, the most liked first."""


def spots(layout: Layout, said: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """The centre of the badge of each box of the layout of which something is said."""
    tips = [point for wire in layout.wires for point in (wire.points[-1], wire.points[-4])]
    taken = np.array([*tips, *(wire.sign_at for wire in layout.wires)]).reshape(-1, 2)
    left, right = layout.frame.left, layout.frame.left + layout.frame.width
    found = {}
    for name, box in layout.boxes.items():
        if name in said:
            half = np.array([min(width(said[name], NAME), BADGE_WIDTH) / 2 + 8, (NAME + 8) / 2])
            there = np.array([box.x, box.y]) + _SPOTS * [box.half_width, box.half_height + _OUT]
            there[:, 0] = np.clip(there[:, 0], left + half[0], right - half[0])
            reach = np.abs(there - [box.x, box.y]).max(axis=0) + half + SIGN / 2 + _CLEAR
            near = taken[(np.abs(taken - [box.x, box.y]) < reach).all(axis=1)]
            x, y = there[int(np.argmax(_clearance(there, half, near)))]
            found[name] = (float(x), float(y))
    return found


def _clearance(there: Points, half: Points, taken: Points) -> Points:
    """How far a badge of half this size is from what it may not hide, at each place; as far as matters."""
    if not len(taken):
        return np.zeros(len(there))
    gap: Points = (np.abs(there[:, None] - taken) - half - SIGN / 2).max(axis=2).min(axis=1)
    return gap.clip(max=_CLEAR)
