"""The diagram is the sign pattern of the Jacobian."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import dop853, names, plan, rates, runs, small, start, strength_of

from loops.equations import Equations
from loops.jacobian import slopes

STEP = 1e-30
"""A complex step has no subtraction, so it can be as small as this and be exact to rounding
(Squire & Trapp 1998, SIAM Review 40:110-112)."""


def state_of(equations, levels_by_oracle_row, scenario_levels):
    """The oracle's rows in the engine's order: stages of links sorted by id, then signals."""
    model = equations.model
    order = {name: i for i, name in enumerate(names(model))}
    rows = [levels_by_oracle_row[order[name]] for name in equations.variables]
    for k in equations.delayed:
        number = next(n for n, link in enumerate(model.links) if link is equations.links[k])
        rows += [levels_by_oracle_row[order[f"{number}/{stage}"]] for stage in range(3)]
    return np.array(rows + [scenario_levels[name] for name in equations.signals])


@given(runs(), st.integers(0, 40), st.data())
def test_the_jacobian_equals_complex_steps_through_the_equations(run, month, data):
    """Oracle: complex steps through the equations of oracles.py; tolerance: a hundred roundings of 1."""
    model, scenario = run
    equations = Equations.of(model)
    lanes = equations.prepare([scenario], 60)
    right_hand_side = rates(model, scenario)
    size = len(names(model))
    # away from 0: y^m is flat there, and from above 1e-3 no power underflows
    point = np.array(data.draw(st.lists(st.floats(0.001, 1), min_size=size, max_size=size)))
    nudged = np.array(
        [right_hand_side(month, point + 1j * STEP * (np.arange(size) == j)).imag / STEP for j in range(size)]
    ).T
    segment = np.searchsorted(lanes.stops, month, side="right") - 1
    levels = lanes.u_level[segment, :, 0] + (month - lanes.stops[segment]) * lanes.u_slope[segment, :, 0]
    state = state_of(equations, point, dict(zip(equations.inputs, levels, strict=True)))
    order = [
        int(np.flatnonzero(state_of(equations, np.arange(size), dict.fromkeys(equations.inputs, -1)) == r)[0])
        for r in range(size)
    ]
    found = slopes(equations, lanes, state, month).matrix[np.ix_(order, order)]
    assert found == pytest.approx(nudged, abs=1e-12, rel=1e-12)


@given(runs(), st.data())
def test_each_links_own_term_has_the_links_sign(run, data):
    """Wherever 0 < x < 1 and the input is above 0; compared by sign, so there is no tolerance."""
    model, scenario = run
    equations = Equations.of(model)
    lanes = equations.prepare([scenario], 60)
    state = np.array(
        data.draw(st.lists(st.floats(0.05, 0.95), min_size=equations.depth, max_size=equations.depth))
    )
    found = slopes(equations, lanes, state, 0.0)
    for link, term in zip(equations.links, found.links, strict=True):
        if link.polarity == "?":
            continue
        strength = strength_of(scenario, link)
        expected = 0 if strength == 0 else 1 if link.polarity == "+" else -1
        assert np.sign(term) == expected or 0 < strength < 1e-300


def test_a_link_of_unknown_sign_has_the_sum_of_both_terms():
    """By hand: (1 - x) s/2 - x s/2, and s y/2 of what is won and of what is lost; every number is exact."""
    model = small([{"from": "a", "to": "b", "polarity": "?", "strength": 0.5}], {"a": {}, "b": {}})
    equations = Equations.of(model)
    found = slopes(equations, equations.prepare([plan(model)], 1), np.array([0.5, 0.25]), 0)
    assert found.links.tolist() == [0.75 * 0.25 - 0.25 * 0.25]
    assert found.matrix[1, 0] == found.links[0]
    assert (found.winning[1], found.losing[1]) == (0.125, 0.125)


def test_a_threshold_is_flat_at_nothing():
    model = small(
        [{"from": "a", "to": "b", "polarity": "+", "strength": 0.3, "threshold": 0.4}],
        {"a": {}, "b": {"start": 0.5}},
    )
    equations = Equations.of(model)
    lanes = equations.prepare([plan(model)], 1)
    assert slopes(equations, lanes, np.array([0.0, 0.5]), 0).links[0] == 0
    assert slopes(equations, lanes, np.array([0.1, 0.5]), 0).links[0] > 0


def test_the_diagonal_is_saturation_and_fading():
    model = small(
        [{"from": "a", "to": "b", "polarity": "-", "strength": 0.3}],
        {"a": {}, "b": {"gain": 0.1, "fade": 0.2}},
    )
    equations = Equations.of(model)
    found = slopes(equations, equations.prepare([plan(model)], 1), np.array([0.5, 0.25]), 0)
    assert found.winning[1] == 0.1
    assert found.losing[1] == pytest.approx(0.2 + 0.3 * 0.5, abs=1e-15)
    assert found.matrix[1, 1] == pytest.approx(-(0.1 + 0.35), abs=1e-15)
    assert found.matrix[1, 0] == found.links[0] == pytest.approx(-0.3 * 0.25, abs=1e-15)


def test_a_levers_own_terms_and_its_delay_are_there_too():
    """By hand: (1 - x) w for the plain link, -x w at the last stage, 3/delay along the chain."""
    model = small(
        [
            {"from": "u", "to": "x", "polarity": "+", "strength": 0.3},
            {"from": "u", "to": "x", "polarity": "-", "strength": 0.2, "delay": 6},
        ],
        {"x": {"start": 0.25}},
        levers=("u",),
    )
    equations = Equations.of(model)
    lanes = equations.prepare([plan(model, u=0.5)], 1)
    found = slopes(equations, lanes, np.array([0.25, 0.1, 0.2, 0.3, 0.5]), 0)
    terms = dict(zip([link.delay for link in equations.links], found.links, strict=True))
    assert terms == pytest.approx({0.0: 0.75 * 0.3, 6.0: -0.25 * 0.2}, abs=1e-15)
    expected = np.zeros((5, 5))
    expected[0, 0] = -(0.3 * 0.5 + 0.2 * 0.3)
    expected[0, 3] = -0.25 * 0.2
    for row, before in ((1, 4), (2, 1), (3, 2)):
        expected[row, before], expected[row, row] = 0.5, -0.5
    assert found.matrix == pytest.approx(expected, abs=1e-15)


def test_rates_seen_through_the_jacobian_match_a_small_push(common_purpose, scenarios):
    """Second oracle: at rest, J times a small push is the change of the rates; exact to the push squared."""
    scenario = scenarios["nothing_new"]
    right_hand_side = rates(common_purpose, scenario)
    point = start(common_purpose, scenario)
    equations = Equations.of(common_purpose)
    lanes = equations.prepare([scenario], 1)
    order = np.array([names(common_purpose).index(name) for name in equations.variables])
    push = np.zeros(point.size)
    push[order] = 1e-4 * np.sin(np.arange(order.size))
    change = (right_hand_side(0, point + push) - right_hand_side(0, point - push)) / 2
    matrix = slopes(equations, lanes, state_of(equations, point, {}), 0).matrix
    variables = slice(0, order.size)
    assert matrix[variables, variables] @ push[order] == pytest.approx(change[order], abs=1e-9)


def test_the_oracle_itself_agrees_with_a_closed_form():
    """Bass again, so that a slip in the oracle does not hide a slip in the engine; scipy's own tolerance."""
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": 0.2}], {"x": {"gain": 0.01}})
    months = np.arange(61.0)
    decay = np.exp(-0.21 * months)
    exact = (1 - decay) / (1 + 20 * decay)
    assert dop853(model, plan(model), months)[:, 0] == pytest.approx(exact, abs=1e-9)
