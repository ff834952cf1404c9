"""What becomes of what we expect: it is kept for the next meeting, or goes on to "What if"."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.editing.changes import Set
from loops.journey import happened
from loops.journey.begin import Begun
from loops.narrate import listed, on_day
from loops.scenario import Scenario
from loops.store.bounds import LABEL
from loops.ui import catalogue, saving, workspace
from loops.ui.backcasting import putting
from loops.ui.editing import drafts
from loops.ui.partnering import opened
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.ahead_run import Follows

PLACE = "partner_ahead"


def show(ahead: Ahead, found: Follows) -> None:
    """The title under which it is kept, and the way to the page on which every lever can be moved."""
    st.subheader("Keep what we expect", anchor=False)
    st.markdown(
        "At the next meeting it stands beside what people say then: what went as expected, and what did not."
    )
    title = _title(ahead, found.planned.plan)
    field = ahead.which.key(f"ahead:title:{title}")  # another plan, another title to begin with
    with st.form("ahead_keep", border=False):
        st.text_input("Under which title", title, max_chars=LABEL, key=field)
        st.form_submit_button("Keep it", type="primary", on_click=_keep, args=(ahead, found, field))
    saving.complaint(PLACE)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.session_state.get(ahead.which.key("ahead:kept")):
            st.button("See expected and happened", on_click=opened.go, args=("happened",))
        st.button(
            "Open this on “What if”",
            key="ahead:open",
            on_click=_open,
            args=(ahead, found),
            help="Makes a draft of the model that starts from here. The model itself stays as it is.",
        )
    drafts.said()


def _title(ahead: Ahead, plan: Scenario) -> str:
    """What is done, as far as there is room, and from when on."""
    labels = [ahead.which.model.nodes[lever.id].label for lever in plan.levers]
    few = labels if len(labels) < 3 else [*labels[:2], f"{len(labels) - 2} more"]
    return f"{listed(few) if few else 'Nothing new'}, from {on_day(ahead.begin)}"[:LABEL]


def _keep(ahead: Ahead, found: Follows, field: str) -> None:
    which = ahead.which
    with saving.noting(PLACE):
        workspace.store().keep_course(
            which.space.token,
            which.partner.id,
            title=st.session_state[field],
            begun=ahead.begin,
            payload=happened.keep(found.planned, found.begun, day=ahead.begin),
        )
        st.session_state[which.key("ahead:kept")] = True
        st.toast("It is kept for the next meeting.")


def _open(ahead: Ahead, found: Follows) -> None:
    """A draft of the model that starts where the partner is, with what we do as its plan."""
    drafts.do(ahead.which.shelf.key, "It starts where a partner is", *starts(found.begun))
    chosen = st.session_state[catalogue.CHOSEN]
    if chosen in drafts.every():
        with saving.noting(PLACE):
            putting.put(catalogue.shelf(chosen), found.planned.plan)


def starts(begun: Begun) -> list[Set]:
    """Each box's start, and the level of each circumstance that was rated, in the middle of the versions."""
    model, inputs = begun.model, begun.equations.inputs
    middle = {node.id: ("start", begun.start(node.id)) for node in model.variables}
    middle |= {
        node.id: ("level", begun.versions.inputs[inputs.index(node.id)])
        for node in model.contexts
        if node.id in begun.rated
    }
    return [
        Set(f"node:{name}", ((field, round(float(np.median(levels)), 3)),))
        for name, (field, levels) in middle.items()
    ]
