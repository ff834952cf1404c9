"""What the system gives back: curves by hand, and crossings that are the states of rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles import plan, rates, resting, runs, small, strength_of

from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.multiplier import feedback_multiplier
from loops.equilibrium.rest import SAME, rest_states
from loops.equilibrium.returns import return_curve
from loops.equilibrium.still import Still
from loops.parts import replace
from loops.simulate import simulate

EXACT = 1e-11
"""As in test_rest: Newton's tolerance of some 3e-13 over the slopes of the closed forms below."""


def levels_of(curve):
    return [crossing.level for crossing in curve.crossings]


def test_a_threshold_gives_back_what_it_does_by_hand():
    """phi(c) = .1 c^2 / (.15 c^2 + .05 / 4) for W = .1 and fade .05; crossings as in test_rest."""
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.08, "threshold": 0.5, "steepness": 2}]
    model = small(links, {"x": {"fade": 0.05}})
    curve = return_curve(model, plan(model), "x")
    c = np.linspace(0, 1, 81)
    assert np.array_equal(curve.held, c)
    assert curve.below == pytest.approx(0.1 * c**2 / (0.15 * c**2 + 0.0125), abs=1e-15)
    assert np.array_equal(curve.below, curve.above)
    assert curve.agree
    assert curve.settled
    assert levels_of(curve) == pytest.approx([0, 1 / 6, 1 / 2], abs=EXACT)
    assert [crossing.stable for crossing in curve.crossings] == [True, False, True]
    assert {crossing.side for crossing in curve.crossings} == {"both"}


def test_an_epidemic_gives_back_by_hand():
    """phi(c) = beta c / (beta c + gamma)."""
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": 0.2}], {"x": {"fade": 0.05}})
    curve = return_curve(model, plan(model), "x")
    assert curve.below == pytest.approx(0.2 * curve.held / (0.2 * curve.held + 0.05), abs=1e-15)
    assert levels_of(curve) == pytest.approx([0, 0.75], abs=EXACT)
    assert [crossing.stable for crossing in curve.crossings] == [False, True]


def test_twins_give_back_by_way_of_each_other():
    """y rests at w c / (w c + F) beside x = c, and gives w y / (w y + F) back; both rest at 1 - F / w."""
    links = [
        {"from": "x", "to": "y", "polarity": "+", "strength": 0.2, "delay": 3},
        {"from": "y", "to": "x", "polarity": "+", "strength": 0.2},
    ]
    model = small(links, {"x": {"fade": 0.05}, "y": {"fade": 0.05}})
    curve = return_curve(model, plan(model), "x", points=21)
    y = 0.2 * curve.held / (0.2 * curve.held + 0.05)
    assert curve.held.size == 21
    assert curve.below == pytest.approx(0.2 * y / (0.2 * y + 0.05), abs=EXACT)
    assert curve.above == pytest.approx(curve.below, abs=EXACT)
    assert levels_of(curve) == pytest.approx([0, 0.75], abs=EXACT)
    assert curve.agree


def beside_a_threshold(back: float):
    """x rests at 0, 1/6 or 1/2 by itself and y follows it; y acts back on x with strength `back`."""
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": 0.08, "threshold": 0.5, "steepness": 2},
        {"from": "x", "to": "y", "polarity": "+", "strength": 0.1},
        {"from": "y", "to": "x", "polarity": "+", "strength": back},
    ]
    return small(links, {"x": {"fade": 0.05}, "y": {"fade": 0.1}})


def test_from_below_and_from_above_only_the_outermost_are_seen():
    """y gives back x / (x + 1), flat in c: 0 from below and 1/3 from above; the 1/7 between is on neither."""
    model = beside_a_threshold(0.0)
    curve = return_curve(model, plan(model), "y")
    assert not curve.agree
    assert curve.settled
    assert curve.below == pytest.approx(0, abs=EXACT)
    assert curve.above == pytest.approx(1 / 3, abs=EXACT)
    assert levels_of(curve) == pytest.approx([0, 1 / 3], abs=EXACT)
    assert [crossing.side for crossing in curve.crossings] == ["below", "above"]
    found = rest_states(model, plan(model), seed=1)
    assert [state.levels[1] for state in found.states] == pytest.approx([0, 1 / 7, 1 / 3], abs=EXACT)


