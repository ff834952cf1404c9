"""What became of an outcome under each scenario, next to doing nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario, Schedule, without_levers
from loops.simulate import LONG_RUN, TEN_YEARS, Trajectory, before_the_changes, simulate

SHOWN = 5e-4
"""Levels closer than this print alike."""
LASTING = 0.01
"""A lead over nothing new smaller than this, in the end, is no lead."""
STILL = 1e-5
"""Largest movement of any level over the last ten years at which a run counts as having come to rest: small,
because a slow fade past a vanished state of rest hardly moves for decades."""


class Fate(StrEnum):
    """What becomes of an outcome, beside nothing new, when nobody pushes any more."""

    KEEPS_GOING = "keeps going"
    """It rests above nothing new."""
    COMES_ANYWAY = "comes anyway"
    """It rises for good, and does so with nothing new, too."""
    FADES = "fades"
    """Its lead over nothing new is lost, however slowly."""
    NO_DIFFERENCE = "no difference"
    """It ends no higher than nothing new, and nothing was gained that could fade."""
    STILL_MOVES = "still moves"
    """After all the time it was followed for, something still moves."""
    NEVER_STOPS = "levers never stop"
    """Some lever is on for good, so that nobody can say."""
    CIRCUMSTANCES = "circumstances"
    """No lever is moved: dated circumstances alone made the difference to today's."""


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
    in_the_end: float
    """Level 150 years after the last lever stops, or at the horizon if that is later."""
    fate: Fate
    half_lead_lost: float | None
    """Months after `stop` until half of its largest lead from then on is lost; None if it never is."""


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
    """Run `scenarios` to the horizon and until 150 years after their last change, and measure `outcome`.

    Each is measured against :func:`nothing_new`. Raises :class:`ValueError` when `outcome` is no variable,
    and what :func:`loops.simulate.simulate` raises.
    """
    Equations.of(model).place(outcome)
    horizon = model.horizon if months is None else months
    quiet = [nothing_new(model, each) for each in scenarios]
    last = max((corner for each in scenarios for corner in each.corners()), default=0.0)
    runs = simulate(model, [*scenarios, *quiet], months=max(horizon, int(np.ceil(last)) + LONG_RUN))
    pairs = zip(runs[: len(quiet)], runs[len(quiet) :], strict=True)
    return [_measure(model, run, without, outcome, horizon) for run, without in pairs]


def _measure(model: Model, run: Trajectory, quiet: Trajectory, outcome: str, horizon: int) -> Comparison:
    whole = run[outcome]
    level = whole[: horizon + 1]
    # the first month as high as any, to what is shown: the highest of a flat line is only its noise
    peak = int(np.argmax(level > level.max() - SHOWN))
    lead = whole - quiet[outcome]
    stop = levers_stop(model, run.scenario)
    most, lost = (0.0, None) if stop is None else _after(run.months, lead, stop)
    soon, _ = (0.0, None) if stop is None or stop > horizon else _after(run.months[: horizon + 1], lead, stop)
    return Comparison(
        scenario=run.scenario,
        start=float(level[0]),
        end=float(level[-1]),
        peak=float(level[peak]),
        peak_month=float(run.months[peak]),
        half_month=_first_above(level, 0.5),
        area=float(np.trapezoid(lead[: horizon + 1])),
        stop=stop,
        left=float(lead[horizon] / soon) if soon > LASTING else None,
        in_the_end=float(whole[-1]),
        fate=_fate(model, run, quiet, outcome, most),
        half_lead_lost=lost if most > LASTING else None,
    )


def _after(months: Floats, lead: Floats, stop: float) -> tuple[float, float | None]:
    """The largest lead from `stop` on, which may come long after it, and when half of that is lost again."""
    later = months > stop
    since = np.concatenate([[0.0], months[later] - stop])
    lead = np.concatenate([[np.interp(stop, months, lead[: months.size])], lead[: months.size][later]])
    peak = int(lead.argmax())
    return float(lead[peak]), _first_below(since[peak:], lead[peak:], lead[peak] / 2)


def _fate(model: Model, run: Trajectory, quiet: Trajectory, outcome: str, most: float) -> Fate:
    """What became of the outcome, judged where both runs have come to rest; `most` is its largest lead.

    It has changed for good where it ends more than half way up from its start to the highest that it was.
    """
    level, lead = run[outcome], run[outcome] - quiet[outcome]
    if never_stops(model, run.scenario):
        return Fate.NEVER_STOPS
    if max(np.ptp(each.levels[-1 - TEN_YEARS :], axis=0).max() for each in (run, quiet)) > STILL:
        return Fate.STILL_MOVES
    if last_stop(model, run.scenario) == 0:
        return Fate.CIRCUMSTANCES if np.abs(lead).max() > LASTING else Fate.NO_DIFFERENCE
    if lead[-1] > LASTING:
        return Fate.KEEPS_GOING
    if min(level[-1], quiet[outcome][-1]) > max((level[0] + level.max()) / 2, level[0] + LASTING):
        return Fate.COMES_ANYWAY
    return Fate.FADES if most > LASTING else Fate.NO_DIFFERENCE


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
