"""Scenarios: schedules, link changes, hours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import level_of, plan, schedules, small

from loops.parts import replace
from loops.scenario import LinkChange, Scenario, Schedule, fits, hours, without_levers


def test_the_ten_shipped_scenarios(scenarios):
    assert set(scenarios) >= {
        "nothing_new",
        "insight_first",
        "relationships_first",
        "everything_for_a_year",
        "everything_for_four_years",
        "value_first",
        "embed_first",
        "high_competing_priorities",
        "champions_leave",
        "little_and_often",
    }


@given(schedules("lever"), st.floats(0, 1), st.floats(0, 60))
def test_a_schedule_reads_the_same_as_change_by_change(schedule, before, month):
    """Oracle: oracles.level_of, which walks through the changes; the same sums, so to rounding."""
    model = small([], {"x": {}}, levers=("lever",))
    scenario = Scenario(id="s", model="small", title="S", levers=[schedule])
    lever = model.levers[0].level
    assert schedule.at(month, lever)[0] == pytest.approx(level_of(model, scenario, "lever", month), abs=1e-12)
    assert schedule.before(before) == before


@given(schedules("lever"))
def test_monthly_means_are_exact(schedule):
    """Oracle: the midpoint rule on 1/8-month pieces, exact here since every corner falls on an eighth."""
    mean = schedule.monthly_mean(60, 0.0)
    pieces = (np.arange(60 * 8) + 0.5) / 8
    values = np.array([schedule.at(month, 0.0)[0] for month in pieces])
    assert mean == pytest.approx(values.reshape(60, 8).mean(axis=1), abs=1e-12)


def test_hours_follow_the_levers(common_purpose, scenarios):
    everything = sum(lever.hours_us for lever in common_purpose.levers)
    ours, theirs = hours(common_purpose, scenarios["everything_for_four_years"], 60)
    assert ours[:48] == pytest.approx(everything)
    assert not ours[48:].any()
    assert theirs.any()
    spread, _ = hours(common_purpose, scenarios["little_and_often"], 120)
    assert spread.sum() == pytest.approx(48 * everything)
    nothing, _ = hours(common_purpose, scenarios["nothing_new"], 60)
    assert not nothing.any()


def test_value_first_and_embed_first_are_the_same_work(common_purpose, scenarios):
    one, other = (
        sum(map(np.sum, hours(common_purpose, scenarios[name], 60)))
        for name in ("value_first", "embed_first")
    )
    on = {
        name: {p.id: p.monthly_mean(60, 0).sum() for p in scenarios[name].levers}
        for name in ("value_first", "embed_first")
    }
    assert on["value_first"] == on["embed_first"]
    assert one == pytest.approx(other)


def test_a_link_is_cut_weakened_or_given_another_strength():
    ends = {"source": "a", "target": "b"}
    assert LinkChange(**ends, cut=True).apply(0.3) == 0
    assert LinkChange(**ends, times=0.5).apply(0.3) == 0.15
    assert LinkChange(**ends, times=0).apply(0.3) == 0
    assert LinkChange(**ends, strength=0.2).apply(0.3) == 0.2


def test_one_lever_cannot_have_two_schedules():
    with pytest.raises(ValueError, match="training"):
        Scenario(
            id="s",
            model="m",
            title="S",
            levers=[Schedule(id="training", always=1), Schedule(id="training", always=0)],
        )


def test_a_scenario_must_fit_its_model():
    model = small([], {"x": {}}, levers=("u",))
    with pytest.raises(ValueError, match="no lever 'v'"):
        fits(model, plan(model, v=1.0))


def test_without_levers_circumstances_and_links_stay():
    model = small([], {"x": {}}, levers=("u",), contexts=("c",))
    cut = LinkChange(source="u", target="x", cut=True)
    whole = replace(plan(model, u=[(0, 1.0), (12, 0.0, 3)], c=[(6, 0.2)]), links=(cut,))
    assert whole.corners() == {0, 6, 12, 15}
    quiet = without_levers(whole)
    assert (quiet.levers, quiet.contexts, quiet.links) == ((), whole.contexts, whole.links)
    assert quiet.corners() == {6}
