from __future__ import annotations

from collections.abc import Callable

from boards import MODEL, YEAR, edits, fitted
from hypothesis import given
from hypothesis import strategies as st

from loops.ui.planning import board
from loops.ui.planning.board import Board
from loops.ui.planning.history import MOST, History

FIRST = board.fresh(MODEL, "year", YEAR)


def turned(percent: int) -> Board:
    return board.turn(FIRST, MODEL, {"training": percent})


@given(fitted, st.lists(edits, min_size=1, max_size=8))
def test_undo_restores_every_board_in_turn_and_redo_brings_all_back(
    first: Board, moves: list[Callable[[Board], Board]]
) -> None:
    steps, seen = History(first), [first]
    for move in moves:
        steps = steps.put(move(steps.now))
        if steps.now != seen[-1]:
            seen.append(steps.now)
    last = steps
    for before in reversed(seen[:-1]):
        steps = steps.undo()
        assert steps.now == before
    assert steps.undo() == steps
    for after in seen[1:]:
        steps = steps.redo()
        assert steps.now == after
    assert steps == steps.redo()
    assert steps.past == last.past


def test_a_drag_is_one_step_and_the_next_drag_another() -> None:
    steps = History(FIRST)
    for percent in (90, 80, 70):
        steps = steps.put(turned(percent), "drag")
    steps = steps.rest()
    for percent in (60, 50):
        steps = steps.put(turned(percent), "drag")
    assert steps.undo().now == turned(70)
    assert steps.undo().undo().now == FIRST
    assert not steps.undo().undo().past


def test_a_drag_that_ends_where_it_began_is_no_step() -> None:
    steps = History(FIRST).put(turned(90), "drag").put(FIRST, "drag")
    assert steps == History(FIRST)
    assert steps.put(turned(40), "drag").undo().now == FIRST


def test_nothing_changed_is_no_step_and_a_new_step_ends_what_could_be_redone() -> None:
    steps = History(FIRST).put(turned(90)).put(turned(90))
    assert len(steps.past) == 1
    assert steps.undo().put(turned(10)).redo().now == turned(10)


def test_only_so_many_steps_are_remembered() -> None:
    steps = History(FIRST)
    for number in range(MOST + 10):
        steps = steps.put(turned(number % 2 + 1 + number // 100))
    assert len(steps.past) == MOST
