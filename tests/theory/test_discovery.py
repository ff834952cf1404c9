"""Scenario discovery against planted conditions, pure noise, and what it must say when there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from loops.theory.discovery import CHANCE, FEWEST_FAILURES, MOST_CONDITIONS, fails_when
from loops.theory.prim import SLICE

COLUMNS = 170
NAMES = [f"column {c}" for c in range(COLUMNS)]


def uniform(seed: int, worlds: int = 4096, columns: int = COLUMNS):
    return np.random.default_rng(seed).random((worlds, columns))


def test_planted_conditions_are_found_with_their_bounds():
    """Half the worlds choose the box: a bound is off by a slice, and by the gap to the next of 600 values."""
    values = uniform(1)
    found = fails_when(values, NAMES, (values[:, 30] < 0.3) & (values[:, 90] > 0.6), seed=7)
    weak, high = found.conditions
    assert (found.ended, weak.name, high.name) == ("found", "column 30", "column 90")
    assert weak.low is None
    assert weak.high == pytest.approx(0.3, rel=SLICE / (1 - SLICE) + 0.01)
    assert high.high is None
    assert 1 - (high.low or 0) == pytest.approx(0.4, rel=SLICE / (1 - SLICE) + 0.01)
    assert weak.share == pytest.approx(np.mean(values[:, 30] <= weak.high))
    # one slice too many or too few at each of two bounds
    assert found.coverage > (1 - SLICE) ** 2
    assert found.density > (1 - SLICE) ** 2


def test_coverage_and_density_are_those_of_worlds_that_did_not_choose():
    """Nine in ten fail where planted (12% of the worlds), 3% anywhere: about .8 covered, .9 dense.

    Coverage is .9 * .12 + .03 * .12 * .1 over that plus .88 * .03; each may lack a slice at both bounds, and
    is read from some 280 failures: three standard errors are .07.
    """
    rng = np.random.default_rng(2)
    values = uniform(3)
    planted = (values[:, 0] < 0.3) & (values[:, 5] > 0.6)
    found = fails_when(
        values, NAMES, (planted & (rng.random(4096) < 0.9)) | (rng.random(4096) < 0.03), seed=1
    )
    assert {condition.name for condition in found.conditions} == {"column 0", "column 5"}
    assert found.coverage == pytest.approx(0.805, abs=0.07 + 2 * SLICE * 0.805)
    assert found.density == pytest.approx(0.903, abs=0.06 + 2 * SLICE * 0.903)


def test_a_link_that_is_seldom_absent_is_named_with_what_it_goes_with():
    """The planted conditions hold in 3% of worlds, and as many fail for no reason."""
    rng = np.random.default_rng(4)
    values = uniform(5)
    values[:, 50] = values[:, 50] >= 0.1
    fails = ((values[:, 50] == 0) & (values[:, 2] < 0.3)) | (rng.random(4096) < 0.03)
    found = fails_when(values, NAMES, fails, seed=1)
    assert [(c.name, c.low) for c in found.conditions] == [("column 2", None), ("column 50", None)]
    assert found.conditions[1].high == 0


def test_noise_is_named_no_more_often_than_chance_allows():
    """Each of 100 pure noise data sets names a column with a chance of at most .05.

    So more than the 99.9% point of the binomial distribution, 13, would refute the bound.
    """
    named = 0
    for seed in range(100):
        values = uniform(seed, 400, 40)
        fails = np.random.default_rng(seed + 1000).random(400) < 0.25
        named += fails_when(values, NAMES[:40], fails, seed=seed).ended == "found"
    assert named <= binom.ppf(0.999, 100, CHANCE)


def test_columns_that_play_no_part_stay_out_beside_one_that_does():
    """As above, with a real condition: a noise column joins it in at most .05 of data sets."""
    extra = missed = 0
    for seed in range(60):
        values = uniform(seed, 1000, 40)
        draw = np.random.default_rng(seed + 1000).random(1000)
        named = fails_when(values, NAMES[:40], draw < np.where(values[:, 8] < 0.4, 0.6, 0.05), seed=seed)
        names = {condition.name for condition in named.conditions}
        extra += bool(names - {"column 8"})
        missed += "column 8" not in names
    assert extra <= binom.ppf(0.999, 60, CHANCE)
    assert not missed


def test_many_causes_are_told_by_the_surest():
    values = uniform(6)
    failing = values[:, :12] @ np.arange(1.0, 13)
    found = fails_when(values, NAMES, failing > np.quantile(failing, 0.8), seed=1)
    assert 1 <= len(found.conditions) <= MOST_CONDITIONS
    assert {condition.name for condition in found.conditions} <= {f"column {c}" for c in range(4, 12)}
    assert all(condition.low is not None and condition.chance <= CHANCE for condition in found.conditions)


def test_the_chance_is_the_hypergeometric_one():
    """With one column and one condition the chance is a tail that can be counted by hand.

    Failures are the worlds below 20, so the half that judges holds 10 of them and 90 others; the box holds
    exactly those 10: one way in C(100, 10).
    """
    values = np.repeat([0.0, 1.0], [20, 180])[:, None]
    found = fails_when(values, ["only"], values[:, 0] == 0, seed=3)
    assert found.conditions[0].chance == pytest.approx(hypergeom.pmf(10, 100, 10, 10), rel=1e-9)
    assert (found.coverage, found.density) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("failures", "ended"),
    [
        (0, "none fail"),
        (1, "too few fail"),
        (FEWEST_FAILURES - 1, "too few fail"),
        (300 - FEWEST_FAILURES + 1, "too few hold"),
        (300, "all fail"),
    ],
)
def test_why_no_pattern_can_be_told(failures, ended):
    values = uniform(7, 300, 5)
    fails = values[:, 0] <= np.sort(values[:, 0])[failures - 1] if failures else np.zeros(300, bool)
    found = fails_when(values, NAMES[:5], fails, seed=1)
    assert (found.ended, found.worlds, found.failures, found.conditions) == (ended, 300, failures, ())


def test_twenty_failures_are_enough_for_a_plain_pattern():
    values = uniform(8, 300, 5)
    fails = values[:, 0] <= np.sort(values[:, 0])[FEWEST_FAILURES - 1]
    assert [c.name for c in fails_when(values, NAMES[:5], fails, seed=1).conditions] == ["column 0"]


def test_the_seed_decides():
    values = uniform(9, 1000, 20)
    fails = values[:, 0] + values[:, 1] > 1.3
    first, again, other = (fails_when(values, NAMES[:20], fails, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_shapes_that_do_not_agree():
    with pytest.raises(ValueError, match="300 worlds with 5 columns do not go with 300 outcomes and 4 names"):
        fails_when(uniform(1, 300, 5), NAMES[:4], np.ones(300, bool), seed=1)


def test_values_that_are_no_numbers():
    values = uniform(1, 300, 5)
    values[3, 3] = np.nan
    with pytest.raises(ValueError, match="not a number"):
        fails_when(values, NAMES[:5], np.ones(300, bool), seed=1)
