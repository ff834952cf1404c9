"""The row above the diagram: undo, redo, what state the draft is in, and a way to drop it."""

from __future__ import annotations

import streamlit as st

from loops.ui import catalogue
from loops.ui.editing import drafts, saving
from loops.ui.editing.drafts import Draft
from loops.ui.text import md


def show(draft: Draft) -> None:
    """Draw the row."""
    done, undone = draft.history.done, draft.history.undone
    with st.container(horizontal=True, vertical_alignment="center", key="change:top"):
        st.button(
            "Undo",
            key="change:undo",
            on_click=drafts.undo,
            args=(draft.key,),
            disabled=not done,
            help=md(f"Takes back: {done[-1].says}") if done else None,
        )
        st.button(
            "Redo",
            key="change:redo",
            on_click=drafts.redo,
            args=(draft.key,),
            disabled=not undone,
            help=md(f"Does again: {undone[-1].says}") if undone else None,
        )
        st.markdown(f"**{state(draft)}**")
        saving.show(draft)
        if draft.begun:
            _close(draft)


def state(draft: Draft) -> str:
    """What state a draft is in.

    >>> from loops.editing.history import History
    >>> from loops.files import read_model
    >>> from loops.library import shipped_models
    >>> state(drafts.Draft("a", "a.toml", History(read_model(shipped_models()["common_purpose"]))))
    'Nothing is changed yet'
    """
    count = draft.unsaved
    if not count and draft.opened is not None:
        return f"Saved as {md(draft.opened.path.name)}"
    if not count:
        return "Nothing is changed" if draft.history.undone else "Nothing is changed yet"
    return f"{count} change{'s' * (count > 1)}, not saved yet"


def _close(draft: Draft) -> None:
    """Drop a draft, after a second look; what it began from is then the open model."""
    with st.popover("Close"):
        left = "All is saved." if not draft.unsaved else "What is not saved is lost."
        st.markdown(f"This draft is closed, and what it began from stays as it was. {left}")
        st.button("Close this draft", key="change:close", on_click=_closed, args=(draft,))


def _closed(draft: Draft) -> None:
    drafts.close(draft.key)
    if draft.begun_from in set(catalogue.keys()):
        st.session_state[catalogue.CHOSEN] = draft.begun_from
