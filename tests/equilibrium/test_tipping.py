"""Tipping points against integrals, more than one of them, and none at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles import plan, small
from scipy.optimize import brentq
from threshold import Threshold

from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import POINTS, tipping
from loops.simulate import TOLERANCE

SYSTEM = Threshold()
LOW, MIDDLE, HIGH = SYSTEM.rests()
TIPS_AFTER = SYSTEM.months(LOW, MIDDLE, u=1.0)
"""Months of full effort until the level is at the unstable state of rest."""
LENGTH = ProgrammeLength(high=36.0)
KEEPS, ANYWAY, FADES = Fate.KEEPS_GOING, Fate.COMES_ANYWAY, Fate.FADES


def numeric(system: Threshold) -> float:
    """Months: a hundred steps, each wrong by 1e-6 at most, over the rate where it is decided."""
    return 100 * TOLERANCE / system.rate(system.rests()[1], u=1.0)


@pytest.fixture
def model():
    return SYSTEM.model(LOW)


def full(model, months: float = 24.0, level: float = 1.0):
    return plan(model, u=[(0, level), (months, 0.0)])


def found(model, scenario, along, **options):
    return tipping(model, scenario, along, outcome="x", seed=1, **options)


def test_the_length_at_which_it_tips(model):
    """Oracle: the integral of dx / x' with the lever on, from the lower to the unstable state of rest."""
    got = found(model, full(model), LENGTH)
    (tip,) = got.tips
    assert tip.value == pytest.approx(TIPS_AFTER, abs=LENGTH.tolerance / 2 + numeric(SYSTEM))
    assert (tip.below, tip.above) == (FADES, KEEPS)
    assert (got.verdict, got.upper, got.monotone) == ("tips", True, True)
    assert got.values == pytest.approx(np.linspace(0, 36, POINTS))
    assert got.lasts.tolist() == (got.values > TIPS_AFTER).tolist()
    # where it rests the last ten years' movement is below 1e-5, and what remains is less than that
    assert got.levels == pytest.approx(np.where(got.lasts, HIGH, LOW), abs=1e-4)
    assert got.without == pytest.approx(LOW, abs=1e-4)
    assert got.fates.tolist() == [KEEPS if value > TIPS_AFTER else FADES for value in got.values]


@given(
    st.builds(
        Threshold,
        fade=st.floats(0.03, 0.12),
        own=st.floats(0.06, 0.2),
        lever=st.floats(0.005, 0.1),
        k=st.floats(0.25, 0.6),
    )
)
def test_any_threshold_tips_where_its_integral_says(system):
    """Oracle: three levels of rest, and the way to the middle one, or none at all.

    Left out are systems within 0.01 of another kind, and those that tip within half a month of the end.
    """
    rests, pushed = system.rests(), system.rests(u=1.0)
    assume(min(np.diff(rests), default=1.0) > 0.01)
    assume(abs(system.vanishing() / system.fade - 1) > 0.01)
    top = next(rest for rest in pushed if rest > rests[0])
    model = system.model(rests[0])
    if len(rests) == 1:
        got = found(model, full(model), LENGTH)
        assert (got.verdict, got.tips, got.lasts.any()) == ("one rest state", (), False)
        return
    assume(abs(top - rests[1]) > 0.01)
    exact = system.months(rests[0], rests[1], u=1.0) if top > rests[1] else np.inf
    assume(abs(exact - LENGTH.high) > 0.5)
    got = found(model, full(model), LENGTH)
    assert got.upper
    if exact > LENGTH.high:
        assert (got.verdict, got.tips) == ("never", ())
    else:
        assert got.tips[0].value == pytest.approx(exact, abs=LENGTH.tolerance / 2 + numeric(system))
        assert len(got.tips) == 1


def test_the_level_of_a_lever_at_which_it_tips(model):
    """Oracle: the effort whose integral to the unstable state of rest takes just the programme's months."""
    months = 24.0
    least = next(u for u in np.linspace(0, 1, 1_001) if SYSTEM.rests(u)[0] > MIDDLE)
    exact = brentq(lambda u: SYSTEM.months(LOW, MIDDLE, u) - months, least + 1e-6, 1)
    (tip,) = found(model, full(model, months), LeverLevel("u")).tips
    # an error of 1e-6 a step in the level is worth some hundred times that in the effort
    assert tip.value == pytest.approx(exact, abs=LeverLevel.tolerance / 2 + 1e-3)


