"""The box of our own PRIM against planted boxes, its own rules, and ema_workbench on the same data."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.theory.prim import ABOVE, BELOW, FEWEST, MOST_COLUMNS, SLICE, Box, best_box


def everything(columns: int) -> Box:
    return Box(np.repeat([[-np.inf], [np.inf]], columns, axis=1))


def noisy(worlds: int = 4096, columns: int = 20):
    """Nine in ten fail where column 3 is below .3 and column 11 above .6, and 3% anywhere."""
    rng = np.random.default_rng(5)
    values = rng.random((worlds, columns))
    planted = (values[:, 3] < 0.3) & (values[:, 11] > 0.6)
    return values, (planted & (rng.random(worlds) < 0.9)) | (rng.random(worlds) < 0.03)


def test_a_planted_box_is_found_to_within_a_slice():
    """Where all fail inside and none outside, a bound is off by at most the slice that crosses it."""
    values = np.random.default_rng(1).random((4096, 170))
    box = best_box(values, (values[:, 7] < 0.3) & (values[:, 100] > 0.6))
    assert list(box.restricted) == [7, 100]
    assert box.bounds[ABOVE, 7] == pytest.approx(0.3, rel=SLICE / (1 - SLICE))
    assert 1 - box.bounds[BELOW, 100] == pytest.approx(0.4, rel=SLICE / (1 - SLICE))


def test_a_middle_range_has_both_its_bounds():
    values = np.random.default_rng(2).random((4096, 30))
    box = best_box(values, np.abs(values[:, 4] - 0.5) < 0.1)
    assert list(box.restricted) == [4]
    assert box.bounds[:, 4] == pytest.approx([0.4, 0.6], abs=0.2 * SLICE / (1 - SLICE))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_column_of_two_values_is_restricted_as_a_whole(share):
    rng = np.random.default_rng(3)
    values = rng.random((4096, 30))
    values[:, 9] = rng.random(4096) < share
    box = best_box(values, (values[:, 9] == 0) & (values[:, 2] < 0.5))
    assert list(box.restricted) == [2, 9]
    assert (box.bounds[BELOW, 9], box.bounds[ABOVE, 9]) == (-np.inf, 0)


def test_few_worlds_that_surely_fail_do_not_hide_the_many():
    """All of the tenth without column 9 fail, and of the rest those below .5 in column 2: the larger box.

    It holds 90.9% of the failures (.5 of .55) and nothing else.
    """
    rng = np.random.default_rng(6)
    values = rng.random((4096, 60))
    values[:, 9] = rng.random(4096) < 0.9
    fails = (values[:, 9] == 0) | (values[:, 2] < 0.5)
    box = best_box(values, fails)
    assert list(box.restricted) == [2]
    assert box.bounds[ABOVE, 2] == pytest.approx(0.5, rel=SLICE / (1 - SLICE))


def test_a_column_with_one_value_is_never_restricted():
    values, fails = noisy()
    values[:, 0] = 0.5
    assert 0 not in best_box(values, fails).restricted


def test_nothing_fails():
    with pytest.raises(ValueError, match="nothing fails"):
        best_box(np.zeros((30, 2)), np.zeros(30, bool))


def test_a_box_is_read_with_its_bounds():
    values = np.array([[0.0, 5.0], [1.0, 6.0], [2.0, 7.0]])
    box = everything(2).with_bound(BELOW, 0, 1.0).with_bound(ABOVE, 1, 6.0)
    assert list(box.holds(values)) == [False, True, False]
    assert list(box.holds(values, but=1)) == [False, True, True]
    fails = np.array([True, True, False])
    # the same as the correlation of two columns of noughts and ones
    assert box.score(values, fails) == pytest.approx(np.corrcoef(box.holds(values), fails)[0, 1])
    assert everything(2).score(values, fails) == 0


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    worlds=st.integers(1, 200),
    columns=st.integers(1, 9),
    steps=st.sampled_from([2, 3, 1000]),
)
def test_whatever_the_data_the_box_is_no_worse_than_none_and_holds_enough(seed, worlds, columns, steps):
    rng = np.random.default_rng(seed)
    values = np.floor(rng.random((worlds, columns)) * steps)
    fails = rng.random(worlds) < rng.random()
    fails[0] = True
    box = best_box(values, fails)
    assert box.score(values, fails) >= everything(columns).score(values, fails)
    assert box.holds(values).sum() >= min(FEWEST, worlds)
    assert box.restricted.size <= MOST_COLUMNS
    # the same worlds are inside when the values are in other units
    inside = best_box(np.exp(values / steps), fails).holds(np.exp(values / steps))
    assert np.array_equal(inside, box.holds(values))


# Of ema_workbench 2.5.3 on noisy(): Prim(x, y, threshold=.1, mass_min=.01).find_box(), the box of its
# trajectory with the highest correlation between being inside and failing.
EMA_BOUNDS = {3: (-np.inf, 0.302985), 11: (0.593192, np.inf)}
EMA_SCORE = 0.818094


def check_against(bounds: dict[int, tuple[float, float]], score: float) -> None:
    """Both peel a twentieth at a time: a bound differs by at most a slice of the box's own width.

    One misplaced slice changes coverage or density by at most a twentieth, and so what weighs them alike.
    """
    values, fails = noisy()
    box = best_box(values, fails)
    assert set(box.restricted) == set(bounds)
    assert box.score(values, fails) == pytest.approx(score, rel=SLICE)
    for c, (low, high) in bounds.items():
        width = min(high, 1.0) - max(low, 0.0)
        assert box.bounds[:, c] == pytest.approx([low, high], abs=SLICE * width)


def test_as_ema_workbench_has_it():
    check_against(EMA_BOUNDS, EMA_SCORE)


def test_ema_workbench_here_has_it_so():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells which of its own optional libraries are missing
        prim = pytest.importorskip("ema_workbench.analysis.prim", reason="only if it is installed")
        import pandas as pd

        values, fails = noisy()
        names = [f"c{c}" for c in range(values.shape[1])]
        path = prim.Prim(pd.DataFrame(values, columns=names), fails, threshold=0.1, mass_min=0.01).find_box()
        steps = path.peeling_trajectory
        worlds, failures = fails.size, fails.sum()
        apart = steps.n * failures * (worlds - steps.n) * (worlds - failures)
        score = (worlds * steps.k - steps.n * failures)[apart > 0] / np.sqrt(apart[apart > 0])
        limits = path.box_lims[int(score.idxmax())]
    bounds = {
        c: (low if low > values[:, c].min() else -np.inf, high if high < values[:, c].max() else np.inf)
        for c, (low, high) in enumerate(limits[name] for name in names)
    }
    check_against({c: pair for c, pair in bounds.items() if pair != (-np.inf, np.inf)}, float(score.max()))
