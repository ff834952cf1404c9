"""Two humps are seen where two are drawn, and not where there is one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.theory.humps import FEWEST_WORLDS, SHARE, two_humps


def two(seed: int, worlds: int, share: float, *, apart: float = 0.6, spread: float = 0.05):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(worlds) < share, 0.1 + apart, 0.1) + spread * rng.standard_normal(worlds)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_two_humps_are_found_with_the_valley_between(share):
    """Humps 12 standard deviations apart: no world is in the middle half, so the share above is exact."""
    outcome = two(1, 4096, share)
    humps = two_humps(outcome)
    assert humps
    assert 0.25 < humps.between < 0.55
    assert humps.share_above == np.mean(outcome > 0.4)
    # a kernel of .9 sd W^(-1/5), at most .5, widens a hump but leaves its top within a spread of the middle
    assert humps.lower == pytest.approx(0.1, abs=0.05)
    assert humps.upper == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.standard_normal(2048),
        lambda rng: rng.random(2048),
        lambda rng: rng.exponential(size=2048),
        lambda rng: rng.standard_t(3, 2048),
        lambda rng: rng.beta(0.5, 2, 2048),
    ],
    ids=["normal", "uniform", "exponential", "heavy tails", "steep"],
)
def test_one_hump_is_not_taken_for_two(draw):
    assert not any(two_humps(draw(np.random.default_rng(seed))) for seed in range(20))


def test_humps_that_run_into_each_other_are_one():
    """Two normals 3 standard deviations apart: half-way 2 * .1295 against .4033 at a top, .64 of it."""
    assert two_humps(two(2, 4096, 0.5, apart=0.3, spread=0.1)) is None


def test_a_few_worlds_apart_are_no_hump():
    outcome = two(3, 4096, 0)
    outcome[: int(SHARE * 4096) - 10] += 0.6
    assert two_humps(outcome) is None
    outcome[: int(SHARE * 4096) + 10] = outcome[: int(SHARE * 4096) + 10] % 0.6 + 0.6
    assert two_humps(outcome)


def test_one_value_and_few_worlds():
    assert two_humps(np.full(500, 0.3)) is None
    assert two_humps(two(4, FEWEST_WORLDS - 1, 0.5)) is None
    assert two_humps(two(4, FEWEST_WORLDS, 0.5))


def test_two_values_are_two_humps():
    assert two_humps(np.repeat([0.0, 1.0], [300, 700]))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.floats(1e-3, 1e3), shift=st.floats(-5, 5))
def test_units_do_not_matter(seed, scale, shift):
    outcome = np.random.default_rng(seed).choice([0.1, 0.2, 0.9], 300) + two(seed, 300, 0.4)
    plain, other = two_humps(outcome), two_humps(shift + scale * outcome)
    assert (plain is None) == (other is None)
    if plain and other:
        assert (other.between - shift) / scale == pytest.approx(plain.between, abs=1e-6)
