"""Loop scores against exact arithmetic, closed forms and their own discrete form."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.dominance.scores import Circuit, link_scores, loop_scores

EPS = np.finfo(float).eps
LINKS, MOMENTS = 8, 3


def tables():
    """Arrays (MOMENTS, LINKS) of zeros and numbers from 1e-6 to 1e6 of either sign."""
    number = st.tuples(st.sampled_from((-1, 0, 1)), st.floats(1e-6, 1e6)).map(prod)
    row = st.lists(number, min_size=LINKS, max_size=LINKS)
    return st.lists(row, min_size=MOMENTS, max_size=MOMENTS).map(np.array)


def circuits():
    places = st.lists(st.integers(0, LINKS - 1), min_size=1, unique=True).map(tuple)
    return st.lists(st.builds(Circuit, places, st.integers(0, 2)), max_size=6)


def exactly(gain, rate, acceleration):
    """The published score of a link, as a rational number."""
    if not acceleration:
        return Fraction(0)
    return Fraction(gain) * abs(Fraction(rate) / Fraction(acceleration))


@given(tables(), tables(), tables(), circuits())
def test_relative_scores_are_the_published_ratio(gains, input_rates, accelerations, found):
    """Oracle: the definition in rational numbers.

    Tolerance: the logarithm of a link's score is below log 1e18 = 42, so sums around 8 links stay below 340;
    8 additions and 24 logarithms are each off by at most that many roundings, and a share by twice the whole.
    """
    relative = loop_scores(gains, input_rates, accelerations, found).relative
    assert relative.shape == (MOMENTS, len(found))
    for t in range(MOMENTS):
        columns = zip(gains[t], input_rates[t], accelerations[t], strict=True)
        links = [exactly(*map(float, column)) for column in columns]
        scores = [prod(links[k] for k in circuit.links) for circuit in found]
        for circuit, score, share in zip(found, scores, relative[t], strict=True):
            whole = sum(abs(s) for s, c in zip(scores, found, strict=True) if c.part == circuit.part)
            assert share == pytest.approx(float(score / whole) if whole else 0, rel=0, abs=2 * 32 * 340 * EPS)


@given(tables(), tables(), tables(), circuits())
def test_shares_of_a_part_are_a_whole_or_nothing(gains, input_rates, accelerations, found):
    """Tolerance: a rounding for each of 6 divisions and additions."""
    scores = loop_scores(gains, input_rates, accelerations, found)
    for part in {circuit.part for circuit in found}:
        mine = [place for place, circuit in enumerate(found) if circuit.part == part]
        whole = abs(scores.relative[:, mine]).sum(axis=1)
        moving = (scores.signs[:, mine] != 0).any(axis=1)
        assert whole == pytest.approx(moving.astype(float), rel=0, abs=12 * EPS)


@given(tables(), tables(), tables(), circuits())
def test_a_share_is_the_same_however_fast_the_clock_and_whichever_way_things_move(
    gains, input_rates, accelerations, found
):
    """Months to quarters of months, and time run backwards: powers of two and signs round to nothing.

    Logarithms do round: the tolerance is as above.
    """
    once = loop_scores(gains, input_rates, accelerations, found)
    again = loop_scores(gains / 4, -input_rates / 4, accelerations / 16, found)
    assert (again.signs == once.signs).all()
    assert again.relative == pytest.approx(once.relative, rel=0, abs=2 * 32 * 340 * EPS)


def test_forty_links_far_beyond_the_range_of_floats():
    """Each link of one loop scores 1e25 and of another 2e25: 1e1000 to 2^40 times that.

    Tolerance: the sums are near 2300 + 28, 40 additions and 120 logarithms each off by that many roundings.
    """
    gains = np.repeat([[1e15, 2e15]], 40, axis=1)
    gains[0, 0] = -1e15
    found = [Circuit(tuple(range(40))), Circuit(tuple(range(40, 80)))]
    ones = np.ones_like(gains)
    scores = loop_scores(gains, 1e5 * ones, 1e-5 * ones, found)
    assert scores.relative[0, 0] == pytest.approx(-1 / (1 + 2.0**40), rel=2 * 160 * 2330 * EPS)
    assert scores.logarithms[0] == pytest.approx([2302.585, 2330.311], abs=1e-3)
    vanishing = loop_scores(gains, 1e-40 * ones, 1e5 * ones, found)
    assert vanishing.relative == pytest.approx(scores.relative, rel=2 * 160 * 2330 * EPS)


def test_a_link_beyond_the_range_of_floats_stays_in_it():
    """1e600, and no warning: the promised e^709 of its sign."""
    huge = np.array([[1e200, -1e200]])
    assert link_scores(huge, abs(huge), 1 / abs(huge)).tolist() == [[np.exp(709), -np.exp(709)]]


def test_nothing_moves_and_nothing_is_there():
    found = [Circuit((0, 1)), Circuit((1,), part=1)]
    still = np.zeros((2, 2))
    assert not loop_scores(still + 0.1, still, still, found).relative.any()
    assert loop_scores(still, still, still, []).relative.shape == (2, 0)
    assert loop_scores(still[:0], still[:0], still[:0], found).relative.shape == (0, 2)


def one_variable(x, *, gain, fade, w):
    """Gains, input rates and accelerations of a + self-link, saturation and fading: (T, 3) each."""
    x = np.asarray(x, dtype=float)[:, None]
    winning = gain + w * x
    rate = (1 - x) * winning - x * fade
    gains = np.hstack([(1 - x) * w, -winning, np.full_like(x, -fade)])
    acceleration = gains.sum(axis=1, keepdims=True) * rate
    return gains, np.repeat(rate, 3, axis=1), np.repeat(acceleration, 3, axis=1)


SELF, SATURATION, FADING = Circuit((0,)), Circuit((1,)), Circuit((2,))


def test_a_self_link_hands_over_to_saturation_at_half():
    """Closed form, x' = w x (1 - x): the link scores (1 - x) / |1 - 2x| and saturation -x / |1 - 2x|.

    Shares are 1 - x and -x: equal at a half, where nothing accelerates and the published convention says 0.
    Tolerance: three logarithms and their sums, all below log 1e20 = 46, are each off by a rounding of that,
    once for either loop.
    """
    x = np.array([1e-6, 0.1, 0.25, 0.5 - 1e-9, 0.5 + 1e-9, 0.75, 0.9, 1 - 1e-6])
    arrays = one_variable(x, gain=0, fade=0, w=0.1)
    scores = loop_scores(*arrays, [SELF, SATURATION])
    assert scores.relative == pytest.approx(np.stack([1 - x, -x], axis=1), rel=2 * 5 * 46 * EPS)
    far = abs(x - 0.5) > 1e-3  # 1 - 2x has lost its digits beside a half
    closed = np.stack([1 - x, -x], axis=1) / abs(1 - 2 * x)[:, None]
    assert (scores.signs * np.exp(scores.logarithms))[far] == pytest.approx(closed[far], rel=2 * 5 * 46 * EPS)
    link_leads = scores.relative[:, 0] > -scores.relative[:, 1]
    assert link_leads.tolist() == [True] * 4 + [False] * 4
    assert not loop_scores(*one_variable([0.5], gain=0, fade=0, w=0.1), [SELF, SATURATION]).relative.any()


@given(st.floats(0.001, 0.05), st.floats(0.06, 1), st.floats(0, 1))
def test_bass_hands_over_where_sales_peak(p, q, x):
    """Closed form (Bass 1969): word of mouth has q (1 - x) of the p + q of both and leads until (q - p) / 2q.

    Tolerance: as for the self-link, with logarithms below log 1e36 = 83.
    """
    scores = loop_scores(*one_variable([x], gain=p, fade=0, w=q), [SELF, SATURATION])
    expected = [q * (1 - x) / (p + q), -(p + q * x) / (p + q)] if scores.signs.any() else [0, 0]
    assert scores.relative[0] == pytest.approx(expected, rel=0, abs=2 * 5 * 83 * EPS)


@given(st.floats(0, 0.1), st.floats(0.001, 0.1), st.floats(0, 0.5), st.floats(0.01, 0.99))
def test_scores_of_all_that_acts_on_a_variable_sum_to_one(gain, fade, w, x):
    """Tolerance: logarithms below log 1e36 = 83, as above, in scores whose sizes say how much they cancel."""
    arrays = one_variable([x], gain=gain, fade=fade, w=w)
    scores = link_scores(*arrays)
    if arrays[2][0, 0]:
        assert scores.sum() == pytest.approx(1, rel=0, abs=abs(scores).sum() * 5 * 83 * EPS)
