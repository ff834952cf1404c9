"""Fields that are empty once their words are saved, and what went wrong while a button was saving."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from loops.store import StoreProblem
from loops.ui.text import md


@contextmanager
def noting(place: str = "page") -> Iterator[None]:
    """For what a button does, which comes before the page is drawn: a problem ends the block, not the page.

    What was typed stays in its field, for the lines behind the one that saves are not reached.
    """
    try:
        yield
    except StoreProblem as problem:
        complain(place, str(problem))


def complain(place: str, says: str) -> None:
    """Keep what went wrong for a button of this place until the page is drawn."""
    st.session_state[_problem(place)] = says


def complaint(place: str = "page") -> None:
    """Say, once, what went wrong for a button of this place."""
    if problem := st.session_state.pop(_problem(place), ""):
        st.warning(md(problem))


def field(name: str) -> str:
    """The key of a field that :func:`empty` makes a new one of.

    Telling a field that it is empty now can reach the browser too late, or not at all, when the page runs
    again at once; a field of another key cannot still hold what was saved.
    """
    return f"{name}:{st.session_state.get(_turn(name), 0)}"


def empty(name: str) -> None:
    """What is in the field has been saved."""
    st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1


def _turn(name: str) -> str:
    return f"turn:{name}"


def _problem(place: str) -> str:
    return f"problem:{place}"
