"""Undo and redo: the boards before and after the one that is shown, kept for this reader alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from loops.parts import replace
from loops.ui.catalogue import Shelf, first_choices
from loops.ui.planning.board import Board, fit, fresh

MOST = 200
"""Steps that can be taken back."""


@dataclass(frozen=True)
class History:
    """The board now, those before it (oldest first) and those taken back (the next one first)."""

    now: Board
    past: tuple[Board, ...] = ()
    future: tuple[Board, ...] = ()
    gesture: str = ""
    """What made the last step: further moves of the same gesture belong to it."""

    def put(self, board: Board, gesture: str = "") -> History:
        """One more step, or with the same `gesture` as the last the same step gone further."""
        if board == self.now:
            return self
        if not (gesture and gesture == self.gesture and self.past):
            return History(board, (*self.past, self.now)[-MOST:], (), gesture)
        if board == self.past[-1]:
            return History(board, self.past[:-1])
        return History(board, self.past, (), gesture)

    def rest(self) -> History:
        """The same without a gesture that goes on."""
        return History(self.now, self.past, self.future)

    def undo(self) -> History:
        """One step back, if there is one."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> History:
        """One step forward again, if one was taken back."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])


def of(shelf: Shelf) -> History:
    """The history of an open model in this session; it begins with the page's first choices."""
    key = _key(shelf)
    if key not in st.session_state:
        copied, compared = first_choices(shelf)
        board = fresh(shelf.model, copied, shelf.scenarios[copied], tuple(compared))
        st.session_state[key] = History(board)
    found: History = st.session_state[key]
    return found


def refit(shelf: Shelf) -> bool:
    """Hold the boards against the model and scenarios as their files are now; False if the plan is lost.

    A model's file may be edited while a page is open. Earlier boards that no longer fit cannot be undone to.
    """
    key, now = f"fitted:{shelf.key}", (shelf.model, tuple(shelf.scenarios))
    steps, before = of(shelf), st.session_state.get(key)
    st.session_state[key] = now
    if before is None or before == now:
        return True
    board, past, future = (
        tuple(filter(None, (_fitted(one, shelf) for one in boards)))
        for boards in ((steps.now,), steps.past, steps.future)
    )
    st.session_state.pop(_key(shelf))
    if board:
        st.session_state[_key(shelf)] = History(board[0], past, future)
    return bool(board)


def carry(before: str, after: str) -> None:
    """Go on with the boards of one open model, by key, where another begins that was made from it."""
    for name in ("history", "fitted"):
        if (kept := st.session_state.get(f"{name}:{before}")) is not None:
            st.session_state[f"{name}:{after}"] = kept


def _fitted(board: Board, shelf: Shelf) -> Board | None:
    try:
        return fit(board, shelf.model, shelf.scenarios)
    except ValueError:
        return None


def put(shelf: Shelf, board: Board, gesture: str = "") -> None:
    """Show `board` from now on; one step that can be taken back."""
    st.session_state[_key(shelf)] = of(shelf).put(board, gesture)


def rest(shelf: Shelf) -> None:
    """The gesture under way is over: the next move is a step of its own."""
    st.session_state[_key(shelf)] = of(shelf).rest()


def undo(shelf: Shelf) -> None:
    """Take the last step back."""
    st.session_state[_key(shelf)] = of(shelf).undo()


def redo(shelf: Shelf) -> None:
    """Take the step that was taken back again."""
    st.session_state[_key(shelf)] = of(shelf).redo()


def bind(shelf: Shelf, name: str, change: Callable[[Board, Any], Board] | None = None) -> dict[str, Any]:
    """What ties a widget to the field `name` of the board: its key, where it stands and what a move does.

    A move replaces the field, or makes whatever `change` makes of the board and what the reader chose.
    """
    key, value = f"{name}:{shelf.key}", getattr(of(shelf).now, name)
    st.session_state[key] = list(value) if isinstance(value, tuple) else value

    def moved() -> None:
        board, chosen = of(shelf).now, st.session_state[key]
        put(shelf, change(board, chosen) if change else replace(board, **{name: chosen}))

    return {"key": key, "on_change": moved}


def _key(shelf: Shelf) -> str:
    return f"history:{shelf.key}"
