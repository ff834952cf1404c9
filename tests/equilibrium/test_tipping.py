"""Tipping points against integrals, more than one of them, none at all, and how sure they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles import dop853, plan, small
from scipy.optimize import brentq
from threshold import Threshold

from loops.equilibrium import tipping as module
from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength, parse
from loops.equilibrium.tipping import POINTS, tipping, tipping_range
from loops.noise import Shaken
from loops.simulate import TOLERANCE

SYSTEM = Threshold()
LOW, MIDDLE, HIGH = SYSTEM.rests()
TIPS_AFTER = SYSTEM.months(LOW, MIDDLE, u=1.0)
"""Months of full effort until the level is at the unstable state of rest."""
LENGTH = ProgrammeLength(high=36.0)


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
    (crossing,) = got.crossings
    assert crossing.value == pytest.approx(TIPS_AFTER, abs=LENGTH.tolerance / 2 + numeric(SYSTEM))
    assert (crossing.from_, crossing.to) == (False, True)
    assert (got.verdict, got.upper, got.monotone) == ("tips", True, True)
    assert got.values == pytest.approx(np.linspace(0, 36, POINTS))
    assert got.lasts.tolist() == (got.values > TIPS_AFTER).tolist()
    # where it rests the last ten years' movement is below 1e-5, and what remains is less than that
    assert got.levels == pytest.approx(np.where(got.lasts, HIGH, LOW), abs=1e-4)
    assert got.without == pytest.approx(LOW, abs=1e-4)
    assert got.still.all()
    assert not got.anyway.any()


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
        assert (got.verdict, got.crossings, got.lasts.any()) == ("one rest state", (), False)
        return
    assume(abs(top - rests[1]) > 0.01)
    exact = system.months(rests[0], rests[1], u=1.0) if top > rests[1] else np.inf
    assume(abs(exact - LENGTH.high) > 0.5)
    got = found(model, full(model), LENGTH)
    assert got.upper
    if exact > LENGTH.high:
        assert (got.verdict, got.crossings) == ("never", ())
    else:
        assert got.crossings[0].value == pytest.approx(exact, abs=LENGTH.tolerance / 2 + numeric(system))
        assert len(got.crossings) == 1


def test_the_level_of_a_lever_at_which_it_tips(model):
    """Oracle: the effort whose integral to the unstable state of rest takes just the programme's months."""
    months = 24.0
    least = next(u for u in np.linspace(0, 1, 1_001) if SYSTEM.rests(u)[0] > MIDDLE)
    exact = brentq(lambda u: SYSTEM.months(LOW, MIDDLE, u) - months, least + 1e-6, 1)
    (crossing,) = found(model, full(model, months), LeverLevel("u")).crossings
    # an error of 1e-6 a step in the level is worth some hundred times that in the effort
    assert crossing.value == pytest.approx(exact, abs=LeverLevel.tolerance / 2 + 1e-3)


