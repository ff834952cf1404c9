"""What is worth a look in the diagram as it is now, each with ways to mend it by one press."""

from __future__ import annotations

import streamlit as st

from loops.editing.checks import Finding, findings
from loops.editing.pieces import part_name
from loops.ui.components.canvas import Picked
from loops.ui.editing import drafts, picking
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

_SHOWN = 6
_TURN = "change:findings"


def show(draft: Draft, part: str | None = None) -> None:
    """Everything found, in portions; of a picked part only what is about it."""
    found = [one for one in findings(draft.model) if part in (None, one.part)]
    if part is None:
        heading = f"Worth a look ({len(found):,})" if found else "Nothing else to look at"
        st.markdown(f"**{heading}**")
        if found:
            st.caption("It runs all the same.")
    shown = int(st.session_state.get(_TURN, _SHOWN))
    for at, one in enumerate(found[:shown]):
        _finding(draft, at, one, pick=part is None)
    if (left := len(found) - shown) > 0:
        st.button(f"Show more ({left:,} left)", key="press:findings", on_click=_further, args=(shown,))


def _finding(draft: Draft, at: int, found: Finding, *, pick: bool) -> None:
    with st.container(gap="xsmall"):
        st.markdown(md(found.says))
        with st.container(horizontal=True, gap="xsmall"):
            for label, change in found.mends:
                says = f"{part_name(draft.model, found.part)}: {label}"
                key = f"change:mend:{at}:{found.part}:{label}"
                st.button(md(label), key=key, on_click=drafts.do, args=(draft.key, says, change))
            if pick and found.part.partition(":")[0] in ("node", "link", "loop"):
                there = (Picked.of(found.part),)
                st.button("Show it", key=f"change:see:{at}:{found.part}", on_click=picking.pick, args=there)


def _further(shown: int) -> None:
    st.session_state[_TURN] = shown + 2 * _SHOWN
