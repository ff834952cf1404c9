"""What somebody took out of a list: it is kept, and brought back with one press."""

from __future__ import annotations

import streamlit as st

from loops.store.records import Workspace
from loops.store.store import Deletable
from loops.ui import saving, workspace


def take_out(space: Workspace, record: Deletable, key: str, place: str) -> None:
    """Take a record out, for a button of `place`, and remember it under `key`."""
    with saving.noting(place):
        remove(space, record, key)


def remove(space: Workspace, record: Deletable, key: str) -> None:
    """The same where more is done then; raises :class:`loops.store.StoreProblem`."""
    workspace.store().delete(space.token, record)
    st.session_state[key] = record


def way_back(space: Workspace, key: str, place: str, label: str = "Bring back what was taken out") -> bool:
    """Draw the button that brings back what is remembered under `key`, if anything is; whether pressed."""
    there = st.session_state.get(key) is not None
    return there and st.button(label, on_click=_bring_back, args=(space, key, place))


def _bring_back(space: Workspace, key: str, place: str) -> None:
    with saving.noting(place):
        workspace.store().restore(space.token, st.session_state[key])
        del st.session_state[key]
