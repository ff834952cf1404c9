"""First-order indices against closed forms: linear models, Ishigami's function, products and steps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ishigami import FIRST, VARIANCE, ishigami
from scipy.stats import binom, qmc

from loops.theory.indices import CHANCE, DEGREES, FEWEST_WORLDS, first_order, first_orders, groups_of


def error(index: float, worlds: int) -> float:
    """Four standard errors of an R^2 (Olkin & Siotani 1976), and of 64 functions that explain nothing.

    The first is 2 sqrt(S) (1 - S) / sqrt(W); the second, of a chi-square over W, sqrt(2 K) / W.
    """
    return 4 * (2 * np.sqrt(index) * (1 - index) / np.sqrt(worlds) + np.sqrt(2 * 64) / worlds)


def random(worlds: int, columns: int, seed: int = 1):
    return np.random.default_rng(seed).random((worlds, columns))


def test_a_linear_model_has_the_indices_of_its_weights():
    """S_g is the group's share of the sum of squared weights: 170 columns in groups of one to four."""
    units = random(4096, 170)
    weights = np.random.default_rng(2).standard_normal(170)
    cuts = np.unique(np.concatenate([[0, 170], np.cumsum(np.tile([1, 2, 3, 4], 17))]))
    groups = {f"g{low}": range(low, high) for low, high in pairwise(cuts)}
    found = first_order(units, units @ weights, groups, seed=1)
    for name, places in groups.items():
        true = np.sum(weights[list(places)] ** 2) / np.sum(weights**2)
        assert found[name].value == pytest.approx(true, abs=error(true, 4096))


@pytest.mark.parametrize("sampled", ["random", "sobol"])
def test_ishigami_has_its_published_indices(sampled):
    """The square of the sine goes through two whole waves: degrees beyond 8 hold less than .001 of it."""
    units = (
        random(4096, 6) if sampled == "random" else qmc.Sobol(6, rng=np.random.default_rng(1)).random(4096)
    )
    found = first_order(units, ishigami(units), {"1": [0], "2": [1], "3": [2], "none": [3, 4, 5]}, seed=1)
    for name, true in (FIRST | {"none": 0.0}).items():
        assert found[name].value == pytest.approx(true, abs=error(true, 4096) + 0.001)
        if true:
            assert found[name].low < true < found[name].high
    assert [index.group for index in found.ranked[:2]] == ["2", "1"]
    assert found.variance == pytest.approx(VARIANCE, rel=0.1)


def test_a_group_is_more_than_its_columns():
    """(x - 1/2)(y - 1/2): neither column explains anything alone, both together everything."""
    units = random(4096, 3)
    outcome = (units[:, 0] - 0.5) * (units[:, 1] - 0.5)
    found = first_order(units, outcome, {"x": [0], "y": [1], "both": [0, 1]}, seed=1)
    assert found["x"].value == pytest.approx(0, abs=error(0, 4096))
    assert found["y"].value == pytest.approx(0, abs=error(0, 4096))
    assert found["both"].value == pytest.approx(
        1, abs=1e-3
    )  # ranks are not quite the units: (1/W)^(1/2) / 12


def test_a_link_that_is_there_or_not():
    """y = presence (in p of the worlds) times x: p E[x^2] - p^2 / 4 in all, p(1-p)/4 by presence alone."""
    units = random(4096, 2)
    p = 0.9
    units[:, 1] = units[:, 1] < p
    outcome = units[:, 0] * units[:, 1]
    variance = p / 3 - p**2 / 4
    found = first_order(units, outcome, {"strength": [0], "presence": [1], "link": [0, 1]}, seed=1)
    assert found["link"].value == pytest.approx(1, abs=12 / 4096)
    for name, true in {"presence": p * (1 - p) / 4 / variance, "strength": p**2 / 12 / variance}.items():
        assert found[name].value == pytest.approx(true, abs=error(true, 4096))


def test_what_is_seen_of_a_step():
    """Legendre's P1, P3, P5, P7 hold 3/4, 7/64, 11/256 and 15 (5/128)^2 of a step half-way: .925 of it."""
    units = random(4096, 1)
    found = first_order(units, (units[:, 0] > 0.5).astype(float), {"x": [0]}, seed=1)
    seen = 3 / 4 + 7 / 64 + 11 / 256 + 15 * (5 / 128) ** 2
    assert found["x"].value == pytest.approx(seen, abs=error(seen, 4096))


def test_the_estimate_is_not_biased_on_random_worlds():
    """Over 60 small data sets the mean error is within four of its standard errors, also where nothing is."""
    errors = []
    for seed in range(60):
        units = random(256, 6, seed)
        found = first_order(
            units, units @ [3.0, 1, 1, 1, 0, 0], {"3": [0], "1": [1, 2, 3], "0": [4, 5]}, seed=1
        )
        errors.append([found["3"].value - 9 / 12, found["1"].value - 3 / 12, found["0"].value])
    mean, spread = np.mean(errors, axis=0), np.std(errors, axis=0, ddof=1)
    assert np.all(np.abs(mean) < 4 * spread / np.sqrt(60))


def test_the_interval_holds_the_index_as_often_as_it_says():
    """Of 100 intervals, each with a chance of at least .9: 200 resamples are not quite what .95 needs."""
    held = np.zeros(3)
    truth = {"1": FIRST["1"], "2": FIRST["2"], "none": 0.0}
    for seed in range(100):
        units = random(1024, 5, seed)
        found = first_order(units, ishigami(units), {"1": [0], "2": [1], "none": [3, 4]}, seed=seed)
        held += [found[name].low <= true <= found[name].high for name, true in truth.items()]
    assert np.all(held >= binom.ppf(0.001, 100, 0.9))
    assert held[1] < 100  # an interval that always holds it would say nothing


