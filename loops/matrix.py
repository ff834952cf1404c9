"""The influencer matrix of a plan: where its items act, where nothing is done, and what filling it would add.

What an item would add is the difference between two runs of one version of the assumptions, the plan with it
and the plan without it (common random numbers: Glasserman & Yao 1992, Management Science 38:884-908). It is
told of each item and cell in the model's order, and never ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from loops import parts
from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.ensemble.work import Work
from loops.equations import Equations
from loops.feedback import GRADES
from loops.influence import AUDIENCES, SPHERES, Audience, Influence, Sphere
from loops.model import Lever, Model
from loops.scenario import Change, Scenario, Schedule, effort
from loops.theory.levers import Band, band
from loops.worlds import Worlds

Place = tuple[Sphere, Audience]
"""A cell: on what level, and on whom."""
PLACES: tuple[Place, ...] = tuple((at, on) for at in SPHERES for on in AUDIENCES)
PROGRAMME = 48
"""Months for which an item is tried where the plan has none of its own."""
WORLDS = 512
MOST_TRIED = 60
"""Levers that are tried, the first in the model's order; of more it is said."""
MOST_ROWS = 60_000
"""Rows and links times levers that are tried: of a large model fewer are."""
MOST_WORK = 400_000_000
"""Steps times rows, links and worlds, a second or a few: of a large model fewer worlds are run."""


@dataclass(frozen=True)
class Item:
    """A lever in a cell: how we know that it stands there, and whether and for how long the plan does it."""

    lever: Lever
    influence: Influence
    used: bool
    hours: float
    """Ours and the partner's together, over the time shown."""


@dataclass(frozen=True)
class Cell:
    """One of the nine cells with its items, in the model's order."""

    at: Sphere
    on: Audience
    items: tuple[Item, ...]

    @property
    def used(self) -> tuple[Item, ...]:
        """The items that the plan does."""
        return tuple(item for item in self.items if item.used)

    @property
    def free(self) -> tuple[Item, ...]:
        """The items that it does not."""
        return tuple(item for item in self.items if not item.used)

    @property
    def hours(self) -> float:
        """What its items ask for; the hours of an item that stands in several cells are in each of them."""
        return sum(item.hours for item in self.items)

    @property
    def grade(self) -> str:
        """The weakest grade of how we know that its items stand here; empty where there are none."""
        return max((item.influence.evidence for item in self.items), key=GRADES.index, default="")


@dataclass(frozen=True)
class Matrix:
    """The nine cells, sphere by sphere, and the levers that stand in none."""

    model: Model
    scenario: Scenario | None
    cells: tuple[Cell, ...]
    nowhere: tuple[Lever, ...]

    def __getitem__(self, place: Place) -> Cell:
        """The cell of a sphere and an audience."""
        return self.cells[PLACES.index(place)]


def matrix(model: Model, scenario: Scenario | None = None) -> Matrix:
    """Where the levers of a model stand, and which a plan uses: those with any effort in the time shown.

    Without a plan those are used that the model itself has at work.
    """
    standing: dict[Place, list[Item]] = {place: [] for place in PLACES}
    for lever in model.levers:
        levels = effort(lever, scenario, model.horizon)
        hours = float(levels.sum()) * (lever.hours_us + lever.hours_partner)
        for cell in lever.influence:
            standing[cell.at, cell.on].append(Item(lever, cell, bool(levels.any()), hours))
    cells = tuple(Cell(*place, tuple(items)) for place, items in standing.items())
    return Matrix(model, scenario, cells, tuple(lever for lever in model.levers if not lever.influence))


@dataclass(frozen=True)
class Added:
    """What some levers add to a plan at full effort, in how many worlds; or why that was not run."""

    begins: Mapping[str, int]
    """The first month of each: those asked for, then those that they need and the plan does not have."""
    stop: int
    band: Band | None = None
    why: str = ""


@dataclass(frozen=True)
class Filling:
    """What each lever that a plan does not use would add to a variable at a month, and each cell of those.

    A cell in which the plan does nothing is filled with all the levers there that can begin in time.
    """

    variable: str
    month: int
    level: float | None
    """With the plan as it is, in the middle of the worlds."""
    levers: Mapping[str, Added]
    cells: Mapping[Place, Added]
    worlds: int
    stopped: str = ""


def span(model: Model, scenario: Scenario) -> tuple[int, int]:
    """From which month to which a plan has a lever above the model's own level; none: the first four years.

    Months beyond the model's horizon do not count.
    """
    above = np.zeros(model.horizon, dtype=bool)
    for lever in model.levers:
        above |= effort(lever, scenario, model.horizon) > lever.level
    months = np.flatnonzero(above)
    return (int(months[0]), int(months[-1]) + 1) if months.size else (0, min(PROGRAMME, model.horizon))


