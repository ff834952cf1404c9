"""How fast everything in a run moves, month by month: what loop analysis is made of.

With J the slopes of the equations and u the levers and contexts, the acceleration of a variable is

    x_ddot = J x_dot + (d x_dot/du) u_dot = sum over its links of g (rate of what it reads) - (G + L) x_dot

where g is the link's own term of :mod:`loops.jacobian`, and a delayed link reads its last delay stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops import jacobian
from loops.equations import Equations
from loops.kernel import STAGES, Floats, Lanes
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import TOLERANCE, lanes_from_start, run_block

STILL = 1e-6
"""Levels per month: where no variable and no delay stage moves faster than this, a run is at rest."""
FINER = TOLERANCE / 100
"""Largest local error of a step, in levels, small enough that the solver's own noise counts as rest.

A stage of the shortest delay, half a month, moves at 6 per month times its distance from what it follows, so
errors of 1e-6 look like 1e-5 per month, far above `STILL`, and errors of 1e-8 like 1e-7. The ten shipped
scenarios side by side take 324 steps instead of 162 for it, and no longer than the rest of this module.
"""


@dataclass(frozen=True)
class Moments:
    """One run of T saved months, n variables and K links, and how fast everything in it moves."""

    scenario: Scenario
    equations: Equations
    months: Floats  #        (T,)
    levels: Floats  #        (T, n)
    rates: Floats  #         (T, n) x_dot, levels per month
    accelerations: Floats  # (T, n) x_ddot, levels per month squared
    gains: Floats  #         (T, K) each link's own term in d(x_dot)/d(what it reads), per month
    input_rates: Floats  #   (T, K) rate of what each link reads, levels per month
    winning: Floats  #       (T, n) G, per month: saturation is -G
    losing: Floats  #        (T, n) L, per month: fading is -L
    stirring: Floats  #      (T, C) largest |rate| among the stages of each of `equations.delayed`
    resting: NDArray[np.bool_]  # (T,) no variable and no delay stage moves faster than `STILL`


def moments(model: Model, scenarios: Sequence[Scenario], *, months: int | None = None) -> list[Moments]:
    """Run `scenarios` side by side and say how fast everything moves, each month to `months` (the horizon).

    The levels are those of :func:`loops.simulate.simulate` at the tolerance :data:`FINER`. At a dated change
    the levers and circumstances just after it are used. Raises what :func:`loops.simulate.simulate` raises.
    """
    horizon = model.horizon if months is None else months
    equations = Equations.of(model)
    lanes = lanes_from_start(equations, scenarios, horizon, tolerance=FINER)
    saved = np.arange(horizon + 1, dtype=float)
    states = run_block(equations.wiring, lanes, saved, tolerance=FINER, rows=equations.depth).levels
    return [
        _one_run(scenario, equations, lanes, np.ascontiguousarray(states[..., lane]), lane=lane)
        for lane, scenario in enumerate(scenarios)
    ]


def _one_run(scenario: Scenario, equations: Equations, lanes: Lanes, states: Floats, *, lane: int) -> Moments:
    """The moments of one lane, from its state (T, D) in each month."""
    months = np.arange(len(states), dtype=float)
    levels, slopes = jacobian.sources(lanes, months, lane=lane)
    signals = equations.wiring.signal
    first = equations.depth - signals.size
    states[:, first:] = levels[:, signals]  # the kernel saves what was there just before a dated change
    terms = jacobian.terms(equations, lanes, states, months, lane=lane)

    n = len(equations.variables)
    x = states[:, :n]
    rates = terms.winning - x * (terms.winning + terms.losing)
    stages = _stage_rates(equations, lanes, states, lane)
    stirring = np.abs(stages).max(axis=2)
    every = np.concatenate([rates, stages.reshape(len(states), -1), slopes[:, signals], slopes], axis=1)
    input_rates = every[:, jacobian.reads(equations)]
    accelerations = -(terms.winning + terms.losing) * rates
    np.add.at(accelerations.T, jacobian.targets(equations), (terms.links * input_rates).T)
    return Moments(
        scenario=scenario,
        equations=equations,
        months=months,
        levels=x,
        rates=rates,
        accelerations=accelerations,
        gains=terms.links,
        input_rates=input_rates,
        winning=terms.winning,
        losing=terms.losing,
        stirring=stirring,
        resting=np.maximum(np.abs(rates).max(axis=1), stirring.max(axis=1, initial=0.0)) < STILL,
    )


def _stage_rates(equations: Equations, lanes: Lanes, states: Floats, lane: int) -> Floats:
    """How fast the delay stages move (T, C, 3): each follows its source, or the stage before it."""
    wiring = equations.wiring
    n, chains = len(equations.variables), wiring.chain_source.size
    stages = states[:, n : n + STAGES * chains].reshape(len(states), chains, STAGES)
    before = np.concatenate([states[:, wiring.chain_source, None], stages[..., :-1]], axis=2)
    return (before - stages) * lanes.chain_rate[:, lane, None]
