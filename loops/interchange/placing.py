"""Places that a file gives its boxes, brought to the units that our drawings use."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from loops.interchange.draft import DraftNode

Places = list[tuple[float, float]]
_APART = np.array([265.0, 130.0])
"""Distance, across or down, at which two boxes with labels of the usual size stand clear of each other."""
_ROOMY = 1.5
"""Times the width of a square grid of as many boxes that a drawing may fill."""
_CROWDED = 0.9
"""Share of the boxes that are to stand clear of their nearest; a few that touch do not blow the rest up."""


def places_of(nodes: Sequence[DraftNode]) -> Places | None:
    """The centre of every box in drawing units, the first corner at 0; none unless all have one of their own.

    The scale is the one at which most boxes stand clear of each other, within a bound on the whole drawing.
    """
    given = [node.position for node in nodes if node.position is not None]
    if len(given) < len(nodes) or not all(math.isfinite(number) for place in given for number in place):
        return None
    points = np.array(given, dtype=float)
    if len(np.unique(points, axis=0)) < len(points):
        return None
    points -= points.min(axis=0)
    extent = points.max()
    if len(points) == 1 or not 0 < extent < 1e12:
        return [(0.0, 0.0)] if len(points) == 1 else None
    points /= extent
    scale = min(_clear(points), _ROOMY * _APART[0] * math.ceil(math.sqrt(len(points))))
    return [(round(float(x), 1), round(float(y), 1)) for x, y in points * scale]


def _clear(points: np.ndarray) -> float:
    """The scale at which most points are as far from all others as boxes have to be."""
    with np.errstate(divide="ignore"):
        needed = (_APART / np.abs(points[:, None] - points[None])).min(axis=2)
    np.fill_diagonal(needed, 0.0)
    return float(np.quantile(needed.max(axis=1), _CROWDED))
