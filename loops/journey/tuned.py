"""A model whose uncertain numbers are set, each by its normal score, from where a partner was."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from loops.ensemble.runs import TOLERANCE, Runs
from loops.equations import Equations
from loops.journey.begin import Begun
from loops.journey.paired import paired
from loops.journey.standing import Standing
from loops.kernel import Floats, Ints
from loops.scenario import Scenario
from loops.simulate import run_block
from loops.worlds import Assumptions, Worlds

GRID = np.linspace(0, 1, 17)
"""Shares of the versions, between which a level is taken as straight."""


@dataclass(frozen=True)
class Tuned:
    """The numbers of some versions as P normal scores: 0 is the middle, and 1 a standard deviation above.

    Factors are those of :mod:`loops.spread`. The start of a box and the level of a circumstance are those of
    the versions, by the share of these that is below. Arrows in doubt are there, and one of unknown sign
    pulls half each way, as in a single run.
    """

    runs: Runs
    assumptions: Assumptions
    columns: tuple[str, ...]
    """Of the model's draws, C."""
    factors: Ints
    """The places of the factors among these."""
    rows: Floats  # (n + U, 17) starts, and levels of levers and circumstances, that shares of versions have
    free: Ints
    """Which of these are uncertain. Scores are in the order of the factors, then of these."""

    @classmethod
    def of(cls, begun: Begun, first: Standing, done: Scenario, months: float) -> Tuned:
        """The numbers of `begun`, which starts from `first`, run under what was done for so many months.

        Raises :class:`loops.simulate.DidNotFinish`.
        """
        equations = begun.equations
        worlds = Worlds.of([begun.model], width=begun.width, seed=begun.seed)
        assumptions = worlds.assumptions(Equations.of(begun.model))
        kinds = dict(zip(assumptions.columns.tolist(), assumptions.draws, strict=True))
        starts = {f"variable {name} start" for name in equations.variables}
        rows = np.quantile(np.vstack([begun.versions.start, begun.versions.inputs]), GRID, axis=1).T
        for box in begun.rated:  # any level of its range, each as likely
            rows[[*equations.variables, *equations.inputs].index(box)] = np.interp(
                GRID, (0, 1), first.boxes[box].range
            )
        return cls(
            paired(equations, [done], months, begun.versions),
            assumptions,
            worlds.columns,
            np.array(
                [
                    place
                    for place, name in enumerate(worlds.columns)
                    if kinds[place].kind == "factor" and name not in starts
                ],
                dtype=np.int64,
            ),
            rows,
            np.flatnonzero(np.ptp(rows, axis=1) > 0),
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the P scores are of."""
        equations = self.runs.equations
        rows = [
            *(f"variable {name} start" for name in equations.variables),
            *(f"context {name}" for name in equations.inputs),
        ]
        return (*(self.columns[place] for place in self.factors), *(rows[place] for place in self.free))

    def values(self, scores: Floats) -> Floats:
        """The factors and levels at some scores, both (P, L)."""
        return np.vstack([np.exp(self._spreads * scores[: self.factors.size]), self._rows(scores)[self.free]])

    def levels(self, scores: Floats, months: Floats) -> Floats:
        """The levels (T, n, L) at some months, in double precision, with the numbers at some scores (P, L).

        Raises :class:`loops.simulate.DidNotFinish`.
        """
        units = np.full((scores.shape[1], len(self.columns)), 0.5)
        units[:, [name.endswith(" presence") for name in self.columns]] = 1.0
        units[:, self.factors] = ndtr(scores[: self.factors.size]).T
        versions = self.assumptions.versions(units)
        start, inputs = np.split(self._rows(scores), [len(self.runs.equations.variables)])
        sign = np.ones_like(versions.sign)
        lanes = self.runs.lanes(0, dataclasses.replace(versions, sign=sign, start=start, inputs=inputs))
        wiring, mesh = self.runs.equations.wiring, self.runs.mesh
        return run_block(wiring, lanes, months, tolerance=TOLERANCE, mesh=mesh).levels

    @cached_property
    def _spreads(self) -> Floats:
        """Of the factors, (F, 1)."""
        kinds = dict(zip(self.assumptions.columns.tolist(), self.assumptions.draws, strict=True))
        return np.array([kinds[place].first for place in self.factors.tolist()])[:, None]

    def _rows(self, scores: Floats) -> Floats:
        """The starts, and the levels of levers and circumstances, (n + U, L)."""
        rows = np.repeat(self.rows[:, GRID.size // 2, None], scores.shape[1], axis=1)
        shares = ndtr(scores[self.factors.size :])
        for place, share in zip(self.free, shares, strict=True):
            rows[place] = np.interp(share, GRID, self.rows[place])
        return rows
