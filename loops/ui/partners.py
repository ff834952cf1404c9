"""Partners: who they are, and for each where it is, what is missing, what follows from here, and what did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.store.records import Workspace
from loops.ui import choose, going, look, workspace
from loops.ui.catalogue import Shelf
from loops.ui.partnering import (
    ahead,
    done,
    erasing,
    files,
    fitting,
    happened,
    listing,
    opened,
    rating,
    unsent,
    where,
    who,
)
from loops.ui.partnering.opened import STEP, Opened
from loops.ui.text import ASSUMPTIONS, md

_STYLE = Path(__file__).with_suffix(".css")
_STEPS: dict[str, tuple[str, Callable[[Opened], None]]] = {
    "where": ("Where they are", where.show),
    "rate": ("Rate", rating.show),
    "ahead": ("What if, from here", ahead.show),
    "happened": ("Expected and happened", happened.show),
    "fitting": ("What this tells us", fitting.show),
    "done": ("What was done", done.show),
}
"""The parts of a partner's page by the name under which a button goes to them."""
_ABOUT: dict[str, Callable[[Opened], None]] = {
    "Change who they are": who.change,
    "Take away as a file": files.one,
    "Remove": erasing.show,
}
"""What is done with a partner as a whole; it is read from the store once somebody opens it."""
_HOW = (
    "Keep here where each partner is: a surgery, a council team, a charity, or a workstream of your own. "
    "Those who know it say how far things are, in five words. Out of that comes what is missing, what would "
    "help from there, and later whether it went as you expected."
)
_NO_SPACE = (
    "What you say of partners is kept in a shared space. Start one above, or open the one that you were "
    "given."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Partners", url_path="partners")


def show() -> None:
    """Draw the page: the list, or the partner that is open."""
    look.begin("Partners")
    look.room()
    st.html(_STYLE)
    kept, which, files_ = st.columns([1.5, 1.6, 0.8], vertical_alignment="bottom")
    with kept:
        space = workspace.bar()
        if space is not None:
            with workspace.telling():
                opened.follow(space)
    shelf = choose.model(which, files_.popover("Open a file", width="stretch"))
    if space is None:
        st.markdown(_HOW)
        st.info(_NO_SPACE)
    else:
        with workspace.telling():
            _partners(space, shelf)
    st.markdown(ASSUMPTIONS)


def _partners(space: Workspace, shelf: Shelf) -> None:
    which = opened.find(space, shelf)
    if which is None:
        every = workspace.store().partners(space.token, model=shelf.model.id)
        if not every:
            st.markdown(_HOW)
        listing.show(space, shelf, every)
        if len(every) > 1:
            st.button("How far the workstreams are", on_click=going.to, args=("progress",))
        who.new(space, shelf.model, every)
        listing.removed(space, shelf)
        files.many(space, shelf.model, every)
        return
    _head(which)
    _step(which)


def _head(which: Opened) -> None:
    """The way back to the list, the partner's name, what is known of it, and how to change that."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("All partners", key="partner_back", on_click=opened.close, args=(which.space,))
        for label, draw in _ABOUT.items():
            part = st.popover(label, key=f"partner_about:{label}", on_change="rerun")
            if part.open:
                with part:
                    draw(which)
    st.header(md(which.profile.name), anchor=False)
    if about := listing.about(which.partner):
        st.caption(md(about))


def _step(which: Opened) -> None:
    """The way through the parts, and the one that is chosen."""
    order = list(_STEPS)
    if st.session_state.get(STEP) not in order:
        rates = unsent.PARAMETER in st.query_params  # the page was loaded again in the middle of it
        st.session_state[STEP] = order[0] if which.rated and not rates else "rate"
    name = st.pills(
        "Part",
        order,
        format_func=lambda one: _STEPS[one][0],
        required=True,
        key=STEP,
        label_visibility="collapsed",
        wrap=True,
        persist_state="session",
    )
    words, draw = _STEPS[name or order[0]]
    st.subheader(words, anchor=False)
    draw(which)
