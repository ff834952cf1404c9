"""Utopia: imagine a place at its best at several tables, make one list, see what it takes, and commit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.ui import choose, look, workspace
from loops.ui.imagining import committing, imagined, onelist, sitting, table, taking
from loops.ui.imagining.sitting import Sitting
from loops.ui.room import phone
from loops.ui.text import ASSUMPTIONS

_STYLE = Path(__file__).with_name("influence.css")
_STEP = "utopia_step"
_STEPS: dict[str, tuple[str, Callable[[Sitting], None]]] = {
    "1": ("What could be done", imagined.could_be_done),
    "2": ("See, hear, feel", imagined.see_hear_feel),
    "3": ("One list", onelist.show),
    "4": ("What it takes", taking.show),
    "5": ("We commit", committing.show),
}
"""The steps in the order of the seed: the influencer matrix first, to the shopping list and the charter."""
_NO_SPACE = (
    "What the tables write is kept in a shared space. Start one above, or open the one that you were given."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Utopia", url_path="utopia")


def show() -> None:
    """Draw the page, or what a table sees that joins with its own device."""
    if phone.joined():
        table.show()
        return
    look.begin("Utopia")
    look.room()
    st.html(_STYLE)
    kept, which, files = st.columns([1.5, 1.6, 0.8], vertical_alignment="bottom")
    with kept:
        space = workspace.bar()
    shelf = choose.model(which, files.popover("Open a file", width="stretch"))
    if space is None:
        st.markdown(sitting.HOW)
        st.info(_NO_SPACE)
    else:
        with workspace.telling():
            if (chosen := sitting.chosen(space, shelf)) is not None:
                _step(chosen)
    st.markdown(ASSUMPTIONS)


def _step(chosen: Sitting) -> None:
    """The way through the steps, and the one that the room is at."""
    order = list(_STEPS)
    st.session_state.setdefault(_STEP, order[0])
    with st.container(horizontal=True, vertical_alignment="center", key="utopia_steps"):
        number = st.pills(
            "Step",
            order,
            format_func=lambda one: f"{one}  {_STEPS[one][0]}",
            required=True,
            key=_STEP,
            label_visibility="collapsed",
            wrap=True,
            persist_state="session",
        )
        table.invite(chosen.space, chosen.utopia)
    place = order.index(number or order[0])
    words, draw = _STEPS[order[place]]
    st.header(f"{order[place]}. {words}", anchor=False)
    draw(chosen)
    with st.container(horizontal=True, key="utopia_way"):
        for label, there in (("Back", place - 1), ("Next", place + 1)):
            if 0 <= there < len(order):
                goes = order[there]
                st.button(f"{label}: {_STEPS[goes][0]}", key=f"utopia_{label}", on_click=partial(_go, goes))


def _go(number: str) -> None:
    st.session_state[_STEP] = number
