"""The equations at rest: their slopes, and that cutting the work changes nothing but how far it goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan, rates, resting, runs, small

from loops.equilibrium import still
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.rest import rest_states
from loops.equilibrium.returns import return_curve
from loops.equilibrium.still import Still, inert

STEP = 1e-30
"""A complex step subtracts nothing: exact to rounding (Squire & Trapp 1998, SIAM Review 40:110-112)."""


@given(runs(), st.data())
def test_slopes_equal_complex_steps_through_the_equations(run, data):
    """Oracle: oracles.py with delays full of their sources; tolerance: a hundred roundings of 1."""
    model, scenario = run
    quiet = afterwards(model, scenario)
    size = len(model.variables)
    # away from 0: y^m is flat there, and from above 1e-3 no power underflows
    levels = np.array(data.draw(st.lists(st.floats(0.001, 1), min_size=size, max_size=size)))
    move = rates(model, quiet)
    nudged = np.array(
        [
            move(0, resting(model, quiet, levels + 1j * STEP * (np.arange(size) == j)))[:size].imag / STEP
            for j in range(size)
        ]
    ).T
    calm = Still.of(model, scenario)
    assert calm.slopes(calm.terms(levels[None]))[0] == pytest.approx(nudged, abs=1e-12, rel=1e-12)


def threshold():
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.08, "threshold": 0.5, "steepness": 2}]
    model = small(links, {"x": {"start": 0.3, "fade": 0.05}})
    return model, Still.of(model, plan(model))


def test_newton_in_parts_is_newton_at_once(common_purpose, scenarios, monkeypatch):
    calm = Still.of(common_purpose, scenarios["nothing_new"])
    starts = np.random.default_rng(1).random((50, calm.size))
    whole, arrived = calm.solve(starts)
    monkeypatch.setattr(still, "MOST_HELD", 7 * calm.size**2)
    parts, arrived_in_parts = calm.solve(starts)
    assert np.array_equal(whole, parts)
    assert np.array_equal(arrived, arrived_in_parts)
    assert [part.shape for part in calm.solve(starts[:0])] == [(0, calm.size), (0,)]


def test_a_singular_system_is_no_error(monkeypatch):
    """Without damping the row of what nothing moves is all zero; beside s rests s / (s + 1/2), by hand."""
    model = small(
        [{"from": "still", "to": "x", "polarity": "+", "strength": 0.1}],
        {"still": {"start": 0.5}, "x": {"fade": 0.05}},
    )
    monkeypatch.setattr(still, "DAMPING", 0.0)
    levels, arrived = Still.of(model, plan(model)).solve(np.array([[0.5, 1.0], [0.5, 0.1]]))
    assert arrived.all()
    assert levels[:, 1] == pytest.approx(levels[:, 0] / (levels[:, 0] + 0.5), abs=1e-11)


def test_a_run_that_is_cut_short_is_not_called_settled(monkeypatch):
    """By hand: from 1 and .1 it heads for 1/2 and 0; losing at most 5% a month leaves .7 in six."""
    model, calm = threshold()
    starts = np.array([[1.0], [0.1]])
    ends, settled = calm.rest_from(starts)
    assert settled.all()
    assert ends[:, 0] == pytest.approx([0.5, 0], abs=1e-11)
    monkeypatch.setattr(still, "MOST_WORK", 1)
    ends, settled = calm.rest_from(starts)
    assert not settled.any()
    assert ends[0, 0] > 0.7
    assert not return_curve(
        small([], {"x": {"gain": 0.1, "fade": 0.1}, "y": {}}), plan(model), "y", points=2
    ).settled


def test_what_is_held_stays_and_what_nothing_moves_is_placed_at_the_files_level():
    _, calm = threshold()
    held = calm.holding([0])
    assert held.run(np.array([[0.9]])) == pytest.approx(np.array([[0.9]]), abs=0)
    assert np.array_equal(held.placed(np.array([[0.9]])), [[0.3]])
    assert np.array_equal(calm.placed(np.array([[0.9]])), [[0.9]])


@pytest.mark.parametrize(("lever", "context", "still_there"), [(1.0, 0.0, True), (0.0, 0.2, False)])
def test_a_lever_or_circumstance_at_nothing_moves_nothing(lever, context, still_there):
    """Levers are off in the end; a circumstance of .2 alone takes x to 1 at .02 a month."""
    links = [{"from": name, "to": "x", "polarity": "+", "strength": 0.1} for name in ("u", "c")]
    model = small(links, {"x": {"start": 0.3}}, levers=("u",), contexts=("c",))
    scenario = plan(model, u=[(0, lever), (12, 0.0)], c=context)
    calm = Still.of(model, scenario)
    assert inert(calm.equations, calm.lanes).tolist() == [still_there]
    (state,) = rest_states(model, scenario, seed=1).states
    assert state.levels[0] == pytest.approx(0.3 if still_there else 1.0, abs=1e-11)
    assert len(return_curve(model, scenario, "x").crossings) == (0 if still_there else 1)
