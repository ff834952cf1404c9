"""The rule by which observations rule versions out, held against a count from scratch."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import comb, fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from loops.journey.observed import Observation
from loops.journey.ruling import Tally, may_be_off

DAY = date(2026, 1, 5)


def observations(boxes):
    return [Observation(box, DAY, 1.0, 0.0, 0.125, "not yet") for box in boxes]


def left(boxes, beyond) -> np.ndarray:
    """From scratch: no box, and not all together, has more against a version than may be off."""
    groups = [[place for place, other in enumerate(boxes) if other == box] for box in {*boxes}]
    groups.append(list(range(len(boxes))))
    return np.all([beyond[group].sum(axis=0) <= may_be_off(len(group)) for group in groups], axis=0)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 81, 300])
def test_so_many_may_be_off_as_chance_exceeds_once_in_a_hundred(count):
    """Oracle: the binomial's probabilities, summed up by their definition, at Pukelsheim's bound of 4/81."""
    most = may_be_off(count)
    share = Fraction(4, 81)
    beyond = [float(comb(count, k) * share**k * (1 - share) ** (count - k)) for k in range(count + 1)]
    assert most >= 1, "one slip of a word"
    assert fsum(beyond[most + 1 :]) <= 0.01
    assert most == 1 or fsum(beyond[most:]) > 0.01


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30), st.data())
def test_what_is_left_and_what_ruled_it_out_is_as_from_scratch(boxes, data):
    beyond = data.draw(arrays(bool, (len(boxes), 12)))
    tally = Tally.of(observations(boxes), beyond)
    kept = left(boxes, beyond)
    assert tally.left.tolist() == kept.tolist()
    for ruled in tally.by_box():
        mine = np.array([box == ruled.box for box in boxes])
        rest = [box for box in boxes if box != ruled.box]
        without = left(rest, beyond[~mine]) if rest else np.ones(12, bool)
        assert ruled.alone == np.mean(beyond[mine].sum(axis=0) > may_be_off(mine.sum()))
        assert ruled.only == np.mean(without & ~kept)
        assert len(ruled.observations) == mine.sum()
    for place, ruled in enumerate(tally.by_observation()):
        rest = [*boxes[:place], *boxes[place + 1 :]]
        without = left(rest, np.delete(beyond, place, axis=0)) if rest else np.ones(12, bool)
        assert ruled.alone == beyond[place].mean()
        assert ruled.only == np.mean(without & ~kept)


@pytest.mark.parametrize(("against", "fits"), [(0, True), (1, True), (2, False)])
def test_one_odd_rating_of_a_box_rules_nothing_out_and_two_do(against, fits):
    beyond = np.zeros((6, 1), bool)
    beyond[:against] = True
    assert Tally.of(observations("aaabbb"), beyond).left.tolist() == [fits]


def test_a_little_that_is_off_everywhere_adds_up():
    """One of each of four boxes is off: no box's own rule says no, but of twelve only one may be off."""
    beyond = np.zeros((12, 1), bool)
    beyond[::3] = True
    tally = Tally.of(observations("aaabbbcccddd"), beyond)
    assert tally.left.tolist() == [False]
    assert [ruled.alone for ruled in tally.by_box()] == [0, 0, 0, 0]
