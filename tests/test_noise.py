"""Versions of the assumptions: what is drawn, what stays as it is, where they start."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import small
from scipy import stats

from loops import library
from loops.equations import Equations
from loops.files import read_model
from loops.noise import THRESHOLDS, Shaken
from loops.parts import replace
from loops.scenario import LinkChange, Scenario
from loops.simulate import AT_REST, simulate


@pytest.fixture(scope="module")
def model():
    return read_model(library.shipped_models()["common_purpose"])


def nothing(model, **changes) -> Scenario:
    return Scenario(id="nothing", model=model.id, title="Nothing new", **changes)


def same(first, second) -> bool:
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in vars(first))


def test_a_version_does_not_depend_on_how_many_are_drawn(model):
    few = Shaken.of(model, noise=0.05, draws=3, seed=4)
    many = Shaken.of(model, noise=0.05, draws=20, seed=4)
    other = Shaken.of(model, noise=0.05, draws=3, seed=5)
    for draw in range(3):
        assert same(few.parameters([nothing(model)], draw), many.parameters([nothing(model)], draw))
        assert not same(few.parameters([nothing(model)], draw), other.parameters([nothing(model)], draw))


def test_factors_are_lognormal(model):
    """Kolmogorov-Smirnov against exp(noise z); with this seed p is above 1 in 1,000 or it is not."""
    shaken = Shaken.of(model, noise=0.2, draws=60, seed=1)
    kinks = [k for k, link in enumerate(shaken.equations.links) if link.threshold]
    for factors in (shaken.strength, shaken.gain, shaken.fade, shaken.threshold[kinks]):
        assert stats.kstest(np.log(factors).ravel() / 0.2, "norm").pvalue > 1e-3
    plain = [k for k in range(len(shaken.equations.links)) if k not in kinks]
    assert np.all(shaken.threshold[plain] == 1)


def test_without_noise_a_version_is_the_file(model):
    shaken = Shaken.of(model, noise=0.0, draws=2, seed=1)
    own = Equations.of(model).parameters([nothing(model)])
    version = shaken.parameters([nothing(model)], 1)
    for name in ("strength", "delay", "threshold", "gain", "fade"):
        assert np.array_equal(getattr(version, name), getattr(own, name))
    assert np.abs(version.start - own.start).max() <= AT_REST


def test_links_that_a_scenario_changes_stay_changed(model):
    first, second = model.links[0], model.links[1]
    changed = nothing(
        model,
        links=[
            LinkChange(source=first.source, target=first.target, cut=True),
            LinkChange(source=second.source, target=second.target, times=0.5),
        ],
    )
    shaken = Shaken.of(model, noise=0.1, draws=2, seed=1)
    version = shaken.parameters([nothing(model), changed], 1)
    k, h = (shaken.equations.links.index(link) for link in (first, second))
    assert version.strength[k, 0] > 0
    assert version.strength[k, 1] == 0
    assert version.strength[h, 1] == pytest.approx(version.strength[h, 0] / 2, rel=1e-15)
    rest = [j for j in range(len(model.links)) if j not in (k, h)]
    assert np.array_equal(version.strength[rest, 0], version.strength[rest, 1])


def test_versions_side_by_side_are_the_versions_one_by_one(model):
    shaken = Shaken.of(model, noise=0.1, draws=3, seed=1)
    together = shaken.applied(shaken.equations.parameters([nothing(model)] * 3), range(3))
    for draw in range(3):
        alone = shaken.parameters([nothing(model)], draw)
        for name in vars(alone):
            assert np.array_equal(getattr(together, name)[:, draw], getattr(alone, name)[:, 0])


def test_starts_at_rest_stay_at_rest():
    """Closed form: one box won at a rate p and lost at a rate q rests at p / (p + q).

    The bound: a run of 1,800 months has forgotten its start (exp(-1800 x .05) < 1e-39), and at rest every
    step's local error decays at p + q, so what is left is of the order of the tolerance, 1e-6; times ten.
    """
    model = small([], {"box": {"start": 0.25, "gain": 0.02, "fade": 0.06}})
    shaken = Shaken.of(model, noise=0.3, draws=50, seed=1)
    numbers = shaken.applied(shaken.equations.parameters([nothing(model)] * 50), range(50))
    assert np.ptp(numbers.start) > 0.1
    assert np.abs(numbers.start - numbers.gain / (numbers.gain + numbers.fade)).max() <= 1e-5


def test_starts_on_the_move_are_kept():
    model = small([], {"box": {"start": 0.9, "gain": 0.02, "fade": 0.06}})
    assert simulate(model, [nothing(model)], months=60)[0].drift > 0.1
    assert np.all(Shaken.of(model, noise=0.3, draws=5, seed=1).start == 0.9)


def test_a_threshold_stays_one(model):
    thresholds = Shaken.of(model, noise=2.0, draws=20, seed=1)
    low, high = THRESHOLDS
    for draw in range(20):
        levels = thresholds.parameters([nothing(model)], draw).threshold
        assert low <= levels.min() <= levels.max() <= high


def test_a_large_diagram_settles_in_pieces():
    """Two hundred versions of 300 boxes are more than settle at one time: each must still be its own."""
    names = [f"v{i:03}" for i in range(300)]
    links = [
        {"from": a, "to": b, "polarity": "+", "strength": 0.02}
        for a, b in zip(names, [*names[1:], names[0]], strict=True)
    ]
    model = small(links, {name: {"start": 0.0, "fade": 0.05} for name in names})
    model = replace(model, variables=[replace(node, gain=0.01, start=0.0) for node in model.variables])
    rest = simulate(model, [nothing(model)], months=1_800)[0].levels[-1, 0]
    model = replace(model, variables=[replace(node, start=float(rest)) for node in model.variables])
    every = Shaken.of(model, noise=0.05, draws=200, seed=1)
    some = Shaken.of(model, noise=0.05, draws=3, seed=1)
    assert np.array_equal(every.start[:, :3], some.start)
    assert np.ptp(every.start[:, 170:]) > 0.01
