"""Your diagram: bring one in that was drawn elsewhere, see what it did not say, mend it, and run it."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.merge import fresh
from loops.ui import choose, edit, look
from loops.ui.bringing import arrows, inlet, kept, kinds, notes, picture, words
from loops.ui.bringing.brought import Brought
from loops.ui.text import ASSUMPTIONS, md, unique

INVITATION = (
    "A diagram that you have drawn elsewhere runs here. What its file does not say is assumed, the same for "
    "all, and told: nothing has to be filled in first."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Your diagram", url_path=kept.PAGE)


def show() -> None:
    """Draw the page: the ways in, what came in, and what can be done with it."""
    look.begin("Your diagram")
    st.markdown(f"**{ASSUMPTIONS}** {INVITATION}")
    every = kept.every()
    if not every:
        inlet.show()
        return
    with st.expander("Bring in another diagram"):
        inlet.show()
    key = next(reversed(every))
    if len(every) > 1:
        titles = unique({name: f"{one.model.title} ({one.file})" for name, one in every.items()})
        key = choose.one("Which diagram", titles, kept.OPEN, key)
    _diagram(key, every[key])


def _diagram(key: str, brought: Brought) -> None:
    model = brought.model
    st.subheader(md(model.title), anchor=False)
    with picture.patience(brought, "Its loops are counted."):
        about = words.about(brought)
    st.markdown(md(about))
    with st.container(horizontal=True):
        st.button("Use it", key=f"bring:use:{key}", type="primary", on_click=kept.use, args=(key,))
        st.button("Change it", key=f"bring:change:{key}", on_click=kept.use, args=(key, edit.PAGE))
        st.download_button(
            "Save as a model file",
            data=lambda: fresh(model),
            file_name=f"{model.id}.toml",
            mime="application/toml",
            on_click="ignore",
            help="It can be opened here again, or sent to somebody else.",
        )
    kept.said()
    left, right = st.columns([1.7, 1], gap="large")
    with right, st.container(key="notes"):
        st.subheader("What the file did not say", anchor=False)
        notes.done(key, brought)
        notes.show(key, brought)
        notes.told(brought)
    with left:
        picture.show(key, brought)
        arrows.show(model)
    st.subheader("What each box is", anchor=False)
    kinds.show(key, brought)
