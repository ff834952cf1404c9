"""How much of a nudge comes back: by integration, and the reproduction numbers of textbook epidemics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import models, plan, small

from loops import feedback
from loops.equilibrium.multiplier import Multiplier, feedback_multiplier, reproduction, together
from loops.equilibrium.rest import rest_states
from loops.equilibrium.returns import return_curve
from loops.parts import replace
from loops.simulate import simulate


def friends():
    """Three variables without a B loop: a and b help each other, a and c hold each other down."""
    links = [
        {"from": "a", "to": "b", "polarity": "+", "strength": 0.2},
        {"from": "b", "to": "a", "polarity": "+", "strength": 0.3, "delay": 3},
        {"from": "a", "to": "c", "polarity": "-", "strength": 0.3},
        {"from": "c", "to": "a", "polarity": "-", "strength": 0.2, "threshold": 0.4, "steepness": 2},
    ]
    return small(
        links,
        {
            "a": {"start": 0.3, "gain": 0.05, "fade": 0.1},
            "b": {"start": 0.3, "gain": 0.05, "fade": 0.2},
            "c": {"start": 0.3, "gain": 0.2, "fade": 0.05},
        },
    )


NUDGE = 1e-4


def nudged(model, levels, pull, nudge):
    """The model with gains raised so that each level by itself, all else held, would move by `nudge`."""
    order = sorted(node.id for node in model.variables)
    more = dict(zip(order, nudge * pull / (1 - levels), strict=True))
    return replace(
        model, variables=[replace(node, gain=node.gain + float(more[node.id])) for node in model.variables]
    )


def pulls(model, levels):
    """G + L of `friends` by hand."""
    a, b, c = levels
    bent = (1 + 0.4**2) * c**2 / (0.4**2 + c**2)
    return np.array([0.05 + 0.3 * b + 0.1 + 0.2 * bent, 0.05 + 0.2 * a + 0.2, 0.2 + 0.3 * a + 0.05])


@pytest.mark.parametrize("direction", ["along the eigenvector", (1, 0, 0), (0, 1, -1), (0.2, -0.3, 0.5)])
def test_a_lasting_nudge_grows_by_what_the_matrix_says(direction):
    """Oracle: runs to rest with gains a little higher and a little lower.

    Raising G by e raises x by (1 - x) e / (G + L + e), all else held. Half the
    difference of a nudge up and one down is straight to the square of the nudge, 1e-8, times some bends; the
    integrator's 1e-10 over the nudge's 1e-4 adds 1e-6, of which a run at rest may have a few: 1e-5.
    """
    model = friends()
    (state,) = rest_states(model, plan(model), seed=1).states
    found = feedback_multiplier(model, plan(model), state.levels)
    assert found.exact
    values, vectors = np.linalg.eig(found.coupling)
    along = vectors[:, np.argmax(values.real)].real
    assert values.real.max() == pytest.approx(found.rho, rel=1e-12)
    own = along / np.abs(along).max() if isinstance(direction, str) else np.array(direction, float)
    ends = []
    for sign in (1, -1):
        moved = nudged(model, state.levels, pulls(model, state.levels), sign * NUDGE * own)
        (run,) = simulate(moved, [plan(model)], months=1000, tolerance=1e-10)
        ends.append(run.levels[-1])
    grown = (ends[0] - ends[1]) / (2 * NUDGE)
    assert grown == pytest.approx(np.linalg.solve(np.eye(3) - found.coupling, own), rel=1e-5, abs=1e-5)
    if isinstance(direction, str):
        assert grown == pytest.approx(own * found.amplification, rel=1e-5)
        assert found.amplification == pytest.approx(1 / (1 - found.rho), rel=1e-15)


def test_a_lasting_push_on_one_variable_grows_by_the_slope_of_its_return_curve(common_purpose, scenarios):
    """Oracle: 1 / (1 - phi'), phi' by central differences of the curve, where brakes act and rho is no guide.

    The curve is exact to some 1e-12, so that a step of 1/4000 leaves its third derivative, some hundreds,
    times h^2 / 6 = 1e-8 in phi', and that over 1 - phi' = .4 and more in the result.
    """
    scenario = scenarios["everything_for_four_years"]
    firm = [each for each in rest_states(common_purpose, scenario, seed=1).states if each.stability.stable]
    assert len(firm) == 2
    curve = return_curve(common_purpose, scenario, "buy_in", points=4_001)
    place = sorted(node.id for node in common_purpose.variables).index("buy_in")
    for state in firm:
        found = feedback_multiplier(common_purpose, scenario, state.levels)
        assert (found.exact, found.amplification) == (False, None)
        slope = np.interp(state.levels[place], curve.held, np.gradient(curve.below, curve.held))
        assert found.push(place) == pytest.approx(1 / (1 - slope), rel=1e-5)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_lasting_push_by_hand(place):
    """[(I - K)^-1]_oo of three variables by cofactors: the loops that miss it over all of them."""
    model = friends()
    (state,) = rest_states(model, plan(model), seed=1).states
    found = feedback_multiplier(model, plan(model), state.levels)
    k = found.coupling
    by_b, by_c = k[0, 1] * k[1, 0], k[0, 2] * k[2, 0]  # the loops a b and a c; b and c are on none together
    missing = [1, 1 - by_c, 1 - by_b][place]
    assert found.push(place) == pytest.approx(missing / (1 - by_b - by_c), rel=1e-12)


def test_with_brakes_a_push_may_grow_by_more_than_rho_says():
    """By hand: K^2 = 0, so rho is 0 and (I - K)^-1 = I + K: the push on the first comes to twice its size."""
    found = Multiplier(0.0, None, False, np.array([[1.0, -1.0], [1.0, -1.0]]))
    assert [found.push(place) for place in (0, 1)] == pytest.approx([2, 0], abs=1e-12)


def test_a_threshold_by_hand():
    """x = (1/6, 1/2) of the threshold in test_rest: slope .09 over a pull of .06, and .05 over .1."""
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.08, "threshold": 0.5, "steepness": 2}]
    model = small(links, {"x": {"fade": 0.05}})
    tipping, upper = (feedback_multiplier(model, plan(model), np.array([x])) for x in (1 / 6, 1 / 2))
    assert (tipping.rho, tipping.amplification) == (pytest.approx(1.5, rel=1e-12), None)
    assert (upper.rho, upper.amplification) == (pytest.approx(0.5, rel=1e-12), pytest.approx(2, rel=1e-12))


def test_what_loses_nothing_takes_any_nudge_all_the_way():
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}})
    found = feedback_multiplier(model, plan(model), np.zeros(1))
    assert found.rho == np.inf
    assert (found.amplification, found.push(0)) == (None, None)


def test_on_the_edge_a_push_has_no_end():
    assert Multiplier(1.0, None, True, np.ones((1, 1))).push(0) is None


def test_together_are_those_on_loops_with_it():
    ends = ["ab", "ba", "bc", "da"]
    links = [{"from": a, "to": b, "polarity": "+", "strength": 0.1} for a, b in ends]
    model = small(links, {name: {} for name in "abcd"})
    assert [together(model, name) for name in "abcd"] == [["a", "b"], ["a", "b"], ["c"], ["d"]]


def test_without_loops_nothing_comes_back():
    model = small([{"from": "x", "to": "y", "polarity": "-", "strength": 0.1}], {"x": {"gain": 0.1}, "y": {}})
    found = feedback_multiplier(model, plan(model), np.array([1.0, 0.0]))
    assert (found.rho, found.amplification, found.exact) == (0, 1, True)


@given(models(), st.floats(0.1, 0.9))
def test_exact_just_if_no_loop_is_balancing(model, level):
    """Oracle: every loop, one by one, of links with any strength; all act where levels are inside.

    An arrow of unknown sign acts there as (1 - 2x) has it: not at all at a half.
    """
    acting = replace(model, links=[link for link in model.links if link.strength > 1e-30])
    found = feedback_multiplier(acting, plan(acting), np.full(len(model.variables), level))
    as_it_acts = {"+": "+", "-": "-", "?": "+" if level < 0.5 else "-"}
    links = [
        replace(link, polarity=as_it_acts[link.polarity])
        for link in acting.links
        if link.polarity != "?" or level != 0.5
    ]
    letters = {loop.letter for loop in feedback.find(replace(acting, links=links), most=20_000).loops}
    assert found.exact == ("B" not in letters)


@given(models(), st.integers(0, 9))
def test_without_balancing_loops_the_multiplier_decides_stability(model, seed):
    """Oracle: eigenvalues with delay stages. Everything fades, so has a pull; near 1 neither can tell."""
    fading = [replace(node, fade=node.fade + 0.01) for node in model.variables]
    model = replace(model, variables=fading)
    for state in rest_states(model, plan(model), seed=seed, starts=32).states:
        found = feedback_multiplier(model, plan(model), state.levels)
        if found.exact and abs(found.rho - 1) > 1e-3:
            assert (found.rho < 1) == state.stability.stable


def test_an_epidemic():
    """R = beta / gamma, however late it acts; by hand."""
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.2, "delay": 6}]
    model = small(links, {"x": {"start": 0.1, "fade": 0.08}})
    found = reproduction(model, plan(model), ["x"])
    assert found.value == pytest.approx(2.5, rel=1e-12)
    assert found.why == ""


@pytest.mark.parametrize("fade", [0.05, 0.4])
def test_an_epidemic_in_two_groups_grows_just_if_r_is_above_one(fade):
    """R is the larger root of R^2 - (K11 + K22) R + K11 K22 - K12 K21, K = beta_ij / gamma_i, by hand."""
    beta = {("a", "a"): 0.1, ("b", "b"): 0.05, ("a", "b"): 0.2, ("b", "a"): 0.1}
    links = [{"from": s, "to": t, "polarity": "+", "strength": w} for (s, t), w in beta.items()]
    model = small(links, {"a": {"start": 0.1, "fade": fade}, "b": {"start": 0.1, "fade": 2 * fade}})
    own = np.array([0.1 / fade, 0.05 / (2 * fade)])
    cross = 0.2 / (2 * fade) * 0.1 / fade
    by_hand = own.mean() + np.sqrt((own[0] - own[1]) ** 2 / 4 + cross)
    found = reproduction(model, plan(model), ["a", "b"])
    assert found.value == pytest.approx(by_hand, rel=1e-12)
    nothing = rest_states(model, plan(model), seed=1).states[0]
    assert np.all(nothing.levels == 0)
    assert nothing.stability.stable == (by_hand < 1)


def held_down(**given):
    """x feeds itself; y, which rests at 1/2 by itself, holds it down."""
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": 0.3},
        {"from": "y", "to": "x", "polarity": "-", "strength": 0.2},
    ]
    return small(links, {"x": {"start": 0.1, **given}, "y": {"gain": 0.1, "fade": 0.1}})


def test_what_stands_outside_counts_where_it_rests():
    model = held_down(fade=0.1)
    assert reproduction(model, plan(model), ["x"]).value == pytest.approx(0.3 / (0.1 + 0.2 / 2), rel=1e-11)


def test_what_never_fades_brings_about_without_end():
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.3}]
    model = small(links, {"x": {"start": 0.1}})
    assert reproduction(model, plan(model), ["x"]).value == np.inf


def test_a_threshold_adds_nothing():
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.3, "threshold": 0.2}]
    model = small(links, {"x": {"start": 0.1, "fade": 0.1}})
    assert reproduction(model, plan(model), ["x"]).value == 0


def test_what_is_seeded_has_no_reproduction_number():
    links = [
        {"from": name, "to": "x", "polarity": "+", "strength": 0.1, "delay": delay}
        for name, delay in (("y", 0), ("u", 0), ("c", 3))
    ]
    model = small(links, {"x": {"fade": 0.1}, "y": {"fade": 0.1}}, levers=("u",), contexts=("c",))
    found = reproduction(model, plan(model, u=1.0), ["x"])
    assert found.value is None
    assert found.why == "not defined: the system is seeded by c, y"
    # both together, and a circumstance that is not there: the lever is off
    assert reproduction(model, plan(model, c=0.0), ["x", "y"]).value == 0
    grown = held_down(gain=0.01)
    assert reproduction(grown, plan(grown), ["x"]).why == "not defined: the system is seeded by x (by itself)"


def test_many_seeds_are_counted(common_purpose, scenarios):
    names = [node.id for node in common_purpose.variables]
    found = reproduction(common_purpose, scenarios["nothing_new"], names)
    assert found.value is None
    assert found.why.startswith("not defined: the system is seeded by ")


def test_if_everything_else_can_rest_at_two_levels_there_is_no_one_number():
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": 0.3},
        {"from": "y", "to": "x", "polarity": "-", "strength": 0.2},
        {"from": "y", "to": "y", "polarity": "+", "strength": 0.08, "threshold": 0.5, "steepness": 2},
    ]
    model = small(links, {"x": {"fade": 0.1}, "y": {"fade": 0.05}})
    found = reproduction(model, plan(model), ["x"])
    assert found.value is None
    assert found.why == "not defined: everything else can rest at more than one level"


def test_a_name_that_is_not_there():
    model = held_down()
    with pytest.raises(ValueError, match="there is no variable 'z'"):
        reproduction(model, plan(model), ["z"])
