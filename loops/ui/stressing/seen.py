"""What was observed of something we think happens: beside what our assumptions say, never merged with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

import streamlit as st

from loops.model import Model
from loops.store.observations import add_observation, observations_of
from loops.store.records import Bearing, Expected, Observation, Seen, Workspace
from loops.theory.claims import Claim
from loops.ui import workspace
from loops.ui.text import listed, md, table

_BEARINGS: dict[Bearing, str] = {
    "supports": "supports it",
    "contradicts": "contradicts it",
    "qualifies": "says in what case it holds",
}
_EXPECTED: dict[Expected, str] = {"not said": "nobody said", "yes": "yes", "no": "no"}
_HEAD = ("When", "What was seen", "Who", "Where it is from", "It", "Expected")


def show(model: Model, claim: Claim) -> None:
    """The observations of the open space about a claim, and a form for one more."""
    st.markdown("**What was seen here.**")
    space = workspace.current()
    if space is None:
        st.markdown("No shared space is open. What was seen is kept in one: open it on the page “Meeting”.")
        return
    with workspace.telling():
        found = observations_of(workspace.store(), space.token, model=model.id, element=f"claim:{claim.id}")
        st.markdown(md(counted(found)))
        if found:
            st.html(table(_HEAD, [_row(each) for each in found], caption="What was seen", least=44))
        _form(space, model, claim, f"seen:{claim.id}:{len(found)}")


def counted(found: Sequence[Observation]) -> str:
    """How many observations bear on it, and how."""
    if not found:
        return "Nothing has been written down about this yet."
    many = Counter(each.seen.bearing for each in found)
    said = [f"{many[bearing]} {words}" for bearing, words in _BEARINGS.items() if many[bearing]]
    return (
        f"Of what was seen, {listed(said)}. It stands beside what our assumptions say and does not change it."
    )


def _row(found: Observation) -> tuple[str, ...]:
    each = found.seen
    return (each.date, each.what, each.who, each.source, _BEARINGS[each.bearing], _EXPECTED[each.expected])


def _form(space: Workspace, model: Model, claim: Claim, key: str) -> None:
    """One more observation; the fields stay as they are until it is kept, and are empty then."""
    with st.form(key):
        what = st.text_area("What was seen", key=f"{key}:what")
        when, who = st.columns(2)
        date = when.text_input("When", key=f"{key}:date", placeholder="2026-03-15, 2026-03 or 2026")
        person = who.text_input("Who did it or saw it", key=f"{key}:who")
        source = st.text_input(
            "Where it is written down", key=f"{key}:source", placeholder="Minutes, a survey"
        )
        does, hoped = st.columns(2)
        bearing = does.selectbox(
            "What it does", get_args(Bearing), format_func=_BEARINGS.__getitem__, key=f"{key}:bearing"
        )
        expected = hoped.selectbox(
            "Was it expected?", list(_EXPECTED), format_func=_EXPECTED.__getitem__, key=f"{key}:expected"
        )
        if st.form_submit_button("Write it down"):
            one = Seen(date=date, source=source, what=what, bearing=bearing, who=person, expected=expected)
            add_observation(
                workspace.store(), space.token, model=model.id, element=f"claim:{claim.id}", seen=one
            )
            st.rerun()
