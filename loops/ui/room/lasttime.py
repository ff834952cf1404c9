"""What a meeting opens with: what was decided last time, what was expected, and what has been seen since."""

from __future__ import annotations

import streamlit as st

from loops.draw.document import Said, Topic
from loops.model import Model
from loops.narrate import on_day
from loops.store.bounds import TEXT
from loops.store.records import Decision, Workspace
from loops.ui import saving, workspace
from loops.ui.room import decision, minutes, writing

_ASKS = "How did it go? What did we see?"


def show(space: Workspace, model: Model) -> None:
    """The last decisions, each with a field for what was seen."""
    last, _ = minutes.decided(space)
    if not last:
        st.caption("Nothing was decided here before. What you decide today opens the next meeting.")
        return
    st.markdown(f"On {on_day(last[-1].made_at)} we decided:")
    for one in last:
        with st.container(border=True):
            decision.show([minutes.record(one)])
            _seen(space, model, one)


def topics(space: Workspace, last: tuple[Decision, ...]) -> tuple[Topic, ...]:
    """What was seen of the last decisions, for a document."""
    found = []
    for one in last:
        notes = workspace.store().notes(space.token, element=_element(one))
        said = tuple(Said(note.role, note.text, note.author) for note in notes)
        found.append(Topic(f"Last time we decided: {one.what}", prompts=(_ASKS,), said=said))
    return tuple(found)


def _seen(space: Workspace, model: Model, one: Decision) -> None:
    part = _element(one)
    if not writing.changing(space, model, part):
        draft = f"seen:{one.id}"
        st.text_area(_ASKS, key=saving.field(draft), max_chars=TEXT, height=80, persist_state="session")
        st.button("Note it", key=f"note:{draft}", on_click=_note, args=(space, model, part, draft))
    saving.complaint(writing.PLACE)
    st.fragment(writing.heard, run_every=writing.EVERY)(space, model, part)


def _note(space: Workspace, model: Model, part: str, draft: str) -> None:
    with saving.noting(writing.PLACE):
        workspace.store().add_note(
            space.token, model=model.id, element=part, text=st.session_state[saving.field(draft)] or ""
        )
        saving.empty(draft)


def _element(one: Decision) -> str:
    return f"decision:{one.id}"
