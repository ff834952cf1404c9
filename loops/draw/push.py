"""How much of a small push comes back once round a loop: in words, and as a place on an axis."""

from __future__ import annotations

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
    (1.0, "all of it"),
    (1.5, "1½ times"),
    (2.0, "twice"),
    (4.0, "4 times"),
    (10.0, "10 times"),
    (100.0, "100 times"),
)
"""How much of a push comes back, in words."""
_NEXT_TO_NOTHING = "almost nothing"
_GRID = (0.0, 1.0, 0.5, 100.0, 10.0, 2.0, 0.25, 0.1, 4.0, 0.75)
_FINE_GRID = (0.0, 0.1, 0.2, 0.05, 0.02)
"""What may stand on an axis, the first before the others where there is no room for both."""
_APART = 0.09
"""Least distance of two marks, as a share of the axis."""


def comes_back(gain: float) -> str:
    """How much of a small push a loop gives back, in words.

    >>> comes_back(0.004), comes_back(0.09), comes_back(0.34), comes_back(-0.5), comes_back(1.0)
    ('almost nothing', 'about a tenth', 'about a third', 'about half, turned round', 'about all of it')
    """
    said = amount(abs(gain))
    if said == _NEXT_TO_NOTHING:
        return said
    about = said if said.startswith("more") else f"about {said}"
    return f"{about}, turned round" if gain < 0 else about


def amount(size: float) -> str:
    """The same in a word or two, without the way it comes back.

    >>> amount(0.09), amount(3.3)
    ('a tenth', '4 times')
    """
    if size < TICKS[1][0] / 2:
        return _NEXT_TO_NOTHING
    if size > 2 * TICKS[-1][0]:
        return "more than 200 times"
    return min(TICKS[1:], key=lambda tick: abs(np.log(tick[0] / size)))[1]


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
