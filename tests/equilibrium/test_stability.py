"""Eigenvalues by hand and from the characteristic polynomial of a delay; what is state and what is input."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.equilibrium.rest import rest_states
from loops.equilibrium.stability import MOST_ROWS, NOT_COMPUTED, of_eigenvalues, stability
from loops.parts import replace
from loops.scenario import LinkChange
from loops.simulate import simulate


def fixed(model, levels, **schedules):
    return stability(model, plan(model, **schedules), np.array(levels, float))


def test_two_variables_by_hand():
    """a wins .1 and loses .3 b; b wins .1 a and fades .1: at rest at 1/2 and 1/3, by hand.

    The slopes there are -.2, -.15; 1/15, -.15: trace -.35, determinant .04, so -.175 +- i sqrt(.009375).
    Tolerance: a hundred roundings of such numbers.
    """
    links = [
        {"from": "a", "to": "b", "polarity": "+", "strength": 0.1},
        {"from": "b", "to": "a", "polarity": "-", "strength": 0.3},
    ]
    model = small(links, {"a": {"gain": 0.1}, "b": {"fade": 0.1}})
    found = fixed(model, [1 / 2, 1 / 3])
    beat = np.sqrt(0.009375)
    assert found.eigenvalues == pytest.approx(np.array([-0.175 + 1j * beat, -0.175 - 1j * beat]), abs=1e-14)
    assert found.stable
    assert found.slowest == pytest.approx(1 / 0.175, rel=1e-12)
    assert found.swings == ()  # e^(-2 pi .175 / .0968) = 1e-5 of it is left one period later


def brake(delay: float):
    """One variable that wins .1 a month and, some months later, loses 2 a month of what it has.

    At rest .1 (1 - x) = 2 x^2, so x = 1/5. With A = .1 + 2/5 and B = 2/5 the characteristic equation is
    (s + A) (1 + s delay / 3)^3 + B = 0.
    """
    links = [{"from": "x", "to": "x", "polarity": "-", "strength": 2, "delay": delay}]
    return small(links, {"x": {"start": 0.5, "gain": 0.1}})


def test_a_delayed_brake_swings_as_its_characteristic_polynomial_says():
    """Oracle: numpy's roots of the polynomial above, four and apart, so within 1e-9."""
    model = brake(12.0)
    (state,) = rest_states(model, plan(model), seed=1).states
    assert state.levels == pytest.approx([0.2], abs=1e-11)
    polynomial = np.polyadd(np.polymul([1, 0.5], np.poly([-0.25] * 3) * 4**3), [0.4])
    roots = np.roots(polynomial)
    found = state.stability.eigenvalues
    assert np.sort_complex(found) == pytest.approx(np.sort_complex(roots), abs=1e-9)
    assert np.all(np.diff(found.real) <= 0)
    slow = roots[roots.imag > 0][np.argmax(roots[roots.imag > 0].real)]
    swing = state.stability.swings[0]
    assert swing.period == pytest.approx(2 * np.pi / slow.imag, rel=1e-9)
    assert swing.damping == pytest.approx(-slow.real / abs(slow), rel=1e-9)
    assert swing.settles == pytest.approx(-4 / slow.real, rel=1e-9)


def test_without_its_delay_the_same_brake_does_not_swing():
    model = brake(0.0)
    (state,) = rest_states(model, plan(model), seed=1).states
    assert state.levels == pytest.approx([0.2], abs=1e-11)
    assert state.stability.eigenvalues == pytest.approx([-0.9], abs=1e-10)
    assert state.stability.swings == ()


def test_levers_and_circumstances_are_inputs_and_have_no_eigenvalue():
    """Each has a delayed and a threshold arrow, so each is a row of the engine's state; x alone can move."""
    links = [
        {"from": name, "to": "x", "polarity": "+", "strength": 0.1, **form}
        for name in ("u", "c")
        for form in ({"delay": 6}, {"threshold": 0.5})
    ]
    model = small(links, {"x": {"fade": 0.1}}, levers=("u",), contexts=("c",))
    (state,) = rest_states(model, plan(model, c=0.5), seed=1).states
    # f(.5) is a half of 1 + .5^4 at the threshold
    pull = 0.1 + 0.1 * 0.5 + 0.1 * (1 + 0.5**4) / 2
    assert state.stability.eigenvalues == pytest.approx([-pull], abs=1e-12)
    assert state.stability.stable


