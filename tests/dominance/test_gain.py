"""Loop gain, by hand and by experiment."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.dominance.gain import loop_gains
from loops.dominance.moments import moments
from loops.feedback import find
from loops.simulate import simulate


def gains_of(model, scenario=None, months=6):
    found = find(model).loops
    (run,) = moments(model, [scenario or plan(model)], months=months)
    return run, loop_gains(run, found), found


def test_twins_give_back_what_their_slopes_say():
    """By hand: K_ab K_ba with K = (1 - x) w / (w y + fade). Tolerance: ten roundings of the result."""
    twins = small(
        [
            {"from": "a", "to": "b", "polarity": "+", "strength": 0.2},
            {"from": "b", "to": "a", "polarity": "+", "strength": 0.3},
        ],
        {"a": {"start": 0.2, "fade": 0.05}, "b": {"start": 0.4, "fade": 0.1}},
    )
    run, gains, _ = gains_of(twins)
    a, b = run.levels.T
    expected = (1 - b) * 0.2 / (0.2 * a + 0.1) * (1 - a) * 0.3 / (0.3 * b + 0.05)
    assert gains[:, 0] == pytest.approx(expected, rel=10 * np.finfo(float).eps)


def test_a_brake_gives_back_less_than_nothing_and_repeats_add_up():
    """By hand: K of the two - links together is -x (0.1 + 0.1) / (gain + 0.2 y), of the + link as above."""
    once = {"from": "b", "to": "a", "polarity": "-", "strength": 0.1, "delay": 3}
    model = small(
        [{"from": "a", "to": "b", "polarity": "+", "strength": 0.2}, once, once | {"strength": 0.1}],
        {"a": {"start": 0.5, "gain": 0.1}, "b": {"start": 0.4, "fade": 0.1}},
    )
    _, gains, found = gains_of(model)
    assert [loop.letter for loop in found] == ["B"]
    back, on = -0.5 * 0.2 / (0.1 + 0.2 * 0.4), 0.6 * 0.2 / (0.2 * 0.5 + 0.1)
    assert gains[0, 0] == pytest.approx(back * on, rel=1e-15)


def test_a_variable_that_nothing_moves_passes_nothing_on():
    """With everything at 0 and no gains, G + L = 0: no division by zero, and nothing comes back."""
    model = small(
        [
            {"from": "a", "to": "b", "polarity": "+", "strength": 0.2},
            {"from": "b", "to": "a", "polarity": "+", "strength": 0.3},
        ],
        {"a": {}, "b": {}},
    )
    _, gains, _ = gains_of(model)
    assert (gains == 0).all()


def test_no_loops_have_no_gains(common_purpose):
    (run,) = moments(common_purpose, [plan(common_purpose)], months=6)
    assert loop_gains(run, []).shape == (7, 0)


CASES = {
    "snowball": ("+", "+", "+"),
    "brake": ("+", "-", "+"),
    "two brakes in one": ("-", "+", "-"),
}


@pytest.mark.parametrize("signs", CASES.values(), ids=CASES)
def test_the_gain_is_what_comes_back_in_one_lap(signs):
    """Hold x, let the rest settle, and see what its inputs would make of it: the slope of G / (G + L).

    Oracle: runs of a model in which x is held (nothing acts on it) and a double without effect has its
    inputs; the double settles at G / (G + L). Slope by central differences of two widths h and 2h. Tolerance:
    their difference, which is three times the error of the finer to first order; and the solver's error, at
    1e-12 a step and contracting, below 1e-9 on each level: 1e-9/h. x rests to 1e-6 of a level, and the gain
    turns by less than 10 for each level.
    """
    threshold = {"threshold": 0.4, "steepness": 3}
    into_x = {"from": "b", "to": "x", "polarity": signs[2], "strength": 0.2, "delay": 4}
    rest = [
        {"from": "x", "to": "a", "polarity": signs[0], "strength": 0.15, **threshold},
        {"from": "a", "to": "b", "polarity": signs[1], "strength": 0.1, "delay": 2},
    ]
    own = {"start": 0.5, "gain": 0.06, "fade": 0.05}
    others = {
        "a": {"start": 0.5, "gain": 0.02, "fade": 0.04},
        "b": {"start": 0.5, "gain": 0.01, "fade": 0.02},
    }
    whole = small([*rest, into_x], {"x": own, **others})
    run, gains, _ = gains_of(whole, months=1_200)
    x = run.levels[-1, run.equations.row["x"]]

    def returned(level):
        held = small([*rest, into_x | {"to": "double"}], {"x": {"start": level}, "double": own, **others})
        (trajectory,) = simulate(held, [plan(held)], months=1_200, tolerance=1e-12)
        return trajectory["double"][-1]

    h = 1e-2
    fine, coarse = ((returned(x + e) - returned(x - e)) / (2 * e) for e in (h, 2 * h))
    tolerance = abs(fine - coarse) + 1e-9 / h + 1e-5
    assert gains[-1, 0] == pytest.approx(fine, abs=tolerance, rel=0)
    assert tolerance < 0.02 * abs(fine)