def test_the_circumstance_at_which_it_tips():
    """Oracle: the programme is long enough, so that all depends on whether it can rest high at all."""
    weight = 0.1
    links = [*SYSTEM.links(), {"from": "c", "to": "x", "polarity": "-", "strength": weight}]
    start = {"x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade}}
    model = small(links, start, levers=("u",), contexts=("c",))
    got = found(model, full(model, 240.0), ContextLevel("c"))
    exact = (SYSTEM.vanishing() - SYSTEM.fade) / weight
    (tip,) = got.tips
    assert (tip.below, tip.above) == (KEEPS, FADES)
    # within 1e-6 of the fade that can be borne it creeps for a thousand years: 1e-5 of the circumstance
    assert tip.value == pytest.approx(exact, abs=ContextLevel.tolerance / 2 + 1e-5)


def brake() -> tuple[Threshold, list[dict]]:
    """A second critical mass, of something that a long programme builds up and that undoes the change."""
    second = Threshold(lever=0.012)
    own = {"strength": second.own, "threshold": second.k, "steepness": second.m}
    return second, [
        {"from": "u", "to": "b", "polarity": "+", "strength": second.lever},
        {"from": "b", "to": "b", "polarity": "+", **own},
        {"from": "b", "to": "x", "polarity": "-", "strength": 0.5, "threshold": 0.5, "steepness": 8},
    ]


def test_too_short_and_too_long_are_both_listed():
    """Oracle for the second: the brake does not depend on x, so that its own integral says when it tips."""
    second, links = brake()
    low, middle, _ = second.rests()
    model = small(
        [*SYSTEM.links(), *links],
        {
            "x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade},
            "b": {"start": low, "gain": second.gain, "fade": second.fade},
        },
        levers=("u",),
    )
    got = found(model, full(model), ProgrammeLength(high=60.0))
    first, last = got.tips
    assert not got.monotone
    assert [(each.below, each.above) for each in got.tips] == [(FADES, KEEPS), (KEEPS, FADES)]
    # the brake's low level only makes the first a little later
    assert TIPS_AFTER < first.value < TIPS_AFTER + 1
    assert last.value == pytest.approx(
        second.months(low, middle, u=1.0), abs=LENGTH.tolerance / 2 + numeric(second)
    )


def test_a_circumstance_of_which_too_little_and_too_much_both_fail():
    """A circumstance that helps, and builds up a brake: a little is no help, and much undoes itself."""
    _, links = brake()
    links = [link | {"from": "c"} if link["from"] == "u" else link for link in links]
    links += [{"from": "c", "to": "x", "polarity": "+", "strength": 0.02}]
    second = Threshold(lever=0.012)
    model = small(
        [*SYSTEM.links(), *links],
        {
            "x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade},
            "b": {"start": second.rests()[0], "gain": second.gain, "fade": second.fade},
        },
        levers=("u",),
        contexts=("c",),
    )
    got = found(model, full(model, 9.0), ContextLevel("c"))
    # a little more of it than the least that is enough, and it does without the lever
    assert [(each.below, each.above) for each in got.tips] == [(FADES, KEEPS), (ANYWAY, FADES)]
    assert not got.monotone


@pytest.mark.parametrize(
    ("start", "growth", "verdict"),
    [(0.01, 0.2, "one rest state"), (0.0, 0.2, "any push"), (0.01, 0.05, "one rest state")],
)
def test_an_epidemic_has_no_tipping_point(start, growth, verdict):
    """SIS: x' = (1 - x) beta x - gamma x rests firmly at 1 - gamma / beta if beta > gamma, and else at 0.

    Never at both: any seed grows; with none at all, any push is one.
    """
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": growth},
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.05},
    ]
    model = small(links, {"x": {"start": start, "fade": 0.1}}, levers=("u",))
    got = found(model, full(model), LENGTH)
    assert (got.verdict, got.upper, got.tips) == (verdict, False, ())
    assert got.lasts.tolist() == [verdict == "any push" and value > 0 for value in got.values]
    assert got.levels[-1] == pytest.approx(max(0, 1 - 0.1 / growth), abs=1e-4)


def test_what_nothing_takes_away_has_no_tipping_point():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    got = found(model, full(model), LENGTH)
    assert (got.verdict, got.tips) == ("any push", ())


def test_a_push_too_weak_never_lasts_and_a_strong_one_always_does(model):
    assert found(model, full(model, 24.0, 0.05), LENGTH).verdict == "never"
    strong = found(model, full(model), ProgrammeLength(low=2 * TIPS_AFTER, high=36.0))
    assert (strong.verdict, strong.tips) == ("always", ())


def test_where_nothing_is_run_it_says_why(model):
    idle, endless = plan(model), plan(model, u=1.0)
    assert found(model, idle, LENGTH).verdict == "no levers"
    assert found(model, idle, LENGTH).values.size == 0
    assert found(model, endless, LeverLevel("u")).verdict == "levers never stop"


def test_a_programme_that_never_stops_can_be_ended(model):
    (tip,) = found(model, plan(model, u=1.0), LENGTH).tips
    assert tip.value == pytest.approx(TIPS_AFTER, abs=LENGTH.tolerance / 2 + numeric(SYSTEM))


def test_the_points_reach_as_far_as_the_plan_itself(model):
    got = found(model, full(model, 200.0), ProgrammeLength())
    assert (got.values[0], got.values[-1], got.along.high) == (0, 200, 200)


def test_where_it_comes_at_every_point_it_is_said_to_come_anyway():
    """A circumstance helps for ten years as much as the lever would, and that is enough (Brent's roots).

    It then stops helping, and there are two states of rest: from above the unstable one it goes on up.
    """
    links = [*SYSTEM.links(), {"from": "c", "to": "x", "polarity": "+", "strength": SYSTEM.lever}]
    start = {"x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade}}
    helped = small(links, start, levers=("u",), contexts=("c",))
    assert SYSTEM.rests(1.0)[0] > MIDDLE
    got = found(helped, plan(helped, u=[(0, 1.0), (24, 0.0)], c=[(0, 1.0), (120, 0.0)]), LENGTH)
    assert (got.verdict, got.tips, set(got.fates)) == ("anyway", (), {ANYWAY})
    assert got.levels == pytest.approx(HIGH, abs=1e-4)


def test_what_does_not_fit(model, common_purpose, scenarios):
    with pytest.raises(ValueError, match="no variable 'y'"):
        tipping(model, full(model), LENGTH, outcome="y", seed=1)
    with pytest.raises(ValueError, match="'small'"):
        tipping(common_purpose, full(model), LENGTH, outcome="buy_in", seed=1)