def test_where_the_curve_leaps_over_the_diagonal_there_is_no_crossing():
    """Holding y high enough lets x go up by itself, and from there y is given more than it has.

    By hand: x stays low as long as .1 x^2 / (1/4 + x^2) + .01 c = .05 x / (1 - x) has a root below 1/6, so up
    to the largest c that this gives on the way there. What lies between is on neither curve from below.
    """
    model = beside_a_threshold(0.01)
    curve = return_curve(model, plan(model), "y")
    x = np.linspace(0, 1 / 6, 10_001)
    edge = ((0.05 * x / (1 - x) - 0.1 * x**2 / (0.25 + x**2)) / 0.01).max()
    (leap,) = np.flatnonzero(np.diff(curve.below) > 0.1)
    assert curve.held[leap] < edge < curve.held[leap + 1]
    assert curve.below[leap] < curve.held[leap]
    assert curve.below[leap + 1] > curve.held[leap + 1]
    rest = [state.levels[1] for state in rest_states(model, plan(model), seed=1).states]
    assert len(rest) == 3
    assert levels_of(curve) == pytest.approx([rest[0], rest[2]], abs=SAME)


def ring():
    """Five in a ring, each holding the next down: a brake so steep that it swings for ever, delays or not."""
    names = [f"v{i}" for i in range(5)]
    links = [
        {"from": a, "to": b, "polarity": "-", "strength": 0.9 + i / 10, "threshold": 0.3, "steepness": 8}
        for i, (a, b) in enumerate(zip(names, names[1:] + names[:1], strict=True))
    ]
    links.append({"from": "v0", "to": "y", "polarity": "+", "strength": 0.1})
    return small(links, {**{name: {"start": 0.2, "gain": 0.2} for name in names}, "y": {"fade": 0.1}})


def test_what_swings_for_ever_is_not_called_settled():
    model = ring()
    curve = return_curve(model, plan(model), "y", points=9)
    assert not curve.settled
    found = rest_states(model, plan(model), seed=1)
    (state,) = found.states
    assert state.stability.stable is False
    assert state.stability.swings[0].settles == np.inf
    (run,) = simulate(model, [plan(model)], months=1800)
    assert np.ptp(run["v0"][-200:]) > 0.1


def test_the_crossings_of_the_shipped_model_are_its_states_of_rest(common_purpose, scenarios):
    """Both ways; oracle for the outer two: runs of 150 years, within 200 of the integrator's tolerances."""
    curve = return_curve(common_purpose, scenarios["nothing_new"], "buy_in")
    assert curve.agree
    assert curve.settled
    found = rest_states(common_purpose, scenarios["nothing_new"], seed=1)
    place = found.variables.index("buy_in")
    assert levels_of(curve) == pytest.approx([state.levels[place] for state in found.states], abs=SAME)
    assert [crossing.stable for crossing in curve.crossings] == [True, False, True]
    names = ("everything_for_a_year", "everything_for_four_years")
    runs = simulate(common_purpose, [scenarios[name] for name in names], months=1800)
    assert levels_of(curve)[::2] == pytest.approx([run.at("buy_in", 1800) for run in runs], abs=2e-4)


def test_under_heavy_pressure_only_the_lower_crossing_is_left(common_purpose, scenarios):
    curve = return_curve(common_purpose, scenarios["high_competing_priorities"], "buy_in")
    (crossing,) = curve.crossings
    assert crossing.stable
    assert np.all(curve.below[curve.held > 0.05] < curve.held[curve.held > 0.05])


