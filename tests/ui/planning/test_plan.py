from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.model import Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule, fits
from loops.ui.planning.plan import Block, among, build, now, on_spans, peak, percent, stands, usual_block

MODEL = Model.model_validate(
    {
        "id": "small",
        "title": "Small",
        "horizon": 120,
        "variable": {"trust": {"label": "Trust", "start": 0.1}},
        "lever": {"training": {"label": "Training"}, "habit": {"label": "Habit", "level": 0.2}},
        "context": {"pressure": {"label": "Pressure", "level": 0.5}},
    }
)
TRAINING, HABIT = MODEL.levers
PRESSURE = MODEL.contexts[0]


def scenario(**parts: object) -> Scenario:
    return Scenario.model_validate({"id": "base", "model": "small", "title": "Base", **parts})


YEAR = scenario(
    lever={
        "training": [
            {"month": 6, "level": 0.8},
            {"month": 18, "level": 0.4, "ramp": 6},
            {"month": 36, "level": 0},
        ]
    }
)


def test_untouched_dials_give_the_same_schedules() -> None:
    base = replace(YEAR, contexts=(Schedule(id="pressure", always=0.333),), start="rest")
    assert stands(MODEL, base) == {"training": 80, "habit": 20, "pressure": 33}
    plan = build(MODEL, base, stands(MODEL, base), Block())
    assert (plan.levers, plan.contexts, plan.start) == (base.levers, base.contexts, "rest")


def test_moved_circumstances_hold_for_every_plan_that_does_not_set_its_own() -> None:
    moved = build(MODEL, YEAR, {"pressure": 90}, Block())
    assert among(MODEL, YEAR, build(MODEL, YEAR, {"pressure": 50}, Block()), YEAR) == YEAR
    felt = among(MODEL, YEAR, moved, YEAR).schedule("pressure")
    assert felt is not None
    assert felt.changes == (Change(month=0, level=0.9),)
    assert felt == moved.schedule("pressure")
    own = replace(YEAR, contexts=(Schedule(id="pressure", always=0.1),))
    assert among(MODEL, YEAR, moved, own) == own


def test_what_the_copied_plan_is_about_stays_with_the_plan_and_what_was_added_holds_for_all() -> None:
    crisis = replace(YEAR, contexts=(Schedule(id="pressure", changes=(Change(month=48, level=0.8),)),))
    moved = build(MODEL, crisis, {"pressure": 90}, Block())
    felt = among(MODEL, crisis, moved, YEAR).schedule("pressure")
    assert felt == Schedule(id="pressure", changes=(Change(month=0, level=0.9),))
    assert among(MODEL, YEAR, crisis, YEAR).schedule("pressure") == crisis.schedule("pressure")


def test_a_moved_lever_scales_its_schedule() -> None:
    plan = build(MODEL, YEAR, {"training": 40}, Block()).schedule("training")
    assert plan is not None
    assert [change.level for change in plan.changes] == pytest.approx([0.4, 0.2, 0])
    assert [(change.month, change.ramp) for change in plan.changes] == [(6, 0), (18, 6), (36, 0)]


def test_a_lever_that_was_off_runs_for_the_block() -> None:
    plan = build(MODEL, scenario(), {"training": 60}, Block(start=12, months=24)).schedule("training")
    assert plan == Schedule(id="training", changes=(Change(month=12, level=0.6), Change(month=36, level=0)))
    longest = build(MODEL, scenario(), {"training": 60}, Block(start=2400, months=2400)).schedule("training")
    assert longest == Schedule(id="training", changes=(Change(month=2400, level=0.6),))


def test_a_lever_with_next_to_no_effort_counts_as_off() -> None:
    faint = scenario(lever={"training": 5e-324})
    plan = build(MODEL, faint, {"training": 60}, Block(start=0, months=24)).schedule("training")
    assert plan == Schedule(
        id="training", changes=(Change(month=0, level=0.6), Change(month=24, level=5e-324))
    )
    stopped = scenario(lever={"habit": 0})
    plan = build(MODEL, stopped, {"habit": 10}, Block(start=0, months=24)).schedule("habit")
    assert plan == Schedule(id="habit", changes=(Change(month=0, level=0.1), Change(month=24, level=0)))


def test_a_lever_that_is_always_on_stays_always_on() -> None:
    plan = build(MODEL, scenario(), {"habit": 50}, Block()).schedule("habit")
    assert plan == Schedule(id="habit", always=0.5)
    plan = build(MODEL, scenario(lever={"training": 0.5}), {"training": 25}, Block()).schedule("training")
    assert plan == Schedule(id="training", always=0.25)


def test_a_circumstance_holds_from_the_start_and_later_changes_still_come() -> None:
    base = scenario(context={"pressure": [{"month": 0, "level": 0.6}, {"month": 24, "level": 0.9}]})
    assert now(PRESSURE, base) == 0.6
    plan = build(MODEL, base, {"pressure": 10}, Block()).schedule("pressure")
    assert plan == Schedule(id="pressure", changes=(Change(month=0, level=0.1), Change(month=24, level=0.9)))


def test_links_that_a_scenario_cuts_stay_cut() -> None:
    base = replace(YEAR, links=({"from": "trust", "to": "trust", "cut": True},))
    assert build(MODEL, base, {}, Block()).links == base.links


def test_the_block_is_as_long_as_the_programme() -> None:
    assert usual_block(MODEL, YEAR) == Block(start=6, months=30)
    assert usual_block(MODEL, scenario()) == Block(start=0, months=36)
    assert usual_block(replace(MODEL, horizon=24), scenario()) == Block(start=0, months=24)


def test_spans_join_where_they_touch_and_end_at_the_horizon() -> None:
    two = scenario(
        lever={
            "training": [{"month": 3, "level": 1}, {"month": 9, "level": 0}, {"month": 60, "level": 1}],
            "habit": [{"month": 9, "level": 0.5}, {"month": 12, "level": 0.2}],
        }
    )
    assert on_spans(MODEL, two, 120) == ((3, 12), (60, 120))
    assert on_spans(MODEL, scenario(), 120) == ()


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 119), st.integers(1, 120))
def test_every_position_of_the_sliders_is_a_plan_that_fits(
    effort: int, around: int, start: int, months: int
) -> None:
    dials = {"training": effort, "habit": effort, "pressure": around}
    for base in (YEAR, scenario(), scenario(lever={"training": 0.07, "habit": 0})):
        plan = fits(MODEL, build(MODEL, base, dials, Block(start=start, months=months)))
        assert percent(peak(TRAINING, plan)) == effort
        assert percent(now(PRESSURE, plan)) == around
        means = [one.monthly_mean(120, 0.0) for one in plan.levers]
        assert all(np.all((mean >= 0) & (mean <= 1)) for mean in means)
