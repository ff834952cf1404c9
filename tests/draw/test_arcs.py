"""The plane geometry that drawings rest on, against what is known of circles and polygons."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.arcs import arc, around, between, clockwise, crossings, enclosed, inside
from loops.draw.places import Box
from loops.draw.shapes import path

coordinates = st.floats(-1000, 1000)
points = st.tuples(coordinates, coordinates).map(np.array)
bends = st.floats(-2, 2).filter(lambda bend: abs(bend) > 0.01)
STEPS = np.linspace(0, 1, 33)


@given(points, points, bends)
def test_an_arc_is_a_circle_that_stands_off_by_its_bend(
    start: np.ndarray, end: np.ndarray, bend: float
) -> None:
    length = math.hypot(*(end - start))
    if length < 1:
        return
    drawn = arc(start, end, bend, STEPS)
    assert drawn[0] == pytest.approx(start, abs=1e-6 * length)
    assert drawn[-1] == pytest.approx(end, abs=1e-6 * length)
    middle = drawn[16] - (start + end) / 2
    assert math.hypot(*middle) == pytest.approx(abs(bend) * length, rel=1e-6)
    # equal steps on a circle are equal chords
    chords = np.hypot(*np.diff(drawn, axis=0).T)
    assert np.ptp(chords) < 1e-6 * length


def test_a_bend_above_0_bows_to_the_left_of_the_way() -> None:
    """Left of the way from left to right is up, and up is a smaller y."""
    assert arc(np.array([0.0, 0]), np.array([100.0, 0]), 0.2, STEPS)[16] == pytest.approx([50, -20])
    assert arc(np.array([0.0, 0]), np.array([100.0, 0]), -0.2, STEPS)[16] == pytest.approx([50, 20])


@given(points, points, bends)
def test_an_arc_is_one_command_with_the_same_middle(start: np.ndarray, end: np.ndarray, bend: float) -> None:
    if math.hypot(*(end - start)) < 50:
        return
    drawn = path(arc(start, end, bend, STEPS))
    assert drawn.startswith("M")
    if "A" not in drawn:
        return
    large, sweep = drawn.split(" ")[3:5]
    if abs(abs(bend) - 0.5) > 0.01:  # half a circle is neither the short nor the long way
        assert large == str(int(abs(bend) > 0.5))
    assert sweep == str(int(bend > 0))


def test_an_arrow_reaches_from_edge_to_edge() -> None:
    one, other = Box(0, 0, 50, 20, ()), Box(400, 0, 50, 20, ())
    straight = between(one, other, 0)
    assert straight[0] == pytest.approx([53, 0], abs=0.5)
    assert straight[-1] == pytest.approx([345, 0], abs=0.5)


def test_an_arrow_between_boxes_on_top_of_each_other_is_still_there() -> None:
    box = Box(0, 0, 50, 20, ())
    assert between(box, box, 0.2).shape == between(box, Box(300, 0, 50, 20, ()), 0.2).shape


def test_an_arrow_to_itself_begins_and_ends_at_the_top_of_its_box() -> None:
    box = Box(10, 20, 50, 20, ())
    drawn = around(box)
    assert drawn[[0, -1], 1] == pytest.approx([0, 0], abs=6)
    assert not inside(drawn[6:-6], box).any()


@pytest.mark.parametrize(
    ("other", "times"),
    [([(5, -5), (5, 5)], 1), ([(20, -5), (20, 5)], 0), ([(2, -5), (2, 5), (8, 5), (8, -5)], 2)],
)
def test_crossings_are_counted(other: list[tuple[float, float]], times: int) -> None:
    line = np.array([(0.0, 0), (10, 0)])
    assert crossings(line, np.array([other], dtype=float)).tolist() == [times]


@given(points)
def test_a_point_is_in_a_square_by_its_coordinates(point: np.ndarray) -> None:
    square = np.array([(-500.0, -500), (500, -500), (500, 500), (-500, 500)])
    if np.isclose(np.abs(point), 500).any():
        return
    assert enclosed(point[None], square)[0] == (np.abs(point) < 500).all()


def test_turning_right_is_clockwise_on_a_screen() -> None:
    square = np.array([(0.0, 0), (1, 0), (1, 1), (0, 1)])
    assert clockwise(square)
    assert not clockwise(square[::-1])
