"""The card of a named loop, as a form; and names for loops that have none."""

from __future__ import annotations

import streamlit as st

from loops.draw.layout import link_keys, loops_by_id
from loops.editing.changes import NameLoop, Remove, new_id
from loops.feedback import Feedback, through
from loops.narrate import narrate
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.components.canvas import Picked
from loops.ui.editing import drafts, form, picking
from loops.ui.editing.drafts import Draft
from loops.ui.reading import reveal
from loops.ui.reading.card import KINDS
from loops.ui.text import listed, md

_SHOWN = 5
"""Loops without a name that are offered at once, the shortest first."""


def show(draft: Draft, name: str) -> None:
    """Draw the form of a named loop."""
    model, part = draft.model, f"loop:{name}"
    found = loops_by_id(model)[name]
    loop = next(one for one in model.loops if one.id == name)
    st.subheader(md(reveal.title(found)), anchor=False)
    st.markdown(md(f"{KINDS[found.letter]} {narrate(model, found)}"))
    place = form.place(part, loop)
    values = {
        "name": form.line("Name", loop.name, f"{place}:name"),
        "label": form.line(
            "Letter and number on the diagram",
            loop.label,
            f"{place}:label",
            placeholder=found.letter,
            help="R for a snowball and B for a brake, and a number, such as R1.",
        )
        or None,
        "story": form.lines("Its story, in a sentence or two", loop.story, f"{place}:story"),
    }
    form.keep(draft, form.asked(model, part, loop, values), place)
    st.button(
        "Take its name away",
        key=f"change:unname:{name}",
        on_click=drafts.do,
        args=(draft.key, f"“{loop.name}” is no longer named", Remove(part)),
        help="Its arrows stay.",
    )


def offer(draft: Draft, shelf: Shelf, picked: Picked) -> None:
    """The loops without a name that pass through a box or an arrow, each with a way to name it."""
    with st.expander("Name a loop through it", key="change:loops", on_change="rerun") as opened:
        if not opened.open:
            return
        if picked.kind == "node":
            found = through(catalogue.found_in(shelf).loops, node=picked.id)
        else:
            found = through(catalogue.found_in(shelf).loops, link=link_keys(draft.model)[picked.id])
        unnamed = [loop for loop in found if loop.named is None]
        if not unnamed:
            st.markdown("Every loop that was found here has a name." if found else "No loop passes here.")
        for loop in unnamed[:_SHOWN]:
            _unnamed(draft, loop)
        if (left := len(unnamed) - _SHOWN) > 0:
            st.caption(f"And {left:,} longer ones. Pick another box or arrow to see those through it.")


def _unnamed(draft: Draft, loop: Feedback) -> None:
    boxes = listed([f"“{draft.model.nodes[name].label}”" for name in loop.nodes])
    key = f"change:name:{'|'.join(loop.nodes)}"
    with st.form(key, border=True):
        st.markdown(md(f"{loop.letter}: {boxes}"))
        st.text_input("Call it", key=f"{key}:as", max_chars=form.LABEL)
        st.form_submit_button("Name this loop", on_click=_name, args=(draft.key, loop.nodes, f"{key}:as"))


def _name(key: str, path: tuple[str, ...], field: str) -> None:
    name = st.session_state[field].strip()
    if not name:
        drafts.say("Give the loop a name.")
    elif draft := drafts.current(key):
        loop = new_id(draft.model, name)
        drafts.do(key, f"“{name}” is named", NameLoop(loop, name, path))
        picking.pick(Picked("loop", loop))
