"""What was changed, step by step, and a way back to before each of them."""

from __future__ import annotations

import streamlit as st

from loops.ui.editing import drafts
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

_SHOWN = 10
_TURN = "change:steps"


def show(draft: Draft) -> None:
    """The steps, the latest first."""
    done = draft.history.done
    if not done:
        st.markdown("Nothing is changed yet.")
        return
    st.markdown("The latest step stands first. Going back to before one takes it and those above it back.")
    shown = int(st.session_state.get(_TURN, _SHOWN))
    for back, step in enumerate(reversed(done[-shown:]), start=1):
        words, way = st.columns([4, 1], vertical_alignment="center")
        words.markdown(md(f"{len(done) - back + 1}. {step.says}"))
        way.button(
            "Back to before it",
            key=f"change:back:{draft.key}:{len(done) - back}:{draft.number}",
            on_click=drafts.undo,
            args=(draft.key, back),
            width="stretch",
        )
    if (left := len(done) - shown) > 0:
        st.button(f"Show more ({left:,} left)", key="press:steps", on_click=_further, args=(shown,))


def _further(shown: int) -> None:
    st.session_state[_TURN] = shown + 2 * _SHOWN
