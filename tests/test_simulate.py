"""The engine against closed forms, against scipy, and against what must always be true of it."""

from __future__ import annotations

import numpy as np
import oracles
import pytest
from hypothesis import given
from oracles import dop853, models, plan, runs, small
from scipy.integrate import solve_ivp

from loops import kernel
from loops.equations import Equations
from loops.parts import replace
from loops.scenario import LinkChange, Scenario
from loops.simulate import TOLERANCE, DidNotFinish, halved, run_block, simulate

GLOBAL = 100 * TOLERANCE
"""Local errors of at most TOLERANCE a step add up over the steps of a run; these runs take at most about 100
steps of consequence and errors here shrink rather than grow, so 100 tolerances bounds what is left."""


def levels(model, scenario, months=60, **options):
    return simulate(model, [scenario], months=months, **options)[0]


def test_a_variable_alone_heads_for_gain_over_gain_plus_fade():
    """Closed form: x = x* + (x0 - x*) exp(-(gain + fade) t)."""
    model = small([], {"x": {"start": 0.8, "gain": 0.05, "fade": 0.15}})
    run = levels(model, plan(model))
    rest = 0.05 / 0.2
    assert run["x"] == pytest.approx(rest + (0.8 - rest) * np.exp(-0.2 * run.months), abs=GLOBAL)


def test_a_complete_source_wins_half_of_what_is_missing_in_ln2_over_w():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    run = levels(model, plan(model, u=1.0))
    assert run["x"] == pytest.approx(1 - np.exp(-0.1 * run.months), abs=GLOBAL)


def test_sis_is_a_plus_link_to_itself():
    """SIS: dx/dt = beta x (1 - x) - gamma x; logistic with r = beta - gamma and K = 1 - gamma/beta."""
    beta, gamma, first = 0.3, 0.1, 0.01
    model = small(
        [{"from": "x", "to": "x", "polarity": "+", "strength": beta}], {"x": {"start": first, "fade": gamma}}
    )
    run = levels(model, plan(model), months=120)
    rate, most = beta - gamma, 1 - gamma / beta
    exact = most / (1 + (most / first - 1) * np.exp(-rate * run.months))
    # an error made early grows with the epidemic by at most most/first before it shrinks
    assert run["x"] == pytest.approx(exact, abs=GLOBAL * most / first / 10)


def test_bass_is_a_gain_and_a_plus_link_to_itself():
    """Bass: F = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t)."""
    p, q = 0.01, 0.2
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": q}], {"x": {"gain": p}})
    run = levels(model, plan(model))
    decay = np.exp(-(p + q) * run.months)
    assert run["x"] == pytest.approx((1 - decay) / (1 + q / p * decay), abs=GLOBAL * 5)


def test_twins_with_equal_parameters_follow_bass_as_one():
    p, q = 0.01, 0.2
    one = small([{"from": "x", "to": "x", "polarity": "+", "strength": q}], {"x": {"gain": p}})
    two = small(
        [
            {"from": "a", "to": "b", "polarity": "+", "strength": q},
            {"from": "b", "to": "a", "polarity": "+", "strength": q},
        ],
        {"a": {"gain": p}, "b": {"gain": p}},
    )
    alone, twins = levels(one, plan(one)), levels(two, plan(two))
    assert np.array_equal(twins["a"], twins["b"])
    assert twins["a"] == pytest.approx(alone["x"], abs=2 * GLOBAL)


@pytest.mark.parametrize("delay", [0.5, 6.0, 24.0])
def test_a_delayed_lever_answers_as_erlang_3(delay):
    """Closed form of the design, 3.4: x = 1 - (1 - x0) exp(-w I), I = t - (3 - e^-T (3 + 2T + T^2/2)) / a."""
    w, first, a = 0.2, 0.3, 3 / delay
    model = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": w, "delay": delay}],
        {"x": {"start": first}},
        levers=("u",),
    )
    run = levels(model, plan(model, u=[(0, 1.0)]))
    t = run.months
    big = a * t
    late = t - (3 - np.exp(-big) * (3 + 2 * big + big**2 / 2)) / a
    assert run["x"] == pytest.approx(1 - (1 - first) * np.exp(-w * late), abs=GLOBAL)


def test_a_delayed_lever_starts_at_its_level_before_month_0():
    """A lever that is always on has filled its delay already, so the delay changes nothing."""
    link = {"from": "u", "to": "x", "polarity": "+", "strength": 0.2}
    late = small([link | {"delay": 12.0}], {"x": {}}, levers=("u",))
    now = small([link], {"x": {}}, levers=("u",))
    assert levels(late, plan(late, u=0.7))["x"] == pytest.approx(
        levels(now, plan(now, u=0.7))["x"], abs=GLOBAL
    )


