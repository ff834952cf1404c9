"""Scenarios ready to be run in any world, on steps that a pilot has chosen once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from loops import kernel, parts
from loops.equations import Drives, Equations, Parameters
from loops.kernel import Floats, Lanes
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, Block, before_the_changes, run_block
from loops.worlds import Versions

TOLERANCE = 1e-5
"""Largest local error of a step in the pilot, in levels; a lane with ten times that runs on halved steps."""


@dataclass(frozen=True)
class Runs:
    """R scenarios over some months: the file's numbers, and levers and contexts over time.

    A schedule is straight in the level it starts from. So a context's levels in a world are those it has
    where the world's own level is 0, and of what it has more where that is 1, the world's share.
    """

    equations: Equations
    own: tuple[Parameters, ...]  # R of one lane each
    at_zero: Drives  # with R lanes
    more: Drives  #    with R lanes
    mesh: Floats  #    (steps,) ends of the steps; empty while they are not chosen
    settling: Runs | None
    """The same scenarios without their dated changes, over 150 years, where one of them starts from rest."""
    at_rest: tuple[int | None, ...]
    """For each of the R, its place among the settling ones."""

    @classmethod
    def of(cls, equations: Equations, scenarios: Sequence[Scenario], months: float, pilot: Versions) -> Runs:
        """Prepare `scenarios`, and choose the steps with the worlds of `pilot` under every one of them.

        Raises :class:`loops.simulate.DidNotFinish` when a pilot does not finish.
        """
        quiet = [
            parts.replace(before_the_changes(each), start="file")
            for each in scenarios
            if each.start == "rest"
        ]
        numbers = iter(range(len(quiet)))
        at_rest = tuple(next(numbers) if each.start == "rest" else None for each in scenarios)
        settling = cls.of(equations, quiet, LONG_RUN, pilot) if quiet else None
        at_zero, at_one = (
            equations.drives(scenarios, months, levels=np.full(len(equations.inputs), level))
            for level in (0.0, 1.0)
        )
        more = Drives(
            at_zero.stops,
            at_one.level - at_zero.level,
            at_one.slope - at_zero.slope,
            at_one.before - at_zero.before,
        )
        own = tuple(equations.parameters([scenario]) for scenario in scenarios)
        runs = cls(equations, own, at_zero, more, np.empty(0), settling, at_rest)
        lanes = [runs.lanes(run, pilot) for run in range(len(scenarios))]
        chosen = run_block(equations.wiring, _side_by_side(lanes), np.empty(0), tolerance=TOLERANCE)
        return replace(runs, mesh=chosen.mesh)

    def levels(self, run: int, versions: Versions, months: Floats) -> Floats:
        """The levels (T, n, W) of one scenario in these worlds, in single precision.

        They are the same whichever other worlds are run along, and however many months. Raises
        :class:`loops.simulate.DidNotFinish`.
        """
        return self._block(run, versions, months).levels

    def lanes(self, run: int, versions: Versions) -> Lanes:
        """One scenario's numbers in double precision: a lane for each of these worlds."""

        def level(at_zero: Floats, more: Floats) -> Floats:
            return at_zero[..., run, None] + more[..., run, None] * versions.inputs

        zero, more = self.at_zero, self.more
        drives = Drives(
            zero.stops,
            level(zero.level, more.level),
            level(zero.slope, more.slope),
            level(zero.before, more.before),
        )
        lanes = self.equations.lanes(versions.applied(self.own[run]), drives)
        place = self.at_rest[run]
        if self.settling is None or place is None:
            return lanes
        settled = self.settling._block(place, versions, np.empty(0)).state
        return lanes._replace(start=settled.astype(float))

    def _block(self, run: int, versions: Versions, months: Floats) -> Block:
        lanes, mesh = kernel.single(self.lanes(run, versions)), self.mesh
        if months.size:
            mesh = mesh[: np.searchsorted(mesh, months[-1]) + 1]
            lanes = _ending(lanes, mesh[-1])
        return run_block(self.equations.wiring, lanes, months, tolerance=TOLERANCE, mesh=mesh)


def _ending(lanes: Lanes, month: float) -> Lanes:
    """The lanes up to a month."""
    kept = int(np.searchsorted(lanes.stops, month))
    stops = np.append(lanes.stops[:kept], month)
    return lanes._replace(stops=stops, u_level=lanes.u_level[:kept], u_slope=lanes.u_slope[:kept])


def _side_by_side(lanes: Sequence[Lanes]) -> Lanes:
    """All the lanes in one block; they share their stops."""
    joined = {
        name: np.concatenate([getattr(each, name) for each in lanes], axis=-1)
        for name in Lanes._fields
        if name != "stops"
    }
    return Lanes(stops=lanes[0].stops, **joined)
