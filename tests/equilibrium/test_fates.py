"""What becomes of plans, held against another engine, closed forms, and levels of rest by hand."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import dop853, plan, small
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from threshold import Threshold

from loops.compare import LASTING
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import lasting
from loops.parts import replace
from loops.scenario import Change, Schedule

UNLIKE = (
    "champions_leave",
    "everything_for_a_year",
    "everything_for_four_years",
    "high_competing_priorities",
    "insight_first",
    "nothing_new",
)
"""The shipped scenarios that differ most in what becomes of them, and in their circumstances."""


def followed(model, scenarios) -> dict[str, np.ndarray]:
    """Every variable after 125 years, by scipy's DOP853 at 1e-8 on the equations written out, once each."""
    alike = {running(each): each for each in scenarios}
    return {key: dop853(model, each, np.array([0.0, 1_500.0]), rtol=1e-8)[-1] for key, each in alike.items()}


def running(scenario) -> str:
    """What two scenarios share only where they run alike."""
    return scenario.model_dump_json(exclude={"id", "title", "description"})


def pressed(scenario, *changes: tuple[float, float]):
    """The same plan with dated pressure from everything else, the last of it for good."""
    dated = tuple(Change(month=month, level=level) for month, level in changes)
    return replace(scenario, contexts=(Schedule(id="competing_priorities", changes=dated),))


def test_shipped_scenarios_end_where_another_engine_does(common_purpose, scenarios):
    """Oracle: DOP853 of each plan, and of the plan without its levers, its dated circumstances kept.

    At rest the last ten years' movement is below 1e-5, and what remains is less than that. The slowest push
    here shrinks by e in 130 months, ten times before the end, from some 0.3: 1e-4.
    """
    short = plan(common_purpose, reflection=[(0, 1.0), (6, 0.0)])
    programme = scenarios["everything_for_four_years"]
    plans = [
        *(scenarios[name] for name in UNLIKE),
        pressed(short, (24, 0.25)),  # better circumstances lift the lower state of rest itself
        pressed(programme, (24, 0.25)),
        pressed(programme, (24, 0.02)),  # so good that it comes anyway
        pressed(programme, (0, 0.25), (60, 0.8)),  # too bad for what was reached
    ]
    place = sorted(node.id for node in common_purpose.variables).index("buy_in")
    quiet = [replace(each, levers=()) for each in plans]
    exact = followed(common_purpose, [*plans, *quiet])
    answers = lasting(common_purpose, plans, "buy_in", seed=1)
    for scenario, base, found in zip(plans, quiet, answers, strict=True):
        levels, without = exact[running(scenario)], exact[running(base)][place]
        assert found.end == pytest.approx(levels[place], abs=1e-4)
        assert found.rest.levels == pytest.approx(levels, abs=1e-4)
        assert found.rest.stability.stable
        if found.stop is not None:
            assert (found.fate is Fate.KEEPS_GOING) == (levels[place] - without > LASTING)
            assert (found.fate is Fate.COMES_ANYWAY) == (min(levels[place], without) > 0.5)
        if found.upper is not None:
            assert (found.rest is found.upper) == (found.fate in (Fate.KEEPS_GOING, Fate.COMES_ANYWAY))
    assert [each.fate for each in answers[-4:]] == [
        Fate.NO_DIFFERENCE,
        Fate.KEEPS_GOING,
        Fate.COMES_ANYWAY,
        Fate.FADES,
    ]


