"""What an outcome does under each scenario over the horizon, next to doing nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario, Schedule, without_levers
from loops.simulate import Trajectory, before_the_changes, simulate

SHOWN = 5e-4
"""Levels closer than this print alike."""
LASTING = 0.01
"""A lead over nothing new smaller than this, in the end, is no lead."""
STILL = 1e-5
"""Largest movement of any level over the last ten years at which a run counts as having come to rest: small,
because a slow fade past a vanished state of rest hardly moves for decades."""


@dataclass(frozen=True)
class Comparison:
    """One scenario's outcome over the horizon and in the end. Levels are shares, times are months."""

    scenario: Scenario
    start: float
    end: float
    peak: float
    peak_month: float
    half_month: float | None
    """When the level passes half of the possible (0.5); None if it never does."""
    area: float
    """Level-months above nothing new over the horizon."""
    stop: float | None
    """When the last lever stops; None when no lever is moved or they never stop."""
    left: float | None
    """Share of its largest lead over nothing new from `stop` on that is left at the horizon."""


def levers_stop(model: Model, scenario: Scenario) -> float | None:
    """The month after which every lever is at 0 for good; None when none is ever on, or one never stops."""
    last = last_stop(model, scenario)
    return None if last in (0.0, np.inf) else last


def never_stops(model: Model, scenario: Scenario) -> bool:
    """Whether some lever is still on when all dated changes are over."""
    return last_stop(model, scenario) == np.inf


def last_stop(model: Model, scenario: Scenario) -> float:
    """When the last lever is off for good: 0 if none is ever on, infinity if one never stops."""
    return max((off_from(scenario.schedule(lever.id), lever.level) for lever in model.levers), default=0.0)


def off_from(plan: Schedule | None, usual: float) -> float:
    """When one lever is off for good: 0 if it is never on, infinity if it never stops."""
    if plan is None or plan.always is not None:
        return np.inf if (usual if plan is None else plan.always) else 0.0
    if plan.changes[-1].level:
        return np.inf
    levels = [usual, *(change.level for change in plan.changes)]
    falls = [change.until for before, change in zip(levels, plan.changes, strict=False) if before]
    return max(falls, default=0.0)


def nothing_new(model: Model, scenario: Scenario) -> Scenario:
    """What a scenario is measured against: the same without its levers, so that its lead is theirs alone.

    Where no lever is ever on there is nothing to take away but dated circumstances: then these are left out.
    """
    quiet = without_levers(scenario)
    return quiet if last_stop(model, scenario) else before_the_changes(quiet)


def compare(
    model: Model, scenarios: Sequence[Scenario], outcome: str, *, months: int | None = None
) -> list[Comparison]:
    """Run `scenarios` to the horizon, each beside :func:`nothing_new`, and measure `outcome`.

    Raises :class:`ValueError` when `outcome` is no variable, and what :func:`loops.simulate.simulate` raises.
    """
    Equations.of(model).place(outcome)
    quiet = [nothing_new(model, each) for each in scenarios]
    runs = simulate(model, [*scenarios, *quiet], months=months)
    pairs = zip(runs[: len(quiet)], runs[len(quiet) :], strict=True)
    return [_measure(model, run, without[outcome], outcome) for run, without in pairs]


def _measure(model: Model, run: Trajectory, quiet: Floats, outcome: str) -> Comparison:
    level, lead = run[outcome], run[outcome] - quiet
    # the first month as high as any, to what is shown: the highest of a flat line is only its noise
    peak = int(np.argmax(level > level.max() - SHOWN))
    stop = levers_stop(model, run.scenario)
    most = 0.0 if stop is None or stop > run.months[-1] else after_stop(run.months, lead, stop)[0]
    return Comparison(
        scenario=run.scenario,
        start=float(level[0]),
        end=float(level[-1]),
        peak=float(level[peak]),
        peak_month=float(run.months[peak]),
        half_month=_first_above(level, 0.5),
        area=float(np.trapezoid(lead)),
        stop=stop,
        left=float(lead[-1] / most) if most > LASTING else None,
    )


def after_stop(months: Floats, lead: Floats, stop: float) -> tuple[float, float | None]:
    """The largest lead from month `stop` on, and how many months after `stop` half of that is lost again.

    It may come long after the stop, where what levers do arrives late. None if half of it is never lost.
    """
    later = months > stop
    since = np.concatenate([[0.0], months[later] - stop])
    lead = np.concatenate([[np.interp(stop, months, lead)], lead[later]])
    peak = int(lead.argmax())
    return float(lead[peak]), _first_below(since[peak:], lead[peak:], lead[peak] / 2)


def _first_above(level: Floats, bound: float) -> float | None:
    above = np.flatnonzero(level >= bound)
    if not above.size:
        return None
    k = int(above[0])
    return 0.0 if k == 0 else float(k - 1 + (bound - level[k - 1]) / (level[k] - level[k - 1]))


def _first_below(months: Floats, lead: Floats, bound: float) -> float | None:
    below = np.flatnonzero(lead <= bound)
    if not below.size:
        return None
    k = int(below[0])
    if k == 0:
        return float(months[0])
    share = (lead[k - 1] - bound) / (lead[k - 1] - lead[k])
    return float(months[k - 1] + share * (months[k] - months[k - 1]))
