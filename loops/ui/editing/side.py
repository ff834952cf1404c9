"""Beside the diagram: the card of what is picked, as a form; or how to begin, and what is worth a look."""

from __future__ import annotations

import streamlit as st

from loops.ui.catalogue import Shelf
from loops.ui.editing import adding, arrow, box, findings, loop, picking
from loops.ui.editing.drafts import Draft


def show(draft: Draft, shelf: Shelf) -> None:
    """Draw it."""
    picked = picking.find(draft.model)
    if picked is None:
        adding.show(draft)
        findings.show(draft)
        return
    with st.container(key="card", border=True):
        if picked.kind == "node":
            box.show(draft, picked.id)
        elif picked.kind == "link":
            arrow.show(draft, picked.id)
        else:
            loop.show(draft, picked.id)
        if picked.kind != "loop":
            loop.offer(draft, shelf, picked)
        findings.show(draft, picked.part)
    st.button("Done with this", key="change:done", on_click=picking.pick, args=(None,))
