"""What doing something takes: hours, what it needs and when all of it can have begun, by hand."""

from __future__ import annotations

import pytest
from oracles import small

from loops.journey.doing import Doing
from loops.model import Lever
from loops.parts import replace
from loops.scenario import fits


@pytest.fixture(scope="module")
def model():
    made = small([], {"x": {}}, levers=("walk", "run", "train", "signs"))
    given = {
        "walk": {"hours_us": 2, "hours_partner": 0.1, "needs": ["train"]},
        "run": {"hours_us": 1, "hours_partner": 0.2, "needs": ["walk"], "cost": 50},
        "train": {"hours_us": 3, "earliest": 6, "cost": 600},
        "signs": {"hours_us": 4, "level": 0.25, "cost": 400},
    }
    return replace(
        made,
        levers=[
            Lever(id=name, label=name.title(), **given[name]) for name in ("walk", "run", "train", "signs")
        ],
    )


def test_what_something_needs_is_done_and_paid_for_too(model):
    both = Doing.of(model, ["run", "walk", "run"])
    assert (both.levers, both.needs, both.begins) == (("run", "walk"), ("train",), 6)
    assert (both.hours_us, both.hours_partner, both.pounds) == pytest.approx((6, 0.3, 650))
    nothing = Doing.of(model, [])
    assert (nothing.hours_us, nothing.begins, nothing.plan("x").levers) == (0, 0, ())
    with pytest.raises(KeyError):
        Doing.of(model, ["dance"])


def test_what_is_under_way_costs_only_what_is_added(model):
    signs = Doing.of(model, ["signs"])
    assert (signs.hours_us, signs.pounds) == (3, 0)


def test_a_plan_begins_each_thing_when_it_can(model):
    plan = fits(model, Doing.of(model, ["walk", "signs"]).plan("From here"))
    begins = {each.id: [(change.month, change.level) for change in each.changes] for each in plan.levers}
    assert begins == {"walk": [(6, 1)], "signs": [(0, 1)], "train": [(6, 1)]}
    assert plan.title == "From here"


@pytest.mark.parametrize(
    ("us", "partner", "says"),
    [
        (None, None, ""),
        (5, 0.1, ""),
        (4.5, None, "With “Train”, which it needs, it takes 5 hours a month of ours, and there are 4.5."),
        (
            1,
            0.05,
            "With “Train”, which it needs, it takes 5 hours a month of ours, and there is 1; and "
            "0.1 hours a month of theirs, and there are 0.05.",
        ),
    ],
)
def test_it_says_why_it_does_not_fit(model, us, partner, says):
    walk = Doing.of(model, ["walk"])
    assert walk.too_much(us, partner) == says
    assert walk.fits(us, partner) == (not says)


def test_a_tenth_and_two_tenths_fit_into_three(model):
    """In floating point their sum is more than .3."""
    assert Doing.of(model, ["run", "walk"]).fits(None, 0.3)
    assert not Doing.of(model, ["run", "walk"]).fits(None, 0.299)