def test_the_circumstance_at_which_it_tips():
    """Oracle: the programme is long enough, so that all depends on whether it can rest high at all."""
    weight = 0.1
    links = [*SYSTEM.links(), {"from": "c", "to": "x", "polarity": "-", "strength": weight}]
    start = {"x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade}}
    model = small(links, start, levers=("u",), contexts=("c",))
    got = found(model, full(model, 240.0), ContextLevel("c"))
    exact = (SYSTEM.vanishing() - SYSTEM.fade) / weight
    (crossing,) = got.crossings
    assert (crossing.from_, crossing.to) == (True, False)
    # within 1e-6 of the fade that can be borne it creeps for a thousand years: 1e-5 of the circumstance
    assert crossing.value == pytest.approx(exact, abs=ContextLevel.tolerance / 2 + 1e-5)


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
    first, last = got.crossings
    assert not got.monotone
    assert (first.from_, first.to, last.from_, last.to) == (False, True, True, False)
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
    assert [(each.from_, each.to) for each in got.crossings] == [(False, True), (True, False)]
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
    assert (got.verdict, got.upper, got.crossings) == (verdict, False, ())
    assert got.lasts.tolist() == [verdict == "any push" and value > 0 for value in got.values]
    assert got.levels[-1] == pytest.approx(max(0, 1 - 0.1 / growth), abs=1e-4)


def test_what_nothing_takes_away_has_no_tipping_point():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    got = found(model, full(model), LENGTH)
    assert (got.verdict, got.crossings) == ("any push", ())


def test_a_push_too_weak_never_lasts_and_a_strong_one_always_does(model):
    assert found(model, full(model, 24.0, 0.05), LENGTH).verdict == "never"
    strong = found(model, full(model), ProgrammeLength(low=2 * TIPS_AFTER, high=36.0))
    assert (strong.verdict, strong.crossings) == ("always", ())


def test_where_nothing_is_run_it_says_why(model):
    idle, endless = plan(model), plan(model, u=1.0)
    assert found(model, idle, LENGTH).verdict == "no levers"
    assert found(model, idle, LENGTH).values.size == 0
    assert found(model, endless, LeverLevel("u")).verdict == "levers never stop"
    for scenario, along in ((idle, LENGTH), (endless, LeverLevel("u"))):
        with pytest.raises(ValueError, match="this plan"):
            tipping_range(model, scenario, along, outcome="x", seed=1)


def test_a_programme_that_never_stops_can_be_ended(model):
    (crossing,) = found(model, plan(model, u=1.0), LENGTH).crossings
    assert crossing.value == pytest.approx(TIPS_AFTER, abs=LENGTH.tolerance / 2 + numeric(SYSTEM))


def test_the_points_reach_as_far_as_the_plan_itself(model):
    got = found(model, full(model, 200.0), ProgrammeLength())
    assert (got.values[0], got.values[-1], got.along.high) == (0, 200, 200)


def test_less_of_the_outcome_is_no_lead(common_purpose, scenarios):
    """`strain` ends lower with the plan than without: nothing of it lasts, and none of it comes anyway."""
    along = ProgrammeLength()
    got = tipping(common_purpose, scenarios["everything_for_four_years"], along, outcome="strain", seed=1)
    assert (got.verdict, got.anyway.any()) == ("never", False)


def test_the_shipped_programme_tips_where_another_engine_turns(common_purpose, scenarios):
    """Oracle: scipy's DOP853 at 1e-10 on the equations written out, a tolerance to either side."""
    along, scenario = ProgrammeLength(), scenarios["everything_for_four_years"]
    got = tipping(common_purpose, scenario, along, outcome="buy_in", seed=1)
    (crossing,) = got.crossings
    ends = [
        dop853(
            common_purpose, along.applied(common_purpose, scenario, crossing.value + by), np.array([900.0])
        )
        for by in (-along.tolerance, along.tolerance)
    ]
    place = sorted(node.id for node in common_purpose.variables).index("buy_in")
    below, above = (levels[0, place] for levels in ends)
    # each is on its way to one of the two ends, and long past the middle between them
    assert below < (got.levels[0] + got.levels[-1]) / 2 < above


def test_what_comes_anyway_is_told_apart(common_purpose, scenarios):
    """With next to no pressure nothing new ends high too, and information alone adds nothing to it."""
    pressure = parse("competing_priorities", common_purpose)
    for name in ("everything_for_four_years", "insight_first"):
        got = tipping(common_purpose, scenarios[name], pressure, outcome="buy_in", seed=1)
        assert got.anyway[0]
        assert not got.anyway[-1]
        assert (got.lasts | ~got.anyway).all()
        (crossing,) = got.crossings
        assert (crossing.from_, crossing.to) == (True, False)


def each_version(model, scenario, noise: float, draws: int, seed: int) -> list[float]:
    """Where each version tips, by its own integral; infinite where it has no upper state of rest."""
    shaken = Shaken.of(model, noise=noise, draws=draws, seed=seed)
    own = next(k for k, link in enumerate(shaken.equations.links) if link.source == "x")
    tips = []
    for version in range(draws):
        got = shaken.parameters([scenario], version)
        system = Threshold(
            gain=got.gain[0, 0],
            fade=got.fade[0, 0],
            own=got.strength[own, 0],
            lever=got.strength[1 - own, 0],
            k=got.threshold[own, 0],
        )
        rests = system.rests()
        tips.append(system.months(rests[0], rests[1], u=1.0) if len(rests) == 3 else np.inf)
    return tips


def test_the_range_is_that_of_the_versions_integrals(model):
    """Oracle: quantiles (numpy's) of each version's own integral; both ends of a gap shift them alike."""
    scenario = full(model)
    exact = each_version(model, scenario, 0.1, 24, 5)
    got = tipping_range(model, scenario, LENGTH, outcome="x", noise=0.1, draws=24, seed=5)
    tips = [value for value in exact if value <= LENGTH.high]
    assert len(tips) > 12
    allowed = LENGTH.tolerance / 2 + numeric(SYSTEM)
    assert [got.low, got.middle, got.high] == pytest.approx(np.quantile(tips, [0.1, 0.5, 0.9]), abs=allowed)
    assert got.never == pytest.approx(1 - len(tips) / 24)
    assert got.lasts == pytest.approx(np.mean(np.array(exact) < 24))
    assert (got.always, got.several, got.draws) == (0, 0, 24)


def test_without_noise_every_version_tips_where_the_model_does(model):
    (crossing,) = found(model, full(model), LENGTH).crossings
    got = tipping_range(model, full(model), LENGTH, outcome="x", noise=0.0, draws=3, seed=1)
    assert [got.low, got.middle, got.high] == pytest.approx([crossing.value] * 3, abs=LENGTH.tolerance)
    assert (got.lasts, got.never, got.always) == (1, 0, 0)


def test_no_range_is_given_unless_most_versions_tip(model):
    got = tipping_range(model, full(model, 24.0, 0.05), LENGTH, outcome="x", draws=8, seed=1)
    assert (got.low, got.middle, got.high) == (None, None, None)
    assert (got.never, got.lasts) == (1, 0)


def test_the_same_seed_gives_the_same_range(model):
    first, again, other = (
        tipping_range(model, full(model), LENGTH, outcome="x", draws=8, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_a_large_model_is_tried_in_fewer_versions(model, monkeypatch):
    monkeypatch.setattr(module, "most_runs", lambda equations: 3 * module.RUNS_A_VERSION)
    assert tipping_range(model, full(model), LENGTH, outcome="x", draws=64, seed=1).draws == 3


def test_progress_of_a_range_rises_to_the_end_and_may_cancel(model):
    told = []
    tipping_range(
        model,
        full(model),
        LENGTH,
        outcome="x",
        draws=16,
        seed=1,
        progress=lambda share, _: told.append(share),
    )
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)

    class Cancelled(Exception):
        pass

    def cancel(share, words):
        raise Cancelled

    with pytest.raises(Cancelled):
        tipping_range(model, full(model), LENGTH, outcome="x", draws=16, seed=1, progress=cancel)


def test_what_does_not_fit(model, common_purpose, scenarios):
    with pytest.raises(ValueError, match="no variable 'y'"):
        tipping(model, full(model), LENGTH, outcome="y", seed=1)
    with pytest.raises(ValueError, match="'small'"):
        tipping(common_purpose, full(model), LENGTH, outcome="buy_in", seed=1)
