"""What becomes of a plan that was found: it goes onto "What if", among the kept plans, or into a file."""

from __future__ import annotations

import streamlit as st

from loops.merge import fresh
from loops.parts import replace
from loops.scenario import Scenario
from loops.store import StoreProblem
from loops.ui import going, saving, workspace
from loops.ui.backcasting.asking import Goal
from loops.ui.catalogue import Shelf
from loops.ui.planning import history, snapshots
from loops.ui.planning.board import Board, add, copy

_PLACE = "goal"


def buttons(goal: Goal, plan: Scenario) -> None:
    """A row of buttons for the plan."""
    with st.container(horizontal=True):
        st.button(
            "Put it on “What if”",
            key="goal:put",
            on_click=_put,
            args=(goal, plan),
            help="There you can move its levers and see what follows. “Undo” brings back what stood there.",
        )
        st.button(
            "Keep it",
            key="goal:keep",
            on_click=_keep,
            args=(goal, plan),
            help="To choose and compare it on other pages; in a shared space for good.",
        )
        st.download_button(
            "Save as a file",
            data=lambda: fresh(plan),
            file_name="plan.toml",
            mime="application/toml",
            on_click="ignore",
            help="It can be opened on “What if”, or sent to somebody else.",
        )
    saving.complaint(_PLACE)


def kept(board: Board, plan: Scenario) -> tuple[Board, str]:
    """The board with the plan among its kept ones, and its key there: a plan is not kept twice.

    Raises :class:`ValueError` with one sentence when too many are kept.
    """
    same = (f"kept/{one.id}" for one in board.kept if replace(one, id=plan.id) == plan)
    if key := next(same, ""):
        return board, key
    board = add(board, plan)
    return board, f"kept/{board.kept[-1].id}"


def put(shelf: Shelf, plan: Scenario) -> None:
    """Go to "What if" with a copy of the plan, which is kept: one step that can be taken back.

    Raises :class:`loops.store.StoreProblem` when too many are kept.
    """
    before = history.of(shelf).now
    board, key = _kept(before, plan)
    board = replace(board, compared=before.compared)
    history.put(shelf, copy(board, shelf.model, key, plan))
    going.to(going.FIRST)


def _put(goal: Goal, plan: Scenario) -> None:
    with saving.noting(_PLACE):
        put(goal.shelf, plan)


def _keep(goal: Goal, plan: Scenario) -> None:
    """The plan among those that are kept, in a shared space for everybody."""
    with saving.noting(_PLACE):
        before = history.of(goal.shelf).now
        board, _ = _kept(before, plan)
        if board != before and (space := workspace.current()):
            snapshots.save(space, plan)
        history.put(goal.shelf, board)
        st.toast("It is kept: choose it wherever there is a plan to choose.")


def _kept(board: Board, plan: Scenario) -> tuple[Board, str]:
    try:
        return kept(board, plan)
    except ValueError as problem:
        raise StoreProblem(str(problem)) from None
