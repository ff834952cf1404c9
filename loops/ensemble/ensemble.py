"""What many worlds gave: histograms of levels and differences, and every question's answer in each world."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from loops.ensemble.comparison import Comparison
from loops.kernel import Counts, Floats
from loops.scenario import Scenario
from loops.spread import Width


@dataclass(frozen=True)
class Ensemble:
    """Worlds 0 to `done` of the `asked` ones, under every scenario of a comparison.

    All of them unless `stopped` says why not: then the worlds that ran are still the first of the sequence.
    """

    comparison: Comparison
    variables: tuple[str, ...]
    counts: Counts  #      (S, T, n, 256) worlds in each bin of the levels 0 to 1
    differences: Counts  # (P, T, n, 512) worlds in each bin of the differences -1 to 1
    outcomes: NDArray[np.float32]  # (done, Q)
    asked: int
    done: int
    seed: int
    width: Width
    stopped: str = ""
    interrupted: bool = False
    """Whether somebody or a failing cluster stopped it, and not this model's size."""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios whose levels were counted."""
        return self.comparison.scenarios

    @property
    def months(self) -> Floats:
        """When levels were counted, (T,)."""
        return self.comparison.months

    def percentile(self, scenario: Scenario, variable: str, q: float) -> Floats:
        """The level below which `q` percent of the worlds are at each month, (T,), exact to a bin's width.

        Raises :class:`ValueError` for a scenario or variable that was not counted, and when no world ran.
        """
        counts = self.counts[self.scenarios.index(scenario), :, self.variables.index(variable)]
        return _percentile(counts, q, 0.0, 1.0)

    def difference(self, run: Scenario, against: Scenario, variable: str, q: float) -> Floats:
        """The same for how much higher a level is in `run` than in `against`, in the same world."""
        place = self.comparison.pairs.index((run, against))
        return _percentile(self.differences[place, :, self.variables.index(variable)], q, -1.0, 1.0)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of every count and every answer: equal ones are bitwise equal results."""
        state = hashlib.sha256(repr((self.seed, self.width, self.done, self.variables)).encode())
        for array in (self.months, self.counts, self.differences, self.outcomes):
            state.update(repr(array.shape).encode())
            state.update(np.ascontiguousarray(array).tobytes())
        return state.hexdigest()


def _percentile(counts: Counts, q: float, low: float, high: float) -> Floats:
    """Where `q` percent of the counts (T, B) lie below, worlds spread evenly over their bin."""
    below = np.cumsum(counts, axis=1, dtype=np.int64)
    wanted = below[:, -1] * q / 100
    if not below[:, -1].all():
        raise ValueError("no world has run")
    place = np.argmax((below >= wanted[:, None]) & (counts > 0), axis=1)
    row = np.arange(counts.shape[0])
    inside = counts[row, place]
    share = (wanted - (below[row, place] - inside)) / inside
    found: Floats = low + (place + share) * (high - low) / counts.shape[1]
    return found