def filling(  # noqa: PLR0913  what is asked, and how it is run
    model: Model,
    scenario: Scenario,
    variable: str,
    *,
    month: int | None = None,
    seed: int,
    progress: Progress = lambda share, words: None,
) -> Filling:
    """Measure what each lever that a plan does not use, and each cell of those, would add to a variable.

    A lever runs at full effort for as long as the plan's own do, from its earliest month on and together with
    what it needs. Read at `month`: when the plan's own levers end, if none is given. Raises
    :class:`ValueError` for what is not there, and :class:`loops.simulate.DidNotFinish`.
    """
    start, stop = span(model, scenario)
    begins = _begins(model, scenario, start)
    asked: dict[str | Place, list[str]] = {name: [name] for name in begins}
    for cell in matrix(model, scenario).cells:
        if cell.items and not cell.used:
            asked[cell.at, cell.on] = [item.lever.id for item in cell.items]
    added = {key: _added(model, names, begins, stop) for key, names in asked.items()}
    equations = Equations.of(model)
    most = min(MOST_TRIED, max(1, MOST_ROWS // (equations.depth + len(equations.links))))
    for name in list(begins)[most:]:
        added[name] = replace(added[name], why=f"only the first {most} of {len(begins)} are tried")
    tried = [key for key, one in added.items() if not one.why]
    at = stop if month is None else month
    questions = [Question(_with(scenario, added[key]), scenario, variable, at) for key in tried]
    found = _run(model, [Question(scenario, None, variable, at), *questions], seed, progress)
    for key, values in zip(tried, found.outcomes.astype(float).T[1:], strict=True):
        added[key] = replace(added[key], band=band(values) if found.done else None)
    return Filling(
        variable,
        at,
        float(np.median(found.outcomes[:, 0])) if found.done else None,
        {key: one for key, one in added.items() if isinstance(key, str)},
        {key: one for key, one in added.items() if not isinstance(key, str)},
        found.done,
        found.stopped,
    )


def begun(model: Model, scenario: Scenario) -> dict[str, int | None]:
    """The first month in which a plan does each lever; None where it does not in the time shown."""
    months = {lever.id: np.flatnonzero(effort(lever, scenario, model.horizon)) for lever in model.levers}
    return {name: int(found[0]) if found.size else None for name, found in months.items()}


def _begins(model: Model, scenario: Scenario, start: int) -> dict[str, int]:
    """The first month in which each lever that a plan does not use could begin beside it."""
    done = begun(model, scenario)
    free = [lever for lever in model.levers if done[lever.id] is None]
    begins = {name: month for name, month in done.items() if month is not None}
    begins |= {lever.id: max(start, lever.earliest) for lever in free}
    for _ in free:  # a chain of needs is no longer than this
        before = dict(begins)
        for lever in free:
            begins[lever.id] = max(begins[lever.id], *(begins[need] for need in lever.needs), 0)
        if begins == before:
            break
    return {lever.id: begins[lever.id] for lever in free}


def _added(model: Model, names: Sequence[str], begins: Mapping[str, int], stop: int) -> Added:
    """Those levers that can begin in time, with all that they need and the plan does not have."""
    new = [name for name in names if begins[name] < stop]
    if not new:
        why = "the plan’s own items end before it could begin"
        return Added({name: begins[name] for name in names}, stop, why=why)
    there = {lever.id for lever in model.levers} - begins.keys()
    whole = dict.fromkeys([*new, *(need for name in new for need in model.needed(name, there))])
    return Added({name: begins[name] for name in whole}, stop)


def _with(scenario: Scenario, added: Added) -> Scenario:
    """The plan with levers at full effort from their own months until `stop`."""
    kept = [plan for plan in scenario.levers if plan.id not in added.begins]
    for name, month in added.begins.items():
        off = (Change(month=0, level=0),) if month else ()
        on = (Change(month=month, level=1), Change(month=added.stop, level=0))
        kept.append(Schedule(id=name, changes=(*off, *on)))
    return parts.replace(scenario, levers=tuple(kept))


def _run(model: Model, questions: list[Question], seed: int, progress: Progress) -> Ensemble:
    """The questions in so many worlds, of a large model in fewer."""
    comparison, worlds = (
        Comparison.of(model, questions=questions),
        Worlds.of([model], width="middle", seed=seed),
    )
    count = int(np.clip(MOST_WORK // Work.of(comparison, worlds).size, 1, WORLDS))
    return simulate_ensemble(comparison, worlds=worlds, count=count, progress=progress)
