"""How much of a push comes back: the nearest words, and an axis that holds the small and the very large."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.push import TICKS, amount, comes_back, height, marks


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_larger_gain_stands_higher_and_up_to_all_of_it_as_it_is(one: float, other: float) -> None:
    lower, higher = sorted([one, other])
    heights = height(np.array([lower, higher]))
    assert heights[0] <= heights[1]
    assert all(at == gain for at, gain in zip(heights, (lower, higher), strict=True) if abs(gain) <= 1)


def test_the_axis_has_no_step_where_it_changes() -> None:
    """Both branches are 1 at 1 and have the slope 1 there: 1e-9 on moves it by 1e-9 to 1e-18 / 2."""
    just = height(np.array([1 - 1e-9, 1.0, 1 + 1e-9]))
    # each place is known to 2e-16, so a step of 1e-9 to 4e-7 of itself
    assert np.diff(just) == pytest.approx([1e-9, 1e-9], rel=1e-6)


@given(st.floats(0.01, 200, exclude_max=True))
def test_an_amount_is_the_nearest_of_the_words_by_ratio(size: float) -> None:
    words = {word: tick for tick, word in TICKS}
    off = abs(np.log(words[amount(size)] / size))
    assert all(off <= abs(np.log(tick / size)) + 1e-12 for tick, _ in TICKS[1:])  # a dozen roundings of 1e-16


def test_extremes_are_said_too() -> None:
    assert comes_back(0.0) == amount(0.0) == "almost nothing"
    assert comes_back(1e9) == "more than 200 times"
    assert comes_back(-3.0) == "about 4 times, turned round"


@given(st.floats(-8, 0), st.floats(0.1, 8))
def test_marks_on_an_axis_stand_apart_and_nothing_is_among_them(low: float, high: float) -> None:
    made = marks((low, high))
    places = sorted(at for at, _ in made)
    assert 0.0 in places
    assert all(low <= at <= high for at in places)
    assert (np.diff(places) >= 0.09 * (high - low)).all()
    assert {word for _, word in made} <= {word for _, word in TICKS}
