"""Where a diagram comes in: a file that is dropped, or a link or lines of text that are pasted."""

from __future__ import annotations

import streamlit as st

from loops.complaints import BadFile
from loops.files import MAX_BYTES
from loops.interchange.detect import is_own
from loops.ui import choose, going, saving

_FILE, _TEXT = "bring:file", "bring:text"
_KNOWN = (
    "Files of **Kumu** (JSON, Excel), **Loopy**, **Mental Modeler**, **Vensim** (.mdl), **Stella** and other "
    "XMILE, **GraphML**, **Graphviz** (DOT), and tables (CSV, Excel) with the columns from, to and sign. "
    "What a file is shows in what it holds: its name does not matter."
)
_LINES = "Trust + Working together\nWorking together + Trust\nWorking together - Time left"


def show() -> None:
    """The two ways in, side by side; of what is not right one message, and all stays as it was."""
    dropped, pasted = st.columns(2, gap="large")
    with dropped:
        choose.opener("A diagram from your computer", _FILE, _take, kind=None)
        st.caption(_KNOWN)
    with pasted, st.form("bring:paste", border=False):
        st.text_area(
            "Or paste a link of Loopy’s, or lines of text",
            key=saving.field(_TEXT),
            placeholder=_LINES,
            height=120,
            max_chars=MAX_BYTES,
        )
        st.form_submit_button("Bring it in", on_click=_pasted)
        st.caption(
            "One arrow in each line: `Trust + Working together` says that more of the first leads to more of "
            "the second, \u2212 that it leads to less, ? that nobody knows yet."
        )
    choose.complaint(_FILE)
    saving.complaint(_TEXT)


def _pasted() -> None:
    try:
        _take("Pasted diagram", st.session_state[saving.field(_TEXT)].encode())
    except BadFile as problem:
        saving.complain(_TEXT, str(problem))
    else:
        saving.empty(_TEXT)


def _take(name: str, data: bytes) -> None:
    """A diagram is shown here; a model of this program is opened, and shown where it runs."""
    choose.take(name, data)
    if is_own(data):
        going.to(going.FIRST)
