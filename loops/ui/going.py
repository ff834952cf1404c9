"""The way to every page: sections at the top, and going to a page from a button or a dropped file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

FIRST = ""
"""The address of the page that the app opens with."""
_TO = "going:to"
_SCRIPT = f'<script type="module">{Path(__file__).with_suffix(".js").read_text("utf-8")}</script>'


def to(address: str) -> None:
    """Ask for the page with this address, as its ``url_path`` says it."""
    st.session_state[_TO] = address


def chosen(sections: Mapping[str, Sequence[StreamlitPage]]) -> StreamlitPage:
    """The page that is open, once the way to all of them is drawn: by the navigation or by :func:`to`.

    Pages of the section without a name stand at the top; each other section is a menu there.
    """
    st.html(_SCRIPT, unsafe_allow_javascript=True)
    here = st.navigation(sections, position="top")
    wanted = st.session_state.pop(_TO, here.url_path)
    if wanted != here.url_path:
        st.switch_page(next(page for pages in sections.values() for page in pages if page.url_path == wanted))
    return here
