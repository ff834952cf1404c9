"""What the What-if page shows, as one frozen value: undo, kept plans and links all hold the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, PlainSerializer, model_validator

from loops.model import Lever, Model
from loops.parts import Flag, Id, Number, Part, Whole, repeated, replace
from loops.scenario import Change, Scenario, Schedule, fits
from loops.shape import as_file
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.planning.plan import TITLE, Block, among, build, on_spans, percent, stands, usual_block
from loops.ui.text import unique

MOST_COMPARED = 4
"""Plans to compare at one time, besides the plan and nothing new: more lines cannot be told apart."""
MOST_KEPT = 12
MOST_SHOWN = 4
"""Boxes to look at side by side."""
YOURS = "plan/yours"
"""The key of the plan's own line; no scenario's id and no kept plan's key looks like it."""

Key = Annotated[str, Field(pattern=r"^((kept|plan)/)?[a-z][a-z0-9_]{0,63}$")]
"""What a line is found by: the id of a scenario, or ``kept/`` and the id of a kept plan."""
Percent = Annotated[Whole, Field(ge=0, le=100)]
MonthlyHours = Annotated[Number, Field(ge=0, le=100_000)]
Plan = Annotated[Scenario, PlainSerializer(lambda plan: as_file(plan, defaults=False), when_used="json")]


class Budget(Part):
    """Hours a month that there are; None where nobody has said."""

    us: MonthlyHours | None = None
    partner: MonthlyHours | None = None


class Board(Part):
    """Everything the page shows of one model. The functions below change it; every result is validated."""

    model: Id
    copied: Key = NOTHING_NEW
    draft: Plan = Field(description="The plan before its dials: as copied, with the calendar as edited.")
    dials: tuple[tuple[Id, Percent], ...] = Field(default=(), max_length=1_000)
    block: Block = Block()
    kept: tuple[Plan, ...] = Field(default=(), max_length=MOST_KEPT)
    compared: tuple[Key, ...] = Field(default=(), max_length=MOST_COMPARED)
    against: Key | None = Field(default=None, description="The line that the others are set against.")
    shown: tuple[Id, ...] = Field(default=(), max_length=MOST_SHOWN)
    figures: Flag = False
    diagram: Flag = Field(default=False, description="The diagram is in view rather than the curves.")
    everything: Flag = Field(default=False, description="The diagram has all its boxes.")
    budget: Budget = Budget()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if any(plan.model != self.model for plan in (self.draft, *self.kept)):
            raise ValueError("a plan on it is for another model")
        named = ([name for name, _ in self.dials], [plan.id for plan in self.kept], self.compared, self.shown)
        if twice := next(filter(None, map(repeated, named)), None):
            raise ValueError(f"'{twice}' stands twice")
        return self

    def plan(self, model: Model) -> Scenario:
        """The plan as it runs: the draft with its dials."""
        return build(model, self.draft, dict(self.dials), self.block)


def fresh(model: Model, copied: str, scenario: Scenario, compared: tuple[str, ...] = ()) -> Board:
    """A board whose plan is a copy of `scenario`, which is found by the key `copied`."""
    return Board(
        model=model.id,
        copied=copied,
        draft=scenario,
        block=usual_block(model, scenario),
        compared=compared,
        shown=model.headlines[:2],
    )


def fit(board: Board, model: Model, scenarios: Mapping[str, Scenario]) -> Board:
    """`board` where its plans fit `model`; what it only points to and is not there is left out.

    Raises :class:`ValueError` with one sentence when it is for another model or a plan does not fit.
    """
    if board.model != model.id:
        raise ValueError(f"it is for the model '{board.model}', and the one open here is '{model.id}'")
    for plan in (board.draft, *board.kept):
        fits(model, plan)
    known = {node.id for node in (*model.levers, *model.contexts)}
    if strange := next((name for name, _ in board.dials if name not in known), None):
        raise ValueError(f"the model has no lever or circumstance '{strange}'")
    keys = choices(board, scenarios)
    there = {*keys, YOURS}
    variables = {node.id for node in model.variables}
    return replace(
        board,
        copied=board.copied if board.copied in keys else NOTHING_NEW,
        compared=tuple(key for key in board.compared if key in keys and key != NOTHING_NEW),
        against=board.against if board.against in there else None,
        shown=tuple(name for name in board.shown if name in variables),
    )


