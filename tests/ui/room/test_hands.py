"""The question to the room: what holds is what the two runs say, and hands are compared with it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import Trajectory
from loops.ui.planning.story import SAME
from loops.ui.room import hands

MODEL = Model.model_validate(
    {
        "id": "two",
        "title": "Two",
        "horizon": 24,
        "variable": {name: {"label": label, "start": 0.1} for name, label in (("a", "Trust"), ("b", "Hope"))},
    }
)
PLAN = Scenario(id="plan", model="two", title="Plan")
MONTHS = np.arange(25.0)
curve = st.lists(st.floats(0, 1), min_size=25, max_size=25).map(np.array)


def run(a: object, b: object = 0.5) -> Trajectory:
    levels = np.stack([np.broadcast_to(a, 25), np.broadcast_to(b, 25)], axis=1)
    return Trajectory(PLAN, ("a", "b"), MONTHS, levels)


def asked(kind: str) -> hands.Question:
    return next(one for one in hands.questions(MODEL, ["a", "b"]) if one.kind == kind)


def answered(kind: str, before: Trajectory, after: Trajectory) -> list[str]:
    question = asked(kind)
    return [question.options[place] for place in hands.answer(question, MODEL, before, after).options]


def test_three_questions_are_offered_and_two_when_one_box_is_looked_at() -> None:
    assert [one.kind for one in hands.questions(MODEL, ["a", "b"])] == ["most", "way", "end"]
    assert [one.kind for one in hands.questions(MODEL, ["b"])] == ["way", "end"]
    assert "“Hope”" in hands.questions(MODEL, ["b"])[0].asks


def test_the_way_is_where_it_moves_most_and_the_end_is_the_last_month() -> None:
    bump = 0.5 + 0.3 * np.exp(-((MONTHS - 8) ** 2) / 8)
    assert answered("way", run(0.5), run(bump)) == ["Up"]
    assert answered("end", run(0.5), run(bump)) == ["About the same"]
    assert answered("way", run(bump), run(0.5)) == ["Down"]
    said = hands.answer(asked("end"), MODEL, run(0.5), run(bump)).says
    assert said == (
        "By 2 years “Trust” is about the same as without the change; "
        "after 8 months it is furthest, clearly higher than without the change."
    )


def test_both_ways_are_said() -> None:
    later = np.where(MONTHS < 12, 0.4, 0.7)
    says = hands.moved(MODEL, "a", run(0.5), run(later))
    assert says.startswith("“Trust” goes up")
    assert "At another time, at the start, it is slightly lower than without the change." in says


@pytest.mark.parametrize(
    ("a", "b", "holds"),
    [
        (0.9, 0.6, ["Trust"]),
        (0.6, 0.1, ["Hope"]),
        (0.7, 0.31, ["Trust", "Hope"]),
        (0.5, 0.5, ["None of them moves much"]),
        (0.5 + SAME * 0.9, 0.5, ["None of them moves much"]),
        (0.5 + SAME * 1.1, 0.5 - SAME * 0.9, ["Trust"]),
    ],
)
def test_which_moves_most(a: float, b: float, holds: list[str]) -> None:
    assert answered("most", run(0.5), run(a, b)) == holds


@given(curve, curve)
def test_swapping_the_runs_swaps_up_and_down(one: np.ndarray, other: np.ndarray) -> None:
    swapped = {"Up": "Down", "Down": "Up", "Higher": "Lower", "Lower": "Higher"}
    for kind in ("way", "end"):
        there, back = answered(kind, run(one), run(other)), answered(kind, run(other), run(one))
        assert [swapped.get(option, option) for option in there] == back
    assert answered("most", run(one), run(other)) == answered("most", run(other), run(one))


@given(curve, curve, curve, curve)
def test_what_moves_most_does_not_move_less_than_what_does_not(
    a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray
) -> None:
    before, after = run(a, b), run(c, d)
    far = {"Trust": np.abs(c - a).max(), "Hope": np.abs(d - b).max()}
    named = answered("most", before, after)
    others = [size for name, size in far.items() if name not in named]
    if named == ["None of them moves much"]:
        assert max(far.values()) < SAME
    else:
        assert min(far[name] for name in named) > max(others, default=0)


def compared(counts: list[int], after: float) -> str:
    question = asked("way")
    return hands.compared(question, hands.answer(question, MODEL, run(0.5), run(after)), counts)


def test_hands_are_set_beside_our_assumptions() -> None:
    assert compared([7, 3, 2], 0.1).startswith(
        "7 of 12 hands said “Up”, 3 said “Down” and 2 said “About the same”; "
        "under our assumptions it goes down. They differ:"
    )
    assert compared([0, 1, 0], 0.1) == (
        "1 of 1 hand said “Down”; under our assumptions it goes down. The room and our assumptions agree."
    )
    assert compared([6, 6, 0], 0.1).endswith("The room was divided.")
    assert compared([0, 0, 0], 0.1) == "No hands were counted."


def test_a_tie_of_boxes_is_said_as_one() -> None:
    question = asked("most")
    found = hands.answer(question, MODEL, run(0.5), run(0.7, 0.31))
    assert found.says == "“Trust” and “Hope” move most, and about as much as each other."
    assert "under our assumptions “Trust” and “Hope” move most." in hands.compared(question, found, [2, 1, 0])
