"""Total indices against closed forms and scipy's own design."""

from __future__ import annotations

import numpy as np
import pytest
from ishigami import TOTAL, VARIANCE, ishigami
from scipy.stats import sobol_indices, uniform

from loops.theory.indices import Index, Indices
from loops.theory.totals import MOST_GROUPS, most_influential, totals


def margin(index: Index) -> float:
    """Four standard errors, the interval of 95% being 3.92 of them wide."""
    return 4 * (index.high - index.low) / 3.92


def test_ishigami_has_its_published_totals():
    groups = {"1": [0], "2": [1], "3": [2], "1 and 3": [0, 2], "none": [3, 4]}
    found = totals(ishigami, 5, groups, base=2048, seed=1)
    assert found.worlds == 2048 * 6
    assert found.variance == pytest.approx(VARIANCE, rel=0.02)
    for name, true in TOTAL.items():
        assert found[name].value == pytest.approx(true, abs=margin(found[name]))
        assert margin(found[name]) < 0.12
    # the second column acts alone: the other two have all the rest
    assert found["1 and 3"].value == pytest.approx(1 - TOTAL["2"], abs=margin(found["1 and 3"]))
    assert found["none"] == Index("none", 0.0, 0.0, 0.0)


def test_scipy_has_the_same_totals():
    """Both are Sobol designs of 2,048 points: theirs errs as ours does."""
    found = totals(ishigami, 3, {"1": [0], "2": [1], "3": [2]}, base=2048, seed=1)
    theirs = sobol_indices(
        func=lambda x: ishigami(x.T), n=2048, dists=[uniform()] * 3, rng=np.random.default_rng(2)
    )
    for name, total in zip("123", theirs.total_order, strict=True):
        assert found[name].value == pytest.approx(total, abs=np.sqrt(2) * margin(found[name]))


def test_of_a_linear_model_totals_are_first_order_indices():
    weights = np.array([3.0, 2, 1, 1, 0])
    found = totals(lambda units: units @ weights, 5, {"3": [0], "2": [1], "1 1": [2, 3], "0": [4]}, seed=1)
    for name, true in {"3": 9 / 15, "2": 4 / 15, "1 1": 2 / 15, "0": 0.0}.items():
        assert found[name].value == pytest.approx(true, abs=margin(found[name]) + 1e-12)


def test_among_as_many_columns_as_a_model_has_the_intervals_hold():
    """Some pairs of a Sobol sequence's columns are uneven: totals of a sum and a product do not suffer.

    y = sum of a_i z_i + b z_0 z_1, z = u - 1/2 of variance v = 1/12: T_0 = (a_0^2 v + b^2 v^2) / V with V
    the sum of all a_i^2 v and b^2 v^2; of a column without the product it is a_i^2 v / V. Ten designs, each
    within four standard errors.
    """
    weights, b, v = np.linspace(3.0, 0.1, 158), 20.0, 1 / 12
    groups = {str(place): [place] for place in range(12)}
    whole = np.sum(weights**2) * v + (b * v) ** 2

    def outcome(units):
        z = units - 0.5
        return z @ weights + b * z[:, 0] * z[:, 1]

    for seed in range(10):
        found = totals(outcome, 158, groups, seed=seed)
        for name, (place,) in groups.items():
            true = (weights[place] ** 2 * v + (b * v) ** 2 * (place < 2)) / whole
            assert found[name].value == pytest.approx(true, abs=margin(found[name]))


def test_of_a_product_each_factor_has_a_part_in_everything():
    found = totals(lambda u: (u[:, 0] - 0.5) * (u[:, 1] - 0.5), 2, {"x": [0], "y": [1]}, seed=1)
    for index in found.ranked:
        assert index.value == pytest.approx(1, abs=margin(index))


def test_only_the_group_differs_and_units_are_inside():
    """Every world run is one of A with the group's columns changed and no others."""
    seen = []

    def evaluate(units):
        seen.append(units)
        return units[:, 0]

    totals(evaluate, 6, {"a": [1, 4], "b": [0]}, base=64, seed=3)
    first, a, b = seen
    assert first.shape == (64, 6)
    assert list(np.flatnonzero((first != a).any(axis=0))) == [1, 4]
    assert list(np.flatnonzero((first != b).any(axis=0))) == [0]
    assert all(((units > 0) & (units < 1)).all() for units in seen)


def test_an_outcome_that_never_changes():
    found = totals(lambda units: np.full(len(units), 0.5), 3, {"a": [0]}, base=64, seed=1)
    assert (found.mean, found.variance, found.ranked) == (0.5, 0.0, ())


def test_progress_is_told_and_may_stop_it():
    told = []
    totals(lambda units: units[:, 0], 3, {"a": [0], "b": [1]}, base=2, seed=1, progress=told.append)
    assert told == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]

    def stop(share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        totals(lambda units: units[:, 0], 3, {"a": [0]}, seed=1, progress=stop)


def test_the_seed_decides():
    one, again, other = (totals(ishigami, 3, {"1": [0]}, base=64, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one["1"].value != other["1"].value


@pytest.mark.parametrize("base", [0, 1, 100])
def test_a_base_that_is_no_power_of_2(base):
    with pytest.raises(ValueError, match=f"base is {base}: use a power of 2"):
        totals(ishigami, 3, {"1": [0]}, base=base, seed=1)


def test_more_columns_than_a_sobol_sequence_has():
    with pytest.raises(ValueError, match="21,201 columns are too many for total indices"):
        totals(ishigami, 21_201, {"1": [0]}, seed=1)


def test_the_most_influential_are_those_ranked_first():
    ranked = tuple(Index(f"g{place}", 1 / (1 + place), 0, 1) for place in range(20))
    chosen = most_influential(Indices(0, 1, 100, ranked), {f"g{place}": [place] for place in range(20)})
    assert chosen == {f"g{place}": [place] for place in range(MOST_GROUPS)}