def test_any_variable_can_be_held(common_purpose, scenarios):
    found = rest_states(common_purpose, scenarios["nothing_new"], seed=1)
    for node in common_purpose.variables:
        curve = return_curve(common_purpose, scenarios["nothing_new"], node.id)
        rest = np.array([state.levels[found.variables.index(node.id)] for state in found.states])
        assert all(np.abs(rest - level).min() < SAME for level in levels_of(curve))
        if curve.agree:
            assert levels_of(curve) == pytest.approx(np.sort(rest), abs=SAME)


def test_what_nothing_moves_gives_back_what_it_is_given():
    model = small([{"from": "x", "to": "y", "polarity": "+", "strength": 0.1}], {"x": {}, "y": {"fade": 0.1}})
    curve = return_curve(model, plan(model), "x", points=9)
    assert np.array_equal(curve.below, curve.held)
    assert curve.crossings == ()


def test_an_outcome_that_is_not_there(common_purpose, scenarios):
    with pytest.raises(ValueError, match="Did you mean 'buy_in'"):
        return_curve(common_purpose, scenarios["nothing_new"], "buyin")


def held_at(model, quiet, outcome, levels):
    """Another model and scenario, in which nothing acts on the outcome, that start at `levels` by id."""
    nodes = [
        replace(node, start=levels[node.id], **({"gain": 0, "fade": 0} if node.id == outcome else {}))
        for node in model.variables
    ]
    links = [link for link in model.links if link.target != outcome]
    changes = [change for change in quiet.links if change.target != outcome]
    return replace(model, variables=nodes, links=links), replace(quiet, links=changes)


def heads_for(model, quiet, outcome, levels):
    """G / (G + L) of the outcome by the rates of oracles.py: what it wins if it loses nothing, and so on.

    Of an arrow of unknown sign either has a half.
    """
    unchanged = replace(quiet, links=())
    place = sorted(node.id for node in model.variables).index(outcome)
    got = []
    for polarity, dropped in (("+", "fade"), ("-", "gain")):
        nodes = [replace(node, **({dropped: 0} if node.id == outcome else {})) for node in model.variables]
        links = []
        for link in model.links:
            strength, sign = strength_of(quiet, link), link.polarity
            if link.target == outcome and sign == "?":
                strength, sign = strength / 2, polarity
            if link.target != outcome or sign == polarity:
                links.append(replace(link, strength=strength, polarity=sign))
        half = replace(model, variables=nodes, links=links)
        got.append(rates(half, unchanged)(0, resting(half, unchanged, levels))[place])
    won, lost = got[0] / (1 - levels[place]), -got[1] / levels[place]
    return won / (won + lost) if won + lost > 1e-6 else None


@given(runs(), st.integers(0, 5), st.sampled_from([0.25, 0.5, 0.75]), st.sampled_from([0.0, 1.0]))
def test_the_curve_is_what_a_held_outcome_would_head_for(run, which, level, side):
    """Oracle: a run of a model whose outcome nothing acts on, and the rates of oracles.py where it ends.

    A run at rest is exact to some 200 tolerances of 1e-6 (test_reference), and what the outcome heads for is
    as much more inexact as its arrows are steep there. A run that is not at rest says nothing.
    """
    model, scenario = run
    order = sorted(node.id for node in model.variables)
    outcome = order[which % len(order)]
    quiet = afterwards(model, scenario)
    still = Still.of(model, scenario)
    starts = dict(zip(order, still.placed(np.full((1, len(order)), side))[0].tolist(), strict=True))
    held, unchanged = held_at(model, quiet, outcome, starts | {outcome: level})
    (end,) = simulate(held, [unchanged], months=1800)
    assume(np.abs(end.levels[-1] - end.levels[-121]).max() < 1e-6)
    expected = heads_for(model, quiet, outcome, end.levels[-1])
    assume(expected is not None)
    curve = return_curve(model, scenario, outcome, points=9)
    given_back = (curve.above if side else curve.below)[round(level * 8)]
    steep = np.abs(feedback_multiplier(model, scenario, end.levels[-1]).coupling[order.index(outcome)]).sum()
    assert given_back == pytest.approx(expected, abs=2e-4 * (1 + steep))
