"""The decision record that a meeting ends with: written, kept where there is a shared space, and as files."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st

from loops.draw.document import Decided
from loops.model import Model
from loops.store.bounds import LABEL, TEXT
from loops.store.records import Partner, Workspace
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


def form(space: Workspace | None, model: Model, about: Partner | None = None) -> None:
    """Fields for one decision, of a meeting or about a partner. What was typed stays until it is kept."""

    def field(name: str) -> str:
        return saving.field(_draft(name, space, about))

    st.text_area(_FIELDS["what"], key=field("what"), max_chars=TEXT, height=80, persist_state="session")
    who, when = st.columns([2, 1])
    with who:
        st.text_input(_FIELDS["who"], key=field("who"), max_chars=LABEL, persist_state="session")
    with when:
        st.text_input(_FIELDS["by_when"], key=field("by_when"), max_chars=LABEL, persist_state="session")
    for name in ("expect", "would_change_mind"):
        st.text_area(_FIELDS[name], key=field(name), max_chars=TEXT, height=80, persist_state="session")
    st.button("Keep this decision", type="primary", on_click=_keep, args=(space, model, about))


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


def _keep(space: Workspace | None, model: Model, about: Partner | None) -> None:
    drafts = {name: _draft(name, space, about) for name in _FIELDS}
    said: dict[str, Any] = {name: st.session_state[saving.field(one)] or "" for name, one in drafts.items()}
    with saving.noting(PLACE):
        if space and about:
            workspace.store().save_decision(space.token, **said, partner_id=about.id)
        elif space:
            meeting = minutes.begin(space, model)
            workspace.store().save_decision(space.token, **said, meeting_id=meeting.id)
        elif said["what"].strip():
            st.session_state[_HERE] = (*here(None), Decided(**said))
        else:
            return
        for draft in drafts.values():
            saving.empty(draft)


def _draft(name: str, space: Workspace | None, about: Partner | None) -> str:
    """The name of a field; one that belongs to a partner is forgotten with it."""
    return f"decide_{name}:{space.token}:{about.id}" if space and about else f"decide_{name}"
