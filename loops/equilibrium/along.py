"""Along what a tipping point is looked for: a programme's length, one lever's level, one circumstance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loops.compare import last_stop, levers_stop, off_from
from loops.model import Lever, Model, Variable
from loops.parts import nearest, replace
from loops.scenario import Change, Scenario, Schedule

SHORTEST_RAMP = 0.01
"""Months: a ramp that is cut shorter than this is a jump."""


@dataclass(frozen=True)
class ProgrammeLength:
    """How long the programme runs, in months from month 0 of the plan.

    Levers that are on until the programme's last stop are held at their last level for longer, or cut; the
    way they are let go (a ramp) moves along where there is room for it. Levers that stop earlier keep their
    stop, or are cut too.
    """

    low: float = 0.0
    high: float = 120.0
    tolerance: ClassVar[float] = 0.1
    """A crossing is known to this many months."""
    text: ClassVar[str] = "months"

    def value_in(self, model: Model, scenario: Scenario) -> float | None:
        """The month at which the plan's last lever stops; None when none is ever on, or one never stops."""
        return levers_stop(model, scenario)

    def applied(self, model: Model, scenario: Scenario, value: float) -> Scenario:
        """The plan with its programme ended at month `value`; at its own value, the plan as it is."""
        last = last_stop(model, scenario)
        plans = [(lever, scenario.schedule(lever.id)) for lever in model.levers]
        ended = [_ended(plan, lever, last, value) for lever, plan in plans]
        return replace(scenario, levers=tuple(plan for plan in ended if plan is not None))


@dataclass(frozen=True)
class LeverLevel:
    """One lever's level for as long as it is on.

    A lever that the plan never moves is taken to be on from month 0 until the programme's last stop.
    """

    id: str
    low: float = 0.0
    high: float = 1.0
    tolerance: ClassVar[float] = 0.002
    """A crossing is known to this much of a level."""

    @property
    def text(self) -> str:
        """As :func:`parse` reads it."""
        return f"lever:{self.id}"

    def value_in(self, model: Model, scenario: Scenario) -> float | None:
        """The highest level that the plan gives the lever; None when the plan has no lever on."""
        if last_stop(model, scenario) == 0:
            return None
        usual = _level(model, self.id)
        plan = scenario.schedule(self.id)
        if plan is None or plan.always is not None:
            return plan.before(usual) if plan else usual
        return max(usual, *(change.level for change in plan.changes))

    def applied(self, model: Model, scenario: Scenario, value: float) -> Scenario:
        """The plan with the lever at `value` whenever it is on; raises what `schedule` raises."""
        others = (each for each in scenario.levers if each.id != self.id)
        return replace(scenario, levers=(*others, self.schedule(model, scenario, value)))

    def schedule(self, model: Model, scenario: Scenario, value: float) -> Schedule:
        """The lever's own schedule at `value`.

        Raises :class:`ValueError` for a lever that the plan never moves when there is no length to move it
        for: no lever is on, or one never stops.
        """
        usual, plan = _level(model, self.id), scenario.schedule(self.id)
        if off_from(plan, usual) == 0:
            stop = levers_stop(model, scenario)
            if stop is None:
                raise ValueError(f"'{self.id}' is never on in this plan, and no lever says for how long")
            on, off = Change(month=0.0, level=value), Change(month=stop, level=0.0)
            return Schedule(id=self.id, changes=(on, off))
        if plan is None or plan.always is not None:
            return Schedule(id=self.id, always=value)
        set_to = (replace(each, level=value) if each.level else each for each in plan.changes)
        return Schedule(id=self.id, changes=tuple(set_to))


@dataclass(frozen=True)
class ContextLevel:
    """A circumstance's level, the same always: dated changes of it in the plan are left out."""

    id: str
    low: float = 0.0
    high: float = 1.0
    tolerance: ClassVar[float] = 0.002
    """A crossing is known to this much of a level."""

    @property
    def text(self) -> str:
        """As :func:`parse` reads it."""
        return f"context:{self.id}"

    def value_in(self, model: Model, scenario: Scenario) -> float | None:
        """Where the circumstance stands when the plan's dated changes are over."""
        plan = scenario.schedule(self.id)
        if plan is None:
            return _level(model, self.id)
        return plan.changes[-1].level if plan.always is None else plan.always

    def applied(self, model: Model, scenario: Scenario, value: float) -> Scenario:
        """The plan under this circumstance at `value`; nothing new is under it too."""
        others = tuple(each for each in scenario.contexts if each.id != self.id)
        return replace(scenario, contexts=(*others, Schedule(id=self.id, always=value)))


