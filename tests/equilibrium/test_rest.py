"""States of rest: closed forms, the equations written out plainly, and what the counts say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import plan, rates, resting, runs, small

from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.rest import MOST_STATES, SAME, rest_states
from loops.equilibrium.still import Still, inert
from loops.parts import replace
from loops.simulate import run_block, simulate

EXACT = 1e-11
"""At a simple root Newton's error is at most `Still.tolerance` (some 3e-13 for models this small) over the
slope of x - phi there, which is above .03 in all closed forms below."""


def threshold(strength: float = 0.08, fade: float = 0.05):
    """One variable that feeds itself above a critical mass of 1/2, with steepness 2.

    At rest (1 - x) W x^2 / (1/4 + x^2) = F x with W = 5/4 strength, F = fade: x = 0, or
    (W + F) x^2 - W x + F/4 = 0. For strength .08 and fade .05 its roots are 1/6 and 1/2, by hand.
    """
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": strength, "threshold": 0.5, "steepness": 2}
    ]
    return small(links, {"x": {"start": 0.3, "fade": fade}})


def levels_of(found):
    return np.array([state.levels for state in found.states])


def test_a_threshold_has_three_states_by_hand():
    model = threshold()
    found = rest_states(model, plan(model), seed=1)
    assert levels_of(found)[:, 0] == pytest.approx([0, 1 / 6, 1 / 2], abs=EXACT)
    assert [state.stability.stable for state in found.states] == [True, False, True]
    # by hand: -F at 0; elsewhere f' W (1 - x) - W f - F with f = x^2 / (1/4 + x^2), f' = x/2 / (1/4 + x^2)^2
    slowest = [float(state.stability.eigenvalues[0].real) for state in found.states]
    assert slowest == pytest.approx([-0.05, 0.03, -0.05], abs=EXACT)
    assert [state.stability.slowest for state in found.states] == pytest.approx([20, 100 / 3, 20], abs=1e-6)


FOLD = 0.05 * (1 + np.sqrt(5)) / 2 * 0.8
"""Strength at which the two upper roots meet: W^2 = (W + F) F, so that W / F is the golden ratio; 4/5 W."""


@pytest.mark.parametrize(("times", "states"), [(1 + 1e-6, 3), (1 - 1e-6, 1)])
def test_a_state_is_there_until_the_fold_and_then_starts_go_astray(times, states):
    """By hand the roots are W/2 +- sqrt(W^2 - F (W + F)) / 2 over W + F: some .0007 apart just above it."""
    model = threshold(FOLD * times)
    found = rest_states(model, plan(model), seed=1)
    assert len(found.states) == states
    assert (found.astray > 0) == (states == 1)
    if states == 3:
        grown, fade = 1.25 * FOLD * times, 0.05
        apart = np.sqrt(grown**2 - fade * (grown + fade)) / (grown + fade)
        assert found.states[2].levels[0] - found.states[1].levels[0] == pytest.approx(apart, rel=1e-4)
        assert apart > 10 * SAME
        assert [state.stability.stable for state in found.states] == [True, False, True]


def test_an_epidemic_rests_at_nothing_and_at_one_minus_gamma_over_beta():
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.2}]
    model = small(links, {"x": {"start": 0.1, "fade": 0.05}})
    found = rest_states(model, plan(model), seed=1)
    assert levels_of(found)[:, 0] == pytest.approx([0, 0.75], abs=EXACT)
    assert found.states[0].levels[0] == 0
    assert [state.stability.stable for state in found.states] == [False, True]


def test_levers_are_off_and_circumstances_as_last_set():
    """Closed form: x = (gain + w c) / (gain + w c + fade); a delayed arrow counts like any other at rest."""
    links = [
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.5},
        {"from": "c", "to": "x", "polarity": "+", "strength": 0.1, "delay": 6},
    ]
    model = small(links, {"x": {"gain": 0.02, "fade": 0.1}}, levers=("u",), contexts=("c",))
    found = rest_states(model, plan(model, u=1.0, c=[(0, 0.2), (12, 0.8)]), seed=1)
    assert levels_of(found) == pytest.approx(np.array([[0.1 / 0.2]]), abs=EXACT)


def test_what_nothing_moves_stays_where_the_file_has_it():
    model = small(
        [{"from": "still", "to": "x", "polarity": "+", "strength": 0.1}],
        {"still": {"start": 0.5}, "x": {"fade": 0.05}},
    )
    found = rest_states(model, plan(model), seed=1)
    assert found.variables == ("still", "x")
    assert levels_of(found) == pytest.approx(np.array([[0.5, 0.5]]), abs=EXACT)
    assert found.states[0].stability.stable
    assert found.unlisted == 0


def test_where_it_can_rest_at_any_level_some_are_listed_and_the_rest_counted():
    """What y has won it never loses, and x always fades: every y is at rest with x = 0."""
    model = small([{"from": "x", "to": "y", "polarity": "+", "strength": 0.1}], {"x": {"fade": 0.1}, "y": {}})
    found = rest_states(model, plan(model), seed=1)
    assert len(found.states) == MOST_STATES
    assert found.unlisted > 0
    assert all(state.stability.stable is None for state in found.states)
    assert levels_of(found)[:, 0] == pytest.approx(0, abs=EXACT)


def test_the_upper_the_lower_and_the_one_between(common_purpose, scenarios):
    """Oracle: runs of 150 years and (in test_reference) DOP853; both come to rest, so within 200 tolerances.

    From the state between, a push of .01 along what grows leads up one way and down the other.
    """
    found = rest_states(common_purpose, scenarios["nothing_new"], seed=1)
    four, one = simulate(
        common_purpose,
        [scenarios["everything_for_four_years"], scenarios["everything_for_a_year"]],
        months=1800,
    )
    low, between, high = found.states
    assert low.levels == pytest.approx(one.levels[-1], abs=2e-4)
    assert high.levels == pytest.approx(four.levels[-1], abs=2e-4)
    assert [state.stability.stable for state in found.states] == [True, False, True]
    assert low.hits + between.hits + high.hits == found.arrived
    for push, goal in ((0.01, high), (-0.01, low)):
        pushed = replace(
            common_purpose,
            variables=[
                replace(node, start=float(np.clip(level + push * (node.id != "strain"), 0, 1)))
                for node, level in (
                    (node, between.levels[found.variables.index(node.id)])
                    for node in common_purpose.variables
                )
            ],
        )
        (run,) = simulate(pushed, [scenarios["nothing_new"]], months=2400)
        assert run.levels[-1] == pytest.approx(goal.levels, abs=2e-4)


def test_under_heavy_pressure_only_the_lower_is_left(common_purpose, scenarios):
    found = rest_states(common_purpose, scenarios["high_competing_priorities"], seed=1)
    assert [state.stability.stable for state in found.states] == [True]
    (run,) = simulate(common_purpose, [scenarios["high_competing_priorities"]], months=1800)
    assert found.states[0].levels == pytest.approx(run.levels[-1], abs=2e-4)


def test_the_seed_and_nothing_else_decides(common_purpose, scenarios):
    """Another order of the file gives the same bits; another seed meets the same states by other starts."""
    once = rest_states(common_purpose, scenarios["nothing_new"], seed=1)
    turned = replace(
        common_purpose, variables=common_purpose.variables[::-1], links=common_purpose.links[::-1]
    )
    again = rest_states(turned, scenarios["nothing_new"], seed=1)
    assert np.array_equal(levels_of(once), levels_of(again))
    assert [state.hits for state in once.states] == [state.hits for state in again.states]
    other = rest_states(common_purpose, scenarios["nothing_new"], seed=2)
    assert levels_of(other) == pytest.approx(levels_of(once), abs=SAME)
    assert [state.hits for state in other.states] != [state.hits for state in once.states]


def test_a_large_model_is_given_fewer_starts():
    count = 100
    links = [
        {"from": f"v{i}", "to": f"v{(i * j + 1) % count}", "polarity": "+", "strength": 0.01, "delay": 3}
        for i in range(count)
        for j in (1, 7, 11, 13)
    ]
    model = small(links, {f"v{i}": {"gain": 0.01, "fade": 0.1} for i in range(count)})
    found = rest_states(model, plan(model), seed=1, starts=256)
    assert found.starts < 256
    assert found.arrived == found.starts
    (state,) = found.states
    assert state.stability.stable is None
    assert state.stability.eigenvalues is None


@given(runs(), st.integers(0, 2**32))
def test_nothing_moves_there_by_the_equations_written_out_plainly(run, seed):
    """Oracle: the rates of oracles.py, delay stages included.

    Tolerance: |x - phi| is at most 1,028 roundings, and a rate is that times G + L, here at most 14 arrows
    and a gain and a fade of 1/2 each: 2e-12 with the oracle's own.
    """
    model, scenario = run
    quiet = afterwards(model, scenario)
    found = rest_states(model, scenario, seed=seed, starts=32)
    assert found.arrived + found.astray == found.starts
    assert found.states
    move = rates(model, quiet)
    for state in found.states:
        assert np.all((state.levels >= 0) & (state.levels <= 1))
        assert np.abs(move(0, resting(model, quiet, state.levels))).max() <= 2e-12
    for first in range(len(found.states)):
        for second in range(first):
            apart = np.abs(found.states[first].levels - found.states[second].levels).max()
            assert apart >= SAME


PUSH = 1e-6


@given(runs(), st.data())
@settings(max_examples=40)
def test_what_is_called_stable_comes_back_after_a_small_push(run, data):
    """By integration with delays, at a tolerance of a hundredth of the push, for thirty time constants.

    Levels and delay stages are pushed alike. A push may grow before it shrinks, but e^-30 of it is nothing,
    so what is left is the integrator's error.
    """
    model, scenario = run
    quiet = afterwards(model, scenario)
    found = rest_states(model, scenario, seed=1, starts=32)
    unmoved = inert(Still.of(model, scenario).equations, Still.of(model, scenario).lanes)
    stable = [state for state in found.states if state.stability.stable and state.stability.slowest < 60]
    assume(stable)
    size = len(found.variables)
    push = data.draw(st.lists(st.sampled_from([-PUSH, PUSH]), min_size=size, max_size=size))
    for state in stable:
        pushed = np.where(unmoved, state.levels, np.clip(state.levels + push, 0, 1))
        starts = dict(zip(found.variables, pushed, strict=True))
        moved = replace(
            model, variables=[replace(node, start=float(starts[node.id])) for node in model.variables]
        )
        equations = Equations.of(moved)
        lanes = equations.prepare([quiet], 30 * max(state.stability.slowest, 1))
        end = run_block(equations.wiring, lanes, np.empty(0), tolerance=PUSH / 100).state[:size, 0]
        assert np.abs(end - state.levels).max() < PUSH / 2
