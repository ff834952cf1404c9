"""A change to try: one thing differs, the words say which, and a change of nothing is seen to be nothing."""

from __future__ import annotations

import pytest

from loops.model import Model
from loops.scenario import Change, Scenario, Schedule
from loops.ui.planning.plan import Block
from loops.ui.room import trial

MODEL = Model.model_validate(
    {
        "id": "small",
        "title": "Small",
        "horizon": 120,
        "variable": {"trust": {"label": "Trust", "start": 0.1}},
        "lever": {"visit": {"label": "Visit"}, "train": {"label": "Train"}},
        "context": {"weather": {"label": "Weather", "level": 0.5}},
    }
)
VISIT, TRAIN = MODEL.levers
RAMPED = (Change(month=6, level=0.5, ramp=6), Change(month=24, level=1), Change(month=48, level=0))
BASE = Scenario(
    id="base",
    model="small",
    title="Our plan",
    levers=(Schedule(id="visit", changes=RAMPED),),
    contexts=(Schedule(id="weather", changes=(Change(month=60, level=0.9),)),),
)


def test_the_span_is_the_levers_own() -> None:
    assert trial.span(MODEL, BASE, VISIT) == Block(start=6, months=42)
    assert trial.span(MODEL, BASE, TRAIN) == Block(start=6, months=42)  # off: when the others are on


def test_more_effort_alone_keeps_the_shape_of_the_schedule() -> None:
    made = trial.push(MODEL, BASE, VISIT, 50, Block(start=6, months=42))
    assert made.after.schedule("visit") == Schedule(
        id="visit",
        changes=(Change(month=6, level=0.25, ramp=6), Change(month=24, level=0.5), Change(month=48, level=0)),
    )
    assert made.words == "“Visit” at 50% effort instead of 100%"
    assert made.before is BASE
    assert made.after.contexts == BASE.contexts


def test_other_months_make_one_block() -> None:
    made = trial.push(MODEL, BASE, VISIT, 100, Block(start=0, months=12))
    assert made.after.schedule("visit") == Schedule(
        id="visit", changes=(Change(month=0, level=1), Change(month=12, level=0))
    )
    assert made.words == "“Visit”, from month 0 for 12 months instead of from month 6 for 42 months"


def test_a_lever_that_was_off_is_switched_on_and_one_can_be_switched_off() -> None:
    on = trial.push(MODEL, BASE, TRAIN, 80, Block(start=12, months=24))
    assert on.after.schedule("train") == Schedule(
        id="train", changes=(Change(month=12, level=0.8), Change(month=36, level=0))
    )
    assert on.words == ("“Train” at 80% effort instead of 0%, from month 12 for 24 months")
    off = trial.push(MODEL, BASE, VISIT, 0, Block(start=0, months=3))
    assert {change.level for change in off.after.schedule("visit").changes} == {0}
    assert off.words == "“Visit” at 0% effort instead of 100%"


def test_a_circumstance_changes_from_the_start_and_later_events_stay() -> None:
    made = trial.around(MODEL, BASE, MODEL.contexts[0], 80)
    assert made.after.schedule("weather") == Schedule(
        id="weather", changes=(Change(month=0, level=0.8), Change(month=60, level=0.9))
    )
    assert made.after.levers == BASE.levers
    assert made.words == "“Weather” at 80% instead of 50%, from the start"


def test_another_plan_is_the_other_plan() -> None:
    other = Scenario(id="other", model="small", title="Nothing", start="rest")
    made = trial.instead(BASE, other)
    assert (made.after.levers, made.after.start) == ((), "rest")
    assert made.words == "the plan “Nothing” instead of “Our plan”"


@pytest.mark.parametrize(
    "made",
    [
        trial.push(MODEL, BASE, VISIT, 100, Block(start=6, months=42)),
        trial.push(MODEL, BASE, TRAIN, 0, Block(start=3, months=9)),
        trial.around(MODEL, BASE, MODEL.contexts[0], 50),
        trial.instead(BASE, BASE),
    ],
)
def test_a_change_of_nothing_is_nothing(made: trial.Trial) -> None:
    assert made.nothing


def test_every_real_change_is_something() -> None:
    assert not trial.push(MODEL, BASE, VISIT, 95, Block(start=6, months=42)).nothing
    assert not trial.push(MODEL, BASE, VISIT, 100, Block(start=6, months=41)).nothing
    assert not trial.around(MODEL, BASE, MODEL.contexts[0], 55).nothing
