"""The decision record that a meeting ends with: written, kept where there is a shared space, and as files."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from loops.draw.document import Decided
from loops.model import Model
from loops.store.bounds import LABEL, TEXT
from loops.store.records import Workspace
from loops.ui import saving, workspace
from loops.ui.room import minutes

_FIELDS = {
    "what": "What will we do?",
    "who": "Who does it?",
    "by_when": "By when?",
    "expect": "What do we expect to see?",
    "would_change_mind": "What would change our mind?",
}
_ROWS = {
    "who": "Who",
    "by_when": "By when",
    "expect": "We expected to see",
    "would_change_mind": "What would change our mind",
}
PLACE = "decision"
_HERE = "decided_here"
"""Decisions of a meeting without a shared space, for as long as the page is open."""


def form(space: Workspace | None, model: Model) -> None:
    """Fields for one decision. What was typed stays until it has been kept."""
    st.text_area(_FIELDS["what"], key=_field("what"), max_chars=TEXT, height=80, persist_state="session")
    who, when = st.columns([2, 1])
    with who:
        st.text_input(_FIELDS["who"], key=_field("who"), max_chars=LABEL, persist_state="session")
    with when:
        st.text_input(_FIELDS["by_when"], key=_field("by_when"), max_chars=LABEL, persist_state="session")
    for name in ("expect", "would_change_mind"):
        st.text_area(_FIELDS[name], key=_field(name), max_chars=TEXT, height=80, persist_state="session")
    st.button("Keep this decision", type="primary", on_click=_keep, args=(space, model))


def here(space: Workspace | None) -> tuple[Decided, ...]:
    """What this meeting has decided so far; raises :class:`loops.store.StoreProblem`."""
    if space is None:
        found: tuple[Decided, ...] = st.session_state.get(_HERE, ())
        return found
    return tuple(minutes.record(one) for one in minutes.decided(space)[1])


def clear() -> None:
    """A new meeting without a shared space has decided nothing."""
    st.session_state.pop(_HERE, None)


def show(decided: Iterable[Decided]) -> None:
    """Decisions, each large with what belongs to it."""
    for one in decided:
        rows = [(title, getattr(one, name)) for name, title in _ROWS.items()]
        told = "".join(f"<dt>{title}</dt><dd>{escape(text)}</dd>" for title, text in rows if text)
        st.html(f'<div class="decided"><p>{escape(one.what)}</p><dl>{told}</dl></div>')


def _keep(space: Workspace | None, model: Model) -> None:
    said = {name: st.session_state[_field(name)] or "" for name in _FIELDS}
    with saving.noting(PLACE):
        if space:
            meeting = minutes.begin(space, model)
            workspace.store().save_decision(space.token, **said, meeting_id=meeting.id)
        elif said["what"].strip():
            st.session_state[_HERE] = (*here(None), Decided(**said))
        else:
            return
        for name in _FIELDS:
            saving.empty(f"decide_{name}")


def _field(name: str) -> str:
    return saving.field(f"decide_{name}")
