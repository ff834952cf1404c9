"""A scenario: named differences from a model. Lever and context schedules, links cut or re-weighted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from loops import validity
from loops.model import MAX_LINKS, Context, Lever, Model
from loops.parts import (
    Flag,
    Id,
    Label,
    Level,
    Number,
    Part,
    Rate,
    Text,
    Whole,
    keyed_only,
    nearest,
    repeated,
    replace,
)

MOST = 500
"""Levers, and contexts, that one scenario may schedule: as many as a model may have nodes."""
LONGEST = 2_400
"""Months: the last month that a schedule may name."""


class Change(Part):
    """From this month on the level is this one, reached at once or along a straight ramp of some months."""

    month: Annotated[Number, Field(ge=0, le=LONGEST)]
    level: Level
    ramp: Annotated[Number, Field(ge=0, le=LONGEST)] = 0.0

    @model_validator(mode="after")
    def _check(self) -> Self:
        if 0 < self.ramp < 0.01:
            raise ValueError(f"ramp is {self.ramp:g}: use 0, or at least 0.01 months")
        return self

    @property
    def until(self) -> float:
        """The month at which the new level is reached."""
        return self.month + self.ramp


class Schedule(Part):
    """The level of one lever or context over time: the same always, or dated changes from the model's own.

    The level set for month m acts from m onwards, so it covers [m, m+1) when the next change is at m+1.
    """

    id: Id = Field(description="The lever or context that is set.")
    always: Level | None = None
    changes: Annotated[tuple[Change, ...], Field(max_length=1_000)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.always is None) == (not self.changes):
            raise ValueError("give one level, or a list of changes such as {month = 0, level = 1}")
        for first, then in pairwise(self.changes):
            if then.month <= first.month:
                raise ValueError(
                    f"month {then.month:g} comes after month {first.month:g}: put the months in order"
                )
            if then.month < first.until:
                raise ValueError(
                    f"the ramp from month {first.month:g} is still running at month {then.month:g}: "
                    f"shorten it to {then.month - first.month:g} months or less"
                )
        return self

    def corners(self) -> list[float]:
        """The months at which the level jumps or its slope changes."""
        return sorted({month for change in self.changes for month in (change.month, change.until)})

    def before(self, default: float) -> float:
        """The level before month 0, where `default` is the model's own."""
        return default if self.always is None else self.always

    def at(self, month: float, default: float) -> tuple[float, float]:
        """Level and slope (per month) just after `month`, where `default` is the model's own level.

        >>> year = (Change(month=0, level=1), Change(month=12, level=0, ramp=4))
        >>> plan = Schedule(id="training", changes=year)
        >>> plan.at(6, 0.0), plan.at(13, 0.0), plan.at(16, 0.0)
        ((1.0, 0.0), (0.75, -0.25), (0.0, 0.0))
        """
        position = bisect_right(self.changes, month, key=lambda change: change.month) - 1
        if position < 0:
            return self.before(default), 0.0
        change = self.changes[position]
        if month >= change.until:
            return change.level, 0.0
        earlier = self.changes[position - 1].level if position else self.before(default)
        slope = (change.level - earlier) / change.ramp
        return earlier + slope * (month - change.month), slope

    def monthly_mean(self, months: int, default: float) -> NDArray[np.float64]:
        """Mean level over each of the first `months` months, exact for holds and ramps; shape (months,)."""
        starts = np.array(sorted({0.0, *(month for month in self.corners() if 0 < month < months)}))
        level, slope = np.array([self.at(start, default) for start in starts]).T
        lasted = np.diff(starts)
        before = np.concatenate([[0.0], np.cumsum(level[:-1] * lasted + slope[:-1] * lasted**2 / 2)])
        ends = np.arange(months + 1.0)
        piece = np.searchsorted(starts, ends, side="right") - 1
        since = ends - starts[piece]
        mean: NDArray[np.float64] = np.diff(
            before[piece] + level[piece] * since + slope[piece] * since**2 / 2
        )
        return mean


def _by_node(value: Any) -> Any:
    """Read ``training = 0.5`` (always) and ``training = [{month = 0, level = 1}]`` as schedules with ids."""
    keyed_only(value)
    if not isinstance(value, Mapping):
        return value
    return [
        {"id": node, "changes" if isinstance(plan, list) else "always": plan} for node, plan in value.items()
    ]


Schedules = Annotated[tuple[Schedule, ...], BeforeValidator(_by_node)]


