"""How fast everything moves, against complex steps through the equations of oracles.py along the run.

Tolerance of rates and accelerations: 200 roundings of the gross sum of what they are made of (`gross`). A
target has at most some twenty links here, and the terms of each go through some ten operations.
"""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from oracles import plan, rates, runs, small

from loops.dominance.moments import FINER, STILL, moments
from loops.dominance.scores import link_scores
from loops.equations import Equations
from loops.parts import replace
from loops.scenario import Scenario
from loops.simulate import TOLERANCE, run_block, simulate

STEP = 1e-30
"""A complex step has no subtraction: it can be as small as this (Squire & Trapp 1998, SIAM Review 40:110)."""
BELOW = 1e-5
"""The solver's error may leave a level this much below 0 (ten times its tolerance), so that sums cancel."""
ROUNDINGS = 200 * np.finfo(float).eps


class Month(complex):
    """A month with a nudge in its imaginary part; which dated changes are over is read off the real part."""

    def __lt__(self, other):
        return self.real < other


def oracle_states(model, scenarios, horizon):
    """The states (T, D) of the engine's runs in the order of the oracle's rows, signals left out."""
    equations = Equations.of(model)
    lanes = equations.prepare(scenarios, horizon)
    saved = np.arange(horizon + 1.0)
    states = run_block(equations.wiring, lanes, saved, tolerance=FINER, rows=equations.depth).levels
    rows = [equations.row[name] for name in equations.variables]
    for link in (link for link in model.links if link.delay):
        first = equations.delayed[equations.links.index(link)]
        rows += range(first, first + 3)
    return [states[:, rows, lane] for lane in range(len(scenarios))]


def moving(model, scenario, month, state):
    """The oracle's rates and accelerations of the variables just after `month`."""
    right_hand_side = rates(model, scenario)
    rate = right_hand_side(month, state)
    nudged = right_hand_side(Month(month + 1j * STEP), state + 1j * STEP * rate)
    n = len(model.variables)
    return rate[:n], nudged.imag[:n] / STEP


def pull_of(run):
    """The sizes (T, n) of what rates are sums of, before anything cancels."""
    return np.abs(run.winning) + np.abs(run.losing) + BELOW


def gross(run):
    """The sizes (T, n) of what accelerations are sums of, before anything cancels."""
    equations = run.equations
    pull = pull_of(run)
    total = pull**2
    for k, link in enumerate(equations.links):
        speed = np.abs(run.input_rates[:, k])
        if link.source in equations.variables:
            speed = speed + pull[:, equations.row[link.source]]
        if link.delay:
            speed = speed + 6 / link.delay
        total[:, equations.row[link.target]] += np.abs(run.gains[:, k]) * speed
    return total


@given(runs())
def test_rates_and_accelerations_equal_complex_steps_along_the_run(case):
    model, scenario = case
    (run,) = moments(model, [scenario], months=30)
    tolerance = ROUNDINGS * gross(run)
    pull = pull_of(run)
    (states,) = oracle_states(model, [scenario], 30)
    for month, state in enumerate(states):
        rate, acceleration = moving(model, scenario, month, state)
        assert (np.abs(run.rates[month] - rate) <= ROUNDINGS * pull[month]).all()
        assert (np.abs(run.accelerations[month] - acceleration) <= tolerance[month]).all()


def test_link_scores_with_saturation_fading_and_levers_sum_to_1(common_purpose, scenarios):
    """At every moment of every shipped scenario: nothing of the oracle's accelerations is left unexplained.

    Tolerance: as above, over the acceleration.
    """
    every, checked = list(scenarios.values()), 0
    both = (moments(common_purpose, every), oracle_states(common_purpose, every, common_purpose.horizon))
    for run, states in zip(*both, strict=True):
        oracle = np.array(
            [moving(common_purpose, run.scenario, month, state)[1] for month, state in enumerate(states)]
        )
        targets = [run.equations.row[link.target] for link in run.equations.links]
        scores = link_scores(run.gains, run.input_rates, oracle[:, targets])
        with np.errstate(divide="ignore", invalid="ignore"):
            total = -(run.winning + run.losing) * run.rates / oracle
            np.add.at(total.T, targets, scores.T)
            tolerance = ROUNDINGS * gross(run) / np.abs(oracle)
        sharp = tolerance < 1e-3  # elsewhere the sum is not known to any digit, only that it is 0/0
        assert (np.abs(total - 1)[sharp] <= tolerance[sharp]).all()
        checked += int(sharp.sum())
    assert checked > 0.8 * len(every) * 241 * 18


def test_the_levels_are_those_of_a_run(common_purpose, scenarios):
    """Tolerance of the coarser run: 100 local errors, as in test_simulate; the finer adds a hundredth."""
    chosen = [
        scenarios["nothing_new"],
        scenarios["everything_for_a_year"],
        replace(scenarios["everything_for_a_year"], start="rest"),
    ]
    every = (
        moments(common_purpose, chosen),
        simulate(common_purpose, chosen, tolerance=FINER),
        simulate(common_purpose, chosen),
    )
    for run, finer, coarser in zip(*every, strict=True):
        assert (run.levels == finer.levels).all()
        assert (run.months == finer.months).all()
        assert run.levels == pytest.approx(coarser.levels, abs=101 * TOLERANCE)


