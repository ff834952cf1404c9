"""Ishigami & Homma's function (1990) of three uniform numbers, and its indices in closed form.

sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1 on (-pi, pi): the published indices are .3139, .4424, 0 at first order
and .5576, .4424, .2437 in total (Saltelli et al., Global Sensitivity Analysis: The Primer, 2008).
"""

from __future__ import annotations

import numpy as np

_A, _B = 7.0, 0.1
VARIANCE = _A**2 / 8 + _B * np.pi**4 / 5 + _B**2 * np.pi**8 / 18 + 0.5
FIRST = {"1": (1 + _B * np.pi**4 / 5) ** 2 / 2 / VARIANCE, "2": _A**2 / 8 / VARIANCE, "3": 0.0}
TOTAL = {"1": 1 - FIRST["2"], "2": FIRST["2"], "3": 1 - FIRST["1"] - FIRST["2"]}


def ishigami(units: np.ndarray) -> np.ndarray:
    """The function of the first three columns, numbers uniform in (0, 1)."""
    x = np.pi * (2 * units - 1)
    return np.sin(x[:, 0]) + _A * np.sin(x[:, 1]) ** 2 + _B * x[:, 2] ** 4 * np.sin(x[:, 0])