def test_a_threshold_link_is_whole_when_its_source_is():
    """f(1) = 1 whatever the threshold, so a lever at full effort acts as through a plain link."""
    link = {"from": "u", "to": "x", "polarity": "+", "strength": 0.2}
    curved = small([link | {"threshold": 0.4, "steepness": 3}], {"x": {}}, levers=("u",))
    plain = small([link], {"x": {}}, levers=("u",))
    assert levels(curved, plan(curved, u=1.0))["x"] == pytest.approx(
        levels(plain, plan(plain, u=1.0))["x"], abs=GLOBAL
    )
    below = levels(curved, plan(curved, u=0.2))["x"][-1]
    assert below == pytest.approx(1 - np.exp(-0.2 * (1.064 * 0.008 / 0.072) * 60), abs=GLOBAL)


def test_ramps_and_dated_events_are_exact():
    """A lever into x alone: x = 1 - exp(-w * integral of the lever), whatever the holds, jumps and ramps."""
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    scenario = plan(model, u=[(1.25, 0.5), (6, 1.0, 4.5), (20, 0.0, 0.75), (33.3, 0.25)])
    run = levels(model, scenario)
    t = run.months
    area = 0.5 * np.clip(t - 1.25, 0, 4.75)  # held at a half until month 6
    up, down = np.clip(t - 6, 0, 4.5), np.clip(t - 20, 0, 0.75)
    area += 0.5 * up + up**2 / 18  # to one over 4.5 months
    area += np.clip(t - 10.5, 0, 9.5)  # held at one
    area += down - down**2 / 1.5  # to nothing within 0.75 of a month
    area += 0.25 * np.clip(t - 33.3, 0, None)
    assert run["x"] == pytest.approx(1 - np.exp(-0.1 * area), abs=10 * TOLERANCE)


def test_the_level_set_for_a_month_acts_from_that_month_on():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    run = levels(model, plan(model, u=[(5, 1.0), (6, 0.0)]), months=12)
    assert np.all(run["x"][:6] == 0)
    assert run["x"][6:] == pytest.approx(1 - np.exp(-0.1), abs=10 * TOLERANCE)


@given(runs())
def test_random_diagrams_agree_with_dop853(run):
    """Oracle: scipy's DOP853 at 1e-10 on the equations written out in oracles.py.

    Where a threshold makes a run sensitive, nearby paths part at up to e^(t max|J|); with rates up to 7 a
    month within a few months they also come together again. A local tolerance of 1e-9 leaves 1e-6 with room
    to spare.
    """
    model, scenario = run
    months = np.arange(37.0)
    found = levels(model, scenario, months=36, tolerance=1e-9)
    assert found.levels == pytest.approx(dop853(model, scenario, months), abs=1e-6)


@given(runs())
def test_levels_stay_between_nothing_and_all_that_is_possible(run):
    model, scenario = run
    found = levels(model, scenario).levels
    assert found.min() >= -10 * TOLERANCE
    assert found.max() <= 1 + 10 * TOLERANCE


def test_the_integrator_is_of_fifth_order():
    """On even meshes the error falls as h^5; the slope between halvings must be 5 within half an order."""
    beta = 0.8
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": beta}], {"x": {"start": 0.1}})
    equations = Equations.of(model)
    lanes = equations.prepare([plan(model)], 4)
    exact = 1 / (1 + 9 * np.exp(-beta * 4))
    errors = []
    for steps in (8, 16, 32):
        mesh = np.linspace(0, 4, steps + 1)[1:]
        out = np.empty((1, 1, 1))
        kernel.integrate(equations.wiring, lanes, np.array([4.0]), 1.0, mesh, 1_000, out)
        errors.append(abs(out[0, 0, 0] - exact))
    assert np.diff(-np.log2(errors)) == pytest.approx(5, abs=0.5)


def test_the_dense_output_is_of_fourth_order():
    """Between steps the interpolant's error falls as h^4 times one more h from the step itself: 5 locally."""
    model = small([{"from": "x", "to": "x", "polarity": "+", "strength": 0.8}], {"x": {"start": 0.1}})
    equations = Equations.of(model)
    errors = []
    for h in (0.8, 0.4, 0.2):
        months = h * np.array([0.3, 0.7, 1.0])
        out = np.empty((3, 1, 1))
        lanes = equations.prepare([plan(model)], h)
        kernel.integrate(equations.wiring, lanes, months, 1.0, np.array([h]), 1_000, out)
        exact = 1 / (1 + 9 * np.exp(-0.8 * months))
        errors.append(np.abs(out[:2, 0, 0] - exact[:2]).max())
    assert np.diff(-np.log2(errors)) == pytest.approx(5, abs=0.5)


