"""Run scenarios of a model side by side and keep the levels month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loops import kernel
from loops.equations import Equations
from loops.kernel import Floats, Ints, Lanes, Wiring
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario

TOLERANCE = 1e-6
"""Largest local error of a step, in levels."""
MOST_STEPS = 200_000
MOST_WORK = 500_000_000
"""Steps times lanes times rows and links, some seconds of computing: a run beyond it ends in a message."""
LONG_RUN = 1_800
"""Months (150 years): "in the end", long after every lever has stopped."""
TEN_YEARS = 120
"""Months at the end of a long run over which it is seen whether anything still moves."""
AT_REST = 1e-3
"""Largest change of any level over those ten years that still counts as being at rest."""


_NOT_A_NUMBER = "a level stopped being a number: check that strengths and rates are at most 2 per month"
_TOO_MANY = (
    "the run stopped after {steps:,} steps, at month {month:.1f}: "
    "make the strongest links weaker, the shortest delays longer, or the horizon shorter"
)


class DidNotFinish(RuntimeError):
    """The integration was stopped, and says why and what to change."""


@dataclass(frozen=True)
class Trajectory:
    """The levels over time of one run."""

    scenario: Scenario
    variables: tuple[str, ...]
    months: Floats  # (T,)
    levels: Floats  # (T, n)

    def __getitem__(self, variable: str) -> Floats:
        """Levels of one variable, shape (T,); raises :class:`KeyError` for a name that is no variable."""
        try:
            return self.levels[:, self.variables.index(variable)]
        except ValueError:
            raise KeyError(f"no variable '{variable}'") from None

    def at(self, variable: str, month: float) -> float:
        """The level at a saved month; raises :class:`KeyError` for a month that was not saved."""
        place = int(np.searchsorted(self.months, month))
        if place == self.months.size or self.months[place] != month:
            raise KeyError(f"month {month:g} was not saved")
        return float(self[variable][place])

    @property
    def drift(self) -> float:
        """How far the run moves from where it began: the largest change of any level."""
        return float(np.abs(self.levels - self.levels[0]).max())


@dataclass(frozen=True)
class Block:
    """What the kernel gives back for a block of lanes."""

    levels: Floats  # (T, n, L); more than n rows if they were asked for
    mesh: Floats  #   (steps,) ends of the steps taken
    worst: Floats  #  (L,) largest local error over the tolerance, on the mesh that was fine enough
    state: Floats  #  (D, L) the last state, delay stages included


def run_block(  # noqa: PLR0913  what is saved, and how exactly it is integrated
    wiring: Wiring,
    lanes: Lanes,
    months: Floats,
    *,
    tolerance: float = TOLERANCE,
    mesh: Floats | None = None,
    rows: int | None = None,
) -> Block:
    """Integrate all lanes on one mesh, chosen here or given, saving the variables' levels at `months`.

    With `rows` that many rows of the state are saved instead: the depth of the equations for all of them. On
    a given mesh lanes whose local error exceeds ten times the tolerance are run again on the halved mesh, and
    keep their levels from before that; so the levels up to a month do not depend on how long the run is.
    Raises :class:`DidNotFinish` when the steps run out or a level is not a number, and :class:`ValueError`
    for a mesh that steps over a dated change or does not reach the last stop, and for months that are not in
    order or beyond it.
    """
    if months.size and (np.any(np.diff(months) < 0) or months[-1] > lanes.stops[-1]):
        raise ValueError("the months to save must be in order, and end with the lanes' last stop or before")
    if mesh is not None and not (np.isin(lanes.stops[1:], mesh).all() and mesh[-1] == lanes.stops[-1]):
        raise ValueError("the mesh must have a step's end at every stop of the lanes, and end at the last")
    width = lanes.gain.shape[1]
    out = np.empty((months.size, lanes.gain.shape[0] if rows is None else rows, width), lanes.start.dtype)
    given = np.empty(0) if mesh is None else mesh
    most = min(MOST_STEPS, MOST_WORK // (width * (lanes.start.shape[0] + wiring.source.size)))
    ended, taken, worst, until, state = kernel.integrate(wiring, lanes, months, tolerance, given, most, out)
    if ended == kernel.TOO_MANY_STEPS:
        raise DidNotFinish(_TOO_MANY.format(steps=most, month=taken[-1] if taken.size else 0))
    if ended == kernel.NOT_FINITE:
        raise DidNotFinish(_NOT_A_NUMBER)
    if mesh is not None and (coarse := np.flatnonzero(worst > kernel.COARSE)).size:
        finer = halved(mesh)
        if finer.size > most:
            says = _TOO_MANY if np.isfinite(worst[coarse]).all() else _NOT_A_NUMBER
            raise DidNotFinish(says.format(steps=most, month=lanes.stops[-1]))
        again = run_block(wiring, only(lanes, coarse), months, tolerance=tolerance, mesh=finer, rows=rows)
        # not what came before the first coarse step: so a run that ends earlier has the same levels
        late = months[:, None, None] > until[coarse]
        out[:, :, coarse] = np.where(late, again.levels, out[:, :, coarse])
        state[:, coarse] = again.state
        worst[coarse] = again.worst
    return Block(out, taken, worst, state)


def halved(mesh: Floats) -> Floats:
    """The mesh with a step's end in the middle of each step."""
    before = np.concatenate([[0.0], mesh[:-1]])
    return np.column_stack([(before + mesh) / 2, mesh]).ravel()


