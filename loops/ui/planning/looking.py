"""What is looked at: the plans set side by side, as curves or in the diagram, as they are or against one."""

from __future__ import annotations

import streamlit as st

from loops.parts import replace
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.planning import history
from loops.ui.planning.board import MOST_COMPARED, MOST_SHOWN, Board, choices, lines
from loops.ui.text import unique

_PICTURES = {False: "Curves", True: "The diagram"}


def picture(shelf: Shelf) -> None:
    """Curves or the diagram."""
    st.segmented_control(
        "Picture",
        list(_PICTURES),
        format_func=_PICTURES.__getitem__,
        required=True,
        label_visibility="collapsed",
        **history.bind(shelf, "diagram"),
    )


def choose(shelf: Shelf, board: Board) -> None:
    """Which plans are set side by side, what is looked at, and against what."""
    beside, boxes, against = st.columns([1.25, 1.25, 1], vertical_alignment="bottom")
    with beside:
        _compare(shelf, board)
    with boxes:
        if board.diagram:
            st.toggle("Show every box", **history.bind(shelf, "everything"))
        else:
            _boxes(shelf)
    with against:
        _against(shelf, board)


def wanted(shelf: Shelf, board: Board) -> list[str]:
    """The boxes to look at: those that were chosen, or the first two."""
    return list(board.shown) or [variable.id for variable in shelf.model.variables][:2]


def _compare(shelf: Shelf, board: Board) -> None:
    every = choices(board, shelf.scenarios)
    st.multiselect(
        f"Compare with (up to {MOST_COMPARED})",
        [key for key in every if key != NOTHING_NEW],
        format_func=lambda key: every[key].title,
        max_selections=MOST_COMPARED,
        placeholder="“If nothing new is done” is always there",
        **history.bind(shelf, "compared"),
    )


def _boxes(shelf: Shelf) -> None:
    labels = unique({variable.id: variable.label for variable in shelf.model.variables})
    st.multiselect(
        f"What to look at (up to {MOST_SHOWN})",
        list(labels),
        format_func=labels.__getitem__,
        max_selections=MOST_SHOWN,
        **history.bind(shelf, "shown"),
    )


def _against(shelf: Shelf, board: Board) -> None:
    titles = {key: one.title for key, one in lines(board, shelf.model, shelf.scenarios).items()}
    tied = history.bind(shelf, "against", lambda board, key: replace(board, against=key or None))
    st.session_state[tied["key"]] = board.against if board.against in titles else ""
    st.selectbox(
        "Show each plan",
        ["", *titles],
        format_func=lambda key: f"against “{titles[key]}”" if key else "as it is",
        **tied,
    )
