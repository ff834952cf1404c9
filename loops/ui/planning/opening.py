"""Open what a link in the address holds, and make such a link."""

from __future__ import annotations

import streamlit as st

from loops.complaints import BadFile
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.planning import history, share
from loops.ui.planning.board import Board, fit
from loops.ui.planning.share import View
from loops.ui.text import md

PARAMETER = "view"
_TAKEN, _NOTE = "view_taken", "view_note"
_CHANGED = (
    "This view was made with another version of the model. The plan still fits and is open, "
    "but its curves may differ from those that were sent."
)


def take() -> str:
    """Open the view in the address, once, before the page is drawn; return what there is to say about it.

    A link that cannot be opened changes nothing.
    """
    text = st.query_params.get(PARAMETER, "")
    if not text:
        return ""
    if text != st.session_state.get(_TAKEN):
        try:
            note = _open(share.decode(text))
        except ValueError as problem:
            return f"The link in the address could not be opened. {problem}"
        st.session_state[_TAKEN], st.session_state[_NOTE] = text, note
    said: str = st.session_state[_NOTE]
    return said


def _open(view: View) -> str:
    """Show the view; raises :class:`ValueError` with one sentence when it does not fit here."""
    opened = map(_shelf, catalogue.keys())
    shelves = [shelf for shelf in opened if shelf and shelf.model.id == view.board.model]
    if not shelves:
        raise ValueError(f"It belongs to the model “{view.board.model}”: open that model’s file here first.")
    same = [shelf for shelf in shelves if share.digest(shelf.model) == view.digest]
    shelf = (same or shelves)[0]
    try:
        board = fit(view.board, shelf.model, shelf.scenarios)
    except ValueError as problem:
        raise ValueError(f"Its plan does not fit the model as it is now: {problem}.") from None
    history.put(shelf, board)
    st.session_state[catalogue.CHOSEN] = shelf.key
    return "" if same else _CHANGED


def _shelf(key: str) -> Shelf | None:
    try:
        return catalogue.shelf(key)
    except BadFile:
        return None


def button(shelf: Shelf, board: Board) -> None:
    """A button that shows a link to this view, to copy or to keep in the page's own address."""
    popover = st.popover("Copy a link", key=f"link:{shelf.key}", on_change="rerun")
    if not popover.open:
        return
    with popover:
        try:
            text = share.encode(View(digest=share.digest(shelf.model), board=board))
        except ValueError as problem:
            st.warning(md(str(problem)))
            return
        st.markdown(
            "This link opens what you see now: the plan, what it is compared with, the plans you kept "
            "with their titles, and the hours you entered. It holds no notes and nobody's name."
        )
        st.code(f"{st.context.url or ''}?{PARAMETER}={text}", language=None, wrap_lines=True, height=120)
        st.button(
            "Put it in this page's address",
            key=f"address:{shelf.key}",
            on_click=_into_address,
            args=(text,),
            help="Reloading the page then brings this view back.",
        )


def _into_address(text: str) -> None:
    st.session_state[_TAKEN], st.session_state[_NOTE] = text, ""
    st.query_params[PARAMETER] = text