@pytest.mark.parametrize("beside", [(), ("everything_for_four_years",)], ids=["alone", "beside another"])
def test_a_run_comes_to_rest_once_and_stays(common_purpose, scenarios, beside):
    """The solver's own noise, in the delay stages above all, is no movement."""
    run, *_ = moments(common_purpose, [scenarios[name] for name in ("nothing_new", *beside)])
    first = int(run.resting.argmax())
    assert 0 < first < 40
    assert run.resting[first:].all()


@pytest.mark.parametrize("strength", [0.2, 2.0])
def test_the_fastest_delays_come_to_rest_once_and_stay(strength):
    """Everything moves at 0.07 per month or faster, so after 240 months less than e^-16 of it is left."""
    late = {"polarity": "+", "strength": strength, "delay": 0.5}
    model = small(
        [{"from": "a", "to": "b"} | late, {"from": "b", "to": "a"} | late | {"polarity": "-"}],
        {"a": {"start": 0.9, "gain": 0.07}, "b": {"start": 0.2, "fade": 0.07}},
    )
    (run,) = moments(model, [plan(model)], months=360)
    assert not run.resting[0]
    assert run.resting[240:].all()


def test_just_after_a_dated_change_its_level_is_used():
    """By hand: x rests at 0 until month 3, then is won at 0.2 a month, and saturates at 0.2 of that."""
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.2}], {"x": {}}, levers=("u",))
    (run,) = moments(model, [plan(model, u=[(3, 1.0)])], months=4)
    assert run.rates[2:4, 0].tolist() == [0.0, 0.2]
    assert run.accelerations[3, 0] == pytest.approx(-0.04, abs=1e-16)
    assert run.resting.tolist() == [True, True, True, False, False]


def test_a_threshold_lever_is_read_just_after_its_change_too():
    """By hand: f(1) = 1, so x is won at the link's strength at once."""
    link = {"from": "u", "to": "x", "polarity": "+", "strength": 0.2, "threshold": 0.5}
    model = small([link], {"x": {}}, levers=("u",))
    (run,) = moments(model, [plan(model, u=[(0, 1.0)])], months=1)
    assert run.rates[0, 0] == pytest.approx(0.2, abs=1e-16)


def test_a_ramps_slope_moves_what_reads_it():
    """By hand: the lever climbs by 0.1 a month, through a link of 0.2 into x = 0: x_ddot = 0.02 at first."""
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.2}], {"x": {}}, levers=("u",))
    (run,) = moments(model, [plan(model, u=[(0, 1.0, 10)])], months=20)
    assert run.input_rates[[0, 9, 10], 0] == pytest.approx([0.1, 0.1, 0.0], abs=1e-15)
    assert run.accelerations[0, 0] == pytest.approx(0.02, abs=1e-16)


def test_a_delay_on_its_way_is_not_rest():
    """The first stage takes 0.9/month at once, x does not move yet: by hand 1 (3/10) = 0.3 at month 0."""
    model = small(
        [{"from": "a", "to": "x", "polarity": "+", "strength": 0.1, "delay": 10}],
        {"a": {"start": 1.0}, "x": {}},
    )
    (still,) = moments(model, [plan(model)], months=1)
    assert not still.resting[0]  # the stages begin full, so x is won at once
    lever = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": 0.1, "delay": 10}], {"x": {}}, levers=("u",)
    )
    (run,) = moments(lever, [plan(lever, u=[(0, 1.0)])], months=1)
    assert run.rates[0, 0] == 0
    assert run.stirring[0, 0] == pytest.approx(0.3, abs=1e-16)
    assert not run.resting[0]


def test_a_scenario_that_starts_from_rest_is_at_rest(common_purpose):
    still = Scenario(id="still", model=common_purpose.id, title="Still", start="rest")
    (run,) = moments(common_purpose, [still], months=24)
    assert run.resting.all()
    assert np.abs(run.rates).max() < STILL


def test_moments_of_a_large_model_need_no_matrix_of_its_state():
    """500 boxes and 5,000 delayed links: a matrix of 15,500 rows alone would be 1.9 GB."""
    rng = np.random.default_rng(4)
    pairs = np.unravel_index(rng.choice(500 * 500, 5_000, replace=False), (500, 500))
    model = small(
        [
            {"from": f"v{a}", "to": f"v{b}", "polarity": "+", "strength": 0.01, "delay": 6}
            for a, b in zip(*pairs, strict=True)
        ],
        {f"v{i}": {"start": 0.1, "fade": 0.05} for i in range(500)},
    )
    tracemalloc.start()
    (run,) = moments(model, [plan(model)], months=2)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert run.gains.shape == (3, 5_000)
    assert run.stirring.shape == (3, 5_000)
    assert most < 100e6


def test_several_scenarios_are_those_apart_on_a_common_mesh(common_purpose, scenarios):
    """Equal scenarios side by side give the same to the last bit."""
    chosen = scenarios["everything_for_a_year"]
    one, two = moments(common_purpose, [chosen, replace(chosen, id="again")], months=36)
    for field in ("rates", "accelerations", "gains", "input_rates", "stirring"):
        assert (getattr(one, field) == getattr(two, field)).all()
