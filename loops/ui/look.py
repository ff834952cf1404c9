"""How every page begins: the style sheet and the title; and the colours for the reader's screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from loops.draw.palette import DARK, LIGHT, Palette

_STYLE = Path(__file__).with_name("page.css")


def begin(title: str) -> None:
    """Put the style sheet and the title at the top of a page."""
    st.html(_STYLE)
    st.title(title, anchor=False)


def palette() -> Palette:
    """The colours for the screen as this reader has it."""
    return DARK if st.context.theme.type == "dark" else LIGHT
