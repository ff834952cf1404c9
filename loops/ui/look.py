"""How every page begins: style sheet, shared space, title; and the colours for the reader's screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from loops.draw.palette import DARK, LIGHT, Palette
from loops.ui import workspace

_STYLE, _ROOM = (Path(__file__).with_name(name) for name in ("page.css", "room.css"))


def begin(title: str) -> None:
    """Put the style sheet and the title at the top of a page, and keep its shared space in the address.

    The browser's tab carries the title too, so that open pages can be told apart.
    """
    st.set_page_config(page_title=f"{title} – Living loops")
    workspace.current()
    st.html(_STYLE)
    st.title(title, anchor=False)


def room() -> None:
    """Large type and large buttons, for what is read by a room of people or pressed with a thumb."""
    st.html(_ROOM)


def palette() -> Palette:
    """The colours for the screen as this reader has it."""
    return DARK if st.context.theme.type == "dark" else LIGHT
