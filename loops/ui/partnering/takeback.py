"""A rating that was wrong is taken back: it is kept, and comes back with one press."""

from __future__ import annotations

import streamlit as st

from loops.narrate import on_day
from loops.store.records import Rating
from loops.ui import choose, saving, taken, workspace
from loops.ui.partnering.opened import Opened
from loops.ui.text import unique

PLACE = "partner_takeback"


def show(which: Opened) -> None:
    """Draw what was said so far, the newest first, once somebody opens it."""
    if not which.rated and st.session_state.get(_out(which)) is None:
        return
    fold = st.expander("Take back what was wrong", key=which.key("rate_back"), on_change="rerun")
    if not fold.open:
        return
    with fold:
        every = workspace.store().ratings(which.space.token, which.partner.id)
        made = {one.id: one for one in reversed(every)}
        titles = unique({number: _title(which, one) for number, one in made.items()})
        number = choose.if_any("Which answer", titles, which.key("rate_wrong"))
        if number is not None and st.button(
            "Take it back",
            on_click=taken.take_out,
            args=(which.space, made[number], _out(which), PLACE),
        ):
            st.rerun()
        if taken.way_back(which.space, _out(which), PLACE):
            st.rerun()
        saving.complaint(PLACE)


def _title(which: Opened, one: Rating) -> str:
    mark = one.mark
    box = which.model.nodes.get(mark.on)
    said = f"{box.label if box else mark.on}: {mark.said}"
    return ", ".join(filter(None, (on_day(mark.day), mark.role, said)))


def _out(which: Opened) -> str:
    """Where it is remembered what was taken back last."""
    return which.key("rate_taken_back")
