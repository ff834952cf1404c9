"""What somebody sees who joins a workshop on a phone: the question and three large buttons."""

from __future__ import annotations

import io
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

from loops.complaints import BadFile
from loops.store.records import Workspace
from loops.ui import catalogue, look, saving, workspace
from loops.ui.catalogue import Shelf
from loops.ui.room import said, votes, writing

_JOIN = "join"
_ABOUT = "phone_part"
_NO_LINK = "This page needs the link of the workshop. Ask the person who leads it, and open it again."
_ALONE = (
    "The app runs on this computer for itself, so {others} cannot open this link. To let {others} in, start "
    "it with: `streamlit run app.py --server.address 0.0.0.0 --browser.serverAddress "
    "<this computer's address>`, and open it there by that address."
)


def joined() -> bool:
    """Whether the address is the one that is given to the room."""
    return _JOIN in st.query_params


def link(space: Workspace, **more: str) -> str:
    """The address for the room: it opens the space, and this page in it."""
    scheme, host, path, _, _ = urlsplit(st.context.url or "")
    return urlunsplit((scheme, host, path, urlencode({"workspace": space.token, _JOIN: "1", **more}), ""))


def invite(address: str, says: str, *, others: str = "phones") -> None:
    """The address for the room as a link and as a square, or how to make it one that opens elsewhere."""
    with st.popover(f"Link for {others}"):
        if workspace.alone(address):
            st.info(_ALONE.format(others=others))
            return
        st.markdown(says)
        st.image(square(address), width=280, alt="The link as a square for cameras (QR code)")
        st.code(address, language=None, wrap_lines=True)


def arrived(title: str, no_link: str) -> Workspace | None:
    """Begin the page as the room sees it; the space that its link opens, or else what is wrong is said."""
    look.begin(title)
    look.room()
    space = workspace.current()
    if space is None and not workspace.complaint():
        st.info(no_link)
    return space


def square(address: str) -> bytes:
    """The address as a QR code (a PNG, black on white with its quiet zone), for a phone to point at."""
    out = io.BytesIO()
    segno.make_qr(address).save(out, kind="png", scale=8)
    return out.getvalue()


def show() -> None:
    """Draw the page."""
    space = arrived("Workshop", _NO_LINK)
    if space is None:
        return
    _vote(space)
    writes = st.expander("Write something onto the diagram", key="phone_write", on_change=_afresh)
    with writes, workspace.telling():
        _write(space)
        saving.complaint(writing.PLACE)


@st.fragment(run_every=writing.EVERY)
def _vote(space: Workspace) -> None:
    """The question as soon as there is one, and the counts as soon as the vote has ended."""
    with workspace.telling():
        now = votes.poll(space)
        shown = now.going_on or now.ended
        shelf = opened_as(shown.model) if shown else None
        if shown is None:
            st.html(
                '<p class="asks">There is nothing to vote on yet. The question comes up here by itself.</p>'
            )
        elif shelf is None or shown.link not in votes.links(shelf.model):
            st.info("The vote is on a diagram that is not open here. Open its file on the full page first.")
        elif now.going_on:
            st.html(votes.asks(shelf.model, shown.link))
            votes.ballot(space, shown)
            st.caption(votes.waiting(now))
        else:
            st.html(votes.asks(shelf.model, shown.link))
            st.markdown(f"**The vote has ended.** {votes.result(now.counts.get(shown.link))}")
            st.caption("The next question comes up here by itself.")


def _afresh() -> None:
    """Whoever opens the fields finds the arrow that is voted on now; what they chose while writing stays."""
    st.session_state.pop(_ABOUT, None)


def _write(space: Workspace) -> None:
    now = votes.poll(space)
    vote = now.going_on or now.ended
    model = ((opened_as(vote.model) if vote else None) or catalogue.shelf(catalogue.keys()[0])).model
    titles = said.parts(model)
    first = f"link:{vote.link}" if vote else next(iter(titles))
    if st.session_state.get(_ABOUT) not in titles:
        st.session_state[_ABOUT] = first if first in titles else next(iter(titles))
    part = st.selectbox("What it is about", list(titles), format_func=titles.__getitem__, key=_ABOUT)
    writing.form(space, model, part)


def opened_as(wanted: str) -> Shelf | None:
    """The open model of that id, if there is one: the chosen one before others, such as its own draft."""
    chosen = st.session_state.get(catalogue.CHOSEN)
    keys = sorted(catalogue.keys(), key=lambda key: key != chosen)
    return next((one for one in map(_opened, keys) if one and one.model.id == wanted), None)


def _opened(key: str) -> Shelf | None:
    try:
        return catalogue.shelf(key)
    except BadFile:
        return None
