"""Go to another page from a button or a dropped file: asked for in a page, followed by the app."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

FIRST = ""
"""The address of the page that the app opens with."""
_TO = "going:to"


def to(address: str) -> None:
    """Ask for the page with this address, as its ``url_path`` says it."""
    st.session_state[_TO] = address


def follow(here: StreamlitPage, pages: Sequence[StreamlitPage]) -> None:
    """Go where somebody asked to go, once, if it is not `here`."""
    wanted = st.session_state.pop(_TO, here.url_path)
    if wanted != here.url_path:
        st.switch_page(next(page for page in pages if page.url_path == wanted))
