"""How sure a tipping point is: over versions of the assumptions, each with its own integral."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small
from threshold import Threshold

from loops.equilibrium import tipping as module
from loops.equilibrium.along import LeverLevel, ProgrammeLength
from loops.equilibrium.tipping import tipping_range
from loops.noise import Shaken
from loops.simulate import TOLERANCE

SYSTEM = Threshold()
LOW, MIDDLE, HIGH = SYSTEM.rests()
LENGTH = ProgrammeLength(high=36.0)


def numeric(system: Threshold) -> float:
    """Months: a hundred steps, each wrong by 1e-6 at most, over the rate where it is decided."""
    return 100 * TOLERANCE / system.rate(system.rests()[1], u=1.0)


@pytest.fixture
def model():
    return SYSTEM.model(LOW)


def full(model, months: float = 24.0, level: float = 1.0):
    return plan(model, u=[(0, level), (months, 0.0)])


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
    exact = SYSTEM.months(LOW, MIDDLE, u=1.0)
    got = tipping_range(model, full(model), LENGTH, outcome="x", noise=0.0, draws=3, seed=1)
    assert [got.low, got.middle, got.high] == pytest.approx(
        [exact] * 3, abs=LENGTH.tolerance / 2 + numeric(SYSTEM)
    )
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


@pytest.mark.parametrize(("scenario", "along"), [({}, LENGTH), ({"u": 1.0}, LeverLevel("u"))])
def test_without_a_programme_that_ends_no_version_is_run(model, monkeypatch, scenario, along):
    monkeypatch.delattr(module, "Shaken")
    assert tipping_range(model, plan(model, **scenario), along, outcome="x", seed=1) is None


def test_without_an_upper_state_of_rest_no_version_is_run(monkeypatch):
    """SIS: x' = (1 - x) beta x - gamma x holds at one level only; here at 1 - gamma / beta = 1/2."""
    links = [
        {"from": "x", "to": "x", "polarity": "+", "strength": 0.2},
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.05},
    ]
    model = small(links, {"x": {"start": 0.01, "fade": 0.1}}, levers=("u",))
    monkeypatch.delattr(module, "Shaken")
    assert tipping_range(model, full(model), LENGTH, outcome="x", seed=1) is None
