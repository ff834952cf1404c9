"""Quick changes of months: on for a while, every other month, a pause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from pydantic import ValidationError

from loops.model import Context, Lever
from loops.scenario import Change, Schedule
from loops.ui.catalogue import Shelf
from loops.ui.planning import history
from loops.ui.planning.board import reschedule
from loops.ui.planning.months import during, every_other, for_a_while

WHILE, OTHER, PAUSE = "On for a while", "Every other month", "Pause"


def lever(shelf: Shelf, node: Lever, plan: Schedule | None) -> None:
    """A row for one quick change of a lever; the months outside stay as they are."""
    key = f"quick:{shelf.key}"
    with _row():
        kind = st.selectbox("Quick change", (WHILE, OTHER, PAUSE), key=key, width=190)
        start, end = _months(shelf, key)
        much = 0.0 if kind == PAUSE else _much(key, "at (%)")
        if kind == OTHER:
            inside: Sequence[Change] = every_other(start, end, much, node.level)
        else:
            inside = for_a_while(start, node.level if kind == PAUSE else much)
        _button("Apply", key, shelf, node, partial(during, node.id, plan, inside, end, node.level))
    _complaint(key)


def event(shelf: Shelf, node: Context, plan: Schedule | None) -> None:
    """A row for something that happens to a circumstance for some months."""
    key = f"event:{shelf.key}"
    with _row():
        start, end = _months(shelf, key)
        inside = for_a_while(start, _much(key, "rises or falls to (%)"))
        _button("Add this event", key, shelf, node, partial(during, node.id, plan, inside, end, node.level))
    _complaint(key)


def _row() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def _months(shelf: Shelf, key: str) -> tuple[int, int]:
    start = st.number_input("from month", 0, shelf.model.horizon, 0, key=f"{key}:start", width=130)
    months = st.number_input("for how many months", 1, shelf.model.horizon, 6, key=f"{key}:months", width=170)
    return start, start + months


def _much(key: str, label: str) -> float:
    return st.number_input(label, 0, 100, 100, step=5, key=f"{key}:much", width=170) / 100


def _button(
    label: str, key: str, shelf: Shelf, node: Lever | Context, make: Callable[[], Schedule | None]
) -> None:
    """A button that puts in the schedule that is made; one that is too long is told beside it."""

    def pressed() -> None:
        try:
            history.put(shelf, reschedule(history.of(shelf).now, shelf.model, node.id, make()))
        except ValidationError:
            st.session_state[f"{key}:problem"] = "That makes too many changes: choose fewer months."

    st.button(label, key=f"{key}:apply", on_click=pressed)


def _complaint(key: str) -> None:
    if problem := st.session_state.pop(f"{key}:problem", ""):
        st.warning(problem)
