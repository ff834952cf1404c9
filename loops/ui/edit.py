"""Change the diagram, by hand, in words or in tables; every step can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.ui import choose, look
from loops.ui.editing import (
    compare,
    drafts,
    drawing,
    levertable,
    removing,
    saving,
    sending,
    side,
    steps,
    tables,
    top,
    whole,
)
from loops.ui.editing.drafts import Draft
from loops.ui.text import ASSUMPTIONS

PAGE = "change"
"""The address of this page."""
_BELOW: dict[str, Callable[[Draft], None]] = {
    "Boxes": tables.boxes,
    "Arrows": tables.arrows,
    "What we do": levertable.show,
    "What you changed": steps.show,
    "Title and vision": whole.show,
    "Compare": compare.show,
    "Send to other tools": sending.show,
    "Saved models": removing.show,
}
"""What stands below the diagram: only what is open is drawn."""


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Change the diagram", url_path=PAGE)


def show() -> None:
    """Draw the page: what is changed and its state, the diagram with a card beside it, and tables below."""
    look.begin("Change the diagram")
    shelf = choose.model(*choose.row())
    draft = drafts.of(shelf)
    top.show(draft)
    with st.container():  # comes and goes: the diagram keeps its place on the page, and so the keyboard
        drafts.said()
        saving.said(draft)
    left, right = st.columns([1.9, 1], gap="medium")
    with right:
        side.show(draft, shelf)
    with left:
        drawing.show(draft)
    st.markdown(f"**{ASSUMPTIONS}**")
    tabs = st.tabs(list(_BELOW), key="change:below", on_change="rerun")
    for tab, draw in zip(tabs, _BELOW.values(), strict=True):
        if tab.open:
            with tab:
                draw(draft)
