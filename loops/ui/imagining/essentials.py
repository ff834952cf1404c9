"""What is missing from a list: what the source calls essential for a place, and what its items need first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.model import Lever, Model
from loops.store.records import Item, ItemFields
from loops.ui import saving, workspace
from loops.ui.imagining import keeping, matching
from loops.ui.imagining.sitting import Sitting
from loops.ui.text import listed, md


def show(sitting: Sitting, items: Sequence[Item]) -> None:
    """Draw what is missing, if anything is: each with why, and one press to add it."""
    levers = {lever.id: lever for lever in sitting.model.levers}
    essential = matching.essentials(sitting, items)
    first = {name: needed for name, needed in needs(sitting.model, items).items() if items}
    if essential or first:
        st.subheader("Not on your list yet", anchor=False)
    for one in essential:
        quoted = f"“{one.passage}” ({one.locator})" if one.passage else ""
        said: ItemFields = {"evidence": one.evidence, "why": quoted or one.reason}
        _propose(sitting, levers[one.lever], (one.reason, quoted), said)
    for name in (one for one in first if one not in {each.lever for each in essential}):
        wanting = listed([f"“{label}”" for label in first[name]])
        _propose(sitting, levers[name], (f"It has to begin before {wanting} can.",), {})


def needs(model: Model, items: Sequence[Item]) -> dict[str, list[str]]:
    """The levers that items of a list need and the list does not have, each with the items that need it."""
    there = {item.lever for item in items}
    found: dict[str, list[str]] = {}
    for lever in model.levers:
        for name in lever.needs if lever.id in there else ():
            if name not in there:
                found.setdefault(name, []).append(lever.label)
    return found


def _propose(sitting: Sitting, lever: Lever, says: Sequence[str], said: ItemFields) -> None:
    with st.container(border=True, key=f"essential:{lever.id}"):
        st.markdown(f"**{md(lever.label)}**")
        for line in filter(None, says):
            st.markdown(md(line))
        st.button(
            "Add it",
            key=f"essential:add:{lever.id}",
            help=md(lever.label),
            type="primary",
            on_click=_add,
            args=(sitting, lever, said),
        )


def _add(sitting: Sitting, lever: Lever, said: ItemFields) -> None:
    whole: ItemFields = {**keeping.of_lever(lever), "label": lever.label, **said}
    with saving.noting(keeping.PLACE):
        if all(one.lever != lever.id for one in sitting.items()):  # or somebody else was quicker
            workspace.store().add_item(sitting.space.token, sitting.utopia.id, **whole)
