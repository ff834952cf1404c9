"""What a plan becomes along its length, a lever's level, a circumstance."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles import level_of, plan, schedules, small

from loops.compare import last_stop, off_from
from loops.equations import Equations
from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength, both, parse
from loops.parts import replace
from loops.scenario import Scenario

ON, OFF = [(0, 1.0), (48, 0.0)], [(0, 1.0), (24, 0.0)]
WAYS = (ProgrammeLength(), LeverLevel("u"), ContextLevel("c"))


@pytest.fixture
def model():
    links = [{"from": name, "to": "x", "polarity": "+", "strength": 0.1} for name in ("u", "v", "c")]
    return small(links, {"x": {"fade": 0.1}}, levers=("u", "v"), contexts=("c",))


def changes(scenario, name):
    found = scenario.schedule(name)
    return [(each.month, each.level, each.ramp) for each in found.changes] if found else None


def test_a_programme_is_held_for_longer_or_cut(model):
    long = plan(model, u=ON, v=OFF)
    way = ProgrammeLength()
    assert way.value_in(model, long) == 48
    longer = way.applied(model, long, 60.0)
    assert changes(longer, "u") == [(0, 1, 0), (60, 0, 0)]
    assert changes(longer, "v") == [(0, 1, 0), (24, 0, 0)]
    shorter = way.applied(model, long, 12.0)
    assert changes(shorter, "u") == changes(shorter, "v") == [(0, 1, 0), (12, 0, 0)]
    assert way.applied(model, long, 0.0).levers == ()


def test_the_way_a_lever_is_let_go_moves_along_while_there_is_room_for_it(model):
    way, slow = ProgrammeLength(), plan(model, u=[(6, 0.8, 6), (42, 0.0, 6)])
    assert way.value_in(model, slow) == 48
    assert changes(way.applied(model, slow, 60.0), "u") == [(6, 0.8, 6), (54, 0, 6)]
    assert changes(way.applied(model, slow, 18.0), "u") == [(6, 0.8, 6), (12, 0, 6)]
    assert changes(way.applied(model, slow, 16.0), "u") == [(6, 0.8, 6), (16, 0, 0)]
    assert changes(way.applied(model, slow, 9.0), "u") == [(6, pytest.approx(0.4), 3), (9, 0, 0)]
    assert way.applied(model, slow, 6.0).levers == ()


def test_a_lever_that_never_stops_is_stopped(model):
    way = ProgrammeLength()
    for endless in (plan(model, u=0.5), plan(model, u=[(0, 0.5)])):
        assert way.value_in(model, endless) is None
        assert changes(way.applied(model, endless, 24.0), "u") == [(0, 0.5, 0), (24, 0, 0)]
    assert changes(way.applied(model, plan(model, u=0.5, v=ON), 60.0), "v") == [(0, 1, 0), (48, 0, 0)]
    usual = replace(model, levers=[replace(model.levers[0], level=0.3), model.levers[1]])
    assert changes(way.applied(usual, plan(usual), 24.0), "u") == [(24, 0, 0)]


@given(schedules("u"), schedules("v"), st.floats(0, 40))
def test_before_its_end_the_programme_is_as_it_was_and_then_it_is_over(u, v, month):
    """Oracle: levels read off the plan itself, month by month; while a lever is held on, its last level."""
    model = small([], {"x": {}}, levers=("u", "v"))
    own = Scenario(id="plan", model="small", title="Plan", levers=[u, v])
    last = last_stop(model, own)
    assume(last > 0)
    found = ProgrammeLength().applied(model, own, month)
    for name, old in (("u", u), ("v", v)):
        ends = off_from(old, 0.0)
        falls = [each for each in old.changes if ends == last < np.inf and each.until == ends]
        same_until = min(month - falls[0].ramp, falls[0].month) if falls else min(month, ends)
        held = level_of(model, own, name, falls[0].month - 1e-9) if falls and falls[0].month else 0.0
        for t in np.linspace(0, 60, 241) + 0.01:
            level = level_of(model, found, name, t)
            if t >= month or (t >= ends > 0 and not falls):
                assert level == 0
            elif t < same_until:
                assert level == pytest.approx(level_of(model, own, name, t), abs=1e-9)
            elif falls and falls[0].month <= t < month - falls[0].ramp:
                assert level == pytest.approx(held, abs=1e-9)


def test_a_plan_at_its_own_value_is_the_plan(common_purpose, scenarios):
    """The same levers and circumstances in every month, for every shipped scenario and way."""
    equations = Equations.of(common_purpose)
    ways = (ProgrammeLength(), LeverLevel("training"), ContextLevel("national_support"))
    for scenario, way in product(scenarios.values(), ways):
        value = way.value_in(common_purpose, scenario)
        if value is None:
            assert scenario.id == "nothing_new"
            continue
        same = equations.drives([scenario, way.applied(common_purpose, scenario, value)], 240)
        assert (same.level[..., 0] == same.level[..., 1]).all()
        assert (same.slope[..., 0] == same.slope[..., 1]).all()


def test_a_levers_level_is_set_wherever_it_is_on(model):
    phased = plan(model, u=[(0, 1.0), (12, 0.0), (24, 0.5, 6), (48, 0.0, 6)])
    way = LeverLevel("u")
    assert way.value_in(model, phased) == 1
    assert changes(way.applied(model, phased, 0.3), "u") == [
        (0, 0.3, 0),
        (12, 0, 0),
        (24, 0.3, 6),
        (48, 0, 6),
    ]
    assert way.applied(model, plan(model, u=0.5), 0.3).schedule("u").always == 0.3
    assert way.value_in(model, plan(model, u=0.5)) == 0.5


def test_a_lever_the_plan_never_moves_is_on_as_long_as_the_programme(model):
    way, other = LeverLevel("v"), plan(model, u=ON)
    assert way.value_in(model, other) == 0
    assert changes(way.applied(model, other, 0.4), "v") == [(0, 0.4, 0), (48, 0, 0)]
    assert way.value_in(model, plan(model)) is None
    for nothing_to_go_by in (plan(model), plan(model, u=1.0)):
        with pytest.raises(ValueError, match="never on"):
            way.applied(model, nothing_to_go_by, 0.4)


def test_a_circumstance_is_the_same_always(model):
    way, dated = ContextLevel("c"), plan(model, u=ON, c=[(12, 0.9), (24, 0.2)])
    assert [way.value_in(model, each) for each in (dated, plan(model), plan(model, c=1.0))] == [0.2, 0.5, 1.0]
    found = way.applied(model, dated, 0.7)
    assert found.schedule("c").always == 0.7
    assert found.levers == dated.levers


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (1, 2)])
def test_of_two_settings_it_does_not_matter_which_comes_first(model, first, second):
    own, one, other = plan(model, u=ON, v=OFF), (WAYS[first], 0.5), (WAYS[second], 0.7)
    found, turned = both(model, own, one, other), both(model, own, other, one)
    equations = Equations.of(model)
    same = equations.drives([found, turned], 120)
    assert (same.level[..., 0] == same.level[..., 1]).all()


def test_how_long_a_lever_is_on_does_not_depend_on_another_that_is_set_to_nothing(model):
    own = plan(model, u=ON)
    settings = (LeverLevel("u"), 0.0), (LeverLevel("v"), 0.6)
    for one, other in (settings, settings[::-1]):
        found = both(model, own, one, other)
        assert changes(found, "v") == [(0, 0.6, 0), (48, 0, 0)]
        assert changes(found, "u") == [(0, 0, 0), (48, 0, 0)]


def test_ways_are_read_by_name(model):
    assert parse("months", model) == ProgrammeLength()
    assert parse("lever:u", model) == parse("u", model) == LeverLevel("u")
    assert parse("context:c", model) == parse("c", model) == ContextLevel("c")
    for way in WAYS:
        assert parse(way.text, model) == way


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("month", "'months'"),
        ("lever:c", "no lever 'c'"),
        ("context:u", "no context 'u'"),
        ("x", "no lever or circumstance 'x'"),
        ("link:u", "months, lever:ID or context:ID"),
        ("", "Choose from"),
    ],
)
def test_a_way_that_is_none(model, text, says):
    with pytest.raises(ValueError, match=says):
        parse(text, model)
    with pytest.raises(ValueError, match="changes by itself"):
        LeverLevel("x").applied(model, plan(model, u=ON), 0.5)
