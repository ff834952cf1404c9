"""Add a box or an arrow by name, for those who would rather type or choose than draw."""

from __future__ import annotations

import streamlit as st

from loops.ui import saving
from loops.ui.bringing.words import KINDS
from loops.ui.editing import drafts, drawing, form
from loops.ui.editing.drafts import Draft
from loops.ui.reading.card import SIGNED
from loops.ui.text import md, unique

HOW = (
    "Pick a box or an arrow, in the diagram or from the list above, and change it here. "
    "Drag a box to move it; the buttons above the diagram add and remove. "
    "Every step can be taken back, and every other page shows the diagram as it is now."
)
_BOX, _ARROW = "change:new:box", "change:new:arrow"


def show(draft: Draft) -> None:
    """How to begin, and the two forms."""
    st.markdown(HOW)
    _box(draft)
    _arrow(draft)


def _box(draft: Draft) -> None:
    with st.form(_BOX, border=True):
        st.markdown("**Add a box**")
        st.text_input("What it is called", key=saving.field(_BOX), max_chars=form.LABEL)
        st.selectbox("What it is", list(KINDS), 0, KINDS.__getitem__, key=f"{_BOX}:kind")
        st.form_submit_button("Add the box", on_click=_add_box, args=(draft.key,))


def _add_box(key: str) -> None:
    label = st.session_state[saving.field(_BOX)].strip()
    if not label:
        drafts.say("Give the new box a name.")
        return
    if draft := drafts.current(key):
        drawing.add_box(key, draft.model, label, kind=st.session_state[f"{_BOX}:kind"])
        saving.empty(_BOX)


def _arrow(draft: Draft) -> None:
    model = draft.model
    names = unique({name: node.label for name, node in model.nodes.items()})
    changing = [node.id for node in model.variables]
    with st.form(_ARROW, border=True):
        st.markdown("**Add an arrow**")
        for end, choices in (("From", list(names)), ("To", changing)):
            st.selectbox(
                end,
                choices,
                index=None,
                format_func=names.__getitem__,
                key=f"{_ARROW}:{end}",
                placeholder="Choose a box",
            )
        st.segmented_control(
            "More of the first leads to",
            list(SIGNED),
            default="+",
            format_func=lambda sign: md(_LEADS[sign]),
            required=True,
            key=f"{_ARROW}:sign",
        )
        st.form_submit_button("Add the arrow", on_click=_add_arrow, args=(draft.key,))


_LEADS = {"+": "more (+)", "-": "less (\u2212)", "?": "not known yet (?)"}


def _add_arrow(key: str) -> None:
    source, target, sign = (st.session_state.get(f"{_ARROW}:{one}") for one in ("From", "To", "sign"))
    if draft := drafts.current(key):
        drawing.add_arrow(key, draft.model, source or "", target or "", sign or "+")
