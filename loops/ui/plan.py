"""What the sliders mean: a copy of a scenario with some levers and circumstances set differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from loops.model import Context, Lever, Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule

PLAN = "your_plan"
TITLE = "Your plan"
USUAL = 36
"""Months that a lever runs for when the copied scenario runs none."""


@dataclass(frozen=True)
class Block:
    """When a lever that the copied scenario leaves off is on."""

    start: int = 0
    months: int = USUAL


@dataclass(frozen=True)
class Settings:
    """Where the sliders stand, in percent. What is not named stands where the copied scenario has it."""

    efforts: Mapping[str, int] = field(default_factory=dict)
    circumstances: Mapping[str, int] = field(default_factory=dict)
    block: Block = field(default_factory=Block)


def percent(level: float) -> int:
    """A level as a slider shows it."""
    return round(100 * level)


def peak(lever: Lever, scenario: Scenario) -> float:
    """The most effort that a scenario ever puts into a lever: what its slider shows."""
    plan = scenario.schedule(lever.id)
    if plan is None:
        return lever.level
    return max((change.level for change in plan.changes), default=plan.before(lever.level))


def now(context: Context, scenario: Scenario) -> float:
    """How things are at month 0: what a circumstance's slider shows."""
    plan = scenario.schedule(context.id)
    return context.level if plan is None else plan.at(0, context.level)[0]


def idle(model: Model, scenario: Scenario) -> tuple[Lever, ...]:
    """The levers that a scenario never switches on, so that somebody has to say when they are on."""
    return tuple(lever for lever in model.levers if not peak(lever, scenario))


def usual_block(model: Model, scenario: Scenario) -> Block:
    """When the other levers of a scenario are on, from the first month to the last."""
    spans = on_spans(model, scenario, model.horizon)
    if not spans:
        return Block(months=min(USUAL, model.horizon))
    start, end = int(spans[0][0]), round(spans[-1][1])
    return Block(start, max(end - start, 1))


def build(model: Model, base: Scenario, settings: Settings) -> Scenario:
    """The scenario that the sliders describe.

    A lever's slider is the peak of its schedule in `base`; moved, it scales the schedule, or if `base` leaves
    the lever off, sets the block. A circumstance's slider holds from month 0; dated changes stay.
    """
    levers = (_lever(lever, base, settings) for lever in model.levers)
    contexts = (_context(context, base, settings) for context in model.contexts)
    return Scenario(
        id=PLAN,
        model=model.id,
        title=TITLE,
        start=base.start,
        levers=tuple(plan for plan in levers if plan),
        contexts=tuple(plan for plan in contexts if plan),
        links=base.links,
    )


def among(model: Model, base: Scenario, settings: Settings, other: Scenario) -> Scenario:
    """`other` in the circumstances that the sliders describe, where it does not say otherwise itself.

    Plans are compared in one and the same place; a circumstance that `other` schedules is what it is about.
    """
    moved = [
        Schedule(id=context.id, changes=(Change(month=0, level=settings.circumstances[context.id] / 100),))
        for context in model.contexts
        if settings.circumstances.get(context.id, percent(now(context, base))) != percent(now(context, base))
        and not other.schedule(context.id)
    ]
    return replace(other, contexts=(*other.contexts, *moved)) if moved else other


def _lever(lever: Lever, base: Scenario, settings: Settings) -> Schedule | None:
    plan, most = base.schedule(lever.id), peak(lever, base)
    wanted = settings.efforts.get(lever.id, percent(most))
    if wanted == percent(most):
        return plan
    if not most:
        return _block(lever, wanted / 100, settings.block)
    if plan is None:
        return Schedule(id=lever.id, always=wanted / 100)
    share = wanted / 100 / most
    if plan.always is not None:
        return Schedule(id=lever.id, always=min(plan.always * share, 1.0))
    changes = tuple(
        Change(month=change.month, level=min(change.level * share, 1.0), ramp=change.ramp)
        for change in plan.changes
    )
    return Schedule(id=lever.id, changes=changes)


def _block(lever: Lever, effort: float, block: Block) -> Schedule:
    on = Change(month=block.start, level=effort)
    return Schedule(id=lever.id, changes=(on, Change(month=block.start + block.months, level=lever.level)))


def _context(context: Context, base: Scenario, settings: Settings) -> Schedule | None:
    plan, today = base.schedule(context.id), percent(now(context, base))
    wanted = settings.circumstances.get(context.id, today)
    if wanted == today:
        return plan
    later = () if plan is None else tuple(change for change in plan.changes if change.month > 0)
    return Schedule(id=context.id, changes=(Change(month=0, level=wanted / 100), *later))


def on_spans(model: Model, scenario: Scenario, months: int) -> tuple[tuple[float, float], ...]:
    """The spans of months in which some lever is above where the model leaves it, joined where they touch."""
    plans = [(plan, lever.level) for lever in model.levers if (plan := scenario.schedule(lever.id))]
    edges = sorted({0.0, float(months), *(m for plan, _ in plans for m in plan.corners() if 0 < m < months)})
    spans: list[tuple[float, float]] = []
    for start, end in pairwise(edges):
        if not any(plan.at((start + end) / 2, usual)[0] > usual for plan, usual in plans):
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
