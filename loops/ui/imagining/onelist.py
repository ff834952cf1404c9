"""Step 3, one list of all that was written: what is the same, what belongs on it, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.store.records import Idea
from loops.ui import saving, workspace
from loops.ui.imagining import essentials, keeping, listed, same
from loops.ui.imagining.sitting import Sitting
from loops.ui.room import writing
from loops.ui.text import md

_MOST = 50
"""Ideas that can be ticked at once; the next ones come up when these are dealt with."""
_TICKED = ("do", "see")
"""What can be done or seen is a thing for the list more often than what is heard or felt."""


def show(sitting: Sitting) -> None:
    """Draw the step."""
    ideas, items = sitting.ideas(), sitting.items()
    st.fragment(_look_again, run_every=writing.EVERY)(sitting, _state(sitting))
    saving.complaint(keeping.PLACE)
    waiting = [idea for idea in ideas if idea.item_id is None]
    if not (waiting or items):
        st.info("Nothing has been written yet. Begin with step 1.")
    asked = same.show(sitting, waiting, items)
    _rest(sitting, [idea for idea in waiting if idea.id not in asked])
    essentials.show(sitting, items)
    listed.show(sitting, items, ideas)


def _state(sitting: Sitting) -> tuple[object, ...]:
    """What is different as soon as anybody wrote, gathered or changed something."""
    ideas, items = sitting.ideas(), sitting.items()
    return (*((one.id, one.version, one.item_id) for one in ideas), *((one.id, one.version) for one in items))


def _look_again(sitting: Sitting, seen: tuple[object, ...]) -> None:
    """Draw the page again when somebody else has done something."""
    with workspace.telling():
        if _state(sitting) != seen:
            st.rerun()


def _rest(sitting: Sitting, waiting: Sequence[Idea]) -> None:
    """What is not on the list: what is ticked goes there, and the rest stays as a picture of the place."""
    if not waiting:
        return
    shown = waiting[:_MOST]
    st.subheader("What belongs on the list?", anchor=False)
    more = f" These are the first {_MOST} of {len(waiting)}." if len(waiting) > _MOST else ""
    st.caption(f"Tick what somebody could do. What is not ticked stays as a picture of the place.{more}")
    with st.container(key="utopia_ticks_rest"), st.form("utopia_rest"):
        for idea in shown:
            table = f" ({idea.at_table})" if idea.at_table else ""
            st.checkbox(md(f"{idea.text}{table}"), idea.sense in _TICKED, key=_tick(idea))
        st.form_submit_button(
            "Put what is ticked on the list", type="primary", on_click=_put, args=(sitting, shown)
        )


def _put(sitting: Sitting, shown: Sequence[Idea]) -> None:
    with saving.noting(keeping.PLACE):
        for idea in shown:
            if st.session_state[_tick(idea)]:
                keeping.put(sitting, [idea])


def _tick(idea: Idea) -> str:
    return f"utopia_tick:{idea.id}"
