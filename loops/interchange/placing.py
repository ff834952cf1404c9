"""Places that a file gives its boxes, brought to the units that our drawings use."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from loops.interchange.draft import DraftNode

Places = list[tuple[float, float]]
_APART = np.array([265.0, 130.0])
"""Distance, across or down, at which two boxes with labels of the usual size stand clear of each other."""
_ROOMY = 1.5
"""Times the width of a square grid of as many boxes that a drawing may fill."""
_ASIDE = np.array([70.0, 60.0])
"""How far a box is moved for each that lies on its spot already."""
_FARTHEST = 1e9
"""In the units of any program; what is farther is no place."""
_CROWDED = 0.9
"""Share of the boxes that are to stand clear of their nearest; a few that touch do not blow the rest up."""


def places_of(nodes: Sequence[DraftNode]) -> Places | None:
    """The centre of every box in drawing units, the first corner at 0; none unless all have a place.

    The scale is the one at which most boxes stand clear of each other, within a bound on the whole drawing.
    Boxes that lie on one spot are fanned out; where most of them do, these are no places.
    """
    given = [node.position for node in nodes if node.position is not None]
    far = (abs(number) for place in given for number in place)
    if len(given) < len(nodes) or not all(number <= _FARTHEST for number in far):
        return None
    points = np.array(given, dtype=float)
    points -= points.min(axis=0)
    if 2 * len(set(given)) <= len(given) > 1:
        return None
    extent = points.max() or 1.0
    points /= extent
    scale = min(_clear(points), _ROOMY * _APART[0] * math.ceil(math.sqrt(len(points))))
    under: Counter[tuple[float, float]] = Counter()
    places = []
    for spot, (x, y) in zip(given, points * scale, strict=True):
        aside = _ASIDE * under[spot]
        places.append((round(float(x + aside[0]), 1), round(float(y + aside[1]), 1)))
        under[spot] += 1
    return places


def on_one_spot(nodes: Sequence[DraftNode]) -> int:
    """How many boxes lie exactly where an earlier one lies."""
    given = [node.position for node in nodes if node.position is not None]
    return len(given) - len(set(given))


def _clear(points: NDArray[np.float64]) -> float:
    """The scale at which most points are as far from all others as boxes have to be."""
    with np.errstate(divide="ignore"):
        needed = (_APART / np.abs(points[:, None] - points[None])).min(axis=2)
    needed[np.isinf(needed)] = 0.0  # a box and itself, or boxes on one spot
    return float(np.quantile(needed.max(axis=1), _CROWDED))
