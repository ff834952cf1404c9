"""What the dials mean: a draft of a plan with some levers and circumstances turned up or down."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from loops.model import Context, Lever, Model
from loops.parts import Part, Whole, replace
from loops.scenario import LONGEST, Change, Scenario, Schedule

PLAN = "your_plan"
TITLE = "Your plan"
USUAL = 36
"""Months that a lever runs for when the copied scenario runs none."""

Dials = Mapping[str, int]
"""Where levers and circumstances stand, in percent. What is not named stands where the draft has it."""


class Block(Part):
    """When a lever that the draft leaves off is on, once it is turned up."""

    start: Annotated[Whole, Field(ge=0, le=LONGEST)] = 0
    months: Annotated[Whole, Field(ge=1, le=LONGEST)] = USUAL


def percent(level: float) -> int:
    """A level as a dial shows it."""
    return round(100 * level)


def peak(lever: Lever, scenario: Scenario) -> float:
    """The most effort that a scenario ever puts into a lever: what its dial shows."""
    plan = scenario.schedule(lever.id)
    if plan is None:
        return lever.level
    return max((change.level for change in plan.changes), default=plan.before(lever.level))


def now(context: Context, scenario: Scenario) -> float:
    """How things are at month 0: what a circumstance's dial shows."""
    return scenario.level(context, 0)


def stands(model: Model, scenario: Scenario) -> dict[str, int]:
    """Where every dial stands for a scenario."""
    efforts = {lever.id: percent(peak(lever, scenario)) for lever in model.levers}
    return efforts | {context.id: percent(now(context, scenario)) for context in model.contexts}


def usual_block(model: Model, scenario: Scenario) -> Block:
    """When the levers of a scenario are on, from the first month to the last."""
    spans = on_spans(model, scenario, model.horizon)
    if not spans:
        return Block(months=min(USUAL, model.horizon))
    start, end = int(spans[0][0]), round(spans[-1][1])
    return Block(start=start, months=max(end - start, 1))


def build(model: Model, draft: Scenario, dials: Dials, block: Block) -> Scenario:
    """The scenario that the dials describe.

    A lever's dial is the peak of its schedule in `draft`; turned, it scales the schedule, or if `draft`
    leaves the lever off, sets the block. A circumstance's dial holds from month 0; dated changes stay.
    """
    levers = (_lever(lever, draft, dials, block) for lever in model.levers)
    contexts = (_context(context, draft, dials) for context in model.contexts)
    return Scenario(
        id=PLAN,
        model=model.id,
        title=TITLE,
        start=draft.start,
        levers=tuple(plan for plan in levers if plan),
        contexts=tuple(plan for plan in contexts if plan),
        links=draft.links,
    )


def among(model: Model, copied: Scenario, plan: Scenario, other: Scenario) -> Scenario:
    """`other` in the circumstances that were set for `plan`, where it does not say otherwise itself.

    Plans are compared in one and the same place. What `copied` schedules is what it is about: where only
    today's level was moved, its later changes stay with the plan.
    """
    moved = []
    for context in model.contexts:
        mine, before = plan.schedule(context.id), copied.schedule(context.id)
        if mine is None or mine == before or other.schedule(context.id):
            continue
        if _later(mine) == _later(before):
            mine = Schedule(id=context.id, changes=(Change(month=0, level=now(context, plan)),))
        moved.append(mine)
    return replace(other, contexts=(*other.contexts, *moved)) if moved else other


def _later(plan: Schedule | None) -> tuple[Change, ...]:
    return () if plan is None else tuple(change for change in plan.changes if change.month > 0)


def _lever(lever: Lever, draft: Scenario, dials: Dials, block: Block) -> Schedule | None:
    plan, most = draft.schedule(lever.id), peak(lever, draft)
    wanted = dials.get(lever.id, percent(most))
    if wanted == percent(most):
        return plan
    if not percent(most):
        return _block(lever, plan, wanted / 100, block)
    if plan is None:
        return Schedule(id=lever.id, always=wanted / 100)
    share = wanted / 100 / most
    if plan.always is not None:
        return Schedule(id=lever.id, always=min(plan.always * share, 1.0))
    changes = tuple(replace(change, level=min(change.level * share, 1.0)) for change in plan.changes)
    return Schedule(id=lever.id, changes=changes)


def _block(lever: Lever, plan: Schedule | None, effort: float, block: Block) -> Schedule:
    """On for the block, and then again as the draft has it."""
    end = block.start + block.months
    on = Change(month=block.start, level=effort)
    if end > LONGEST:
        return Schedule(id=lever.id, changes=(on,))
    off = lever.level if plan is None else plan.at(end, lever.level)[0]
    return Schedule(id=lever.id, changes=(on, Change(month=end, level=off)))


def _context(context: Context, draft: Scenario, dials: Dials) -> Schedule | None:
    plan, today = draft.schedule(context.id), percent(now(context, draft))
    wanted = dials.get(context.id, today)
    if wanted == today:
        return plan
    return Schedule(id=context.id, changes=(Change(month=0, level=wanted / 100), *_later(plan)))


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
