"""What became of an outcome under each scenario, next to doing nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops.kernel import Floats
from loops.model import Model
from loops.parts import nearest
from loops.scenario import Scenario
from loops.simulate import AT_REST, LONG_RUN, TEN_YEARS, Trajectory, simulate

LASTING = 0.01
"""A lead over nothing new smaller than this, in the end, is no lead."""

Fate = Literal["lasts", "fades", "no lead", "still moving"]


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
    """Level after 150 years, or at the horizon if that is later."""
    fate: Fate
    half_lead_lost: float | None
    """Months after `stop` until half of the lead is lost, where it fades."""


def levers_stop(model: Model, scenario: Scenario) -> float | None:
    """The month after which every lever is at 0 for good; None when none was moved or one stays on."""
    ends = []
    for lever in model.levers:
        plan = scenario.schedule(lever.id)
        if plan is None or plan.always is not None:
            if lever.level if plan is None else plan.always:
                return None
        elif plan.changes[-1].level:
            return None
        elif lever.level or any(change.level for change in plan.changes):
            ends.append(plan.changes[-1].until)
    return max(ends) if ends else None


def compare(
    model: Model, scenarios: Sequence[Scenario], outcome: str, *, months: int | None = None
) -> list[Comparison]:
    """Run `scenarios` to the horizon and for 150 years, and measure `outcome` next to nothing new.

    Raises :class:`ValueError` when `outcome` is no variable, and what :func:`loops.simulate.simulate` raises.
    """
    names = [node.id for node in model.variables]
    if outcome not in names:
        raise ValueError(f"there is no variable '{outcome}'. {nearest(outcome, names)}")
    horizon = model.horizon if months is None else months
    # nothing new starts where the scenario starts, so that their lead at month 0 is nothing
    quiet = [
        Scenario(id="quiet", model=model.id, title="Nothing new", start=each.start) for each in scenarios
    ]
    runs = simulate(model, [*scenarios, *quiet], months=max(LONG_RUN, horizon))
    pairs = zip(runs[: len(quiet)], runs[len(quiet) :], strict=True)
    return [_measure(model, run, without[outcome], outcome, horizon) for run, without in pairs]


def _measure(model: Model, run: Trajectory, quiet: Floats, outcome: str, horizon: int) -> Comparison:
    whole = run[outcome]
    level = whole[: horizon + 1]
    peak = int(np.argmax(level))
    lead = whole - quiet
    stop = levers_stop(model, run.scenario)
    fate, lost = _fate(run, lead, stop)
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


def _fate(run: Trajectory, lead: Floats, stop: float | None) -> tuple[Fate, float | None]:
    """Whether the lead lasts after the levers stop, judged where the run has come to rest."""
    moving = np.abs(run.levels[-1] - run.levels[-1 - TEN_YEARS]).max()
    if moving > AT_REST:
        return "still moving", None
    if lead[-1] > LASTING:
        return "lasts", None
    if stop is None or np.interp(stop, run.months, lead) <= LASTING:
        return "no lead", None
    after = run.months >= stop
    first = float(np.interp(stop, run.months, lead))
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
