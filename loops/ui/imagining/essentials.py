"""What must not be missing from the list of a place, with the source's words, and one press to add it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.influence import Essential
from loops.store.records import Item, ItemFields
from loops.ui import saving, workspace
from loops.ui.imagining import keeping
from loops.ui.imagining.sitting import Sitting
from loops.ui.text import md
from loops.wishes.missing import missing


def show(sitting: Sitting, items: Sequence[Item]) -> None:
    """Draw what is missing, if anything is."""
    found = missing(sitting.model, sitting.place, items)
    if found:
        st.subheader("Not on your list yet", anchor=False)
    for one in found:
        with st.container(border=True, key=f"essential:{one.lever}"):
            st.markdown(f"**{md(sitting.model.nodes[one.lever].label)}**")
            st.markdown(md(one.reason))
            if one.passage:
                st.markdown(f"“{md(one.passage)}” ({md(one.locator or '')})")
            st.button(
                "Add it", key=f"essential:add:{one.lever}", type="primary", on_click=_add, args=(sitting, one)
            )


def _add(sitting: Sitting, one: Essential) -> None:
    lever = next(lever for lever in sitting.model.levers if lever.id == one.lever)
    why = " ".join(part for part in (one.passage, one.locator) if part) or one.reason
    said: ItemFields = {**keeping.of_lever(lever), "label": lever.label, "evidence": one.evidence, "why": why}
    with saving.noting(keeping.PLACE):
        workspace.store().add_item(sitting.space.token, sitting.utopia.id, **said)
