"""Write onto the diagram what a room says, read what others write while they write it, and change it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loops.model import Model
from loops.store.bounds import LABEL, TEXT
from loops.store.records import Note, Workspace
from loops.ui import saving, taken, workspace
from loops.ui.room import said
from loops.ui.text import md

PLACE = "writing"
EVERY = 2.0
"""Seconds after which other people's words are looked for."""
_ON_SHOW = 40
_EDITING, _TAKEN_OUT, _TOLD = "editing", "taken_out", "writing_told"
_BOTH = "Somebody else changed these words at the same time. Both are kept, one beside the other."


def on_the_diagram(space: Workspace, model: Model) -> tuple[Note, ...]:
    """What was said about the boxes, arrows and loops of a model."""
    notes = workspace.store().notes(space.token, model=model.id)
    return tuple(note for note in notes if not note.element.startswith("decision:"))


def form(space: Workspace, model: Model, part: str) -> None:
    """Fields for what somebody says about a part, as whom; or for changing what was said."""
    if changing(space, model, part):
        return
    called, draft = said.roles(model), f"draft:{model.id}:{part}"
    st.subheader(md(said.parts(model)[part]), anchor=False)
    if st.session_state.get("role") not in (None, *called):
        st.session_state["role"] = None
    st.pills(
        "Who is speaking? Choose, or it is kept as somebody else.",
        list(called),
        format_func=lambda role: md(called[role]),
        key="role",
        wrap=True,
        persist_state="session",
    )
    st.text_area(
        "What do they say?", key=saving.field(draft), max_chars=TEXT, height=110, persist_state="session"
    )
    st.text_input(
        "Name (may stay empty; it leaves this space only when ticked)",
        key="name",
        max_chars=LABEL,
        persist_state="session",
    )
    st.button("Put it on the diagram", type="primary", on_click=_add, args=(space, model.id, part, draft))
    taken.way_back(space, _key(_TAKEN_OUT, space, model.id), PLACE)


def changing(space: Workspace, model: Model, part: str) -> bool:
    """The fields for changing a note on a part, where that is what somebody here is doing."""
    if told := st.session_state.pop(_TOLD, ""):
        st.info(told)
    note: Note | None = st.session_state.get(_key(_EDITING, space, model.id))
    if note is None or note.element != part:
        return False
    _edit(space, model.id, note)
    return True


def _edit(space: Workspace, model: str, note: Note) -> None:
    key = f"edit:{note.id}:{note.version}"
    st.text_area(
        "Change what was said", note.text, key=key, max_chars=TEXT, height=110, persist_state="session"
    )
    with st.container(horizontal=True):
        st.button("Keep the change", type="primary", on_click=_change, args=(space, model, note, key))
        st.button("Leave it as it was", on_click=_leave, args=(space, model, key))
        st.button("Take it out", on_click=_take_out, args=(space, model, note, key))
    if note.version > 1:
        with st.expander("What it said before"), workspace.telling():
            for earlier in workspace.store().note_history(space.token, note.id)[:-1]:
                st.html(_words(earlier.text))


def heard(space: Workspace, model: Model, part: str | None) -> None:
    """What was said about a part, or about anything, the newest first; call it in a fragment that repeats."""
    with workspace.telling():
        if part is None:
            notes = on_the_diagram(space, model)
        else:
            notes = workspace.store().notes(space.token, model=model.id, element=part)
        if not notes:
            st.caption("Nothing has been written down yet.")
        titles = said.parts(model) if part is None else {}
        for note in _order(notes)[:_ON_SHOW]:
            _entry(space, model, note, titles.get(note.element, ""), may_change=part is not None)
        if len(notes) > _ON_SHOW:
            st.caption(f"And {len(notes) - _ON_SHOW} more: they are in the files below.")


def _order(notes: Sequence[Note]) -> list[Note]:
    """The newest first, and words that were written at the same time as others beside those."""
    return sorted(notes, key=lambda note: (note.beside or note.id, note.id), reverse=True)


def _entry(space: Workspace, model: Model, note: Note, where: str, *, may_change: bool) -> None:
    called = said.roles(model)
    role = called.get(note.role, called[said.ELSE]) if note.role else ""
    who = ", ".join(filter(None, (role, note.author)))
    more = " (beside words that were changed at the same time)" if note.beside else ""
    more += f" (changed {note.version - 1}×)" if note.version > 1 else ""
    head = f'<div class="where">{escape(where)}</div>' if where else ""
    with st.container(key=f"note:{note.id}", gap=None):
        st.html(
            f'<div class="said">{head}{_words(note.text)}<div class="who">{escape(who + more)}</div></div>'
        )
        if may_change and st.button("Change", key=f"change:{note.id}", type="tertiary"):
            st.session_state[_key(_EDITING, space, model.id)] = note
            st.rerun()


def _words(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _add(space: Workspace, model: str, part: str, draft: str) -> None:
    with saving.noting(PLACE):
        workspace.store().add_note(
            space.token,
            model=model,
            element=part,
            text=st.session_state[saving.field(draft)] or "",
            role=st.session_state["role"] or said.ELSE,
            author=st.session_state["name"] or "",
        )
        saving.empty(draft)
        st.toast("Your words are on the diagram.")


def _change(space: Workspace, model: str, note: Note, key: str) -> None:
    with saving.noting(PLACE):
        kept = workspace.store().edit_note(
            space.token, note.id, version=note.version, text=st.session_state[key] or "", author=note.author
        )
        if kept.beside is not None:
            st.session_state[_TOLD] = _BOTH
        _leave(space, model, key)


def _leave(space: Workspace, model: str, key: str) -> None:
    st.session_state.pop(_key(_EDITING, space, model), None)
    st.session_state.pop(key, None)


def _take_out(space: Workspace, model: str, note: Note, key: str) -> None:
    with saving.noting(PLACE):
        taken.remove(space, note, _key(_TAKEN_OUT, space, model))
        _leave(space, model, key)


def _key(name: str, space: Workspace, model: str) -> str:
    """What is under way in one space on one model is not shown in another."""
    return f"{name}:{space.token}:{model}"
