"""What became of an outcome under each scenario, next to doing nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops.kernel import Floats
from loops.model import Model
from loops.parts import nearest, replace
from loops.scenario import Scenario, Schedule
from loops.simulate import LONG_RUN, TEN_YEARS, Trajectory, before_the_changes, simulate

SHOWN = 5e-4
"""Levels closer than this print alike."""
LASTING = 0.01
"""A lead over nothing new smaller than this, in the end, is no lead."""
STILL = 1e-5
"""Largest movement of any level over the last ten years at which a run counts as having come to rest: small,
because a slow fade past a vanished state of rest hardly moves for decades."""

Fate = Literal["lasts", "fades", "no lead", "goes on", "circumstances", "still moving"]
"""What becomes of the lead over nothing new when nobody pushes any more: it lasts or fades; there is none;
levers never stop, so that nobody can say; no lever is moved, so that circumstances alone made it; or 150
years after the levers stop something still moves."""


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
    """Share of its lead over nothing new at `stop` that is left at the horizon."""
    in_the_end: float
    """Level 150 years after the last lever stops, or at the horizon if that is later."""
    fate: Fate
    half_lead_lost: float | None
    """Months after `stop` until half of the lead is lost, where it fades."""


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


def compare(
    model: Model, scenarios: Sequence[Scenario], outcome: str, *, months: int | None = None
) -> list[Comparison]:
    """Run `scenarios` to the horizon and until 150 years after their levers stop, and measure `outcome`.

    Nothing new starts where a scenario starts and has what always holds in it: links changed, circumstances
    that are not dated. Raises :class:`ValueError` when `outcome` is no variable, and what
    :func:`loops.simulate.simulate` raises.
    """
    names = [node.id for node in model.variables]
    if outcome not in names:
        raise ValueError(f"there is no variable '{outcome}'. {nearest(outcome, names)}")
    horizon = model.horizon if months is None else months
    quiet = [replace(before_the_changes(each), levers=()) for each in scenarios]
    stop = max((month for each in scenarios if (month := levers_stop(model, each))), default=0.0)
    runs = simulate(model, [*scenarios, *quiet], months=max(horizon, int(np.ceil(stop)) + LONG_RUN))
    pairs = zip(runs[: len(quiet)], runs[len(quiet) :], strict=True)
    return [_measure(model, run, without[outcome], outcome, horizon) for run, without in pairs]


def _measure(model: Model, run: Trajectory, quiet: Floats, outcome: str, horizon: int) -> Comparison:
    whole = run[outcome]
    level = whole[: horizon + 1]
    # the first month as high as any, to what is shown: the highest of a flat line is only its noise
    peak = int(np.argmax(level > level.max() - SHOWN))
    lead = whole - quiet
    stop = levers_stop(model, run.scenario)
    fate, lost = _fate(model, run, lead, stop)
    at_stop = None if stop is None or stop > horizon else float(np.interp(stop, run.months, lead))
    return Comparison(
        scenario=run.scenario,
        start=float(level[0]),
        end=float(level[-1]),
        peak=float(level[peak]),
        peak_month=float(run.months[peak]),
        half_month=_first_above(level, 0.5),
        area=float(np.trapezoid(lead[: horizon + 1])),
        stop=stop,
        left=float(lead[horizon] / at_stop) if at_stop is not None and at_stop > LASTING else None,
        in_the_end=float(whole[-1]),
        fate=fate,
        half_lead_lost=lost,
    )


def _fate(model: Model, run: Trajectory, lead: Floats, stop: float | None) -> tuple[Fate, float | None]:
    """Whether the lead lasts after the levers stop, judged where the run has come to rest."""
    if never_stops(model, run.scenario):
        return "goes on", None
    if np.ptp(run.levels[-1 - TEN_YEARS :], axis=0).max() > STILL:
        return "still moving", None
    if stop is None:
        return ("circumstances" if np.abs(lead).max() > LASTING else "no lead"), None
    if lead[-1] > LASTING:
        return "lasts", None
    first = float(np.interp(stop, run.months, lead))
    if first <= LASTING:
        return "no lead", None
    after = run.months >= stop
    return "fades", _first_below(run.months[after] - stop, lead[after], first / 2)


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