def test_equal_scenarios_differ_by_exactly_nothing(common_purpose, scenarios):
    same = scenarios["everything_for_four_years"]
    for width in (2, 3, 5, 9, 17):
        found = simulate(common_purpose, [same] * width)
        assert all(np.array_equal(found[0].levels, other.levels) for other in found)


def test_many_lanes_equal_single_runs(common_purpose, scenarios):
    """Each keeps its local error below the tolerance on its own mesh; both are within 200 of each other."""
    together = simulate(common_purpose, list(scenarios.values()))
    for run in together:
        alone = levels(common_purpose, run.scenario, months=common_purpose.horizon)
        assert run.levels == pytest.approx(alone.levels, abs=2 * GLOBAL)


def test_on_a_given_mesh_a_lane_does_not_depend_on_its_neighbours(common_purpose, scenarios):
    equations = Equations.of(common_purpose)
    every = list(scenarios.values())
    months = np.arange(241.0)
    pilot = run_block(equations.wiring, equations.prepare(every, 240), months)
    lanes = equations.prepare(every, 240)
    again = run_block(equations.wiring, lanes, months, mesh=pilot.mesh)
    assert np.array_equal(again.levels, pilot.levels)
    pair = kernel.Lanes(
        *(
            part if name == "stops" else part[..., [4, 7]].copy()
            for name, part in zip(lanes._fields, lanes, strict=True)
        )
    )
    two = run_block(equations.wiring, pair, months, mesh=pilot.mesh)
    assert np.array_equal(two.levels, pilot.levels[:, :, [4, 7]])


def test_a_lane_that_is_too_coarse_is_run_again_on_the_halved_mesh(common_purpose, scenarios):
    equations = Equations.of(common_purpose)
    lanes = equations.prepare([scenarios["everything_for_four_years"]], 60)
    months = np.arange(61.0)
    coarse = np.arange(4.0, 61, 4.0)
    rough = run_block(equations.wiring, lanes, months, mesh=coarse)
    assert rough.worst[0] <= 10
    exact = levels(common_purpose, scenarios["everything_for_four_years"], tolerance=1e-10)
    assert rough.levels[:, :, 0] == pytest.approx(exact.levels, abs=GLOBAL * 10)
    assert np.array_equal(halved(np.array([2.0, 3.0])), [1.0, 2.0, 2.5, 3.0])


def test_a_mesh_must_stop_where_the_lanes_do(common_purpose, scenarios):
    equations = Equations.of(common_purpose)
    lanes = equations.prepare([scenarios["everything_for_a_year"]], 60)
    for mesh in (np.array([30.0, 60.0]), np.array([12.0, 50.0]), np.array([12.0])):
        with pytest.raises(ValueError, match="every stop"):
            run_block(equations.wiring, lanes, np.arange(61.0), mesh=mesh)


def test_on_a_given_mesh_too_a_level_that_is_no_number_is_refused():
    model = small([], {"x": {"start": 0.5, "gain": 0.1}})
    equations = Equations.of(model)
    broken = equations.prepare([plan(model)], 10)._replace(gain=np.full((1, 1), np.nan))
    with pytest.raises(DidNotFinish, match="stopped being a number"):
        run_block(equations.wiring, broken, np.arange(11.0), mesh=np.arange(1.0, 11.0))


def test_words_and_order_change_nothing(common_purpose, scenarios):
    """Relabelled and back to front, a model gives bitwise the same levels: everything is sorted by id."""
    turned = replace(
        common_purpose,
        title="Another",
        variables=[replace(node, label=node.label[::-1]) for node in reversed(common_purpose.variables)],
        levers=tuple(reversed(common_purpose.levers)),
        contexts=tuple(reversed(common_purpose.contexts)),
        links=tuple(reversed(common_purpose.links)),
    )
    every = list(scenarios.values())
    for here, there in zip(simulate(common_purpose, every), simulate(turned, every), strict=True):
        assert np.array_equal(here.levels, there.levels)


def test_editing_a_diagram_does_not_compile_again(common_purpose):
    simulate(common_purpose, [plan(common_purpose)], months=3)
    before = len(kernel.integrate.signatures)
    model = small([], {"x": {}})
    simulate(model, [plan(model)], months=3)
    assert len(kernel.integrate.signatures) == before


