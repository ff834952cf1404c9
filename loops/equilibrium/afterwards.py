"""What holds when a scenario's dated changes are over and nobody pushes any more."""

from __future__ import annotations

from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario, Schedule


def afterwards(model: Model, scenario: Scenario) -> Scenario:
    """Return the scenario of what holds in the end: levers off, circumstances as last set, links as changed.

    Nothing in it is dated, so a run of it only moves because it is not at rest yet. A lever that never stops
    is off in it too: the question is what goes on without us. Raises nothing; whether the scenario fits the
    model is seen when it is run.
    """
    return replace(
        scenario,
        levers=tuple(Schedule(id=lever.id, always=0.0) for lever in model.levers),
        contexts=tuple(Schedule(id=plan.id, always=_last(plan)) for plan in scenario.contexts),
    )


def _last(plan: Schedule) -> float:
    """The level that a schedule ends with."""
    return plan.changes[-1].level if plan.always is None else plan.always