def only(lanes: Lanes, chosen: Ints) -> Lanes:
    """The chosen ones of some lanes."""
    return Lanes(
        *(
            np.ascontiguousarray(field[..., chosen]) if name != "stops" else field
            for name, field in zip(Lanes._fields, lanes, strict=True)
        )
    )


def simulate(
    model: Model, scenarios: Sequence[Scenario], *, months: int | None = None, tolerance: float = TOLERANCE
) -> list[Trajectory]:
    """Run `scenarios` side by side on one mesh, saving every month from 0 to `months` (the model's horizon).

    Equal scenarios give bitwise equal levels. Raises :class:`ValueError` for a scenario that does not fit the
    model and :class:`DidNotFinish` when the integration is stopped.
    """
    horizon = model.horizon if months is None else months
    equations = Equations.of(model)
    lanes = lanes_from_start(equations, scenarios, horizon, tolerance=tolerance)
    saved = np.arange(horizon + 1, dtype=float)
    block = run_block(equations.wiring, lanes, saved, tolerance=tolerance)
    return [
        Trajectory(scenario, equations.variables, saved, np.ascontiguousarray(block.levels[:, :, lane]))
        for lane, scenario in enumerate(scenarios)
    ]


def lanes_from_start(
    equations: Equations, scenarios: Sequence[Scenario], months: float, *, tolerance: float = TOLERANCE
) -> Lanes:
    """Lanes for `scenarios` over `months`; those that start from rest begin where they settle undisturbed.

    Raises :class:`ValueError` for a scenario that does not fit the model.
    """
    lanes = equations.prepare(scenarios, months)
    resting = [lane for lane, scenario in enumerate(scenarios) if scenario.start == "rest"]
    if resting:
        quiet = [before_the_changes(scenarios[lane]) for lane in resting]
        lanes.start[:, resting] = settle(equations, equations.prepare(quiet, LONG_RUN), tolerance=tolerance)
    return lanes


def before_the_changes(scenario: Scenario) -> Scenario:
    """The same scenario without its dated changes: what always holds in it is kept."""
    return replace(
        scenario,
        levers=tuple(plan for plan in scenario.levers if plan.always is not None),
        contexts=tuple(plan for plan in scenario.contexts if plan.always is not None),
    )


def settle(equations: Equations, lanes: Lanes, *, tolerance: float = TOLERANCE) -> Floats:
    """The state (D, L) that the lanes reach in the long run."""
    return run_block(equations.wiring, lanes, np.empty(0), tolerance=tolerance).state