@pytest.mark.parametrize("seed", [1e-250, 1e-20, 1e-9])
def test_a_seed_far_below_the_tolerance_grows_and_is_not_lost_in_the_noise(seed):
    """Oracle: DOP853 at 1e-11 of what is there. The delay keeps steps to 1.65/6 months. In each of them
    growth at under 0.5 a month errs by 0.14^6/720 = 1e-8 of itself: 9e-6 in 240 months, of x (1 - x) < 1/4.
    """
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.5, "delay": 0.5}]
    model = small(links, {"x": {"gain": seed}})
    run = levels(model, plan(model), months=240)
    asked = {"method": "DOP853", "rtol": 1e-11, "atol": 1e-6 * seed, "t_eval": run.months}
    exact = solve_ivp(oracles.rates(model, plan(model)), (0, 240), oracles.start(model, plan(model)), **asked)
    assert run["x"].min() == 0.0
    assert run["x"] == pytest.approx(exact.y[0], abs=1e-5)


@given(models())
def test_starting_from_rest_does_not_move(model):
    scenario = Scenario(id="rest", model=model.id, title="Rest", start="rest")
    run = levels(model, scenario, months=24)
    # 150 years are enough for all but a rate of under one in 500 years, which then hardly moves in 24 months
    assert run.drift < 0.05


def test_a_run_that_needs_too_many_steps_says_what_to_change(common_purpose, scenarios, monkeypatch):
    monkeypatch.setattr("loops.simulate.MOST_STEPS", 5)
    with pytest.raises(DidNotFinish, match=r"after 5 steps, at month .*shortest delays longer"):
        levels(common_purpose, scenarios["nothing_new"])


def test_levels_that_are_no_numbers_are_refused():
    model = small([], {"x": {"start": 0.5, "gain": 0.1}})
    equations = Equations.of(model)
    lanes = equations.prepare([plan(model)], 10)
    broken = lanes._replace(gain=lanes.gain * np.nan)
    with pytest.raises(DidNotFinish, match="stopped being a number"):
        run_block(equations.wiring, broken, np.arange(11.0))


@pytest.mark.parametrize("kind", [{}, {"threshold": 0.4, "steepness": 3}, {"delay": 6}])
def test_an_unknown_sign_pulls_both_ways_with_half_its_strength(kind):
    """Closed form: dx/dt = (1 - x) (g + s/2) - x (f + s/2), whatever passes on a source that is full."""
    arrow = {"from": "u", "to": "x", "polarity": "?", "strength": 0.2, **kind}
    model = small([arrow], {"x": {"start": 0.1, "gain": 0.05, "fade": 0.02}}, levers=("u",))
    run = levels(model, plan(model, u=1.0))
    won, lost = 0.05 + 0.1, 0.02 + 0.1
    rest = won / (won + lost)
    assert run["x"] == pytest.approx(rest + (0.1 - rest) * np.exp(-(won + lost) * run.months), abs=GLOBAL)


def test_an_unknown_link_to_itself_is_a_logistic():
    """Closed form: dx/dt = (1 - x) s x/2 - x (f + s x/2) = (s/2 - f) x - s x^2, which grows at s/2 - f to
    (s/2 - f) / s; an error made early grows by at most that over the start before it shrinks."""
    arrow = {"from": "x", "to": "x", "polarity": "?", "strength": 0.4}
    model = small([arrow], {"x": {"start": 0.01, "fade": 0.05}})
    run = levels(model, plan(model), months=120)
    rate, most = 0.15, 0.15 / 0.4
    exact = most / (1 + (most / 0.01 - 1) * np.exp(-rate * run.months))
    assert run["x"] == pytest.approx(exact, abs=GLOBAL * most / 0.01)


def test_a_change_of_an_unknown_links_strength_is_of_all_of_it():
    """Cut it does nothing; the closed form is that of a variable alone."""
    arrow = {"from": "u", "to": "x", "polarity": "?", "strength": 0.2}
    model = small([arrow], {"x": {"start": 0.5, "fade": 0.1}}, levers=("u",))
    cut = replace(plan(model, u=1.0), links=(LinkChange(source="u", target="x", cut=True),))
    run = levels(model, cut)
    assert run["x"] == pytest.approx(0.5 * np.exp(-0.1 * run.months), abs=GLOBAL)
    weights = Equations.of(model).prepare([replace(cut, links=())], 1).u_weight
    assert weights[:, 0].tolist() == [0.1, 0.1]


def test_a_model_without_links_and_one_without_levers_run():
    model = small([], {"x": {"start": 0.5}})
    assert np.all(levels(model, plan(model))["x"] == 0.5)


def test_asking_for_a_name_that_is_no_variable():
    model = small([], {"x": {}})
    with pytest.raises(KeyError, match="no variable 'y'"):
        levels(model, plan(model))["y"]
