"""How much of a small push comes back once round a loop: in words, and as a place on an axis."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import numpy as np

from loops.kernel import Floats

TICKS = (
    (0.0, "nothing"),
    (0.02, "a fiftieth"),
    (0.05, "a twentieth"),
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.5, "half"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
    (1.0, "all"),
    (1.5, "1½ times"),
    (2.0, "twice"),
    (4.0, "4 times"),
    (10.0, "10 times"),
    (100.0, "100 times"),
)
"""How much of a push comes back, in words."""
_EDGES = np.array([0.01, *(sqrt(low * high) for (low, _), (high, _) in pairwise(TICKS[1:])), 200.0])
"""Where one word gives way to the next: half way by ratio, and at a hundredth and 200 times."""
_AMOUNTS = ("almost nothing", *(word for _, word in TICKS[1:]), "more than 200 times")
_STRAIGHT = (_AMOUNTS[0], *(f"about {word}" for word in _AMOUNTS[1:-1]), _AMOUNTS[-1])
_SAID = (_STRAIGHT, (_AMOUNTS[0], *(f"{word}, turned round" for word in _STRAIGHT[1:])))
"""What is said of what comes back as it was, and of what comes back turned round."""
_GRID = (0.0, 1.0, 0.5, 100.0, 10.0, 2.0, 0.25, 0.1, 4.0, 0.75)
_FINE_GRID = (0.0, 0.1, 0.2, 0.05, 0.02)
"""What may stand on an axis, the first before the others where there is no room for both."""
_APART = 0.09
"""Least distance of two marks, as a share of the axis."""


def comes_back(gain: float) -> str:
    """How much of a small push a loop gives back, in words.

    >>> comes_back(0.004), comes_back(0.09), comes_back(0.34), comes_back(-0.5), comes_back(1.0)
    ('almost nothing', 'about a tenth', 'about a third', 'about half, turned round', 'about all')
    """
    return all_in_words(np.array([gain]))[0]


def all_in_words(gains: Floats) -> list[str]:
    """The same for many."""
    places = np.searchsorted(_EDGES, np.abs(gains), side="right")
    ways = np.where(gains < 0, 1, 0)
    return [_SAID[way][place] for way, place in zip(ways, places, strict=True)]


def amount(size: float) -> str:
    """The same in a word or two, without the way it comes back.

    >>> amount(0.09), amount(3.3)
    ('a tenth', '4 times')
    """
    return _AMOUNTS[int(np.searchsorted(_EDGES, size, side="right"))]


def height(gains: Floats) -> Floats:
    """Where gains stand on the axis: as they are up to 1, beyond it by their logarithm, so that all fit."""
    size = np.abs(gains)
    squeezed: Floats = np.sign(gains) * np.where(size > 1, 1 + np.log(np.maximum(size, 1)), size)
    return squeezed


def marks(ends: tuple[float, float]) -> list[tuple[float, str]]:
    """Where words stand on an axis with these ends, as many as stand apart: the roundest first."""
    low, high = ends
    words = dict(TICKS)
    made: list[tuple[float, str]] = []
    wanted = _GRID if max(high, -low) > 0.3 else _FINE_GRID
    for gain in (sign * gain for gain in wanted for sign in (1, -1)):
        at = float(height(np.array(gain)))
        if low <= at <= high and all(abs(at - other) >= _APART * (high - low) for other, _ in made):
            made.append((at, words[abs(gain)]))
    return made