Along = ProgrammeLength | LeverLevel | ContextLevel
"""What is varied. `low` to `high` is where it is looked at, `tolerance` how finely a crossing is known."""


def parse(text: str, model: Model) -> Along:
    """Read "months", "lever:ID", "context:ID", or the id of a lever or circumstance by itself.

    Raises :class:`ValueError` with one sentence that names the nearest valid name.
    """
    kind, _, name = text.rpartition(":")
    levers, contexts = {node.id for node in model.levers}, {node.id for node in model.contexts}
    if kind in ("", "lever") and name in levers:
        return LeverLevel(name)
    if kind in ("", "context") and name in contexts:
        return ContextLevel(name)
    if text == ProgrammeLength.text:
        return ProgrammeLength()
    known = {"": {ProgrammeLength.text, *levers, *contexts}, "lever": levers, "context": contexts}
    if kind not in known:
        raise ValueError(f"'{text}': write months, lever:ID or context:ID")
    what = kind or "lever or circumstance"
    raise ValueError(f"there is no {what} '{name}' in this model. {nearest(name, known[kind])}")


Setting = tuple[Along, float]
"""What is varied, and its value."""


def both(model: Model, scenario: Scenario, one: Setting, other: Setting) -> Scenario:
    """The plan with two things set, of which it does not matter which comes first.

    A length is set last, so that it ends every lever. A level is read off the plan itself: how long a lever
    is on must not depend on another one that is set to nothing. Raises what `applied` raises.
    """
    (along, value), (last, then) = sorted((one, other), key=lambda each: isinstance(each[0], ProgrammeLength))
    plan = along.applied(model, scenario, value)
    if not isinstance(last, LeverLevel):
        return last.applied(model, plan, then)
    others = (each for each in plan.levers if each.id != last.id)
    return replace(plan, levers=(*others, last.schedule(model, scenario, then)))


def _level(model: Model, name: str) -> float:
    """The model's own level of a lever or context."""
    node = model.nodes[name]
    if isinstance(node, Variable):
        raise ValueError(f"'{name}' is neither a lever nor a circumstance: it changes by itself")
    return node.level


def _ended(plan: Schedule | None, lever: Lever, last: float, month: float) -> Schedule | None:
    """One lever's schedule when a programme that stops at `last` stops at `month`; None if it has none."""
    end = off_from(plan, lever.level)
    if end == 0 or month == last or (end < last and end <= month):
        return plan
    changes = plan.changes if plan else ()
    if plan and plan.always is not None:
        changes = (Change(month=0.0, level=plan.always),)
    if end == last < float("inf"):
        place = next(k for k, change in enumerate(changes) if change.until == end)
        fall, changes = changes[place], changes[:place]
        begins = fall.month + (month - last)
        if begins >= 0 and (not changes or (changes[-1].until <= begins > changes[-1].month)):
            return Schedule(id=lever.id, changes=(*changes, replace(fall, month=begins)))
    return _cut(changes, lever, month)


def _cut(changes: tuple[Change, ...], lever: Lever, month: float) -> Schedule | None:
    """The schedule followed until `month`, and then off; None if that leaves nothing of it."""
    kept = [change for change in changes if change.month < month]
    if kept and kept[-1].until > month:
        level, _ = Schedule(id=lever.id, changes=tuple(kept)).at(month, lever.level)
        ramp = month - kept[-1].month
        kept[-1] = Change(month=kept[-1].month, level=level, ramp=ramp if ramp >= SHORTEST_RAMP else 0.0)
    if kept[-1].level if kept else lever.level:
        kept.append(Change(month=month, level=0.0))
    return Schedule(id=lever.id, changes=tuple(kept)) if kept else None
