"""Progress: how far each workstream of the programme is along the path, and what is most often missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw import programme
from loops.partners.history import FIRST_DAY
from loops.store.records import Workspace
from loops.ui import choose, going, look, workspace
from loops.ui.catalogue import Shelf
from loops.ui.partnering import listing
from loops.ui.progressing import cards, takeaway
from loops.ui.progressing.known import Question, counted
from loops.ui.text import ASSUMPTIONS, md

INVITATION = (
    "How far are the workstreams of the programme, and what is most often missing? This is for sharing what "
    "was learnt, not for comparing: it stands in the order of names, and no partner is named."
)
_STYLE = Path(__file__).with_suffix(".css")
_NO_SPACE = (
    "What is said of partners is kept in a shared space. Start one above, or open the one you were given."
)
_NOBODY = "No partner has been added yet in the words of this model."
_SHOWN = {"us": "For us", "partners": "For partners: nobody can be told apart"}
_A_WHILE = timedelta(days=91)
"""How long ago the day is that is compared with, until somebody chooses one."""


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Progress", url_path="progress")


def show() -> None:
    """Draw the page: all workstreams together, then each by itself."""
    look.begin("Progress")
    look.room()
    st.html(_STYLE)
    kept, which, files = st.columns([1.5, 1.6, 0.8], vertical_alignment="bottom")
    with kept:
        space = workspace.bar()
    shelf = choose.model(which, files.popover("Open a file", width="stretch"))
    st.markdown(INVITATION)
    if space is None:
        st.info(_NO_SPACE)
    else:
        with workspace.telling():
            _progress(_asked(space, shelf))
    st.markdown(ASSUMPTIONS)


def _progress(question: Question) -> None:
    """What is counted by what was chosen, and the files of it."""
    found, model = counted(question), question.shelf.model
    if not found.partners:
        st.info(_NOBODY)
        st.button("Add partners", on_click=going.to, args=("partners",))
    listing.elsewhere(question.space, question.shelf)
    if found.partners and question.anonymous:
        st.markdown(md(programme.HIDDEN if found.streams else programme.TOO_FEW))
    if found.streams:
        cards.show(model, found)
        cards.figures(model, found)
        takeaway.show(question)
        st.caption(md(programme.HOW))


def _asked(space: Workspace, shelf: Shelf) -> Question:
    """The day that is compared with, and who reads it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input(
            "Compare with",
            date.today() - _A_WHILE,
            FIRST_DAY,
            "today",
            key=f"progress_since:{space.token}",
            format="DD/MM/YYYY",
            persist_state="session",
            width=180,
        )
        shown = st.pills(
            "Shown",
            list(_SHOWN),
            format_func=_SHOWN.__getitem__,
            default="us",
            required=True,
            key="progress_shown",
            persist_state="session",
        )
    return Question(space, shelf, since, anonymous=shown == "partners")
