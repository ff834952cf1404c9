"""Does it keep going: near a state of rest that has just vanished, just inside, and in every other case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from oracles import plan, small
from threshold import Threshold

from loops.compare import compare
from loops.equations import Equations
from loops.equilibrium.along import ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import lasting
from loops.equilibrium.tipping import tipping
from loops.simulate import TOLERANCE, run_block

STOP = 48
PUSH = [(0, 1.0), (STOP, 0.0)]


def beside(share: float) -> Threshold:
    """A system that loses more than it can bear, by this share; below 0, just less."""
    system = Threshold()
    return replace(system, fade=system.vanishing() * (1 + share))


def pushed(system: Threshold):
    model = system.model(start=system.rests()[0])
    return model, plan(model, u=PUSH)


def slack(system: Threshold, model, scenario, low: float, high: float) -> float:
    """Months by which local errors of 1e-6 a step can delay a passage, each worth 1e-6 over the slowest rate.

    And 0.02 for reading a lead off straight lines between whole months.
    """
    equations = Equations.of(model)
    months = STOP + system.months(high, low)
    steps = run_block(equations.wiring, equations.prepare([scenario], months), np.empty(0)).mesh.size
    slowest = np.abs(system.rate(np.linspace(low, high, 10_001))).min()
    return steps * TOLERANCE / slowest + 0.02


@pytest.mark.parametrize("share", [1e-2, 1e-3, 1e-4])
def test_a_slow_fade_near_a_vanished_state_of_rest_is_fading(share):
    """Oracle: the time from the level at the stop to half the lead is the integral of dx / x'."""
    system = beside(share)
    assert len(system.rests()) == 1
    model, scenario = pushed(system)
    low = system.rests()[0]
    top = system.after(STOP, low)
    half = (low + top) / 2
    (found,) = lasting(model, [scenario], "x", seed=1)
    assert found.fate == Fate.FADES
    assert found.stop == STOP
    assert found.upper is None
    # at rest, the last ten years' movement is below 1e-5: a fade of `fade` a month is then nearer still
    assert found.end == pytest.approx(low, abs=1e-5)
    assert found.rest.levels[0] == pytest.approx(low, abs=1e-9)
    allowed = slack(system, model, scenario, half, top)
    assert allowed < 0.05 * system.months(top, half)
    assert found.half_lead_lost == pytest.approx(system.months(top, half), abs=allowed)


def test_it_stands_nearly_still_for_decades_and_150_years_do_not_tell():
    """The passage takes some pi / sqrt(mu a), mu the slowest rate: at a quarter of it, twice as long."""
    slow, slower = (lasting(*_asked(beside(share)), seed=1)[0] for share in (4e-5, 1e-5))
    # both times hold the same way in and out of the narrow place, some 100 months of thousands
    assert slower.half_lead_lost / slow.half_lead_lost == pytest.approx(2, abs=0.1)
    model, scenario = pushed(beside(1e-5))
    (after_20_years,) = compare(model, [scenario], "x", months=STOP + 240)
    assert after_20_years.left > 0.6
    assert slow.half_lead_lost > 1_800
    assert slower.fate == Fate.FADES


def _asked(system: Threshold):
    model, scenario = pushed(system)
    return model, [scenario], "x"


@pytest.mark.parametrize("share", [-1e-2, -1e-3])
def test_just_inside_it_is_sustained(share):
    """Oracle: roots of x' by Brent's method; Newton's are exact to 1e-9 where they are simple."""
    system = beside(share)
    low, _, high = system.rests()
    (found,) = lasting(*_asked(system), seed=1)
    assert found.fate == Fate.KEEPS_GOING
    assert found.half_lead_lost is None
    assert found.rest.stability.stable
    assert [state.levels[0] for state in (found.rest, found.upper, found.lower)] == pytest.approx(
        [high, high, low], abs=1e-9
    )


def test_what_creeps_for_more_than_a_thousand_years_is_not_said_to_last():
    (found,) = lasting(*_asked(beside(1e-6)), seed=1)
    assert (found.fate, found.rest, found.half_lead_lost) == (Fate.STILL_MOVES, None, None)


def test_a_swing_that_never_ends_is_still_moving():
    links = [
        {
            "from": "x",
            "to": "x",
            "polarity": "-",
            "strength": 2.0,
            "threshold": 0.3,
            "steepness": 8,
            "delay": 24.0,
        },
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.1},
    ]
    model = small(links, {"x": {"start": 0.1, "gain": 0.1}}, levers=("u",))
    pushed_once = plan(model, u=PUSH)
    (found,) = lasting(model, [pushed_once], "x", seed=1)
    assert (found.fate, found.rest) == (Fate.STILL_MOVES, None)
    scan = tipping(model, pushed_once, ProgrammeLength(), outcome="x", seed=1)
    assert (scan.verdict, set(scan.fates)) == ("still moves", {Fate.STILL_MOVES})


def test_a_push_that_is_too_short_fades_to_the_lower_state():
    system = Threshold()
    low, middle, high = system.rests()
    model = system.model(start=low)
    short = system.months(low, middle, u=1.0) - 1
    (found,) = lasting(model, [plan(model, u=[(0, 1.0), (short, 0.0)])], "x", seed=1)
    assert found.fate == Fate.FADES
    assert found.rest.levels[0] == pytest.approx(low, abs=1e-9)
    assert found.upper.levels[0] == pytest.approx(high, abs=1e-9)


def test_what_nothing_takes_away_lasts_without_an_upper_state_of_rest():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    (found,) = lasting(model, [plan(model, u=PUSH)], "x", seed=1)
    assert found.fate == Fate.KEEPS_GOING
    assert found.end == pytest.approx(1 - np.exp(-0.1 * STOP), abs=1e-5)
    assert (found.upper, found.lower) == (None, None)


def test_every_other_fate():
    links = [
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.1},
        {"from": "c", "to": "x", "polarity": "-", "strength": 0.1},
    ]
    model = small(links, {"x": {"start": 0.2, "gain": 0.05, "fade": 0.15}}, levers=("u",), contexts=("c",))
    plans = [
        plan(model),
        plan(model, u=1.0),
        plan(model, c=[(12, 0.0)]),
        plan(model, u=[(0, 0.001), (12, 0.0)]),
    ]
    found = lasting(model, plans, "x", seed=1)
    assert [each.fate for each in found] == [
        Fate.NO_DIFFERENCE,
        Fate.NEVER_STOPS,
        Fate.CIRCUMSTANCES,
        Fate.NO_DIFFERENCE,
    ]
    assert [each.rest is None for each in found] == [False, True, False, False]
    assert [each.stop for each in found] == [None, None, None, 12]


def test_dated_circumstances_are_over_before_it_is_judged():
    """A circumstance turns for the worse 1,900 months in: later than 150 years after the levers stop."""
    system = Threshold()
    (low, *_) = system.rests()
    links = [*system.links(), {"from": "c", "to": "x", "polarity": "-", "strength": 0.5}]
    model = small(
        links, {"x": {"start": low, "gain": system.gain, "fade": system.fade}}, levers=("u",), contexts=("c",)
    )
    good = plan(model, u=PUSH, c=[(0, 0.0)])
    bad = plan(model, u=PUSH, c=[(0, 0.0), (1_900, 1.0)])
    assert [each.fate for each in lasting(model, [good, bad], "x", seed=1)] == [Fate.KEEPS_GOING, Fate.FADES]


def test_an_outcome_that_is_no_variable(common_purpose, scenarios):
    with pytest.raises(ValueError, match="'buy_in'"):
        lasting(common_purpose, [scenarios["nothing_new"]], "buyin", seed=1)
