"""The diagram: first the few boxes that matter most, then everything; a loop to read; and every arrow as a table."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.ui import choose, look


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="The diagram", url_path="diagram")


def show() -> None:
    """Draw the page."""
    look.begin("The diagram")
    choose.model()