@pytest.mark.parametrize("worlds", [FEWEST_WORLDS, 200])
def test_the_luckiest_of_many_groups_is_not_said_to_matter(worlds):
    """Of pure noise any of 25 groups is above 0 in at most .05 of data sets; one that matters still is.

    More than the 99.9% point of the binomial distribution, 7 of 40, would refute the bound.
    """
    groups, lucky, missed = {f"g{k}": [2 * k, 2 * k + 1] for k in range(25)}, 0, 0
    for seed in range(40):
        units = random(worlds, 50, seed)
        noise = np.random.default_rng(seed + 1000).standard_normal(worlds)
        lucky += any(index.low > 0 for index in first_order(units, noise, groups, seed=1).ranked)
        found = first_order(units, 6 * units[:, 4] + noise, groups, seed=1)  # 3/4 of the variance
        missed += not (found.ranked[0].group == "g2" and found.ranked[0].low > 0)
    assert lucky <= binom.ppf(0.999, 40, CHANCE)
    assert not missed


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100), shift=st.floats(-10, 10))
def test_units_do_not_matter(seed, scale, shift):
    """The order of the values is all that is used of them, and an index has no unit."""
    units = random(128, 4, seed)
    outcome = units @ [1.0, 2, 3, 0]
    groups = {"a": [0, 1], "b": [2], "c": [3]}
    plain = first_order(units, outcome, groups, seed=1)
    other = first_order(np.exp(5 * units), shift + scale * outcome, groups, seed=1)
    for name in groups:
        assert other[name].value == pytest.approx(plain[name].value, abs=1e-9)
        assert other[name].low == pytest.approx(plain[name].low, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), values=st.integers(1, 5), worlds=st.integers(FEWEST_WORLDS, 300))
def test_columns_with_few_values_and_equal_columns_do_no_harm(seed, values, worlds):
    rng = np.random.default_rng(seed)
    column = rng.integers(values, size=(worlds, 1)).astype(float)
    outcome = rng.random(worlds) + column[:, 0]
    found = first_order(np.hstack([column, column]), outcome, {"twice": [0, 1], "once": [0]}, seed=seed)
    for index in found.ranked:
        assert np.isfinite([index.value, index.low, index.high]).all()
        assert index.value <= 1
        assert index.low <= index.high


def test_an_outcome_that_never_changes_has_no_indices():
    found = first_order(random(100, 2), np.full(100, 0.25), {"a": [0], "b": [1]}, seed=1)
    assert (found.mean, found.variance, found.ranked) == (0.25, 0.0, ())
    with pytest.raises(KeyError, match="no index for 'a'"):
        found["a"]


def test_the_seed_draws_the_resamples_only():
    units = random(256, 2)
    one, again, other = (
        first_order(units, units[:, 0] ** 2, {"a": [0], "b": [1]}, seed=s) for s in (1, 1, 2)
    )
    assert one == again
    assert one["a"].value == other["a"].value
    assert one["a"].low != other["a"].low


def test_too_few_worlds_and_shapes_that_do_not_agree():
    with pytest.raises(ValueError, match="63 worlds are too few for indices: use at least 64"):
        first_order(random(63, 2), np.arange(63.0), {"a": [0]}, seed=1)
    with pytest.raises(ValueError, match="64 worlds do not go with 63 outcomes"):
        first_order(random(64, 2), np.arange(63.0), {"a": [0]}, seed=1)


def test_a_group_may_not_have_more_columns_than_the_worlds_can_tell_apart():
    with pytest.raises(ValueError, match="80 worlds are too few for indices: use at least 81"):
        first_order(random(80, 9), np.arange(80.0), {"nine": range(9)}, seed=1)
    assert first_order(random(81, 9), np.arange(81.0), {"nine": range(9)}, seed=1).ranked


def test_several_outcomes_are_as_one_after_the_other():
    """Also beside one that never changes."""
    units = random(256, 4)
    outcomes = np.column_stack([units[:, 0], np.ones(256), units @ [1, 2, 0, 0]])
    groups, told = {"a": [0, 2], "b": [1]}, []
    found = first_orders(units, outcomes, groups, seed=1, progress=told.append)
    for together, outcome in zip(found, outcomes.T, strict=True):
        alone = first_order(units, outcome, groups, seed=1)
        assert together.mean == pytest.approx(alone.mean)
        for index in alone.ranked:
            # sums of 256 figures in another order
            assert together[index.group].value == pytest.approx(index.value, abs=1e-12)
            assert together[index.group].low == pytest.approx(index.low, abs=1e-12)
    assert not found[1].ranked
    assert told == [0.5, 1.0]


def test_the_last_degrees_are_straight_lines():
    """So that the largest groups are still measured: nothing lower is left to fall back on."""
    assert DEGREES[-1] == (1, 0)


def test_columns_are_grouped_by_what_they_belong_to():
    columns = ["link a->b 2 delay", "link a->b 2 strength", "link a->b strength", "variable a fade"]
    assert groups_of([*columns, "variable a start", "context c"]) == {
        "link a->b 2": [0, 1],
        "link a->b": [2],
        "variable a": [3, 4],
        "context c": [5],
    }