class LinkChange(Part):
    """A link cut, or given another strength."""

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    strength: Rate | None = None
    times: Annotated[Number, Field(ge=0, le=100)] | None = None
    cut: Flag | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if sum(given is not None for given in (self.strength, self.times, self.cut)) != 1:
            raise ValueError("give exactly one of strength, times and cut = true")
        if self.cut is False:
            raise ValueError("cut is false; leave the whole change out instead")
        return self

    def apply(self, strength: float) -> float:
        """The strength after the change; raises :class:`ValueError` beyond 2 per month."""
        if self.cut:
            return 0.0
        changed = self.strength if self.strength is not None else strength * (self.times or 0.0)
        if changed > 2:
            raise ValueError(
                f"link {self.source} -> {self.target}: times: "
                f"{strength:g} times {self.times:g} is above 2 per month"
            )
        return changed


class Scenario(Part):
    """Differences from a model, found by the ids of its nodes and links."""

    format: Annotated[Whole, Field(ge=1, le=1)] = 1
    id: Id
    model: Id
    title: Label
    description: Text = ""
    start: Literal["file", "rest"] = Field(
        default="file",
        description="Begin at the file's levels, or where it rests before any dated change.",
    )
    levers: Schedules = Field(default=(), alias="lever", max_length=MOST)
    contexts: Schedules = Field(default=(), alias="context", max_length=MOST)
    links: tuple[LinkChange, ...] = Field(default=(), alias="link", max_length=MAX_LINKS)

    @model_validator(mode="after")
    def _check(self) -> Self:
        plans = [plan.id for plan in (*self.levers, *self.contexts)]
        if twice := repeated(plans):
            raise ValueError(f"'{twice}' has two schedules: keep one of them")
        ends = [f"{change.source} -> {change.target}" for change in self.links]
        if twice := repeated(ends):
            raise ValueError(f"link {twice} is changed twice: keep one of the changes")
        return self

    def schedule(self, node: str) -> Schedule | None:
        """The schedule of a lever or context, if this scenario has one."""
        return next((plan for plan in (*self.levers, *self.contexts) if plan.id == node), None)

    def corners(self) -> set[float]:
        """Every month at which a lever or context jumps or its slope changes."""
        return {month for plan in (*self.levers, *self.contexts) for month in plan.corners()}

    def level(self, node: Lever | Context, month: float) -> float:
        """Where a lever or context stands just after `month`: as scheduled here, or as the model has it."""
        plan = self.schedule(node.id)
        return node.level if plan is None else plan.at(month, node.level)[0]


def without_levers(scenario: Scenario) -> Scenario:
    """The same if nothing new is done: levers as in the model, circumstances (dated too) and links kept."""
    return replace(scenario, levers=())


def fits(model: Model, scenario: Scenario) -> Scenario:
    """Return `scenario` if everything it names is in `model`.

    Raises :class:`ValueError` with one sentence naming the place and the nearest valid name.
    """
    if scenario.model != model.id:
        raise ValueError(
            f"model: this scenario is for '{scenario.model}', and the model open here is '{model.id}'"
        )
    named = (("lever", scenario.levers, model.levers), ("context", scenario.contexts, model.contexts))
    for kind, plans, nodes in named:
        known = {node.id for node in nodes}
        for plan in plans:
            if plan.id not in known:
                raise ValueError(
                    f"{kind}.{plan.id}: the model has no {kind} '{plan.id}'. {nearest(plan.id, known)}"
                )
    for change in scenario.links:
        found = [link for link in model.links if (link.source, link.target) == (change.source, change.target)]
        if not found:
            raise ValueError(f"link: {validity.no_such_link(model, change.source, change.target)}")
        for link in found:
            change.apply(link.strength)
    return scenario


def effort(lever: Lever, scenario: Scenario | None, months: int) -> NDArray[np.float64]:
    """The mean level of a lever in each of the first `months` months, as the model has it without a plan."""
    plan = scenario.schedule(lever.id) if scenario else None
    return (plan or Schedule(id=lever.id, always=lever.level)).monthly_mean(months, lever.level)


def hours(model: Model, scenario: Scenario, months: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hours a month that the scenario's levers cost: ours and the partner's, each of shape (months,)."""
    ours, theirs = np.zeros(months), np.zeros(months)
    for lever in model.levers:
        mean = effort(lever, scenario, months)
        ours += mean * lever.hours_us
        theirs += mean * lever.hours_partner
    return ours, theirs
