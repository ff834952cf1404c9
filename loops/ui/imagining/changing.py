"""Change or take out what a table wrote: every version stays in the store, and nobody's words are lost."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.store.bounds import TEXT
from loops.store.records import Idea, Workspace
from loops.ui import choose, saving, taken, workspace
from loops.ui.text import unique

PLACE = "utopia_changing"
_PICKED, _TAKEN_OUT = "utopia_idea", "utopia_taken_out"
_BOTH = "Somebody else changed these words at the same time. Both are kept, one beside the other."


def show(space: Workspace, ideas: Sequence[Idea]) -> None:
    """Choose one of these ideas, and change it or take it out."""
    known = {idea.id: idea for idea in reversed(ideas)}
    with st.expander("Change or take out what was written"):
        titles = unique({number: idea.text[:90] for number, idea in known.items()})
        number = choose.if_any("Which idea", titles, _PICKED)
        if number is not None:
            _fields(space, known[number])
        taken.way_back(space, _out(space), PLACE)
        saving.complaint(PLACE)


def _fields(space: Workspace, idea: Idea) -> None:
    key = f"utopia_edit:{idea.id}:{idea.version}"
    st.text_area("How it should read", idea.text, key=key, max_chars=TEXT, persist_state="session")
    with st.container(horizontal=True):
        st.button("Keep the change", on_click=_change, args=(space, idea, key))
        st.button("Take it out", on_click=taken.take_out, args=(space, idea, _out(space), PLACE))


def _change(space: Workspace, idea: Idea, key: str) -> None:
    with saving.noting(PLACE):
        kept = workspace.store().edit_idea(
            space.token, idea.id, version=idea.version, text=st.session_state[key] or ""
        )
        if kept.beside is not None:
            saving.complain(PLACE, _BOTH)
        st.session_state[_PICKED] = None


def _out(space: Workspace) -> str:
    return f"{_TAKEN_OUT}:{space.token}"