def test_a_delay_that_carries_nothing_is_no_state_either():
    links = [{"from": "x", "to": "y", "polarity": "+", "strength": 0.1, "delay": 240}]
    model = small(links, {"x": {"fade": 0.1}, "y": {"fade": 0.2}})
    assert fixed(model, [0, 0]).slowest == pytest.approx(80, rel=1e-4)  # three equal ones: the cube root
    cut = replace(plan(model), links=[LinkChange(source="x", target="y", cut=True)])
    assert stability(model, cut, np.zeros(2)).slowest == pytest.approx(10, rel=1e-12)


@pytest.mark.parametrize(("strength", "stable"), [(0.04, True), (0.05, None), (0.06, False)])
def test_on_the_edge_nobody_can_say(strength, stable):
    """An epidemic at 0 grows by strength - fade, by hand."""
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": strength}], {"x": {"fade": 0.05}})
    found = fixed(model, [0.0])
    assert found.stable is stable
    assert found.eigenvalues == pytest.approx([strength - 0.05], abs=1e-16)
    assert found.slowest == pytest.approx(np.inf if stable is None else 100, rel=1e-12)


def test_where_nothing_can_move_there_is_nothing_to_push():
    found = fixed(small([], {"x": {"start": 0.5}}), [0.5])
    assert found.eigenvalues.size == 0
    assert found.stable
    assert found.swings == ()


def test_a_growing_swing_never_settles_and_a_faint_one_is_not_listed():
    found = of_eigenvalues(np.array([-1, 0.01 + 0.1j, 0.01 - 0.1j, -0.2 + 0.1j, -0.2 - 0.1j]))
    (swing,) = found.swings  # of the other e^(-2 pi 2) = 3e-6 is left one period later
    assert found.stable is False
    assert swing.settles == np.inf
    assert swing.damping == pytest.approx(-0.1 / np.sqrt(1.01), rel=1e-12)
    assert found.slowest == pytest.approx(100)


def test_a_model_too_large_is_not_computed_which_is_no_answer():
    links = [
        {"from": f"v{i}", "to": f"v{(i + 1) % 10}", "polarity": "+", "strength": 0.01, "delay": 1 + k}
        for k in range(MOST_ROWS // 30 + 1)
        for i in range(10)
    ]
    model = small(links, {f"v{i}": {"fade": 0.1} for i in range(10)})
    assert fixed(model, np.zeros(10)) is NOT_COMPUTED
    assert NOT_COMPUTED.stable is NOT_COMPUTED.eigenvalues is NOT_COMPUTED.swings is None


def test_the_shipped_model_comes_back_as_slowly_as_a_run_says(common_purpose, scenarios):
    """Oracle: how fast a run that was pushed by .001 still closes in after 50 years.

    The next slowest mode is almost twice as fast, so after 600 months less than e^-4 of it is left beside the
    slowest in the lower state (and of bends, a thousandth): 1% over the next ten years.
    """
    found = rest_states(common_purpose, scenarios["nothing_new"], seed=1)
    for state in (found.states[0], found.states[-1]):
        levels = dict(zip(found.variables, state.levels, strict=True))
        pushed = replace(
            common_purpose,
            variables=[replace(node, start=levels[node.id] + 1e-3) for node in common_purpose.variables],
        )
        (run,) = simulate(pushed, [scenarios["nothing_new"]], months=720, tolerance=1e-11)
        left = np.abs(run.levels - state.levels)[:, found.variables.index("buy_in")]
        assert state.stability.slowest == pytest.approx(120 / np.log(left[600] / left[720]), rel=0.01)
        assert state.stability.swings == ()
