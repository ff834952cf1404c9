"""Plans kept under a name, to compare with and to start from."""

from __future__ import annotations

import streamlit as st

from loops.ui import history
from loops.ui.board import Board, drop, keep
from loops.ui.catalogue import Shelf
from loops.ui.text import md


def button(shelf: Shelf, board: Board) -> None:
    """A button that keeps the plan as it is now under a name, and shows what is kept."""
    popover = st.popover("Keep this plan", key=f"keep:{shelf.key}", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.markdown("Keep the plan as it is, circumstances included, and compare it with what you try next.")
        st.text_input("Keep this plan as", key=_title(shelf), max_chars=200, placeholder="A name for it")
        st.button("Keep", key=f"keep_it:{shelf.key}", on_click=_keep, args=(shelf,), type="primary")
        if problem := st.session_state.pop(_problem(shelf), ""):
            st.warning(md(problem))
        for plan in board.kept:
            name, remove = st.columns([3, 1], vertical_alignment="center")
            name.markdown(md(plan.title))
            remove.button(
                "Remove",
                key=f"remove:{shelf.key}:{plan.id}",
                on_click=_drop,
                args=(shelf, plan.id),
                help=md(f"Remove “{plan.title}”. “Undo” brings it back."),
            )


def _keep(shelf: Shelf) -> None:
    try:
        history.put(shelf, keep(history.of(shelf).now, shelf.model, st.session_state[_title(shelf)]))
        st.session_state[_title(shelf)] = ""
    except ValueError as problem:
        st.session_state[_problem(shelf)] = str(problem)


def _drop(shelf: Shelf, name: str) -> None:
    history.put(shelf, drop(history.of(shelf).now, name))


def _title(shelf: Shelf) -> str:
    return f"keep_as:{shelf.key}"


def _problem(shelf: Shelf) -> str:
    return f"keep_problem:{shelf.key}"
