"""Where they are: what is missing first, the diagram as people see it, what changed, and how it went."""

from __future__ import annotations

import streamlit as st

from loops.narrate import on_day
from loops.ui.partnering import gaps, opened, picture, since, takehome, timeline
from loops.ui.partnering.opened import Opened

_NOTHING = (
    "Nobody has said yet how far anything is here. It takes five minutes: choose a day, say who speaks, and "
    "answer what you can. “Don’t know” is an answer too."
)


def show(which: Opened) -> None:
    """Draw the part."""
    if not which.rated:
        st.info(_NOTHING)
        st.button("Rate it now", type="primary", on_click=opened.go, args=("rate",))
        return
    now = which.standing
    st.caption(f"As people see it. The last answer is of {on_day(which.history.marks[-1].day)}.")
    missing = gaps.found(which.model, now)
    gaps.show(which, now, missing)
    picture.show(which, now, [each for group in missing for each in group])
    st.subheader("What changed", anchor=False)
    since.show(which)
    st.subheader("How it went so far", anchor=False)
    timeline.show(which)
    takehome.show(which, now, missing)