def late(stop: float, tau: float, weight: float, fade: float):
    """A lever, on until `stop`, that acts on x late: model, plan, and the way of x.

    Erlang's closed form (DESIGN 3.4): a step through a delay of tau has acted for
    I(t) = t - (3 - e^-T (3 + 2T + T^2/2)) / a by then, a = 3/tau, T = at; and x' = (1 - x) w I' - f x
    integrates to the way below.
    """
    rate = 3 / tau

    def step(t):
        t = np.maximum(t, 0.0)
        a = rate * t
        return t - (3 - np.exp(-a) * (3 + 2 * a + a**2 / 2)) / rate

    def acted(t):
        return step(t) - step(t - stop)

    def level(t):
        def pull(s):
            return np.exp(weight * acted(s) + fade * s)

        area = quad(pull, 0, t, epsabs=1e-12, epsrel=1e-10, limit=500)[0]
        return 1 - np.exp(-weight * acted(t) - fade * t) * (1 + fade * area)

    link = {"from": "u", "to": "x", "polarity": "+", "strength": weight, "delay": tau}
    model = small([link], {"x": {"fade": fade}}, levers=("u",))
    return model, plan(model, u=[(0, 1.0), (stop, 0.0)]), level


def test_an_effect_that_comes_late_is_a_lead_and_fades():
    """At the stop there is next to nothing; half of the peak is lost long after.

    Read off straight lines between whole months, a level errs by its bend over eight at most, both at the
    peak and at half of it; and by the steps' local errors, some hundred of 1e-6.
    """
    model, scenario, level = late(3.0, 24.0, 0.3, 0.02)
    assert level(3.0) < LASTING
    peak = minimize_scalar(lambda t: -level(t), bounds=(3, 60), method="bounded", options={"xatol": 1e-9}).x
    half = brentq(lambda t: level(t) - level(peak) / 2, peak, 400)
    bend = max(abs(level(t + 1) - 2 * level(t) + level(t - 1)) for t in np.arange(4, 150))
    slope = (level(half) - level(half + 1)) / 1
    (found,) = lasting(model, [scenario], "x", seed=1)
    assert found.fate is Fate.FADES
    assert found.half_lead_lost == pytest.approx(half - 3, abs=(1.5 * bend / 8 + 1e-4) / slope)


def test_a_late_effect_that_nothing_takes_away_keeps_going():
    """Closed form: in the end the lever has acted for as long as it was on, 1 - e^-ws."""
    model, scenario, _ = late(3.0, 24.0, 0.3, 0.0)
    (found,) = lasting(model, [scenario], "x", seed=1)
    assert found.fate is Fate.KEEPS_GOING
    assert found.end == pytest.approx(1 - np.exp(-0.3 * 3), abs=1e-4)


def test_what_grows_by_itself_comes_anyway_and_was_not_our_doing():
    """One state of rest, gain / (gain + fade) = 2/3, far above the start: the lever only brings it sooner."""
    links = [{"from": "u", "to": "x", "polarity": "+", "strength": 0.2}]
    model = small(links, {"x": {"start": 0.05, "gain": 0.02, "fade": 0.01}}, levers=("u",))
    (found,) = lasting(model, [plan(model, u=[(0, 1.0), (12, 0.0)])], "x", seed=1)
    assert (found.fate, found.upper, found.half_lead_lost) == (Fate.COMES_ANYWAY, None, None)
    assert found.end == pytest.approx(2 / 3, abs=1e-5)


def test_the_lower_state_of_rest_is_not_what_was_meant():
    """Nothing new stands at exactly 0, which does not hold; any push leads to the lower state that does.

    By hand: x' = (1 - x) s(x) - x fade has the slope s'(0) - fade = .05 - .03 > 0 at 0.
    """
    system = Threshold(gain=0.0, fade=0.12, own=0.25, k=0.5, m=8)
    links = [*system.links(), {"from": "x", "to": "x", "polarity": "+", "strength": 0.14}]
    model = small(links, {"x": {"start": 0.0, "fade": system.fade}}, levers=("u",))
    (found,) = lasting(model, [plan(model, u=[(0, 1.0), (3, 0.0)])], "x", seed=1)
    assert found.rest is found.lower
    assert found.upper.levels[0] > found.lower.levels[0] + 0.2 > 0.2
    assert (found.fate, found.half_lead_lost) == (Fate.FADES, None)
