"""A change that a room tries: what was planned, what is planned with the change, and the change in words."""

from __future__ import annotations

from dataclasses import dataclass

from loops.model import Context, Lever, Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.ui.planning import plan
from loops.ui.planning.plan import PLAN, Block

CHANGED = "With the change"


@dataclass(frozen=True)
class Trial:
    """Two plans that differ by one change, and the change as a sentence without its full stop."""

    before: Scenario
    after: Scenario
    words: str

    @property
    def nothing(self) -> bool:
        """Whether the plans are the same, so that there is nothing to try."""
        return _content(self.before) == _content(self.after)


def span(model: Model, base: Scenario, lever: Lever) -> Block:
    """When a lever is on in `base`, from the first month to the last; the usual block where it never is."""
    schedule = base.schedule(lever.id)
    alone = replace(base, levers=(schedule,) if schedule else (), contexts=(), links=())
    spans = plan.on_spans(model, alone, model.horizon)
    if not spans:
        return plan.usual_block(model, base)
    start, end = int(spans[0][0]), round(spans[-1][1])
    return Block(start=start, months=max(end - start, 1))


def push(model: Model, base: Scenario, lever: Lever, percent: int, block: Block) -> Trial:
    """More or less of a lever, or the same at another time.

    Where only the effort changes the lever keeps its schedule, scaled; other months replace it by one block.
    """
    was, when = plan.percent(plan.peak(lever, base)), span(model, base, lever)
    if block == when or not percent:
        made = plan.build(model, base, {lever.id: percent}, block)
        schedule = made.schedule(lever.id)
    else:
        off = Change(month=block.start + block.months, level=lever.level)
        on = Change(month=block.start, level=percent / 100)
        schedule = Schedule(id=lever.id, changes=(on, off))
    others = tuple(one for one in base.levers if one.id != lever.id)
    after = replace(base, levers=(*others, schedule) if schedule else others)
    words = (
        f"“{lever.label}” at {percent}% effort instead of {was}%" if percent != was else f"“{lever.label}”"
    )
    if percent and (block != when or not was):
        words += f", {_months(block)}" + (f" instead of {_months(when)}" if was and block != when else "")
    return Trial(base, _changed(after), words)


def around(model: Model, base: Scenario, context: Context, percent: int) -> Trial:
    """Another circumstance, from the start; later dated changes of it stay."""
    made = plan.build(model, base, {context.id: percent}, Block())
    was = plan.percent(plan.now(context, base))
    after = replace(base, contexts=made.contexts)
    return Trial(base, _changed(after), f"“{context.label}” at {percent}% instead of {was}%, from the start")


def instead(base: Scenario, other: Scenario) -> Trial:
    """Another plan altogether."""
    return Trial(base, _changed(other), f"the plan “{other.title}” instead of “{base.title}”")


def _changed(scenario: Scenario) -> Scenario:
    return replace(scenario, id=PLAN, title=CHANGED)


def _content(scenario: Scenario) -> tuple[object, ...]:
    """What a run depends on."""
    schedules = {one.id: one for one in (*scenario.levers, *scenario.contexts)}
    return scenario.start, schedules, scenario.links


def _months(block: Block) -> str:
    return f"from month {block.start} for {block.months} months"
