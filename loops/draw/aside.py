"""Where words stand on a chart so that they cover nothing."""

from __future__ import annotations

import numpy as np

from loops.kernel import Floats

_WIDE, _HIGH = 0.36, 0.07
"""How much of a picture, 0 to 1 each way, a few words take on a phone; on a large screen they take less."""
_PLACES = 33
SPREAD = np.stack([np.linspace(-0.5, 0.5, 5) * _WIDE, np.zeros(5)], axis=1)
"""Points (5, 2) that stand for words around their middle, for words that come later."""


def clear_of(taken: Floats, wanted: Floats) -> Floats:
    """The middle (2,) of the place for words nearest to `wanted` that holds no point of `taken` (P, 2).

    Where there is none it is `wanted` itself.

    >>> clear_of(np.array([[0.5, 0.5]]), np.array([0.5, 0.51])).round(2).tolist()
    [0.5, 0.55]
    """
    x, y = np.meshgrid(np.linspace(_WIDE / 2, 1 - _WIDE / 2, _PLACES), np.linspace(_HIGH, 1 - _HIGH, _PLACES))
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    apart = (np.abs(places[:, None] - taken[None]) / [_WIDE / 2, _HIGH / 2]).max(axis=2).min(axis=1)
    clear = places[apart > 1]
    if not clear.size:
        return wanted
    nearest: Floats = clear[np.hypot(*(clear - wanted).T).argmin()]
    return nearest
