"""Workshop: talk a part of the diagram through, write onto it what the room says, and vote on its arrows."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw.diagram import View, draw
from loops.model import Model
from loops.store.records import Workspace
from loops.ui import choose, look, saving, workspace
from loops.ui.catalogue import Shelf
from loops.ui.components import canvas
from loops.ui.components.canvas import Picked
from loops.ui.diagram import shown_with
from loops.ui.room import phone, said, takeaway, votes, writing
from loops.ui.text import ASSUMPTIONS

_PICKED = "workshop_picked"
_NO_SPACE = (
    "To write down what people say and to vote, start a shared space above. "
    "Without one this page still shows the questions to ask."
)
_PHONES = (
    "Point a phone at the square, or open the link: it shows the question that is voted on, "
    "with three large buttons, and a place to write onto the diagram."
)
_HOW = (
    "Pick a box, an arrow or a loop in the diagram. Its questions show here in large type. "
    "Write down what each person says, in their role. On an arrow you can also vote."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Workshop", url_path="workshop")


def show() -> None:
    """Draw the page, or what those see who join with a phone."""
    if phone.joined():
        phone.show()
        return
    look.begin("Workshop")
    look.room()
    kept, which, files = st.columns([1.5, 1.6, 0.8], vertical_alignment="bottom")
    with kept:
        space = workspace.bar()
    shelf = choose.model(which, files.popover("Open a file", width="stretch"))
    left, right = st.columns([1.5, 1], gap="medium")
    with right:
        part = _find(shelf)
        _talk(space, shelf.model, part)
    with left:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.toggle("Show everything", key="everything", persist_state="session")
            if space:
                phone.invite(phone.link(space), _PHONES)
        st.fragment(_picture, run_every=writing.EVERY if space else None)(space, shelf)
    if space:
        _notes(space, shelf.model, part)
        takeaway.show(space, shelf)
    st.markdown(ASSUMPTIONS)


def _find(shelf: Shelf) -> str | None:
    """The part that is talked about, picked in the diagram or in this list."""
    titles, part = said.parts(shelf.model), _talked(shelf)
    key = saving.field(f"find:{shelf.key}")

    def chosen() -> None:
        _talk_about(shelf, st.session_state[key])

    found: str | None = st.selectbox(
        "What we talk about",
        list(titles),
        index=list(titles).index(part) if part else None,
        format_func=titles.__getitem__,
        key=key,
        placeholder="Pick a box, an arrow or a loop",
        on_change=chosen,
    )
    return found


def _key(shelf: Shelf) -> str:
    return f"talked:{shelf.key}"


def _talk_about(shelf: Shelf, part: str | None) -> None:
    st.session_state[_key(shelf)] = part
    st.session_state.pop(_voted(shelf.model), None)


def _voted(model: Model) -> str:
    """Where it is kept which arrow the room was asked about since a part was picked."""
    return f"voted:{model.id}"


def _talked(shelf: Shelf) -> str | None:
    found: str | None = st.session_state.get(_key(shelf))
    return found if found in said.parts(shelf.model) else None


def _picture(space: Workspace | None, shelf: Shelf) -> None:
    """The diagram with what was said and how votes went on it, drawn again when there is more."""
    model, part = shelf.model, _talked(shelf)
    picked = Picked.of(part) if part else None
    everything = st.session_state.get("everything", False) or not model.core
    shown = shown_with(model, everything, picked)
    marks: dict[str, str] = {}
    if space:
        with workspace.telling():
            notes = writing.on_the_diagram(space, model)
            marks = said.marks(notes, votes.poll(space, model.id).counts)
    canvas.show(
        draw(model, look.palette(), View(shown=shown, short=not everything, marks=marks)),
        key="workshop_canvas",
        chosen=picked,
        on_pick=lambda found: _pick(shelf, found),
        file_name=f"{model.id}_workshop",
        height="60vh",
    )
    if st.session_state.pop(_PICKED, False):
        st.rerun()


def _pick(shelf: Shelf, found: Picked | None) -> None:
    """Talk about what was picked in the diagram.

    The list becomes a new one: what the browser says of the old one may have been sent before the pick.
    """
    _talk_about(shelf, found.part if found else None)
    saving.empty(f"find:{shelf.key}")
    st.session_state[_PICKED] = True


def _talk(space: Workspace | None, model: Model, part: str | None) -> None:
    """The vote that goes on, or the questions about a part, large."""
    link = part.removeprefix("link:") if part and part.startswith("link:") else None
    vote = None
    if space:
        with workspace.telling():
            vote = votes.poll(space, model.id).going_on
            _voting(space, model, link, vote.id if vote else None)
    if part is None:
        st.markdown(_HOW)
    elif not (vote and vote.link == link):
        asked = "".join(f"<li>{escape(prompt)}</li>" for prompt in said.prompts(model, part))
        title, about = escape(said.parts(model)[part]), escape(said.about(model, part))
        st.html(f'<div class="part"><h2>{title}</h2><p>{about}</p><ul>{asked}</ul></div>')
    if space is None:
        st.info(_NO_SPACE)
    elif link and not vote:
        votes.opener(space, model, link)


@st.fragment(run_every=writing.EVERY)
def _voting(space: Workspace, model: Model, link: str | None, seen: int | None) -> None:
    """The vote that goes on, wherever it is; then its counts, until another part is picked."""
    with workspace.telling():
        now = votes.poll(space, model.id)
        if (now.going_on.id if now.going_on else None) != seen:
            st.rerun()
        if now.going_on and now.going_on.link in votes.links(model):
            st.session_state[_voted(model)] = now.going_on.link
            with st.container(border=True):
                st.html(votes.asks(model, now.going_on.link))
                votes.lead(space, now)
            return
        over = st.session_state.get(_voted(model), link)
        voted_on = {*now.counts, *([now.ended.link] if now.ended else [])}
        if over in voted_on.intersection(votes.links(model)):
            with st.container(border=True):
                st.html(votes.outcome(model, over, now.counts.get(over)))


def _notes(space: Workspace, model: Model, part: str | None) -> None:
    """What people say about the part: to write, and to read as it comes in."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        if part:
            with workspace.telling():
                writing.form(space, model, part)
        saving.complaint(writing.PLACE)
    with right if part else left:
        _heard(space, model, part)


@st.fragment(run_every=writing.EVERY)
def _heard(space: Workspace, model: Model, part: str | None) -> None:
    """What was said, by whomever, as it comes in."""
    st.subheader("What was said" if part else "What was said last", anchor=False)
    writing.heard(space, model, part)
