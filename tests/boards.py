"""A small model, and boards of it to draw examples from, for the tests of the What-if page."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from loops.model import Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.ui.planning import board
from loops.ui.planning.board import Board, Budget
from loops.ui.planning.plan import Block

MODEL = Model.model_validate(
    {
        "id": "small",
        "title": "Small",
        "horizon": 60,
        "variable": {"trust": {"label": "Trust", "start": 0.1}, "joy": {"label": "Joy", "start": 0.2}},
        "lever": {"training": {"label": "Training"}, "habit": {"label": "Habit", "level": 0.2}},
        "context": {"pressure": {"label": "Pressure", "level": 0.5}, "luck": {"label": "Luck", "level": 0.3}},
        "link": [{"from": "training", "to": "trust", "polarity": "+", "strength": 0.1}],
    }
)
NOTHING_NEW = Scenario(id="nothing_new", model="small", title="If nothing new is done")
YEAR = Scenario.model_validate(
    {
        "id": "year",
        "model": "small",
        "title": "A year",
        "lever": {"training": [{"month": 0, "level": 1}, {"month": 12, "level": 0}]},
    }
)
SCENARIOS = {"nothing_new": NOTHING_NEW, "year": YEAR}
LEVERS, CONTEXTS = ("training", "habit"), ("pressure", "luck")

_levels = st.floats(0, 1)
_dials = st.dictionaries(st.sampled_from(LEVERS + CONTEXTS), st.integers(0, 100))
_titles = st.text(min_size=1, max_size=60).filter(str.strip)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Change, ...]:
    """Dated changes in order, with ramps that end before the next."""
    months = sorted(draw(st.sets(st.integers(0, 80), min_size=1, max_size=6)))
    made = []
    for month, following in zip(months, [*months[1:], 90], strict=True):
        ramp = draw(st.sampled_from([0, 0, 1, (following - month) / 2, following - month]))
        made.append(Change(month=month, level=draw(_levels), ramp=ramp))
    return tuple(made)


def schedules(node: str) -> st.SearchStrategy[Schedule]:
    """Schedules of one lever or circumstance."""
    always = st.builds(Schedule, id=st.just(node), always=_levels)
    return always | st.builds(Schedule, id=st.just(node), changes=changes())


def several(nodes: tuple[str, ...]) -> st.SearchStrategy[tuple[Schedule, ...]]:
    """Schedules of some of the nodes."""
    return st.tuples(*(st.none() | schedules(node) for node in nodes)).map(
        lambda plans: tuple(plan for plan in plans if plan)
    )


plans = st.builds(
    Scenario,
    id=st.just("mine"),
    model=st.just("small"),
    title=_titles,
    description=st.text(max_size=40),
    start=st.sampled_from(["file", "rest"]),
    levers=several(LEVERS),
    contexts=several(CONTEXTS),
)
_budgets = st.none() | st.floats(0, 100_000)
kept = st.lists(plans, max_size=3).map(
    lambda many: tuple(replace(plan, id=f"kept_{place}") for place, plan in enumerate(many))
)
boards = st.builds(
    Board,
    model=st.just("small"),
    copied=st.sampled_from(["nothing_new", "year", "kept/kept_0", "gone"]),
    draft=plans,
    dials=_dials.map(lambda each: tuple(each.items())),
    block=st.builds(Block, start=st.integers(0, 2_400), months=st.integers(1, 2_400)),
    kept=kept,
    compared=st.lists(st.sampled_from(["year", "kept/kept_0", "kept/kept_1", "gone"]), unique=True).map(
        tuple
    ),
    against=st.none() | st.sampled_from(["nothing_new", "year", "kept/kept_1", board.YOURS, "gone"]),
    shown=st.lists(st.sampled_from(["trust", "joy", "gone"]), unique=True).map(tuple),
    figures=st.booleans(),
    diagram=st.booleans(),
    budget=st.builds(Budget, us=_budgets, partner=_budgets),
)
fitted = boards.map(lambda one: board.fit(one, MODEL, SCENARIOS))
"""Boards as the page has them: nothing on them points to what is not there."""


def _keep(one: Board, title: str) -> Board:
    return board.keep(one, MODEL, title) if len(one.kept) < board.MOST_KEPT else one


edits: st.SearchStrategy[Callable[[Board], Board]] = st.one_of(
    _dials.map(lambda dials: lambda one: board.turn(one, MODEL, dials)),
    st.sampled_from(list(SCENARIOS)).map(lambda key: lambda one: board.copy(one, MODEL, key, SCENARIOS[key])),
    st.sampled_from(LEVERS + CONTEXTS).flatmap(
        lambda node: (st.none() | schedules(node)).map(
            lambda plan: lambda one: board.reschedule(one, MODEL, node, plan)
        )
    ),
    st.integers(1, 60).map(lambda months: lambda one: board.run_for(one, MODEL, months)),
    _titles.map(lambda title: lambda one: _keep(one, title)),
    st.sampled_from(["kept_1", "kept_2"]).map(lambda name: lambda one: board.drop(one, name)),
    _budgets.map(lambda hours: lambda one: replace(one, budget=Budget(us=hours))),
)
"""What a reader can do to a board."""
