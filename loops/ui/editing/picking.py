"""Which box, arrow or loop is picked to be changed: in the drawing, on a card, or from a list."""

from __future__ import annotations

import streamlit as st

from loops.editing.pieces import is_there
from loops.model import Model
from loops.ui.components.canvas import Picked
from loops.ui.reading.names import part_names
from loops.ui.text import unique

_PICKED = "change:picked"


def pick(part: Picked | None) -> None:
    """Have a part picked from now on, or none; for what buttons and gestures do."""
    st.session_state[_PICKED] = part.part if part else None


def picked(model: Model) -> Picked | None:
    """What is picked, if it is still there."""
    part = st.session_state.get(_PICKED)
    return Picked.of(part) if part and is_there(model, part) else None


def find(model: Model) -> Picked | None:
    """A list of all that can be picked, for those who would rather read than point."""
    names = unique(part_names(model))
    now = st.session_state.get(_PICKED)
    st.session_state[_PICKED] = now if now in names else None
    part = st.selectbox(
        "Find a box, an arrow or a loop",
        list(names),
        format_func=names.__getitem__,
        key=_PICKED,
        placeholder="Pick one here or in the diagram",
        persist_state="session",
    )
    return Picked.of(part) if part else None