def choices(board: Board, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Every plan that can be copied or compared: the model's scenarios and the kept plans, titles apart."""
    kept = {f"kept/{plan.id}": plan for plan in board.kept}
    named = {key: plan.title for key, plan in (*scenarios.items(), *kept.items())}
    titles = unique({YOURS: TITLE, **named})
    return {**scenarios, **{key: replace(plan, title=titles[key][-200:]) for key, plan in kept.items()}}


def lines(board: Board, model: Model, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """What is run and drawn: nothing new first, then the plan, then what it is compared with.

    All are in the circumstances that were set for the plan, unless they set their own.
    """
    every, plan = choices(board, scenarios), board.plan(model)
    others = {key: every[key] for key in (NOTHING_NEW, *board.compared) if key in every}
    copied = every.get(board.copied, every[NOTHING_NEW])
    felt = {key: among(model, copied, plan, other) for key, other in others.items()}
    return {NOTHING_NEW: felt.pop(NOTHING_NEW), YOURS: plan, **felt}


def copy(board: Board, model: Model, key: str, scenario: Scenario) -> Board:
    """The plan starts again as a copy of `scenario`."""
    return replace(board, copied=key, draft=scenario, dials=(), block=usual_block(model, scenario))


def turn(board: Board, model: Model, dials: Mapping[str, int]) -> Board:
    """Dials turned to these percentages; those not named stay. A dial that stands as drafted is none."""
    drafted, turned = stands(model, board.draft), dict(board.dials) | dict(dials)
    return replace(board, dials=tuple(item for item in turned.items() if drafted[item[0]] != item[1]))


def reschedule(board: Board, model: Model, node: str, schedule: Schedule | None) -> Board:
    """The calendar of one lever or circumstance as edited; None leaves it as the model has it."""
    kind = "levers" if any(lever.id == node for lever in model.levers) else "contexts"
    plans = tuple(plan for plan in getattr(board.draft, kind) if plan.id != node)
    if schedule:
        plans = (*plans, schedule)
    dials = tuple((name, percent) for name, percent in board.dials if name != node)
    return replace(board, draft=replace(board.draft, **{kind: plans}), dials=dials)


def keep(board: Board, model: Model, title: str) -> Board:
    """The plan as it runs now, kept under a title and compared; later moves do not change it.

    Raises :class:`ValueError` with one sentence when the title is no title or too many are kept.
    """
    if not title.strip() or len(title) > 200:
        raise ValueError("Give the plan a name of 1 to 200 letters.")
    plan = board.plan(model)
    settled = [
        Schedule(id=context.id, always=context.level)
        for context in model.contexts
        if not plan.schedule(context.id)
    ]
    return add(board, replace(plan, title=title.strip(), contexts=(*plan.contexts, *settled)))


def add(board: Board, plan: Scenario) -> Board:
    """Another plan is kept and compared; raises :class:`ValueError` when too many are kept."""
    if len(board.kept) == MOST_KEPT:
        raise ValueError(f"{MOST_KEPT} plans are kept already: remove one first.")
    taken = {one.id for one in board.kept}
    free = next(name for number in range(1, MOST_KEPT + 1) if (name := f"kept_{number}") not in taken)
    compared = (*board.compared[: MOST_COMPARED - 1], f"kept/{free}")
    return replace(board, kept=(*board.kept, replace(plan, id=free)), compared=compared)


def drop(board: Board, name: str) -> Board:
    """A kept plan removed, from wherever it stands. A plan that was copied from it stays as it is."""
    key = f"kept/{name}"
    return replace(
        board,
        kept=tuple(plan for plan in board.kept if plan.id != name),
        compared=tuple(one for one in board.compared if one != key),
        against=None if board.against == key else board.against,
        copied=NOTHING_NEW if board.copied == key else board.copied,
    )


def run_for(board: Board, model: Model, months: int) -> Board:
    """The programme lasts so many months: what was on until its end goes on or stops then.

    Levers that stop earlier keep their months, and those cut off before they begin are left out.
    """
    plan, start = board.plan(model), board.block.start
    running = usual_block(model, plan) if on_spans(model, plan, model.horizon) else board.block
    before, after = running.start + running.months, running.start + months
    levers = {lever.id: lever for lever in model.levers}
    plans = (_ending(levers[plan.id], plan, before, after) for plan in board.draft.levers)
    draft = replace(board.draft, levers=tuple(plan for plan in plans if plan))
    return replace(board, draft=draft, block=Block(start=start, months=max(after - start, 1)))


def _ending(lever: Lever, plan: Schedule, before: int, after: int) -> Schedule | None:
    """The schedule of a programme that ended at month `before` when it ends at `after`."""
    last = plan.changes[-1] if plan.changes else None
    if after >= before:
        if last is None or last.level > lever.level or round(last.until) != before:
            return plan
        return replace(plan, changes=(*plan.changes[:-1], replace(last, month=last.month + after - before)))
    changes = [change for change in plan.changes if change.month < after]
    if plan.always is not None:
        changes = [Change(month=0, level=plan.always)]
    elif not changes:
        return None
    level, _ = plan.at(after, lever.level)
    if changes[-1].until > after:
        changes[-1] = replace(changes[-1], ramp=after - changes[-1].month, level=level)
    if percent(changes[-1].level) > percent(lever.level):
        changes.append(Change(month=after, level=lever.level))
    return Schedule(id=lever.id, changes=tuple(changes))
