"""Random keys, packing and moves: whatever they give keeps to every limit."""

from __future__ import annotations

import numpy as np
import pytest
from feasible import broken, every_plan
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from loops.model import Lever, Link, Model, Variable
from loops.utopia.moves import neighbours
from loops.utopia.plan import Plan, Spell
from loops.utopia.space import Space
from loops.utopia.target import Limits, Target

YEAR = Target("used", 0.5, by=12)


@st.composite
def questions(draw):
    """A model of up to six levers with any hours, costs, dates and needs (in a circle too), and limits."""
    names = [f"l{i}" for i in range(draw(st.integers(1, 6)))]
    few = st.integers(0, 40).map(lambda tenths: tenths / 10)
    levers = [
        Lever(
            id=name,
            label=name,
            hours_us=draw(few),
            hours_partner=draw(few),
            cost=draw(st.integers(0, 3)) * 100,
            earliest=draw(st.sampled_from([0, 0, 5, 6, 13])),
            needs=draw(
                st.lists(st.sampled_from(names), max_size=2, unique=True).map(
                    lambda n, own=name: [x for x in n if x != own]
                )
            ),
            level=draw(st.sampled_from([0.0, 0.0, 0.0, 0.5])),
        )
        for name in names
    ]
    links = [Link(source=name, target="x", polarity="+", strength=0.1) for name in names]
    model = Model(
        id="m", title="M", variables=[Variable(id="x", label="X", start=0.0)], levers=levers, links=links
    )
    target = Target("x", 0.5, by=draw(st.sampled_from([20, 24, 30])))
    limits = Limits(
        budget=draw(st.none() | few),
        money=draw(st.none() | st.integers(0, 6).map(lambda n: n * 100.0)),
        items=draw(st.none() | st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)),
        grid=draw(st.sampled_from([4, 6])),
    )
    return model, target, limits


def space_of(model, target, limits) -> Space:
    try:
        return Space.of(model, target, limits)
    except ValueError:  # no item fits: see the test of that message
        reject()


@settings(max_examples=40, derandomize=True)
@given(questions(), st.integers(0, 2**32 - 1))
def test_any_keys_are_a_plan_within_every_limit_and_so_is_all_that_is_near_it(question, seed):
    model, target, limits = question
    space = space_of(*question)
    rng = np.random.default_rng(seed)
    for _ in range(2):
        plan = space.decode(rng.random(3 * len(space.items)))
        assert broken(model, plan, target, limits) == []
        assert space.decode(space.encode(plan)) == plan
        near = neighbours(space, plan)
        assert [(each, what) for each in near if (what := broken(model, each, target, limits))] == []
        assert len(set(near)) == len(near)
        assert plan not in near


@settings(max_examples=20, derandomize=True)
@given(questions())
def test_everything_is_each_item_that_dates_and_needs_allow(question):
    model, target, limits = question
    space = space_of(*question)
    free = Limits(items=limits.items, grid=limits.grid)
    assert broken(model, space.everything, target, free) == []
    assert {spell.stop for spell in space.everything.spells} <= {target.by}
    assert space.everything.levers == tuple(item.lever for item in space.items)


def test_moves_lead_from_nothing_to_every_plan_of_the_place(place):
    limits = Limits(budget=5, money=400)
    space = Space.of(place, YEAR, limits)
    met, waiting = {Plan()}, [Plan()]
    while waiting:
        new = set(neighbours(space, waiting.pop())) - met
        met |= new
        waiting += new
    assert met == set(every_plan(place, YEAR, limits))


def test_hours_that_add_up_to_the_budget_are_within_it(place):
    """.1 and .2 hours fit into .3, though their floating sum does not."""
    levers = [Lever(id=name, label=name, hours_us=h) for name, h in (("a", 0.1), ("b", 0.2))]
    links = [Link(source=name, target="x", polarity="+", strength=0.1) for name in "ab"]
    model = Model(
        id="m", title="M", variables=[Variable(id="x", label="X", start=0)], levers=levers, links=links
    )
    space = Space.of(model, Target("x", 0.5, by=6), Limits(budget=0.3))
    assert space.put([0, 1]) == Plan((Spell("a", 0, 6), Spell("b", 0, 6)))


def test_levers_of_no_use_are_left_out_with_the_reason(place):
    limits = Limits(items=("tell", "walk", "racks"))
    early = Space.of(place, Target("used", 0.5, by=6), limits)
    assert early.left_out == {
        "walk": "it needs 'train', which may not be used",
        "racks": "it cannot begin in time",
    }
    apart = Space.of(place, Target("ready", 0.5, by=12), Limits())
    assert not apart.left_out


def test_a_budget_in_which_nothing_fits_says_what_the_least_takes(place):
    with pytest.raises(ValueError, match=r"'racks' alone takes 0\.5 hours a month and 400 pounds"):
        Space.of(place, YEAR, Limits(budget=0.4))
