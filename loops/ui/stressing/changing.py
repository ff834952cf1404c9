"""Change or take out what somebody wrote down of what was seen; how it read before is kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.seen import told
from loops.model import Model
from loops.store.records import Observation, Seen, Workspace
from loops.ui import saving, workspace
from loops.ui.choose import one
from loops.ui.stressing.seen import fields
from loops.ui.taken import remove, way_back
from loops.ui.text import md, unique

_PLACE = "changing"
_LENGTH = 60
_BOTH = "Somebody else changed this at the same time. Both are kept, one beside the other."


def show(space: Workspace, model: Model, shown: Sequence[Observation]) -> None:
    """A fold in which one of those `shown` is changed, or one that was taken out is brought back."""
    changed, taken = (f"ledger:{what}:{space.token}:{model.id}" for what in ("changing", "taken"))
    if not (shown or taken in st.session_state):
        return
    fold = st.expander("Change what was written down", key="ledger:change", on_change="rerun")
    if not fold.open:
        return
    with fold:
        saving.complaint(_PLACE)
        if st.session_state.pop(_PLACE, False):
            st.info(_BOTH)
        old: Observation | None = st.session_state.get(changed)
        if old is not None:
            _form(space, old, changed, taken)
        elif shown:
            named = unique({str(each.id): _named(each) for each in shown})
            chosen = one("Which one", named, f"{changed}:which")
            if st.button("Change it"):
                st.session_state[changed] = next(each for each in shown if str(each.id) == chosen)
                st.rerun()
        way_back(space, taken, _PLACE)


def _named(found: Observation) -> str:
    words = " ".join(found.seen.what.split())
    return f"{found.seen.date}: {words[:_LENGTH]}{'…' if len(words) > _LENGTH else ''}"


def _form(space: Workspace, old: Observation, changed: str, taken: str) -> None:
    """The fields as it read when somebody chose to change it, whatever others have done to it since."""
    key = f"ledger:change:{old.id}:{old.version}"
    with st.form(key):
        new = fields(key, old.seen)
        if st.form_submit_button("Keep the change"):
            with workspace.telling():
                _change(space, old, new, changed)
                st.rerun()
    with st.container(horizontal=True):
        st.button("Leave it as it was", on_click=st.session_state.pop, args=(changed, None))
        st.button("Take it out", on_click=_take_out, args=(space, old, changed, taken))
    if old.version > 1:
        st.markdown("**What it said before.**")
        for each in workspace.store().observation_history(space.token, old.id)[:-1]:
            st.markdown(f"- {md(f'{each.seen.date}: {told(each.seen)} ({each.seen.source})')}")


def _change(space: Workspace, old: Observation, new: Seen, changed: str) -> None:
    kept = workspace.store().edit_observation(space.token, old.id, version=old.version, seen=new)
    st.session_state[_PLACE] = kept.beside is not None
    st.session_state.pop(changed)


def _take_out(space: Workspace, old: Observation, changed: str, taken: str) -> None:
    with saving.noting(_PLACE):
        remove(space, old, taken)
        st.session_state.pop(changed, None)
