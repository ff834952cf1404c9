"""One variable with a critical mass, whose every answer is an integral: an oracle.

    x' = r(x, u) = (1 - x) (gain + u lever + own f(x)) - x fade,   f(x) = (1 + k^m) x^m / (k^m + x^m)

From x0 to x1 takes the integral of dx / r(x, u); without the lever x rests where r(x, 0) = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from oracles import small
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

from loops.model import Model


@dataclass(frozen=True)
class Threshold:
    gain: float = 0.002
    fade: float = 0.06
    own: float = 0.12
    lever: float = 0.03
    k: float = 0.4
    m: int = 4

    def rate(self, x, u=0.0):
        f = (1 + self.k**self.m) * x**self.m / (self.k**self.m + x**self.m)
        return (1 - x) * (self.gain + u * self.lever + self.own * f) - x * self.fade

    def rests(self, u=0.0) -> list[float]:
        """Every level of rest, rising; between two points of a fine grid there is one at most."""
        grid = np.linspace(0, 1, 20_001)
        signs = np.sign(self.rate(grid, u))
        return [
            brentq(self.rate, grid[i], grid[i + 1], args=(u,), xtol=1e-14)
            for i in np.flatnonzero(np.diff(signs))
        ]

    def months(self, begin, end, u=0.0) -> float:
        """How long it takes from one level to another."""
        return quad(lambda x: 1 / self.rate(x, u), begin, end, epsabs=1e-9, epsrel=1e-9, limit=500)[0]

    def after(self, months, begin, u=1.0) -> float:
        """The level after some months of rising."""
        top = next(rest for rest in self.rests(u) if rest > begin)
        return brentq(lambda x: self.months(begin, x, u) - months, begin, top - 1e-9, xtol=1e-12)

    def vanishing(self) -> float:
        """The fade at which the upper state of rest meets the unstable one: the largest that can be borne."""
        found = minimize_scalar(
            lambda x: -(self.rate(x) + x * self.fade) / x, bounds=(0.3, 0.95), options={"xatol": 1e-12}
        )
        return -found.fun

    def links(self) -> list[dict]:
        """The arrows of a model of it: from a lever `u`, and from `x` to itself."""
        own = {"strength": self.own, "threshold": self.k, "steepness": self.m}
        return [
            {"from": "u", "to": "x", "polarity": "+", "strength": self.lever},
            {"from": "x", "to": "x", "polarity": "+", **own},
        ]

    def model(self, start: float) -> Model:
        """The same as a model."""
        return small(
            self.links(), {"x": {"start": start, "gain": self.gain, "fade": self.fade}}, levers=("u",)
        )
