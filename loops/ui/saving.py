"""What went wrong while a button was saving: kept for the place on the page where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from loops.store import StoreProblem
from loops.ui.text import md

_PROBLEM = "saving_problem"


@contextmanager
def noting() -> Iterator[None]:
    """For what a button does, which comes before the page is drawn: a problem ends the block, not the page.

    What was typed stays in its field, for the lines behind the one that saves are not reached.
    """
    try:
        yield
    except StoreProblem as problem:
        st.session_state[_PROBLEM] = str(problem)


def complaint() -> None:
    """Say it, once."""
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.warning(md(problem))
