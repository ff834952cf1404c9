"""Bows from handles and angles, against the arcs that the diagram itself draws."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loops.draw.arcs import arc
from loops.interchange.curves import bend_leaving, bend_through, point_of, side_by_side

spots = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
bends = st.floats(-1.5, 1.5).filter(lambda bend: abs(bend) > 0.01)


@given(spots, spots, bends, st.floats(0.1, 0.9))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_point_on_a_drawn_arc_gives_its_bend(start, end, bend, share):
    """Oracle: ``loops.draw.arcs.arc``. Rounding: coordinates up to 1,000 units carry 1e-13, the angles seen
    over a chord of at least 10 units 1e-13 * 1000 / 10 = 1e-11, and the bend changes by at most
    (1/4 + bend^2) / share of an angle: below 1e-9."""
    assume(math.dist(start, end) > 10)
    via = arc(np.array(start), np.array(end), bend, np.array([share]))[0]
    assert bend_through(start, end, (float(via[0]), float(via[1]))) == pytest.approx(bend, abs=1e-9)


@given(spots, spots, bends)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_the_angle_at_which_a_drawn_arc_leaves_gives_its_bend(start, end, bend):
    """Oracle: the first step of the drawn arc. A step of h of the whole turn T (at most 5 radians) leaves at
    hT/2 beside the tangent: with h = 1e-6 that is 2.5e-6. d(bend)/d(angle) is 1/4 + bend^2 <= 2.5: 1e-5."""
    assume(math.dist(start, end) > 10)
    begin, step = arc(np.array(start), np.array(end), bend, np.array([0, 1e-6]))
    degrees = math.degrees(math.atan2(begin[1] - step[1], step[0] - begin[0]))
    assert bend_leaving(start, end, degrees) == pytest.approx(bend, abs=1e-5)


def test_what_makes_no_arc_is_straight():
    assert bend_through((0, 0), (10, 0), (4, 0)) == 0
    assert bend_through((0, 0), (0, 0), (4, 0)) == 0
    assert bend_through((0, 0), (10, 0), (0, 0)) == 0
    assert bend_leaving((3, 3), (3, 3), 90) == 0
    assert bend_leaving((0, 0), (10, 0), 0) == 0


def test_a_bow_is_bounded():
    assert bend_leaving((0, 0), (10, 0), 179.9) == 2
    assert bend_through((0, 0), (10, 0), (5, 1000)) == -2


def test_views_do_not_overlap():
    views = [[-50.0, 100.0], [], [900.0, 1_000.0], [0.0]]
    shifts = side_by_side(views)
    moved = [[x + shift for x in view] for view, shift in zip(views, shifts, strict=True) if view]
    assert all(max(left) < min(right) for left, right in pairwise(moved))
    assert shifts[0] == 0


def test_a_place_beyond_any_drawing_is_none():
    assert point_of(1.0, -2.0) == (1.0, -2.0)
    assert point_of(1e300, 0.0) is point_of(None, 0.0) is point_of(0.0, None) is None
