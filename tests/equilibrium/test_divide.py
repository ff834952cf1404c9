"""What divides a change that came for good from one that did not."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small
from threshold import Threshold

from loops.compare import LASTING
from loops.equations import Equations
from loops.equilibrium.divide import divide, lower_and_upper
from loops.equilibrium.legacy import legacy
from loops.equilibrium.rest import rest_states

SYSTEM = Threshold()
LOW, MIDDLE, HIGH = SYSTEM.rests()
PUSH = [(0, 1.0), (24, 0.0)]


def found(model, scenario, *others):
    """The divide of a plan beside others."""
    equations = Equations.of(model)
    left = legacy(equations, [(each, 0) for each in (scenario, *others)], "x")
    return divide(equations, scenario, "x", left, seed=1)


def test_half_way_between_the_plans_own_two_states_of_rest():
    """Oracle: roots by Brent's method."""
    model = SYSTEM.model(LOW)
    got = found(model, plan(model, u=PUSH))
    assert got.firm
    assert (got.level, got.lower) == (pytest.approx((LOW + HIGH) / 2, abs=1e-9), pytest.approx(LOW, abs=1e-9))


def worse_by(weight: float = 0.1):
    links = [*SYSTEM.links(), {"from": "c", "to": "x", "polarity": "-", "strength": weight}]
    start = {"x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade}}
    return small(links, start, levers=("u",), contexts=("c",))


def test_where_the_plan_has_one_only_the_circumstances_count_in_which_most_is_left():
    model = worse_by()
    harsh = plan(model, u=PUSH, c=1.0)
    assert len(rest_states(model, harsh, seed=1).states) == 1
    assert np.isnan(found(model, harsh).level)
    got = found(model, harsh, *(plan(model, u=PUSH, c=level) for level in (0.1, 0.0)))
    assert got.level == pytest.approx((LOW + HIGH) / 2, abs=1e-9)


def test_without_two_states_it_is_half_way_to_what_is_left():
    """What nothing takes away: 1 - e^-.1*24 is left of a lever on for 24 months, above a start at 0."""
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    scenario = plan(model, u=PUSH)
    got = found(model, scenario)
    assert not got.firm
    assert got.level == pytest.approx((1 - np.exp(-2.4)) / 2, abs=1e-5)


def test_two_states_of_rest_are_two_only_where_they_differ_in_the_outcome():
    """x tips, y does not care: its level is gain / (gain + fade) = 1/2 whatever x does."""
    model = small(
        SYSTEM.links(),
        {"x": {"start": 0.1, "gain": SYSTEM.gain, "fade": SYSTEM.fade}, "y": {"gain": 0.1, "fade": 0.1}},
        levers=("u",),
    )
    states = rest_states(model, plan(model), seed=1)
    lower, upper = lower_and_upper(states, "x")
    assert upper.levels[0] - lower.levels[0] > LASTING
    assert lower_and_upper(states, "y") is None
