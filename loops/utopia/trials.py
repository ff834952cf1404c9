"""Plans run in the same worlds on the same steps, so that two plans differ by what they do alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np

from loops.ensemble.runs import TOLERANCE, Runs
from loops.ensemble.work import PILOTS, SIDE_BY_SIDE
from loops.equations import Equations
from loops.equilibrium.ends import ends
from loops.kernel import Floats, Lanes, single
from loops.model import Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule, fits, without_levers
from loops.simulate import LONG_RUN, run_block
from loops.utopia.plan import Plan
from loops.worlds import Worlds

TOGETHER = 128
"""Worlds that run side by side; fewer of a large model."""

AHEAD = 8
"""Runs that wait for each thread."""

Job = TypeVar("Job")
Done = TypeVar("Done")
Told = Callable[[float], None]
"""Told the share that is done; may raise to stop."""


@dataclass(frozen=True)
class Trials:
    """W worlds in which nothing new is done, ready for any plan whose levers begin and stop at `edges`."""

    equations: Equations
    lanes: tuple[Lanes, ...]
    """Some worlds each, in double precision, until 150 years after every dated change."""
    short: tuple[Lanes, ...]
    """The same in single precision, up to the last month that is looked at."""
    mesh: Floats  # (steps,) ends of the steps up to that month

    @classmethod
    def of(  # noqa: PLR0913  the worlds, and what plans are made of
        cls,
        model: Model,
        worlds: Worlds,
        *,
        first: int,
        count: int,
        edges: Sequence[int],
        until: float,
        circumstances: Scenario | None = None,
    ) -> Trials:
        """Worlds `first` to `first + count`, and steps up to `until`, chosen in worlds 0 to 63.

        There all levers stay on, or go on and off at every edge, or nothing new is done: plans are between
        these. Raises :class:`ValueError` for circumstances that do not fit the model, and
        :class:`loops.simulate.DidNotFinish`.
        """
        equations = Equations.of(model)
        quiet = without_levers(circumstances or Scenario(id="quiet", model=model.id, title="Nothing new"))
        fits(model, quiet)
        stops = sorted({*map(float, edges), float(until)})
        pilots = [quiet, *(_pilot(model, quiet, stops, on) for on in ((1.0,), (1.0, 0.0)))]
        rows = equations.depth + len(equations.links)
        together = max(1, min(TOGETHER, SIDE_BY_SIDE // rows))
        assumptions = worlds.assumptions(equations)
        pilot = assumptions.versions(worlds.units(0, min(PILOTS, together)))
        # a month longer, so that the last stretch holds whatever holds for good
        runs = Runs.of(equations, pilots, max(stops[-1], *quiet.corners(), 0.0) + 1, pilot)
        begins = range(first, first + count, together)
        lanes = [
            runs.lanes(0, assumptions.versions(worlds.units(begin, min(together, first + count - begin))))
            for begin in begins
        ]
        long = (each._replace(stops=np.append(each.stops[:-1], each.stops[-1] + LONG_RUN)) for each in lanes)
        mesh = runs.mesh[: np.searchsorted(runs.mesh, until) + 1]
        return cls(equations, tuple(long), tuple(single(_up_to(each, until)) for each in lanes), mesh)

    @property
    def worlds(self) -> int:
        """How many there are."""
        return sum(each.start.shape[1] for each in self.lanes)

    @property
    def size(self) -> int:
        """Steps times rows, links and worlds that one plan takes."""
        return self.mesh.size * self.rows * self.worlds

    @property
    def rows(self) -> int:
        """Rows and links of the equations."""
        return self.equations.depth + len(self.equations.links)

    def levels(
        self,
        asked: Sequence[tuple[Plan, tuple[float, ...]]],
        variable: str,
        *,
        threads: int = 2,
        told: Told = lambda share: None,
    ) -> Iterator[Floats]:
        """The levels of a variable under each plan at its months, (M, W) each, in single precision.

        They do not depend on the threads, on the other plans or on the other worlds. Raises
        :class:`ValueError` for a plan with an edge that these trials do not have, and
        :class:`loops.simulate.DidNotFinish`.
        """
        row, wiring = self.equations.place(variable), self.equations.wiring

        def one(job: tuple[tuple[Plan, tuple[float, ...]], Lanes]) -> Floats:
            (plan, months), lanes = job
            run, looks = self._under(plan, lanes), np.array(months)
            return run_block(wiring, run, looks, tolerance=TOLERANCE, mesh=self.mesh).levels[:, row]

        done = _spread(one, product(asked, self.short), threads)
        for number in range(len(asked)):
            yield np.concatenate([next(done) for _ in self.short], axis=1)
            told((number + 1) / len(asked))

    def ends(
        self, plans: Sequence[Plan], variable: str, *, threads: int = 2
    ) -> Iterator[tuple[Floats, Floats]]:
        """The variable in the end under each plan, and how far any level still moves, (W,) each.

        They are followed for 150 years and longer (see :func:`loops.equilibrium.ends.ends`).
        """
        row, wiring = self.equations.place(variable), self.equations.wiring

        def one(job: tuple[Plan, Lanes]) -> tuple[Floats, Floats]:
            found = ends(wiring, self._under(*job))
            return found.state[row], found.moving

        done = _spread(one, product(plans, self.lanes), threads)
        for _ in plans:
            end, moving = zip(*(next(done) for _ in self.lanes), strict=True)
            yield np.concatenate(end), np.concatenate(moving)

    def _under(self, plan: Plan, lanes: Lanes) -> Lanes:
        level, begins = lanes.u_level.copy(), lanes.stops[:-1]
        for spell in plan.spells:
            if not np.isin([spell.start, min(spell.stop, lanes.stops[-1])], lanes.stops).all():
                raise ValueError(f"'{spell.lever}' begins or stops in a month that these trials do not have")
            level[
                (begins >= spell.start) & (begins < spell.stop), self.equations.inputs.index(spell.lever)
            ] = 1
        return lanes._replace(u_level=level)


def _pilot(model: Model, quiet: Scenario, stops: Sequence[float], levels: Sequence[float]) -> Scenario:
    """All levers at these levels in turn from stop to stop, and as usual from the last one on."""
    changes = [Change(month=month, level=levels[k % len(levels)]) for k, month in enumerate(stops[:-1])]
    return replace(
        quiet,
        levers=tuple(
            Schedule(id=lever.id, changes=(*changes, Change(month=stops[-1], level=lever.level)))
            for lever in model.levers
        ),
    )


def _up_to(lanes: Lanes, month: float) -> Lanes:
    kept = int(np.searchsorted(lanes.stops, month))
    return lanes._replace(
        stops=np.append(lanes.stops[:kept], month),
        u_level=lanes.u_level[:kept],
        u_slope=lanes.u_slope[:kept],
    )


def _spread(one: Callable[[Job], Done], jobs: Iterable[Job], threads: int) -> Iterator[Done]:
    """What each job gives, in their order, with a few under way ahead."""
    pool, waiting = ThreadPoolExecutor(threads), deque[Future[Done]]()
    try:
        for job in jobs:
            waiting.append(pool.submit(one, job))
            if len(waiting) > AHEAD * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
